"""Putting translations into stored SVG figures, whose text matplotlib has kept as text (`svg.fonttype: none`)."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from html import escape
from typing import Any

from book.entities import unescaped
from book.notebook.code.code_text import split_placeholders
from book.notebook.code.mathtext import as_drawn

_TEXT = re.compile(r"(<text\b[^>]*>)([^<]*)(</text>)")
_PLACE = re.compile(r'font-size: ([\d.]+)px.*text-anchor: (\w+)" x="([\d.]+)" y="([\d.]+)" transform="rotate\(-?0 ')
_LEGEND = re.compile(r'<g id="legend_.*?(?=<g id="(?:axes|legend)_|$)', re.DOTALL)
_KEY = 3.2  # what a key takes with the blanks around it, in sizes of its font
_SMALLEST = 7.0  # px, of a text that is made smaller
_CANVAS = re.compile(r'width="([\d.]+)pt"( height="[\d.]+pt") viewBox="0 0 [\d.]+ ([\d.]+)"')
_ISOLATE, _END_ISOLATE = "\u2067", "\u2069"  # a right-to-left run of its own, whatever stands around it

Texts = Mapping[str, tuple[str, tuple[str, ...]]]
Template = tuple[list[str], str, tuple[str, ...]]  # an English text cut at its placeholders, its translation, and they


def shown_texts(svg: str) -> list[str]:
    """The texts that a figure shows, in order, without the marks that `translated` adds."""
    return [unescaped(match[2]).strip(_ISOLATE + _END_ISOLATE) for match in _TEXT.finditer(svg)]


def translated(svg: str, texts: Texts, direction: str) -> str:
    """`svg` with its texts replaced, and its canvas widened where a translation would not fit.

    In a legend of several columns a text that would run under the next key is set smaller.

    `texts` gives for each English text its translation and its placeholders; what a run put in place of a placeholder
    is kept. Texts of several lines are matched line by line where both have as many.
    """
    templates = _templates(texts)

    def replace(match: re.Match[str]) -> str:
        translation = _translation(unescaped(match[2]), templates)
        if translation is None:
            return match[0]
        return match[1] + escape(_isolated(translation, direction), quote=False) + match[3]

    return _widened(_fitted(_TEXT.sub(replace, svg), shown_texts(svg)))


def translated_names(numbers: Any, texts: Texts) -> Any:
    """The numbers behind a figure (`book.runtime.numbers`), with its texts replaced as in the figure itself."""
    templates = _templates(texts)

    def replace(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: replace(value) for key, value in part.items()}
        if isinstance(part, list):
            return [replace(item) for item in part]
        if isinstance(part, str):
            return " ".join(_translation(as_drawn(line), templates) or line for line in part.split("\n"))
        return part

    return replace(numbers)


def _templates(texts: Texts) -> list[Template]:
    return [each for source, (target, holes) in texts.items() for each in _lines(source, target, holes)]


def _translation(text: str, templates: list[Template]) -> str | None:
    for pieces, target, holes in templates:
        if (values := _values(text, pieces)) is not None:
            return _filled(target, dict(zip(holes, values, strict=True)))
    return None


def _lines(source: str, target: str, holes: tuple[str, ...]) -> list[Template]:
    source, target = as_drawn(source), as_drawn(target)
    sources, targets = source.split("\n"), target.split("\n")
    if len(sources) != len(targets):
        sources, targets = [source], [target]
    pairs = zip(sources, targets, strict=True)
    return [(parts[::2], t, tuple(found)) for s, t in pairs for parts, found in [split_placeholders(s, holes)]]


def _values(text: str, pieces: list[str]) -> list[str] | None:
    """What stands in `text` between the pieces, each as short as it can be; None where they are not its pieces.

    Without going back, so that the time is linear; of two values with nothing between them the first is one character.
    """
    first, *others = pieces
    if not text.startswith(first):
        return None
    values, at = [], len(first)
    for number, piece in enumerate(others, 1):
        if number < len(others):
            end = text.find(piece, at + 1)
        else:
            end = len(text) - len(piece) if text.endswith(piece) else -1
        if end <= at:
            return None
        values.append(text[at:end])
        at = end + len(piece)
    return values if at == len(text) else None


def _filled(target: str, values: Mapping[str, str]) -> str:
    parts, used = split_placeholders(target, tuple(values))
    return "".join(values[part] if part in used else part for part in parts)


def _isolated(text: str, direction: str) -> str:
    return f"{_ISOLATE}{text}{_END_ISOLATE}" if direction == "rtl" else text


def _fitted(svg: str, fit: list[str]) -> str:
    """The figure with the texts of its legends set small enough for their columns, by an estimate of their width.

    Those in `fit` do: matplotlib has measured them.
    """
    return _LEGEND.sub(lambda legend: _fitted_legend(legend[0], fit), svg)


def _fitted_legend(legend: str, fit: list[str]) -> str:
    texts = [(match, place) for match in _TEXT.finditer(legend) if (place := _PLACE.search(match[1]))]
    made = legend
    for match, place in texts:
        size, x, y = (float(place[group]) for group in (1, 3, 4))
        others = [float(other[3]) for _, other in texts if abs(float(other[4]) - y) < size / 2 and float(other[3]) > x]
        room = min(others, default=math.inf) - _KEY * size - x
        if unescaped(match[2]) not in fit and size * _ems(unescaped(match[2])) > room > 0:
            smaller = f"font-size: {max(room / _ems(unescaped(match[2])), min(_SMALLEST, size)):.4g}px"
            made = made.replace(match[0], match[0].replace(f"font-size: {place[1]}px", smaller, 1), 1)
    return made


def _widened(svg: str) -> str:
    """The figure on a canvas wide enough for its texts, by an estimate of their width; usually it is already."""
    canvas = _CANVAS.search(svg)
    if not canvas:
        return svg
    left, right = 0.0, float(canvas[1])
    for match in _TEXT.finditer(svg):
        if place := _PLACE.search(match[1]):
            width = float(place[1]) * _ems(unescaped(match[2]))
            start = float(place[3]) - {"start": 0, "middle": width / 2, "end": width}.get(place[2], 0)
            left, right = min(left, start), max(right, start + width)
    if (left, right) == (0.0, float(canvas[1])):
        return svg
    made = f'width="{right - left:g}pt"{canvas[2]} viewBox="{left:g} 0 {right - left:g} {canvas[3]}"'
    return svg.replace(canvas[0], made, 1)


def _ems(text: str) -> float:
    """About how wide a text is, in units of its font size: Hangul is square, Arabic narrow, marks take no room."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    narrow = sum(unicodedata.category(character)[0] not in "MC" for character in text) - wide
    arabic = sum("\u0620" <= character <= "\u064a" for character in text)
    return wide + 0.6 * narrow - 0.1 * arabic
