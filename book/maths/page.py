"""The formulas of a page, one after the other: macros hold from their definition on, numbers and labels across it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from book.entities import unescaped
from book.maths.environments import Rewritten, rewritten
from book.maths.latex import LatexError, Reader, joined, taken_apart
from book.maths.macros import Macros
from book.maths.mathml import mathml
from book.maths.numbers import Line, Numbers

_ENTITY = re.compile(r"&(?:lt|gt|amp);")  # MathJax reads what the browser has made of HTML
_SHOWN = 100  # characters of a formula in a message
_REFERENCES = (r"\ref", r"\eqref")


@dataclass(frozen=True)
class Formula:
    """A formula as it is written; `label` is what MyST calls it by, which also gives it a number."""

    latex: str
    display: bool
    label: str = ""


@dataclass(frozen=True)
class Typeset:
    """A formula as it is shown; `fault` says why it cannot be. One that only defines macros shows nothing.

    `labels` are its own; `refers_to` is the label whose number, in `words`, is all that it shows.
    """

    mathml: str = ""
    fault: str = ""
    number: str = ""
    labels: tuple[str, ...] = ()
    refers_to: str = ""
    words: str = ""


def typeset(formulas: Iterable[Formula], settings: Mapping[str, Any] | None = None) -> list[Typeset]:
    """The formulas of a page as they are shown, in order.

    `settings` are macros that all pages of the book know (`macros.macros_in`).
    """
    macros, numbers = Macros(settings or {}), Numbers()
    read = [_read(each, macros, numbers) for each in formulas]
    return [_typeset(formula, part, numbers) for formula, part in read]


def fault_message(formula: Formula, fault: str) -> str:
    """A fault with its formula, in a line."""
    latex = " ".join(formula.latex.split())
    return f"the formula `{latex[:_SHOWN]}{'…' * (len(latex) > _SHOWN)}` {fault}"


def _read(formula: Formula, macros: Macros, numbers: Numbers) -> tuple[Formula, Rewritten | LatexError]:
    try:
        tokens = macros.expanded(_ENTITY.sub(lambda found: unescaped(found[0]), formula.latex))
        if formula.label:
            tokens = [*tokens, r"\label", "{", formula.label, "}"]
        return formula, rewritten(tokens, numbers, display=formula.display, numbered=bool(formula.label))
    except LatexError as error:
        if formula.label and formula.label not in numbers.labels:
            numbers.of(Line(numbered=True, labels=[formula.label]))
        return formula, error
    except RecursionError:
        return formula, LatexError("is nested too deeply")


def _typeset(formula: Formula, part: Rewritten | LatexError, numbers: Numbers) -> Typeset:
    number = numbers.labels.get(formula.label, "")
    if isinstance(part, LatexError):
        return Typeset(fault=str(part), number=number)
    try:
        latex = joined(_resolved(part.tokens, numbers)).strip()
        shown = mathml(latex, "block" if formula.display else "inline") if latex else ""
        how, label = _only_reference(formula.latex)
        words = _reference(how, label, numbers) if label else ""
        return Typeset(shown, "", number, tuple(part.labels), label, words)
    except LatexError as error:
        return Typeset(fault=str(error), number=number, labels=tuple(part.labels))


def _resolved(tokens: list[str], numbers: Numbers) -> list[str]:
    """The tokens with numbers in the place of references. Raises LatexError for one to nothing."""
    if not any(token in _REFERENCES for token in tokens):
        return tokens
    reader, resolved = Reader(tokens), list[str]()
    while reader:
        token = reader.next()
        if token in _REFERENCES:
            resolved += [r"\text", "{", _reference(token, reader.name(), numbers), "}"]
        else:
            resolved.append(token)
    return resolved


def _reference(how: str, label: str, numbers: Numbers) -> str:
    """What a reference shows. Raises LatexError where no formula of the page has the label and a number."""
    shown = numbers.labels.get(label, "")
    if not shown:
        raise LatexError(f"refers to `{label}`, and no numbered formula of the page has that label")
    return shown if how == r"\eqref" else shown.removeprefix("(").removesuffix(")")


def _only_reference(latex: str) -> tuple[str, str]:
    """The command and the label of a formula that is no more than a reference."""
    tokens = taken_apart(latex.strip())
    if tokens and tokens[0] in _REFERENCES and tokens[-1] == "}" and tokens.count("}") == 1:
        return tokens[0], "".join(tokens[2:-1])
    return "", ""
