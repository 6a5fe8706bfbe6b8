"""The parts of a page to which links can lead, as `#PART` and `PAGE.ipynb#PART`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import unquote

from docutils.nodes import make_id
from markdown_it.token import Token
from myst_parser.mdit_to_docutils.base import default_slugify
from nbformat import NotebookNode

from book.notebook.markdown.directives import OPEN
from book.notebook.markdown.parts import parts
from book.notebook.markdown.tokens import excess, tokens
from book.notebook.markdown.words import headings

PAGE_ITSELF = ("", "top")  # browsers take both for the top of the page

_COLAB = "scrollTo="
_IN_HTML = re.compile(r"""\s(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>`=]+))""", re.IGNORECASE)
_OPTION = re.compile(r"^[ \t]*:?(?:name|label)[ \t]*:[ \t]*([\"']?)(\S|\S.*?\S)\1[ \t]*$", re.MULTILINE)
_FORMULA = re.compile(r"\$\$[ \t]*\(([^()\n]+)\)[ \t]*$", re.MULTILINE)  # in a directive that the site does not know
_FIGURES = ("mystnb", "render")  # where MyST-NB, today and formerly, finds what a cell's figure has
_NAMES = ("name", "label", "figure-md")  # which has its name in the first line
_MARKS = re.compile(r"[`*_$]")
_NAMING = ("<", "{", ")=", "$$")  # HTML, a directive, a target, a formula with a label: one is in all that has a name


def anchors(cell: NotebookNode) -> dict[str, str]:
    """The parts of a Markdown cell by their names in links, with the id that each has on the page in every language.

    The words of a heading are others in another language, so that its names, of MyST, docutils and Jupyter, lead to its
    cell, and so does Colab's name for it.
    """
    if cell.cell_type != "markdown" or excess(cell.source):
        return {}
    named = {name: name for name in _named(cell.source)}
    titles = (_MARKS.sub("", title) for title in headings(cell.source))
    of_headings = {
        name: cell.id
        for title in titles
        for name in (title.strip().replace(" ", "-"), default_slugify(title), make_id(title))
        if name
    }
    return {**of_headings, **named, f"{_COLAB}{cell.id}": cell.id, cell.id: cell.id}


def targets(cell: NotebookNode) -> set[str]:
    """The names of a cell's parts that its author has given; of a cell of code, that of its figure."""
    if cell.cell_type == "markdown":
        return set(_named(cell.source)) if not excess(cell.source) else set()
    return {name for key in _FIGURES if isinstance(name := _inner(cell.metadata, key, "figure", "name"), str)}


def _inner(found: object, *keys: str) -> object:
    """What stands under these keys within one another, if it does."""
    for key in keys:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def part_links(text: str) -> Iterator[str]:
    """The parts of its own page to which a text links."""
    if "#" in text and not excess(text):
        yield from (unquote(each[1:]) for each in parts(text).links if each.startswith("#"))


def _named(text: str) -> Iterator[str]:
    """The names that targets, directives, formulas and HTML have been given."""
    if not any(mark in text for mark in _NAMING):
        return
    found = parts(text)
    for source in found.html:
        yield from ("".join(match) for match in _IN_HTML.findall(source))
    for fence in found.fences:
        if fence.startswith("{"):
            yield from _options(fence)
    for token in tokens(text):
        yield from _names_of(token)


def _names_of(token: Token) -> Iterator[str]:
    if token.type == "myst_target":
        yield token.content
    elif token.type == "math_block_label":
        yield token.info
    elif token.type == OPEN:  # of a figure or a note
        yield from (str(token.attrs[option]) for option in _NAMES if option in token.attrs)
    elif token.type == "colon_fence":  # of code or a formula
        yield from _options(token.content)


def _options(block: str) -> Iterator[str]:
    """The names that a directive has, and formulas in it."""
    yield from (match[2] for match in _OPTION.finditer(block))
    yield from _FORMULA.findall(block)


def of_page(cells: Iterable[NotebookNode], by_cell: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The parts of a whole page, from those of its cells.

    Where cells share a name, it is the first one's, but each has its id.
    """
    found: dict[str, str] = {}
    for each in reversed(by_cell):
        found |= each
    return found | {cell.id: cell.id for cell in cells if cell.cell_type == "markdown"}
