"""The rule over pictures: what each shows is said in words, for those who do not see it."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token
from nbformat import NotebookNode
from selectolax.lexbor import LexborHTMLParser

from book.notebook.markdown.directives import FENCE, OPEN, directive, split_options
from book.notebook.markdown.tokens import excess, flat, tokens
from book.notebook.tags import OUTPUT_REMOVED, has_tag
from book.notebook.texts import alt_text
from book.po.suppressions import allowances, reason_for
from book.rules.notebooks import Found

ALT_TEXT = "alt-text"
_IN_METADATA = '; say what is to be seen as `"mystnb": {"image": {"alt": "…"}}` in its metadata'
_SHOWN = 60  # characters of an address


def without_alt_texts(notebook: NotebookNode) -> Iterator[Found]:
    """The first cell with a picture of which nothing is said, in Markdown or as an output, and how many others there
    are; cells whose metadata allows it by themselves.

    A caption says it, too. HTML with an empty `alt` says that the picture is for the eye alone; Markdown cannot.
    """
    found = [(number, said) for number, cell in enumerate(notebook.cells) if (said := _unsaid(cell))]
    allowed = {number for number, _ in found if reason_for(ALT_TEXT, allowances(notebook.cells[number].metadata))}
    told = [(number, said) for number, said in found if number not in allowed]
    for number, (picture, mend) in [*told[:1], *(each for each in found if each[0] in allowed)]:
        count = 0 if number in allowed else len(told) - 1
        others = {0: "", 1: ", and so does another cell"}.get(count, f", and so do {count} other cells")
        yield Found(number, f"shows {picture} without an alternative text{others}{mend}", ALT_TEXT)


def _unsaid(cell: NotebookNode) -> tuple[str, str] | None:
    """The cell's first picture of which nothing is said, and what to do about it."""
    if cell.cell_type == "markdown" and not excess(cell.source):
        address = next(_in_markdown(cell.source), None)
        return None if address is None else (f"`{address[:_SHOWN]}`", "; say what is to be seen in it")
    if cell.cell_type == "code" and _has_picture(cell) and not alt_text(cell).strip():
        return "a picture", _IN_METADATA
    return None


def _in_markdown(source: str) -> Iterator[str]:
    if "![" not in source and "{" not in source and "<" not in source:
        return
    has_caption = False
    for token in flat(tokens(source)):
        if token.type == OPEN:
            has_caption = _has_caption(token)
        elif token.type == "image":
            if not token.content.strip() and not has_caption:
                yield str(token.attrs["src"])
            has_caption = False  # it is of the first picture in it
        elif token.type in ("html_block", "html_inline") and "<img" in token.content.lower():
            pictures = LexborHTMLParser(token.content).css("img")
            yield from (str(each.attributes.get("src") or "") for each in pictures if "alt" not in each.attributes)


def _has_caption(opening: Token) -> bool:
    """Is what opens a figure of a directive, with words below it?"""
    found = directive(opening.meta[FENCE])
    return bool(found and found.name == "figure" and split_options(found.content)[1].strip())


def _has_picture(cell: NotebookNode) -> bool:
    if has_tag(cell, OUTPUT_REMOVED):
        return False
    return any(kind.startswith("image/") for output in cell.get("outputs", []) for kind in output.get("data", {}))
