"""The outputs of a code cell in the form in which the site shows them."""

from __future__ import annotations

import json
from typing import Any

from nbformat import NotebookNode

from book.localize.edition import Edition
from book.notebook.pictures import data_address
from book.site.markup import element
from book.site.source.number_tables import show_figures
from book.site.source.printed import show_printed

# What needs a program on the page that the site has not: the view of a widget. Its plain text comes with it.
_NEEDS_PROGRAM = ("application/vnd.jupyter.widget-view+json", "application/vnd.jupyter.widget-state+json")
_SHOWN = {"application/javascript", "image/gif", "image/jpeg", "image/png", "image/svg+xml", "text/html", "text/latex",
          "text/markdown", "text/plain"}  # fmt: skip


def show_outputs(cell: NotebookNode, edition: Edition) -> None:
    """What the cell has printed in columns, figures with their numbers, other kinds as far as they are known."""
    show_printed(cell)
    show_figures(cell, edition)
    _show_other_kinds(cell)


def _show_other_kinds(cell: NotebookNode) -> None:
    """Leave out what nothing on the page would read, and show what MyST-NB does not know."""
    for output in cell.get("outputs", []):
        data: dict[str, Any] = output.get("data", {})
        for kind in _NEEDS_PROGRAM:
            data.pop(kind, None)
        if (picture := data.pop("image/webp", None)) and not data.keys() & (_SHOWN - {"text/plain"}):
            data["text/html"] = element("img", src=data_address("image/webp", picture), alt=data.get("text/plain", ""))
        if "application/json" in data and not data.keys() & _SHOWN:
            data["text/plain"] = json.dumps(data.pop("application/json"), indent=2, ensure_ascii=False)
