"""Work shared out among processes, one a core, forked so that each knows all that this one has read.

All is done in this process where there is little to do, where it has threads, which a fork would not copy, and where
the system does not fork safely.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

ENOUGH = 100  # pages or files: for fewer, forking and handing back takes as long as it saves
_CHUNKS = 8  # for each process, so that none waits long for another at the end
_PR_SET_PDEATHSIG = 1

_given: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []  # in a forked process: the work and its items


def at_once(size: int) -> int:
    """How many processes pay for work on so many pages or files."""
    alone = size < ENOUGH or _given or sys.platform != "linux" or threading.active_count() > 1
    return 1 if alone else len(os.sched_getaffinity(0))


def mapped(work: Callable[[Item], Result], items: Sequence[Item], size: int | None = None) -> Iterator[Result]:
    """The results of `work` on `items`, in their order; what it raises is raised in its turn.

    `size` tells how much there is to do where that is not the number of items.
    """
    number, done = min(at_once(len(items) if size is None else size), len(items)), 0
    if number > 1:
        chunk = -(-len(items) // (number * _CHUNKS))
        with ProcessPoolExecutor(number, get_context("fork"), _begin, (os.getpid(), work, items)) as pool:
            try:
                for result in pool.map(_do, range(len(items)), chunksize=chunk):
                    yield result
                    done += 1
            except BrokenProcessPool:  # one was stopped from outside: what is left is done here
                pass
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
    yield from map(work, items[done:])


def _begin(parent: int, work: Callable[[Any], Any], items: Sequence[Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to answer
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # it has the parent's locks, and must not outlive it
    if os.getppid() != parent:
        os._exit(1)
    _given.append((work, items))


def _do(number: int) -> Any:
    work, items = _given[0]
    return work(items[number])
