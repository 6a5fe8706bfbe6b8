"""Follows the strings of a whole page, and tells what becomes of each: printed, drawn, or used otherwise."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import lru_cache

from book.notebook.code.drawing import Helpers
from book.notebook.code.flow.statements import Statements
from book.notebook.code.flow.values import Function, Literal, Scope, TooMuchError, Uses


@lru_cache(maxsize=128)  # the cells of a page
def strings(tree: ast.AST) -> tuple[ast.Constant | ast.JoinedStr, ...]:
    """The string literals of a cell, but for those inside other ones, in an order that its form alone decides."""
    found: list[ast.Constant | ast.JoinedStr] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            found.append(node)
        else:
            waiting.extend(ast.iter_child_nodes(node))
    return tuple(found)


def inner_strings(tree: ast.AST) -> Iterator[tuple[int, ast.Constant]]:
    """The strings in the braces of f-strings, with numbers below 0."""
    inner = (
        node
        for string in strings(tree)
        if isinstance(string, ast.JoinedStr)
        for part in string.values
        if isinstance(part, ast.FormattedValue)
        for node in ast.walk(part.value)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    yield from ((-number, node) for number, node in enumerate(inner, 1))


def uses_of(cells: Sequence[ast.Module | None], helpers: Helpers) -> Uses:
    """What becomes of the strings of a page with these cells; `helpers` are its functions that draw.

    Nothing is known of a page whose code goes too many ways.
    """
    literals: dict[int, Literal] = {}
    for cell, tree in enumerate(cells):
        if tree:
            literals |= {id(node): (cell, number) for number, node in enumerate(strings(tree))}
            literals |= {id(node): (cell, number) for number, node in inner_strings(tree)}
    follower = Statements(literals, helpers)
    try:
        for tree in cells:
            if tree:
                _run(follower, tree)
        _call_late(follower)
    except (TooMuchError, RecursionError):
        return Uses()
    return follower.uses


def _run(follower: Statements, tree: ast.Module) -> None:
    follower.block(tree.body, follower.page)
    if tree.body and isinstance(tree.body[-1], ast.Expr):  # Jupyter shows it as Python writes it
        follower.leak(follower.value(tree.body[-1].value, follower.page))


def _call_late(follower: Statements) -> None:
    """Look at every function once more, with whatever the names of the page have ever stood for."""
    everything = Scope(names={**follower.page.names, **follower.ever})
    for function in list(follower.functions):
        at_the_end = everything if function.scope is follower.page else function.scope
        follower.call(Function(function.node, at_the_end), {})
