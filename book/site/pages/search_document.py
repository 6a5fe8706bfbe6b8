"""What the search index is made of: each page as Pagefind reads it, with how much its words count.

A cell's id is the anchor of what is found in it. Folded cells are left out: their code draws figures or gives answers
away.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from book.entities import unescaped
from book.localize.cells import Cell
from book.localize.edition import Edition
from book.maths.page import Formula, typeset
from book.maths.plain import plain_formula
from book.notebook.markdown.directives import expanded
from book.notebook.markdown.syntax import markdown_parser
from book.notebook.tags import INPUT_CLOSED, has_tag
from book.site.pages.unspaced import without_unspaced

_TAG = re.compile(r"<[^>]+>")
_HEADING = re.compile(r"<h[1-3][^>]*>(.*?)</h[1-3]>", re.DOTALL)
_MAY_HAVE_HEADING = re.compile(r"#|</?h|[=-][ \t\r]*$", re.MULTILINE)  # of Markdown; it spares most cells the parser
_WEIGHT = "data-pagefind-weight"  # of a word, beside 1 in prose; in headings it is more
_IN_CODE = "0.5"
_CELLS, _PAGES = 2_000, 100  # that are kept for the next time: after a save most are as they were
_IN_SOURCE, _OF_SOURCE = "0.2", "0.5"  # as in what names what other pages are about


def document(edition: Edition, page: str) -> str:
    """The page as Pagefind reads it: headings with the ids of their cells, prose, and code with its comments."""
    shown = (cell for cell in edition.cells(page) if not has_tag(cell.node, INPUT_CLOSED))
    body = "\n".join(
        _prose(cell.node.source, cell.node.id) if cell.node.cell_type == "markdown" else _code(cell) for cell in shown
    )
    return f'<!DOCTYPE html>\n<html lang="{edition.language.tag}"><body>\n{body}\n</body></html>\n'


@lru_cache(_CELLS)
def _prose(source: str, anchor: str) -> str:
    parser = _parser()
    tokens = list(expanded(parser.parse(source), parser.parse, parser.parseInline))
    for token in tokens:
        token.hidden = False  # an item of a list has a paragraph, whether blank lines part the items or not
        if token.type == "heading_open":
            token.attrSet("id", anchor)
    _weigh(tokens)
    return str(parser.renderer.render(tokens, parser.options, {}))


def _weigh(tokens: list[Token]) -> None:
    """Note on the tokens of a cell which words count less: where it says what something else is about.

    That is an item of a list that links another site or begins with a link, as does a row of a table that lists pages,
    a paragraph that ends with a link to another site, and what stands below such a paragraph.
    """
    opened: dict[str, Token] = {}
    is_first = is_below = False
    for token in tokens:
        if token.nesting == 1:
            opened[token.tag] = token
            is_first |= token.tag in ("li", "tr")
        elif token.nesting == -1:
            opened.pop(token.tag, None)
        elif token.type == "inline":
            links = [str(child.attrGet("href") or "") for child in token.children or []]
            others = ["://" in link for link in links]
            begins = is_first and any(links[:1])
            entry, paragraph = opened.get("li") or opened.get("tr"), opened.get("p")
            if entry and (begins or (any(others) and "li" in opened)):
                entry.attrSet(_WEIGHT, _IN_SOURCE)
            elif paragraph and any(others[-3:]):  # the link, its text, its end
                paragraph.attrSet(_WEIGHT, _IN_SOURCE)
                is_below = True
            elif paragraph and is_below:
                paragraph.attrSet(_WEIGHT, _OF_SOURCE)
            is_first = False


def _code(cell: Cell) -> str:
    return f'<pre {_WEIGHT}="{_IN_CODE}">{escape(cell.node.source)}</pre>'


@cache
def _parser() -> MarkdownIt:
    parser = markdown_parser()
    for displayed in ("math_inline_double", "amsmath"):
        parser.add_render_rule(displayed, lambda self, tokens, i, options, env: "")
    parser.add_render_rule("math_inline", lambda self, tokens, i, options, env: _formula(tokens[i].content))
    parser.add_render_rule("math_block", lambda self, tokens, i, options, env: "")
    return parser


@cache
def _formula(latex: str) -> str:
    """The formula as a line of text; nothing where it cannot be set by itself."""
    (result,) = typeset([Formula(latex, display=False)])
    return escape(plain_formula(result.mathml))


@cache  # every language asks for the same
def english_headings(cells: tuple[str, ...]) -> tuple[str, ...]:
    """What the headings of a page say, from its cells of Markdown."""
    return headings("".join(_prose(cell, "") for cell in cells if _MAY_HAVE_HEADING.search(cell)))


def headings(html: str) -> tuple[str, ...]:
    """What the headings of a document say; the first is what Pagefind calls the page."""
    return tuple(plain(text) for text in _HEADING.findall(html))


def plain(html: str) -> str:
    """The text of a piece of HTML."""
    return " ".join(unescaped(_TAG.sub("", html)).split())


@lru_cache(_PAGES)
def words_in(text: str) -> tuple[str, ...]:
    """The words of a document, in small letters; of compounds as Python writes them the parts too.

    What is written without spaces is not among them: it is found letter by letter.
    """
    spaced = without_unspaced(unescaped(_TAG.sub(" ", text)))
    parts = "".join(each if _is_part(each) else " " for each in spaced)
    found = ((word, *(re.findall(r"[A-Z]?[a-z]+", word) if word.isascii() else [])) for word in parts.split())
    return tuple(part.lower() for each in found for part in each)


@cache
def _is_part(character: str) -> bool:
    """Is it a letter, a mark such as a vowel sign, a digit, or the underscore?"""
    return character == "_" or unicodedata.category(character)[0] in "LMN"
