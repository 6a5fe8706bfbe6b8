"""What made pages tell search engines and their own scripts, without what may differ between languages."""

from __future__ import annotations

import json
import re
from typing import Any

from book.site.proof.may_differ import DATA_LANGUAGES, DATA_LINE, DATA_WORDS, OwnAddresses


def structure(data: str, own: OwnAddresses) -> str:
    """Structured data: its keys, its addresses, and the kinds of its values; other text as it is."""
    return without_data(json.dumps(_structure(_parsed(data), own), sort_keys=True))


def without_data(script: str) -> str:
    """A script without what it is told of the languages."""
    return DATA_LINE.sub(_without_data, script)


def _structure(part: Any, own: OwnAddresses, key: str = "") -> Any:
    if isinstance(part, dict):
        return {key: _structure(each, own, key) for key, each in part.items() if key not in DATA_LANGUAGES}
    if isinstance(part, list):
        return [_structure(each, own, key) for each in part]
    if isinstance(part, str):
        return "words" if key in DATA_WORDS else own.plain(part)
    return part


def _parsed(text: str) -> Any:
    """What JSON says; other text as it is."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _without_data(line: re.Match[str]) -> str:
    return line[0] if _parsed(line[2]) == line[2] else f"{line[1]};"
