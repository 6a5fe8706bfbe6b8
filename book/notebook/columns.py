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
    made = [each.after for each in texts]
    for group in below_one_another(texts):
        columns = [texts[place] for place in group]
        if any(each.translation is not None for each in columns):
            widths = [width(each.before + each.shown) for each in columns]
            end = max(widths) + min(len(each.after) for each in columns)
            for place, its_width in zip(group, widths, strict=True):
                made[place] = " " * (end - its_width)
    return made


def below_one_another(texts: Sequence[Column]) -> list[list[int]]:
    """The places of texts that stand below one another in English, group by group."""
    groups = defaultdict[int, list[int]](list)
    for place, each in enumerate(texts):
        if not each.after.strip(" "):
            groups[len(each.before + each.text + each.after)].append(place)
    return [group for group in groups.values() if len(group) > 1 and any(texts[place].after for place in group)]
