"""Fingerprints of what a language's site was made from and what came out: the next build makes what has changed.

A change of what shapes every page (settings, interface texts, the program, installed packages) has the language made
anew; of a change in the pages themselves, Sphinx remakes the pages concerned.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import book
from book.errors import BookError
from book.files import NOTEBOOK, below, read_bytes, write_atomic
from book.localize.edition import Edition
from book.project import SETTINGS_FILES, Project
from book.site.handoff import Warned
from book.status.report import Report
from book.toc import BUILD

PROGRAM = Path(book.__file__).parent
_NAME = "stamp.json"
RUN_ONCE = {".py", ".pot"}  # read once by a program that runs; templates, styles and scripts are read at each build


@dataclass(frozen=True)
class Inputs:
    """The files that people keep, as they were at one moment: a fingerprint of each content, and when it was written.

    They are taken before anything is made of the files. Whatever is saved afterwards, the next build sees.
    `assets_version` is a fingerprint of all that shapes every page and is no setting: templates, styles, scripts and
    the program.
    """

    contents: Mapping[Path, str]
    written: Mapping[Path, tuple[int, int, int]]
    assets_version: str

    def of(self, paths: Iterable[Path]) -> list[str]:
        return [f"{path} {self.contents.get(path, '')}" for path in paths]

    def below(self, folder: Path) -> list[str]:
        return self.of(sorted(path for path in self.contents if path.is_relative_to(folder)))


def read_inputs(root: Path) -> Inputs:
    """The inputs of the book in `root` as they are now."""
    settings = [root / name for name in SETTINGS_FILES]
    contents: dict[Path, str] = {}
    written: dict[Path, tuple[int, int, int]] = {}
    for path in [*settings, *_pages(root), *_below(root / "translations")]:
        with suppress(OSError, BookError):  # it has gone meanwhile, or who reads it will refuse it
            contents[path] = _fingerprint([read_bytes(path, NOTEBOOK)])  # none may be larger
            found = path.stat()
            written[path] = found.st_mtime_ns, found.st_size, found.st_ino
    for path in _of_people(root):  # pictures and data; they may be many, and large
        if path not in contents:
            with suppress(OSError):
                found = path.stat()
                written[path] = found.st_mtime_ns, found.st_size, found.st_ino
                contents[path] = repr(written[path])
    assets_version = _fingerprint([program(), *_contents(_below(PROGRAM, but=RUN_ONCE))])
    return Inputs(contents, written, assets_version)


def _pages(root: Path) -> list[Path]:
    with suppress(BookError):  # who reads the table of contents says it
        project = Project(root)
        return sorted(map(project.notebook, project.pages))
    return []


def _of_people(root: Path) -> Iterator[Path]:
    """The files that people keep below `root`: what is hidden or made, and environments of Python's, are none."""
    files = below(root, lambda entry: entry.name[0] == "." or (entry.is_dir() and _is_of_no_person(Path(entry.path))))
    return (path for path in files if path.suffix != ".pyc" and path.is_file() and not path.is_symlink())


def _is_of_no_person(folder: Path) -> bool:
    return folder.name == BUILD or (folder / "pyvenv.cfg").exists()


@dataclass(frozen=True)
class Refusal:
    """Why a cell is shown in English, by its context, and a fingerprint of what that was found in."""

    context: str
    reason: str
    fingerprint: str


@dataclass(frozen=True)
class Stamp:
    """Fingerprints of what shapes every page, of the pages' own content, of the state of all, and of the files made.

    `refusals` are the cells whose translations were refused, `as_written` the English ones at which Sphinx fails,
    `translated` the pages that can really be read, `warnings` what Sphinx said of the pages as they are.
    """

    frame: str
    content: str
    state: str
    output: str
    refusals: tuple[Refusal, ...] = ()
    translated: tuple[str, ...] = ()
    as_written: tuple[str, ...] = ()
    warnings: tuple[Warned, ...] = ()

    @property
    def refused(self) -> set[str]:
        return {each.context for each in self.refusals}

    def makes_as(self, other: Stamp | None) -> bool:
        """Would Sphinx make the same, and is what it made untouched?"""
        return (
            other is not None
            and self.is_framed_as(other)
            and (self.content, self.refused, self.as_written) == (other.content, other.refused, other.as_written)
        )

    def is_framed_as(self, other: Stamp | None) -> bool:
        """Is only what pages say another, if anything?"""
        return other is not None and (self.frame, self.output) == (other.frame, other.output)


def stamp(
    edition: Edition,
    settings: dict[str, Any],
    translated: dict[str, list[str]],
    report: Report,
    output: str,
    inputs: Inputs,
) -> Stamp:
    """The stamp of an edition that is made from `inputs`; `settings` are what Sphinx is told, also of the theme.

    `output` is the `listing` of what was published before.
    """
    project, code = edition.project, edition.language.code
    shared = inputs.of([project.root / name for name in SETTINGS_FILES])
    frame = [json.dumps(settings, sort_keys=True), project.repository, *shared]
    pages = inputs.of(map(project.notebook, project.pages))
    files = (project.root / each for each in sorted(edition.source.files))
    beside = [_beside(path, inputs.written.get(path)) for path in files]
    content = [json.dumps(translated), *pages, *beside, *inputs.below(project.root / "translations" / code)]
    state = [repr(report.pages), report.undated, str(report.made.date())]
    there = tuple(page for page in project.pages if code in translated[page])
    return Stamp(_fingerprint(frame), _fingerprint(content), _fingerprint(state), output, translated=there)


@cache
def _beside(path: Path, written: tuple[int, int, int] | None) -> str:
    """A picture or file beside the pages, by its content: another checkout gives it another time."""
    with suppress(OSError), path.open("rb") as file:
        return f"{path} {hashlib.file_digest(file, 'sha256').hexdigest()}"
    return str(path)


def page_fingerprint(edition: Edition, page: str, inputs: Inputs) -> str:
    """A fingerprint of what a page is made from in an edition."""
    project = edition.project
    return _fingerprint([program(), *inputs.of([project.notebook(page), project.catalog(edition.language, page)])])


def stored(doctrees: Path) -> Stamp | None:
    """The stamp of the last build; None where there was none or it did not come to its end."""
    try:
        kept = json.loads((doctrees / _NAME).read_text(encoding="utf-8"))
        refusals = tuple(Refusal(**each) for each in kept.pop("refusals"))
        warnings = tuple(Warned(**each) for each in kept.pop("warnings"))
        return Stamp(
            **kept
            | {
                "refusals": refusals,
                "translated": tuple(kept["translated"]),
                "as_written": tuple(kept["as_written"]),
                "warnings": warnings,
            }
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def store(made: Stamp, doctrees: Path) -> None:
    write_atomic(doctrees / _NAME, json.dumps(asdict(made), indent=1) + "\n")


def invalidate(doctrees: Path, published: tuple[str, ...] = ()) -> None:
    """Before a build: one that stops midway leaves no stamp but of what is published, and the next begins anew."""
    store(Stamp("", "", "", "", translated=published), doctrees)


@cache  # of what runs, not of what somebody writes meanwhile
def program() -> str:
    """A fingerprint of this package's code, the packages it uses, and Python itself."""
    code = [path for path in _below(PROGRAM) if path.suffix in RUN_ONCE]
    return _fingerprint([sys.version, *installed(), *_contents(code)])


def installed() -> list[str]:
    """The packages that can be imported, with their versions, by the names of their folders: quicker than metadata."""
    return sorted(each.name for folder in sys.path for each in Path(folder).glob("*.dist-info"))


def _below(folder: Path, but: Iterable[str] = ()) -> list[Path]:
    """The files in `folder` and in the folders below it, save for those named so, or with the suffixes, in `but`."""
    skipped = {".pyc", *but}
    files = below(folder, lambda entry: entry.name in skipped)
    return sorted(path for path in files if path.is_file() and not path.is_symlink() and path.suffix not in skipped)


def _contents(paths: Iterable[Path]) -> list[str | bytes]:
    return [part for path in paths for part in (str(path.relative_to(PROGRAM)), path.read_bytes())]


def listing(folder: Path, but: Iterable[str] = ()) -> str:
    """A fingerprint of names, sizes and times of the files in `folder`: enough to see that nobody has touched them."""
    files = [(path.relative_to(folder), path.stat()) for path in _below(folder, but)]
    return _fingerprint(f"{path} {found.st_size} {found.st_mtime_ns}" for path, found in files)


def _fingerprint(parts: Iterable[str | bytes]) -> str:
    made = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        made.update(len(data).to_bytes(8) + data)  # the length parts one from the next
    return made.hexdigest()
