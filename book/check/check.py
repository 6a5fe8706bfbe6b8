"""Every rule, over notebooks and translations: one line a finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from nbformat import NotebookNode

from book.check import texts
from book.check.out_of_sync import OutOfSync
from book.check.report import Report, report_of
from book.check.untranslatable import NO_PROGRAM, PUT_TOGETHER, TOO_LONG, untranslatable_cells
from book.errors import BookError, NotebookError
from book.findings import Finding, Suppressed
from book.language.language import Language
from book.localize.cells import localized
from book.localize.translations import Translations
from book.notebook import ipynb
from book.notebook.data_files import data_files, read_data_file
from book.notebook.page_links import page_links
from book.po import catalog, cell_ids
from book.po.file_format import Catalog
from book.po.suppressions import RULE, allowance_faults, allowances, reason_for
from book.po.sync import Plan, catalog_paths, plan
from book.project import Project
from book.rules import notebooks
from book.rules.notebooks import NOTEBOOK_RULES, Found
from book.source import Source, read_source
from book.terminal import one_line

DEAD_LINK = "dead-link"
DATA_FILE = "data-file"
ALLOWABLE = (
    texts.ALLOWABLE | {NO_PROGRAM, PUT_TOGETHER, TOO_LONG} | {rule.name for rule in NOTEBOOK_RULES}
)  # where a cell's metadata says why


@dataclass(frozen=True)
class Checked:
    """A notebook without its outputs, the line of each cell, and what was found in it.

    `unsound` is what makes it unfit for the rules about texts.
    """

    file: str
    content: NotebookNode
    lines: list[int]
    unsound: list[Finding]
    found: list[Found]


def check(project: Project, languages: list[Language]) -> Report:
    """All findings, by file and line. Rules that need sound notebooks or PO files are left out where these are not.

    One language is held in memory at a time, and the outputs of one notebook.
    """
    read = {name: _read(project, name) for name in project.pages}
    pages = {name: page for name, page in read.items() if isinstance(page, Checked)}
    unsound = [page for page in read.values() if isinstance(page, Finding)]
    unsound += [finding for page in pages.values() for finding in page.unsound]
    if unsound:
        return report_of([*unsound, *(each for page in pages.values() for each in _settled(page, page.found))])
    source = read_source(project, {name: page.content for name, page in pages.items()})
    found: list[Finding | Suppressed] = []
    for name, page in pages.items():
        found += _settled(page, [*page.found, *_found_in_texts(source, name)], all_rules=True)
    out_of_sync = OutOfSync(source)
    for language in languages:
        in_language, planned = _check_language(source, language)
        found += in_language
        if planned:
            out_of_sync.add(language, planned)
    return report_of([*found, *out_of_sync.findings()])


def _read(project: Project, name: str) -> Checked | Finding:
    """The page without its outputs, or why it cannot be read."""
    path = project.notebook(name)
    try:
        content = ipynb.read(path)
        unsound = list(cell_ids.findings(project, name, content))
        found = [*notebooks.findings(content), *_unreadable_data_files(path, content)]
        for cell in content.cells:
            cell.pop("outputs", None)
        return Checked(str(project.shown(path)), content, ipynb.cell_lines(path), unsound, found)
    except BookError as error:
        return _finding(project, error)


def _unreadable_data_files(path: Path, content: NotebookNode) -> Iterator[Found]:
    """Which of the files that the notebook in `path` reads are not beside it, or are none."""
    for name in data_files(content):
        try:
            read_data_file(path.parent, name)
        except NotebookError as error:
            yield Found(None, f"the data file `{name}` {error.message}; mend it, or `files` in the metadata", DATA_FILE)


def _found_in_texts(source: Source, name: str) -> Iterator[Found]:
    """What is wrong with the texts of a page, and with their links to other pages."""
    cells = source.pages[name].notebook.cells
    for number, cell in enumerate(cells):
        for target in page_links(cell.source) if cell.cell_type == "markdown" else []:
            if target.page not in source.pages:
                yield Found(
                    number, f"links to `{target.page}`, no page of `_toc.yml`; add it or remove the link", DEAD_LINK
                )
    numbers = {cell.id: number for number, cell in enumerate(cells)}
    yield from untranslatable_cells(source.pages[name])
    for cell_id, message, rule in texts.check_source(source.pages[name].texts):
        yield Found(numbers[cell_id], message, rule)


def _settled(page: Checked, found: list[Found], all_rules: bool = False) -> Iterator[Finding | Suppressed]:
    """What was found in a page, each suppressed where the metadata allows it, and what is wrong with the metadata.

    Whether an allowance is of use can be told once `all_rules` have been asked.
    """
    by_cell: dict[int | None, list[Found]] = {}
    for each in found:
        by_cell.setdefault(each.cell, []).append(each)
    for number in [None, *range(len(page.content.cells))]:
        cell = page.content if number is None else page.content.cells[number]
        place = "" if number is None else f"cell `{cell.get('id', number + 1)}`: "
        line = page.lines[number] if number is not None and number < len(page.lines) else 1
        here = by_cell.get(number, [])
        allowed = allowances(cell.metadata)
        for each in here:
            finding = Finding(page.file, line, one_line(f"{place}{each.message}"), each.rule)
            reason = reason_for(each.rule, allowed) if each.rule in ALLOWABLE else ""
            yield Suppressed(finding, reason) if reason else finding
        broken = {each.rule for each in here} if all_rules else ALLOWABLE
        for message in allowance_faults(allowed, ALLOWABLE, broken):
            yield Finding(page.file, line, one_line(f"{place}{message}"), RULE)


def _check_language(source: Source, language: Language) -> tuple[list[Finding | Suppressed], Plan | None]:
    """What is wrong in a language, and what `sync` would make of it; None where a PO file cannot be read."""
    project, catalogs, broken = source.project, dict[Path, Catalog](), list[Finding | Suppressed]()
    for path in catalog_paths(project, language):
        try:
            catalogs[path] = catalog.load(path)
        except BookError as error:
            broken.append(_finding(project, error))
    if broken:
        return broken, None
    planned = plan(project, language, source.texts, {path.stem: loaded for path, loaded in catalogs.items()})
    translations = Translations(language, planned.catalogs.values())
    try:
        found = list(texts.check_translations(project, language, catalogs, source.texts))
    except BookError as error:  # its glossary or conventions: the other languages can do without
        found = [_finding(project, error)]
    return [*found, *_code_findings(source, language, translations)], planned


def _code_findings(source: Source, language: Language, translations: Translations) -> Iterator[Finding]:
    """Pages whose made notebook would not run the English code, save for comments and figure texts."""
    for name, page in source.pages.items():
        code = NotebookNode(cells=[cell for cell in page.notebook.cells if cell.cell_type == "code"])
        for cell in localized(replace(page, notebook=code), translations):
            if cell.refused:
                line = min(translations.of(text).line for text in page.texts_by_cell[cell.node.id])
                message = f"`{name}/{cell.node.id}`: {cell.refused}; mend it"
                yield source.project.finding(source.project.catalog(language, name), line, message, "code")


def _finding(project: Project, error: BookError) -> Finding:
    file = project.shown(Path(error.file)) if error.file else Path()
    return Finding(str(file), error.line or 1, error.message, error.rule)
