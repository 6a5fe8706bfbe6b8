"""The rules over the code of the English notebooks: what of it cannot be translated."""

from __future__ import annotations

from collections.abc import Iterator

from nbformat import NotebookNode

from book.code import untranslatable
from book.ipython import is_runnable
from book.texts import page_helpers

NO_PROGRAM, PUT_TOGETHER = "no-program", "put-together"
_SHOWN = 60  # characters of code in a message


def check_code(notebook: NotebookNode) -> Iterator[tuple[str, str, str]]:
    """(cell id, message, rule) for the code cells of a page."""
    helpers = page_helpers(notebook)
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        if not is_runnable(cell.source):
            message = "is no program that IPython runs, so its texts stay in English; correct it"
            yield cell.get("id", ""), message, NO_PROGRAM
        for line, text in untranslatable(cell.source, helpers):
            shown = " ".join(text.split())[:_SHOWN]
            message = f"its line {line} puts a figure's text together, `{shown}`; write an f-string, to translate it"
            yield cell.get("id", ""), message, PUT_TOGETHER
