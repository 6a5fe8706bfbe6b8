"""The folder that Sphinx reads for one language: localized notebooks, the pages' order, the theme's texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import nbformat
from babel.dates import format_date
from nbformat import NotebookNode

from book.errors import NotebookError
from book.files import write_atomic
from book.localize.cells import Cell
from book.localize.edition import Edition
from book.localize.navigation import title
from book.localize.notebooks import files_beside
from book.localize.review import is_translated
from book.localize.translations import State
from book.notebook.explorer import explorer_of
from book.notebook.markdown.anchors import PAGE_ITSELF
from book.notebook.markdown.small_headings import before_title, without_headings
from book.site.handoff import CellInfo, PageInfo
from book.site.source import notices
from book.site.source.citation import bibtex, citation
from book.site.source.explorer import explorer
from book.site.source.folds import name_folds
from book.site.source.head import canonical, head
from book.site.source.outputs import show_outputs
from book.site.source.social_cards import Card
from book.site.source.theme_texts import write_theme_texts
from book.status.report import PageStatus, Report
from book.toc import MARKDOWN, toc_text
from book.urls import links


def write_tree(
    edition: Edition,
    translated: dict[str, list[str]],
    state: Report,
    cards: dict[str, Card],
    as_written: frozenset[str] = frozenset(),
) -> Path:
    """Write the source tree of an edition and return its folder; files whose content is the same are not touched.

    `translated` gives for each page the languages in which it can really be read, `state` how much of it,
    `cards` its picture; `as_written` are the cells at which Sphinx fails.
    """
    folder = edition.project.build / "source" / edition.language.code
    keep = {folder / name for name in ("_toc.yml", "_config.yml")}
    write_atomic(folder / "_toc.yml", _toc(edition))
    rows = state.of(edition.language.code)
    for page in edition.project.pages:
        path = folder / f"{edition.project.document(page)}.ipynb"
        made = _page(edition, page, as_written)
        _page_info(edition, page, rows.get(page), translated[page], cards.get(page)).put_into(made)
        write_atomic(path, json.dumps(made, ensure_ascii=False))  # for Sphinx alone: no indents, which take long
        keep.add(path)
    for name, content in files_beside(edition):
        write_atomic(folder / name, content)
        keep.add(folder / name)
    keep |= write_theme_texts(edition, folder)
    for path in folder.rglob("*"):
        if path.is_file() and path not in keep:
            path.unlink()
    return folder


def _toc(edition: Edition) -> str:
    left_out = frozenset(map(edition.project.document, edition.project.left_out))
    return toc_text(edition.project.root, left_out, edition.interface.toc)


def _page(edition: Edition, page: str, as_written: frozenset[str]) -> NotebookNode:
    """The page as the site shows it, with what is known of each cell handed on to `sphinx_ext.cells`."""
    english = edition.english(page)
    made = nbformat.from_dict({**english, "cells": [], "nbformat": 4, "nbformat_minor": 5})
    address, lines = links(edition.project, edition.language, page), edition.lines(page)
    anchors, small = edition.source.pages[page].cell_anchors, before_title(english.cells)
    for number, (cell, source) in enumerate(zip(edition.cells(page), english.cells, strict=True)):
        node = cell.copy()
        if f"{page}/{node.id}" in as_written:
            _show_as_written(node)
        is_english, translates = _is_english(edition, page, cell, node), ""
        if node.cell_type == "code":
            name_folds(node, source, edition)
            with _left_by_a_run(edition, page, f"cell `{node.id}`"):
                show_outputs(node, edition)
        elif node.cell_type == "markdown":
            shown = without_headings if number in small else str
            node.source = shown(node.source)
            if not edition.is_source and not is_english:
                translates = edition.with_live_links(shown(source.source), page)
        edit = address.edit_at(lines.get(node.id, 1))
        above = [notices.of_page(edition, page)] if number == 0 and node.cell_type == "markdown" else []
        above.append(notices.of_cell(cell, edition, edit))
        below = explorer(edition.interface, norm) if (norm := explorer_of(node.metadata)) else ""
        parts = {**anchors[number], **dict.fromkeys(PAGE_ITSELF, str(node.id))}  # of these the first cell's counts
        CellInfo(str(node.id), edit, is_english, tuple(above), below, translates, parts).put_into(node)
        made.cells.append(node)
    return made


def _is_english(edition: Edition, page: str, cell: Cell, node: NotebookNode) -> bool:
    """Is the cell of a translation, which is shown as `node`, in the language of the pages?"""
    if node.cell_type == "raw":
        return not edition.is_source
    return cell.state is State.UNTRANSLATED or edition.stays(page, cell)


@contextmanager
def _left_by_a_run(edition: Edition, page: str, what: str) -> Iterator[None]:
    """Raises NotebookError where `what` has another form than `book execute` gives it."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        message = f"{what} is not as a run leaves it; run `book execute {page}`"
        raise NotebookError(message, edition.project.notebook(page)) from error


def _show_as_written(node: NotebookNode) -> None:
    """Have Sphinx do nothing but show a cell at which it fails; code is without its outputs then."""
    if node.cell_type == "code":
        node.outputs = []
    else:
        node.cell_type = "raw"
        node.pop("attachments", None)


def _page_info(
    edition: Edition, page: str, row: PageStatus | None, translated: list[str], card: Card | None
) -> PageInfo:
    address, say = links(edition.project, edition.language, page), edition.interface
    with _left_by_a_run(edition, page, "the metadata `book`"):
        run = _provenance(edition, page)
    return PageInfo(
        title=title(edition, page),
        head=head(edition, page, translated, card),
        canonical=canonical(edition, page, translated),
        colab=address.colab if _can_run(edition, page) else "",
        source=address.source,
        edit=address.edit,
        unclear=address.unclear if edition.project.known_repository else "",
        citation=citation(edition, page),
        bibtex=bibtex(edition, page),
        review=notices.review_sentence(edition, page),
        authors=say.filled("authors", author=say.author) if say.author else "",
        translated=tuple(translated),
        progress=_progress(edition, row) if row else "",
        run=tuple(run),
    )


def _can_run(edition: Edition, page: str) -> bool:
    """Is it a notebook, or a page in Markdown with code?"""
    is_notebook = edition.project.notebook(page).suffix != MARKDOWN
    return is_notebook or any(cell.cell_type == "code" for cell in edition.english(page).cells)


def _progress(edition: Edition, row: PageStatus) -> str:
    """How much of the page is translated."""
    numbers = {"translated": row.translated, "total": row.total, "outdated": row.outdated}
    return edition.interface.filled("page-progress", **numbers)


def _provenance(edition: Edition, page: str) -> list[str]:
    """Where the page's numbers come from, in lines: when and how long, versions, data. Empty if nothing was run."""
    english = edition.english(page)
    run = english.metadata.get("book", {})
    if "executed" not in run or not any(cell.cell_type == "code" for cell in english.cells):
        return []
    say = edition.interface
    day = format_date(date.fromisoformat(run["executed"]), "long", locale=edition.language.locale)
    comma = say["list-separator"]
    versions = comma.join(f"{name}\u00a0{number}" for name, number in run.get("versions", {}).items())
    data = comma.join(
        f"{name} ({say['data-' + each['source']]} · SHA-256 {each['sha256'][:12]})"
        for name, each in run.get("data", {}).items()
    )
    lines = [say.filled("run-on", date=day, seconds=run["seconds"]), say.filled("run-with", versions=versions)]
    return [*lines, say.filled("run-data", data=data)] if data else lines


def translated_pages(all_editions: list[Edition]) -> dict[str, list[str]]:
    """For each page the languages in which it can really be read."""
    pages = all_editions[0].project.pages
    return {page: [e.language.code for e in all_editions if is_translated(e, page)] for page in pages}
