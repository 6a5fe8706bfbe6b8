"""What the project consists of: pages from `_toc.yml`, languages from the folders of `translations/`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from babel import Locale

from book.errors import PLACEHOLDER, PROGRAM, BookError, ProjectError
from book.files import SETTINGS, is_there, read_text
from book.findings import Finding
from book.language.language import ENGLISH, Language
from book.repository import name_in, of_clone, of_workflow
from book.settings import OwnSettings, own_settings, read_settings
from book.toc import BUILD, SITE_PAGES, folder_of, may_be_page, read_toc, read_words, without_suffix

CITATION = "CITATION.cff"  # how the book is cited: https://citation-file-format.github.io
SETTINGS_FILES = ("_toc.yml", "_config.yml", CITATION)  # what stands beside the pages and concerns all


@dataclass(frozen=True)
class Project:
    """Paths and settings of the book that stands in `root`; `left_out` are pages that nothing can be made of now."""

    root: Path
    left_out: frozenset[str] = frozenset()

    @classmethod
    def find(cls, start: Path | None = None) -> Project:
        """The project whose folder, or a folder above, is `start` (default: the current folder).

        Raises ProjectError where there is no `_toc.yml` up to the root.
        """
        here = (start or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            if (folder / "_toc.yml").exists():
                return cls(folder)
        raise ProjectError("no `_toc.yml` here or above; run this in the book's folder", here)

    @property
    def build(self) -> Path:
        return self.root / BUILD

    @property
    def html(self) -> Path:
        return self.build / "html"

    @cached_property
    def _files(self) -> dict[str, str]:
        """The path of each page's file below the root, by the page's name, in the order of `_toc.yml`."""
        return read_toc(self.root)

    @cached_property
    def pages(self) -> list[str]:
        """Names of the pages in the order of `_toc.yml`: paths without suffix, seen from `pages_folder`.

        Raises ProjectError.
        """
        return [page for page in self._files if page not in self.left_out]

    @cached_property
    def pages_folder(self) -> str:
        """The folder in which all pages stand, by its path below the root; empty for the root. Raises ProjectError."""
        return folder_of(list(self._files.values()))

    def without(self, pages: Iterable[str]) -> Project:
        """The book as it is without these pages."""
        left_out = self.left_out.union(pages)
        return replace(self, left_out=left_out) if left_out != self.left_out else self

    @cached_property
    def toc_words(self) -> list[str]:
        """What `_toc.yml` calls the parts of the book, and pages besides their own titles. Raises ProjectError."""
        return read_words(self.root)

    @cached_property
    def languages(self) -> list[Language]:
        """The languages into which the book is translated: the folders of `translations/`, by code; not hidden ones.

        Raises ProjectError for a folder that is no language, or that of the notebooks.
        """
        folder = self.root / "translations"
        found = [path for path in sorted(folder.iterdir()) if not path.name.startswith(".")] if folder.is_dir() else []
        for path in (folder, *found):
            if path.is_symlink():
                raise ProjectError("is a symbolic link; put what it leads to in its place", path)
        languages = [Language(path.name) for path in found if path.is_dir()]
        for language in languages:
            if language.locale == self.source.locale and self.source.locale == Locale(ENGLISH):
                raise ProjectError("is the notebooks' own language; remove the folder", folder / language.code)
        return [each for each in languages if each.locale != self.source.locale]

    @cached_property
    def source(self) -> Language:
        """The language in which the pages are written: what `_config.yml` says, else English. Raises ProjectError."""
        ours, theirs = self.own.source_language, (self.settings("sphinx").get("config") or {}).get("language")
        language = Language(str(ours or theirs or ENGLISH).replace("-", "_"))
        try:
            assert language.locale
        except ProjectError as error:
            raise ProjectError(error.message, self.root / "_config.yml") from error
        return language

    @property
    def own_interface(self) -> list[Language]:
        """The pages' own language, where it has a folder: for the site's own texts alone, which are English."""
        return [self.source] if self.source.locale != Locale(ENGLISH) and self.folder(self.source).is_dir() else []

    @property
    def editions(self) -> list[Language]:
        """The pages' own language, then those into which they are translated."""
        return [self.source, *self.languages]

    def choose_pages(self, names: list[str]) -> list[str]:
        """`names` if all are pages of the book, every page if empty. Raises ProjectError."""
        return _chosen("page", names, self.pages)

    def choose_languages(self, names: list[str]) -> list[Language]:
        """The languages called `names` (English is not one of them), all if empty. Raises ProjectError."""
        hint = "; a new one begins with its folder below translations/"
        return [Language(name) for name in _chosen("language", names, [each.code for each in self.languages], hint)]

    def begin_language(self, name: str) -> Language:
        """The language of that code, whether it has a folder or not. Raises ProjectError for the notebooks' own."""
        language = Language(name)
        if language.locale == self.source.locale:
            raise ProjectError(f"`{name}` is the notebooks' own language; name the one of the translations")
        return language

    def choose_synced(self, names: list[str]) -> list[Language]:
        """Like `choose_languages`, with the pages' own language where only the site's texts are translated into it."""
        own = [each for each in self.own_interface if each.code in names or not names]
        others = [name for name in names if name not in [each.code for each in own]]
        return [*(self.choose_languages(others) if others or not own or not names else []), *own]

    def choose_editions(self, names: list[str]) -> list[Language]:
        """Like `choose_languages`, English included."""
        return [Language(name) for name in _chosen("language", names, [each.code for each in self.editions])]

    def notebook(self, page: str) -> Path:
        return self.root / self.file(page)

    def file(self, page: str) -> str:
        """The path of the page's notebook below the root."""
        return self._files.get(page) or f"{posixpath.join(self.pages_folder, page)}.ipynb"

    def document(self, page: str) -> str:
        """The page as Sphinx names it: the path of its notebook below the root, without suffix."""
        return without_suffix(self.file(page))

    def page_of(self, document: str) -> str:
        """The name of the page that Sphinx knows as `document`; what is none in `pages_folder` keeps its path."""
        return document.removeprefix(f"{self.pages_folder}/") if self.pages_folder else document

    @cached_property
    def moved(self) -> dict[str, str]:
        """Former documents of pages, with the pages that they are today. Raises ProjectError where one is no page."""
        documents = {self.document(page): page for page in self._files}
        found = {without_suffix(old): without_suffix(new) for old, new in self.own.moved.items()}
        for old, new in found.items():
            if old in documents:
                raise self._fault(old, "is a page of `_toc.yml`; drop the line")
            if not may_be_page(old):
                raise self._fault(old, "is no path that a page can have; correct or drop the line")
            if new not in documents:
                hint = "name the page that it is today" if new in found else "correct or drop the line"
                raise self._fault(new, f"is no page of `_toc.yml`; {hint}")
        return {old: documents[new] for old, new in found.items() if documents[new] not in self.left_out}

    @cached_property
    def site_prefix(self) -> str:
        """What the names of the site's own pages begin with, where a page of the book has such a name; else nothing."""
        taken, found = {*map(self.document, self._files), *self.moved}, ""
        while any(f"{found}{name}" in taken for name in SITE_PAGES):
            found += "site-"
        return found

    def _fault(self, document: str, fault: str) -> ProjectError:
        path = self.root / "_config.yml"
        before, _, _ = read_text(path, SETTINGS).rpartition(document)
        return ProjectError(f"`moved` has `{document}`, which {fault}", path, before.count("\n") + 1)

    def catalog(self, language: Language, page: str) -> Path:
        return self.folder(language) / f"{page}.po"

    def page_of_catalog(self, language: Language, path: Path) -> str:
        """The page whose PO file stands in `path`."""
        return path.relative_to(self.folder(language)).as_posix().removesuffix(".po")

    def folder(self, language: Language) -> Path:
        """The folder in which the language's PO files, glossary and conventions stand."""
        return self.root / "translations" / language.code

    def localized(self, language: Language, page: str) -> Path:
        return self.build / "notebooks" / language.code / f"{page}.ipynb"

    def makes(self, target: str) -> bool:
        """Whether the book has a Makefile with this target; people are told of `make` only where it works."""
        try:
            text = (self.root / "Makefile").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return False
        return re.search(rf"^{re.escape(target)}[ \t]*:(?!=)", text, re.MULTILINE) is not None

    def shown(self, path: Path) -> Path:
        """`path` as messages show it: relative to the root where it lies below it."""
        return path.relative_to(self.root) if path.is_relative_to(self.root) else path

    def finding(self, path: Path, line: int, message: str, rule: str) -> Finding:
        """Something to put right in a file of the book."""
        return Finding(str(self.shown(path)), line, self.source.named_in(message), rule)

    def finding_of(self, error: BookError) -> Finding:
        """What is said of an error that stops nothing but the file that it names."""
        return self.finding(Path(error.file or ""), error.line or 1, error.message, error.rule)

    @cached_property
    def config(self) -> dict[str, Any]:
        """The content of `_config.yml`, nothing where there is no such file. Raises ProjectError."""
        path = self.root / "_config.yml"
        return read_settings(path) if is_there(path) else {}

    @cached_property
    def own(self) -> OwnSettings:
        """The settings that are this program's own. Raises ProjectError."""
        return own_settings(self.config, self.root / "_config.yml")

    def settings(self, name: str) -> dict[str, Any]:
        """What `_config.yml` says below `name`; nothing where it is not there. Raises ProjectError."""
        found = self.config.get(name) or {}
        if not isinstance(found, dict):
            raise ProjectError(f"`{name}` has no settings below it; indent them, or drop it", self.root / "_config.yml")
        return found

    @cached_property
    def citation(self) -> dict[str, str]:
        """What `CITATION.cff` says, as text; nothing where there is no such file. Raises ProjectError."""
        path = self.root / CITATION
        found = read_settings(path) if is_there(path) else {}
        return {key: str(value) for key, value in found.items() if isinstance(value, str | int | float)}

    @cached_property
    def known_repository(self) -> str:
        """`OWNER/NAME` on GitHub: from GITHUB_REPOSITORY, git's origin or `_config.yml`: a fork finds itself.

        Empty where none of them tells; the address that `_config.yml` begins with is nobody's. Raises ProjectError.
        """
        if name := of_workflow():
            return name
        configured = name_in(str(self.settings("repository").get("url", "")))
        return of_clone(self.root) or (configured if configured != PLACEHOLDER else "")

    @property
    def repository(self) -> str:
        """The repository that links lead to, whether there is one or not. Raises ProjectError."""
        return self.known_repository or PROGRAM

    @property
    def branch(self) -> str:
        """The branch that people edit: `repository: branch` of `_config.yml`."""
        return str(self.settings("repository").get("branch") or "main")


def _chosen(kind: str, names: list[str], known: list[str], hint: str = "") -> list[str]:
    for name in names:
        if name not in known:
            raise ProjectError(f"no {kind} `{name}`; there are: {', '.join(known)}{hint}")
    return list(dict.fromkeys(names)) or known
