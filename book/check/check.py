"""Every rule, over notebooks and translations: one line a finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from nbformat import NotebookNode

from book.check import texts
from book.check.out_of_sync import OutOfSync
from book.check.report import Report
from book.check.untranslatable import NO_PROGRAM, PUT_TOGETHER, TOO_LONG, untranslatable_cells
from book.errors import BookError
from book.findings import Finding, Suppressed
from book.language.language import Language
from book.localize.cells import localized
from book.localize.translations import Translations
from book.notebook import ipynb
from book.notebook.page_links import page_links
from book.po import catalog, cell_ids
from book.po.file_format import Catalog
from book.po.suppressions import RULE, allowance_faults, allowances, reason_for
from book.po.sync import catalog_paths, plan
from book.project import Project
from book.rules import notebooks
from book.rules.notebooks import NOTEBOOK_RULES, Found
from book.source import Source, read_source
from book.terminal import one_line

DEAD_LINK = "dead-link"
ALLOWABLE = (
    texts.ALLOWABLE | {NO_PROGRAM, PUT_TOGETHER, TOO_LONG} | {rule.name for rule in NOTEBOOK_RULES}
)  # where a cell's metadata says why


@dataclass(frozen=True)
class Checked:
    """A notebook without its outputs, the line of each cell, and what was found in it."""

    file: str
    content: NotebookNode
    lines: list[int]
    found: list[Found]


def check(project: Project, languages: list[Language]) -> Report:
    """All findings, by file and line. Rules that need sound notebooks or PO files are left out where these are not.

    One language is held in memory at a time, and the outputs of one notebook.
    """
    pages: dict[str, Checked] = {}
    report = Report([finding for page in project.pages for finding in _unsound(project, page, pages)])
    if report.findings:
        for page in pages.values():
            _settle(page, page.found, report)
        return Report(sorted(report.findings), sorted(report.silenced))
    source = read_source(project, {name: page.content for name, page in pages.items()})
    for name, page in pages.items():
        _settle(page, [*page.found, *_found_in_texts(source, name)], report, all_rules=True)
    out_of_sync = OutOfSync(source)
    for language in languages:
        _check_language(source, language, report, out_of_sync)
    report.findings += out_of_sync.findings()
    return Report(sorted(report.findings), sorted(report.silenced))


def _unsound(project: Project, name: str, pages: dict[str, Checked]) -> Iterator[Finding]:
    """What makes a page unfit for the rules about texts; a page that can be read is put into `pages`."""
    path = project.notebook(name)
    try:
        content = ipynb.read(path)
        yield from cell_ids.findings(project, name, content)
        found = list(notebooks.findings(content))
        for cell in content.cells:
            cell.pop("outputs", None)
        pages[name] = Checked(str(project.shown(path)), content, ipynb.cell_lines(path), found)
    except BookError as error:
        yield _finding(project, error)


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


def _settle(page: Checked, found: list[Found], report: Report, all_rules: bool = False) -> None:
    """Add what was found in a page to the report: as a finding, or as silenced where the metadata allows it.

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
            if reason := each.rule in ALLOWABLE and reason_for(each.rule, allowed):
                report.silenced.append(Suppressed(finding, reason))
            else:
                report.findings.append(finding)
        broken = {each.rule for each in here} if all_rules else ALLOWABLE
        for message in allowance_faults(allowed, ALLOWABLE, broken):
            report.findings.append(Finding(page.file, line, one_line(f"{place}{message}"), RULE))


def _check_language(source: Source, language: Language, report: Report, out_of_sync: OutOfSync) -> None:
    """Add to the report what is wrong in a language, and to `out_of_sync` what `sync` would change."""
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
    out_of_sync.add(language, planned)
    made = texts.check_translations(project, language, catalogs, source.texts)
    translations = Translations(language, planned.catalogs.values())
    report.findings += [*made.findings, *_code_findings(source, language, translations)]
    report.silenced += made.silenced


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
