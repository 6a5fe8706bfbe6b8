"""Which ids cells had before, told by their texts: PO files have these under the ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress

from nbformat import NotebookNode

from book.errors import CatalogError, NotebookError
from book.notebook.ipynb import has_sound_ids
from book.notebook.texts import texts_of
from book.po import catalog
from book.po.matching import cell_of
from book.project import Project


def repaired(project: Project, page: str, content: NotebookNode) -> NotebookNode:
    """The page with an id for each cell, as far as they are known the right ones: to look at it, not to keep it."""
    if has_sound_ids(content):
        return content
    former = former_ids(project, page)
    owners = {name: owner(content.cells, name, former) for name in {cell.get("id") for cell in content.cells}}
    taken = {name for name in owners if name}
    cells = []
    for number, cell in enumerate(content.cells):
        name = cell.get("id")
        if not name or owners[name] != number:
            name = claim(cell, former, taken) or f"cell {number + 1}"  # which is no id that a cell may have
        cells.append(NotebookNode({**cell, "id": name}))
    return NotebookNode({**content, "cells": cells})


def ids_before(project: Project, page: str, cells: Sequence[NotebookNode]) -> dict[int, str]:
    """The ids that the texts of cells without one had before, by the cell's number, as far as PO files know."""
    former, used = former_ids(project, page), {cell["id"] for cell in cells if cell.get("id")}
    found = ((number, claim(cell, former, used)) for number, cell in enumerate(cells) if not cell.get("id"))
    return {number: name for number, name in found if name}


def with_own_ids(project: Project, page: str, cells: Sequence[NotebookNode]) -> list[NotebookNode]:
    """The cells, but without an id that another of them has a better right to."""
    used = Counter(cell.get("id") for cell in cells)
    former = former_ids(project, page) if max(used.values(), default=0) > 1 else {}
    owners = {name: owner(list(cells), name, former) for name, number in used.items() if name and number > 1}
    return [
        NotebookNode({**cell, "id": None}) if owners.get(cell.get("id"), number) != number else cell
        for number, cell in enumerate(cells)
    ]


def ever_used(project: Project, page: str) -> set[str]:
    """The ids under which PO files have something of the page, in any language: none is used again."""
    found = set[str]()
    for language in project.languages:
        with suppress(CatalogError):
            found |= {cell_of(entry.msgctxt or "") for entry in catalog.load(project.catalog(language, page))}
    return found


def former_ids(project: Project, page: str) -> dict[str, list[str]]:
    """The ids under which PO files have each text of the page; what cannot be read is passed over."""
    for language in project.languages:
        with suppress(CatalogError):
            entries = catalog.load(project.catalog(language, page))
            former: dict[str, list[str]] = {}
            for entry in sorted(entries, key=lambda entry: bool(entry.obsolete)):
                former.setdefault(entry.msgid, []).append(cell_of(entry.msgctxt or ""))
            return former
    return {}


def owner(cells: list[NotebookNode], name: str | None, former: Mapping[str, list[str]]) -> int:
    """Which of the cells with this id keeps it: the one whose texts are filed under it, else the first."""
    numbers = [number for number, cell in enumerate(cells) if cell.get("id") == name]
    return max(numbers, key=lambda number: _votes(cells[number], former)[name or ""]) if numbers[1:] else numbers[0]


def _votes(cell: NotebookNode, former: Mapping[str, list[str]]) -> Counter[str]:
    """How many of the cell's texts stand under each id."""
    votes: Counter[str] = Counter()
    with suppress(NotebookError):
        for text in texts_of("", NotebookNode(cells=[cell])):
            votes.update(former.get(text.text, []))
    return votes


def claim(cell: NotebookNode, former: Mapping[str, list[str]], used: set[str]) -> str:
    """The id that most of the cell's texts had, which is added to those `used`; empty if none is known."""
    name = next((name for name, _ in _votes(cell, former).most_common() if name not in used), "")
    if not name:
        return ""
    used.add(name)
    return name
