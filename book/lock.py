"""Locks on folders: one command at a time works in `_build`, and one in `translations`.

Two at once would take each other's files away. A process that is killed gives its locks up.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from book.errors import ProjectError
from book.files import require_no_link, require_own

NOT_OURS = {"datasets", "ipython", "lighthouse", "pytest"}  # folders in `_build` that the program does not look into
MOMENT = 0.5  # seconds that a command waits for another without a word


@contextmanager
def locked(build: Path) -> Iterator[None]:
    """Within, no other command works in the folder `build`.

    Raises ProjectError where something in it would lead who works there out of it.
    """
    require_own(build, but=NOT_OURS)
    with lock_folder(build, build):
        yield


@contextmanager
def lock_folder(folder: Path, build: Path) -> Iterator[None]:
    """Within, no other process has `folder` locked. The lock is a file in `build`, which git does not track.

    Raises ProjectError where there can be no such file.
    """
    file = build / f".{folder.name}.lock"
    for path in (build, file):
        require_no_link(path)
    try:
        build.mkdir(parents=True, exist_ok=True)
        lock = FileLock(file)
        try:
            lock.acquire(timeout=MOMENT, poll_interval=0.02)
        except Timeout:
            waiting = f"another command is at work in this book's `{folder.name}`; waiting for it"
            print(waiting, file=sys.stderr, flush=True)
            lock.acquire()
    except OSError as error:
        raise ProjectError(f"cannot be used: {error.strerror}", file) from error
    try:
        yield
    finally:
        lock.release()
