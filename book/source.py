"""The English book, read once: its notebooks, where their cells stand, and the texts to translate."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path, PurePosixPath

from nbformat import NotebookNode

from book.errors import BookError
from book.interface import interface_texts
from book.notebook import ipynb
from book.notebook.code.page_code import PageCode, page_code
from book.notebook.data_files import data_files
from book.notebook.markdown.anchors import anchors, of_page, targets
from book.notebook.markdown.references import as_label
from book.notebook.page_files import page_files
from book.notebook.pasted import pasted_apart
from book.notebook.skipped import skipped
from book.notebook.texts import Text, Texts, texts_of
from book.po import cell_ids
from book.processes import mapped
from book.project import Project
from book.toc import SITE


@dataclass(frozen=True)
class Page:
    """An English notebook with its texts in reading order; `code` is what its code tells of its cells.

    `folder` is where it stands, by its path below the book's root.
    """

    path: Path
    folder: str
    notebook: NotebookNode
    texts: list[Text]
    code: PageCode

    @cached_property
    def lines(self) -> dict[str, int]:
        """The line in the file at which each cell stands, by id."""
        return {cell.id: n for cell, n in zip(self.notebook.cells, ipynb.cell_lines(self.path), strict=False)}

    @cached_property
    def cell_anchors(self) -> list[Mapping[str, str]]:
        """The parts of each cell by their names in links, with their ids."""
        return [anchors(cell) for cell in self.notebook.cells]

    @cached_property
    def anchors(self) -> Mapping[str, str]:
        """The page's parts by their names in links, with their ids."""
        return of_page(self.notebook.cells, self.cell_anchors)

    @cached_property
    def files(self) -> list[str]:
        """The files that the page shows and links, by their paths below the book's root."""
        root = self.path.parents[len(PurePosixPath(self.folder).parts)]
        return page_files(root, self.notebook, self.folder)

    @cached_property
    def data_files(self) -> list[str]:
        """The files that its code reads, in the same way."""
        return [posixpath.join(self.folder, name) for name in data_files(self.notebook)]

    @cached_property
    def texts_by_cell(self) -> Mapping[str, list[Text]]:
        found: dict[str, list[Text]] = {}
        for text in self.texts:
            found.setdefault(text.cell_id, []).append(text)
        return found


@dataclass(frozen=True)
class Source:
    """The English book, which all languages share: its pages by name, and the interface's texts.

    `project` is the book without the pages that cannot be used; `unusable` says why.
    """

    project: Project
    pages: Mapping[str, Page]
    interface: list[Text]
    unusable: Mapping[str, BookError] = field(default_factory=dict)

    @cached_property
    def files(self) -> set[str]:
        """All files that pages read, show and link, by their paths below the book's root."""
        return {name for page in self.pages.values() for name in (*page.files, *page.data_files)}

    @cached_property
    def targets(self) -> set[str]:
        """The targets that any page may name without saying on which page they are."""
        return {target for page in self.pages.values() for cell in page.notebook.cells for target in targets(cell)}

    @cached_property
    def labels(self) -> set[str]:
        """The targets as roles find them."""
        return set(map(as_label, self.targets))

    @cached_property
    def has_glossary(self) -> bool:
        """May a page have a list of terms to which others refer?"""
        return any("{glossary}" in cell.source for page in self.pages.values() for cell in page.notebook.cells)

    @cached_property
    def texts(self) -> Texts:
        """The texts of every page in the book's order, and under `site` those of the interface."""
        return {SITE: self.interface, **{name: page.texts for name, page in self.pages.items()}}


def read_source(project: Project, known: Mapping[str, Page] | None = None, *, outputs: bool = True) -> Source:
    """The English book of `project`; without the outputs of its notebooks where nobody asks for these `outputs`.

    Of the pages `known` all is known already.

    A page that cannot be read, or on whose ids one cannot rely, is left out. Raises NotebookError for the first one,
    on which the book stands.
    """
    known = known or {}
    new = [name for name in project.pages if name not in known]
    here = dict(zip(new, mapped(partial(_read_page, project, outputs), new), strict=True))
    found = {name: known.get(name) or here[name] for name in project.pages}
    faults = cell_ids.faults(project, {name: page.notebook for name, page in found.items() if isinstance(page, Page)})
    return source_of(project, {**found, **faults})


def source_of(project: Project, found: Mapping[str, Page | BookError]) -> Source:
    """The English book with these pages, but for those of which it is told why they cannot be used.

    Raises NotebookError for the first page.
    """
    pages = {name: page for name, page in found.items() if isinstance(page, Page)}
    unusable = {name: fault for name, fault in found.items() if isinstance(fault, BookError)}
    if project.pages[0] in unusable:
        raise unusable[project.pages[0]]
    left_out = [name for name in project.pages if name not in pages]
    return Source(project.without(left_out), pages, interface_texts(project), unusable)


def _read_page(project: Project, outputs: bool, name: str) -> Page | BookError:
    try:
        notebook = pasted_apart(ipynb.read(project.notebook(name)))
        for cell in notebook.cells if not outputs else ():
            cell.pop("outputs", None)
        return page_of(project, name, notebook)
    except BookError as error:
        return error


def page_or_fault(project: Project, name: str, notebook: NotebookNode) -> Page | BookError:
    """The page of that name whose notebook has been read, or why it cannot be used."""
    try:
        return page_of(project, name, notebook)
    except BookError as error:
        return error


def page_of(project: Project, name: str, notebook: NotebookNode) -> Page:
    """The page of that name whose notebook has been read."""
    code, folder = page_code(notebook), posixpath.dirname(project.file(name))
    texts = texts_of(name, notebook, code, skipped(notebook, project.own.skip))
    return Page(project.notebook(name), folder, notebook, texts, code)


def source_files(project: Project) -> Iterator[Path]:
    """The files from which the English texts come; the table of contents before it is read."""
    yield from (project.root / name for name in ("_toc.yml", "_config.yml"))
    yield from map(project.notebook, project.pages)
