"""Translations that have the original above each of their paragraphs, as a quotation, and above each heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from book.notebook.markdown.tokens import excess, tokens

_WORD = re.compile(r"\w+")
_ALIKE = 0.5  # what share of their words an original of some years ago and today's have in common


@dataclass(frozen=True)
class _Block:
    """A block of Markdown: its kind, the first of its lines and the one behind the last, and its words."""

    kind: str
    start: int
    end: int
    words: Counter[str]


def without_original(translated: str, english: str) -> str:
    """The translation without quotations and headings that repeat the English, where it has more blocks than that."""
    if excess(translated) or excess(english):
        return translated
    blocks, originals = list(_blocks(translated)), list(_blocks(english))
    repeated = [
        each
        for each in blocks
        if each.kind in ("blockquote_open", "heading_open") and any(_alike(each, other) for other in originals)
    ]
    if len(blocks) <= len(originals) or len(repeated) == len(blocks):
        return translated
    lines = translated.split("\n")
    for each in reversed(repeated):
        del lines[each.start : each.end]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _blocks(text: str) -> Iterator[_Block]:
    lines = text.split("\n")
    for token in tokens(text):
        if token.level == 0 and token.map and token.nesting >= 0:
            start, end = token.map
            yield _Block(token.type, start, end, Counter(_WORD.findall("\n".join(lines[start:end]).lower())))


def _alike(one: _Block, other: _Block) -> bool:
    everything = (one.words | other.words).total()
    return bool(everything) and (one.words & other.words).total() / everything >= _ALIKE
