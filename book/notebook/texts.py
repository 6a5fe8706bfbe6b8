"""The translatable texts of a page, each filed under the id of its cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from book import limits
from book.notebook.code import code_text, translatable
from book.notebook.code.mathtext import has_formula
from book.notebook.code.page_code import PageCode, page_code
from book.notebook.markdown.tokens import NOTHING, Definitions, definitions
from book.notebook.markdown.words import has_words, headings

COMMENT, FIGURE, PRINTED = code_text.COMMENT, code_text.FIGURE, code_text.PRINTED
PROSE, ALT = "prose", "alternative text of a figure"
INTERFACE = "interface"
FORMER = "former wording"  # the English that an outdated translation was made of, as its entry says
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
    placeholders: tuple[str, ...] = ()  # of an f-string, such as `{loss:.2f}`
    definitions: Definitions = NOTHING  # of its page, among which prose is read

    @property
    def key(self) -> Key:
        return self.context, self.text

    @property
    def cell_id(self) -> str:
        return self.context.rpartition("/")[2]

    @property
    def hints(self) -> list[str]:
        """What a translator is told about the text: what kind it is, on which page, in which section and code line.

        What comes before and after it on the page are the entries before and after it.
        """
        lines = [f"{self.kind}; {self.where}" if self.where else self.kind]
        return [*lines, f"in: {self.code_line}"] if self.code_line else lines


Texts = dict[str, list[Text]]  # by page


def texts_of(
    page: str,
    notebook: NotebookNode,
    its_code: PageCode | None = None,
    skipped: frozenset[str] = frozenset(),
) -> list[Text]:
    """The texts of a page in reading order; a text that a cell repeats is listed once, one that is too long never.

    `its_code` is its `page_code` where that is known already, `skipped` are the ids of cells that nobody translates.
    """
    found: dict[Key, Text] = {}
    title = heading = ""
    its_code = page_code(notebook) if its_code is None else its_code
    defined = definitions(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    for cell in notebook.cells:
        if cell.get("id") in skipped:
            continue
        context = f"{page}/{cell.get('id', '')}"
        heading = ([heading] + (headings(cell.source) if cell.cell_type == "markdown" else []))[-1]
        title = title or heading
        where = "; ".join([f"page: {title}"] * bool(title) + [f"section: {heading}"] * (heading not in ("", title)))
        for text in _cell_texts(cell, context, where, its_code, defined):
            if len(text.text) <= limits.TEXT:
                found.setdefault(text.key, text)
    return list(found.values())


def alt_text(cell: NotebookNode) -> str:
    """The alternative text of the cell's figure, where myst-nb looks for it; empty if there is none."""
    image: Any = cell.metadata.get("mystnb", {}).get("image", {})
    return str(image.get("alt", ""))


def _cell_texts(
    cell: NotebookNode, context: str, where: str, its_code: PageCode, defined: Definitions
) -> Iterator[Text]:
    if cell.cell_type == "markdown" and has_words(cell.source):
        yield Text(context, cell.source, PROSE, where, definitions=defined)
    if cell.cell_type != "code":
        return
    lines = cell.source.split("\n")
    for each in translatable.texts(cell.source, its_code):
        if each.kind == FIGURE and has_formula(each.text):
            continue  # the stored figure has it letter by letter
        code_line = _code_line(lines[each.line - 1 :])
        yield Text(context, each.text, each.kind, where, code_line, each.placeholders or ())
    if alt := alt_text(cell):
        yield Text(context, alt, ALT, where)


def _code_line(lines: list[str]) -> str:
    """The first line that is more than a comment: above code, it says more than the comment itself."""
    found = next((line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    return found if len(found) <= _SHOWN else f"{found[:_SHOWN].rstrip()} …"
