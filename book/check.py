"""Every rule, over notebooks and translations: one line a finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

from book import catalog, ids, notebook, rules
from book.edition import editions
from book.errors import BookError
from book.links import page_links
from book.project import Language, Project
from book.publish import published
from book.steps import Steps
from book.sync import SITE, plan, project_texts
from book.texts import Text, texts_of


@dataclass(frozen=True, order=True)
class Finding:
    """Something to put right, shown as `file:line: message (rule)`."""

    file: str
    line: int
    message: str
    rule: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message} ({self.rule})"


def check(project: Project, languages: list[Language]) -> list[Finding]:
    """All findings, by file and line. Rules that need sound notebooks or PO files are left out where these are not."""
    found = [finding for page in project.pages for finding in _notebook_findings(project, page)]
    catalogs: dict[Path, polib.POFile] = {}
    for language in languages:
        for path in sorted(project.catalog(language, SITE).parent.glob("*.po")):
            try:
                catalogs[path] = catalog.load(path)
            except BookError as error:
                found.append(_finding(project, error))
    if found:
        return sorted(found)
    found += [finding for page in project.pages for finding in _link_findings(project, page)]
    texts = project_texts(project)
    by_key = {text.key: text for page in texts.values() for text in page}
    for path, loaded in catalogs.items():
        found += _entry_findings(project, path, loaded, by_key)
    steps = Steps(project, texts)
    for language in languages:
        steps.add(language, plan(project, language, texts))
    for path, line, message, rule in steps.findings():
        found.append(Finding(str(project.shown(path)), line, message, rule))
    found += _code_findings(project, languages)
    return sorted(found)


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


def _entry_findings(
    project: Project, path: Path, loaded: polib.POFile, texts: dict[tuple[str, str], Text]
) -> Iterator[Finding]:
    file = str(project.shown(path))
    for entry in loaded:
        text = texts.get((entry.msgctxt or "", entry.msgid))
        if text is None or entry.obsolete or entry.fuzzy or not entry.msgstr:
            continue  # a fuzzy entry translates an earlier text; `status` counts it
        for message, rule in rules.findings(text, entry.msgstr):
            yield Finding(file, entry.linenum or 1, f"`{entry.msgctxt}`: {message}", rule)


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
