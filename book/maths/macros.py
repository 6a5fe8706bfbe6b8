"""Macros: what `\\newcommand`, `\\def` and their like define holds for the rest of the page, as in Jupyter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from book.maths.latex import LatexError, Reader, taken_apart

# What MathJax knows and latex2mathml does not, in terms of what it does.
_KNOWN = {
    r"\arg": r"\operatorname{arg}", r"\enskip": r"\enspace", r"\hfill": r"\quad", r"\P": "¶", r"\copyright": "©",
    r"\dag": r"\dagger", r"\ddag": r"\ddagger", r"\AA": "Å", r"\aa": "å", r"\infin": r"\infty", r"\null": "{}",
    r"\relax": "", r"\allowbreak": "", r"\break": "", r"\goodbreak": "", r"\nobreak": "", r"\displaylimits": "",
    r"\Bra": r"\bra", r"\Ket": r"\ket",
}  # fmt: skip
_KNOWN_WITH_ARGUMENTS = {
    r"\cancelto": (2, r"\cancel{#2}^{#1}"), r"\vspace": (1, ""), r"\vspace*": (1, ""), r"\require": (1, ""),
    r"\cssId": (2, "{#2}"), r"\prescript": (3, "{}^{#1}_{#2}{#3}"), r"\set": (1, r"\{\,#1\,\}"),
    r"\Set": (1, r"\left\{\,#1\,\right\}"), r"\Braket": (1, r"\left\langle #1\right\rangle"),
    r"\url": (1, r"\text{#1}"), r"\centernot": (1, r"\not #1"),
}  # fmt: skip
_COMMANDS = (r"\newcommand", r"\renewcommand", r"\providecommand")
_ENVIRONMENTS = (r"\newenvironment", r"\renewenvironment")
_OPERATORS = (r"\DeclareMathOperator", r"\DeclareMathOperator*")
_DEFINITIONS = (*_COMMANDS, *_ENVIRONMENTS, *_OPERATORS, r"\def", r"\gdef", r"\let")


def macros_in(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The macros in Sphinx's settings for MathJax, by name: a body, or body, number of arguments and the first one."""
    found: Any = settings
    for key in ("mathjax3_config", "tex", "macros"):
        found = found.get(key) if isinstance(found, Mapping) else None
    return {str(name): value for name, value in found.items() if _is_macro(value)} if isinstance(found, Mapping) else {}


def _is_macro(value: object) -> bool:
    match value:
        case str() | [str()] | [str(), int()] | [str(), int(), str()]:
            return True
    return False


class _Primitive(str):
    """A command that stands for itself, whatever macro has its name by now."""


@dataclass(frozen=True)
class _Macro:
    """What takes the place of a command; `first` is its first argument where none is given in brackets."""

    body: list[str]
    count: int = 0
    first: list[str] | None = None


class Macros:
    """The macros of a page, as they are at a place of it."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._macros = {name: _Macro(taken_apart(body)) for name, body in _KNOWN.items()}
        self._macros |= {name: _Macro(taken_apart(b), count) for name, (count, b) in _KNOWN_WITH_ARGUMENTS.items()}
        self._macros |= {f"\\{name}": _of_setting(value) for name, value in settings.items()}
        self._ends: dict[str, _Macro] = {}

    def expanded(self, latex: str) -> list[str]:
        """The tokens of a formula with macros put in, after noting those that it defines. Raises LatexError."""
        reader, made = Reader(taken_apart(latex)), list[str]()
        while reader:
            token = reader.next()
            if token in _DEFINITIONS:
                self._define(token, reader)
            elif token in (r"\begin", r"\end"):
                self._environment(token, reader.name(), reader, made)
            elif isinstance(token, _Primitive) or token not in self._macros:
                made.append(str(token))
            else:
                reader.put_back(_filled(self._macros[token], reader))
        return made

    def _environment(self, token: str, name: str, reader: Reader, made: list[str]) -> None:
        macro = (self._macros if token == r"\begin" else self._ends).get(name)
        if macro is None:
            made += [token, "{", name, "}"]
        else:
            reader.put_back(_filled(macro, reader))

    def _define(self, how: str, reader: Reader) -> None:
        if how in (r"\def", r"\gdef"):
            name = reader.argument()[0]
            self._macros[name] = _Macro(*_definition(reader))
        elif how == r"\let":
            name = reader.argument()[0]
            if reader.peek() == "=":
                reader.next()
            target = reader.argument()[0]
            self._macros[name] = self._macros.get(target, _Macro([_Primitive(target)]))
        elif how in _OPERATORS:
            name, words = reader.name(), reader.argument()
            self._macros[name] = _Macro([r"\operatorname" + how[len(_OPERATORS[0]) :], "{", *words, "}"])
        else:
            self._define_command(how, reader)

    def _define_command(self, how: str, reader: Reader) -> None:
        if reader.peek() == "*":
            reader.next()
        name = reader.name()
        count = "".join(reader.optional() or ["0"]).strip()
        first = reader.optional()
        if not (count.isdecimal() and count.isascii() and int(count[:2]) < 10):
            raise LatexError(f"defines `{name}` with `{count}` arguments")
        made = _Macro(reader.argument(), int(count), first)
        if how in _ENVIRONMENTS:
            self._ends[name] = _Macro(reader.argument())
        if how != r"\providecommand" or name not in self._macros:
            self._macros[name] = made


def _of_setting(value: Any) -> _Macro:
    given: list[Any] = [value] if isinstance(value, str) else value
    first = taken_apart(given[2]) if len(given) > 2 else None
    return _Macro(taken_apart(given[0]), given[1] if len(given) > 1 else 0, first)


def _definition(reader: Reader) -> tuple[list[str], int]:
    """The body and the number of arguments of a `\\def`. Raises LatexError for arguments between signs."""
    count = 0
    while (token := reader.peek()) != "{":
        if token != "#" or not reader:
            raise LatexError("defines a macro whose arguments stand between signs; give them in braces")
        reader.next()
        reader.next()
        count += 1
    return reader.argument(), count


def _filled(macro: _Macro, reader: Reader) -> list[str]:
    """The macro's body with its arguments, taken from `reader`, in their places."""
    arguments: list[list[str]] = []
    if macro.first is not None:
        given = reader.optional()
        arguments.append(macro.first if given is None else given)
    while len(arguments) < macro.count:
        arguments.append(reader.argument())
    made: list[str] = []
    body = iter(macro.body)
    for token in body:
        number = next(body, "") if token == "#" else ""
        if number.isdecimal() and 0 < int(number) <= len(arguments):
            made += arguments[int(number) - 1]
        else:
            made += filter(None, [token, number])
    return made
