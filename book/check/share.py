"""What is wrong in a language, in shares of its pages, so that all cores have something to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from nbformat import NotebookNode

from book.check import texts
from book.check.out_of_sync import RULE, Changes, OutOfSync
from book.errors import BookError
from book.findings import Finding, Suppressed
from book.language.conventions import read_conventions
from book.language.language import Language
from book.localize.cells import localized
from book.localize.translations import Translations
from book.po import catalog, credits
from book.po.file_format import Catalog
from book.po.merged import mixed
from book.po.sync import Plan, catalog_paths, plan
from book.processes import at_once
from book.project import Project
from book.source import Page, Source

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Share:
    """A part of the pages of a language."""

    language: Language
    number: int
    parts: int

    def of(self, things: Iterable[Thing]) -> list[Thing]:
        return list(things)[self.number :: self.parts]


def shares_of(languages: list[Language], pages: int) -> list[Share]:
    """The shares of `languages` with so many pages each: whole ones unless there are more cores than languages.

    For each share all PO files of the language are read.
    """
    parts = -(-at_once(pages * len(languages)) // len(languages)) if languages else 1
    return [Share(language, number, parts) for language in languages for number in range(parts)]


def check_share(out_of_sync: OutOfSync, share: Share) -> tuple[list[Finding | Suppressed], Changes | None]:
    """What is wrong in a share of a language, and with its first share what `sync` would change in all of it.

    Where a PO file cannot be read, nothing but that is said of the language, with its first share.
    """
    source, language, is_first = out_of_sync.source, share.language, share.number == 0
    project, catalogs, broken = source.project, dict[Path, Catalog](), list[Finding | Suppressed]()
    for path in catalog_paths(project, language):
        try:
            catalogs[path] = catalog.load(path)
        except BookError as error:
            broken.append(project.finding_of(error))
    if broken:
        return broken if is_first else [], None
    by_page = {project.page_of_catalog(language, path): loaded for path, loaded in catalogs.items()}
    planned = plan(project, language, source.texts, by_page)
    translations = Translations(language, planned.catalogs.values())
    conventions = read_conventions(language, project.folder(language))
    found = list[Finding | Suppressed](map(project.finding_of, conventions.faults) if is_first else ())
    mine = dict(share.of(catalogs.items()))
    found += (each for path, loaded in mine.items() for each in _strange_names(project, path, loaded))
    found += texts.check_translations(project, conventions, mine, source.texts)
    found += _code_findings(source, language, translations, share.of(source.pages.items()))
    if not is_first:
        return found, None
    found += _mixed_by_merge(project, language, planned)
    return found, out_of_sync.changes(planned)


def _mixed_by_merge(project: Project, language: Language, planned: Plan) -> Iterator[Finding]:
    what = "a merge has put this translation beside another English than its own"
    for page, number, _ in mixed(project, language, planned.catalogs):
        entry = planned.catalogs[page][number]
        message = f"`{entry.msgctxt}`: {what}; run `book sync`, which marks it"
        yield project.finding(project.catalog(language, page), entry.linenum or 1, message, RULE)


def _strange_names(project: Project, path: Path, loaded: Catalog) -> Iterator[Finding]:
    for name in credits.strange_names(loaded.header_text):
        message = f"`{name}` in the header is no name, and is not shown; write names without addresses"
        yield project.finding(path, loaded.header_entry.linenum or 1, message, "name")


def _code_findings(
    source: Source, language: Language, translations: Translations, pages: list[tuple[str, Page]]
) -> Iterator[Finding]:
    """Those of `pages` whose made notebook would not run the English code, save for comments and figure texts."""
    for name, page in pages:
        code = NotebookNode(cells=[cell for cell in page.notebook.cells if cell.cell_type == "code"])
        for cell in localized(replace(page, notebook=code), translations):
            if cell.refused:
                line = min(translations.of(text).line for text in page.texts_by_cell[cell.node.id])
                message = f"`{name}/{cell.node.id}`: {cell.refused}; mend it"
                yield source.project.finding(source.project.catalog(language, name), line, message, "code")
