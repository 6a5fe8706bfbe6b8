"""Every rule, over notebooks and translations: one line a finding."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote

from nbformat import NotebookNode

from book.check import rules_off, texts
from book.check.formulas import FORMULA, MONEY, formula_findings
from book.check.out_of_sync import Changes, OutOfSync
from book.check.page_files import unfit_files
from book.check.report import Report, report_of
from book.check.untranslatable import FIGURE_FORMULA, NO_PROGRAM, PUT_TOGETHER, TOO_LONG, untranslatable_cells
from book.errors import BookError, NotebookError
from book.findings import Finding, Suppressed
from book.language.conventions import read_conventions
from book.language.language import Language
from book.localize.cells import localized
from book.localize.translations import Translations
from book.maths.macros import macros_in
from book.notebook import ipynb
from book.notebook.anchors import PAGE_ITSELF, part_links
from book.notebook.data_files import data_files, read_data_file
from book.notebook.page_links import page_links
from book.notebook.pasted import pasted_apart
from book.po import catalog, cell_ids
from book.po.file_format import Catalog
from book.po.suppressions import RULE, allowance_faults, allowances, reason_for
from book.po.sync import catalog_paths, plan
from book.processes import at_once, mapped
from book.project import Project
from book.rules import notebooks
from book.rules.notebooks import NOTEBOOK_RULES, Found
from book.source import Page, Source, read_source
from book.terminal import one_line

Thing = TypeVar("Thing")

DEAD_LINK = "dead-link"
DATA_FILE = "data-file"
# Where a cell's metadata says why.
_OF_CELLS = {NO_PROGRAM, PUT_TOGETHER, TOO_LONG, FIGURE_FORMULA, FORMULA, MONEY}
ALLOWABLE = texts.ALLOWABLE | _OF_CELLS | {rule.name for rule in NOTEBOOK_RULES}


@dataclass(frozen=True)
class Checked:
    """A notebook without its outputs, the line of each cell, and what was found in it."""

    file: str
    content: NotebookNode
    lines: list[int]
    found: list[Found]


def check(project: Project, languages: list[Language]) -> Report:
    """All findings, by file and line. Rules about texts are left out where a notebook or PO file cannot be read.

    Where ids are missing, the texts are looked at all the same, under the ids that they had before.

    One language is held in memory at a time, and the outputs of one notebook, in each of the processes at work.
    """
    read = dict(zip(project.pages, mapped(partial(_read, project), project.pages), strict=True))
    pages = {name: page for name, page in read.items() if isinstance(page, Checked)}
    found: list[Finding | Suppressed] = [page for page in read.values() if isinstance(page, Finding)]
    contents = {name: page.content for name, page in pages.items()}
    about_ids = list(cell_ids.findings(project, contents))
    found += [*rules_off.findings(project), *about_ids]
    off = rules_off.names(project)
    if project.pages[0] not in pages:
        return report_of([*found, *(each for page in pages.values() for each in _settled(page, page.found, off))])
    source = read_source(project, {name: cell_ids.repaired(project, name, each) for name, each in contents.items()})
    found += [project.finding_of(error) for error in source.unusable.values()]
    found += chain.from_iterable(mapped(partial(_check_page, source, off), list(pages.items())))
    out_of_sync = OutOfSync(source, _of_doubtful_ids(pages, about_ids))
    size = len(pages) * len(languages)  # 0 where there are no languages, and no shares
    parts = -(-2 * at_once(size) // len(languages)) if at_once(size) > 1 else 1
    shares = [_Share(language, number, parts) for language in languages for number in range(parts)]
    for share, (in_share, changes) in zip(
        shares, mapped(partial(_check_share, out_of_sync), shares, size), strict=True
    ):
        found += in_share
        if changes:
            out_of_sync.add(share.language, changes)
    return report_of([*found, *out_of_sync.findings()])


def _of_doubtful_ids(pages: dict[str, Checked], about_ids: list[Finding]) -> set[str]:
    """The pages with whose ids something is wrong: what is said of them is what `sync` waits for."""
    named = {finding.file for finding in about_ids}
    return {name for name, page in pages.items() if page.file in named or not cell_ids.is_sound(page.content)}


def _read(project: Project, name: str) -> Checked | Finding:
    """The page without its outputs, or why it cannot be read."""
    path = project.notebook(name)
    try:
        content = pasted_apart(ipynb.read(path))
        found = [
            *notebooks.findings(content, project.file(name).count("/")),
            *formula_findings(content, macros_in(project.settings("sphinx").get("config") or {})),
            *_unreadable_data_files(path, content),
            *unfit_files(project.root, posixpath.dirname(project.file(name)), content),
        ]
        for cell in content.cells:
            cell.pop("outputs", None)
        return Checked(str(project.shown(path)), content, ipynb.cell_lines(path), found)
    except BookError as error:
        return project.finding_of(error)


def _unreadable_data_files(path: Path, content: NotebookNode) -> Iterator[Found]:
    """Which of the files that the notebook in `path` reads are not beside it, or are none."""
    for name in data_files(content):
        try:
            read_data_file(path.parent, name)
        except NotebookError as error:
            yield Found(None, f"the data file `{name}` {error.message}; mend it, or `files` in the metadata", DATA_FILE)


def _found_in_texts(source: Source, name: str) -> Iterator[Found]:
    """What is wrong with the texts of a page, and with their links to other pages."""
    project, cells, folder = source.project, source.pages[name].notebook.cells, source.pages[name].folder
    yield from _dead_parts(source, name)
    known = {*source.pages, *project.left_out}
    for number, cell in enumerate(cells):
        for link in page_links(cell.source, folder) if cell.cell_type == "markdown" else []:
            if (page := project.page_of(link.document)) not in known and link.is_sure:
                yield Found(number, f"links to `{page}`, no page of `_toc.yml`; add it or remove the link", DEAD_LINK)
    numbers = {cell.id: number for number, cell in enumerate(cells)}
    yield from untranslatable_cells(source.pages[name])
    for cell_id, message, rule in texts.check_source(source.pages[name].texts):
        yield Found(numbers[cell_id], message, rule)


def _dead_parts(source: Source, name: str) -> Iterator[Found]:
    """Links to parts that pages do not have."""
    its = source.pages[name]
    cells, here = its.notebook.cells, its.anchors
    for number, cell in enumerate(cells):
        if cell.cell_type != "markdown":
            continue
        parts = [("", part, here) for part in part_links(cell.source)]
        parts += [
            (page, unquote(link.part[1:]), source.pages[page].anchors)
            for link in page_links(cell.source, its.folder)
            if (page := source.project.page_of(link.document)) in source.pages and link.part[1:]
        ]
        for page, part, there in parts:
            if part not in (*PAGE_ITSELF, *there) and (page or part not in source.targets):
                near = next((known for known in there if known.lower() == part.lower()), "")
                mend = f"write `#{near}`" if near else "name a cell's id, or remove it"
                which = f"page `{page}`" if page else "the page"
                yield Found(number, f"links to `#{part}`, no part of {which}; {mend}", DEAD_LINK)


def _check_page(source: Source, off: frozenset[str], item: tuple[str, Checked]) -> list[Finding | Suppressed]:
    name, page = item
    in_texts = _found_in_texts(source, name) if name in source.pages else ()
    return list(_settled(page, [*page.found, *in_texts], off, all_rules=name in source.pages))


def _settled(
    page: Checked, found: list[Found], off: frozenset[str], all_rules: bool = False
) -> Iterator[Finding | Suppressed]:
    """What was found in a page, each suppressed where the metadata allows it, and what is wrong with the metadata.

    The rules `off` are those that the book does without. Whether an allowance is of use can be told once `all_rules`
    have been asked.
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
            if each.rule in off:
                continue
            finding = Finding(page.file, line, one_line(f"{place}{each.message}"), each.rule)
            reason = reason_for(each.rule, allowed) if each.rule in ALLOWABLE else ""
            yield Suppressed(finding, reason) if reason else finding
        broken = {each.rule for each in here} if all_rules else ALLOWABLE
        for message in allowance_faults(allowed, ALLOWABLE, broken):
            yield Finding(page.file, line, one_line(f"{place}{message}"), RULE)


@dataclass(frozen=True)
class _Share:
    """A part of the pages of a language, so that all cores have something to do where languages are few."""

    language: Language
    number: int
    parts: int

    def of(self, things: Iterable[Thing]) -> list[Thing]:
        return list(things)[self.number :: self.parts]


def _check_share(out_of_sync: OutOfSync, share: _Share) -> tuple[list[Finding | Suppressed], Changes | None]:
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
    found += texts.check_translations(project, conventions, mine, source.texts)
    found += _code_findings(source, language, translations, share.of(source.pages.items()))
    return found, out_of_sync.changes(planned) if is_first else None


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
