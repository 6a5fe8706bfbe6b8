"""Printed words that blanks set in columns, and how wide a text is where letters have one width."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass


def width(text: str) -> int:
    """How many columns a text takes where letters have one width: East Asian ones take two, marks none."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return wide + sum(unicodedata.category(character) not in ("Mn", "Me", "Cf") for character in text)


@dataclass(frozen=True)
class Column:
    """A printed text between its blanks, and its translation if there is one."""

    before: str
    text: str
    after: str
    translation: str | None = None

    @property
    def shown(self) -> str:
        return self.text if self.translation is None else self.translation


def aligned(texts: Sequence[Column]) -> list[str]:
    """The blanks after each of the texts that a cell prints, in its language.

    Texts that are, with their blanks, of one length in English stand below one another, and so do their translations.
    """
    groups = defaultdict[int, list[Column]](list)
    for each in texts:
        if not each.after.strip(" "):
            groups[len(each.before + each.text + each.after)].append(each)
    ends: dict[int, int] = {}
    for length, group in groups.items():
        if any(each.after for each in group) and any(each.translation is not None for each in group) and len(group) > 1:
            ends[length] = max(width(each.before + each.shown) for each in group) + min(len(g.after) for g in group)
    made = []
    for each in texts:
        end = None if each.after.strip(" ") else ends.get(len(each.before + each.text + each.after))
        made.append(each.after if end is None else " " * (end - width(each.before + each.shown)))
    return made
