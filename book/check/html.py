"""HTML in the text of a page for which Markdown has marks: shorter, and with less that a translation can get wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# How Markdown says it. It has nothing for `<kbd>`, `<sub>`, `<details>`, comments, or a break in a table.
_MARKS = {
    **dict.fromkeys(("b", "strong"), "`**…**`"),
    **dict.fromkeys(("i", "em"), "`*…*`"),
    **dict.fromkeys(("s", "del", "strike"), "`~~…~~`"),
    **{f"h{level}": f"`{'#' * level} …`" for level in range(1, 7)},
    "ul": "`- …`",
    "ol": "`1. …`",
    "table": "`| … | … |`",
    "a": "`[…](…)`",
    "img": "`![…](…)`",
    "code": "backticks",
    "pre": "a fence",
    "blockquote": "`> …`",
    "hr": "`---`",
    "p": "lines between blank lines",
}
_KEPT = {"a": {"href", "title"}, "img": {"src", "alt", "title"}}  # of their attributes; others Markdown has not
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TABLE = re.compile(r"<table\b.*?(?:</table\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_ROWS = {"table", "thead", "tbody", "tr", "th", "td"}
_TAG = re.compile(r"<([a-z][a-z0-9]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([^\s=\"'/]+)(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"']+))?")


def better_in_markdown(pieces: Iterable[str]) -> Iterator[str]:
    """What to tell the author of the HTML `pieces` of a text: each element that has marks of its own, once."""
    html = _COMMENT.sub("", "".join(pieces))
    tables = ["table"] if any(map(_is_plain, _TABLE.findall(html))) else []
    others = [name for name, its in _elements(_TABLE.sub("", html)) if its <= _KEPT.get(name, set())]
    for name in dict.fromkeys([*others, *tables]):
        if name in _MARKS:
            yield f"HTML `<{name}>`; write it in Markdown, as {_MARKS[name]}"


def _elements(html: str) -> Iterator[tuple[str, set[str]]]:
    """The elements that `html` opens, with the names of their attributes."""
    for name, attributes in _TAG.findall(html):
        yield name.lower(), {each.lower() for each in _ATTRIBUTE.findall(attributes)}


def _is_plain(table: str) -> bool:
    """Has it rows and cells of words alone, without cells that span others, lists, or sides to which it keeps?"""
    return all(name in _ROWS and not attributes for name, attributes in _elements(table))
