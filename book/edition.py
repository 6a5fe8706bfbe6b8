"""The book in one language, held in memory: what `build`, `localize` and `status` start from."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from nbformat import NotebookNode

from book import catalog, notebook
from book.interface import Interface
from book.links import without_dead_links
from book.localize import Cell, State, Translations, localized
from book.po_format import Catalog
from book.project import SOURCE_LANGUAGE, Language, Project
from book.rules import safe
from book.rules.usage import kept_with_next
from book.sync import Plan, plan, project_texts
from book.texts import PROSE, Text


@dataclass(frozen=True, eq=False)
class Edition:
    """One language of the book. The translations are taken as `sync` would leave them, so nothing is out of step.

    `pages` are the English notebooks; each is read, and each page localized, once.
    """

    project: Project
    language: Language
    pages: dict[str, NotebookNode]
    texts: dict[str, list[Text]]
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
        return Translations(self.language, self.catalogs.values())

    @cached_property
    def interface(self) -> Interface:
        return Interface(self.project, self.translations, kept_with_next(self.project, self.language))

    def english(self, page: str) -> NotebookNode:
        return self.pages[page]

    def cells(self, page: str) -> list[Cell]:
        """The page's cells in this language; links to pages that the book lacks are plain words.

        Raises TranslationError.
        """
        if page not in self._cells:
            path = self.project.notebook(page)
            made = localized(self.english(page), self.texts[page], self.translations, path)
            for cell in made:
                if cell.node.cell_type == "markdown":
                    cell.node.source = without_dead_links(cell.node.source, self.project.pages)
            self._cells[page] = made
        return self._cells[page]

    def state(self, text: Text) -> State:
        """How a text stands; a translation that is not safe to show counts as missing, as on the page."""
        said = self.translations.get(text.key)
        unsafe = said is not None and self.language.code != SOURCE_LANGUAGE and not safe(text, said)
        return State.UNTRANSLATED if unsafe else self.translations.state(text.key)

    def lines(self, page: str) -> dict[str, int]:
        """The line at which the texts of each cell begin, by id, in the file that a contributor edits."""
        path = self.project.notebook(page)
        if self.language.code == SOURCE_LANGUAGE:
            return {
                cell.id: line for cell, line in zip(self.pages[page].cells, notebook.cell_lines(path), strict=False)
            }
        return {text.cell_id: self.translations.line(text.key) for text in reversed(self.texts[page])}

    def reviewers(self, page: str) -> str:
        """Who has reviewed the translation, from the PO header `X-Reviewed-By`; empty for a machine draft."""
        made = self.catalogs.get(page)
        return ", ".join(catalog.reviewers(made)) if made else ""


def editions(project: Project, languages: list[Language]) -> list[Edition]:
    """The editions in `languages`. Raises what reading notebooks and PO files raises."""
    pages = {page: notebook.read(project.notebook(page)) for page in project.pages}
    texts = project_texts(project, pages)
    return [Edition(project, language, pages, texts) for language in languages]


def is_translated(edition: Edition, page: str) -> bool:
    """Is more than half of the page's prose in the edition's language? English always is, and a page without any."""
    prose = [text for text in edition.texts[page] if text.kind == PROSE]
    missing = [text for text in prose if edition.state(text) is State.UNTRANSLATED]
    return 2 * len(missing) < len(prose) or not prose
