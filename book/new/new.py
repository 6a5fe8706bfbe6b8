"""Beginning a book in a folder: two pages, a language to translate into, settings, a workflow, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from importlib.resources import files as resources
from importlib.resources.abc import Traversable
from pathlib import Path
from shutil import rmtree

from book.errors import PROGRAM, ProjectError
from book.files import discard, write_atomic
from book.language.language import Language
from book.po.known_interface import fill_interface
from book.po.sync import sync
from book.project import Project
from book.source import read_source
from book.toc import BUILD

_KEPT = {".git", ".gitignore", ".gitattributes", "LICENSE", "LICENSE.md", "README.md"}  # what a new repository has
_DOT = "dot-"
_REPOSITORY, _LANGUAGE = "OWNER/PROGRAM", "LANG"  # in the templates: the program's repository, and a language


def new(folder: Path, language: Language) -> list[Path]:
    """Write a small book into `folder`, and PO files for `language`; the paths written. No file is overwritten.

    Raises ProjectError where the folder has more than a new repository has, and WriteError. The folder then stays as it
    was.
    """
    _require_empty(folder)
    name = Project(folder).begin_language(language.code).name
    values = {_REPOSITORY: PROGRAM, f"{_LANGUAGE}-NAME": name, _LANGUAGE: language.code}
    was_there = folder.exists()
    written = list[Path]()
    try:
        for path, text in _files(resources("book.new") / "template", folder):
            if not path.exists():
                for placeholder, value in values.items():
                    text = text.replace(placeholder, value)
                written.append(path)
                write_atomic(path, text)
        project = Project(folder)
        (project.folder(language)).mkdir(parents=True, exist_ok=True)
        source = read_source(project)
        fill = partial(fill_interface, language)
        return [*written, *sync(project, [language], lambda: (source.project, source.texts), fill=fill).written]
    except BaseException:
        _take_back(folder, written, was_there)
        raise


def _take_back(folder: Path, written: list[Path], was_there: bool) -> None:
    """Leave the folder as it was, so that the next attempt does not find half a book."""
    for path in written:
        discard(path)
    for name in {*(path.relative_to(folder).parts[0] for path in written), "translations", BUILD}:
        rmtree(folder / name, ignore_errors=True)  # none of them was there
    if not was_there:
        with suppress(OSError):
            folder.rmdir()


def _require_empty(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise ProjectError("is no folder; name one that is empty, or that is not there yet", folder)
    there = sorted(each.name for each in folder.iterdir()) if folder.exists() else []
    if others := [each for each in there if each not in _KEPT]:
        what = f"has files already (`{others[0]}`)"
        raise ProjectError(f"{what}; name an empty folder, or see MOVING-IN.md for a book that is there", folder)


def _files(template: Traversable, folder: Path) -> Iterator[tuple[Path, str]]:
    """The path of each file below `folder`, and its text."""
    for each in sorted(template.iterdir(), key=lambda entry: entry.name):
        path = folder / (f".{each.name.removeprefix(_DOT)}" if each.name.startswith(_DOT) else each.name)
        if each.is_dir():
            yield from _files(each, path)
        else:
            yield path, each.read_text(encoding="utf-8")
