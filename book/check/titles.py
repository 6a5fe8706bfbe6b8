"""Pages without a title, by which lists of pages and links call them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nbformat import NotebookNode

from book.notebook.markdown.parts import parts
from book.notebook.markdown.tokens import excess
from book.rules.notebooks import Found

NO_TITLE = "no-title"


def without_title(cells: Sequence[NotebookNode]) -> Iterator[Found]:
    """The first cell of a page without a heading; of one without a cell nothing can be said."""
    markdown = [cell.source for cell in cells if cell.cell_type == "markdown"]
    if cells and not any(excess(source) or parts(source).headings for source in markdown):
        yield Found(0, "the page has no title; begin it with `# …`", NO_TITLE)
