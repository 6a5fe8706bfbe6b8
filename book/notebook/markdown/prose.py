"""The words of a text line by line, without what is no prose: what the rules about language look at."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest

from markdown_it.token import Token

from book.notebook.markdown.latex_form import figures
from book.notebook.markdown.tokens import tokens
from book.notebook.markdown.words import without_addresses

HOLE = "\ufffc"  # stands for what is no prose: code, a formula, an image, a placeholder
_LINK = re.compile(r"<a\s", re.IGNORECASE)
# A placeholder, a formula, code. Two sums of money are no formula: `$5 and $6`, or in French `5 $ et 6 $`.
_FILLED_IN = re.compile(r"\$?\{[^{}]*\}|\$(?![\d\s])[^$]*[^$\s]\$|`[^`]+`")


@lru_cache(maxsize=1 << 15)
def prose_lines(text: str, markdown: bool) -> list[str]:
    """A line each paragraph, heading, item or table cell of Markdown; each line of a plain text."""
    if not markdown:
        return [_FILLED_IN.sub(HOLE, line) for line in text.split("\n") if line.strip()]
    lines = [_line(list(without_addresses(each.children or []))) for each in tokens(text) if each.type == "inline"]
    return [line for line in lines if line.strip()]


def _line(inline: list[Token]) -> str:
    """What a paragraph says. What is shown in a word's place is a hole: a note's number, or a link without words."""
    line = ""
    for token, after in zip_longest(inline, inline[1:]):
        is_alone = token.type == "footnote_ref" and line[-1:].strip() == ""
        has_no_words = token.type == "link_open" and after and after.type == "link_close"
        line += HOLE if is_alone or has_no_words else _shown(token)
    return line


@lru_cache(maxsize=1 << 15)
def emphasised(text: str) -> list[str]:
    """What stands between `*` and `*` in Markdown: titles of papers, for one."""
    found: list[str] = []
    inside = False
    for token in (child for each in tokens(text) for child in each.children or []):
        if token.type == "em_open":
            found.append("")
        inside = token.type == "em_open" or (inside and token.type != "em_close")
        if inside:
            found[-1] += _shown(token)
    return found


@lru_cache(maxsize=1 << 15)
def linked(text: str) -> list[str]:
    """The words of links to other sites, where pages and papers have titles; also of links in HTML."""
    found: list[str] = []
    inside = False
    for token in (child for each in tokens(text) for child in each.children or []):
        address = str(token.attrGet("href")) if token.type == "link_open" else token.content
        opens = "://" in address and (token.type == "link_open" or bool(_LINK.match(token.content)))
        if opens:
            found.append("")
        inside = opens or (inside and token.type != "link_close" and token.content != "</a>")
        if inside:
            found[-1] += _shown(token).replace(HOLE, "") if token.type == "html_inline" else _shown(token)
    return found


def _shown(token: Token) -> str:
    if token.info == "auto":  # an address that is written out
        return HOLE if token.type == "link_open" else ""
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "math_inline" and (said := figures(token.content)):
        return said
    return token.content if token.type == "text" else HOLE if token.content or token.type == "image" else ""
