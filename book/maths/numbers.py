"""The numbers of a page's formulas, as MathJax gives them: they run on from formula to formula."""

from __future__ import annotations

from dataclasses import dataclass, field

from book.maths.latex import LatexError


@dataclass
class Line:
    """A line of a formula: its own tag, if it has one, its labels, and whether it would have a number."""

    numbered: bool
    tag: str | None = None
    labels: list[str] = field(default_factory=list)


@dataclass
class Numbers:
    """The last number given, and what each label stands for."""

    last: int = 0
    labels: dict[str, str] = field(default_factory=dict)

    def of(self, line: Line) -> str:
        """What stands beside the line, such as `(3)`; empty for nothing. Raises LatexError for a label again."""
        for label in line.labels:
            if label in self.labels:
                raise LatexError(f"has the label `{label}`, which a formula before it has")
        if line.tag is None and line.numbered:
            self.last += 1
        shown = f"({self.last})" if line.tag is None and line.numbered else line.tag or ""
        for label in line.labels:
            self.labels[label] = shown
        return shown
