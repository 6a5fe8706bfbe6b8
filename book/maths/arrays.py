"""Tables in terms of `array`, of which latex2mathml knows the columns.

A table is marked with `\\class{+KIND}{…}`, a row's number with `\\class{+tag}{…}`; `browsers` makes classes of these.
"""

from __future__ import annotations

import re

from book.maths.latex import LatexError
from book.maths.texts import text

_COLUMN_ARGUMENTS = re.compile(r"[@!>]\{(?:[^{}]|\{[^{}]*\})*\}|\s+")
_REPEATED = re.compile(r"\*\{?(\d{1,2})\}?\{([^{}]*)\}")
_MOST_COLUMNS = 200


def array(mark: str, columns: str, rows: list[list[list[str]]]) -> list[str]:
    table = [r"\begin", "{", "array", "}", "{", *columns, "}", *in_rows(rows), r"\end", "{", "array", "}"]
    return [rf"\class{{+{mark}}}", "{", *table, "}"]


def in_rows(rows: list[list[list[str]]]) -> list[str]:
    """Rows with what is between them.

    A cell that begins with a bracket or a brace might be taken for an argument; an empty one at the end drops its row.
    """
    made: list[str] = []
    for number, row in enumerate(rows):
        made += [r"\\"] * (number > 0)
        for at, cell in enumerate(row):
            made += ["&"] * (at > 0)
            start = next((token for token in cell if not token.isspace()), "")
            made += ["{", "}"] * (not start or (start in "[{" and at == 0))
            made += cell
    return made


def tag(shown: str) -> list[str]:
    return [r"\class{+tag}", "{", *text(r"\text", [shown]), "}"] if shown else []


def columns_of(written: str) -> str:
    """The columns of an array as `l`, `c`, `r` and `|`. Raises LatexError for others."""
    plain = _COLUMN_ARGUMENTS.sub("", _REPEATED.sub(lambda found: found[2] * int(found[1]), written))
    plain = re.sub(r"[pmb]\{[^{}]*\}", "l", plain).replace(":", "|").replace("||", "|")
    if not re.fullmatch(r"[lcr|]+", plain) or len(plain) > _MOST_COLUMNS:
        raise LatexError(f"has an array with columns `{written}`; write `l`, `c`, `r` and `|`")
    return plain
