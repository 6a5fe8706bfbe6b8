"""The formulas of a notebook in the order in which a page shows them, as the site reads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markdown_it.token import Token
from nbformat import NotebookNode

from book.maths.in_markdown import DISPLAYED, ENVIRONMENT, INLINE
from book.maths.page import Formula
from book.notebook.markdown.directives import directive, split_options
from book.notebook.markdown.tokens import excess, tokens

_LATEX, _MARKDOWN = "text/latex", "text/markdown"
_SHOWN_BEFORE = ("application/vnd.jupyter.widget-view+json", "text/html", "image/svg+xml", "image/png", "image/gif",
                 "image/jpeg", _MARKDOWN)  # fmt: skip


def formulas(cell: NotebookNode) -> Iterator[Formula]:
    """The formulas of a cell: of its text, or of what its code shows."""
    if cell.cell_type == "markdown":
        yield from _in_markdown(cell.source)
    for output in cell.get("outputs", []):
        yield from _in_output(output.get("data", {}))


def _in_output(data: Any) -> Iterator[Formula]:
    if _LATEX in data and not any(kind in data for kind in _SHOWN_BEFORE):
        yield from _in_markdown(str(data[_LATEX]))
    elif _MARKDOWN in data and not any(kind in data for kind in _SHOWN_BEFORE[:-1]):
        yield from _in_markdown(str(data[_MARKDOWN]))


def _in_markdown(text: str) -> Iterator[Formula]:
    for block in [] if excess(text) else tokens(text):
        for token in (block, *(block.children or [])):
            yield from _of_token(token)


def _of_token(token: Token) -> Iterator[Formula]:
    if token.type in (INLINE, "math_single"):
        yield Formula(token.content, display=False)
    elif token.type in (DISPLAYED, "math_block", ENVIRONMENT):
        yield Formula(token.content, display=True)
    elif token.type == "math_block_label":
        yield Formula(token.content, display=True, label=token.info)
    elif token.type == "myst_role" and str(token.meta["name"]).lower() == "math":
        yield Formula(token.content, display=False)
    elif (found := directive(token)) and found.name == "math":
        options, body = split_options(found.content)
        latex = "\n".join(filter(None, [found.first, body.strip()]))
        yield Formula(latex, display=True, label=options.get("label", ""))
