"""Every rule, over notebooks and translations: one line a finding."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polib

from book import catalog, ids, notebook
from book.check_texts import check_source, check_translations
from book.edition import editions
from book.errors import BookError
from book.links import page_links
from book.project import Language, Project
from book.publish import published
from book.report import Finding, Report
from book.steps import Steps
from book.sync import SITE, plan, project_texts
from book.texts import Text, texts_of


def check(project: Project, languages: list[Language]) -> Report:
    """All findings, by file and line. Rules that need sound notebooks or PO files are left out where these are not."""
    found = [finding for page in project.pages for finding in _notebook_findings(project, page)]
    catalogs: dict[Language, dict[Path, polib.POFile]] = {language: {} for language in languages}
    for language in languages:
        for path in sorted(project.catalog(language, SITE).parent.glob("*.po")):
            try:
                catalogs[language][path] = catalog.load(path)
            except BookError as error:
                found.append(_finding(project, error))
    if found:
        return Report(sorted(found))
    texts = project_texts(project)
    for page in project.pages:
        found += [*_link_findings(project, page), *check_source(project, page, texts[page])]
    every = [text for page in texts.values() for text in page]
    reports = [check_translations(project, language, catalogs[language], every) for language in languages]
    found += [finding for report in reports for finding in report.findings]
    found += _step_findings(project, languages, texts)
    found += _code_findings(project, languages)
    return Report(sorted(found), sorted(each for report in reports for each in report.silenced))


def _notebook_findings(project: Project, page: str) -> Iterator[Finding]:
    path = project.notebook(page)
    file = str(project.shown(path))
    try:
        content = notebook.read(path)
        for line, message, rule in ids.findings(project, page, content):
            yield Finding(file, line, message, rule)
        texts_of(page, content, path)
    except BookError as error:
        yield _finding(project, error)


def _link_findings(project: Project, page_name: str) -> Iterator[Finding]:
    path = project.notebook(page_name)
    file = str(project.shown(path))
    for cell, line in zip(notebook.read(path).cells, notebook.cell_lines(path), strict=False):
        for page in page_links(cell.source) if cell.cell_type == "markdown" else []:
            if page not in project.pages:
                message = f"cell `{cell.get('id')}` links to `{page}`, no page of `_toc.yml`; add it or remove the link"
                yield Finding(file, line, message, "dead-link")


def _step_findings(project: Project, languages: list[Language], texts: dict[str, list[Text]]) -> Iterator[Finding]:
    steps = Steps(project, texts)
    for language in languages:
        steps.add(language, plan(project, language, texts))
    for path, line, message, rule in steps.findings():
        yield Finding(str(project.shown(path)), line, message, rule)


def _code_findings(project: Project, languages: list[Language]) -> Iterator[Finding]:
    """Pages whose made notebook would not run the English code, save for comments and figure texts."""
    for edition in editions(project, languages):
        for page in project.pages:
            try:
                published(edition, page)
            except BookError as error:
                yield _finding(project, error)


def _finding(project: Project, error: BookError) -> Finding:
    file = project.shown(Path(error.file)) if error.file else Path()
    return Finding(str(file), error.line or 1, error.message, error.rule)
