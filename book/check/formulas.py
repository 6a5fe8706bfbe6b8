"""The formulas of the English notebooks that cannot be set, and sums of money that are taken for formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from nbformat import NotebookNode

from book.maths.in_markdown import is_like_money, sums_of_money
from book.maths.page import Formula, fault_message, typeset
from book.notebook.markdown.formulas import formulas
from book.notebook.markdown.parts import parts
from book.notebook.markdown.tokens import excess, tokens
from book.rules.notebooks import Found

FORMULA, MONEY = "formula", "money"

_END = re.compile(r"\\(?:begin|end)\{[^{}\n]*\}")
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_SHOWN = 40  # characters of what looks like money


def formula_findings(notebook: NotebookNode, macros: Mapping[str, Any] | None = None) -> Iterator[Found]:
    """What of the formulas of a page does not show as it is meant; `macros` are those of the book's settings."""
    listed = [(number, each) for number, cell in enumerate(notebook.cells) for each in formulas(cell)]
    results = typeset((formula for _, formula in listed), macros)
    for (number, formula), result in zip(listed, results, strict=True):
        if result.fault:
            yield Found(number, fault_message(formula, result.fault), FORMULA)
    yield from (Found(number, _taken_for_formula(each), MONEY) for number, each in listed if _is_money(each))
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown" and not excess(cell.source):
            yield from _in_words(number, cell.source)


def _in_words(number: int, source: str) -> Iterator[Found]:
    """What of the words is meant as a formula, or is one in Jupyter."""
    for word in dict.fromkeys(mark for words in parts(source).words for mark in _END.findall(words)):
        yield Found(number, f"`{word}` has no partner, so that no formula comes of it; give it one", FORMULA)
    paragraphs = (token.content for token in tokens(source) if token.type == "inline")
    for money in dict.fromkeys(each for text in paragraphs for each in sums_of_money(_CODE.sub(" ", text))):
        yield Found(number, f"`{money[:_SHOWN]}` is money here and a formula in Jupyter; write `\\$` for `$`", MONEY)


def _is_money(formula: Formula) -> bool:
    return not formula.display and is_like_money(formula.latex)


def _taken_for_formula(formula: Formula) -> str:
    return f"`${formula.latex[:_SHOWN]}$` is a formula; if it is none, write `\\$` for `$`"
