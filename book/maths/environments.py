"""Environments, tags and texts, written in terms that latex2mathml knows."""

from __future__ import annotations

from dataclasses import dataclass, field

from book.maths.arrays import array, columns_of, in_rows, tag
from book.maths.latex import LatexError, Reader, joined
from book.maths.numbers import Line, Numbers
from book.maths.texts import OPERATORS, TEXTS, operator, text


@dataclass(frozen=True)
class _Kind:
    """How an environment is set: its columns, repeated as they are needed, what stands around it, its numbers."""

    mark: str
    columns: str
    numbered: bool = False
    left: str = ""
    right: str = ""
    arguments: int = 0


_ALIGN, _GATHER, _CASES = "align", "gather", "cases"
_TABLES = {
    **dict.fromkeys(("align", "flalign"), _Kind(_ALIGN, "rl", numbered=True)),
    **dict.fromkeys(("alignat", "xalignat", "xxalignat"), _Kind(_ALIGN, "rl", numbered=True, arguments=1)),
    **dict.fromkeys(("aligned", "split"), _Kind(_ALIGN, "rl")),
    "alignedat": _Kind(_ALIGN, "rl", arguments=1),
    "eqnarray": _Kind("eqnarray", "rcl", numbered=True),
    "gather": _Kind(_GATHER, "c", numbered=True),
    "gathered": _Kind(_GATHER, "c"),
    "multline": _Kind("multline", "c", numbered=True),
    "multlined": _Kind("multline", "c"),
    "cases": _Kind(_CASES, "l", left=r"\left\{", right=r"\right."),
    "dcases": _Kind("dcases", "l", left=r"\left\{", right=r"\right."),
    "rcases": _Kind(_CASES, "l", left=r"\left.", right=r"\right\}"),
    "drcases": _Kind("dcases", "l", left=r"\left.", right=r"\right\}"),
}
_ONE_LINE = {"equation": True, "displaymath": False, "math": False}  # has it a number?
_SMALL = {"psmallmatrix": "()", "bsmallmatrix": "[]", "Bsmallmatrix": ("\\{", "\\}"), "vsmallmatrix": "||"}
_MATRICES = {"matrix": ".", "pmatrix": "()", "bmatrix": "[]", "Bmatrix": ("\\{", "\\}"), "vmatrix": "||",
             "Vmatrix": ("\\|", "\\|"), "smallmatrix": "."}  # fmt: skip
_ARRAYS = ("array", "darray", "subarray")
_NEW_ROW = (r"\\", r"\cr", r"\newline")
_RULES = (r"\hline", r"\hdashline")
_NO_NUMBER = (r"\nonumber", r"\notag")
_DEEPEST = 100  # braces within braces


@dataclass
class _Row:
    cells: list[list[str]]
    line: Line
    ruled: bool = False


@dataclass
class Rewritten:
    """A formula in latex2mathml's terms, up to what its labels stand for, and its own labels."""

    tokens: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)


def rewritten(tokens: list[str], numbers: Numbers, *, display: bool, numbered: bool = False) -> Rewritten:
    """The formula with its environments in terms of arrays, numbered from `numbers` on. Raises LatexError."""
    return _Writer(numbers).formula(tokens, display, numbered)


class _Writer:
    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers
        self._labels: list[str] = []

    def formula(self, tokens: list[str], display: bool, numbered: bool) -> Rewritten:
        line = Line(numbered)
        rows = self._rows(Reader(tokens), "", line)
        if len(rows) > 1 or len(rows[0].cells) > 1:
            if not display:
                raise LatexError("has a `&` or a `\\\\` outside of any environment")
            made = self._table(rows, _TABLES["aligned" if any(len(row.cells) > 1 for row in rows) else "gathered"])
        else:
            made = rows[0].cells[0]
        tokens = self._with_number(made, line)
        return Rewritten(tokens, self._labels)

    def _with_number(self, made: list[str], line: Line) -> list[str]:
        """A formula with its number beside it, as a table of one row."""
        self._labels += line.labels
        shown = self._numbers.of(line)
        return array(_GATHER, "cr", [[made, tag(shown)]]) if shown else made

    def _rows(self, reader: Reader, end: str, line: Line, numbered: bool = False) -> list[_Row]:
        """The rows up to the end of the environment `end`; what is said of a whole formula is noted in `line`.

        Raises LatexError where something in it has no end.
        """
        rows = [_Row([[]], Line(numbered) if numbered else line)]
        depth = 0
        while reader:
            token, row = reader.next(), rows[-1]
            depth = _deeper(depth, token)
            if token == r"\end":
                _require_end(reader.name(), end, depth)
                return _without_empty_end(rows)
            if depth == 0 and token == "&":
                row.cells.append([])
            elif depth == 0 and token in _NEW_ROW:
                _skip_distance(reader)
                rows.append(_Row([[]], Line(numbered) if numbered else line))
            else:
                self._add(token, row, reader, line)
        if end or depth > 0:
            raise LatexError(f"has no `\\end{{{end}}}`" if end else "has a `{` without its `}`")
        return _without_empty_end(rows)

    def _add(self, token: str, row: _Row, reader: Reader, outer: Line) -> None:
        """Add a token, with its arguments, to a row."""
        cell = row.cells[-1]
        if token in _RULES:
            row.ruled = True
        elif token == r"\nolimits":
            cell[-1:] = ["{", *cell[-1:], "}"]  # what stands in braces has its limits beside it
        else:
            cell += self._token(token, reader, row.line, outer)

    def _token(self, token: str, reader: Reader, line: Line, outer: Line) -> list[str]:
        if token == r"\begin":
            return self._environment(reader.name(), reader, outer)
        if token == r"\label":
            line.labels.append(reader.name())
            return []
        if token in (r"\tag", r"\tag*"):
            words = joined(reader.argument()).replace("$", "")
            line.tag = words if token.endswith("*") else f"({words})"
            return []
        if token in _NO_NUMBER:
            line.numbered = False
            return []
        if token in (r"\ref", r"\eqref"):
            return [token, "{", reader.name(), "}"]
        if token in TEXTS:
            return text(token, reader.argument())
        if token in OPERATORS:
            return operator(token, reader.argument())
        if token in (r"\intertext", r"\shortintertext"):
            return [r"\text", "{", *reader.argument(), "}"]
        return [token]

    def _environment(self, name: str, reader: Reader, outer: Line) -> list[str]:
        plain = name.removesuffix("*")
        if plain in _ONE_LINE:
            outer.numbered = _ONE_LINE[plain] and plain == name
            rows = self._rows(reader, name, outer)
            return self._table(rows, _TABLES["gathered"]) if len(rows) > 1 else rows[0].cells[0]
        if kind := _TABLES.get(plain):
            return self._kind(name, kind, reader, outer)
        if plain in _SMALL:
            left, right = _SMALL[plain]
            inner = self._verbatim(name, "smallmatrix", reader, [])
            return [r"\left", left, *inner, r"\right", right]
        if plain in _MATRICES:
            align = reader.optional() if plain != name else None
            if align:
                return self._aligned_matrix(name, align, reader)
            return ["{", *self._verbatim(name, plain, reader, []), "}"]  # as high as what stands in it
        if plain in _ARRAYS:
            reader.optional()
            columns = columns_of(joined(reader.argument()))
            made = self._verbatim(name, "array", reader, ["{", *columns, "}"])
            return [r"\substack{", *made, "}"] if plain == "subarray" else made
        raise LatexError(f"has the environment `{name}`, which is not known here")

    def _kind(self, name: str, kind: _Kind, reader: Reader, outer: Line) -> list[str]:
        if name in ("aligned", "gathered", "alignedat", "multlined", "split"):
            reader.optional()  # how it stands beside other things
        for _ in range(kind.arguments):
            reader.argument()
        if kind.numbered and kind.mark == "multline":
            outer.numbered = not name.endswith("*")
            return self._table(self._rows(reader, name, outer), kind)
        starred = name.endswith("*")
        rows = self._rows(reader, name, outer, numbered=kind.numbered)
        for row in rows if kind.numbered and starred else ():
            row.line.numbered = False
        return self._table(rows, kind)

    def _table(self, rows: list[_Row], kind: _Kind) -> list[str]:
        width = max(len(row.cells) for row in rows)
        columns = (kind.columns * width)[:width]
        cells = [row.cells + [[]] * (width - len(row.cells)) for row in rows]
        if kind.numbered and kind.mark != "multline":
            shown = []
            for row in rows:
                self._labels += row.line.labels
                shown.append(self._numbers.of(row.line))
            if any(shown):
                cells = [[*its, tag(each)] for its, each in zip(cells, shown, strict=True)]
                columns += "r"
        inner = array(kind.mark, columns, cells)
        return [kind.left, *inner, kind.right] if kind.left else inner

    def _aligned_matrix(self, name: str, align: list[str], reader: Reader) -> list[str]:
        rows = [row.cells for row in self._rows(reader, name, Line(numbered=False))]
        columns = columns_of(joined(align)) * max(map(len, rows))
        left, right = _MATRICES[name.removesuffix("*")][0], _MATRICES[name.removesuffix("*")][-1]
        return [r"\left", left, *array("matrix", columns, rows), r"\right", right]

    def _verbatim(self, name: str, known_as: str, reader: Reader, argument: list[str]) -> list[str]:
        """An environment that latex2mathml knows, with what is in it."""
        rows = self._rows(reader, name, Line(numbered=False))
        made = [[_ruled(cell, row) if not at else cell for at, cell in enumerate(row.cells)] for row in rows]
        return [r"\begin", "{", known_as, "}", *argument, *in_rows(made), r"\end", "{", known_as, "}"]


def _deeper(depth: int, token: str) -> int:
    """How many braces are open after a token, which were `depth`. Raises LatexError."""
    depth += (token == "{") - (token == "}")
    if depth < 0:
        raise LatexError("has a `}` without its `{`")
    if depth > _DEEPEST:
        raise LatexError("is nested too deeply")
    return depth


def _require_end(name: str, end: str, depth: int) -> None:
    if name != end or depth:
        raise LatexError(f"has `\\end{{{name}}}` where {f'`{end}`' if end else 'nothing'} is to end")


def _without_empty_end(rows: list[_Row]) -> list[_Row]:
    last = rows[-1]
    if len(rows) > 1 and len(last.cells) == 1 and not last.ruled and all(map(str.isspace, last.cells[0])):
        return rows[:-1]
    return rows


def _ruled(cell: list[str], row: _Row) -> list[str]:
    return [r"\class{+ruled}", "{", "}", *cell] if row.ruled else cell


def _skip_distance(reader: Reader) -> None:
    """What may stand behind `\\\\`: a star, and how far the next row is."""
    if reader.peek() == "*":
        reader.next()
    reader.optional()
