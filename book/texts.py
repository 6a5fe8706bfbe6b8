"""The translatable texts of a page, each filed under the id of its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from book import code, limits
from book.errors import NotebookError
from book.notebook import cell_lines

PROSE, COMMENT, FIGURE, ALT = "prose", "comment", "figure text", "alternative text of a figure"
INTERFACE = "interface"
_SHOWN = 300  # characters of a line of code in a hint

Key = tuple[str, str]


@dataclass(frozen=True)
class Text:
    """One text to translate. `context` is `PAGE/CELL-ID`; with the text itself it identifies the PO entry."""

    context: str
    text: str
    kind: str
    where: str = ""  # in words, for translators
    code_line: str = ""
    placeholders: tuple[str, ...] = ()  # of a figure's f-string, such as `{loss:.2f}`

    @property
    def key(self) -> Key:
        return self.context, self.text

    @property
    def cell_id(self) -> str:
        return self.context.partition("/")[2]

    @property
    def hints(self) -> list[str]:
        """What a translator is told about the text: what kind it is, on which page, in which section and code line.

        What comes before and after it on the page are the entries before and after it.
        """
        lines = [f"{self.kind}; {self.where}" if self.where else self.kind]
        return [*lines, f"in: {self.code_line}"] if self.code_line else lines


def texts_of(page: str, notebook: NotebookNode, path: Path) -> list[Text]:
    """The texts of a page in reading order; a text that a cell repeats is listed once.

    Raises NotebookError where a code cell does not parse.
    """
    found: dict[Key, Text] = {}
    title = heading = ""
    for number, cell in enumerate(notebook.cells):
        context = f"{page}/{cell.get('id', '')}"
        heading = _heading(cell) or heading
        title = title or heading
        where = "; ".join([f"page: {title}"] * bool(title) + [f"section: {heading}"] * (heading != title))
        try:
            for text in _cell_texts(cell, context, where):
                found.setdefault(text.key, _moderate(text))
        except SyntaxError as error:
            reason = f"its line {error.lineno or 1} is no valid Python: {error.msg}; correct it"
            raise _fault(reason, cell, path, number) from error
        except ValueError as error:
            raise _fault(str(error), cell, path, number) from error
    return list(found.values())


def _moderate(text: Text) -> Text:
    if len(text.text) > limits.TEXT:
        raise ValueError(f"a text has {len(text.text):,} characters, more than {limits.TEXT:,}; divide it")
    return text


def _fault(reason: str, cell: NotebookNode, path: Path, number: int) -> NotebookError:
    line = cell_lines(path)[number] if path.is_file() else None
    return NotebookError(f"cell `{cell.get('id')}`: {reason}", path, line)


def alt_text(cell: NotebookNode) -> str:
    """The alternative text of the cell's figure, where myst-nb looks for it; empty if there is none."""
    image: Any = cell.metadata.get("mystnb", {}).get("image", {})
    return str(image.get("alt", ""))


def _cell_texts(cell: NotebookNode, context: str, where: str) -> Iterator[Text]:
    if cell.cell_type == "markdown" and cell.source.strip():
        yield Text(context, cell.source, PROSE, where)
    if cell.cell_type != "code":
        return
    lines = cell.source.split("\n")
    for each in code.texts(cell.source):
        kind = COMMENT if each.kind == "comment" else FIGURE
        code_line = _code_line(lines[each.line - 1 :])
        yield Text(context, each.text, kind, where, code_line, each.placeholders or ())
    if alt := alt_text(cell):
        yield Text(context, alt, ALT, where)


def _code_line(lines: list[str]) -> str:
    """The first line that is more than a comment: above code, it says more than the comment itself."""
    found = next((line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    return found if len(found) <= _SHOWN else f"{found[:_SHOWN].rstrip()} …"


def _heading(cell: NotebookNode) -> str:
    if cell.cell_type != "markdown":
        return ""
    found = re.findall(r"^#{1,6} +(\S.*)$", cell.source, re.MULTILINE)
    return str(found[-1]).rstrip() if found else ""
