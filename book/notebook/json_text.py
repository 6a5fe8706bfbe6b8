"""The text of a notebook's file: where its cells stand, and ids put into it with nothing else touched."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_SEPARATORS = re.compile(r"[ \t\r\n,:]*")  # between the values of JSON
WITH_IDS = 5  # the minor version of format 4 that has ids
_ID, _MINOR, _VERSION = "id", "nbformat_minor", "nbformat"


@dataclass(frozen=True)
class _Member:
    """A member of a JSON object: where its key begins and ends, and its value."""

    key: tuple[int, int]
    value: tuple[int, int]


def cell_spans(text: str) -> list[tuple[int, int]]:
    """Where each cell begins and ends. Raises ValueError or LookupError where the text is no notebook."""
    return list(_spans(text, _members(text, text.index("{"))["cells"].value[0]))


def with_ids(text: str, ids: Mapping[int, str]) -> str:
    """The notebook's text with ids for the cells of these numbers, in the format that has ids.

    Raises ValueError or LookupError where the text is no notebook.
    """
    spans = cell_spans(text)
    edits = [_with_member(text, spans[number][0], _ID, json.dumps(name)) for number, name in ids.items()]
    notebook = text.index("{")
    members = _members(text, notebook)
    if _MINOR not in members or json.loads(text[slice(*members[_MINOR].value)]) < WITH_IDS:
        edits.append(_with_member(text, notebook, _MINOR, str(WITH_IDS)))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _with_member(text: str, start: int, name: str, value: str) -> tuple[int, int, str]:
    """The edit that gives the object which begins at `start` a member, where Jupyter, which sorts keys, has it."""
    members = _members(text, start)
    if name in members:
        return *members[name].value, value
    following = next((key for key in members if key > name), next(iter(members)))
    at = members[following].key[0]
    before = max((m.value[1] for m in members.values() if m.value[1] <= at), default=start + 1)
    colon = text[members[following].key[1] : members[following].value[0]]
    blank = text[before:at].rpartition(",")[2]
    return at, at, f"{json.dumps(name)}{colon}{value},{blank}"


def _members(text: str, start: int) -> dict[str, _Member]:
    """The members of the object that begins at `start`, by key."""
    spans = list(_spans(text, start))
    pairs = zip(spans[::2], spans[1::2], strict=True)
    return {json.loads(text[slice(*key)]): _Member(key, value) for key, value in pairs}


def _spans(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Where each value, and each key, of the JSON array or object that begins at `start` begins and ends."""
    decoder = json.JSONDecoder()
    at = _after_separators(text, start + 1)
    while text[at] not in "]}":
        _, end = decoder.raw_decode(text, at)
        yield at, end
        at = _after_separators(text, end)


def _after_separators(text: str, at: int) -> int:
    match = _SEPARATORS.match(text, at)
    return match.end() if match else at
