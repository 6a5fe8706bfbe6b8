"""What a Markdown text consists of besides its words: the parts that a translation must keep."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from book.notebook.markdown.code_block import without_comments
from book.notebook.markdown.directives import OPEN
from book.notebook.markdown.html_words import html_without_words
from book.notebook.markdown.latex_form import latex_form, pieces
from book.notebook.markdown.roles import ROLE, without_title
from book.notebook.markdown.tokens import NOTHING, OF_PAGE, Definitions, flat, parsed


@dataclass
class Parts:
    """The parts of a text, each list in order of appearance; `words` is what is left: the prose itself."""

    maths: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    fences: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    wordless: list[str] = field(default_factory=list)  # the links that nothing is shown of
    images: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    definitions: list[str] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)  # all that MyST knows besides: roles, targets, footnotes, titles …
    words: list[str] = field(default_factory=list)


_FIELDS = {
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
_NOT_SHOWN = {"softbreak", "hardbreak", "em_open", "em_close", "strong_open", "strong_close", "s_open", "s_close"}
_PLAIN = re.compile(r"(paragraph|title|em|strong|s|table|thead|tbody)_open|\w+_close|inline|softbreak|hardbreak")


@lru_cache(maxsize=1 << 15)  # the English texts are asked for again in every language
def parts(text: str, page: Definitions = NOTHING) -> Parts:
    """The parts of a Markdown text, read by the parser with which the site is built, among what its page defines."""
    found = Parts()
    blocks, environment = parsed(text, page)
    shown: list[bool] = []  # of each link that is open
    for token in flat(blocks):
        if token.type == _FORMULA:
            found.maths += pieces(token.content)
        else:
            _sort(token, found)
        if token.type == "link_open":
            shown.append(False)
        elif token.type == "link_close" and not shown.pop():
            found.wordless.append(found.links[-1])
        elif shown:
            shown[-1] |= token.type not in _NOT_SHOWN and bool(token.type != "text" or token.content.strip())
    others = environment.get(OF_PAGE, ())
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
        found.markup.append(f"{token.type} {_named(token)} {_written(token)}".strip())


def _named(token: Token) -> str:
    """The name of a role or target, or the label of a footnote."""
    return str(token.meta.get("name") or token.meta.get("label") or "")


Element = tuple[object, ...]
Block = Element | Counter[Element]  # a block that opens, closes or stands alone; or the inline elements of paragraphs
_SPOKEN = re.compile(r"(em|strong|s)_(open|close)|text|softbreak|hardbreak")  # how words are said, in any number
_FORMULA = "math_inline"
_NO_BLOCK = re.compile(r"paragraph_(open|close)|(thead|tbody)_(open|close)")


@lru_cache(maxsize=1 << 15)
def skeleton(text: str, page: Definitions = NOTHING) -> tuple[Block, ...]:
    """All of a Markdown text but its words: blocks in order, and within a block the inline elements in any order.

    Paragraphs that follow one another are one block, and emphasis counts as words: both only speak. So are those around
    formulas on lines of their own, which may part a sentence, and not in every language in the same place; but a text
    that begins with a formula does so in every language.
    """
    blocks: list[Block] = []
    for token in parsed(text, page)[0]:
        if token.type == "inline":
            elements = _inline_elements(token.children or [])
            at = len(blocks)
            while at and _is_formula(blocks[at - 1]):
                at -= 1
            before = blocks[at - 1] if at else None
            if isinstance(before, Counter):
                before += Counter(
                    {each: n for each, n in elements.items() if each[0] != _FORMULA or each not in before}
                )
            else:
                blocks.insert(at or len(blocks), elements)
        elif not _NO_BLOCK.fullmatch(token.type):
            blocks.append(_element(token))
    return tuple(blocks)


def _is_formula(block: Block) -> bool:
    return not isinstance(block, Counter) and (block[0] in _MATHS or block[2] == "{math}")


def _formula_elements(token: Token) -> Iterator[Element]:
    for piece in pieces(token.content):
        yield (token.type, token.tag, token.info.strip(), latex_form(piece), "")


def _inline_elements(children: Iterable[Token]) -> Counter[Element]:
    """Those of a paragraph; code and formulas may stand in the words of a link or beside it, as a language has it.

    A formula within a line counts once, however often it is said; of a list of formulas each.
    """
    found: Counter[Element] = Counter()
    around: list[str] = []  # the links that stand around an element
    for token in children:
        if _SPOKEN.fullmatch(token.type):
            continue
        if token.nesting < 0:
            around.pop()
            continue
        if token.type == _FORMULA:
            found |= Counter(dict.fromkeys(_formula_elements(token), 1))
            continue
        found[(*(around if token.type != "code_inline" else ()), *_element(token))] += 1
        if token.nesting > 0:
            around.append(repr(_element(token)))
    return found


def _element(token: Token) -> Element:
    """What a token is, without words: the words of links and pictures are other tokens, and titles are words too.

    Which number stands before an item of a list is not told: Markdown counts them itself, from that of the first on.
    """
    attributes = sorted(
        (name, value if name != "title" else "") for name, value in token.attrs.items() if name != "alt"
    )
    written = "" if token.type in ("image", "heading_open") else _written(token)
    info = "" if token.type == "list_item_open" else token.info.strip()
    return (token.type, token.tag, info, written, _named(token), *attributes)


_MATHS = ("math_inline", "math_inline_double", "math_block", "math_block_label", "amsmath")
_LABEL = re.compile(r"\{.*|\S+")


def _written(token: Token) -> str:
    """What a token holds, as far as it is not words: of formulas, HTML and blocks of Python what is not said in it."""
    if token.type in _MATHS:
        return latex_form(token.content)
    if token.type in ("html_block", "html_inline"):
        return html_without_words(token.content)
    if token.type in ("fence", "code_block"):
        return without_comments(token.info, token.content).strip()
    return (without_title(_named(token), token.content) if token.type == ROLE else token.content).strip()


def fence_form(fence: str) -> str:
    """A block of code, its label in the first line, without the comments, which a translation may say its way."""
    first, _, rest = fence.partition("\n")
    if _LABEL.fullmatch(first):  # or it is code without a blank: then its comments stay
        return f"{first}\n{without_comments(first, rest)}"
    return without_comments("", fence)
