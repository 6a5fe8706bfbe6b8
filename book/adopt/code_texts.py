"""Pairs a code cell's texts with those of the translated cell that stand in the same place among the tokens."""

from __future__ import annotations

import io
import tokenize
from bisect import bisect_left
from collections.abc import Iterator
from difflib import SequenceMatcher

from book.notebook.code import translatable
from book.notebook.code.code_text import COMMENT, CodeText, line_offsets
from book.notebook.code.ipython import as_python
from book.notebook.code.page_code import PageCode

MOST_TOKENS = 4000  # of a cell whose code differs: longer ones are not compared
_SILENT = {tokenize.COMMENT, tokenize.NL, tokenize.ENCODING}

Place = tuple[int, str]  # the number of the token that follows, or that the text is; and the kind of text


def pair_texts(english: str, translated: str, page_codes: tuple[PageCode, PageCode]) -> list[tuple[CodeText, CodeText]]:
    """The texts of two cells that stand in one place. Where several do, and not as many in both cells, none of them."""
    here, there = _Tokens(english, page_codes[0]), _Tokens(translated, page_codes[1])
    same, others, found = _same_places(here.tokens, there.tokens), there.by_place(), []
    for (number, kind), texts in here.by_place().items():
        if len(texts) == len(its := others.get((same.get(number, -1), kind), [])):
            found += list(zip(texts, its, strict=True))
    return found


class _Tokens:
    """The tokens of a cell without its comments; a text to translate, however it is written, is one token."""

    def __init__(self, source: str, page_codes: PageCode) -> None:
        self.texts = translatable.texts(source, page_codes)
        inside = {each.start: each for each in self.texts if each.kind != COMMENT}
        self.tokens, self._starts, end = list[str](), list[int](), 0
        for start, token in _tokens(as_python(source) or ""):
            if start < end and token:
                continue  # a further part of an f-string
            text = inside.get(start) if token else None
            end = text.end if text else end
            self.tokens.append(f"a {text.kind}" if text else token)
            self._starts.append(start)

    def by_place(self) -> dict[Place, list[CodeText]]:
        found: dict[Place, list[CodeText]] = {}
        for text in self.texts:
            found.setdefault((bisect_left(self._starts, text.start), text.kind), []).append(text)
        return found


def _tokens(source: str) -> Iterator[tuple[int, str]]:
    """Each token that says something, and where it begins, in characters."""
    offsets = line_offsets(source)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in _SILENT:
            written = "\n" if token.type == tokenize.NEWLINE else token.string  # at the end of a cell it is empty
            yield offsets[token.start[0] - 1] + token.start[1], written


def _same_places(here: list[str], there: list[str]) -> dict[int, int]:
    """The numbers of tokens that two cells have in common, those behind the last ones included."""
    if here == there:
        return {number: number for number in range(len(here) + 1)}
    if max(len(here), len(there)) > MOST_TOKENS:
        return {}
    blocks = SequenceMatcher(None, here, there, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)} | {len(here): len(there)}
