"""Cells that nobody translates, such as licences: a book names their tags, or expressions that their texts match."""

from __future__ import annotations

from collections.abc import Iterable

import regex
from nbformat import NotebookNode

from book.errors import ProjectError
from book.limits import SECONDS


def skipped(notebook: NotebookNode, names: Iterable[str]) -> frozenset[str]:
    """The ids of the cells that have one of `names` as a tag, or in which one is found as an expression.

    Raises ProjectError for an expression that takes too long.
    """
    wanted = list(names)
    return frozenset(cell.get("id", "") for cell in notebook.cells if any(_fits(cell, each) for each in wanted))


def _fits(cell: NotebookNode, name: str) -> bool:
    if name in cell.metadata.get("tags", []):
        return True
    try:
        return regex.search(name, cell.source, regex.MULTILINE, timeout=SECONDS) is not None
    except TimeoutError as error:
        raise ProjectError(f"`skip`: `{name}` takes too long; write a simpler expression", "_config.yml") from error
