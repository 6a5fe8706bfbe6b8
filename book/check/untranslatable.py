"""The rules over the cells of the English notebooks that say what of them cannot be translated."""

from __future__ import annotations

from collections.abc import Iterator

from nbformat import NotebookNode

from book import limits
from book.notebook.code import untranslatable
from book.notebook.ipython import is_runnable
from book.notebook.markdown import excess
from book.notebook.texts import page_helpers

NO_PROGRAM, PUT_TOGETHER, TOO_LONG = "no-program", "put-together", "too-long"
_SHOWN = 60  # characters of code in a message


def untranslatable_cells(notebook: NotebookNode) -> Iterator[tuple[str, str, str]]:
    """(cell id, message, rule) for what in a page stays in English whatever a translator does."""
    helpers = page_helpers(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and len(cell.source) > limits.TEXT:
            message = f"has {len(cell.source):,} characters, too many to translate; divide it, or move a picture out"
            yield cell.get("id", ""), message, TOO_LONG
        elif cell.cell_type == "markdown" and (fault := excess(cell.source)):
            yield cell.get("id", ""), f"{fault}; until then it stays in English", TOO_LONG
        if cell.cell_type != "code":
            continue
        if not is_runnable(cell.source):
            message = "is no program that IPython runs, so its texts stay in English; correct it"
            yield cell.get("id", ""), message, NO_PROGRAM
        for line, text in untranslatable(cell.source, helpers):
            shown = " ".join(text.split())[:_SHOWN]
            message = f"its line {line} puts a figure's text together, `{shown}`; write an f-string, to translate it"
            yield cell.get("id", ""), message, PUT_TOGETHER
