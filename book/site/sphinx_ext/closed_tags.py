"""HTML in Markdown whose elements end where their author means them to.

HTML knows no `<a id="x"/>`: browsers read it as an element that goes on, over all that follows, notices included. And
an `<a>` or `<b>` that a paragraph leaves open is opened again in the next one. Both are common in notebooks.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_VOID = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
_CLOSED = re.compile(rf"<(?!(?:{_VOID})\b)([a-z][a-z0-9]*)((?:\s[^<>]*?)?)\s*/>", re.IGNORECASE)
_TAG = re.compile(r"<(/?)(a|b|big|code|em|font|i|nobr|s|small|span|strike|strong|sub|sup|tt|u)\b[^<>]*>", re.IGNORECASE)
_SVG = re.compile(r"<(?:svg|math)\b", re.IGNORECASE)  # there `/>` does end an element


def close_tags(parser: MarkdownIt) -> None:
    """Have the parser end what is written as ended, and what a paragraph, or a block of HTML, leaves open for good."""
    parser.core.ruler.push("close_tags", _close)


def _close(state: StateCore) -> None:
    open_in_blocks: list[tuple[str, Token]] = []
    for token in state.tokens:
        if token.type == "html_block":
            token.content = _ended(token.content)
            open_in_blocks = _still_open(open_in_blocks, token)
        elif token.children:
            for child in token.children:
                if child.type == "html_inline":
                    child.content = _ended(child.content)
            open_: list[tuple[str, Token]] = []
            for child in token.children:
                open_ = _still_open(open_, child) if child.type == "html_inline" else open_
            token.children += [Token("html_inline", "", 0, content=f"</{name}>") for name, _ in reversed(open_)]
    for name, token in reversed(open_in_blocks):
        token.content = f"{token.content.rstrip()}</{name}>\n"


def _ended(html: str) -> str:
    return html if _SVG.search(html) else _CLOSED.sub(r"<\1\2></\1>", html)


def _still_open(open_: list[tuple[str, Token]], token: Token) -> list[tuple[str, Token]]:
    """The inline elements that are open behind a token's HTML, by name, with the token that begins each."""
    left = list(open_)
    for slash, name in _TAG.findall(token.content):
        if not slash:
            left.append((name.lower(), token))
        elif found := [each for each in left if each[0] == name.lower()]:
            left.remove(found[-1])
    return left
