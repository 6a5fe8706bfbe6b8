"""Where notebooks and PO files are out of step: what `sync` would change, told by page and not by language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib

from book.findings import Finding
from book.language.language import Language
from book.po import cell_ids
from book.po.matching import cell_of, page_of
from book.po.sync import Plan
from book.source import Source

RULE = "out-of-step"
SHOWN = 6  # cells named in one line


@dataclass(frozen=True)
class Changes:
    """What `sync` would change in a language: ids that were others before, and by page the cells that differ."""

    ids: dict[str, str]
    cells: dict[str, set[str]]


@dataclass
class OutOfSync:
    """What is out of step in the languages whose changes were added, but for the pages `unsound`, whose ids are."""

    source: Source
    unsound: set[str] = field(default_factory=set)
    _cells: dict[str, set[str]] = field(default_factory=dict)  # by page
    _languages: dict[str, set[str]] = field(default_factory=dict)  # codes by page
    _ids: dict[str, str] = field(default_factory=dict)

    def changes(self, planned: Plan) -> Changes:
        """What of a plan is to be told."""
        ids = {today: was for today, was in planned.renamed.items() if page_of(today) not in self.unsound}
        found: dict[str, set[str]] = {}
        told = planned.renamed.keys() | set(planned.renamed.values())
        for page, made in planned.changed.items():
            contexts = _changed_contexts(made, planned.old.get(page))
            for context in contexts - told if contexts else {f"{page}/"}:
                if (place := page_of(context) or page) not in self.unsound:
                    found.setdefault(place, set()).add(cell_of(context))
        return Changes(ids, found)

    def add(self, language: Language, changes: Changes) -> None:
        self._ids |= changes.ids
        for page, cells in changes.cells.items():
            self._cells.setdefault(page, set()).update(cells)
            self._languages.setdefault(page, set()).add(language.code)

    def findings(self) -> Iterator[Finding]:
        """For each page at most one finding for ids and one for the rest."""
        for page, cell, message in cell_ids.changed(self.source.project, self._ids):
            line = self.source.pages[page].lines[cell]
            yield self.source.project.finding(self.source.project.notebook(page), line, message, cell_ids.CHANGED)
        for page in sorted(self._cells):
            yield self._finding(page)

    def _finding(self, page: str) -> Finding:
        languages = ", ".join(sorted(self._languages[page]))
        order = list(dict.fromkeys(text.cell_id for text in self.source.texts.get(page, [])))
        changed = self._cells[page] - {""}
        cells, gone = [each for each in order if each in changed], sorted(changed - set(order))
        messages = [f"{_listed(cells, 'differs', 'differ')} from what {languages} translate"] if cells else []
        if gone:
            messages.append(f"{_listed(gone, 'has', 'have')} no text any more, but {languages} translate it")
        if page not in self.source.texts:
            messages = [f"`{page}` is no page of the book, but {languages} translate it"]
        message = "; ".join(messages) or f"the entries of {languages} are out of order or their hints are old"
        return self.source.project.finding(*self._place(page, [*cells, *gone]), f"{message}; run `book sync`", RULE)

    def _place(self, page: str, cells: list[str]) -> tuple[Path, int]:
        """The file and the line to look at: of the first cell that is there, of the table of contents for no page."""
        if page in self.source.project.pages:
            lines = self.source.pages[page].lines
            return self.source.project.notebook(page), next((lines[cell] for cell in cells if cell in lines), 1)
        return self.source.project.root / ("translations" if page in self.source.texts else "_toc.yml"), 1


def _listed(cells: list[str], one: str, many: str) -> str:
    if len(cells) == 1:
        return f"cell `{cells[0]}` {one}"
    more = f" and {len(cells) - SHOWN} more" if len(cells) > SHOWN else ""
    return f"cells {', '.join(f'`{each}`' for each in cells[:SHOWN])}{more} {many}"


def _changed_contexts(*catalogs: polib.POFile | None) -> set[str]:
    """The contexts of entries that only one of two catalogs has."""
    made, stored = ({(e.msgctxt or "", e.msgid) for e in each or () if not e.obsolete} for each in catalogs)
    return {context for context, _ in made ^ stored}
