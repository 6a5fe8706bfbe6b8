"""What the code of a page tells of each of its cells: the functions that draw, and which strings are printed."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from nbformat import NotebookNode

from book.notebook.code.drawing import Helper, helpers_of
from book.notebook.code.flow.page import strings, uses_of
from book.notebook.code.ipython import as_python, parse
from book.notebook.code.literals import holds_words

KEY, WORDLESS = "key", "wordless"
_PYTHON = ("python", "pyspark", "sage")  # in the names of languages whose code is Python's


@dataclass(frozen=True)
class PageCode:
    """What the code of a page tells of each of its cells: the functions that draw, and which strings are printed.

    `printed` has, by the form of a cell (`form`), the numbers of its strings (`flow.page.strings`), each with KEY
    where it is one of a dictionary, and WORDLESS where there is nothing to translate. `drawn` has in the same way those
    that a figure shows, in the call that draws it or elsewhere.

    Code in another language than Python is a whole in which nothing is found: `#include` is no comment in C++.
    """

    helpers: tuple[tuple[str, Helper], ...] = ()
    printed: tuple[tuple[bytes, tuple[tuple[int, str], ...]], ...] = ()
    drawn: tuple[tuple[bytes, tuple[int, ...]], ...] = ()
    is_python: bool = True

    def as_python(self, source: str) -> str | None:
        """A cell of the page as `ipython.as_python` has it; None, too, where the page is in another language."""
        return as_python(source) if self.is_python else None


NO_PAGE = PageCode()


def page_code(notebook: NotebookNode) -> PageCode:
    """What the page's code tells of its cells."""
    if not any(name in _language_of(notebook) for name in _PYTHON):
        return PageCode(is_python=False)
    return code_of_cells(cell.source for cell in notebook.cells if cell.cell_type == "code")


def code_of_cells(sources: Iterable[str]) -> PageCode:
    """What code cells of one page tell of one another."""
    masked = [as_python(source) for source in sources]
    trees = [*_trees(masked)]
    helpers = helpers_of(tree for tree in trees if tree)
    uses, printed, drawn = uses_of(trees, helpers), dict[bytes, dict[int, str]](), dict[bytes, set[int]]()
    for cell, tree in enumerate(trees):
        if tree is None or not strings(tree):
            continue
        found = {
            number: WORDLESS if not holds_words(node) else KEY if (cell, number) in uses.keys else ""
            for number, node in enumerate(strings(tree))
            if (cell, number) in uses.printed - uses.drawn and (cell, number) not in uses.otherwise
        }
        known = printed.setdefault(form(tree), found)  # of cells that cannot be told apart, what both have
        for number in known.keys() - found.keys():
            del known[number]
        shown = {n for at, n in uses.drawn - uses.printed - uses.otherwise.keys() if at == cell and n >= 0}
        drawn[form(tree)] = drawn.get(form(tree), shown) & shown
    return PageCode(
        tuple(sorted(helpers.items())),
        tuple(sorted((form, tuple(sorted(found.items()))) for form, found in printed.items() if found)),
        tuple(sorted((form, tuple(sorted(found))) for form, found in drawn.items() if found)),
    )


def _trees(masked: Sequence[str | None]) -> Iterator[ast.Module | None]:
    """The syntax trees of cells. No two are one: cells that are alike may do different things."""
    seen = set[str]()
    for each in masked:
        if each is None:
            yield None
        else:
            yield ast.parse(each) if each in seen else parse(each)
            seen.add(each)


@lru_cache(maxsize=128)  # the cells of a page
def form(tree: ast.AST) -> bytes:
    """A digest of a cell's syntax tree with all strings blanked, which no translation changes."""
    return sha256(repr(list(flat(tree, without_strings=True))).encode("utf-8", "surrogatepass")).digest()


def flat(tree: ast.AST, *, without_strings: bool = False) -> Iterator[str]:
    """What the tree consists of, as `ast.dump` has it, without recursion."""
    waiting: list[object] = [tree]
    while waiting:
        match waiting.pop():
            case ast.Constant(value=str()) | ast.JoinedStr() as node if without_strings:
                yield type(node).__name__
            case ast.AST() as node:
                yield type(node).__name__
                waiting.extend(value for _, value in ast.iter_fields(node))
            case list() as nodes:
                yield f"{len(nodes)} of"
                waiting.extend(nodes)
            case int() as number if not isinstance(number, bool):
                yield hex(number)  # `repr` refuses long ones
            case value:
                yield repr(value)


def _language_of(notebook: NotebookNode) -> str:
    """The name of the language that the code is in, as the notebook's metadata have it; else `python`."""
    metadata = notebook.get("metadata", {})
    about, kernel = metadata.get("language_info", {}), metadata.get("kernelspec", {})
    return str(about.get("name") or kernel.get("language") or "python").lower()
