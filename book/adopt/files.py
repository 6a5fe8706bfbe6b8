"""Which of the files that somebody has belong to which page: told by names and folders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from book.errors import ProjectError
from book.files import below
from book.language.language import Language
from book.project import Project
from book.toc import BUILD

PAGES = {".ipynb", ".md"}
CATALOGS = {".po"}
_PASSED_OVER = {"node_modules", BUILD}


@dataclass
class Found:
    """Translated pages by the book's page, Sphinx's catalogs, and what belongs to no page or to one of several."""

    pages: dict[str, Path] = field(default_factory=dict)
    catalogs: list[Path] = field(default_factory=list)
    strangers: list[tuple[Path, str]] = field(default_factory=list)  # each with the reason


def find(project: Project, language: Language, path: Path) -> Found:
    """What `path`, a file or a folder, has for the pages of the book. Raises ProjectError where there is nothing."""
    if path.is_symlink() or not path.exists():
        raise ProjectError("is not there; name a file or a folder with translations", path)
    root = _of_language(path, language) if path.is_dir() else path
    foreign = _foreign(root, project, language)
    files = sorted(each for each in _files(root) if not foreign & set(each.parents)) if root.is_dir() else [root]
    found = Found(catalogs=[each for each in files if each.suffix in CATALOGS])
    found.strangers += [(each, f"is the folder of another language than `{language.code}`") for each in foreign]
    _sort(found, [each for each in files if each.suffix in PAGES], project, language)
    if not found.pages and not found.catalogs:
        wanted = "`.ipynb`, `.md` or `.po`, called like the pages of the book"
        but = f"; `{min(foreign).name}` is called like another language" if foreign else ""
        raise ProjectError(f"has no translation of a page; wanted are files {wanted}{but}", path)
    return found


def _of_language(folder: Path, language: Language) -> Path:
    """The folder of the language below `folder`, where there is one: `ko`, `locale/ko/LC_MESSAGES`."""
    for parent in (folder, folder / "locale", folder / "locales", folder / "translations"):
        for each in sorted(parent.iterdir()) if parent.is_dir() else ():
            if each.is_dir() and not each.is_symlink() and _plain(each.name) == _plain(language.code):
                return each
    return folder


def _foreign(root: Path, project: Project, language: Language) -> set[Path]:
    """The folders at or below `root` that are called like another language, and like no folder of the book's pages."""
    own = {name for page in project.pages for name in project.notebook(page).relative_to(project.root).parts[:-1]}
    folders = {parent for each in _files(root) if each.suffix in PAGES | CATALOGS for parent in each.parents}
    below_root = {each for each in folders if root in each.parents and each.name not in own}
    return {each for each in below_root if language.is_another_than(each.name)}


def _files(folder: Path) -> Iterator[Path]:
    found = below(folder, lambda entry: entry.name.startswith(".") or entry.name in _PASSED_OVER)
    return (path for path in found if path.is_file() and not path.is_symlink())


def _sort(found: Found, files: Sequence[Path], project: Project, language: Language) -> None:
    """Give each file to the page with which it shares its name and the most folders above it."""
    names = {page: _parts(project.notebook(page).relative_to(project.root), language) for page in project.pages}
    by_name: dict[str, list[str]] = {}
    for page, parts in names.items():
        by_name.setdefault(parts[-1], []).append(page)
    claims: dict[str, list[tuple[int, Path]]] = {}
    for file in files:
        parts = _parts(file, language)
        shared = {page: _shared(names[page], parts) for page in by_name.get(parts[-1], [])}
        best = [page for page, number in shared.items() if number == max(shared.values())]
        if len(best) == 1:
            claims.setdefault(best[0], []).append((shared[best[0]], file))
        else:
            reason = f"could be any of the pages {', '.join(best)}" if best else "is called like no page of the book"
            found.strangers.append((file, reason))
    for page, claimed in claims.items():
        most = max(number for number, _ in claimed)
        first, *others = [file for number, file in claimed if number == most]
        if not others:
            found.pages[page] = first
        rest = [file for number, file in claimed if number < most] + ([first, *others] if others else [])
        found.strangers += [(file, f"is one of several files for the page {page}") for file in rest]


def _shared(page: Sequence[str], file: Sequence[str]) -> int:
    """How many parts two paths share at their ends."""
    pairs = zip(reversed(page), reversed(file), strict=False)
    return next((number for number, (one, other) in enumerate(pairs) if one != other), min(len(page), len(file)))


def _parts(path: Path, language: Language) -> list[str]:
    """The folders and the name, without suffix and without the language's code behind the name: `page.ko.md`."""
    end = re.compile(rf"[._-]{_plain(language.code)}$")
    return [*map(_plain, path.parts[:-1]), end.sub("", _plain(path.stem))]


def _plain(name: str) -> str:
    return name.casefold().replace("_", "-")
