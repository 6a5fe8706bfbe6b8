"""Processes for Sphinx: a fresh one for each language, since Sphinx keeps one language's texts for a whole process.

They are forked from a server that has imported Sphinx already, so that each starts at once. Where there is no forking
(Windows), each imports it anew.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from tqdm import tqdm

from book.errors import ProjectError
from book.site.handoff import Done, Job

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

AT_ONCE = 2
_EPOCH = "SOURCE_DATE_EPOCH"  # makes builds reproducible (https://reproducible-builds.org); Sphinx dates pages by it
_LATEST = 253402300799  # the last second that has a date: the end of the year 9999


def warm_up() -> ForkServerContext | SpawnContext:
    """Have Sphinx imported in the background, while the caller prepares what it is to build. Raises ProjectError."""
    _require_epoch()
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver, resource_tracker

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["book.site.sphinx.run"])
    # Ctrl-C is for this process to answer: the server, in the midst of its imports, would show where it was.
    resource_tracker.ensure_running()  # else started below, where it would let the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    forkserver.ensure_running()
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return context


def run(jobs: list[Job], meanwhile: Callable[[], object] = lambda: None) -> dict[Job, Done]:
    """Run all jobs, and do in this process what is to be done `meanwhile`.

    One whose process dies is run again, alone; then it is clear whose fault it is.
    """
    done = _run_all(jobs, AT_ONCE, meanwhile)
    for job in jobs:
        if job not in done:
            done |= _run_all([job], 1) or {job: Done(failure="its process was stopped from outside; build again")}
    return done


def _run_all(jobs: list[Job], at_once: int, meanwhile: Callable[[], object] = lambda: None) -> dict[Job, Done]:
    """What came of the jobs that came to an end."""
    done: dict[Job, Done] = {}
    with _pool(at_once) as pool:
        runs = {job: pool.submit(_run, job) for job in jobs}
        meanwhile()
        for job in tqdm(jobs, unit="language", disable=None):
            with suppress(BrokenProcessPool):
                done[job] = runs[job].result()
    return done


def _require_epoch() -> None:
    if (said := os.environ.get(_EPOCH)) is None:
        return
    if not (said.isdecimal() and said.isascii() and int(said[:20]) <= _LATEST):
        raise ProjectError(f"{_EPOCH} is `{said}`; set it to seconds since 1970, or not at all")


@contextmanager
def _pool(at_once: int) -> Iterator[ProcessPoolExecutor]:
    """Processes for one job each; after an error or Ctrl-C, what has not begun never does."""
    with ProcessPoolExecutor(at_once, warm_up(), _ignore_interrupt, max_tasks_per_child=1) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _ignore_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to answer


def _run(job: Job) -> Done:
    from book.site.sphinx import run

    return run.run(job)
