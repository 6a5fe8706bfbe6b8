"""The numbers that a figure shows, kept beside it when a notebook runs, so that the site can show them as a table.

An IPython extension: the kernel offers them as one more form of a matplotlib figure, in `execute` and in every test.
What names neither its series nor its axes is a drawing, and pictures are no series: they have no numbers to show.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Any

DIGITS = 4  # significant ones
MIME = "application/vnd.book.numbers+json"
MAX_ROWS = 50
_NAMED_TICKS = ("FixedFormatter", "FuncFormatter", "StrCategoryFormatter")

Series = dict[str, Any]


def load_ipython_extension(shell: Any) -> None:
    """Called by IPython as the kernel starts."""
    from IPython.core.formatters import JSONFormatter

    class Formatter(JSONFormatter):  # not one registered for figures: `set_matplotlib_formats` drops those
        def __call__(self, shown: object) -> dict[str, Any] | None:
            return numbers_of(shown) if type(shown).__module__ == "matplotlib.figure" else None

    shell.display_formatter.formatters[MIME] = Formatter(parent=shell.display_formatter, format_type=MIME)


def numbers_of(figure: Any) -> dict[str, Any] | None:
    """The lines, points and bars of a figure by axes, rounded to four significant digits; None if it has none.

    Of a series longer than `MAX_ROWS` each n-th point is kept, and `every` is n.
    """
    plane = [ax for ax in figure.axes if ax.name == "rectilinear"]
    labels = {_look(line): _label(line) for ax in plane for line in ax.lines if _label(line)}
    found = [axes for ax in plane if (axes := _axes(ax, labels))]
    title = figure.get_suptitle()
    legends = [*figure.legends, *(ax.get_legend() for ax in figure.axes if ax.get_legend())]
    legend = next((text for each in legends if (text := each.get_title().get_text())), "")
    return {"title": title, "legend": legend, "axes": found} if found else None


def _axes(ax: Any, labels: dict[Any, str]) -> dict[str, Any] | None:
    series = [*_lines(ax, labels), *_points(ax), *_bars(ax)]
    if any(each["label"] for each in series):  # the rest guides the eye
        series = [each for each in series if each["label"]]
    shared = [each.get_ylabel() for each in ax.get_shared_y_axes().get_siblings(ax) if each.get_ylabel()]
    names = {"title": ax.get_title(), "x": ax.get_xlabel(), "y": ax.get_ylabel() or "".join(shared[:1])}
    if not series or not (names["x"] or names["y"] or series[0]["label"]):
        return None
    _name_ticks(ax, series)
    return {**names, "series": [_thinned(each) for each in series]}


def _lines(ax: Any, labels: dict[Any, str]) -> Iterator[Series]:
    for line in ax.lines:
        if line.get_transform() == ax.transData:  # else a rule across the whole axes
            yield {
                "label": labels.get(_look(line), ""),
                "x": line.get_xdata(orig=False),
                "y": line.get_ydata(orig=False),
            }


def _points(ax: Any) -> Iterator[Series]:
    for each in ax.collections:
        if type(each).__name__ == "PathCollection":
            x, y = each.get_offsets().T
            yield {"label": _label(each), "x": x, "y": y}


def _bars(ax: Any) -> Iterator[Series]:
    for each in ax.containers:
        if getattr(each, "orientation", "") == "vertical":
            x = [bar.get_x() + bar.get_width() / 2 for bar in each]
            yield {"label": _label(each), "x": x, "y": [bar.get_height() for bar in each]}


def _label(artist: Any) -> str:
    label = str(artist.get_label())
    return "" if label.startswith("_") else label


def _look(line: Any) -> tuple[str, ...]:
    """Lines that look alike have one entry in the legend, whichever of them carries its label."""
    parts = (line.get_color(), line.get_marker(), line.get_linestyle(), line.get_alpha())
    return tuple(str(part) for part in parts)


def _name_ticks(ax: Any, series: list[Series]) -> None:
    """Where the axis names its ticks, each point takes the name of the tick it stands at, if all stand at one."""
    formatter = ax.xaxis.get_major_formatter()
    ticks = [float(tick) for tick in ax.get_xticks()]
    if type(formatter).__name__ not in _NAMED_TICKS or not ticks:
        return
    names = dict(zip(ticks, formatter.format_ticks(ticks), strict=True))
    reach = min((b - a for a, b in itertools.pairwise(ticks)), default=1.0) / 2
    nearest = [[min(ticks, key=lambda tick: abs(tick - x)) for x in each["x"]] for each in series]
    for each, at in zip(series, nearest, strict=True):
        if len(set(each["x"])) > len(ticks) or any(abs(x - t) >= reach for x, t in zip(each["x"], at, strict=True)):
            return
    for each, at in zip(series, nearest, strict=True):
        each["x"] = [names[tick] for tick in at]


def _thinned(series: Series) -> Series:
    steps = (step * 10**power for power in itertools.count() for step in (1, 2, 5))
    every = next(step for step in steps if step * MAX_ROWS >= len(series["x"]))
    x, y = ([_short(value) for value in series[axis]][::every] for axis in "xy")
    return {"label": series["label"], "every": every, "x": x, "y": y}


def _short(value: Any) -> str | int | float | None:
    """Four significant digits; whole numbers and names as they are; None for no number."""
    if isinstance(value, str):
        return value
    number = float(value)
    if not math.isfinite(number):
        return None
    return int(number) if number == int(number) else float(f"{number:.{DIGITS}g}")
