"""LaTeX taken apart into commands, braces and characters."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TOKEN = re.compile(
    r"(?P<comment>%[^\n]*\n?[ \t]*)"
    r"|\\(?:(?:operatorname|tag|hspace|vspace|DeclareMathOperator)\*|[A-Za-z]+|.)|\s+|.",
    re.DOTALL,
)
MOST = 20_000  # tokens of a formula, its macros put in


class LatexError(ValueError):
    """LaTeX that cannot be set; the message says why, so that it can follow "the formula …"."""


def taken_apart(latex: str) -> list[str]:
    """The tokens of a formula, without comments; joined they are the formula again."""
    return [match[0] for match in _TOKEN.finditer(latex) if match["comment"] is None]


def joined(tokens: Iterable[str]) -> str:
    """A formula from its tokens: a blank behind each command that a letter follows."""
    made: list[str] = []
    for token in tokens:
        if made and token[:1].isalpha() and is_word(made[-1]):
            made.append(" ")
        made.append(token)
    return "".join(made)


def is_word(token: str) -> bool:
    """Is it a command with a name of letters?"""
    return len(token) > 1 and token[0] == "\\" and token[-1].isalpha()


class Reader:
    """Tokens one after the other; some can be put back in front of the others."""

    def __init__(self, tokens: Iterable[str]) -> None:
        self._left = list(tokens)[::-1]
        self._read = 0

    def __bool__(self) -> bool:
        return bool(self._left)

    def next(self) -> str:
        """The next token. Raises LatexError where there is none, or too many have been."""
        if not self._left:
            raise LatexError("ends too early")
        self._read += 1
        if self._read > 10 * MOST:
            raise LatexError("has a macro that never ends, or is very long")
        return self._left.pop()

    def peek(self) -> str:
        """The next token that is no blank; the blanks before it are left out. Empty at the end."""
        while self._left and self._left[-1].isspace():
            self._left.pop()
        return self._left[-1] if self._left else ""

    def put_back(self, tokens: Iterable[str]) -> None:
        self._left += list(tokens)[::-1]
        if len(self._left) > MOST:
            raise LatexError("has a macro that never ends, or is very long")

    def argument(self) -> list[str]:
        """What stands in the next braces, or the next token."""
        if self.peek() != "{":
            return [self.next()]
        self.next()
        return self.up_to("}")

    def name(self) -> str:
        """The argument as a name, such as that of an environment."""
        return "".join(self.argument()).strip()

    def optional(self) -> list[str] | None:
        """What stands in the next brackets; None where there are none."""
        if self.peek() != "[":
            return None
        self.next()
        return self.up_to("]")

    def up_to(self, end: str) -> list[str]:
        """The tokens before `end`, which is taken, too. Raises LatexError where it is missing."""
        found: list[str] = []
        depth = 0
        while self:
            token = self.next()
            if token == end and depth == 0:
                return found
            depth += (token == "{") - (token == "}")
            if depth < 0:
                break
            found.append(token)
        raise LatexError(f"has no `{end}` where one must be")
