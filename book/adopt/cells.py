"""Which cell of a translated page is the translation of which cell of the page: by id, by code, by place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import pairwise

from nbformat import NotebookNode

from book.notebook.code import translatable
from book.notebook.markdown.parts import parts
from book.notebook.markdown.prose import prose_lines
from book.notebook.markdown.tokens import excess

MOST_PAIRS = 1_000_000  # of cells between two that are sure: more are not compared, only counted off
_POOR, _GOOD = 0.2, 0.6  # how alike (0 to 1) cells are: where their number fits, and where it does not
_LEAST = 0.1
_SHAPE = "\0"  # before what tells of a cell's shape
_TOKEN = re.compile(r"\w+|[^\w\s]")
_KEPT_WORD = re.compile(r"\b(?=\w*[A-Z0-9_])[A-Za-z0-9_]{3,}\b")  # names, mostly, which languages share


class How(Enum):
    """By what a pair was found."""

    ID = "by id"
    CODE = "by code, formulas, links"
    PLACE = "by place"


@dataclass(frozen=True)
class CellPair:
    """The numbers of a cell and of its translation; of one that is not `sure` somebody should see whether it is one."""

    english: int
    translated: int
    how: How
    sure: bool = True


def pair_cells(english: Sequence[NotebookNode], translated: Sequence[NotebookNode]) -> list[CellPair]:
    """The pairs that two lists of cells have, in the order of the English ones; no cell is in two of them."""
    by_id = _same_ids(english, translated)
    ids = {english[number]["id"] for number, _ in by_id}
    made = {pair.english: pair for pair in (CellPair(one, other, How.ID) for one, other in by_id)}
    taken = {pair.translated for pair in made.values()}
    bounds = [(-1, -1)]
    for one, other in _in_order(_keys(english, ids), _keys(translated, ids)):
        if one not in made and other not in taken:
            made[one] = CellPair(one, other, How.CODE)
            taken.add(other)
        bounds.append((one, other))
    bounds.append((len(english), len(translated)))
    elsewhere = _moved(english, translated, made.keys(), taken)
    made |= {one: CellPair(one, other, How.CODE) for one, other in elsewhere}
    taken |= {other for _, other in elsewhere}
    for (before, there_before), (after, there_after) in pairwise(bounds):
        left = [number for number in range(before + 1, after) if number not in made]
        right = [number for number in range(there_before + 1, there_after) if number not in taken]
        for pair in _between(english, translated, left, right, in_order=not elsewhere):
            made[pair.english] = pair
            taken.add(pair.translated)
    return [made[number] for number in sorted(made)]


def _same_ids(english: Sequence[NotebookNode], translated: Sequence[NotebookNode]) -> list[tuple[int, int]]:
    """Pairs of cells of one type and one id, which no other cell of either side has."""
    here, there = _by_id(english), _by_id(translated)
    both = [(here[name], there[name]) for name in here if name in there]
    return [(one, other) for one, other in both if english[one].cell_type == translated[other].cell_type]


def _by_id(cells: Sequence[NotebookNode]) -> dict[str, int]:
    counts = Counter(cell.get("id") for cell in cells)
    return {cell["id"]: number for number, cell in enumerate(cells) if cell.get("id") and counts[cell["id"]] == 1}


def _keys(cells: Sequence[NotebookNode], shared_ids: set[str]) -> list[Hashable]:
    """What two cells that belong together have in common in every language; unique where there is nothing."""
    return [
        ("id", cell["id"]) if cell.get("id") in shared_ids else _own_key(cell) or ("nothing", id(cell))
        for cell in cells
    ]


def _own_key(cell: NotebookNode) -> Hashable:
    if not cell.source.strip():
        return None
    if cell.cell_type == "code":
        return "code", translatable.skeleton(cell.source)
    if cell.cell_type != "markdown" or excess(cell.source):
        return None
    found = parts(cell.source)
    kept = tuple(tuple(sorted(each)) for each in (found.maths, found.code, found.fences, found.links, found.images))
    return ("text", tuple(found.headings), kept) if any(kept) else None


def _moved(
    english: Sequence[NotebookNode], translated: Sequence[NotebookNode], made: Container[int], taken: Container[int]
) -> list[tuple[int, int]]:
    """Pairs of cells that stand elsewhere, by code or the like, which each has alone of all that are not paired."""
    here, there = (
        [(key, number) for number, cell in enumerate(cells) if number not in paired and (key := _own_key(cell))]
        for cells, paired in ((english, made), (translated, taken))
    )
    counts = [Counter(key for key, _ in side) for side in (here, there)]
    where = {key: number for key, number in there if counts[1][key] == 1}
    return [(number, where[key]) for key, number in here if key in where and counts[0][key] == 1]


def _in_order(here: list[Hashable], there: list[Hashable]) -> Iterator[tuple[int, int]]:
    for block in SequenceMatcher(None, here, there, autojunk=False).get_matching_blocks():
        yield from ((block.a + step, block.b + step) for step in range(block.size))


def _between(
    english: Sequence[NotebookNode],
    translated: Sequence[NotebookNode],
    left: list[int],
    right: list[int],
    *,
    in_order: bool,
) -> Iterator[CellPair]:
    """The pairs among cells that stand between two sure ones: one by one where their types fit, else the likeliest.

    Where cells are not `in_order`, or some have no partner, the shape of two cells is no proof that they are a pair.
    """
    here, there = [_features(english[number]) for number in left], [_features(translated[number]) for number in right]
    types = [[cells[number].cell_type for number in side] for cells, side in ((english, left), (translated, right))]
    if types[0] == types[1] or len(left) * len(right) > MOST_PAIRS:
        for one, other, mine, its in zip(left, right, here, there, strict=False):
            if english[one].cell_type == translated[other].cell_type:
                sure = _likeness(mine, its) >= _POOR and (in_order or _share_more_than_shape(mine, its))
                yield CellPair(one, other, How.PLACE, sure)
        return
    for one, other in _likeliest(here, there, types):
        mine, its = here[one], there[other]
        sure = _likeness(mine, its) >= _GOOD and _share_more_than_shape(mine, its)
        yield CellPair(left[one], right[other], How.PLACE, sure)


def _likeliest(
    here: list[Counter[str]], there: list[Counter[str]], types: list[list[str]]
) -> Iterator[tuple[int, int]]:
    """The pairs in order that are most alike in all: an alignment as of letters of two words, worked out by table."""
    best = [[0.0] * (len(there) + 1) for _ in range(len(here) + 1)]
    alike = [[_likeness(one, other) for other in there] for one in here]
    for row in reversed(range(len(here))):
        for column in reversed(range(len(there))):
            fits = types[0][row] == types[1][column] and alike[row][column] >= _LEAST
            paired = alike[row][column] + best[row + 1][column + 1] if fits else 0.0
            best[row][column] = max(paired, best[row + 1][column], best[row][column + 1])
    row = column = 0
    while row < len(here) and column < len(there):
        if best[row][column] == best[row + 1][column]:
            row += 1
        elif best[row][column] == best[row][column + 1]:
            column += 1
        else:
            yield row, column
            row, column = row + 1, column + 1


def _features(cell: NotebookNode) -> Counter[str]:
    """What a cell has that a translation keeps: words of code; of prose its shape, formulas, code, addresses, names."""
    if cell.cell_type == "code":
        return Counter(_TOKEN.findall(re.sub(r"(?m)#.*$", "", cell.source)))
    if cell.cell_type != "markdown" or excess(cell.source):
        return Counter(_TOKEN.findall(cell.source))
    found, lines = parts(cell.source), prose_lines(cell.source, markdown=True)
    kept = [*found.maths, *found.code, *found.fences, *found.links, *found.images, *found.html]
    shape = [f"{_SHAPE}{each}" for each in (*found.headings, *found.blocks, *("paragraph" for _ in lines))]
    return Counter([*kept, *shape, *(word for line in lines for word in _KEPT_WORD.findall(line))])


def _share_more_than_shape(one: Counter[str], other: Counter[str]) -> bool:
    return any(not each.startswith(_SHAPE) for each in one & other)


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """What share of their features two cells have in common, from 0 to 1."""
    everything = (one | other).total()
    return (one & other).total() / everything if everything else 0.0
