"""What a cell has printed, as a record of which piece of it came from which string of the code.

`book execute` makes the record: it runs the code `marked`, and `recorded` reads what that printed. With it,
`replayed` says what a localized page prints, without running it.

A record is a list of pieces in JSON: a text as it is; `[NUMBER, FILLED, …]`, a string of the cell with the pieces that
were filled in, and `[CELL, NUMBER, FILLED, …]`, one of another cell; `{"format": SPEC, "of": PIECES}`, what Python has
put into columns.
"""

from __future__ import annotations

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from book.notebook.code.code_text import quoted, split_placeholders
from book.notebook.code.columns import Placed, with_whole_columns
from book.notebook.code.flow.page import strings
from book.notebook.code.ipython import as_python, parse
from book.notebook.code.literals import literal_parts
from book.notebook.code.page_code import PageCode
from book.notebook.code.translatable import column_strings, printed_strings
from book.runtime import printed

RECORD = "printed"  # in a cell's metadata: a record for each of its outputs, or nothing

_TO_THE_LEFT = re.compile(r"(.?<)?\d+s?")  # how a format sets words in a column
Template = tuple[str, ...]  # the parts of a string of the code, every second of which is filled in


def marked(source: str, cell_id: str, page: PageCode) -> str:
    """The code of a cell whose strings say where they are printed; run in a kernel with `runtime.printed`."""
    made = source
    by_place = sorted(printed_strings(source, page), key=lambda each: each[1].start)
    for number, each in reversed(by_place):
        parts, placeholders = split_placeholders(each.text, each.placeholders or ())
        if len(placeholders) != len(each.placeholders or ()):
            continue  # a text in braces looks like one
        parts[0] = each.before + parts[0]
        parts[-1] += each.after
        written = [f"f{quoted(part)}" if place % 2 else quoted(part) for place, part in enumerate(parts)]
        name = f"{cell_id} {number}"
        if each.is_wordless and placeholders:  # it is the same in all languages: all of it counts as filled in
            name, written = "", ['""', *(part for each_part in written for part in (each_part, '""'))]
        call = f"{printed.NAME}({', '.join([quoted(name), *written])})"
        made = made[: each.start] + call + made[each.end :]
    return made if as_python(made) is not None else source


def recorded(output: str, cell_id: str) -> tuple[str, str]:
    """An output of marked code as it is in English, and its record; empty where no string of the code is in it."""
    parts = printed.parse(output)
    if all(isinstance(part, str) for part in parts):
        return output, ""
    return printed.plain(parts), json.dumps(_pieces(parts, cell_id), ensure_ascii=False, separators=(",", ":"))


def _pieces(parts: Iterable[str | printed.Node], cell_id: str) -> list[Any]:
    found: list[Any] = []
    for piece in _each_piece(parts, cell_id):
        if found and isinstance(piece, str) and isinstance(found[-1], str):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _each_piece(parts: Iterable[str | printed.Node], cell_id: str) -> Iterator[Any]:
    for part in parts:
        if isinstance(part, str):
            yield part
        elif part.format is not None:
            of = _pieces(part.parts[0], cell_id)
            yield {"format": part.format, "of": of} if any(not isinstance(each, str) for each in of) else part.plain
        elif not part.head:
            yield from (piece for filled in part.parts for piece in _each_piece(filled, cell_id))
        else:
            cell, _, number = part.head.rpartition(" ")
            yield [*([cell] if cell != cell_id else []), int(number), *(_pieces(each, cell_id) for each in part.parts)]


@dataclass(frozen=True)
class Sources:
    """The code of a page's cells by their ids, in English and localized, for the cell `cell_id`, which has printed."""

    cell_id: str
    english: Mapping[str, str]
    localized: Mapping[str, str]
    page: PageCode


@dataclass(frozen=True)
class Part:
    """A part of what is printed: words of the code, a value that was filled in, words with the blanks up to the end of
    their column, or what was printed beside them: values and blanks.
    """

    kind: str  # WORDS, FILLED, COLUMN or PLAIN
    text: str


WORDS, FILLED, COLUMN, PLAIN = "words", "filled", "column", "plain"


def replayed(record: str, sources: Sources) -> list[Part]:
    """What the localized code prints, from the record of what the English has printed.

    Raises ValueError where the record is not one of this code.
    """
    try:
        lines = with_whole_columns(_lines_of(json.loads(record), replace(sources, localized=sources.english)))
        return list(_parts_of([each.piece for line in lines for each in line], sources, PLAIN))
    except (AttributeError, IndexError, KeyError, RecursionError, TypeError) as error:
        raise ValueError("the record of what was printed is not one of this code") from error


def text_of(parts: Iterable[Part]) -> str:
    """The parts as Python prints them."""
    return "".join(part.text for part in parts)


def _parts_of(pieces: list[Any], sources: Sources, kind: str) -> Iterator[Part]:
    """What the pieces of a record print in the localized code; `kind` is that of texts as they are."""
    for piece in pieces:
        match piece:
            case str():
                yield Part(kind, piece)
            case {"format": str(form), "of": list(of)}:
                text = format(text_of(_parts_of(of, sources, WORDS)), form)
                yield Part(COLUMN if _TO_THE_LEFT.fullmatch(form) else WORDS, text)
            case [int(number), *filled]:
                yield from _string(sources.cell_id, number, filled, sources)
            case [str(cell), int(number), *filled]:
                yield from _string(cell, number, filled, sources)
            case _:
                raise ValueError("the record has a piece that is none")


def _lines_of(pieces: list[Any], english: Sources) -> Iterator[list[Placed]]:
    """The pieces of a record by the lines that they print in English."""
    line: list[Placed] = []
    for piece in pieces:
        if isinstance(piece, str):
            placed = [Placed(each, each) for each in piece.splitlines(keepends=True)]
        else:
            parts = list(_parts_of([piece], english, PLAIN))
            placed = [Placed(piece, text_of(parts), [part.kind for part in parts] == [COLUMN])]
        for each in placed:
            line.append(each)
            if "\n" in each.text:
                yield line
                line = []
    yield line


def _string(cell: str, number: int, filled: list[Any], sources: Sources) -> Iterator[Part]:
    """What a string of a cell prints."""
    before, after = templates(sources.english[cell])[number], templates(sources.localized[cell])[number]
    values = defaultdict[str, list[list[Part]]](list)
    for place, value in zip(before[1::2], filled, strict=True):
        values[place].append(list(_parts_of(value, sources, FILLED)))
    parts = [part for n, text in enumerate(after) for part in (values[text].pop(0) if n % 2 else [Part(WORDS, text)])]
    in_column = number in columns(sources.english[cell], sources.page)
    yield from [Part(COLUMN, text_of(parts))] if in_column else parts


@lru_cache(maxsize=1 << 12)
def columns(source: str, page: PageCode) -> frozenset[int]:
    return frozenset(column_strings(source, page))


@lru_cache(maxsize=1 << 12)  # every language asks for the English cells
def templates(source: str) -> tuple[Template, ...]:
    """The strings of a cell, by their numbers; empty where one cannot be told apart into its parts."""
    masked = as_python(source)
    return tuple(_template(node) for node in strings(parse(masked))) if masked is not None else ()


def _template(node: ast.Constant | ast.JoinedStr) -> Template:
    try:
        return tuple(literal_parts(node))
    except ValueError:
        return ()
