"""HTML in the text of a page for which Markdown has marks: shorter, and with less that a translation can get wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

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
_ROWS = {"table", "thead", "tbody", "tr", "th", "td"}


def better_in_markdown(pieces: Iterable[str]) -> Iterator[str]:
    """What to tell the author of the HTML `pieces` of a text: each element that has marks of its own, once."""
    found = _Found()
    found.feed("".join(pieces))
    for name in dict.fromkeys([*found.outside, *(["table"] if any(found.plain_tables) else [])]):
        if name in _MARKS:
            yield f"HTML `<{name}>`; write it in Markdown, as {_MARKS[name]}"


class _Found(HTMLParser):
    """Elements without attributes that Markdown would lose, `outside` tables; and of each table whether it is plain.

    A plain one has rows and cells of words alone, without cells that span others, lists, or sides to which it keeps.
    """

    def __init__(self) -> None:
        super().__init__()
        self.outside: list[str] = []
        self.plain_tables: list[bool] = []
        self._depth = 0  # of tables within each other

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.plain_tables.append(True)
        if self._depth:
            self.plain_tables[-1] &= tag in _ROWS and not attrs
        elif {name for name, _ in attrs} <= _KEPT.get(tag, set()):
            self.outside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "table" and self._depth > 0
