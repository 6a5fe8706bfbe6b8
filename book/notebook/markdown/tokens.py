"""Reads Markdown texts as the site does: the tokens of a text, among what its page defines, within limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from book import limits
from book.errors import BookError
from book.notebook.markdown.directives import expanded
from book.notebook.markdown.syntax import markdown_parser


@dataclass(frozen=True)
class Definitions:
    """What the cells of a page define for all of them: links as (label, address), and the labels of footnotes."""

    links: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


NOTHING = Definitions()


def definitions(cells: Iterable[str]) -> Definitions:
    """What the Markdown cells of a page define. Of two definitions with one label the first holds for the others."""
    links, notes = dict[str, str](), dict[str, int]()
    for text in cells:
        if "]:" in text and not excess(text):  # as in every definition
            _, environment = parsed(text)
            links = {label: str(to["href"]) for label, to in environment.get("references", {}).items()} | links
            notes |= environment.get("footnotes", {}).get("refs", {})
    return Definitions(tuple(links.items()), tuple(notes))


class TooMuchError(BookError):
    """A Markdown text would keep the parser busy: few characters can make many cells, or have it look ahead again."""

    rule = "markup"


@cache
def _parser() -> MarkdownIt:
    parser = markdown_parser()
    parser.core.ruler.before("block", "limit_tokens", _limit_tokens)
    parser.core.ruler.after("block", "see_page", _see_page)
    parser.block.ruler.at("reference", _limited_reference)
    return parser


_BREAK = re.compile(r"[ \t]*[\n\r\f\v]\s*")
_MARKS = re.compile(r"[\\`*_\[\]<>&$~|]|^[#+-](?=\s)|(?<=^\d)[.)]")


def escaped(text: str) -> str:
    """Words as Markdown that shows just them, in one line."""
    return _MARKS.sub(r"\\\g<0>", _BREAK.sub(" ", text))


def tokens(text: str) -> list[Token]:
    """A Markdown text's tokens, by block."""
    return parsed(text)[0]


def parsed(text: str, page: Definitions = NOTHING) -> tuple[list[Token], dict[str, Any]]:
    """A text's tokens, by block, and what it defines: `references`, `duplicate_refs`, and OF_PAGE, that of others.

    Raises TooMuchError.
    """
    # What others define is used in brackets alone.
    return _parsed(text, page if "[" in text else NOTHING)


@lru_cache(maxsize=512)  # the texts of a page: each is asked for its parts, words, headings and formulas in turn
def _parsed(text: str, page: Definitions) -> tuple[list[Token], dict[str, Any]]:
    if len(text) > limits.TEXT:
        raise TooMuchError(f"has {len(text):,} characters, more than {limits.TEXT:,}; divide it")
    environment: dict[str, Any] = {_PAGE: page}
    parser = _parser()
    found = expanded(
        parser.parse(text, environment),
        lambda inner: parser.parse(inner, environment),
        lambda words: parser.parseInline(words, environment),
    )
    return list(found), environment


_PAGE = "page"  # in the parser's environment: what the page defines
OF_PAGE = "of_page"  # the labels of links that are not the text's own


def _see_page(state: StateCore) -> None:
    """Have the text use what other cells define, where it does not define it itself."""
    page: Definitions = state.env[_PAGE]
    references = state.env.setdefault("references", {})
    others = state.env.setdefault(OF_PAGE, set())
    for label, address in page.links:
        if label not in references:
            references[label] = {"href": address, "title": "", "label": label}
            others.add(label)
    if page.notes:
        notes = state.env.setdefault("footnotes", {}).setdefault("refs", {})
        state.env["footnotes"]["refs"] = dict.fromkeys(page.notes, -1) | notes


def _limit_tokens(state: StateCore) -> None:
    state.tokens = _Tokens(3 * len(state.src) + 100)


class _Tokens(list[Token]):
    """At most so many tokens: a table's short rows are filled up with cells that the text does not have."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def append(self, token: Token) -> None:
        if len(self) >= self._most:
            raise TooMuchError("has a table of many more cells than are written; write them, or make it smaller")
        super().append(token)


def _limited_reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A link definition; the parser looks for the end of the paragraph again at each."""
    found = reference(state, start, end, silent)
    ahead = state.env.get("lines_ahead", 0) + (state.lineMax - start) * found
    if ahead > limits.DEFINITIONS:
        raise TooMuchError("has very many link definitions; use fewer")
    state.env["lines_ahead"] = ahead
    return found


def excess(text: str) -> str:
    """What in a Markdown text is too much for the parser; empty if nothing is."""
    if len(text) <= limits.TEXT and "|" not in text and "]:" not in text:
        return ""  # neither a table nor a link definition
    try:
        parsed(text)
    except TooMuchError as error:
        return error.message
    return ""


def flat(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens and those within them, but for the words of pictures."""
    for token in tokens:
        yield token
        if token.children and token.type != "image":
            yield from flat(token.children)
