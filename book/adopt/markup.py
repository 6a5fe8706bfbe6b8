"""Markup that people and their tools have written in another way than the English: put as it is written there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from book.entities import unescaped
from book.notebook.markdown.html_words import TAG, html_without_words
from book.notebook.markdown.latex_form import latex_form
from book.notebook.markdown.parts import Block, skeleton
from book.notebook.markdown.tokens import excess, tokens

_MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**", "code": "`"}
_SORT = r'(?:\s+data-md-type="[\w-]+")?'  # which a tool leaves in tags
_TAG = re.compile(rf"<({'|'.join(_MARKS)}){_SORT}>(\s*)([^<>`\n]*[^<>`\s])(\s*)</\1>")
_LINK = re.compile(rf'<a{_SORT}\s+href="([^"<>\s()]+)"{_SORT}>([^<>\[\]\n]+)</a>')
_LABEL = re.compile(r"(`{3,}|~{3,})(.*)")
_DISPLAYED = re.compile(r"[ \t]*(?<!\\)(\$\$((?:(?!\$\$).)+)\$\$)[ \t]*", re.DOTALL)
_ENTITIES = {"\\<": "&lt;", "\\>": "&gt;"}
_HEADING = re.compile(r" {0,3}#{1,6}(?!#)[ \t]*")
_ITEM = re.compile(r"([ \t]*)(?:[-*+]|\d+[.)])[ \t]+")


def as_marked_there(said: str, english: str) -> str:
    """The text with Markdown's marks for tags that the English lacks, and its labels of code.

    Where its blocks are put together otherwise, and that makes them alike, also with the marks of lists and headings,
    formulas on lines of their own and lines in tags that the English has.
    """
    if excess(said) or excess(english):
        return said
    said = _TAG.sub(lambda tag: _marked(tag, english), said)
    said = said if "<a" in english else _LINK.sub(r"[\2](\1)", said)
    said = _with_escapes(said, english)
    said, wanted = _with_labels(said, english), _put_together(english)
    if _put_together(said) != wanted:
        made = _with_items(_with_headings(said, english), english)
        made = _with_lines_in_tags(_with_formulas_apart(made, english), english)
        return made if _put_together(made) == wanted else said
    return said


def _put_together(text: str) -> list[Block]:
    return [block for block in skeleton(text) if not isinstance(block, Counter)]


def _marked(tag: re.Match[str], english: str) -> str:
    """`<em>words</em>` as `*words*`."""
    name, before, words, after = tag.groups()
    if f"<{name}" in english:
        return tag[0]
    return f"{before}{_MARKS[name]}{unescaped(words) if name == 'code' else words}{_MARKS[name]}{after}"


def _with_escapes(said: str, english: str) -> str:
    """Angle brackets that the English escapes, where they have become entities."""
    for sign, entity in _ENTITIES.items():
        if sign in english and entity not in english:
            said = said.replace(entity, sign)
    return said


def _with_labels(said: str, english: str) -> str:
    """The text with the labels that the English puts on the same blocks of code, such as `ipython`."""
    here, there = list(_blocks_of_code(said)), list(_blocks_of_code(english))
    lines = said.split("\n")
    for one, other in zip(here, there, strict=False):
        written = _LABEL.search(lines[one.line])
        if len(here) == len(there) and one.code == other.code and written and written[2].strip() == one.label:
            lines[one.line] = lines[one.line][: written.start(2)] + other.label
    return "\n".join(lines)


class _Code(NamedTuple):
    """A block of code: the line that opens it, its label and its code."""

    line: int
    label: str
    code: str


def _blocks_of_code(text: str) -> Iterator[_Code]:
    for token in tokens(text):
        if token.type == "fence" and token.map and "{" not in token.info:
            yield _Code(token.map[0], token.info.strip(), token.content.strip())


def _with_items(said: str, english: str) -> str:
    """The items of lists as deep and with the numbers of the English ones, if there are as many."""
    lines, items = said.split("\n"), list(filter(None, map(_ITEM.match, english.split("\n"))))
    numbers = [number for number, line in enumerate(lines) if _ITEM.match(line)]
    for number, item in zip(numbers, items, strict=False):
        if len(numbers) == len(items):
            lines[number] = _ITEM.sub(item[0], lines[number], count=1)
    return "\n".join(lines)


def _with_headings(said: str, english: str) -> str:
    """What looks like a heading without the blank that would make it one, where the English has none."""
    lines, marks = said.split("\n"), [match[0] for match in map(_HEADING.match, english.split("\n")) if match]
    numbers = [number for number, line in enumerate(lines) if _HEADING.match(line)]
    for number, mark in zip(numbers, marks, strict=False):
        if len(numbers) == len(marks):
            lines[number] = _HEADING.sub(mark, lines[number], count=1)
    return "\n".join(lines)


def _with_formulas_apart(said: str, english: str) -> str:
    """Formulas between `$$` on lines of their own where they are so in English."""
    apart = {latex_form(token.content) for token in tokens(english) if token.type == "math_block"}
    return _DISPLAYED.sub(lambda found: f"\n{found[1]}\n" if latex_form(found[2]) in apart else found[0], said)


def _with_lines_in_tags(said: str, english: str) -> str:
    """Tags over several lines where they are so in English, which then stand among words."""
    broken = {html_without_words(tag[0]) for tag in TAG.finditer(english) if "\n" in tag[0]}
    return TAG.sub(lambda tag: tag[0].replace(" ", "\n", 1) if html_without_words(tag[0]) in broken else tag[0], said)
