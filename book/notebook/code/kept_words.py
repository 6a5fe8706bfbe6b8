"""Words that a page prints and that stay as they are in every language, because of how its code is written."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from book.notebook.code.code_text import WORD
from book.notebook.code.drawing import helpers_of
from book.notebook.code.flow.page import inner_strings, strings, uses_of
from book.notebook.code.flow.values import COMPARED, LOOKED_UP
from book.notebook.code.ipython import as_python

_WORDS = re.compile(r"[^\W\d_]{2}.*\s.*\w")  # two words are no name of code
_WHY = {LOOKED_UP: "looks up a key with it", COMPARED: "compares it"}


@dataclass(frozen=True)
class KeptWords:
    """Words that no translation replaces; `cell` is the number of the code cell, `why` says what to do."""

    cell: int
    line: int
    text: str
    why: str


def kept_words(sources: Iterable[str]) -> Iterator[KeptWords]:
    """What of the words that the code cells of a page print cannot be translated."""
    masked = [as_python(source) for source in sources]
    trees = [None if each is None else ast.parse(each) for each in masked]
    uses = uses_of(trees, helpers_of(tree for tree in trees if tree))
    for cell, tree in enumerate(trees):
        if tree is None:
            continue
        yield from (KeptWords(cell, *found) for found in _put_together(tree))
        for number, node in enumerate(strings(tree)):
            reasons = uses.otherwise.get((cell, number), set())
            text = _text(node)
            if (cell, number) in uses.printed and reasons and _WORDS.search(text):
                reason = next((_WHY[each] for each in sorted(reasons) if each in _WHY), "hands it on to other code")
                yield KeptWords(cell, node.lineno, text, f"and {reason}; print other words in its place")
        for number, inner in inner_strings(tree):
            if (cell, number) in uses.printed and (cell, number) not in uses.otherwise and WORD.search(_text(inner)):
                yield KeptWords(cell, inner.lineno, _text(inner), "inside braces; give it a name in the line before")


def _put_together(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    """What `print` is given as a text for `%` or `format` to fill."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "print":
            for argument in call.args:
                match argument:
                    case (
                        ast.BinOp(left=ast.Constant(value=str(text)), op=ast.Mod())
                        | ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="format"))
                    ) if WORD.search(text):
                        yield argument.lineno, text, "put together; write an f-string"


def _text(node: ast.Constant | ast.JoinedStr) -> str:
    values = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(each.value) for each in values if isinstance(each, ast.Constant))
