"""String literals of Python as texts for translators: their words and placeholders, and where they stand."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from book import limits
from book.notebook.code.code_text import WORD, CodeText, line_offsets
from book.notebook.code.ipython import is_shallow


def literals(node: ast.expr) -> Iterator[ast.Constant | ast.JoinedStr]:
    """The string literals that `node` may be: itself, the items of a list, the branches of a condition."""
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr():
            yield node
        case ast.List(elts=items) | ast.Tuple(elts=items):
            for item in items:
                yield from literals(item)
        case ast.IfExp(body=first, orelse=second):
            yield from literals(first)
            yield from literals(second)


def literal_text(kind: str, node: ast.Constant | ast.JoinedStr, start: int, end: int) -> CodeText:
    parts = literal_parts(node)
    placeholders = tuple(parts[1::2]) if isinstance(node, ast.JoinedStr) else None
    return CodeText(kind, "".join(parts), start, end, node.lineno, placeholders)


def literal_parts(node: ast.Constant | ast.JoinedStr) -> list[str]:
    """The text of a literal in parts, every second of which is a placeholder.

    ValueError where a placeholder is too long to be written.
    """
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    parts = [""]
    for value in node.values:
        if isinstance(value, ast.FormattedValue):
            parts += [_placeholder(value), ""]
        elif isinstance(value, ast.Constant):
            parts[-1] += str(value.value)
    return parts


def holds_words(node: ast.Constant | ast.JoinedStr) -> bool:
    values = node.values if isinstance(node, ast.JoinedStr) else [node]
    return any(isinstance(value, ast.Constant) and WORD.search(str(value.value)) for value in values)


def is_writable(text: str) -> bool:
    """Can a file hold the text? Not where it has half a character, a lone `\\ud…`."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def places(masked: str) -> Callable[[ast.expr], tuple[int, int]]:
    """From where to where a node of the syntax tree stands."""
    lines = masked.split("\n")
    offsets = line_offsets(masked)

    def offset(line: int, column: int) -> int:  # the syntax tree counts columns in bytes of UTF-8
        return offsets[line - 1] + len(lines[line - 1].encode()[:column].decode())

    def place(node: ast.expr) -> tuple[int, int]:
        return offset(node.lineno, node.col_offset), offset(node.end_lineno or node.lineno, node.end_col_offset or 0)

    return place


def _placeholder(value: ast.FormattedValue) -> str:
    """`{expression!r:format}` as Python would write it: the same in every Python version."""
    conversion = f"!{chr(value.conversion)}" if value.conversion > 0 else ""
    form = "" if value.format_spec is None else ":" + _format_text(value.format_spec)
    return "{" + written(value.value) + conversion + form + "}"


def written(node: ast.expr) -> str:
    """An expression as Python would write it. ValueError where it, or a number in it, is too long for that."""
    if not is_shallow(node, limits.PLACEHOLDER):
        raise ValueError("is nested too deeply")
    return ast.unparse(node)


def _format_text(spec: ast.expr) -> str:
    assert isinstance(spec, ast.JoinedStr)
    return "".join(_placeholder(v) if isinstance(v, ast.FormattedValue) else str(v.value) for v in spec.values)  # type: ignore[attr-defined]
