"""What git knows of the project's files: their versions along the main line, each with the time it came."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from book.repository import REFUSED, is_refused

_TIME = "@"  # begins a line of `git log` that gives a commit's time, in seconds since 1970
_TRANSLATOR = re.compile(r'\+"Last-Translator: ([^"\\]*)\\n"')
_LATEST = datetime(9999, 12, 31, tzinfo=UTC)  # git knows later ones, Python does not


@dataclass(frozen=True)
class Version:
    """A file as a commit left it: the commit's time in UTC, and git's name of the content."""

    time: datetime
    blob: str


@dataclass
class History:
    """The history of `folders` below `root`, read with one `git log`; contents are fetched when they are asked for.

    A merge is one version, of the time when it was merged; a renamed file keeps its history.
    """

    root: Path
    folders: tuple[str, ...] = ("notebooks", "translations")
    _contents: dict[str, bytes] = field(default_factory=dict)

    @cached_property
    def unknown(self) -> str:
        """Why there is no history to tell from; empty where there is one."""
        shallow = self._git("rev-parse", "--is-shallow-repository")
        if shallow is None and is_refused(self.root):
            return REFUSED.format(self.root)
        if shallow is None:
            return "git is not installed, or the folder is no git repository"
        if shallow.strip() == b"true":  # its oldest commit would seem to have written everything
            return "the clone is shallow; fetch the whole history (`git fetch --unshallow`)"
        return "" if self.commit else "there is no commit yet"

    @cached_property
    def commit(self) -> str:
        """The commit at hand; empty if there is none."""
        return (self._git("rev-parse", "--verify", "--quiet", "HEAD") or b"").decode().strip()

    @property
    def state(self) -> str:
        """What all that is told here depends on: with another commit, or more of the history, it is another."""
        return f"{self.commit} {self.unknown} {' '.join(self.folders)}"

    def content(self, blob: str) -> bytes:
        """What a version holds; nothing where the file was removed. Raises LookupError where git does not have it."""
        if not blob.strip("0"):
            return b""
        if blob not in self._contents:
            self._fetch(blob)
        return self._contents[blob]

    @cached_property
    def translators(self) -> dict[str, list[str]]:
        """What the field `Last-Translator` of each PO file was set to, by the file's name, newest first."""
        if self.unknown:
            return {}
        log = ("log", "--first-parent", "-m", "--patch", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv")
        show = ("--format=", "--relative", "--src-prefix=a/", "--dst-prefix=b/", r'-G^"Last-Translator: ')
        output = self._git(*log, *show, "--", "translations") or b""
        found: dict[str, list[str]] = {}
        name = ""
        for line in output.decode("utf-8", "replace").split("\n"):
            if line.startswith("+++ "):
                name = line.removeprefix("+++ b/")
            elif value := _TRANSLATOR.fullmatch(line):
                found.setdefault(name, []).append(value[1])
        return found

    def _fetch(self, blob: str) -> None:
        """Read a content, and with the first one the two newest of every file: git is slow to start."""
        newest = (each.blob for found in self.versions.values() for each in found[:2])
        wanted = [blob] if self._contents else list(dict.fromkeys([blob, *newest]))
        printed = io.BytesIO(self._git("cat-file", "--batch", told="\n".join(wanted).encode()) or b"")
        for name in wanted:
            match printed.readline().split():
                case [_, _, size]:
                    self._contents[name] = printed.read(int(size))
                    printed.readline()
                case _:  # it was removed, or a partial clone has not fetched it
                    continue

    @cached_property
    def versions(self) -> dict[str, list[Version]]:
        """The versions of each file, by its path below `root`, newest first; none where the history is unknown."""
        if self.unknown:
            return {}
        log = ("log", "--first-parent", "-m", "--raw", "--no-abbrev", "--find-renames", "--relative")
        output = self._git(*log, f"--format={_TIME}%ct", "--", *self.folders) or b""
        printed = output.decode("utf-8", "surrogateescape")
        found: dict[str, list[Version]] = {}
        today: dict[str, str] = {}  # the names of today of files that were renamed since
        time = _LATEST
        for line in printed.split("\n"):
            if line.startswith(_TIME):
                time = datetime.fromtimestamp(min(int(line.removeprefix(_TIME)), _LATEST.timestamp()), UTC)
            if not line.startswith(":"):
                continue
            facts, *paths = line.split("\t")
            name = today.get(paths[-1], paths[-1])
            found.setdefault(name, []).append(Version(time, facts.split()[3]))
            today[paths[0]] = name
        return found

    def _git(self, *arguments: str, told: bytes = b"") -> bytes | None:
        """What git prints; None where it fails or is not installed."""
        try:
            done = subprocess.run(
                ["git", "-C", str(self.root), *arguments], input=told, capture_output=True, check=False
            )
        except OSError:
            return None
        return done.stdout if done.returncode == 0 else None
