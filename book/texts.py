"""The translatable texts of a page, each filed under the id of its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from book import code
from book.errors import NotebookError

PROSE, COMMENT, FIGURE, ALT = "prose", "comment", "figure text", "alternative text of a figure"
INTERFACE = "interface"

Key = tuple[str, str]


@dataclass(frozen=True)
class Text:
    """One text to translate. `context` is `PAGE/CELL-ID`; with the text itself it identifies the PO entry."""

    context: str
    text: str
    kind: str
    heading: str = ""
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
        """What a translator is told about the text: where it stands and what kind it is."""
        lines = [f"{self.kind}; section: {self.heading}" if self.heading else self.kind]
        return [*lines, f"in: {self.code_line}"] if self.code_line else lines


def texts_of(page: str, notebook: NotebookNode, path: Path) -> list[Text]:
    """The texts of a page in reading order; a text that a cell repeats is listed once.

    Raises NotebookError where a code cell does not parse.
    """
    found: dict[Key, Text] = {}
    heading = ""
    for cell in notebook.cells:
        context = f"{page}/{cell.get('id', '')}"
        heading = _heading(cell) or heading
        for text in _cell_texts(cell, context, heading, path):
            found.setdefault(text.key, text)
    return list(found.values())


def alt_text(cell: NotebookNode) -> str:
    """The alternative text of the cell's figure, where myst-nb looks for it; empty if there is none."""
    image: Any = cell.metadata.get("mystnb", {}).get("image", {})
    return str(image.get("alt", ""))


def _cell_texts(cell: NotebookNode, context: str, heading: str, path: Path) -> Iterator[Text]:
    if cell.cell_type == "markdown" and cell.source.strip():
        yield Text(context, cell.source, PROSE, heading)
    if cell.cell_type != "code":
        return
    try:
        found = code.texts(cell.source)
    except SyntaxError as error:
        raise NotebookError(f"cell `{cell.get('id')}` is no valid Python: {error.msg}; correct it", path) from error
    lines = [*cell.source.split("\n"), ""]
    for each in found:
        kind = COMMENT if each.kind == "comment" else FIGURE
        line = lines[each.line - 1].strip()
        stands_above = line.startswith("#")  # then the line below says more than the comment itself
        yield Text(
            context,
            each.text,
            kind,
            heading,
            lines[each.line].strip() if stands_above else line,
            each.placeholders or (),
        )
    if alt := alt_text(cell):
        yield Text(context, alt, ALT, heading)


def _heading(cell: NotebookNode) -> str:
    if cell.cell_type != "markdown":
        return ""
    found = re.findall(r"^#{1,6} +(.+?)\s*$", cell.source, re.MULTILINE)
    return str(found[-1]) if found else ""
