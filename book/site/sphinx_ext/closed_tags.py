"""HTML in Markdown whose elements end where their author means them to.

HTML knows no `<a id="x"/>`: browsers read it as an element that goes on, over all that follows, notices included. And
an `<a>` or `<b>` that a paragraph leaves open is opened again in the next one. A `<div>` goes on over headings, though
the section in which it begins ends there: its `</div>` would then end what stands around the page's text. All three are
common in notebooks. What a `<script>` leaves open is a program to the end of the page.
"""

from __future__ import annotations

import re
from functools import partial

from docutils import nodes
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from sphinx.application import Sphinx

_VOID = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
_CLOSED = re.compile(rf"<(?!(?:{_VOID})\b)([a-z][a-z0-9]*)((?:\s[^<>]*?)?)\s*/>", re.IGNORECASE)
_TAG = re.compile(r"<(/?)(a|b|big|code|em|font|i|nobr|s|small|span|strike|strong|sub|sup|tt|u)\b[^<>]*>", re.IGNORECASE)
_WITH_TEXT = re.compile(r"<(/?)(iframe|noembed|noframes|script|style|textarea|title|xmp)\b[^<>]*>", re.IGNORECASE)
_RAW = re.compile(r"\{raw\}\s+html\s*", re.IGNORECASE)
_BLOCK = re.compile(
    r"<!--.*?-->|<(?P<end>/?)(?P<name>article|aside|blockquote|center|details|div|fieldset|figure|section)\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_PROGRAM = re.compile(r"<(?:script|style)\b", re.IGNORECASE)  # what stands in it may only look like HTML
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
        elif token.type == "fence" and _RAW.fullmatch(token.info.strip()):
            token.content = _ended(token.content)
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
    """HTML whose elements end that are written as ended, and those in which no other element can begin."""
    if _SVG.search(html):
        return html
    html, open_ = _CLOSED.sub(r"<\1\2></\1>", html), ""
    for slash, name in _WITH_TEXT.findall(html):
        if not open_ and not slash:
            open_ = name.lower()
        elif slash and name.lower() == open_:
            open_ = ""
    return f"{html.rstrip()}</{open_}>\n" if open_ else html


def _still_open(open_: list[tuple[str, Token]], token: Token) -> list[tuple[str, Token]]:
    """The inline elements that are open behind a token's HTML, by name, with the token that begins each."""
    left = list(open_)
    for slash, name in _TAG.findall(token.content):
        if not slash:
            left.append((name.lower(), token))
        elif found := [each for each in left if each[0] == name.lower()]:
            left.remove(found[-1])
    return left


class _Ends:
    """Of what HTML opens on a page, which has still to end, and which has ended before its own end comes."""

    def __init__(self) -> None:
        self._open: list[tuple[str, nodes.Element]] = []  # with the section in which it begins
        self._late: list[str] = []

    def read(self, section: nodes.Element) -> None:
        for child in section.children:
            if isinstance(child, nodes.section):
                self.read(child)
            elif isinstance(child, nodes.raw) and child["format"] == "html" and not _PROGRAM.search(child.astext()):
                child.children = [nodes.Text(_BLOCK.sub(partial(self._kept, section), child.astext()))]
        if isinstance(section, nodes.section):
            self._end(section)

    def _kept(self, section: nodes.Element, tag: re.Match[str]) -> str:
        name = (tag["name"] or "").lower()
        if name and not tag["end"]:
            self._open.append((name, section))
        elif found := [each for each in self._open if each[0] == name]:
            self._open.remove(found[-1])
        elif name in self._late:
            self._late.remove(name)
            return ""
        return tag[0]

    def _end(self, section: nodes.Element) -> None:
        for each in [each for each in reversed(self._open) if each[1] is section]:
            self._open.remove(each)
            self._late.append(each[0])
            section.append(nodes.raw("", f"</{each[0]}>\n", format="html"))


def end_blocks(app: Sphinx, doctree: nodes.document) -> None:
    """Have what HTML opens in a section end with it, and leave out its own end, which comes later."""
    _Ends().read(doctree)


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("doctree-read", end_blocks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
