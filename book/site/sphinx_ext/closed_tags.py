"""HTML in Markdown whose elements end where their author means them to.

HTML knows no `<a id="x"/>`: browsers read it as an element that goes on, over all that follows, notices included. And
an `<a>` or `<b>` that a paragraph leaves open is opened again in the next one. Both are common in notebooks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_VOID = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
_CLOSED = re.compile(rf"<(?!(?:{_VOID})\b)([a-z][a-z0-9]*)((?:\s[^<>]*?)?)\s*/>", re.IGNORECASE)
_TAG = re.compile(r"<(/?)(a|b|big|code|em|font|i|nobr|s|small|span|strike|strong|sub|sup|tt|u)\b[^<>]*>", re.IGNORECASE)
_SVG = re.compile(r"<(?:svg|math)\b", re.IGNORECASE)  # there `/>` does end an element


def close_tags(parser: MarkdownIt) -> None:
    """Have the parser end what is written as ended, and at a paragraph's end what it has left open."""
    parser.core.ruler.push("close_tags", _close)


def _close(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "html_block":
            token.content = _ended(token.content)
        elif token.children:
            for child in token.children:
                if child.type == "html_inline":
                    child.content = _ended(child.content)
            token.children += [Token("html_inline", "", 0, content=f"</{name}>") for name in _left_open(token.children)]


def _ended(html: str) -> str:
    return html if _SVG.search(html) else _CLOSED.sub(r"<\1\2></\1>", html)


def _left_open(children: list[Token]) -> Iterator[str]:
    """The names of the inline elements that a paragraph begins and does not end, the last one first."""
    open_: list[str] = []
    for child in children:
        for slash, name in _TAG.findall(child.content) if child.type == "html_inline" else ():
            if not slash:
                open_.append(name.lower())
            elif name.lower() in open_:
                del open_[len(open_) - 1 - open_[::-1].index(name.lower())]
    yield from reversed(open_)
