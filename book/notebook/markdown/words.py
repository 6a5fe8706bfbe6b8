"""The words of a Markdown text: its headings, its first paragraph, whether there are any."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from markdown_it.token import Token

from book.notebook.markdown.html_words import TAG
from book.notebook.markdown.tokens import excess, flat, tokens

_SENTENCE_END = re.compile(r"(?<=[.!?।؟])\s+")
_GREAT = re.compile(r"^ {0,3}(?:#{1,3}(?!#)|(?:=+|-+)\s*$)", re.MULTILINE)  # quickly: what may be such a heading
_LATEX = re.compile(r"[\\{}^_]")
# What spares most texts the parser where they are only asked for words and headings.
_BEGINS_WITH_WORD = re.compile(r"(?:#{1,6} )?[A-Za-z]+(?:[ \n]|\Z)")
_MAY_HAVE_HEADING = re.compile(r"#|[=-][ \t\r]*$", re.MULTILINE)


def _readable(text: str) -> list[Token]:
    """A text's tokens; none where it is too much."""
    return [] if excess(text) else tokens(text)


def description(text: str) -> str:
    """The first paragraph as plain words, without the sentences that hold LaTeX; without any, the heading's words."""
    for opening, inline in itertools.pairwise(_readable(text)):
        if opening.type == "paragraph_open":
            sentences = _SENTENCE_END.split(_plain(inline, latex="\0"))
            if plain := " ".join(sentence for sentence in sentences if "\0" not in sentence):
                return plain
    return heading(text)


def heading(text: str) -> str:
    """The words of the first heading, empty if there is none."""
    for opening, inline in itertools.pairwise(_readable(text)):
        if opening.type == "heading_open":
            return _plain(inline)
    return ""


def names_page(text: str) -> bool:
    """Has the text a heading that can be a page's title? A smaller one than the third level is a licence's, often."""
    return bool(_GREAT.search(text)) and any(
        token.type == "heading_open" and token.tag in ("h1", "h2", "h3") for token in _readable(text)
    )


def has_words(text: str) -> bool:
    """Is there anything to translate: a word that is no code, formula, address or number?"""
    if excess(text):
        return False
    if _BEGINS_WITH_WORD.match(text):
        return True
    in_html = (TAG.sub(" ", token.content) for token in tokens(text) if token.type == "html_block")
    alternatives = (token.content for token in flat(tokens(text)) if token.type == "image")
    words = (token.content for token in without_addresses(flat(tokens(text))) if token.type == "text")
    return any(character.isalpha() for each in (*words, *in_html, *alternatives) for character in each)


def without_addresses(found: Iterable[Token]) -> Iterator[Token]:
    """The tokens without the words of links that are their addresses, written out."""
    inside = False
    for token in found:
        if token.info == "auto" and token.type in ("link_open", "link_close"):
            inside = token.nesting > 0
        if not inside or token.type == "link_open":
            yield token


def headings(text: str) -> list[str]:
    """The headings of a text as they are written, without their marks; what stands in code is none."""
    pairs = itertools.pairwise(_readable(text) if _MAY_HAVE_HEADING.search(text) else [])
    return [inline.content for opening, inline in pairs if opening.type == "heading_open"]


def split_heading(text: str) -> tuple[str, str]:
    """The heading line with which a text begins, empty if there is none, and the rest."""
    first = next(iter(_readable(text)), None)
    if first is None or first.type != "heading_open" or first.map != [0, 1]:
        return "", text
    line, _, rest = text.partition("\n")
    return line, rest.strip("\n")


def _plain(inline: Token, latex: str | None = None) -> str:
    """The words of a paragraph or heading; formulas too complex to be read as text are replaced by `latex`."""
    return "".join(_said(token, latex) for token in inline.children or []).strip()


def _said(token: Token, latex: str | None) -> str:
    if token.type == "softbreak":
        return " "
    if token.type == "math_inline" and latex is not None and _LATEX.search(token.content):
        return latex
    return token.content if token.type in ("text", "code_inline", "math_inline") else ""
