"""Every rule, over notebooks and translations: one line a finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from nbformat import NotebookNode

from book import catalog, notebook, rules
from book.edition import editions
from book.errors import BookError
from book.links import page_links
from book.project import Language, Project
from book.publish import published
from book.sync import SITE, project_texts, synced
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
    found += _step_findings(project, languages, texts)
    found += _code_findings(project, languages)
    return sorted(found)


def _notebook_findings(project: Project, page: str) -> Iterator[Finding]:
    path = project.notebook(page)
    file = str(project.shown(path))
    try:
        content = notebook.read(path)
        lines = notebook.cell_lines(path)
        yield from _id_findings(file, content, lines)
        texts_of(page, content, path)
    except BookError as error:
        yield _finding(project, error)


def _id_findings(file: str, content: NotebookNode, lines: list[int]) -> Iterator[Finding]:
    counts = Counter(cell.get("id") for cell in content.cells)
    seen: set[str] = set()
    for cell, line in zip(content.cells, lines, strict=False):
        name, start = cell.get("id"), " ".join(cell.source.split())[:40]
        if not name:
            yield Finding(file, line, f"the cell that begins `{start}` has no id; give it one", "id-missing")
        elif counts[name] > 1 and name in seen:
            yield Finding(
                file, line, f"id `{name}` is used twice; give the cell that begins `{start}` another", "id-doubled"
            )
        elif not notebook.ID.fullmatch(name):
            yield Finding(file, line, f"id `{name}` is not of the form `what-groups-share`; rename it", "id-form")
        seen.add(name)


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


def _step_findings(project: Project, languages: list[Language], texts: dict[str, list[Text]]) -> Iterator[Finding]:
    """One finding a cell whose text and PO entries differ, naming the languages; one a PO file for the rest."""
    behind: dict[str, set[str]] = {}
    for language in languages:
        for path, made in synced(project, language, texts).items():
            stored = catalog.load(path) if path.exists() else catalog.new(language)
            if catalog.content(made) == catalog.content(stored):
                continue
            contexts = _changed_contexts(made, stored)
            for context in contexts:
                behind.setdefault(context, set()).add(language.code)
            if not contexts:
                message = "entries are out of order or their hints are old; run `book sync`"
                yield Finding(str(project.shown(path)), 1, message, "out-of-step")
    yield from (_behind_finding(project, context, codes) for context, codes in behind.items())


def _changed_contexts(made: polib.POFile, stored: polib.POFile) -> set[str]:
    keys = [{(str(e.msgctxt), e.msgid) for e in each if not e.obsolete} for each in (made, stored)]
    return {context for context, _ in keys[0] ^ keys[1]}


def _behind_finding(project: Project, context: str, codes: set[str]) -> Finding:
    page, _, cell = context.partition("/")
    languages = ", ".join(sorted(codes))
    file, line = str(project.shown(project.notebook(page))), 1
    if page in project.pages:
        ids = [each.get("id") for each in notebook.read(project.notebook(page)).cells]
        lines = notebook.cell_lines(project.notebook(page))
        line = lines[ids.index(cell)] if cell in ids else 1
    else:
        file = "translations"
    return Finding(file, line, f"cell `{cell}` differs from what {languages} translate; run `book sync`", "out-of-step")


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
