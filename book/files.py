"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from book.errors import WriteError

UNFINISHED = ".unfinished"  # ends the name of a file that is being written; a killed run may leave one behind


Content = str | bytes  # text is written as UTF-8


def write_whole(path: Path, content: Content) -> bool:
    """Give `path` this content, whole or not at all. False, and nothing is touched, where it has it already.

    Raises WriteError.
    """
    if path.exists() and path.read_bytes() == _bytes(content):
        return False
    write_all([(path, content)])
    return True


def write_all(changes: Iterable[tuple[Path, Content | None]]) -> list[Path]:
    """Give each path its content, in this order; None removes the file. The paths, each once.

    All new files are on the disk before the first old one is replaced, so that a full disk changes nothing.
    Raises WriteError; every file is then as it was, or whole and new.
    """
    staged: list[tuple[Path, Path | None]] = []
    done = 0
    path = Path()
    try:
        for path, content in changes:
            staged.append((path, None if content is None else _stage(path, content)))
        for path, work in staged:
            _put(path, work)
            done += 1
    except OSError as error:
        state = f"{done} of {len(staged)} files were written before it: run this again" if done else "nothing changed"
        raise WriteError(f"cannot be written: {error.strerror}; {state}", path) from error
    finally:
        for _, work in staged[done:]:
            _discard(work)
    return list(dict.fromkeys(path for path, _ in staged))


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Only one process at a time works in `folder`; what a killed one has left unfinished is cleared away."""
    import fcntl  # not there on Windows, where the rest of the package works

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        for left in folder.rglob(f".*{UNFINISHED}"):
            _discard(left)
        yield
    finally:
        os.close(handle)


def _bytes(content: Content) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def _stage(path: Path, content: Content) -> Path:
    """A file beside `path` with this content, on the disk and with the permissions of `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=UNFINISHED)
    work = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_bytes(content))
            file.flush()
            os.fsync(file.fileno())
        work.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
    except BaseException:
        _discard(work)
        raise
    return work


def _put(path: Path, work: Path | None) -> None:
    if work is None:
        path.unlink(missing_ok=True)
    else:
        work.replace(path)


def _discard(work: Path | None) -> None:
    with suppress(OSError):
        if work is not None:
            work.unlink(missing_ok=True)
