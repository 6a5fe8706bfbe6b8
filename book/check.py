"""Every rule, over notebooks and translations: one line a finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from book import catalog, ids, notebook
from book.check_texts import check_source, check_translations
from book.errors import BookError
from book.links import page_links
from book.localize import Translations, localized
from book.po_format import Catalog
from book.project import Language, Project
from book.report import Finding, Report
from book.steps import Steps
from book.sync import Texts, catalog_paths, plan, project_texts
from book.texts import texts_of


@dataclass(frozen=True)
class Source:
    """The English side, which all languages share: the pages without outputs, where their cells stand, their texts."""

    project: Project
    pages: dict[str, NotebookNode]
    lines: dict[str, dict[str, int]]
    texts: Texts


def check(project: Project, languages: list[Language]) -> Report:
    """All findings, by file and line. Rules that need sound notebooks or PO files are left out where these are not.

    One language is held in memory at a time.
    """
    pages: dict[str, NotebookNode] = {}
    report = Report([finding for page in project.pages for finding in _notebook_findings(project, page, pages)])
    if not report.findings:
        lines = {page: _lines(project, page, content) for page, content in pages.items()}
        source = Source(project, pages, lines, project_texts(project, pages))
        report.findings += [finding for page in pages for finding in _page_findings(source, page)]
        steps = Steps(project, source.texts, lines)
        for language in languages:
            _check_language(source, language, report, steps)
        report.findings += [
            Finding(str(project.shown(path)), line, message, rule) for path, line, message, rule in steps.findings()
        ]
    return Report(sorted(report.findings), sorted(report.silenced))


def _notebook_findings(project: Project, page: str, pages: dict[str, NotebookNode]) -> Iterator[Finding]:
    """What makes a page unfit for the other rules; a page that can be read is put into `pages`."""
    path = project.notebook(page)
    try:
        content = notebook.read(path)
        for line, message, rule in ids.findings(project, page, content):
            yield Finding(str(project.shown(path)), line, message, rule)
        texts_of(page, content, path)
        for cell in content.cells:
            cell.pop("outputs", None)
        pages[page] = content
    except BookError as error:
        yield _finding(project, error)


def _lines(project: Project, page: str, content: NotebookNode) -> dict[str, int]:
    """The line of each cell by its id."""
    lines = notebook.cell_lines(project.notebook(page))
    return {cell.id: line for cell, line in zip(content.cells, lines, strict=False)}


def _page_findings(source: Source, page: str) -> Iterator[Finding]:
    project, lines = source.project, source.lines[page]
    file = str(project.shown(project.notebook(page)))
    for cell in source.pages[page].cells:
        for target in page_links(cell.source) if cell.cell_type == "markdown" else []:
            if target not in source.pages:
                message = f"cell `{cell.id}` links to `{target}`, no page of `_toc.yml`; add it or remove the link"
                yield Finding(file, lines[cell.id], message, "dead-link")
    yield from check_source(file, lines, source.texts[page])


def _check_language(source: Source, language: Language, report: Report, steps: Steps) -> None:
    """Add to the report what is wrong in a language, and to `steps` what `sync` would change."""
    project, catalogs, broken = source.project, dict[Path, Catalog](), list[Finding]()
    for path in catalog_paths(project, language):
        try:
            catalogs[path] = catalog.load(path)
        except BookError as error:
            broken.append(_finding(project, error))
    report.findings += broken
    if broken:
        return
    planned = plan(project, language, source.texts, {path.stem: loaded for path, loaded in catalogs.items()})
    steps.add(language, planned)
    made = check_translations(project, language, catalogs, source.texts)
    report.findings += [*made.findings, *_code_findings(source, Translations(language, planned.catalogs.values()))]
    report.silenced += made.silenced


def _code_findings(source: Source, translations: Translations) -> Iterator[Finding]:
    """Pages whose made notebook would not run the English code, save for comments and figure texts."""
    for page, content in source.pages.items():
        code = NotebookNode(cells=[cell for cell in content.cells if cell.cell_type == "code"])
        try:
            localized(code, source.texts[page], translations, source.project.notebook(page))
        except BookError as error:
            yield _finding(source.project, error)


def _finding(project: Project, error: BookError) -> Finding:
    file = project.shown(Path(error.file)) if error.file else Path()
    return Finding(str(file), error.line or 1, error.message, error.rule)
