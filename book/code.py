"""The translatable texts of a code cell: its comments, and the strings that its figures show.

They are found in the tokens and the syntax tree, so that nothing else can be touched, and `skeleton` proves afterwards
that nothing else was.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate

from book import limits

# Where figures take their texts: the position of the text among a method's arguments.
POSITIONS = {
    "annotate": 0, "bar": 0, "barh": 0, "figtext": 2, "legend": 0, "set_label": 0, "set_title": 0, "set_xlabel": 0,
    "set_xticklabels": 0, "set_ylabel": 0, "set_yticklabels": 0, "set_zlabel": 0, "suptitle": 0, "supxlabel": 0,
    "supylabel": 0, "text": 2, "title": 0, "xlabel": 0, "xticks": 1, "ylabel": 0, "yticks": 1,
}  # fmt: skip
KEYWORDS = {"label", "labels", "tick_labels", "title", "xlabel", "ylabel"}

_DIRECTIVE = re.compile(r"(type:|noqa|fmt:|pragma|pylint:|mypy:|ruff:|@|%%|!|-\*-)")
_MAGIC = re.compile(r"^([ \t]*)[%!].*$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]{2}")
_MATHS = re.compile(r"\$[^$]*\$")


@dataclass(frozen=True)
class CodeText:
    """A text in a code cell: characters `start` to `end` of the source are what a translation replaces."""

    kind: str  # "comment" or "figure text"
    text: str
    start: int
    end: int
    line: int
    placeholders: tuple[str, ...] | None = None  # of an f-string, as the source writes them; None for other texts

    def source(self, translation: str) -> str:
        """The characters that put `translation` in this text's place. ValueError where it cannot stand there."""
        if self.kind == "comment":
            if translation.splitlines() != [translation]:
                raise ValueError("a comment is one line")
            return translation
        if self.placeholders is None:
            return quoted(translation)
        parts, found = split_placeholders(translation, self.placeholders)
        if sorted(found) != sorted(self.placeholders):
            raise ValueError("the placeholders differ: " + ", ".join(self.placeholders))
        kept = set(found)
        return "f" + quoted(
            "".join(part if part in kept else part.replace("{", "{{").replace("}", "}}") for part in parts)
        )


@lru_cache(maxsize=1 << 15)  # every language asks for the English cells
def texts(source: str) -> tuple[CodeText, ...]:
    """The translatable texts of a code cell in order of place. SyntaxError where the code does not parse."""
    found = [each for each in _declared(source) if has_words(each)]
    return tuple(sorted([*_comments(source), *found], key=lambda each: each.start))


def replace(source: str, translations: dict[str, str]) -> str:
    """`source` with each text that `translations` has replaced. ValueError where one cannot stand in its place."""
    for each in reversed(texts(source)):
        if each.text in translations:
            source = source[: each.start] + each.source(translations[each.text]) + source[each.end :]
    return source


@lru_cache(maxsize=1 << 15)
def skeleton(source: str) -> bytes:
    """A digest of everything that is not translatable: tokens and syntax tree with the figures' texts blanked.

    Two sources with equal skeletons run alike, save for what the figures' texts say.
    """
    masked = mask_magics(source)
    magics = [match[0] for match in _MAGIC.finditer(source)] if masked != source else []
    for each in reversed(_declared(source)):
        kept = "" if each.placeholders is None else "f" + "".join(sorted(each.placeholders))
        masked = masked[: each.start] + repr(kept) + masked[each.end :]
    tokens = [
        token.string
        for token in tokenize.generate_tokens(io.StringIO(masked).readline)
        if token.type not in (tokenize.COMMENT, tokenize.NL)
    ]
    return sha256(repr((tokens, magics, list(_flat(_parsed(masked))))).encode("utf-8", "surrogatepass")).digest()


def split_placeholders(text: str, placeholders: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """`text` cut before and after every placeholder, and the placeholders that it has, in its order."""
    if not placeholders:
        return [text], []
    pattern = "|".join(re.escape(each) for each in sorted(set(placeholders), key=len, reverse=True))
    return re.split(f"({pattern})", text), re.findall(pattern, text)


def has_words(each: CodeText) -> bool:
    """Is there a word to translate, besides maths, placeholders and single letters such as γ or N?"""
    parts, found = split_placeholders(_MATHS.sub("", each.text), each.placeholders or ())
    return any(_WORD.search(part) for part in set(parts) - set(found))


def quoted(text: str) -> str:
    """`text` as a Python string literal in double quotes, letters of every script as they are."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def mask_magics(source: str) -> str:
    """`source` with IPython's `%` and `!` lines made into statements of the same length that Python can parse."""
    try:
        _parsed(source)
    except SyntaxError:
        return _MAGIC.sub(lambda match: f"{match[1]}0".ljust(len(match[0])), source)
    return source


@lru_cache(maxsize=4)  # the tree is looked at several times, and never changed
def _parsed(source: str) -> ast.Module:
    """The syntax tree. SyntaxError also where the code is nested too deeply for Python, or for what works on the tree.

    Python alone decides that by how deep its own stack is at the moment.
    """
    try:
        tree = ast.parse(source)
    except (RecursionError, MemoryError) as error:
        raise SyntaxError("it is nested too deeply") from error
    _require_shallow(tree, limits.NESTED)
    return tree


def _require_shallow(tree: ast.AST, deepest: int) -> None:
    level: list[ast.AST] = [tree]
    for _ in range(deepest):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return
    raise SyntaxError("it is nested too deeply", ("", getattr(level[0], "lineno", 1), 0, ""))


def _flat(tree: ast.AST) -> Iterator[str]:
    """What the tree consists of, as `ast.dump` has it, without recursion."""
    waiting: list[object] = [tree]
    while waiting:
        match waiting.pop():
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


def _comments(source: str) -> Iterator[CodeText]:
    masked = mask_magics(source)
    offsets = _line_offsets(masked)
    for token in tokenize.generate_tokens(io.StringIO(masked).readline):
        text = token.string.lstrip("#").strip()
        if token.type != tokenize.COMMENT or _DIRECTIVE.match(text) or not _WORD.search(text):
            continue
        start = offsets[token.start[0] - 1] + token.start[1] + token.string.index(text)
        yield CodeText("comment", text, start, start + len(text), token.start[0])


def _declared(source: str) -> list[CodeText]:
    """Every string literal in a place where a figure takes a text."""
    masked = mask_magics(source)
    lines = masked.split("\n")
    offsets = _line_offsets(masked)

    def offset(line: int, column: int) -> int:  # the syntax tree counts columns in bytes of UTF-8
        return offsets[line - 1] + len(lines[line - 1].encode()[:column].decode())

    found = []
    for call in ast.walk(_parsed(masked)):
        if not isinstance(call, ast.Call):
            continue
        for argument in _figure_arguments(call):
            for node in _literals(argument):
                start = offset(node.lineno, node.col_offset)
                end = offset(node.end_lineno or node.lineno, node.end_col_offset or 0)
                found.append(_figure_text(node, start, end))
    return sorted(set(found), key=lambda each: each.start)


def _figure_arguments(call: ast.Call) -> Iterator[ast.expr]:
    position = POSITIONS.get(call.func.attr) if isinstance(call.func, ast.Attribute) else None
    if position is not None and len(call.args) > position:
        yield call.args[position]
    # A page's own helper may take a label and hand it on, so keywords count in every call.
    yield from (keyword.value for keyword in call.keywords if keyword.arg in KEYWORDS)


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


def _figure_text(node: ast.Constant | ast.JoinedStr, start: int, end: int) -> CodeText:
    if isinstance(node, ast.Constant):
        return CodeText("figure text", _writable(str(node.value), node), start, end, node.lineno)
    parts, placeholders = [], []
    for value in node.values:
        if isinstance(value, ast.FormattedValue):
            placeholders.append(_placeholder(value))
            parts.append(placeholders[-1])
        elif isinstance(value, ast.Constant):
            parts.append(str(value.value))
    return CodeText("figure text", _writable("".join(parts), node), start, end, node.lineno, tuple(placeholders))


def _writable(text: str, node: ast.expr) -> str:
    """`text`, which no file can have where it is half a character. SyntaxError."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise SyntaxError("a figure's text has half a character, a lone `\\ud…`", ("", node.lineno, 0, "")) from error
    return text


def _placeholder(value: ast.FormattedValue) -> str:
    """`{expression!r:format}` as Python would write it: the same in every Python version."""
    conversion = f"!{chr(value.conversion)}" if value.conversion > 0 else ""
    form = "" if value.format_spec is None else ":" + _format_text(value.format_spec)
    _require_shallow(value.value, limits.PLACEHOLDER)
    try:
        return "{" + ast.unparse(value.value) + conversion + form + "}"
    except ValueError as error:  # a number that is too long to be written
        raise SyntaxError(str(error), ("", value.lineno, 0, "")) from error


def _format_text(spec: ast.expr) -> str:
    assert isinstance(spec, ast.JoinedStr)
    return "".join(_placeholder(v) if isinstance(v, ast.FormattedValue) else str(v.value) for v in spec.values)  # type: ignore[attr-defined]


def _line_offsets(source: str) -> list[int]:
    return [0, *accumulate(len(line) + 1 for line in source.split("\n"))]
