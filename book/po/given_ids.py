"""Giving ids to cells that have none of their own, in the pages' files: those they had before, else readable ones."""

from __future__ import annotations

from pathlib import Path

from nbformat import NotebookNode

from book.files import NOTEBOOK, digest, read_text, write_atomic
from book.notebook import ipynb, readable_ids
from book.po import former_ids
from book.project import Project


def give_ids(project: Project, pages: list[str]) -> dict[Path, int]:
    """Give ids to all cells of `pages` that have none, or that of another; how many, by file written.

    Nothing else in a file changes.

    Raises NotebookError where a notebook cannot be read, and WriteError.
    """
    return {path: given for page in pages if (given := _give(project, page, path := project.notebook(page)))}


def _give(project: Project, page: str, path: Path) -> int:
    read = digest(path)
    cells = former_ids.with_own_ids(project, page, ipynb.read(path).cells)
    ids = former_ids.ids_before(project, page, cells)
    known = [NotebookNode({**cell, "id": cell.get("id") or ids.get(number)}) for number, cell in enumerate(cells)]
    ids |= readable_ids.proposals(known, former_ids.ever_used(project, page))
    if not ids:
        return 0
    named = {number: cell["id"] for number, cell in enumerate(cells) if cell.get("id") and ipynb.id_of_colab(cell)}
    write_atomic(path, ipynb.with_ids(path, read_text(path, NOTEBOOK), {**named, **ids}), read)
    return len(ids)
