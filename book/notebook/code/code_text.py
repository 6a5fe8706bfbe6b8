"""A translatable text of a code cell, and how a translation is written in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

from book.notebook.code.columns import width
from book.notebook.code.tool_marks import DIRECTIVE

COMMENT, FIGURE, PRINTED = "comment", "figure text", "printed text"
WORD = re.compile(r"[^\W\d_]{2}")  # without one there is nothing to translate
LINE_LENGTH = 80  # columns that a reader sees on a narrow screen; translated comments are wrapped there


@dataclass(frozen=True)
class CodeText:
    """A text in a code cell: characters `start` to `end` of the source are what a translation replaces.

    A comment that has lines of its own may have several; `prefix` is what each of them begins with.
    """

    kind: str  # COMMENT, FIGURE or PRINTED
    text: str
    start: int
    end: int
    line: int
    placeholders: tuple[str, ...] | None = None  # of an f-string, as the source writes them; None for other texts
    prefix: str | None = None
    before: str = ""  # the blanks of a printed text, which are not translated
    after: str = ""
    is_key: bool = False  # of a dictionary, so that it has to stay another one than its neighbours
    is_wordless: bool = False

    def source(self, translation: str) -> str:
        """The characters that put `translation` in this text's place. ValueError where it cannot stand there."""
        if self.kind == COMMENT:
            return self._comment(translation)
        if self.placeholders is None:
            return quoted(f"{self.before}{translation}{self.after}")
        parts, found = split_placeholders(translation, self.placeholders)
        if sorted(found) != sorted(self.placeholders):
            raise ValueError("the placeholders differ: " + ", ".join(self.placeholders))
        kept = set(found)
        made = "".join(part if part in kept else part.replace("{", "{{").replace("}", "}}") for part in parts)
        return "f" + quoted(f"{self.before}{made}{self.after}")

    def _comment(self, translation: str) -> str:
        lines = translation.split("\n")
        if translation.splitlines() != lines or (len(lines) > 1 and "\n" not in self.text):
            raise ValueError("a comment is one line")
        if self.prefix is None:
            return translation
        room = LINE_LENGTH - width(self.prefix)
        return f"\n{self.prefix}".join(part for line in lines for part in _wrapped_comment(line, room))


def split_placeholders(text: str, placeholders: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """`text` cut before and after every placeholder, and the placeholders that it has, in its order."""
    if not placeholders:
        return [text], []
    pattern = "|".join(re.escape(each) for each in sorted(set(placeholders), key=len, reverse=True))
    return re.split(f"({pattern})", text), re.findall(pattern, text)


def quoted(text: str) -> str:
    """`text` as a Python string literal in double quotes, letters of every script as they are."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def wrapped(line: str, room: int) -> list[str]:
    """A line in parts of at most `room` columns, cut at spaces; a longer word stays whole."""
    parts = [""]
    for word in line.split(" "):
        longer = f"{parts[-1]} {word}" if parts[-1] else word
        if parts[-1] and width(longer) > room:
            parts.append(word)
        else:
            parts[-1] = longer
    return parts


def _wrapped_comment(line: str, room: int) -> list[str]:
    """A line of a comment in parts; whole where a part would begin with what a tool obeys."""
    parts = wrapped(line, room)
    return [line] if any(DIRECTIVE.match(part) for part in parts[1:]) else parts


def line_offsets(source: str) -> list[int]:
    """Where each line begins, in characters."""
    return [0, *accumulate(len(line) + 1 for line in source.split("\n"))]
