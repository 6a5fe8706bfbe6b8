"""Replacing several files as one: what a killed run has begun, the next one completes.

All new files are on the disk before the first old one is replaced. A journal then lists the steps, so that a run which
finds one goes on where the other was stopped. A file that somebody has saved meanwhile is not overwritten.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from book.errors import WriteError
from book.files import JOURNAL, SAVED, UNCHANGED, clear, digest, discard, put, stage


def replace_all(
    folder: Path,
    changes: Iterable[tuple[Path, str | None]],
    read: Mapping[Path, str],
    sources: Mapping[Path, str] | None = None,
) -> list[Path]:
    """Give each path below `folder` its text, in this order; None removes the file. The paths, each once.

    `read` are the digests of the files as they were read, `sources` those of others that the texts were made from.
    Raises WriteError; every file is then as it was, or whole and new.
    """
    journal = _Journal(folder)
    now, path = dict(read), folder
    try:
        for path, text in changes:
            now[path] = journal.add(path, text, now.get(path, ""))
        for path, before in {**(sources or {}), **journal.expected(0)}.items() if journal.steps else ():
            if digest(path) != before:
                raise WriteError(f"{SAVED}; {UNCHANGED}: run this again", path)
        path = journal.path
        journal.write()
    except BaseException as error:
        journal.abandon()
        if isinstance(error, OSError):
            raise WriteError(f"cannot be written: {error.strerror}; {UNCHANGED}", path) from error
        raise
    journal.go_on(0)
    return list(dict.fromkeys(folder / step.path for step in journal.steps))


def complete(folder: Path) -> list[Path]:
    """Take the steps that a killed run has left to take, unless somebody has changed the files since; their paths.

    Raises WriteError.
    """
    journal = _Journal(folder)
    journal.read()
    done = journal.done()
    left = journal.steps[done:]
    if all(digest(path) == expected for path, expected in journal.expected(done).items()):
        journal.go_on(done)
    else:
        journal.abandon()
        left = []
    clear(folder)
    return list(dict.fromkeys(folder / step.path for step in left))


@dataclass(frozen=True)
class _Step:
    """The file `work` takes the place of `path`, or that is removed; both are relative to the journal's folder.

    `before` and `after` are the digests of what stands at `path`; that of no file is empty.
    """

    path: str
    work: str | None
    before: str
    after: str


@dataclass
class _Journal:
    """The steps of a transaction on files below `folder`."""

    folder: Path
    steps: list[_Step] = field(default_factory=list)

    @property
    def path(self) -> Path:
        return self.folder / JOURNAL

    def add(self, path: Path, text: str | None, before: str) -> str:
        """Add a step, its new file written beside the old one; the digest of what will stand there. Raises OSError."""
        work = None if text is None else stage(path, text)
        name = None if work is None else work.relative_to(self.folder).as_posix()
        after = "" if work is None else digest(work)
        self.steps.append(_Step(path.relative_to(self.folder).as_posix(), name, before, after))
        return after

    def write(self) -> None:
        """From here on the transaction is completed, by this run or the next. Raises OSError."""
        if self.steps:
            with self.path.open("x", encoding="utf-8") as file:
                json.dump([asdict(step) for step in self.steps], file)  # a list that is cut off is none
                file.flush()
                os.fsync(file.fileno())

    def read(self) -> None:
        """Take the steps from the file; none if `write` did not leave it so: it may have come with a pull request."""
        try:
            if self.path.is_file() and not self.path.is_symlink():
                steps = [_Step(**step) for step in json.loads(self.path.read_text(encoding="utf-8"))]
                names = [name for step in steps for name in (step.path, step.work or step.path)]
                self.steps = steps if all(map(self._is_inside, names)) else []
        except (OSError, ValueError, TypeError, RecursionError):
            self.steps = []

    def _is_inside(self, name: str) -> bool:
        path = self.folder / name
        stays = path.is_relative_to(self.folder) and path.parent.resolve() == (self.folder.resolve() / name).parent
        return stays and not path.is_symlink()

    def done(self) -> int:
        """How many steps have been taken."""
        left = (number for number, step in enumerate(self.steps) if (self.folder / (step.work or step.path)).exists())
        return next(left, len(self.steps))

    def expected(self, done: int) -> dict[Path, str]:
        """The digests of all files of the transaction once so many steps have been taken."""
        first = {step.path: step.before for step in reversed(self.steps)}
        taken = {step.path: step.after for step in self.steps[:done]}
        works = {step.work: step.after for step in self.steps[done:] if step.work}
        return {self.folder / path: expected for path, expected in {**first, **taken, **works}.items()}

    def go_on(self, done: int) -> None:
        """Take the steps after the first `done`. Raises WriteError."""
        path = self.path
        try:
            for step in self.steps[done:]:
                path = self.folder / step.path
                if digest(path) != step.before:
                    raise WriteError(f"{SAVED}; {self._state(done)}", path)
                put(path, None if step.work is None else self.folder / step.work)
                done += 1
        except (OSError, WriteError) as error:
            self.abandon()
            if isinstance(error, OSError):
                raise WriteError(f"cannot be written: {error.strerror}; {self._state(done)}", path) from error
            raise
        discard(self.path)

    def abandon(self) -> None:
        """Take no more steps."""
        discard(self.path)
        for step in self.steps:
            if step.work:
                discard(self.folder / step.work)

    def _state(self, done: int) -> str:
        return f"{done} of {len(self.steps)} files were written before it: run this again" if done else UNCHANGED
