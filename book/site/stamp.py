"""What a language's site was made from and what came out: the next build leaves alone what is as it was.

A change of what shapes every page (settings, interface texts, the program, installed packages) has the language made
anew; of a change in the pages themselves, Sphinx remakes the pages concerned.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import book
from book.edition import Edition
from book.files import write_whole
from book.status import Report

PROGRAM = Path(book.__file__).parent
_NAME = "stamp.json"
RUN_ONCE = {".py", ".pot"}  # read once by a program that runs; templates, styles and scripts are read at each build


@dataclass(frozen=True)
class Stamp:
    """Fingerprints of what shapes every page, of the pages' own content, of the state of all, and of the files made."""

    frame: str
    content: str
    state: str
    output: str


def stamp(
    edition: Edition, settings: dict[str, Any], translated: dict[str, list[str]], report: Report, output: Path
) -> Stamp:
    """The stamp of an edition as its inputs and `output` are now; `settings` are what Sphinx is told."""
    project = edition.project
    shared = [project.root / "_toc.yml", project.root / "_config.yml", *_below(PROGRAM, but=RUN_ONCE)]
    frame = [json.dumps(settings, sort_keys=True), project.repository, program(), *_contents(shared)]
    pages = [project.notebook(page) for page in project.pages]
    texts = _below(project.root / "translations" / edition.language.code)
    content = [json.dumps(translated), *_contents([*pages, *texts])]
    state = [repr(report.pages), report.undated, str(report.made.date())]
    return Stamp(_fingerprint(frame), _fingerprint(content), _fingerprint(state), listing(output))


def stored(doctrees: Path) -> Stamp | None:
    """The stamp of the last build; None where there was none or it did not come to its end."""
    try:
        return Stamp(**json.loads((doctrees / _NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def store(made: Stamp, doctrees: Path) -> None:
    write_whole(doctrees / _NAME, json.dumps(asdict(made), indent=1) + "\n")


def forget(doctrees: Path) -> None:
    """Before a build: one that stops midway leaves no stamp, and the next begins anew."""
    (doctrees / _NAME).unlink(missing_ok=True)


@cache  # of what runs, not of what somebody writes meanwhile
def program() -> str:
    """A fingerprint of this package's code, the packages it uses, and Python itself."""
    code = [path for path in _below(PROGRAM) if path.suffix in RUN_ONCE]
    return _fingerprint([sys.version, *installed(), *_contents(code)])


def installed() -> list[str]:
    """The packages that can be imported, with their versions, by the names of their folders: quicker than metadata."""
    return sorted(each.name for folder in sys.path for each in Path(folder).glob("*.dist-info"))


def _below(folder: Path, but: Iterable[str] = ()) -> list[Path]:
    """The files in `folder` and in the folders below it, save for the suffixes `but`."""
    skipped = {".pyc", *but}
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sorted(path for path in files if path.suffix not in skipped)


def _contents(paths: Iterable[Path]) -> list[str | bytes]:
    return [part for path in paths for part in (str(path), path.read_bytes())]


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
