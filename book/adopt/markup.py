"""Markup that people and their tools have written in another way than the English: put as it is written there."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from book.notebook.markdown import excess, tokens
from book.notebook.parts import parts

_MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**", "code": "`"}
_TAG = re.compile(rf"<({'|'.join(_MARKS)})>(\s*)([^<>`\n]*[^<>`\s])(\s*)</\1>")
_LABEL = re.compile(r"(`{3,}|~{3,})(.*)")
_ITEM = re.compile(r"([ \t]*)(?:[-*+]|\d+[.)])[ \t]")


def as_marked_there(said: str, english: str) -> str:
    """The text with Markdown's marks for tags that the English lacks, and its labels of code and depths of lists."""
    if excess(said) or excess(english):
        return said
    return _with_depths(_with_labels(_TAG.sub(lambda tag: _marked(tag, english), said), english), english)


def _marked(tag: re.Match[str], english: str) -> str:
    """`<em>words</em>` as `*words*`."""
    name, before, words, after = tag.groups()
    if f"<{name}" in english:
        return tag[0]
    return f"{before}{_MARKS[name]}{html.unescape(words) if name == 'code' else words}{_MARKS[name]}{after}"


def _with_labels(said: str, english: str) -> str:
    """The text with the labels that the English puts on the same blocks of code, such as `ipython`."""
    here, there = list(_blocks_of_code(said)), list(_blocks_of_code(english))
    lines = said.split("\n")
    for one, other in zip(here, there, strict=False):
        written = _LABEL.search(lines[one.line])
        if len(here) == len(there) and one.code == other.code and written and written[2].strip() == one.label:
            lines[one.line] = lines[one.line][: written.start(2)] + other.label
    return "\n".join(lines)


class _Block(NamedTuple):
    """A block of code: the line that opens it, its label and its code."""

    line: int
    label: str
    code: str


def _blocks_of_code(text: str) -> Iterator[_Block]:
    for token in tokens(text):
        if token.type == "fence" and token.map and "{" not in token.info:
            yield _Block(token.map[0], token.info.strip(), token.content.strip())


def _with_depths(said: str, english: str) -> str:
    """The text with items of lists as deep as the English ones, if there are as many and it makes the lists alike."""
    here, there = parts(said), parts(english)
    lines, items = said.split("\n"), list(filter(None, map(_ITEM.match, english.split("\n"))))
    numbers = [number for number, line in enumerate(lines) if _ITEM.match(line)]
    if here.blocks == there.blocks or len(numbers) != len(items):
        return said
    for number, item in zip(numbers, items, strict=True):
        lines[number] = item[1] + lines[number].lstrip()
    made = parts("\n".join(lines))
    return "\n".join(lines) if (made.blocks, made.fences) == (there.blocks, here.fences) else said
