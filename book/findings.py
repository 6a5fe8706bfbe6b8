"""What a check has found: something to put right, and what somebody has allowed in writing."""

from __future__ import annotations

from dataclasses import dataclass

from book.terminal import one_line


@dataclass(frozen=True, order=True)
class Finding:
    """Something to put right, shown in one line as `file:line: message (rule)`."""

    file: str
    line: int
    message: str
    rule: str

    def __str__(self) -> str:
        return f"{one_line(self.file)}:{self.line}: {one_line(self.message)} ({self.rule})"


@dataclass(frozen=True, order=True)
class Suppressed:
    """A finding that somebody has allowed in writing, and why."""

    finding: Finding
    reason: str
