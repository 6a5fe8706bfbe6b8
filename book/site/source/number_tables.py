"""Figures on the site: the numbers that they show, one click away, and a mark on those that hold pictures."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup
from nbformat import NotebookNode
from nbformat.v4 import new_output

from book.localize.edition import Edition
from book.runtime.numbers import DIGITS, MIME
from book.site.markup import element

HAS_PICTURES = "has-pictures"  # photographs and digits, which the dark must not turn into negatives


def show_figures(cell: NotebookNode, edition: Edition) -> None:
    """Give a code cell a folded table below each figure whose numbers its run has kept."""
    shown = []
    for output in cell.get("outputs", []):
        shown.append(output)
        data = output.get("data", {})
        if "<image" in data.get("image/svg+xml", ""):
            cell.metadata.setdefault("mystnb", {}).setdefault("image", {})["classes"] = HAS_PICTURES
        if (numbers := data.pop(MIME, None)) and (table := numbers_table(numbers, edition)):
            shown.append(new_output("display_data", {"text/html": table}))
    if shown:
        cell.outputs = shown


def numbers_table(numbers: dict[str, Any], edition: Edition) -> Markup:
    """The numbers as HTML, folded: one table for axes whose series share their x, else one a series.

    Points that stand by themselves, as those with an interval around them, have no table: their place says nothing.
    """
    tables = [table for axes in numbers["axes"] for table in _tables(axes, numbers, edition)]
    if not tables:
        return Markup()
    summary = element("summary", edition.interface["numbers"])
    return element("details", summary, *tables, class_="figure-numbers", dir=edition.language.direction)


def _tables(axes: dict[str, Any], figure: dict[str, Any], edition: Edition) -> Iterator[Markup]:
    about = [axes["title"] or figure["title"], axes["y"], figure["legend"]]
    longest = max(axes["series"], key=lambda each: len(each["x"]))
    together = [_aligned(each, longest) for each in axes["series"]]
    if None not in together:
        yield _table(about, axes["x"], longest["x"], together, axes["y"]) + _thinned(longest["every"], edition)
        return
    for each in (each for each in axes["series"] if len(each["x"]) > 1):  # a point by itself has its place alone
        yield _table([*about, each["label"]], axes["x"], each["x"], [each], axes["y"]) + _thinned(
            each["every"], edition
        )


def _aligned(series: dict[str, Any], longest: dict[str, Any]) -> dict[str, Any] | None:
    """The series over the places of the longest one, with gaps; None where it has places of its own."""
    places = longest["x"]
    if series["x"] == places and series["every"] == longest["every"]:
        return series
    known = dict(zip(series["x"], series["y"], strict=True))
    if series["every"] != longest["every"] or len(set(places)) < len(places) or not set(known) <= set(places):
        return None
    return {**series, "x": places, "y": [known.get(place) for place in places]}


def _table(about: list[str], across: str, places: list[Any], series: list[Any], up: str) -> Markup:
    words = " · ".join(part for part in about if part)
    caption = element("caption", words) if words else ""
    names = _distinct([each["label"] or up or "y" for each in series])
    head = element("tr", *(element("th", name, scope="col", dir="auto") for name in [across or "x", *names]))
    rows = [
        element(
            "tr",
            element("th", place, scope="row", dir="auto"),
            *(element("td", value, dir="ltr") for value in values),
        )
        for place, *values in zip(_shown(places), *(_shown(each["y"]) for each in series), strict=True)
    ]
    table = element("table", caption, element("thead", head), element("tbody", *rows))
    return element("div", table, class_="table-wrap")


def _thinned(every: int, edition: Edition) -> Markup:
    return element("p", edition.interface.filled("numbers-every", n=every)) if every > 1 else Markup()


def _distinct(names: list[str]) -> list[str]:
    """Names with numbers behind those that come more than once."""
    counts, seen = Counter(names), Counter[str]()
    made = []
    for name in names:
        seen[name] += 1
        made.append(f"{name} ({seen[name]})" if counts[name] > 1 else name)
    return made


def _shown(column: list[str | int | float | None]) -> list[str]:
    """A column's values in words: numbers with the same decimals, unless the greatest is over 100 times the least."""
    numbers = [each for each in column if isinstance(each, int | float)]
    sizes = [abs(number) for number in numbers if number] or [1]
    needed = max((len(f"{number:.15g}".partition(".")[2]) for number in numbers), default=0)
    kept = max(DIGITS - 1 - math.floor(math.log10(max(sizes))), 0)
    return [_word(each, min(needed, kept) if max(sizes) <= 100 * min(sizes) else None) for each in column]


def _word(value: str | int | float | None, decimals: int | None) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    return f"{value:.15g}" if decimals is None else f"{value:.{decimals}f}"
