"""Printed words that blanks set in columns, and how wide a text is where letters have one width."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any


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


@dataclass(frozen=True)
class Placed:
    """A piece of a record of what was printed (`printed.recorded`), what it says in English, whether it is a column."""

    piece: Any
    text: str
    is_column: bool = False


Line = list[Placed]


def with_whole_columns(lines: Iterable[Line]) -> list[Line]:
    """The lines in which the rows of a table are alike, also those that have no string of the code in a column.

    So `CIFAR-10`, which comes from a file, stands in the column of the words above or below it, as a piece of its own.
    """
    made = list(lines)
    for one_way in (range(len(made)), reversed(range(len(made)))):
        known: set[tuple[int, int]] = set()
        for number in one_way:
            made[number] = reduce(_cut, sorted(known - {*_columns_of(made[number])}), made[number])
            known = {*_columns_of(made[number])}
    return made


def _columns_of(line: Line) -> Iterator[tuple[int, int]]:
    """Where the columns of words in a line begin and end."""
    end = 0
    for each in line:
        start, end = end, end + len(each.text)
        if each.is_column:
            yield start, end


def _cut(line: Line, column: tuple[int, int]) -> Line:
    """The line with what it has in `column` as a piece of its own, if that is words between blanks."""
    start = 0
    for place, each in enumerate(line):
        first, last = (end - start for end in column)
        if isinstance(each.piece, str) and first >= 0 and last < len(each.text) and _is_entry(each.text, first, last):
            entry = each.text[first:last]
            cut = Placed({"format": str(last - first), "of": [entry.rstrip(" ")]}, entry, is_column=True)
            around = [Placed(text, text) for text in (each.text[:first], each.text[last:])]
            return [*line[:place], *(part for part in (around[0], cut, around[1]) if part.text), *line[place + 1 :]]
        start += len(each.text)
    return line


def _is_entry(text: str, first: int, last: int) -> bool:
    apart = (not first or text[first - 1] == " ") and " " in text[last - 1 : last + 1]
    return apart and text[first] != " " and any(map(str.isalpha, text[first:last]))
