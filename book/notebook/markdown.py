"""What a Markdown text consists of besides its words: the parts that a translation must keep."""

from __future__ import annotations

import html
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from book import limits
from book.errors import BookError
from book.maths.in_markdown import with_escaped_money
from book.notebook.directives import OPEN, expanded
from book.notebook.html_words import TAG, html_without_words
from book.notebook.syntax import markdown_parser

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
    "math_inline_double": "maths",
    "math_block": "maths",
    "amsmath": "maths",
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
_PLAIN = re.compile(r"(paragraph|title|em|strong|table|thead|tbody)_open|\w+_close|inline|softbreak|hardbreak")


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
            _, environment = _parsed(text)
            links = {label: str(to["href"]) for label, to in environment.get("references", {}).items()} | links
            notes |= environment.get("footnotes", {}).get("refs", {})
    return Definitions(tuple(links.items()), tuple(notes))


@lru_cache(maxsize=1 << 15)  # the English texts are asked for again in every language
def parts(text: str, page: Definitions = NOTHING) -> Parts:
    """The parts of a Markdown text, read by the parser with which the site is built, among what its page defines."""
    found = Parts()
    blocks, environment = _parsed(text, page)
    for token in _flat(blocks):
        _sort(token, found)
    others = environment.get(_OF_PAGE, ())
    own = [(label, to) for label, to in environment.get("references", {}).items() if label not in others]
    own += [(normalizeReference(to["label"]), to) for to in environment.get("duplicate_refs", [])]
    found.definitions = [f"[{label}]: {to['href']}" for label, to in own]
    return found


def _sort(token: Token, found: Parts) -> None:
    if name := _FIELDS.get(token.type):
        getattr(found, name).append(token.content.strip() if name == "maths" else _written(token))
    elif token.type == "fence":
        found.fences.append(f"{token.info}\n{token.content}".strip())
    elif token.type in ("link_open", "image"):
        field_name, target = ("links", "href") if token.type == "link_open" else ("images", "src")
        getattr(found, field_name).append(str(token.attrs[target]))
    elif token.type == "heading_open":
        found.headings.append(token.tag)
    elif token.type in _BLOCKS:
        found.blocks.append(token.tag)
    elif token.type == "text":
        found.words.append(token.content)
    elif token.type == OPEN:
        options = "".join(f" :{name}: {value}" for name, value in token.attrs.items())
        found.markup.append(f"{token.info}{options}")
    elif not _PLAIN.fullmatch(token.type):
        found.markup.append(f"{token.type} {_named(token)} {token.content}".strip())


def _named(token: Token) -> str:
    """The name of a role or target, or the label of a footnote."""
    return str(token.meta.get("name") or token.meta.get("label") or "")


class TooMuchError(BookError):
    """A Markdown text would keep the parser busy: few characters can make many cells, or have it look ahead again."""

    rule = "markup"


Element = tuple[object, ...]
Block = Element | Counter[Element]  # a block that opens, closes or stands alone; or the inline elements of paragraphs

_SPOKEN = re.compile(r"(em|strong|s)_(open|close)|text|softbreak|hardbreak")  # how words are said, in any number
_NO_BLOCK = re.compile(r"paragraph_(open|close)|(thead|tbody)_(open|close)")


@lru_cache(maxsize=1 << 15)
def skeleton(text: str, page: Definitions = NOTHING) -> tuple[Block, ...]:
    """All of a Markdown text but its words: blocks in order, and within a block the inline elements in any order.

    Paragraphs that follow one another are one block, and emphasis counts as words: both only speak.
    """
    blocks: list[Block] = []
    for token in _parsed(text, page)[0]:
        if token.type == "inline":
            elements = _inline_elements(token.children or [])
            if blocks and isinstance(blocks[-1], Counter):
                blocks[-1] += elements
            else:
                blocks.append(elements)
        elif not _NO_BLOCK.fullmatch(token.type):
            blocks.append(_element(token))
    return tuple(blocks)


def _inline_elements(children: Iterable[Token]) -> Counter[Element]:
    found: Counter[Element] = Counter()
    around: list[str] = []  # the links that stand around an element
    for token in children:
        if _SPOKEN.fullmatch(token.type):
            continue
        if token.nesting < 0:
            around.pop()
            continue
        found[(*around, *_element(token))] += 1
        if token.nesting > 0:
            around.append(repr(_element(token)))
    return found


def _element(token: Token) -> Element:
    """What a token is, without words: the words of links and pictures are other tokens, and titles are words too."""
    attributes = sorted(
        (name, value if name != "title" else "") for name, value in token.attrs.items() if name != "alt"
    )
    written = "" if token.type in ("image", "heading_open") else _written(token)
    return (token.type, token.tag, token.info, written, _named(token), *attributes)


_MATHS = ("math_inline", "math_inline_double", "math_block", "math_block_label", "amsmath")
_LATEX_TEXT = re.compile(r"(\\(?:text\w*|mbox|operatorname)\s*\{[^{}]*\})")


def _written(token: Token) -> str:
    """What a token holds, as far as it is not words: formulas without blanks, HTML without what stands between tags."""
    if token.type in _MATHS:
        return latex_without_blanks(token.content)
    if token.type in ("html_block", "html_inline"):
        return html_without_words(token.content)
    return token.content.strip()


def latex_without_blanks(latex: str) -> str:
    """A formula without the blanks that change nothing in it: those in texts and behind commands stay."""
    parts = _LATEX_TEXT.split(latex.strip())
    for at in range(0, len(parts), 2):
        parts[at] = re.sub(r"(\\[A-Za-z]+)\s+(?=[A-Za-z])|(?<!\\)\s+", lambda m: f"{m[1]} " if m[1] else "", parts[at])
    return "".join(parts)


# What Jupyter, Colab and GitHub read as links, formulas and HTML, though MyST may not.
_CODE = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,}).*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<![\\`])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)
FORMULA = re.compile(
    r"(?<!\\)\$\$.+?\$\$|(?<![\\$])\$(?!\$)(?:(?!\n[ \t]*\n).)+?(?<!\\)\$"
    r"|\\begin\{(?P<name>\w+\*?)\}.*?\\end\{(?P=name)\}|\\\\\(.*?\\\\\)|\\\\\[.*?\\\\\]",
    re.DOTALL,
)
_ACTIVE = re.compile(
    r"(?:https?|ftps?|file|data|javascript|vbscript|mailto|xmpp):[^\s<>`]+|www\.[^\s<>`]+"  # GitHub's bare addresses
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|<[A-Za-z/!?][^\s<>`]*"  # a tag
    r"|\\(?:href|url|style|class|cssId|require|unicode|includegraphics|html[A-Za-z]+)\b"  # link, load, style or name
    r"|\\(?:begin|end)\b(?:\{[^}]*\}?)?|\\\\[()\[\]]|(?<!\\)\$",  # what begins or ends a formula
    re.IGNORECASE,
)
_APART = "\n\0\n"  # no address and no formula reaches over it
_BREAKS = {"softbreak": "\n", "hardbreak": "\n"}
_END_OF_SENTENCE = "?!.,:;*_~'\")"  # what stands behind a bare address is no part of it
# In the words that are shown, entities and escapes resolved: what MathJax and makers of links look for there.
_ACTIVE_WORDS = re.compile(
    r"\\(?:[A-Za-z]+|.)|(?:\w[\w+.-]*:)?//[\w-]+[.:\w][^\s<>`]*"
    r"|\$(?!\d)[^$\0]+\$",  # a formula; two sums of money are none
    re.DOTALL,
)


@lru_cache(maxsize=1 << 15)
def as_jupyter_reads(text: str) -> Counter[str]:
    """The addresses, tags and formulas that Jupyter, Colab and GitHub see in a Markdown text, bare ones included.

    Formulas are sought where no code is. The rest is sought everywhere, since these readers may find code elsewhere;
    and in the words as they are shown, where MathJax finds what entities have made.
    """
    text = with_escaped_money(text)  # where Jupyter sets it, it has no more than words
    found = Counter(latex_without_blanks(match[0]) for match in FORMULA.finditer(_CODE.sub(" ", text)))
    words = _APART.join(_words_of_paragraphs(text))
    for address in dict.fromkeys(parts(text).links + parts(text).images):
        text = text.replace(f"]({address}", "](")  # a link for MyST too, and compared as such
    found.update(match[0].rstrip(_END_OF_SENTENCE) or match[0] for match in _ACTIVE.finditer(text))
    found.update(
        match[0].rstrip(_END_OF_SENTENCE) or match[0] for match in _ACTIVE_WORDS.finditer(html.unescape(words))
    )
    found.update(match.text for match in _linkify().match(words) or ())
    return found


def _words_of_paragraphs(text: str) -> Iterator[str]:
    """The words as they are shown, by paragraph, heading and cell of a table; _APART where something else stands."""
    for block in tokens(text):
        children = block.children or []
        said = (_BREAKS.get(each.type, each.content if each.type == "text" else _APART) for each in children)
        yield "".join(said)


@cache
def _linkify() -> LinkifyIt:
    """What VS Code makes links of: names of hosts too, such as example.org."""
    return LinkifyIt()


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


def forget() -> None:
    """Let go of what is kept of the texts that were read; of a large book it is much."""
    for each in (parts, skeleton, as_jupyter_reads):
        each.cache_clear()


def tokens(text: str) -> list[Token]:
    """A Markdown text's tokens, by block."""
    return _parsed(text)[0]


@lru_cache(maxsize=16)  # a text is asked for its parts and for its words, one after the other
def _parsed(text: str, page: Definitions = NOTHING) -> tuple[list[Token], dict[str, Any]]:
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
_OF_PAGE = "of_page"  # the labels of links that are not the text's own


def _see_page(state: StateCore) -> None:
    """Have the text use what other cells define, where it does not define it itself."""
    page: Definitions = state.env[_PAGE]
    references = state.env.setdefault("references", {})
    others = state.env.setdefault(_OF_PAGE, set())
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


def _readable(text: str) -> list[Token]:
    """A text's tokens; none where it is too much."""
    return [] if excess(text) else tokens(text)


def excess(text: str) -> str:
    """What in a Markdown text is too much for the parser; empty if nothing is."""
    if len(text) <= limits.TEXT and "|" not in text and "]:" not in text:
        return ""  # neither a table nor a link definition
    try:
        _parsed(text)
    except TooMuchError as error:
        return error.message
    return ""


def _flat(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        if token.children and token.type != "image":
            yield from _flat(token.children)


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


def has_words(text: str) -> bool:
    """Is there anything to translate: a word that is no code, formula, address or number?"""
    if excess(text):
        return False
    in_html = (TAG.sub(" ", token.content) for token in tokens(text) if token.type == "html_block")
    alternatives = (token.content for token in _flat(tokens(text)) if token.type == "image")
    words = (token.content for token in without_addresses(_flat(tokens(text))) if token.type == "text")
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
    pairs = itertools.pairwise(_readable(text))
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
