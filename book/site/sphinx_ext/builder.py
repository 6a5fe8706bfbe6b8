"""Sphinx's HTML builder, which gets by without the cells at which a page cannot be read or written, and names them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.logging import suppress_logging

from book.site.sphinx.pool import Fault

faults: list[Fault] = []  # of the run in this process

_SHOWN = 160  # characters of what Sphinx says


def note(docname: str, cell_id: str, message: str) -> None:
    """Note that a cell cannot be shown as it is."""
    faults.append(Fault(docname.rpartition("/")[2], cell_id, message))


class PageBuilder(StandaloneHTMLBuilder):
    """Where a page fails, its cells are tried, and those at which it fails are left out.

    docutils, Sphinx, extensions and the theme fail in many ways; all of them raise, and few say where.
    """

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._left_out: dict[str, set[int]] = {}
        self.events.connect("source-read", self._leave_out, 0)

    def _read_serial(self, docnames: list[str]) -> None:
        for docname in docnames:
            read = partial(self._read_one, docname)
            self._carefully(docname, read, read)

    def _write_serial(self, docnames: Sequence[str]) -> None:
        for docname in docnames:
            self._carefully(docname, partial(self._write_one, docname), partial(self._read_and_write, docname))

    def _read_one(self, docname: str) -> None:
        self.env.temp_data.clear()  # what an earlier attempt may have left behind
        self.env.ref_context.clear()
        super()._read_serial([docname])

    def _write_one(self, docname: str) -> None:
        super()._write_serial([docname])

    def _read_and_write(self, docname: str) -> None:
        self._read_one(docname)
        self._write_one(docname)

    def _carefully(self, docname: str, attempt: Callable[[], None], again: Callable[[], None]) -> None:
        try:
            attempt()
        except Exception:
            with suppress_logging():
                if not self._could_without_some(docname, again):
                    raise

    def _could_without_some(self, docname: str, attempt: Callable[[], None]) -> bool:
        """Leave out one cell after the other at which `attempt` fails. False where it fails without any, too."""
        cells = json.loads(Path(self.env.doc2path(docname)).read_text(encoding="utf-8"))["cells"]
        if self._failure(docname, attempt, set(range(len(cells)))):
            return False
        refused: set[int] = set()
        well = 0  # the cells before this one are well, without those refused
        while said := self._failure(docname, attempt, refused):
            ill = len(cells)  # with the cells before this one it fails
            while ill - well > 1:
                middle = (well + ill) // 2
                if failure := self._failure(docname, attempt, refused | set(range(middle, len(cells)))):
                    ill, said = middle, failure
                else:
                    well = middle
            if well in refused:  # the page fails now and then
                return False
            refused.add(well)
            note(docname, str(cells[well]["id"]), f"Sphinx fails at it ({said})")
        return True

    def _failure(self, docname: str, attempt: Callable[[], None], left_out: set[int]) -> str:
        """How `attempt` fails without these cells; empty if it does not."""
        self._left_out[docname] = left_out
        try:
            attempt()
        except Exception as error:
            return f"{type(error).__name__}: {' '.join(str(error).split())}"[:_SHOWN].rstrip(": ")
        return ""

    def _leave_out(self, app: Sphinx, docname: str, source: list[str]) -> None:
        if left_out := self._left_out.get(docname):
            notebook = json.loads(source[0])
            notebook["cells"] = [cell for number, cell in enumerate(notebook["cells"]) if number not in left_out]
            source[0] = json.dumps(notebook)


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_builder(PageBuilder, override=True)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
