"""Formulas in a figure's texts, as matplotlib finds them: between dollars, where these are even in number."""

from __future__ import annotations

import re

_DOLLAR = re.compile(r"(?<!\\)\$")


def dollars(text: str) -> int:
    """How many dollars of a text are not escaped."""
    return len(_DOLLAR.findall(text))


def has_formula(text: str) -> bool:
    """Does matplotlib set a formula in it? It then draws the text letter by letter."""
    return dollars(text) > 0 and dollars(text) % 2 == 0


def split(text: str) -> tuple[list[str], list[str]]:
    """The words of a text and its formulas; without any, the whole text is words."""
    parts = _DOLLAR.split(text)
    return (parts[::2], parts[1::2]) if has_formula(text) else ([text], [])


def as_drawn(text: str) -> str:
    """A text without a formula as it is drawn: a dollar may have been escaped."""
    return text.replace(r"\$", "$")
