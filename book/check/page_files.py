"""The rules over what the cells of a page show and link beside the notebook: files, attachments."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

from book.errors import NotebookError
from book.notebook.markdown.myst import Reading, read
from book.notebook.markdown.tokens import excess
from book.notebook.page_files import files_of_cell, in_html, read_page_file
from book.notebook.pictures import attachment_name, picture_at
from book.rules.active_svg import svg_effects
from book.rules.notebooks import Found

MISSING_FILE = "missing-file"


def unfit_files(root: Path, folder: str, notebook: NotebookNode) -> Iterator[Found]:
    """What a notebook in `folder` of the book in `root` shows or links, and is not there or cannot be published."""
    for number, cell in enumerate(notebook.cells):
        for link in (each for each in files_of_cell(cell, folder) if each.is_file(root)):
            verb = "shows" if link.shown else "links to"
            try:
                content = read_page_file(root, link.name)
            except NotebookError as error:
                yield Found(number, f"{verb} `{link.address}`, which {error.message}", MISSING_FILE)
                continue
            if link.name.lower().endswith(".svg"):
                effects = svg_effects(content.decode("utf-8", "replace"))
                yield from (
                    Found(number, f"the picture `{link.address}` has {what}; mend it", rule) for rule, what in effects
                )
        yield from _missing_attachments(number, cell)


def _missing_attachments(number: int, cell: NotebookNode) -> Iterator[Found]:
    if cell.cell_type != "markdown" or "attachment:" not in cell.source.lower():
        return
    reading = read(cell.source) if not excess(cell.source) else Reading()
    addresses = [each.target for each in reading.addresses]
    addresses += [address for _, address in in_html("".join(reading.html))]
    attachments = cell.get("attachments", {})
    for address in dict.fromkeys(each for each in addresses if attachment_name(each)):
        if picture_at(address, attachments) is None:
            yield Found(
                number, f"shows `{address}`, no picture among its attachments; add it, or remove this", MISSING_FILE
            )
