"""Putting translations into stored SVG figures, whose text matplotlib has kept as text (`svg.fonttype: none`)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from html import escape, unescape
from typing import Any

from book.notebook.code_text import split_placeholders
from book.notebook.mathtext import as_drawn

_TEXT = re.compile(r"(<text\b[^>]*>)([^<]*)(</text>)")
_PLACE = re.compile(r'font-size: ([\d.]+)px.*text-anchor: (\w+)" x="([\d.]+)" y="[\d.]+" transform="rotate\(-?0 ')
_CANVAS = re.compile(r'width="([\d.]+)pt"( height="[\d.]+pt") viewBox="0 0 [\d.]+ ([\d.]+)"')
_ISOLATE, _END_ISOLATE = "\u2067", "\u2069"  # a right-to-left run of its own, whatever stands around it

Texts = Mapping[str, tuple[str, tuple[str, ...]]]
Template = tuple[list[str], str, tuple[str, ...]]  # an English text cut at its placeholders, its translation, and they


def shown_texts(svg: str) -> list[str]:
    """The texts that a figure shows, in order, without the marks that `translated` adds."""
    return [unescape(match[2]).strip(_ISOLATE + _END_ISOLATE) for match in _TEXT.finditer(svg)]


def translated(svg: str, texts: Texts, direction: str) -> str:
    """`svg` with its texts replaced, and its canvas widened where a translation would not fit.

    `texts` gives for each English text its translation and its placeholders; what a run put in place of a placeholder
    is kept. Texts of several lines are matched line by line where both have as many.
    """
    templates = _templates(texts)

    def replace(match: re.Match[str]) -> str:
        translation = _translation(unescape(match[2]), templates)
        if translation is None:
            return match[0]
        return match[1] + escape(_isolated(translation, direction), quote=False) + match[3]

    return _widened(_TEXT.sub(replace, svg))


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


def _widened(svg: str) -> str:
    """The figure on a canvas wide enough for its texts, by an estimate of their width; usually it is already."""
    canvas = _CANVAS.search(svg)
    if not canvas:
        return svg
    left, right = 0.0, float(canvas[1])
    for match in _TEXT.finditer(svg):
        if place := _PLACE.search(match[1]):
            width = float(place[1]) * _ems(unescape(match[2]))
            start = float(place[3]) - {"start": 0, "middle": width / 2, "end": width}.get(place[2], 0)
            left, right = min(left, start), max(right, start + width)
    if (left, right) == (0.0, float(canvas[1])):
        return svg
    made = f'width="{right - left:g}pt"{canvas[2]} viewBox="{left:g} 0 {right - left:g} {canvas[3]}"'
    return svg.replace(canvas[0], made, 1)


def _ems(text: str) -> float:
    """About how wide a text is, in units of its font size: Hangul is square, marks take no room."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    narrow = sum(unicodedata.category(character)[0] not in "MC" for character in text) - wide
    return wide + 0.6 * narrow
