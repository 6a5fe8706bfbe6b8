"""What a judge may find, and what it is told apart by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Violation:
    """Something more than words: of a `kind`, in a `place` such as `page, body`, and in a file."""

    place: str
    kind: str
    detail: str
    file: str = ""
    cells: frozenset[str] = frozenset()  # near which it stands
    made_of: str = ""  # the names of the elements, or the kinds of Markdown, that came

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is told apart by: not its words."""
        return self.place, self.kind, self.made_of
