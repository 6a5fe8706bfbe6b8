"""Reading the files that people send in, and writing files whole or not at all.

Below the project's root only regular files and folders are read, written and removed: a link, a device or a pipe would
lead out of the project, or never end.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from book.errors import BookError, CatalogError, NotebookError, ProjectError, WriteError


@dataclass(frozen=True)
class Kind:
    """Files of one kind: how many folders below the root they stand, and how large they may be, in bytes."""

    depth: int
    limit: int
    error: type[BookError]  # raised where one cannot be read


SETTINGS = Kind(0, 100_000, ProjectError)
NOTEBOOK = Kind(1, 20_000_000, NotebookError)
CATALOG = Kind(2, 2_000_000, CatalogError)
CONVENTIONS = Kind(2, 20_000, ProjectError)
LANGUAGE_DATA = Kind(2, 500_000, ProjectError)  # glossary, style note

# A link is not followed, and a pipe not waited for. Windows has neither flag.
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_SORTS = {stat.S_IFLNK: "a symbolic link", stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}


def read_bytes(path: Path, kind: Kind) -> bytes:
    """The content of a regular file. Raises the error of its kind, also where a folder on the way to it is a link."""
    for each in (*reversed(path.parents[: kind.depth]), path):
        if each.is_symlink():
            raise kind.error(_unfit(stat.S_IFLNK), each)
    try:
        with open(path, "rb", opener=lambda name, _: os.open(name, _READ)) as file:
            mode = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(mode):
                raise kind.error(_unfit(mode), path)
            data = file.read(kind.limit + 1)
    except OSError as error:
        raise kind.error(f"cannot be read: {error.strerror}", path) from error
    if len(data) > kind.limit:
        raise kind.error(f"has more than {kind.limit:,} bytes; divide it, or find out what has swollen it", path)
    return data


def read_text(path: Path, kind: Kind) -> str:
    """The text of a UTF-8 file. Raises what `read_bytes` raises."""
    data = read_bytes(path, kind)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise kind.error("is not UTF-8; save it in that encoding", path, line) from error


def is_there(path: Path) -> bool:
    """Is there anything under this name, if only a link that leads nowhere?"""
    return os.path.lexists(path)


def _unfit(mode: int) -> str:
    return f"cannot be read: it is {_SORTS.get(stat.S_IFMT(mode), 'a device')}; put a file in its place"


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
