"""What of a code cell is IPython's and not Python's: magics, shell commands, questions for help."""

from __future__ import annotations

import ast
import re
import warnings
from functools import lru_cache

from IPython.core.inputtransformer2 import (
    EscapedCommand,
    HelpEnd,
    MagicAssign,
    SystemAssign,
    TransformerManager,
    find_end_of_continued_line,
    make_tokens_by_line,
)

from book import limits

# Cell magics whose body is Python, which they time, measure or keep quiet.
_PYTHON_BODY = {"time", "timeit", "capture", "prun", "memit"}
_CELL_MAGIC = re.compile(r"((?:[ \t]*\n)*)[ \t]*%%(\w+)[^\n]*")
_INDENT = re.compile(r"(?:[ \t]*\n)*([ \t]+)(?=\S)")
_OVER_LINES = ('"""', "'''", "\\\n")  # in code with strings that may go on in the next line
_MOST = 500  # IPython's own lines in one cell: what has more is no program


@lru_cache(maxsize=1 << 15)  # every language asks for the English cells
def as_python(source: str) -> str | None:
    """`source` with what is IPython's masked, so that Python parses it and every other character keeps its place.

    None where that is not Python: a cell in another language, or one with an error in it.
    """
    if _parses(source):
        return source
    if magic := _CELL_MAGIC.match(source):
        if magic[2] not in _PYTHON_BODY:
            return None
        rest = as_python(source[magic.end() :])
        return None if rest is None else magic[1] + "0".ljust(magic.end() - len(magic[1])) + rest
    unindented = _without_indent(source)
    if unindented != source:
        return as_python(unindented)
    masked = _masked(source)
    return masked if masked is not None and _parses(masked) else None


def _without_indent(source: str) -> str:
    """`source`, which IPython takes without the blanks with which its first line begins: here these end in a form feed,
    behind which Python counts them anew, so that each character keeps its place. Not where they may be a string's.
    """
    indent = _INDENT.match(source)
    if not indent or any(signs in source for signs in _OVER_LINES):
        return source
    return re.sub(rf"^{indent[1]}", f"{indent[1][:-1]}\f", source, flags=re.MULTILINE)


def is_runnable(source: str) -> bool:
    """Does IPython take the cell for a program, in whatever language?"""
    if as_python(source) is not None or _CELL_MAGIC.match(source):
        return True
    try:
        return _parses(TransformerManager().transform_cell(source))  # type: ignore[no-untyped-call]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False


def masked_parts(source: str, masked: str) -> list[str]:
    """What `as_python` has masked of `source`, line by line."""
    pairs = zip(source.split("\n"), masked.split("\n"), strict=True)
    return [line for line, kept in pairs if line.lstrip() != kept.lstrip()]


@lru_cache(maxsize=128)  # the cells of a page: a tree is looked at several times, and never changed
def parse(source: str) -> ast.Module:
    """The syntax tree. SyntaxError also where the code is nested too deeply for what works on the tree.

    Python alone decides that by how deep its own stack is at the moment.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # a lesson's invalid escapes are not ours to tell
        try:
            tree = ast.parse(source)
        except (RecursionError, MemoryError, ValueError) as error:
            raise SyntaxError("it is nested too deeply, or holds a character that no program has") from error
    if not is_shallow(tree, limits.NESTED):
        raise SyntaxError("it is nested too deeply")
    return tree


def is_shallow(tree: ast.AST, deepest: int) -> bool:
    """Has the tree no more than so many levels?"""
    level: list[ast.AST] = [tree]
    for _ in range(deepest):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return True
    return False


def _parses(source: str) -> bool:
    try:
        parse(source)
    except SyntaxError:
        return False
    return True


def _masked(source: str) -> str | None:
    """`source` with each of IPython's commands in place of a number; None where it has too many, or no tokens."""
    lines = [f"{line}\n" for line in source.split("\n")]
    for _ in range(_MOST):
        try:
            tokens = make_tokens_by_line(lines)
            kinds = (MagicAssign, SystemAssign, EscapedCommand, HelpEnd)
            found = [command for kind in kinds if (command := kind.find(tokens))]  # type: ignore[no-untyped-call]
        except (SyntaxError, IndexError, ValueError):
            return None
        if not found:
            return "".join(lines)[:-1]
        first = min(found, key=lambda command: (command.start_line, command.start_col))
        last = first.q_line if isinstance(first, HelpEnd) else find_end_of_continued_line(lines, first.start_line)
        for number in range(first.start_line, min(last, len(lines) - 1) + 1):
            kept = lines[number][: first.start_col] + "0" if number == first.start_line else ""
            lines[number] = f"{kept.ljust(len(lines[number]) - 1)}\n"
    return None
