"""Small headings that stand before a page's title, as a licence's often does.

To Sphinx the first heading of a page is its title, whatever its level.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from nbformat import NotebookNode

from book.notebook.markdown.tokens import excess, tokens
from book.notebook.markdown.words import names_page

SMALL = frozenset({"h4", "h5", "h6"})  # of the levels of headings, those that no page is called by


def before_title(cells: Iterable[NotebookNode]) -> frozenset[int]:
    """The numbers of the Markdown cells before the one with the page's title; none where there is no title."""
    found = set[int]()
    for number, cell in enumerate(cells):
        if cell.cell_type == "markdown":
            if names_page(cell.source):
                return frozenset(found)
            found.add(number)
    return frozenset()


def without_headings(text: str) -> str:
    """The text with its headings as lines that stand out, which no list of contents has."""
    if "####" not in text or excess(text):
        return text
    lines = text.split("\n")
    for opening, inline in pairwise(tokens(text)):
        if opening.type == "heading_open" and opening.map and not opening.level:
            start, end = opening.map
            lines[start:end] = [f":::{{rubric}} {' '.join(inline.content.split())}\n:::", *[""] * (end - start - 1)]
    return "\n".join(lines)
