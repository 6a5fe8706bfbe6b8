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
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from book import limits
from book.notebook.code_text import FIGURE, PRINTED, WORD, CodeText, line_offsets, split_placeholders
from book.notebook.columns import Column, aligned, below_one_another
from book.notebook.comments import comments
from book.notebook.drawing import Helper, helpers_of, text_arguments
from book.notebook.flow.page import strings, uses_of
from book.notebook.ipython import as_python, is_shallow, masked_parts, parse

KEY, WORDLESS = "key", "wordless"

_MATHS = re.compile(r"\$[^$]*\$")
_BLANKS = " \n\t"


@dataclass(frozen=True)
class PageCode:
    """What the code of a page tells of each of its cells: the functions that draw, and which strings are printed.

    `printed` has, by the form of a cell (`_form`), the numbers of its strings (`flow.page.strings`), each with KEY
    where it is one of a dictionary, and WORDLESS where there is nothing to translate.
    """

    helpers: tuple[tuple[str, Helper], ...] = ()
    printed: tuple[tuple[bytes, tuple[tuple[int, str], ...]], ...] = ()


NO_PAGE = PageCode()


@lru_cache(maxsize=1 << 15)  # every language asks for the English cells
def texts(source: str, page: PageCode = NO_PAGE) -> tuple[CodeText, ...]:
    """The translatable texts of a code cell in order of place; none where it is no Python (`ipython.as_python`).

    `page` is what the code of its page tells, from `page_code`.
    """
    masked = as_python(source)
    if masked is None:
        return ()
    found = [each for each in _declared(masked, page) if has_words(each) and _is_writable(each.text)]
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


def page_code(sources: Iterable[str]) -> PageCode:
    """What the code cells of a page tell of one another."""
    masked = [as_python(source) for source in sources]
    trees = [*_trees(masked)]
    helpers = helpers_of(tree for tree in trees if tree)
    uses, printed = uses_of(trees, helpers), dict[bytes, dict[int, str]]()
    for cell, tree in enumerate(trees):
        if tree is None or not strings(tree):
            continue
        found = {
            number: WORDLESS if not _has_words(node) else KEY if (cell, number) in uses.keys else ""
            for number, node in enumerate(strings(tree))
            if (cell, number) in uses.printed - uses.drawn and (cell, number) not in uses.otherwise
        }
        known = printed.setdefault(_form(tree), found)  # of cells that cannot be told apart, what both have
        for number in known.keys() - found.keys():
            del known[number]
    return PageCode(
        tuple(sorted(helpers.items())),
        tuple(sorted((form, tuple(sorted(found.items()))) for form, found in printed.items() if found)),
    )


def _trees(masked: Sequence[str | None]) -> Iterator[ast.Module | None]:
    """The syntax trees of cells. No two are one: cells that are alike may do different things."""
    seen = set[str]()
    for each in masked:
        if each is None:
            yield None
        else:
            yield ast.parse(each) if each in seen else parse(each)
            seen.add(each)


@lru_cache(maxsize=1 << 15)
def skeleton(source: str, page: PageCode = NO_PAGE) -> bytes:
    """A digest of everything that is not translatable: tokens and syntax tree with the texts that are shown blanked.

    Two sources with equal skeletons run alike, save for what the texts of figures and the printed ones say. What is no
    Python is all of it.
    """
    masked = as_python(source)
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
    return sha256(repr((tokens, commands, list(_flat(parse(masked))))).encode("utf-8", "surrogatepass")).digest()


@lru_cache(maxsize=128)  # the cells of a page
def _form(tree: ast.AST) -> bytes:
    """A digest of a cell's syntax tree with all strings blanked, which no translation changes."""
    return sha256(repr(list(_flat(tree, without_strings=True))).encode("utf-8", "surrogatepass")).digest()


def _flat(tree: ast.AST, *, without_strings: bool = False) -> Iterator[str]:
    """What the tree consists of, as `ast.dump` has it, without recursion."""
    waiting: list[object] = [tree]
    while waiting:
        match waiting.pop():
            case ast.Constant(value=str()) | ast.JoinedStr() as node if without_strings:
                yield type(node).__name__
            case ast.AST() as node:
                yield type(node).__name__
                waiting.extend(value for _, value in ast.iter_fields(node))
            case list() as nodes:
                yield f"{len(nodes)} of"
                waiting.extend(nodes)
            case int() as number if not isinstance(number, bool):
                yield hex(number)  # `repr` refuses long ones
            case value:
                yield repr(value)


def untranslatable(source: str, page: PageCode = NO_PAGE) -> list[tuple[int, str]]:
    """The line and the code of each text of a figure that is put together as the program runs, but by no f-string."""
    masked = as_python(source)
    if masked is None:
        return []
    return [
        (argument.lineno, _shown(argument))
        for call in _calls(masked)
        for argument in text_arguments(call, dict(page.helpers))
        if not list(_literals(argument)) and any(map(WORD.search, _put_together(argument)))
    ]


def _shown(node: ast.expr) -> str:
    try:
        return _written(node)
    except ValueError:
        return "…"


def _put_together(node: ast.expr) -> Iterator[str]:
    """The strings in a text that `+`, `%`, `format` or `join` puts together."""
    match node:
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            parts: list[ast.expr] = [left, right]
        case ast.BinOp(left=left, op=ast.Mod()):
            parts = [left]
        case ast.Call(func=ast.Attribute(value=value, attr="format" | "join" | "replace")):
            parts = [value]
        case _:
            return
    for part in parts:
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value
        else:
            yield from _put_together(part)


def _has_words(node: ast.Constant | ast.JoinedStr) -> bool:
    values = node.values if isinstance(node, ast.JoinedStr) else [node]
    return any(isinstance(value, ast.Constant) and WORD.search(str(value.value)) for value in values)


def has_words(each: CodeText) -> bool:
    """Is there a word to translate, besides maths, placeholders and single letters such as γ or N?"""
    parts, found = split_placeholders(_MATHS.sub("", each.text), each.placeholders or ())
    return any(WORD.search(part) for part in set(parts) - set(found))


@lru_cache(maxsize=128)  # the cells of a page
def _calls(masked: str) -> tuple[ast.Call, ...]:
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
    masked = as_python(source)
    if masked is not None:
        known = {each.start for each in _drawn(masked, page)}
        yield from (
            (number, each)
            for number, each in _printed(masked, page)
            if each.start not in known and _is_writable(each.text)
        )


def _printed(masked: str, page: PageCode) -> Iterator[tuple[int, CodeText]]:
    tree = parse(masked)
    numbers = dict(dict(page.printed).get(_form(tree), ())) if page.printed else {}
    place = _places(masked)
    for number, node in enumerate(strings(tree)) if numbers else ():
        if number in numbers:
            with suppress(ValueError):
                whole = _shown_text(PRINTED, node, *place(node))
                text = whole.text.strip(_BLANKS)
                before, after = whole.text.partition(text)[::2] if text else (whole.text, "")
                made = dataclasses.replace(whole, text=text, before=before, after=after)
                is_key, is_wordless = numbers[number] == KEY, numbers[number] == WORDLESS
                yield number, dataclasses.replace(made, is_key=is_key, is_wordless=is_wordless)


def _places(masked: str) -> Callable[[ast.expr], tuple[int, int]]:
    """From where to where a node of the syntax tree stands."""
    lines = masked.split("\n")
    offsets = line_offsets(masked)

    def offset(line: int, column: int) -> int:  # the syntax tree counts columns in bytes of UTF-8
        return offsets[line - 1] + len(lines[line - 1].encode()[:column].decode())

    def place(node: ast.expr) -> tuple[int, int]:
        return offset(node.lineno, node.col_offset), offset(node.end_lineno or node.lineno, node.end_col_offset or 0)

    return place


@lru_cache(maxsize=128)
def _drawn(masked: str, page: PageCode) -> frozenset[CodeText]:
    """Every string literal in a place where a figure takes a text."""
    found, place, helpers = set[CodeText](), _places(masked), dict(page.helpers)
    for call in _calls(masked):
        for argument in text_arguments(call, helpers):
            for node in _literals(argument):
                with suppress(ValueError):
                    found.add(_shown_text(FIGURE, node, *place(node)))
    return frozenset(found)


def _literals(node: ast.expr) -> Iterator[ast.Constant | ast.JoinedStr]:
    """The string literals that `node` may be: itself, the items of a list, the branches of a condition."""
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr():
            yield node
        case ast.List(elts=items) | ast.Tuple(elts=items):
            for item in items:
                yield from _literals(item)
        case ast.IfExp(body=first, orelse=second):
            yield from _literals(first)
            yield from _literals(second)


def _shown_text(kind: str, node: ast.Constant | ast.JoinedStr, start: int, end: int) -> CodeText:
    parts = literal_parts(node)
    placeholders = tuple(parts[1::2]) if isinstance(node, ast.JoinedStr) else None
    return CodeText(kind, "".join(parts), start, end, node.lineno, placeholders)


def literal_parts(node: ast.Constant | ast.JoinedStr) -> list[str]:
    """The text of a literal in parts, every second of which is a placeholder.

    ValueError where a placeholder is too long to be written.
    """
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    parts = [""]
    for value in node.values:
        if isinstance(value, ast.FormattedValue):
            parts += [_placeholder(value), ""]
        elif isinstance(value, ast.Constant):
            parts[-1] += str(value.value)
    return parts


def _is_writable(text: str) -> bool:
    """Can a file hold the text? Not where it has half a character, a lone `\\ud…`."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _placeholder(value: ast.FormattedValue) -> str:
    """`{expression!r:format}` as Python would write it: the same in every Python version."""
    conversion = f"!{chr(value.conversion)}" if value.conversion > 0 else ""
    form = "" if value.format_spec is None else ":" + _format_text(value.format_spec)
    return "{" + _written(value.value) + conversion + form + "}"


def _written(node: ast.expr) -> str:
    """An expression as Python would write it. ValueError where it, or a number in it, is too long for that."""
    if not is_shallow(node, limits.PLACEHOLDER):
        raise ValueError("is nested too deeply")
    return ast.unparse(node)


def _format_text(spec: ast.expr) -> str:
    assert isinstance(spec, ast.JoinedStr)
    return "".join(_placeholder(v) if isinstance(v, ast.FormattedValue) else str(v.value) for v in spec.values)  # type: ignore[attr-defined]
