"""One command at a time works in `_build`: two builds at once would take each other's files away."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from book.files import require_own

OTHERS = {"datasets", "ipython", "pytest"}  # what data sets, IPython and pytest keep in `_build` is theirs
WAITING = "another command is at work in this book's `_build`; waiting for it"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Within, no other process has `folder` locked. One that is killed gives its lock up.

    Raises ProjectError where something in `folder` would lead who works there out of it.
    """
    require_own(folder, but=OTHERS)
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        print(WAITING, file=sys.stderr, flush=True)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
