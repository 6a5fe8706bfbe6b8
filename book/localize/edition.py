"""The book in one language, held in memory: what `build`, `localize` and `status` start from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from nbformat import NotebookNode

from book.check.report import Finding
from book.interface import Interface
from book.language.conventions import kept_with_next
from book.localize.cells import Cell, State, Translations, localized
from book.notebook import ipynb
from book.notebook.page_links import with_addresses
from book.notebook.texts import PROSE, Text
from book.po import catalog
from book.po.file_format import Catalog
from book.po.sync import Plan, plan, project_texts
from book.project import SOURCE_LANGUAGE, Language, Project
from book.rules import safe

MADE = "made"  # the rule that what is made has all of the English but the words


@dataclass(frozen=True, eq=False)
class Edition:
    """One language of the book. The translations are taken as `sync` would leave them, so nothing is out of step.

    `pages` are the English notebooks; each is read, and each page localized, once. `refused` are the contexts, such as
    `PAGE/CELL`, whose translations are not shown though every rule lets them pass: what was made of them did more than
    speak.
    """

    project: Project
    language: Language
    pages: dict[str, NotebookNode]
    texts: dict[str, list[Text]]
    refused: dict[str, str] = field(default_factory=dict)  # why, where it is for this edition to say
    _cells: dict[str, list[Cell]] = field(default_factory=dict, repr=False)

    @cached_property
    def plan(self) -> Plan:
        if self.language.code == SOURCE_LANGUAGE:
            return Plan({})
        return plan(self.project, self.language, self.texts)

    @property
    def catalogs(self) -> dict[str, Catalog]:
        return self.plan.catalogs

    @cached_property
    def translations(self) -> Translations:
        """The translations that may be shown."""
        shown = [[entry for entry in each if entry.msgctxt not in self.refused] for each in self.catalogs.values()]
        return Translations(self.language, shown)

    @cached_property
    def _stored(self) -> Translations:
        """All translations, shown or not."""
        return Translations(self.language, self.catalogs.values())

    @cached_property
    def interface(self) -> Interface:
        return Interface(self.project, self.translations, kept_with_next(self.project, self.language))

    def refuse(self, contexts: Iterable[str], reason: str = "") -> None:
        """From now on show the English in the place of what is translated under `contexts`."""
        self.refused.update({context: reason for context in contexts if context not in self.refused})
        self._cells.clear()
        for name in ("translations", "interface"):
            self.__dict__.pop(name, None)

    def findings(self) -> list[Finding]:
        """Where a translation stands that is not shown, although each rule alone lets it pass, and why."""
        found = []
        for context, reason in self.refused.items():
            page, _, cell = context.partition("/")
            file = str(self.project.shown(self.project.catalog(self.language, page)))
            if reason:
                message = f"`{context}`: {reason}; shown in English"
                found.append(Finding(file, self.lines(page).get(cell, 1), message, MADE))
        return found

    def english(self, page: str) -> NotebookNode:
        return self.pages[page]

    def cells(self, page: str) -> list[Cell]:
        """The page's cells in this language; links to pages that the book lacks are plain words."""
        if page not in self._cells:
            made = localized(self.english(page), self.texts[page], self.translations)
            for cell in made:
                if cell.refused:
                    self.refused[f"{page}/{cell.node.id}"] = cell.refused
                if cell.node.cell_type == "markdown":
                    cell.node.source = self.with_live_links(cell.node.source)
            self._cells[page] = made
        return self._cells[page]

    def with_live_links(self, text: str) -> str:
        """The text with links to pages that the book lacks as plain words."""
        pages = set(self.project.pages)
        return with_addresses(text, lambda page, part: f"{page}.ipynb{part}" if page in pages else None)

    def state(self, text: Text) -> State:
        """How a text stands; a translation that is not safe to show counts as missing, as on the page."""
        said = self.translations.get(text.key)
        unsafe = said is not None and self.language.code != SOURCE_LANGUAGE and not safe(text, said)
        return State.UNTRANSLATED if unsafe else self.translations.state(text.key)

    def lines(self, page: str) -> dict[str, int]:
        """The line at which the texts of each cell begin, by id, in the file that a contributor edits."""
        path = self.project.notebook(page)
        if self.language.code == SOURCE_LANGUAGE:
            return {cell.id: line for cell, line in zip(self.pages[page].cells, ipynb.cell_lines(path), strict=False)}
        return {text.cell_id: self._stored.line(text.key) for text in reversed(self.texts[page])}

    def reviewers(self, page: str) -> str:
        """Who has reviewed the translation, from the PO header `X-Reviewed-By`; empty for a machine draft."""
        made = self.catalogs.get(page)
        return ", ".join(catalog.reviewers(made)) if made else ""


def editions(project: Project, languages: list[Language]) -> list[Edition]:
    """The editions in `languages`. Raises what reading notebooks and PO files raises."""
    pages = {page: ipynb.read(project.notebook(page)) for page in project.pages}
    texts = project_texts(project, pages)
    return [Edition(project, language, pages, texts) for language in languages]


def is_translated(edition: Edition, page: str) -> bool:
    """Is more than half of the page's prose in the edition's language? English always is, and a page without any."""
    prose = [text for text in edition.texts[page] if text.kind == PROSE]
    missing = [text for text in prose if edition.state(text) is State.UNTRANSLATED]
    return 2 * len(missing) < len(prose) or not prose
