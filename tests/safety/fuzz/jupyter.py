"""Formulas as JupyterLab finds them in a cell's Markdown, before Markdown sees it: `removeMath` of its `latex.ts`."""

from __future__ import annotations

import re

_SPLIT = re.compile(
    r"(\$\$?|\\(?:begin|end)\{[a-z]*\*?\}|\\[{}$]|[{}]|(?:\n\s*)+|@@\d+@@|\\\\(?:\(|\)|\[|\]))", re.IGNORECASE
)
_FENCE = re.compile(r"^(?P<fence>`{3,}|(~T){3,})[^`\n]*\n([\s\S]*?)^(?P=fence)`*$", re.MULTILINE)
_SPAN = re.compile(r"(^|[^\\])(`+)([^\n]*?[^`\n])\2(?!`)", re.MULTILINE)


def remove_maths(text: str) -> tuple[str, list[str]]:
    """`text` with a placeholder for each formula, and the formulas."""
    coded = "`" in text or "~~~" in text
    finder = _Finder(_without_dollars(text) if coded else text)
    text, formulas = finder.found()
    return (_with_dollars(text), [_with_dollars(each) for each in formulas]) if coded else (text, formulas)


def _without_dollars(text: str) -> str:
    """`text` with the dollars in code written otherwise."""
    text = text.replace("~", "~T")
    for code in (_FENCE, _SPAN):
        text = code.sub(lambda found: found[0].replace("$", "~D"), text)
    return text


def _with_dollars(text: str) -> str:
    return text.replace("~D", "$").replace("~T", "~")


class _Finder:
    """Walks over the signs that may begin and end formulas; those in braces do not end one, nor does a blank line."""

    def __init__(self, text: str) -> None:
        self._blocks = _SPLIT.split(text.replace("\r\n", "\n").replace("\r", "\n"))
        self._formulas: list[str] = []
        self._leave()

    def found(self) -> tuple[str, list[str]]:
        at = 1
        while at < len(self._blocks):
            at = self._step(at, self._blocks[at]) + 2
        if self._start is not None and self._last is not None:
            self._take(self._last)
        return "".join(self._blocks), self._formulas

    def _leave(self) -> None:
        self._start: int | None = None
        self._last: int | None = None  # where the formula would end but for its braces
        self._end, self._braces = "", 0

    def _step(self, at: int, block: str) -> int:
        """Take a sign into account; the place from which to go on."""
        if block.startswith("@"):  # looks like a placeholder, is kept like a formula, and is put back as it was
            self._blocks[at] = block.replace("@", "at")  # whatever Markdown takes for a word
        elif self._start is None:
            self._begin(at, block)
        elif block == self._end and self._braces:
            self._last = at
        elif block == self._end:
            self._take(at)
        elif re.search(r"\n.*\n", block):
            return self._break_off(at)
        else:
            self._braces += (block == "{") - (block == "}" and self._braces > 0)
        return at

    def _begin(self, at: int, block: str) -> None:
        ends = {"$": "$", "$$": "$$", "\\\\(": "\\\\)", "\\\\[": "\\\\]"}
        if block[1:6] == "begin":
            ends[block] = f"\\end{block[6:]}"
        if block in ends:
            self._start, self._end, self._braces = at, ends[block], 0

    def _break_off(self, at: int) -> int:
        if self._last is not None:
            at = self._last
            self._take(at)
        self._leave()
        return at

    def _take(self, until: int) -> None:
        first = self._start or 0
        self._formulas.append("".join(self._blocks[first : until + 1]))
        self._blocks[first : until + 1] = [f"@@{len(self._formulas) - 1}@@", *[""] * (until - first)]
        self._leave()
