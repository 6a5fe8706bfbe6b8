"""Texts of figures that are put together as the program runs, by no f-string, so that nobody can translate them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from book.notebook.code import calls
from book.notebook.code_text import WORD
from book.notebook.drawing import text_arguments
from book.notebook.literals import literals, written
from book.notebook.page_code import NO_PAGE, PageCode


def put_together(source: str, page: PageCode = NO_PAGE) -> list[tuple[int, str]]:
    """The line and the code of each text of a figure that is put together as the program runs, but by no f-string."""
    masked = page.as_python(source)
    if masked is None:
        return []
    return [
        (argument.lineno, _shown(argument))
        for call in calls(masked)
        for argument in text_arguments(call, dict(page.helpers))
        if not list(literals(argument)) and any(map(WORD.search, _strings_in(argument)))
    ]


def _shown(node: ast.expr) -> str:
    try:
        return written(node)
    except ValueError:
        return "…"


def _strings_in(node: ast.expr) -> Iterator[str]:
    """The strings in a text that `+`, `%`, `format` or `join` puts together."""
    match node:
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            parts: list[ast.expr] = [left, right]
        case ast.BinOp(left=left, op=ast.Mod()):
            parts = [left]
        case ast.Call(func=ast.Attribute(value=value, attr="format" | "join" | "replace")):
            parts = [value]
        case _:
            return
    for part in parts:
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value
        else:
            yield from _strings_in(part)
