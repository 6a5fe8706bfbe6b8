"""Reading the files that people send in, and writing files whole or not at all.

Below the project's root only regular files and folders are read, written and removed: a link, a device or a pipe would
lead out of the project, or never end.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from book.errors import BookError, CatalogError, NotebookError, ProjectError, WriteError


@dataclass(frozen=True)
class Kind:
    """Files of one kind: how many of the folders they stand in are looked at, and how large they may be, in bytes."""

    depth: int
    limit: int
    error: type[BookError]  # raised where one cannot be read


ANY = 100  # folders: all on the way to a file; none above the book's own, which `Project.find` has resolved, is a link
SETTINGS = Kind(0, 100_000, ProjectError)
NOTEBOOK = Kind(ANY, 20_000_000, NotebookError)
MARKDOWN = Kind(ANY, 2_000_000, NotebookError)
DATA = Kind(ANY, 1_000_000, NotebookError)  # what a page reads beside it
PAGE_FILE = Kind(ANY, 20_000_000, NotebookError)  # what a page shows or links
CATALOG = Kind(ANY, 2_000_000, CatalogError)
CONVENTIONS = Kind(2, 20_000, ProjectError)
LANGUAGE_DATA = Kind(2, 500_000, ProjectError)  # glossary
STYLE_NOTE = Kind(2, 20_000, ProjectError)  # more would keep the parser of Markdown busy

# A link is not followed, and a pipe not waited for. Windows has neither flag.
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_SORTS = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}


def read_bytes(path: Path, kind: Kind) -> bytes:
    """The content of a regular file. Raises the error of its kind, also where a folder on the way to it is a link."""
    for each in (*reversed(path.parents[: kind.depth]), path):
        if each.is_symlink():
            raise kind.error(f"cannot be read: {_unfit(stat.S_IFLNK)}", each)
    try:
        with open(path, "rb", opener=lambda name, _: os.open(name, _READ)) as file:
            mode = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(mode):
                raise kind.error(f"cannot be read: {_unfit(mode)}", path)
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


def require_own(folder: Path, but: Collection[str] = ()) -> None:
    """Raises ProjectError where `folder` or something in it is neither a folder nor a regular file.

    What is written or removed there would be elsewhere. The names `but` are not looked at in `folder` itself.
    """
    for path in [folder] if folder.is_symlink() else _irregular(folder, but):
        raise ProjectError(f"cannot be used: {_unfit(path.lstat().st_mode)}", path)


def require_no_link(path: Path) -> None:
    """Raises ProjectError where `path` is a link: what is written there would be elsewhere."""
    if path.is_symlink():
        raise ProjectError(f"cannot be used: {_unfit(stat.S_IFLNK)}", path)


Passed = Callable[[os.DirEntry[str]], bool]


def below(folder: Path, is_passed_over: Passed = lambda entry: False) -> Iterator[Path]:
    """The files in `folder` and in the folders below it, however deep; links are given, but not followed.

    What `is_passed_over` is left out, with all that is in it.
    """
    waiting = [folder] if folder.is_dir() else []
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if is_passed_over(entry):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
                else:
                    yield Path(entry.path)


def _irregular(folder: Path, but: Collection[str] = ()) -> Iterator[Path]:
    """All that is neither a folder nor a regular file in `folder` and in the folders below it."""
    waiting = [folder] if folder.is_dir() else []
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if Path(entry.path).parent != folder or entry.name not in but:
                        waiting.append(Path(entry.path))
                elif not entry.is_file(follow_symlinks=False):
                    yield Path(entry.path)


def is_there(path: Path) -> bool:
    """Is there anything under this name, if only a link that leads nowhere?"""
    return os.path.lexists(path)


def _unfit(mode: int) -> str:
    """What something is that is no regular file, and what to do."""
    if stat.S_ISLNK(mode):
        return "it is a symbolic link; put what it leads to in its place"
    return f"it is {_SORTS.get(stat.S_IFMT(mode), 'a device')}; put a file in its place"


UNFINISHED = ".unfinished"  # ends the name of a file that is being written; a killed run may leave one behind
JOURNAL = f".journal{UNFINISHED}"  # lists the steps of a transaction in a folder
UNCHANGED = "nothing changed"  # with the next, parts of messages
SAVED = "was saved by another program while this ran"

Content = str | bytes  # text is written as UTF-8


def write_atomic(path: Path, content: Content, read: str | None = None) -> bool:
    """Give `path` this content, whole or not at all. False, and nothing is touched, where it has it already.

    `read` is the digest of the file from which the content was made: one that somebody has saved since stays.
    Raises WriteError.
    """
    if _holds(path, _bytes(content)):
        return False
    try:
        work = stage(path, content)
        try:
            if read is not None and digest(path) != read:
                raise WriteError(f"{SAVED}; {UNCHANGED}: run this again", path)
            put(path, work)
        except BaseException:
            discard(work)
            raise
    except OSError as error:
        raise WriteError(f"cannot be written: {error.strerror}; {UNCHANGED}", path) from error
    return True


def _holds(path: Path, data: bytes) -> bool:
    """Is this a regular file with that content?"""
    return _is_regular(path) and path.stat().st_size == len(data) and path.read_bytes() == data


def _is_regular(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def digest(path: Path) -> str:
    """What the content of a file is known by; empty where there is no regular file. Raises OSError."""
    return sha256(path.read_bytes()).hexdigest() if _is_regular(path) else ""


def clear(folder: Path) -> None:
    """Remove the files below `folder` that a killed run has left unfinished."""
    for path in below(folder):
        if path.name.startswith(".") and path.name.endswith(UNFINISHED):
            discard(path)


def _bytes(content: Content) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def stage(path: Path, content: Content) -> Path:
    """A file beside `path` with this content, on the disk and with the permissions of `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.parent.is_symlink():
        raise WriteError(f"cannot be written: {_unfit(stat.S_IFLNK)}; {UNCHANGED}", path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=UNFINISHED)
    work = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_bytes(content))
            file.flush()
            os.fsync(file.fileno())
        work.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
    except BaseException:
        discard(work)
        raise
    return work


def put(path: Path, work: Path | None) -> None:
    if work is None:
        path.unlink(missing_ok=True)
    else:
        work.replace(path)


def discard(work: Path | None) -> None:
    with suppress(OSError):
        if work is not None:
            work.unlink(missing_ok=True)
