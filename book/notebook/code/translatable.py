"""The translatable texts of a code cell: its comments, and the strings that it prints or that its figures show.

They are found in the tokens and the syntax tree, so that nothing else can be touched, and `skeleton` proves afterwards
that nothing else was.
"""

from __future__ import annotations

import ast
import dataclasses
import io
import re
import tokenize
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256

from book.notebook.code.code_text import FIGURE, PRINTED, WORD, CodeText, split_placeholders
from book.notebook.code.columns import Column, aligned, below_one_another
from book.notebook.code.comments import comments
from book.notebook.code.drawing import text_arguments
from book.notebook.code.flow.page import strings
from book.notebook.code.ipython import masked_parts, parse
from book.notebook.code.literals import is_writable, literal_text, literals, places
from book.notebook.code.page_code import KEY, NO_PAGE, WORDLESS, PageCode, flat, form
from book.notebook.code.tool_marks import FIELD

_MATHS = re.compile(r"\$[^$]*\$")
_BLANKS = " \n\t"


@lru_cache(maxsize=1 << 15)  # every language asks for the English cells
def texts(source: str, page: PageCode = NO_PAGE) -> tuple[CodeText, ...]:
    """The translatable texts of a code cell in order of place; none where it is no Python (`ipython.as_python`).

    `page` is what the code of its page tells, from `page_code`.
    """
    masked = page.as_python(source)
    if masked is None:
        return ()
    found = [each for each in _declared(masked, page) if has_words(each) and is_writable(each.text)]
    return tuple(sorted([*comments(masked), *found], key=lambda each: each.start))


def replace(source: str, translations: dict[str, str], page: PageCode = NO_PAGE) -> str:
    """`source` with each text that `translations` has replaced. ValueError where one cannot stand in its place."""
    found = texts(source, page)
    if not any(each.text in translations for each in found):
        return source
    keys = {each.text for each in found if each.is_key}
    if len({translations.get(key, key) for key in keys}) < len(keys):
        raise ValueError("two keys would be the same")
    new = {each.start: (each, each.source(translations[each.text])) for each in found if each.text in translations}
    if any(each.kind == PRINTED for each, _ in new.values()):
        for each, translation in _in_columns(source, translations, page):
            new[each.start] = each, each.source(translation)
    for start in sorted(new, reverse=True):
        source = source[:start] + new[start][1] + source[new[start][0].end :]
    return source


def _in_columns(source: str, translations: dict[str, str], page: PageCode) -> Iterator[tuple[CodeText, str]]:
    """The printed texts of a cell that blanks set in columns, with as many blanks as their translations need."""
    printed = [each for _, each in _column_texts(source, page)]
    columns = [Column(each.before, each.text, each.after, translations.get(each.text)) for each in printed]
    for each, column, after in zip(printed, columns, aligned(columns), strict=True):
        if after != each.after:
            yield dataclasses.replace(each, after=after), column.shown


def column_strings(source: str, page: PageCode) -> set[int]:
    """The numbers of the strings of a cell that blanks set in columns, below one another."""
    found = _column_texts(source, page)
    groups = below_one_another([Column(each.before, each.text, each.after) for _, each in found])
    return {found[place][0] for group in groups for place in group}


@lru_cache(maxsize=1 << 15)  # every language asks for the English cells
def _column_texts(source: str, page: PageCode) -> tuple[tuple[int, CodeText], ...]:
    found = printed_strings(source, page)
    return tuple(each for each in found if not (each[1].is_wordless and each[1].placeholders))


@lru_cache(maxsize=1 << 15)
def skeleton(source: str, page: PageCode = NO_PAGE) -> bytes:
    """A digest of everything that is not translatable: tokens and syntax tree with the texts that are shown blanked.

    Two sources with equal skeletons run alike, save for what the texts of figures and the printed ones say. What is no
    Python is all of it.
    """
    masked = page.as_python(source)
    if masked is None:
        return sha256(source.encode("utf-8", "surrogatepass")).digest()
    commands = masked_parts(source, masked)
    for each in reversed(_declared(masked, page)):
        kept = "" if each.placeholders is None else "f" + "".join(sorted(each.placeholders))
        own = each.text if each.is_wordless else ""
        masked = masked[: each.start] + repr(each.before + own + kept) + masked[each.end :]
    tokens = [
        token.string
        for token in tokenize.generate_tokens(io.StringIO(masked).readline)
        if token.type not in (tokenize.COMMENT, tokenize.NL)
    ]
    return sha256(repr((tokens, commands, list(flat(parse(masked))))).encode("utf-8", "surrogatepass")).digest()


def has_words(each: CodeText) -> bool:
    """Is there a word to translate, besides maths, placeholders and single letters such as γ or N?"""
    parts, found = split_placeholders(_MATHS.sub("", each.text), each.placeholders or ())
    return any(WORD.search(part) for part in set(parts) - set(found))


@lru_cache(maxsize=128)  # the cells of a page
def calls(masked: str) -> tuple[ast.Call, ...]:
    return tuple(node for node in ast.walk(parse(masked)) if isinstance(node, ast.Call))


@lru_cache(maxsize=128)
def _declared(masked: str, page: PageCode) -> tuple[CodeText, ...]:
    """Every string literal that a figure shows or the cell prints, if it can be written down for a translator."""
    drawn = _drawn(masked, page)
    known = {each.start for each in drawn}
    printed = [each for _, each in _printed(masked, page) if each.start not in known]
    return tuple(sorted([*drawn, *printed], key=lambda each: each.start))


def printed_strings(source: str, page: PageCode) -> Iterator[tuple[int, CodeText]]:
    """The strings that a cell prints, also those without words, each with its number among `flow.page.strings`."""
    masked = page.as_python(source)
    if masked is not None:
        known = {each.start for each in _drawn(masked, page)}
        yield from (
            (number, each)
            for number, each in _printed(masked, page)
            if each.start not in known and is_writable(each.text)
        )


def _printed(masked: str, page: PageCode) -> Iterator[tuple[int, CodeText]]:
    tree = parse(masked)
    numbers = dict(dict(page.printed).get(form(tree), ())) if page.printed else {}
    place, fields = places(masked), {line for line, text in enumerate(masked.split("\n"), 1) if FIELD.search(text)}
    for number, node in enumerate(strings(tree)) if numbers else ():
        if number in numbers and node.end_lineno not in fields:
            with suppress(ValueError):
                whole = literal_text(PRINTED, node, *place(node))
                text = whole.text.strip(_BLANKS)
                before, after = whole.text.partition(text)[::2] if text else (whole.text, "")
                made = dataclasses.replace(whole, text=text, before=before, after=after)
                is_key, is_wordless = numbers[number] == KEY, numbers[number] == WORDLESS
                yield number, dataclasses.replace(made, is_key=is_key, is_wordless=is_wordless)


@lru_cache(maxsize=128)
def _drawn(masked: str, page: PageCode) -> frozenset[CodeText]:
    """Every string literal in a place where a figure takes a text."""
    found, place, helpers = set[CodeText](), places(masked), dict(page.helpers)
    for call in calls(masked):
        for argument in text_arguments(call, helpers):
            for node in literals(argument):
                with suppress(ValueError):
                    found.add(literal_text(FIGURE, node, *place(node)))
    return frozenset(found)
