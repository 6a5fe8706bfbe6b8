"""Every rule, over notebooks and translations: one line a finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from book.check import texts
from book.check.out_of_sync import Steps
from book.check.report import Finding, Report, Silenced
from book.check.untranslatable import NO_PROGRAM, PUT_TOGETHER, TOO_LONG, untranslatable_cells
from book.errors import BookError
from book.localize.cells import Translations, localized
from book.notebook import ipynb
from book.notebook.page_links import page_links
from book.po import catalog, cell_ids
from book.po.file_format import Catalog
from book.po.suppressions import RULE, allowance_faults, allowances, reason_for
from book.po.sync import Texts, catalog_paths, plan, project_texts
from book.project import Language, Project
from book.rules import notebooks
from book.rules.notebooks import NOTEBOOK_RULES, Found
from book.terminal import one_line

DEAD_LINK = "dead-link"
ALLOWABLE = (
    texts.ALLOWABLE | {NO_PROGRAM, PUT_TOGETHER, TOO_LONG} | {rule.name for rule in NOTEBOOK_RULES}
)  # where a cell's metadata says why


@dataclass(frozen=True)
class Source:
    """The English side, which all languages share: the pages without outputs, where their cells stand, their texts."""

    project: Project
    pages: dict[str, NotebookNode]
    lines: dict[str, dict[str, int]]
    texts: Texts


@dataclass(frozen=True)
class Page:
    """A notebook without its outputs, the line of each cell, and what was found in it."""

    file: str
    content: NotebookNode
    lines: list[int]
    found: list[Found]


def check(project: Project, languages: list[Language]) -> Report:
    """All findings, by file and line. Rules that need sound notebooks or PO files are left out where these are not.

    One language is held in memory at a time, and the outputs of one notebook.
    """
    pages: dict[str, Page] = {}
    report = Report([finding for page in project.pages for finding in _unsound(project, page, pages)])
    if report.findings:
        for page in pages.values():
            _settle(page, page.found, report)
        return Report(sorted(report.findings), sorted(report.silenced))
    source = _source(project, pages)
    for name, page in pages.items():
        _settle(page, [*page.found, *_found_in_texts(source, name)], report, all_rules=True)
    steps = Steps(project, source.texts, source.lines)
    for language in languages:
        _check_language(source, language, report, steps)
    report.findings += [
        Finding(str(project.shown(path)), line, message, rule) for path, line, message, rule in steps.findings()
    ]
    return Report(sorted(report.findings), sorted(report.silenced))


def _unsound(project: Project, name: str, pages: dict[str, Page]) -> Iterator[Finding]:
    """What makes a page unfit for the rules about texts; a page that can be read is put into `pages`."""
    path = project.notebook(name)
    try:
        content = ipynb.read(path)
        for line, message, rule in cell_ids.findings(project, name, content):
            yield Finding(str(project.shown(path)), line, message, rule)
        found = list(notebooks.findings(content))
        for cell in content.cells:
            cell.pop("outputs", None)
        pages[name] = Page(str(project.shown(path)), content, ipynb.cell_lines(path), found)
    except BookError as error:
        yield _finding(project, error)


def _source(project: Project, pages: dict[str, Page]) -> Source:
    contents = {name: page.content for name, page in pages.items()}
    lines = {
        name: {cell.id: line for cell, line in zip(page.content.cells, page.lines, strict=False)}
        for name, page in pages.items()
    }
    return Source(project, contents, lines, project_texts(project, contents))


def _found_in_texts(source: Source, name: str) -> Iterator[Found]:
    """What is wrong with the texts of a page, and with their links to other pages."""
    cells = source.pages[name].cells
    for number, cell in enumerate(cells):
        for target in page_links(cell.source) if cell.cell_type == "markdown" else []:
            if target.page not in source.pages:
                yield Found(
                    number, f"links to `{target.page}`, no page of `_toc.yml`; add it or remove the link", DEAD_LINK
                )
    numbers = {cell.id: number for number, cell in enumerate(cells)}
    stays, wrong = untranslatable_cells(source.pages[name]), texts.check_source(source.texts[name])
    for cell_id, message, rule in (*stays, *wrong):
        yield Found(numbers[cell_id], message, rule)


def _settle(page: Page, found: list[Found], report: Report, all_rules: bool = False) -> None:
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
                report.silenced.append(Silenced(finding, reason))
            else:
                report.findings.append(finding)
        broken = {each.rule for each in here} if all_rules else ALLOWABLE
        for message in allowance_faults(allowed, ALLOWABLE, broken):
            report.findings.append(Finding(page.file, line, one_line(f"{place}{message}"), RULE))


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
    made = texts.check_translations(project, language, catalogs, source.texts)
    translations = Translations(language, planned.catalogs.values())
    report.findings += [*made.findings, *_code_findings(source, language, translations)]
    report.silenced += made.silenced


def _code_findings(source: Source, language: Language, translations: Translations) -> Iterator[Finding]:
    """Pages whose made notebook would not run the English code, save for comments and figure texts."""
    for page, content in source.pages.items():
        code = NotebookNode(cells=[cell for cell in content.cells if cell.cell_type == "code"])
        file = str(source.project.shown(source.project.catalog(language, page)))
        for cell in localized(code, source.texts[page], translations):
            if cell.refused:
                line = min(translations.line(text.key) for text in source.texts[page] if text.cell_id == cell.node.id)
                yield Finding(file, line, f"`{page}/{cell.node.id}`: {cell.refused}; mend it", "code")


def _finding(project: Project, error: BookError) -> Finding:
    file = project.shown(Path(error.file)) if error.file else Path()
    return Finding(str(file), error.line or 1, error.message, error.rule)
