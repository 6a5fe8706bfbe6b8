"""Texts of figures that nobody can translate: put together as the program runs, by no f-string, or drawn by a name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from book.notebook.code.code_text import WORD
from book.notebook.code.drawing import text_arguments
from book.notebook.code.flow.page import strings
from book.notebook.code.ipython import parse
from book.notebook.code.literals import literals, written
from book.notebook.code.page_code import NO_PAGE, PageCode, form
from book.notebook.code.translatable import calls

_SURE_WORD = re.compile(r"[A-Za-z]{3}|[^\W\d_A-Za-z]{2}")  # of names in code many have two letters
_FORMULA = re.compile(r"\$[^$]*\$")


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


def drawn_by_name(source: str, page: PageCode) -> list[tuple[int, str]]:
    """The line and the words of each string that a figure shows and that stands in no call that draws it."""
    masked = page.as_python(source)
    numbers = dict(page.drawn).get(form(parse(masked)), ()) if masked is not None and page.drawn else ()
    if masked is None or not numbers:
        return []
    tree = parse(masked)
    in_calls = {
        (node.lineno, node.col_offset)
        for call in calls(masked)
        for argument in text_arguments(call, dict(page.helpers))
        for node in ast.walk(argument)
        if isinstance(node, ast.Constant)
    }
    found = [strings(tree)[number] for number in numbers]
    return [
        (node.lineno, node.value)
        for node in found
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and (node.lineno, node.col_offset) not in in_calls
        and _is_words(node.value)
    ]


def _is_words(text: str) -> bool:
    words = _FORMULA.sub("", text)
    return "\\" not in words and _SURE_WORD.search(words) is not None


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
