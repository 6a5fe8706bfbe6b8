"""Reading the book again after a save: pages and languages whose files are as they were are taken as they were read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from book.cache import Cache
from book.localize.edition import Edition
from book.po.sync import catalog_paths
from book.project import Project
from book.source import Page, read_source

Digests = Mapping[Path, str]  # of the files' contents; of one that cannot be read there is none


@dataclass(frozen=True)
class _Read:
    """An edition, and the digests of the PO files that its translations come from; of one that cannot be read none."""

    edition: Edition
    files: Mapping[Path, str | None]


class Reading:
    """The book as it was read last: nothing of it is changed by those who use it, and nothing of it is kept on disk."""

    def __init__(self) -> None:
        self._pages: dict[str, tuple[str, Page]] = {}
        self._languages: dict[str, _Read] = {}
        self.cache: Cache | None = None  # that of the last build

    def forget(self) -> None:
        self._pages.clear()
        self._languages.clear()

    def editions(self, project: Project, digests: Digests, cache: Cache) -> list[Edition]:
        """All editions of the book, whose files have these digests. Raises what reading the English book raises."""
        source = read_source(project, known=self._known(project, digests))
        self._pages = {name: (digests[page.path], page) for name, page in source.pages.items() if page.path in digests}
        found = {}
        for language in source.project.editions:
            files = {path: digests.get(path) for path in catalog_paths(project, language)}
            found[language.code] = _Read(Edition(source, language, cache), files)
            if former := self._languages.get(language.code):
                same = [path for path, digest in files.items() if digest and former.files.get(path) == digest]
                pages = [project.page_of_catalog(language, path) for path in same]
                all_same = len(same) == len(files) == len(former.files)
                found[language.code].edition.take_over(former.edition, pages, all_same=all_same)
        self._languages = found
        return [each.edition for each in found.values()]

    def _known(self, project: Project, digests: Digests) -> dict[str, Page]:
        found = {name: self._pages.get(name) for name in project.pages}
        return {name: it[1] for name, it in found.items() if it and digests.get(project.notebook(name)) == it[0]}
