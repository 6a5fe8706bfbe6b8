"""What is wrong in one English notebook, suppressed where its metadata allows it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from nbformat import NotebookNode

from book.check import texts
from book.check.alt_texts import ALT_TEXT, without_alt_texts
from book.check.block_words import BLOCK_WORDS, block_words
from book.check.formulas import FORMULA, MONEY, formula_findings
from book.check.links import DEAD_LINK, dead_links
from book.check.page_files import unfit_files
from book.check.runs import FIGURE_FORMAT, NOT_RUN, STALE_OUTPUTS, run_findings
from book.check.titles import NO_TITLE, without_title
from book.check.untranslatable import (
    DRAWN_BY_NAME,
    FIGURE_FORMULA,
    NO_PROGRAM,
    PRINTED_WORD,
    PUT_TOGETHER,
    TOO_LONG,
    printed_words,
    untranslatable_cells,
)
from book.errors import BookError, NotebookError
from book.findings import Finding, Suppressed
from book.language.language import Language
from book.maths.macros import macros_in
from book.notebook import ipynb
from book.notebook.data_files import data_files, read_data_file
from book.notebook.pasted import pasted_apart
from book.po.former_ids import repaired
from book.po.suppressions import RULE, allowance_faults, allowances, reason_for
from book.project import Project
from book.rules import notebooks
from book.rules.active_content import ACTIVE
from book.rules.notebooks import NOTEBOOK_RULES, Found
from book.source import Page, Source, page_or_fault
from book.terminal import one_line
from book.toc import MARKDOWN

DATA_FILE = "data-file"
LINK_SCHEME = "link-scheme"
_NAMED = re.compile(r"(?:link|the address) `([^`]+)`")
# Where a cell's metadata says why.
_OF_CELLS = {NO_PROGRAM, PRINTED_WORD, PUT_TOGETHER, TOO_LONG, FIGURE_FORMULA, FORMULA, MONEY, ALT_TEXT}
_OF_CELLS |= {NOT_RUN, STALE_OUTPUTS, FIGURE_FORMAT, DRAWN_BY_NAME, BLOCK_WORDS, NO_TITLE, DEAD_LINK}
ALLOWABLE = texts.ALLOWABLE | _OF_CELLS | {rule.name for rule in NOTEBOOK_RULES}


@dataclass(frozen=True)
class Checked:
    """A notebook without its outputs, the line of each cell, and what was found in it.

    `page` is it with its texts, or why it has none, and `in_texts` what was found in these. `language` is that of the
    book's pages.
    """

    language: Language
    file: str
    content: NotebookNode
    lines: list[int]
    found: list[Found]
    page: Page | BookError
    in_texts: list[Found]


def read_page(project: Project, name: str) -> Checked | Finding:
    """The page without its outputs, or why it cannot be read.

    All that one page alone can tell is asked at once, while its texts are known as the parsers have taken them apart.
    """
    path = project.notebook(name)
    try:
        content = pasted_apart(ipynb.read(path))
        found = [
            *notebooks.findings(content, project.file(name).count("/")),
            *formula_findings(content, macros_in(project.settings("sphinx").get("config") or {})),
            *_unreadable_data_files(path, content),
            *unfit_files(project.root, posixpath.dirname(project.file(name)), content),
            *(without_alt_texts(content) if project.own.alt_texts else ()),
            *(run_findings(content, name) if path.suffix != MARKDOWN else ()),
        ]
        for cell in content.cells:
            cell.pop("outputs", None)
        page = page_or_fault(project, name, repaired(project, name, content))
        in_texts = list(_found_in_texts(project, page)) if isinstance(page, Page) else []
        file = str(project.shown(path))
        return Checked(project.source, file, content, ipynb.cell_lines(path), found, page, in_texts)
    except BookError as error:
        return project.finding_of(error)


def _unreadable_data_files(path: Path, content: NotebookNode) -> Iterator[Found]:
    """Which of the files that the notebook in `path` reads are not beside it, or are none."""
    for name in data_files(content):
        try:
            read_data_file(path.parent, name)
        except NotebookError as error:
            yield Found(None, f"the data file `{name}` {error.message}; mend it, or `files` in the metadata", DATA_FILE)


def check_page(source: Source, off: frozenset[str], item: tuple[str, Checked]) -> list[Finding | Suppressed]:
    name, page = item
    is_usable = name in source.pages
    in_texts = [*dead_links(source, name), *page.in_texts] if is_usable else []
    found = [each for each in (*page.found, *in_texts) if not _is_label(source, each)]
    return list(settled(page, found, off, all_rules=is_usable))


def _is_label(source: Source, found: Found) -> bool:
    """Is what was taken for an address with a scheme a label of the book's, such as `sec:intro`?"""
    named = _NAMED.search(found.message) if found.rule in (LINK_SCHEME, ACTIVE) else None
    return named is not None and unquote(named[1]) in source.targets


def settled(
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
            message = one_line(f"{place}{page.language.named_in(each.message)}")
            finding = Finding(page.file, line, message, each.rule)
            reason = reason_for(each.rule, allowed) if each.rule in ALLOWABLE else ""
            yield Suppressed(finding, reason) if reason else finding
        broken = {each.rule for each in here} if all_rules else ALLOWABLE
        for message in allowance_faults(allowed, ALLOWABLE, broken):
            yield Finding(page.file, line, one_line(f"{place}{message}"), RULE)


def _found_in_texts(project: Project, page: Page) -> Iterator[Found]:
    """What is wrong with the texts of a page."""
    numbers = {cell.id: number for number, cell in enumerate(page.notebook.cells)}
    yield from untranslatable_cells(page)
    yield from block_words(page.notebook.cells)
    yield from without_title(page.notebook.cells)
    if project.own.printed_words:
        yield from printed_words(page)
    for cell_id, message, rule in texts.check_source(page.texts, page.notebook.cells):
        yield Found(numbers[cell_id], message, rule)
