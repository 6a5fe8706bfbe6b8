"""Notebooks that stand among the pages and that nobody will read: `_toc.yml` does not name them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path

from book.findings import Finding
from book.project import Project
from book.toc import without_suffix

UNLISTED = "not-in-toc"


def unlisted(project: Project) -> Iterator[Finding]:
    """The notebooks beside pages that are none, but for those that Jupyter Book's `exclude_patterns` leave out."""
    files = [project.file(page) for page in (*project.pages, *project.left_out)]
    pages, folders = set(map(without_suffix, files)), dict.fromkeys(map(posixpath.dirname, files))
    there = [path.relative_to(project.root).as_posix() for each in folders for path in _notebooks(project, each)]
    for name in _not_excluded(project, [each for each in there if without_suffix(each) not in pages]):
        message = "is in no line of `_toc.yml`, so it is not published; add it there, or to `exclude_patterns`"
        yield project.finding(project.root / name, 1, message, UNLISTED)


def _notebooks(project: Project, folder: str) -> list[Path]:
    return sorted(path for path in (project.root / folder).glob("*.ipynb") if not path.name.startswith("."))


def _not_excluded(project: Project, names: list[str]) -> list[str]:
    patterns = project.config.get("exclude_patterns")
    if not names or not isinstance(patterns, list):
        return names
    from sphinx.util.matching import Matcher  # here: few books need it, and it takes long to load

    is_excluded = Matcher(list(map(str, patterns)))
    return [name for name in names if not is_excluded(name)]
