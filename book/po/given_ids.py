"""Giving ids to cells that have none of their own, in the pages' files: those they had before, else readable ones.

Where a book wants ids that people chose, also to cells with one that nobody did, as long as nothing is filed under it.
"""

from __future__ import annotations

from pathlib import Path

from nbformat import NotebookNode

from book.errors import NotebookError
from book.files import NOTEBOOK, digest, read_text, write_atomic
from book.notebook import ipynb, readable_ids
from book.po import former_ids
from book.project import Project


def give_ids(project: Project, pages: list[str]) -> tuple[dict[Path, int], list[NotebookError]]:
    """Give ids to all cells of `pages` that have none, or that of another; how many, by file written.

    With the setting `readable-ids` random ones that no PO file knows are replaced, too.

    Nothing else in a file changes. A notebook that cannot be read is left alone; the second list says why.

    Raises CatalogError where a PO file cannot be read, and WriteError.
    """
    written, unusable = dict[Path, int](), list[NotebookError]()
    for page in pages:
        try:
            if given := _give(project, page, path := project.notebook(page)):
                written[path] = given
        except NotebookError as error:
            unusable.append(error)
    return written, unusable


def _give(project: Project, page: str, path: Path) -> int:
    read = digest(path)
    used = former_ids.ever_used(project, page)
    cells = former_ids.with_own_ids(project, page, ipynb.read(path).cells)
    if project.own.readable_ids:
        cells = [NotebookNode({**cell, "id": None}) if _nobody_chose(cell, used) else cell for cell in cells]
    ids = former_ids.ids_before(project, page, cells)
    known = [NotebookNode({**cell, "id": cell.get("id") or ids.get(number)}) for number, cell in enumerate(cells)]
    ids |= readable_ids.proposals(known, used)
    if not ids:
        return 0
    named = {number: cell["id"] for number, cell in enumerate(cells) if cell.get("id") and ipynb.id_of_colab(cell)}
    write_atomic(path, ipynb.with_ids(path, read_text(path, NOTEBOOK), {**named, **ids}), read)
    return len(ids)


def _nobody_chose(cell: NotebookNode, used: set[str]) -> bool:
    """Has a program made the cell's id, and has nobody filed a translation under it?"""
    name = cell.get("id")
    return bool(name) and not readable_ids.is_readable(name) and name not in used
