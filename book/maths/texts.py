"""Words within formulas, and names of operators, in terms that latex2mathml knows."""

from __future__ import annotations

import re

from book.maths.latex import LatexError

TEXTS = (r"\text", r"\textbf", r"\textit", r"\textmd", r"\textnormal", r"\textrm", r"\textsf", r"\texttt", r"\textup",
         r"\mbox", r"\hbox", r"\emph")  # fmt: skip
OPERATORS = (r"\operatorname", r"\operatorname*")

_BOXES = (r"\mbox", r"\hbox")
_ESCAPED = {r"\%", r"\$", r"\#", r"\&", r"\_", r"\{", r"\}", "&", "<", ">"}  # signs to LaTeX or to HTML
_SPACES = {r"\ ", r"\,", r"\;", r"\:", r"\thinspace", r"\quad", "~"}


class _Words:
    """Words being written: runs of them in `\\text`, and what stands between them."""

    def __init__(self, command: str) -> None:
        self._command = command
        self._run = ""
        self.made: list[str] = []

    def add(self, words: str) -> None:
        self._run += words

    def put(self, *tokens: str) -> None:
        """Tokens that are no words."""
        if self._run:
            self.made += [self._command, "{", self._run, "}"]
        self._run = ""
        self.made += tokens


def text(command: str, tokens: list[str]) -> list[str]:
    """`command` over words, in which formulas may stand between dollars. Raises LatexError."""
    parts = _split(tokens)
    if len(parts) % 2 == 0:
        raise LatexError("has a text with one `$` too many")
    words = _Words(r"\text" if command in _BOXES else command)
    for number, part in enumerate(parts):
        if number % 2:
            words.put("{", *part, "}")
        for token in part if number % 2 == 0 else ():
            _add(token, words)
    words.put()
    return words.made if len(words.made) == 4 else ["{", *words.made, "}"]


def _split(tokens: list[str]) -> list[list[str]]:
    """The tokens between dollars, those in words first."""
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token == "$":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _add(token: str, words: _Words) -> None:
    if token in _ESCAPED:
        words.put(rf"\unicode{{x{ord(token[-1]):x}}}")
    elif token in _SPACES or token.isspace():
        words.add(" ")
    elif token.startswith("\\"):
        words.put(token)
    elif token not in "{}":
        words.add(token)


def operator(command: str, tokens: list[str]) -> list[str]:
    """The name of an operator: its letters if it has no more, else what it is made of, marked as an operator."""
    spaced = [" " if token in _SPACES else token for token in tokens if token != r"\!"]
    name = " ".join("".join(spaced).split())
    has_limits = command == OPERATORS[1]
    if re.fullmatch(r"[A-Za-z]+" if has_limits else r"[A-Za-z ]+", name):
        return [command, "{", name, "}"]
    inner = [r"\mathrm", "{", *spaced, "}"] if set(name) & set("\\^_{}") else text(r"\text", [name])
    return [rf"\class{{+{'limits' if has_limits else 'operator'}}}", "{", *inner, "}"]
