"""The proof that a translation only speaks: the pages made of it do what the English pages of the same build do.

Rules judge what is read (`book.rules`), and then much is made of it. Here what was made is judged, whatever was read.
What may differ stands in `book.site.proof.may_differ`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from functools import cache, cached_property, partial
from pathlib import Path

from nbformat import NotebookNode

from book.cache import Cache
from book.localize.cells import Cell
from book.localize.edition import Edition
from book.localize.review import Review, review
from book.localize.translations import State
from book.notebook.tags import REMOVED, has_tag
from book.site.handoff import FURTHER_PAGES
from book.site.proof.completeness import lost
from book.site.proof.differences import Difference, doubled_ids, figure, of_further_page, of_lesson
from book.site.proof.may_differ import REVIEW, OwnAddresses
from book.site.proof.page_reader import skeleton, vocabulary
from book.site.proof.skeleton import Figure, Skeleton, Source
from book.toc import SITE
from book.urls import base_url, links

SEARCH = "search"
_KINDS = {State.OUTDATED: "outdated", State.DOUBTED: "outdated", State.UNTRANSLATED: "in-english"}


class Proof:
    """Holds editions against the English one, whose pages were made in the folder `output`."""

    def __init__(self, english: Edition, output: Path, cache: Cache) -> None:
        self._english, self._cache = _Pages(english, output), cache

    def doubled_ids(self) -> Iterator[tuple[str, Difference]]:
        """Page by page the ids that an English lesson gives more than once."""
        for page in self._english.names:
            work = partial(self._doubled, page)
            yield from ((page, found) for found in self._cached("doubled ids", self._english.html(page), work))

    def lost(self) -> Iterator[tuple[str, Difference]]:
        """Page by page what of the English cells is not on it."""
        for page in self._english.names:
            work = partial(self._lost, page)
            data = repr([self._english.html(page), str(self._english.notebook(page))])
            yield from ((page, found) for found in self._cached("lost", data, work))

    def lessons(self, edition: Edition, output: Path) -> Iterator[tuple[str, Difference]]:
        """Page by page what the lessons of an edition do and the English ones do not."""
        pages = _Pages(edition, output)
        for page in pages.names:
            work = partial(self._compared, pages, page)
            yield from ((page, found) for found in self._cached("proof", self._data(pages, page), work))

    def further_pages(self, edition: Edition, output: Path) -> Iterator[tuple[str, Difference]]:
        """The same for the pages that are no lessons."""
        pages = _Pages(edition, output)
        for name in (SEARCH, *FURTHER_PAGES):
            data = repr([each.of_further(name) for each in (self._english, pages)])
            work = partial(self._compared_further, pages, name)
            yield from ((name, found) for found in self._cached("proof of further pages", data, work))

    def _cached(self, question: str, data: str, work: Callable[[], list[Difference]]) -> list[Difference]:
        def told() -> list[tuple[str, list[str], list[str]]]:
            return [(each.message, list(each.cells), list(each.links)) for each in work()]

        found = self._cache.answer(question, data.encode(), told)
        return [Difference(message, tuple(cells), tuple(links)) for message, cells, links in found]

    def _data(self, pages: _Pages, page: str) -> str:
        """All on which it depends how a lesson compares; figures are named by their content."""
        about = [pages.addresses(page), pages.cells(page), pages.notices(page)]
        return repr([self._english.html(page), pages.html(page), about])

    def _lost(self, page: str) -> list[Difference]:
        found = lost(self._english.notebook(page).cells, self._english.html(page))
        return [Difference(message, (cell,)) for cell, message in found]

    def _doubled(self, page: str) -> list[Difference]:
        return list(doubled_ids(self._english.lesson(page)))

    def _compared(self, pages: _Pages, page: str) -> list[Difference]:
        english = self._english.lesson(page)
        try:
            return of_lesson(english, pages.lesson(page, english), pages.notices(page))
        except RecursionError:
            return [Difference("is nested too deeply")]

    def _compared_further(self, pages: _Pages, name: str) -> list[Difference]:
        english, made = (each.further(name) for each in (self._english, pages))
        if name == SEARCH:
            return list(of_lesson(english, made, {}))
        return list(of_further_page(english, made, (self._english.vocabulary(name), pages.vocabulary(name))))


def printed_by(cell: NotebookNode) -> set[str]:
    """What a cell prints, without the line breaks at its ends."""
    return {output.text.strip("\n") for output in cell.get("outputs", []) if output.output_type == "stream"}


class _Pages:
    """The made pages of an edition, and what is known of them."""

    def __init__(self, edition: Edition, output: Path) -> None:
        self._edition, self._output = edition, output
        self.names = edition.project.pages
        self._skeletons: dict[str, Skeleton] = {}

    def lesson(self, page: str, english: Skeleton | None = None) -> Skeleton:
        if page not in self._skeletons:
            english_page = self._edition.source.pages[page]
            source = Source(
                self.cells(page),
                cache(partial(self._figure, english_page.folder)),
                english_page.code,
                {str(cell.id): cell.source.strip("\n") for cell in english_page.notebook.cells},
                self._printed(page),
            )
            self._skeletons[page] = skeleton(self.html(page), self.addresses(page), source, english)
        return self._skeletons[page]

    def notebook(self, page: str) -> NotebookNode:
        return self._edition.english(page)

    def further(self, name: str) -> Skeleton:
        return skeleton(self._further_html(name), self._addresses)

    def vocabulary(self, name: str) -> set[str]:
        """What the page is made of; it names the files and pages of all languages, whatever its own."""
        return vocabulary(self._further_html(name), self._file_addresses)

    def of_further(self, name: str) -> tuple[object, ...]:
        """All on which it depends how a page that is no lesson compares."""
        return name, self._further_html(name), self._addresses, self._file_addresses

    def _further_html(self, name: str) -> str:
        return _text(self._output / f"{self._edition.project.site_prefix}{name}.html")

    def html(self, page: str) -> str:
        return _text(self._output / f"{self._edition.project.document(page)}.html")

    def _printed(self, page: str) -> dict[str, set[str]]:
        """What each cell prints in the language of the pages."""
        return {str(cell.node.id): printed_by(cell.node) for cell in self._edition.cells(page)}

    def cells(self, page: str) -> dict[str, bool]:
        """Of each cell on the page whether it is code."""
        cells = (cell for cell in self._edition.english(page).cells if not has_tag(cell, REMOVED))
        return {str(cell.id): cell.cell_type == "code" for cell in cells}

    def notices(self, page: str) -> dict[str, list[str]]:
        """The notices that belong on the page, by cell."""
        if self._edition.is_source:
            return {}
        cells, on_page = self._edition.cells(page), self.cells(page)
        kinds = {str(cell.node.id): [*self._review(page, cell, n), *_state(cell)] for n, cell in enumerate(cells)}
        return {cell: found for cell, found in kinds.items() if cell in on_page}

    def _review(self, page: str, cell: Cell, number: int) -> list[str]:
        if number or cell.node.cell_type != "markdown":
            return []
        kinds = {Review.REVIEWED: "reviewed", Review.UNREVIEWED: "draft", Review.DRAFT: "draft"}
        return [kinds[told]] if (told := review(self._edition, page)) in kinds else []

    def addresses(self, page: str) -> OwnAddresses:
        """What is the language's own in the page's addresses."""
        project, language = self._edition.project, self._edition.language
        found = links(project, language, page)
        named = {found.colab: "{colab}", found.source: "{source}", found.edit: "{file}", found.unclear: "{unclear}"}
        above = "../" * project.document(page).count("/")
        named[f"{above}{project.site_prefix}{REVIEW.removeprefix('../')}"] = REVIEW
        edit_at = found.edit_at(0).removesuffix("0")
        return OwnAddresses(language.code, base_url(project), named, edit_at, self._tags, project.source.code)

    @cached_property
    def _addresses(self) -> OwnAddresses:
        project = self._edition.project
        return OwnAddresses(self._edition.language.code, base_url(project), tags=self._tags, source=project.source.code)

    @cached_property
    def _file_addresses(self) -> OwnAddresses:
        project = self._edition.project
        pairs = [(language, page) for language in project.languages for page in (*project.pages, SITE)]
        found = [links(project, *pair) for pair in pairs]
        addresses = (address for each in found for address in (each.edit, each.raw, each.upload))
        return OwnAddresses(named=dict.fromkeys(addresses, "{file}"), tags=self._tags)

    @cached_property
    def _tags(self) -> tuple[str, ...]:
        return tuple(language.tag for language in self._edition.project.editions)

    def _figure(self, folder: str, address: str) -> Figure | None:
        """A picture that a page in `folder` shows and a run has drawn; only of drawings may the words differ."""
        name = posixpath.normpath(posixpath.join(folder, address))
        is_own = name.endswith(".svg") and posixpath.dirname(name) == "_images"
        return figure(_text(self._output / name)) if is_own else None


def _state(cell: Cell) -> list[str]:
    if cell.state in _KINDS:
        return [_KINDS[cell.state]]
    return ["picture"] if cell.fixed_picture else []


def _text(path: Path) -> str:
    """The text of a made file; empty where it was not made."""
    return path.read_text(encoding="utf-8") if path.is_file() else ""
