"""Joining what several machines have built: each language is taken from the machine that made it.

What is taken are the folders of `_build`, fingerprints included. A build on top of them makes what is missing or was
made from something else, and what stands above the languages. So the site is the one that a single machine would have
made, byte for byte, also where others show what was found out about a language.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from book.cache import merge
from book.errors import ProjectError
from book.files import require_own
from book.lock import NOT_OURS, locked
from book.project import Project
from book.site.edition_build import CACHE, KEPT
from book.site.fingerprint import program, stored

NOT_BUILT = "is no `_build` folder in which `book build` came to its end; name one"


def take_over(project: Project, folders: list[Path]) -> dict[str, Path]:
    """Put into the book's `_build` each language that stands whole in one of `folders`, which are `_build` folders too.

    Where several have a language, the first counts. By code, the folder that each was taken from. Raises ProjectError.
    """
    with locked(project.build):
        found: dict[str, Path] = {}
        for folder in folders:
            whole = _whole(project, folder)
            found = {**whole, **found}
        found = {each.code: found[each.code] for each in project.editions if each.code in found}
        for code, folder in found.items():
            _replace(project.build, folder, code)
        merge(project.build / CACHE, [folder / CACHE for folder in folders], program())
        return found


def _whole(project: Project, folder: Path) -> dict[str, Path]:
    """The languages of the book that were built to the end in `folder`."""
    if folder.resolve() == project.build.resolve():
        raise ProjectError("is this book's own `_build`; name those of other machines", folder)
    require_own(folder, but=NOT_OURS)
    kept = {each.code: stored(folder / "doctrees" / each.code) for each in project.editions}
    whole = {code: folder for code, stamp in kept.items() if stamp and stamp.output}
    if not whole:
        raise ProjectError(NOT_BUILT, folder)
    return whole


def _replace(build: Path, folder: Path, code: str) -> None:
    """Put what `folder` has of a language in the place of what is in `build`; the stamp goes first and comes last."""
    for kind in reversed(KEPT):
        shutil.rmtree(build / kind / code, ignore_errors=True)
    for kind in KEPT:
        if (folder / kind / code).is_dir():
            shutil.copytree(folder / kind / code, build / kind / code)  # times as well: the stamp knows them
