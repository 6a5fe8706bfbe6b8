"""The book in one language, held in memory: what `build`, `localize` and `status` start from."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote

from nbformat import NotebookNode

from book.cache import Cache
from book.errors import BookError, WriteError
from book.files import is_there
from book.findings import Finding
from book.language.conventions import Conventions, read_conventions
from book.language.language import Language
from book.localize.cells import Cell, localized
from book.localize.interface import Interface
from book.localize.translations import Translation, Translations
from book.notebook.markdown.page_links import PageLink, with_addresses
from book.notebook.markdown.words import has_words
from book.notebook.texts import Text, Texts
from book.po import catalog
from book.po.file_format import Catalog
from book.po.sync import Plan, catalog_paths, plan, read_catalogs
from book.project import Project
from book.source import Page, Source, read_source
from book.toc import SITE

RULE = "made"  # that what is made has all of the English but the words


@dataclass(frozen=True)
class _Made:
    """The cells of a page, and what they were made of."""

    page: Page
    entries: Catalog | None  # none in the language of the pages
    cells: list[Cell]

    def is_of(self, page: Page, entries: Catalog | None) -> bool:
        if self.entries is None or entries is None:
            return self.page is page and self.entries is entries
        return self.page is page and catalog.same(self.entries, entries)


@dataclass(frozen=True, eq=False)
class Edition:
    """One language of the book. The translations are taken as `sync` would leave them, so nothing is out of step.

    Each page is localized once. `refused` are the contexts, such as `PAGE/CELL`, whose translations are not shown
    though every rule lets them pass: what was made of them did more than speak. Each has the reason, where it is for
    this edition to say.
    """

    source: Source
    language: Language
    cache: Cache
    refused: dict[str, str] = field(default_factory=dict)
    _cells: dict[str, list[Cell]] = field(default_factory=dict, repr=False)
    _read: dict[str, Catalog] = field(default_factory=dict, repr=False)  # PO files that need not be read again
    _before: dict[str, _Made] = field(default_factory=dict, repr=False)

    @property
    def project(self) -> Project:
        return self.source.project

    @property
    def texts(self) -> Texts:
        return self.source.texts

    @property
    def is_source(self) -> bool:
        """Is it what the authors wrote, and no translation?"""
        return self.language == self.project.source

    @cached_property
    def plan(self) -> Plan:
        if self.is_source:
            return Plan({})
        paths = catalog_paths(self.project, self.language)
        unread = [path for path in paths if self.project.page_of_catalog(self.language, path) not in self._read]
        stored = self._read | read_catalogs(self.project, self.language, unread)
        return plan(self.project, self.language, self.texts, stored)

    @property
    def catalogs(self) -> dict[str, Catalog]:
        return self.plan.catalogs

    @cached_property
    def _stored(self) -> Translations:
        return Translations(self.language, self.catalogs.values(), self.cache, is_source=self.is_source)

    @cached_property
    def translations(self) -> Translations:
        """What is shown of each text."""
        return self._stored.without(self.refused)

    @cached_property
    def conventions(self) -> Conventions:
        """How the language is written, as far as its files can be read."""
        return read_conventions(self.language, self.project.folder(self.language))

    @cached_property
    def interface(self) -> Interface:
        return Interface(self.source.interface, self._of_interface, self.conventions.keep_with_next)

    @property
    def _of_interface(self) -> Translations:
        """What the site's texts are in the language; that of the pages may have a PO file for them alone."""
        path = self.project.catalog(self.language, SITE)
        if not self.is_source or self.language not in self.project.own_interface or not is_there(path):
            return self.translations
        return Translations(self.language, [catalog.load(path)], self.cache).without(self.refused)

    def take_over(self, former: Edition, same: Iterable[str], *, all_same: bool) -> None:
        """Start from what a former edition has made; the PO files of the pages `same` are as they were then.

        `all_same` is whether no other file of the language has changed, come or gone.
        """
        if "plan" not in vars(former):
            return
        if all_same and former.texts == self.texts:
            kept = ["plan"]
            if former.language == self.language and former.is_source == self.is_source:
                kept += ["_stored"] if former.refused else ["_stored", "translations"]
                self.cache.ask_again("safe", former.cache)  # what is taken over asks no more
            vars(self).update({name: made for name, made in vars(former).items() if name in kept})
        self._read.update({page: former.plan.old[page] for page in same if page in former.plan.old})
        if not former.refused and former.project.pages == self.project.pages:
            made = ((page, former.source.pages[page], former.catalogs.get(page)) for page in former._cells)
            self._before.update({name: _Made(page, its, former._cells[name]) for name, page, its in made})

    def refuse(self, contexts: Iterable[str], reason: str = "") -> None:
        """From now on show the English in the place of what is translated under `contexts`."""
        self.refused.update({context: reason for context in contexts if context not in self.refused})
        self._cells.clear()
        self._before.clear()
        for name in ("translations", "interface"):
            self.__dict__.pop(name, None)

    def findings(self) -> list[Finding]:
        """Where a translation stands that is not shown, although each rule alone lets it pass, and why.

        And what else of the language's files is left out.
        """
        found = [self.project.finding_of(fault) for fault in self.conventions.faults]
        for context, reason in self.refused.items():
            page, _, cell = context.rpartition("/")
            if reason:
                is_english = self.is_source
                message = f"`{context}`: {reason}; shown {'as it is written' if is_english else 'in English'}"
                file = self.project.notebook(page) if is_english else self.project.catalog(self.language, page)
                line = self.lines(page).get(cell, 1)
                found.append(self.project.finding(file, line, message, RULE))
        return sorted(found)

    def english(self, page: str) -> NotebookNode:
        return self.source.pages[page].notebook

    def cells(self, page: str) -> list[Cell]:
        """The page's cells in this language; links to pages that the book lacks are plain words."""
        if page not in self._cells:
            before = self._before.pop(page, None)
            if before and before.is_of(self.source.pages[page], self.catalogs.get(page)):
                self._cells[page] = before.cells
            else:
                self._cells[page] = self._localized(page)
        return self._cells[page]

    def _localized(self, page: str) -> list[Cell]:
        made = localized(self.source.pages[page], self.translations)
        for cell in made:
            if cell.refused:
                self.refused[f"{page}/{cell.node.id}"] = cell.refused
            if cell.node.cell_type == "markdown":
                cell.node.source = self.with_live_links(cell.node.source, page)
        return made

    def with_live_links(self, text: str, page: str) -> str:
        """The text of a page with links to pages that the book lacks as plain words, and to others as Sphinx has them.

        Sphinx reads notebooks alone.
        """
        folder, pages = self.source.pages[page].folder, self._documents

        def beside(link: PageLink) -> str | None:
            if link.document in pages:
                return f"{quote(posixpath.relpath(link.document, folder or '.'))}.ipynb{link.part}"
            return None if link.is_sure else link.written

        return with_addresses(text, beside, folder)

    @cached_property
    def _documents(self) -> set[str]:
        return set(map(self.project.document, self.project.pages))

    def stays(self, page: str, cell: Cell) -> bool:
        """Is it a cell of a translation whose words nobody translates?"""
        if self.is_source or cell.node.cell_type != "markdown" or cell.node.id in self.source.pages[page].texts_by_cell:
            return False
        return has_words(str(cell.node.source))

    def translation(self, text: Text) -> Translation:
        """What a reader sees of a text, and how that stands."""
        return self.translations.of(text)

    def lines(self, page: str) -> dict[str, int]:
        """The line at which the texts of each cell begin, by id, in the file that a contributor edits."""
        if self.is_source:
            return self.source.pages[page].lines
        return {text.cell_id: self.translation(text).line for text in reversed(self.texts[page])}


def editions(project: Project, languages: list[Language], cache: Cache | None = None) -> list[Edition]:
    """The editions in `languages`; `cache` knows what an earlier run has worked out.

    Raises what reading notebooks and PO files raises.
    """
    source = read_source(project)
    cache = cache or Cache()
    return [Edition(source, language, cache) for language in languages]


@contextmanager
def sparing_others(edition: Edition, stopped: list[BookError]) -> Iterator[None]:
    """What is wrong with the language's own files costs this language alone, and is added to `stopped`.

    What goes wrong in English is raised, and so is what would stop every language: a file that cannot be written.
    """
    try:
        yield
    except BookError as error:
        if edition.is_source or isinstance(error, WriteError):
            raise
        stopped.append(error)
