"""Putting translations into stored SVG figures, whose text matplotlib has kept as text (`svg.fonttype: none`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

from book.code import split_placeholders

_TEXT = re.compile(r"(<text\b[^>]*>)([^<]*)(</text>)")
_ISOLATE, _END_ISOLATE = "\u2067", "\u2069"  # a right-to-left run of its own, whatever stands around it


def shown_texts(svg: str) -> list[str]:
    """The texts that a figure shows, in order, without the marks that `translated` adds."""
    return [unescape(match[2]).strip(_ISOLATE + _END_ISOLATE) for match in _TEXT.finditer(svg)]


def translated(svg: str, texts: Mapping[str, tuple[str, tuple[str, ...]]], direction: str) -> str:
    """`svg` with its texts replaced.

    `texts` gives for each English text its translation and its placeholders; what a run put in place of a placeholder
    is kept. Texts of several lines are matched line by line where both have as many.
    """
    templates = [pair for source, (target, holes) in texts.items() for pair in _lines(source, target, holes)]

    def replace(match: re.Match[str]) -> str:
        text = unescape(match[2])
        for pattern, target, holes in templates:
            if found := pattern.fullmatch(text):
                return match[1] + escape(_isolated(_filled(target, holes, found), direction), quote=False) + match[3]
        return match[0]

    return _TEXT.sub(replace, svg)


def _lines(source: str, target: str, holes: tuple[str, ...]) -> list[tuple[re.Pattern[str], str, tuple[str, ...]]]:
    sources, targets = source.split("\n"), target.split("\n")
    if len(sources) != len(targets):
        sources, targets = [source], [target]
    return [
        (_pattern(s, holes), t, tuple(split_placeholders(s, holes)[1])) for s, t in zip(sources, targets, strict=True)
    ]


def _pattern(source: str, holes: tuple[str, ...]) -> re.Pattern[str]:
    parts, found = split_placeholders(source, holes)
    return re.compile("".join("(.+?)" if part in found else re.escape(part) for part in parts))


def _filled(target: str, holes: tuple[str, ...], found: re.Match[str]) -> str:
    values = dict(zip(holes, found.groups(), strict=True))
    parts, used = split_placeholders(target, holes)
    return "".join(values[part] if part in used else part for part in parts)


def _isolated(text: str, direction: str) -> str:
    return f"{_ISOLATE}{text}{_END_ISOLATE}" if direction == "rtl" else text
