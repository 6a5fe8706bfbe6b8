"""HTML's entities in texts that anybody has written."""

from __future__ import annotations

import html
import re

_ENDLESS = re.compile(r"&(?=#\d{100})")  # Python makes no number of very many digits, and no character has so high one


def unescaped(text: str) -> str:
    """The text with the characters that its entities stand for."""
    return html.unescape(_ENDLESS.sub("&amp;", text))
