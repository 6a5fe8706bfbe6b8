"""Links and roles of the English pages that lead nowhere: to pages and parts that are not there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from book.notebook.markdown.anchors import PAGE_ITSELF, part_links
from book.notebook.markdown.page_links import page_links
from book.notebook.markdown.references import ANY, FORMULA, PAGE, TERM, Reference, as_label, references
from book.notebook.page_files import files_of_cell
from book.rules.notebooks import Found
from book.source import Source

DEAD_LINK = "dead-link"
_SPHINX_HAS = {"genindex", "modindex", "py-modindex", "search"}  # labels in every book


def dead_links(source: Source, name: str) -> Iterator[Found]:
    """The links of a page that lead nowhere within the book."""
    yield from _dead_parts(source, name)
    yield from _dead_names(source, name)
    yield from _dead_references(source, name)
    project, its = source.project, source.pages[name]
    known = {*source.pages, *project.left_out}
    for number, cell in enumerate(its.notebook.cells):
        for link in page_links(cell.source, its.folder) if cell.cell_type == "markdown" else []:
            if (page := project.page_of(link.document)) not in known and link.is_sure:
                yield Found(number, f"links to `{page}`, no page of `_toc.yml`; add it or remove the link", DEAD_LINK)


def _dead_names(source: Source, name: str) -> Iterator[Found]:
    """Links without an ending, such as `LICENSE`, to no file, no page, and no part that its author has named."""
    project, its = source.project, source.pages[name]
    known = {*source.pages, *project.left_out}
    for number, cell in enumerate(its.notebook.cells):
        for link in files_of_cell(cell, its.folder) if cell.cell_type == "markdown" else []:
            part = unquote(link.address.partition("#")[0])
            is_named = project.page_of(link.name) in known or part in source.targets
            if not is_named and not link.is_file(project.root):
                message = f"links to `{link.address}`, no file, page or part; mend it or remove the link"
                yield Found(number, message, DEAD_LINK)


def _dead_parts(source: Source, name: str) -> Iterator[Found]:
    """Links to parts that pages do not have."""
    its = source.pages[name]
    for number, cell in enumerate(its.notebook.cells):
        if cell.cell_type != "markdown":
            continue
        parts = [("", part, its.anchors) for part in part_links(cell.source)]
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


def _dead_references(source: Source, name: str) -> Iterator[Found]:
    """Roles that refer to nothing. A page that cannot be read may have what is missed: then only pages are known."""
    its = source.pages[name]
    for number, cell in enumerate(its.notebook.cells):
        for each in references(cell.source) if cell.cell_type == "markdown" else ():
            if not _is_there(source, each, its.folder):
                what = f"`{{{each.role}}}` refers to `{each.target}`, no {each.wanted} of the book"
                yield Found(number, f"{what}; mend it, or write words in its place", DEAD_LINK)


def _is_there(source: Source, reference: Reference, folder: str) -> bool:
    """Is there what a role refers to, or may it be on a page that cannot be read, or in another book?"""
    project, wanted = source.project, reference.wanted
    elsewhere = (project.settings("sphinx").get("config") or {}).get("intersphinx_mapping")
    if elsewhere and wanted != FORMULA:
        return True
    document = posixpath.normpath(posixpath.join(f"/{folder}", reference.target)).lstrip("/")
    is_page = document in map(project.document, (*source.pages, *project.left_out))
    if wanted == PAGE or (wanted == ANY and is_page):
        return is_page
    if project.left_out or (wanted in (TERM, ANY) and source.has_glossary):
        return True
    return wanted != TERM and as_label(reference.target) in source.labels | _SPHINX_HAS
