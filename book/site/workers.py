"""Processes for Sphinx: a fresh one for each language, since Sphinx keeps one language's texts for a whole process.

They are forked from a server that has imported Sphinx already, so that each starts at once. Where there is no forking
(Windows), each imports it anew.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.context import BaseContext
from pathlib import Path

from tqdm import tqdm

from book.errors import SiteError

AT_ONCE = 2
ASSETS = "assets"  # beside the doctrees of a run: what Sphinx and the theme would have pages load


@dataclass(frozen=True)
class Job:
    """One language's Sphinx run, in terms that can be sent to another process."""

    code: str
    source: Path
    output: Path
    doctrees: Path


def warm_up() -> BaseContext:
    """Have Sphinx imported in the background, while the caller prepares what it is to build."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver, resource_tracker

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["book.site.sphinx"])
    # Ctrl-C is for this process to answer: the server, in the midst of its imports, would show where it was.
    resource_tracker.ensure_running()  # else started below, where it would let the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    forkserver.ensure_running()
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return context


def run(jobs: list[Job]) -> list[Job]:
    """Run all jobs; those of which Sphinx warned, on standard error. Raises SiteError where it fails."""
    warned = []
    with _pool() as pool:
        runs: list[Future[tuple[int, str]]] = [pool.submit(_run, job) for job in jobs]
        for job, done in tqdm(zip(jobs, runs, strict=True), total=len(jobs), unit="language", disable=None):
            try:
                status, said = done.result()
            except BrokenProcessPool as error:
                raise SiteError("Sphinx was stopped from outside; build again", job.source) from error
            if status:
                raise SiteError(f"Sphinx failed: {said}", job.source)
            if said:
                warned.append(job)
                tqdm.write(f"{job.code}: {said}", file=sys.stderr)
    return warned


@contextmanager
def _pool() -> Iterator[ProcessPoolExecutor]:
    """Processes for one job each; after an error or Ctrl-C, what has not begun never does."""
    with ProcessPoolExecutor(AT_ONCE, warm_up(), _ignore_interrupt, max_tasks_per_child=1) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _ignore_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to answer


def _run(job: Job) -> tuple[int, str]:
    from book.site import sphinx

    return sphinx.run(job)
