"""What Sphinx warns of, with the page and the cell that it concerns, in the place of lines on standard error.

Tried on Sphinx 7.4.7 and MyST-NB 1.4.0, which gives the lines of a notebook as 10,000 times the number of the cell.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import NAMESPACE, WarningStreamHandler

from book.site.handoff import Warned

_PLACE = re.compile(r"(?P<document>.+)\.ipynb(?::(?P<line>\d+)?)?:?")
_LAST = 999  # of the handlers of an event
_LINES = 10_000  # of a cell, in MyST-NB's numbers; the first cell's begin with it

warned: list[Warned] = []  # of the run in this process, as are the following
read: set[str] = set()  # documents
written: set[str] = set()
_is_reading = [True]
_in_hand = [""]  # the document that is being read: some warnings name none


def clear() -> None:
    """Begin a run."""
    for each in (warned, read, written):
        each.clear()
    _is_reading[:], _in_hand[:] = [True], [""]


class _Collector(logging.Handler):
    """Takes the place of Sphinx's own handler of warnings, with its filters. `source` is the folder it reads."""

    source = ""

    def emit(self, record: logging.LogRecord) -> None:
        location = str(getattr(record, "location", None) or "").replace("\\", "/")
        place = _PLACE.fullmatch(location.rpartition(f"{self.source}/")[2])
        in_hand = vars(record).setdefault(
            "in_hand", _in_hand[0]
        )  # Sphinx hands on a record again where it was kept back
        document = place["document"] if place else in_hand
        number = int(place["line"] or 0) // _LINES - 1 if place else -1
        message = " ".join(logging.LogRecord.getMessage(record).split())
        warned.append(Warned(document, number if number >= 0 else None, message, _is_reading[0]))


def _collect(source: str) -> None:
    logger = logging.getLogger(NAMESPACE)
    for handler in [each for each in logger.handlers if isinstance(each, WarningStreamHandler)]:
        collector = _Collector(logging.WARNING)
        collector.filters, collector.source = handler.filters, source
        logger.removeHandler(handler)
        logger.addHandler(collector)


def _note_read(app: Sphinx, docname: str, source: list[str]) -> None:
    read.add(docname)
    _in_hand[:] = [docname]


def _note_end(app: Sphinx, doctree: nodes.document) -> None:
    _in_hand[:] = [""]


def _note_written(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    written.add(docname)


def _begin_writing(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    _is_reading[:] = [False]
    return ()


def setup(app: Sphinx) -> dict[str, bool]:
    _collect(app.srcdir.as_posix())
    app.connect("source-read", _note_read)
    app.connect("doctree-read", _note_end, priority=_LAST)
    app.connect("env-updated", _begin_writing)
    app.connect("doctree-resolved", _note_written)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
