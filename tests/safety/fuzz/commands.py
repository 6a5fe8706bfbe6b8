"""Running the project's commands as a user does, and what they do outside the folder for what is made."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import signal
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from book.cli import main
from tests.safety.fuzz.violations import Violation

SECONDS = 300  # more than any command needs, on a slow machine too
# What a terminal obeys or hides: control characters but tabs and line breaks, and those that turn the direction.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Run:
    """How a command ended: its exit status, None where it did not; and what it said."""

    status: int | None
    out: str
    err: str


class TooLongError(BaseException):
    """A command has not ended in time."""


def run(folder: Path, *arguments: str) -> Run:
    """Run a command of the project in `folder`."""
    out, err = io.StringIO(), io.StringIO()

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main(list(arguments))
    except TooLongError:
        return Run(None, out.getvalue(), f"not ended after {SECONDS} s")
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return Run(None, out.getvalue(), "".join(traceback.format_exception(error)))
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    return Run(status, out.getvalue(), err.getvalue())


def ending(command: str, done: Run) -> Iterator[Violation]:
    """What is wrong with how a command ended."""
    if done.status is None:
        kind = "traceback" if "Traceback" in done.err else "not ended"
        yield Violation(command, kind, done.err[-2000:], made_of=done.err.strip().rpartition("\n")[2][:60])
    elif done.status not in (0, 1):
        about = re.sub(r"\S*/\S*|\d+", "", done.err.strip()[-600:])
        yield Violation(command, "stopped", f"exit status {done.status}: {done.err.strip()[-600:]}", made_of=about[:80])
    if command != "check":
        yield from terminal(done)


def terminal(done: Run) -> Iterator[Violation]:
    """What a command has a terminal do."""
    for line in (done.out + done.err).split("\n"):
        if found := CONTROL.search(line):
            yield Violation("terminal", "control character", f"{found[0]!r} in {line!r}"[:600])
            return


def snapshot(root: Path) -> dict[str, tuple[object, ...]]:
    """Every file and folder below `root` but those in `book/_build`, with what is in it."""
    made: dict[str, tuple[object, ...]] = {}
    for folder, names, files in os.walk(root):
        if Path(folder) == root / "book" and "_build" in names:
            names.remove("_build")
        for name in [*names, *files]:
            path = Path(folder, name)
            link = path.readlink() if path.is_symlink() else None
            data = path.read_bytes() if path.is_file() and link is None else b""
            made[os.fsencode(path).decode(errors="backslashreplace")] = (link, hashlib.sha256(data).hexdigest())
    return made
