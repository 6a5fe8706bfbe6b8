"""What a cell has printed, on the site: words in columns whatever their letters' widths, values from left to right.

What has words of a language that runs right to left runs so, too, all its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup
from nbformat import NotebookNode
from nbformat.v4 import new_output

from book.language.language import has_right_to_left
from book.notebook.code.printed import COLUMN, FILLED, PLAIN, RECORD, WORDS, Part, text_of
from book.site.markup import element

_TEXTS = 1_000  # that are kept for the next time: after a save most are as they were
_NUMBER = re.compile(r"[-+±]?[\d.,]*\d%?")
_MOVES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # what terminals obey, and MyST-NB sets: colours, a line begun again
# A value between the blanks around it. Blanks in front of a number that was filled in are its own: they end together.
# A colon in front belongs to the words before it.
_VALUE = {FILLED: re.compile(r"()(.*?)( *\n?)", re.DOTALL), PLAIN: re.compile(r"([:,;]* ?)(.*?)( *\n?)", re.DOTALL)}
# Blanks between values that stand in columns. A list in brackets is one value, whatever blanks are in it.
_APART = re.compile(r"(?<=\S)( {2,})(?=\S)(?![^\[\](){}]*[\])}])")


def show_printed(cell: NotebookNode) -> None:
    """Set in HTML what a cell has printed, where the parts of it are known."""
    for at, parts in enumerate(cell.metadata.pop(RECORD, [])):
        known = [Part(*part) for part in parts]
        if known and not _MOVES.search(text_of(known)):
            cell.outputs[at] = new_output("display_data", {"text/html": printed(known)})


def printed(parts: Iterable[Part]) -> Markup:
    """Lines that have as many columns and follow one another are a table, a row each."""
    return _printed(tuple(parts))


@lru_cache(_TEXTS)
def _printed(parts: tuple[Part, ...]) -> Markup:
    lines = groupby(_lines(parts), key=lambda line: sum(part.kind == COLUMN for part in line))
    tables = [list(each) for _, each in lines]
    words = (part.text for lines in tables for line in lines for part in line)
    direction = "rtl" if any(map(has_right_to_left, words)) else "ltr"  # of all lines: they are read as one
    made = element("pre", *map(_table, tables), class_="printed", dir=direction)
    return element("div", made, class_="highlight")


def _table(lines: list[list[Part]]) -> Markup:
    rows = [element("span", *_row(line), class_="printed-row") for line in lines]
    return element("span", *rows, class_="printed-rows")


def _row(line: list[Part]) -> Iterator[str]:
    """The elements of a line: browsers drop blanks that stand in a row without one.

    There are as many in every language, since each piece of a text between its values has one, an empty one too.
    """
    if not "".join(part.text for part in line).strip():
        yield element("span", *(part.text for part in line))
        return
    for part in line:
        if part.kind in _VALUE:
            before, value, after = _VALUE[part.kind].fullmatch(part.text).groups()  # type: ignore[union-attr]
            if not _NUMBER.fullmatch(bare := value.lstrip(" ")):
                before, value = before + value[: len(value) - len(bare)], bare
            yield from [element("span", before)] * bool(before)
            for number, piece in enumerate(_apart(value)):
                if piece:
                    yield element("span", piece) if number % 2 else element("bdi", piece, dir="ltr")
            yield element("span", after) if after.strip("\n") else after
        else:
            yield element("span", part.text, **({"class_": "printed-column"} if part.kind == COLUMN else {}))


def _apart(value: str) -> list[str]:
    """The values that stand in columns, and the blanks between them. Numbers side by side are a list, which is one."""
    if value.count("[") != value.count("]"):  # a line of a longer list
        return [value]
    first, *others = _APART.split(value)
    made = [first]
    for blanks, piece in zip(others[::2], others[1::2], strict=True):
        if all(map(_NUMBER.fullmatch, [*made[-1].split(), *piece.split()])):
            made[-1] += blanks + piece
        else:
            made += [blanks, piece]
    return made


def _lines(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """The parts of each line; the line break stands at its end."""
    line: list[Part] = []
    for part in parts:
        *ended, rest = part.text.split("\n")
        for piece in ended:
            yield [*line, Part(part.kind, f"{piece}\n")]
            line = []
        if rest or part.kind == WORDS:
            line.append(Part(part.kind, rest))
    if line:
        yield line
