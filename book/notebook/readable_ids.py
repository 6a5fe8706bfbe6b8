"""Ids that people can read, such as `what-groups-share`: which are, and proposals for cells that have none."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence

from nbformat import NotebookNode

from book.notebook.code import ipython
from book.notebook.markdown.anchors import targets
from book.notebook.markdown.prose import HOLE, prose_lines
from book.notebook.markdown.tokens import TooMuchError
from book.notebook.markdown.words import heading
from book.toc import FRAME_IDS

FORM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RANDOM = re.compile(r"(?=.*\d)[0-9a-f]{8}(-[0-9a-f]{4}){0,3}(-[0-9a-f]{12})?")  # as Jupyter and uuid make them

_LONGEST = 40  # characters
_WORDS, _WORDS_OF_PROSE = 7, 4
# Words that say little about what a text is about.
_EMPTY = {
    *("a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "for", "from", "have", "here", "i", "in", "is"),
    *("it", "its", "let", "lets", "now", "of", "on", "or", "our", "so", "that", "the", "then", "there", "these"),
    *("this", "those", "to", "us", "was", "we", "were", "will", "with", "you", "your"),
}
_WORD = re.compile("[a-z0-9]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_COMMENT = re.compile(r"\s*#\s*([^\W\d_].*)")  # of words; tools have theirs begin otherwise


def is_readable(name: str) -> bool:
    """Does the id look as if somebody had chosen it?"""
    return bool(FORM.fullmatch(name)) and not RANDOM.fullmatch(name)


def proposals(cells: Sequence[NotebookNode], taken: Collection[str]) -> dict[int, str]:
    """Ids for the cells without one, by the cell's number: from headings, words and code, none of those `taken`.

    Nor one that something on the page has, such as the label of an exercise. The same cells get the same ids.
    """
    used = {*taken, *(cell["id"] for cell in cells if cell.get("id"))}
    used |= {"-".join(_words(name)) for cell in cells for name in targets(cell)}
    found = {}
    for number, cell in enumerate(cells):
        if not cell.get("id"):
            found[number] = _free(_name(cell), used)
            used.add(found[number])
    return found


def _name(cell: NotebookNode) -> str:
    made = (_slug(words) for words in (_of_code if cell.cell_type == "code" else _of_text)(cell.source))
    fallback = {"code": "code", "markdown": "text"}.get(cell.cell_type, "raw")
    return next((name for name in made if name), fallback)


def _free(name: str, used: Collection[str]) -> str:
    """The name, with a number behind it where it is used already or would pass for another thing."""
    number, made = 1, name
    while made in used or not is_readable(made) or FRAME_IDS.fullmatch(made):
        number += 1
        made = f"{name}-{number}" if is_readable(name) else f"cell-{name}-{number}"
    return made


def _slug(words: Sequence[str]) -> str:
    """The words as an id, as many as there is place for."""
    made = ""
    for word in words:
        longer = f"{made}-{word}" if made else word[:_LONGEST]
        if len(longer) > _LONGEST:
            break
        made = longer
    return made


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.replace("'", "").replace("\u2019", "")).encode("ascii", "ignore")
    return _WORD.findall(plain.decode().lower())


def _of_text(source: str) -> Iterator[list[str]]:
    """The first heading; the first words of what it says that mean something."""
    try:
        yield _words(heading(source))[:_WORDS]
        lines = prose_lines(source, markdown=True)
    except TooMuchError:
        lines = source.splitlines()
    for line in lines:
        found = _words(line.replace(HOLE, " "))
        yield [word for word in found if word not in _EMPTY][:_WORDS_OF_PROSE] or found[:_WORDS_OF_PROSE]
    yield _words(source)[:_WORDS_OF_PROSE]


def _of_code(source: str) -> Iterator[list[str]]:
    """What is defined; what a comment above says; else what the first statement does."""
    try:
        body = ipython.parse(ipython.as_python(source) or "").body
    except SyntaxError:
        body = []
    yield from (_of_name(each.name) for each in body if isinstance(each, ast.FunctionDef | ast.ClassDef))
    first = next((line for line in source.splitlines() if line.strip()), "")
    if comment := _COMMENT.fullmatch(first):
        yield _words(comment[1])[:_WORDS]
    if body and all(isinstance(each, ast.Import | ast.ImportFrom) for each in body):
        yield ["imports"]
    for each in body:
        if not isinstance(each, ast.Import | ast.ImportFrom):
            yield [word for name in _of_statement(each) for word in _of_name(name)][:_WORDS]
    yield _of_name(first)[:_WORDS_OF_PROSE]


def _of_name(name: str) -> list[str]:
    return _words(_HUMP.sub(" ", name))


def _of_statement(node: ast.stmt) -> Iterator[str]:
    """Names that tell what a statement is about."""
    match node:
        case ast.Assign(targets=[target, *_]) | ast.AnnAssign(target=target) | ast.AugAssign(target=target):
            yield from _names(target)
        case ast.Expr(value=ast.Call(func=func, args=args)):
            yield from _names(func)
            if args and isinstance(args[0], ast.Name):
                yield args[0].id
        case ast.Expr(value=value):
            yield from _names(value)
        case ast.For(target=target):
            yield from ("for", *_names(target))
        case _:
            yield type(node).__name__


def _names(node: ast.AST) -> Iterator[str]:
    """The names in an expression, in the order in which they are written."""
    match node:
        case ast.Attribute(value=value, attr=attribute):
            yield from _names(value)
            yield attribute
        case ast.Name(id=name):
            yield name
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            for each in elements:
                yield from _names(each)
        case ast.Subscript(value=value) | ast.Starred(value=value):
            yield from _names(value)
        case ast.Call(func=func):
            yield from _names(func)
