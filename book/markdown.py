"""What a Markdown text consists of besides its words: the parts that a translation must keep."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from book import limits
from book.errors import BookError

# What the site's Markdown has beyond MyST's core. Not `substitution`: its templates would run code while building.
SYNTAX = ("dollarmath",)

_NUMBER = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,\u066b]\d+)?(?!\d)"  # thousands apart: 10 000.5
    r"|\d+(?:[.,\u066b\u066c]\d+)*"
)
_SENTENCE_END = re.compile(r"(?<=[.!?।؟])\s+")
_LATEX = re.compile(r"[\\{}^_]")


@dataclass
class Parts:
    """The parts of a text, each list in order of appearance; `words` is what is left: the prose itself."""

    maths: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    fences: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    definitions: list[str] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)  # all that MyST knows besides: roles, targets, footnotes, titles …
    words: list[str] = field(default_factory=list)


_FIELDS = {
    "math_inline": "maths",
    "math_block": "maths",
    "code_inline": "code",
    "code_block": "fences",
    "html_inline": "html",
    "html_block": "html",
}
_BLOCKS = (
    "bullet_list_open",
    "ordered_list_open",
    "list_item_open",
    "blockquote_open",
    "tr_open",
    "td_open",
    "th_open",
    "hr",
)
_PLAIN = re.compile(r"(paragraph|em|strong|table|thead|tbody)_open|\w+_close|inline|softbreak|hardbreak")


@lru_cache(maxsize=1 << 15)  # the English texts are asked for again in every language
def parts(text: str) -> Parts:
    """The parts of a Markdown text, read by the parser with which the site is built."""
    found = Parts()
    blocks, environment = _parsed(text)
    for token in _flat(blocks):
        _sort(token, found)
    found.definitions = [f"[{name}]: {to['href']}" for name, to in environment.get("references", {}).items()]
    return found


def _sort(token: Token, found: Parts) -> None:
    if name := _FIELDS.get(token.type):
        getattr(found, name).append(token.content.strip())
    elif token.type == "fence":
        found.fences.append(f"{token.info}\n{token.content}".strip())
    elif token.type in ("link_open", "image"):
        field_name, target = ("links", "href") if token.type == "link_open" else ("images", "src")
        getattr(found, field_name).append(str(token.attrs[target]))
        if "title" in token.attrs:
            found.markup.append(f'title "{token.attrs["title"]}"')
    elif token.type == "heading_open":
        found.headings.append(token.tag)
    elif token.type in _BLOCKS:
        found.blocks.append(token.tag)
    elif token.type == "text":
        found.words.append(token.content)
    elif not _PLAIN.fullmatch(token.type):
        found.markup.append(f"{token.type} {token.meta.get('name', '')} {token.content}".strip())


class TooMuch(BookError):
    """A Markdown text would keep the parser busy for long: few characters can make many cells, or much looking ahead."""

    rule = "markup"


@cache
def _parser() -> MarkdownIt:
    # Links are left as written: what is allowed in them is for the rules to say, not for the parser to drop.
    parser = create_md_parser(MdParserConfig(enable_extensions=set(SYNTAX)), RendererHTML)
    parser.core.ruler.before("block", "limit_tokens", _limit_tokens)
    parser.block.ruler.at("reference", _limited_reference)
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


def tokens(text: str) -> list[Token]:
    """A Markdown text's tokens, by block."""
    return _parsed(text)[0]


@lru_cache(maxsize=16)  # a text is asked for its parts and for its words, one after the other
def _parsed(text: str) -> tuple[list[Token], dict[str, Any]]:
    if len(text) > limits.TEXT:
        raise TooMuch(f"has {len(text):,} characters, more than {limits.TEXT:,}; divide it")
    environment: dict[str, Any] = {}
    return _parser().parse(text, environment), environment


def _limit_tokens(state: StateCore) -> None:
    state.tokens = _Tokens(2 * len(state.src) + 100)


class _Tokens(list[Token]):
    """At most so many tokens: a table's short rows are filled up with cells that the text does not have."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def append(self, token: Token) -> None:
        if len(self) >= self._most:
            raise TooMuch("has a table of many more cells than are written; write them, or make it smaller")
        super().append(token)


def _limited_reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A link definition; the parser looks for the end of the paragraph again at each."""
    found = reference(state, start, end, silent)
    ahead = state.env.get("lines_ahead", 0) + (state.lineMax - start) * found
    if ahead > limits.DEFINITIONS:
        raise TooMuch("has very many link definitions; use fewer")
    state.env["lines_ahead"] = ahead
    return found


def excess(text: str) -> str:
    """What in a Markdown text is too much for the parser; empty if nothing is."""
    try:
        _parsed(text)
    except TooMuch as error:
        return error.message
    return ""


def _flat(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        if token.children and token.type != "image":
            yield from _flat(token.children)


def description(text: str) -> str:
    """The first paragraph as plain words, without the sentences that hold LaTeX; without any, the heading's words."""
    for opening, inline in itertools.pairwise(tokens(text)):
        if opening.type == "paragraph_open":
            sentences = _SENTENCE_END.split(_plain(inline, latex="\0"))
            if said := " ".join(sentence for sentence in sentences if "\0" not in sentence):
                return said
    return heading(text)


def heading(text: str) -> str:
    """The words of the first heading, empty if there is none."""
    for opening, inline in itertools.pairwise(tokens(text)):
        if opening.type == "heading_open":
            return _plain(inline)
    return ""


def split_heading(text: str) -> tuple[str, str]:
    """The heading line with which a text begins, empty if there is none, and the rest."""
    first = next(iter(tokens(text)), None)
    if first is None or first.type != "heading_open" or first.map != [0, 1]:
        return "", text
    line, _, rest = text.partition("\n")
    return line, rest.strip("\n")


def numbers(text: str) -> list[str]:
    """The numbers in a text as written, in European digits."""
    return _NUMBER.findall("".join(str(unicodedata.decimal(c, c)) for c in text))


def values(number: str) -> set[str]:
    """What a written number may mean: `10,000` is 10000 or 10.000, `0,86` and `0.86` are 0.86."""
    *whole, last = re.split(r"[.,\u066b\u066c\u00a0\u202f ]", number)
    if not whole:
        return {number}
    readings = {"".join(whole) + "." + last.rstrip("0")}
    return readings | {"".join(whole) + last} if len(last) == 3 and whole[0] != "0" else readings


def _plain(inline: Token, latex: str | None = None) -> str:
    """The words of a paragraph or heading; formulas too complex to be read as text are replaced by `latex`."""
    return "".join(_said(token, latex) for token in inline.children or []).strip()


def _said(token: Token, latex: str | None) -> str:
    if token.type == "softbreak":
        return " "
    if token.type == "math_inline" and latex is not None and _LATEX.search(token.content):
        return latex
    return token.content if token.type in ("text", "code_inline", "math_inline") else ""
