"""When a page's English and its translations were last changed, by the words and not by the files.

Running a notebook again or bringing hints up to date changes files; neither changes a text. So each version of a file
is read for the texts it holds, and two versions are compared by these.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path

import polib
from nbformat.v4.nbjson import to_notebook

from book.cache import Cache
from book.errors import BookError
from book.files import CATALOG, is_there, read_bytes
from book.notebook.markdown_page import notebook_of
from book.notebook.texts import texts_of
from book.status.git_history import History, Version
from book.toc import MARKDOWN

Wordings = frozenset[str]  # the texts of a version
Reader = Callable[[bytes], "Wordings | None"]


@dataclass
class Changes:
    """Reads the texts of the versions of notebooks and PO files; each version once."""

    history: History
    cache: Cache

    @cached_property
    def translators(self) -> dict[str, list[str]]:
        return self.cache.answer("translators", self.history.state.encode(), lambda: self.history.translators)

    @cached_property
    def _versions(self) -> dict[str, list[Version]]:
        def listed() -> dict[str, list[tuple[float, str]]]:
            found = self.history.versions.items()
            return {name: [(each.time.timestamp(), each.blob) for each in versions] for name, versions in found}

        found = self.cache.answer("versions", self.history.state.encode(), listed).items()
        return {name: [Version(datetime.fromtimestamp(at, UTC), blob) for at, blob in each] for name, each in found}

    def english_changed(self, notebook: Path, today: Wordings) -> datetime | None:
        """When a text of the notebook was last added, changed or removed; `today` are those it has now.

        None where that is not known: there is no history, or today's texts are not committed yet.
        """
        return self._changed(notebook, _reader(notebook), lambda newest: newest == today)

    def translation_changed(self, catalog: Path) -> datetime | None:
        """When a translation was last added, changed or confirmed in the PO file; None as in `english_changed`."""
        if not is_there(catalog):
            return None
        content = read_bytes(catalog, CATALOG)
        today = self._texts(content, lambda: content, _translations) or Wordings()
        return self._changed(catalog, _translations, lambda newest: today <= newest, grown=True)

    def commits_behind(self, notebook: Path, lacking: Wordings) -> int | None:
        """How many commits brought the texts `lacking` into the notebook; None where the history is unknown."""
        if self.history.unknown:
            return None
        left, commits = set(lacking), 0
        for step in self._steps(notebook, _reader(notebook)) if lacking else ():
            commits += bool(step.added & left)
            left -= step.added
            if not left:
                break
        return commits

    def _changed(
        self, path: Path, read: Reader, is_today: Callable[[Wordings], bool], *, grown: bool = False
    ) -> datetime | None:
        """When the file's texts last changed, or with `grown` when any came; None where the newest are not today's."""
        for number, step in enumerate(self._steps(path, read)):
            if number == 0 and not is_today(step.texts):
                return None
            if step.added or (step.removed and not grown):
                return step.time
        return None

    def _steps(self, path: Path, read: Reader) -> Iterator[_Step]:
        """The versions of a file that can be read, newest first, each with what it has changed."""
        newer: tuple[datetime, Wordings] | None = None
        for version in self._versions.get(path.relative_to(self.history.root).as_posix(), []):
            texts = None
            with suppress(LookupError):  # it is not here now; the cache keeps no answer
                texts = self._texts(version.blob.encode(), partial(self.history.content, version.blob), read)
            if texts is None:
                continue
            if newer:
                yield _Step(*newer, added=newer[1] - texts, removed=texts - newer[1])
            newer = version.time, texts
        if newer:
            yield _Step(*newer, added=newer[1], removed=Wordings())

    def _texts(self, key: bytes, content: Callable[[], bytes], read: Reader) -> Wordings | None:
        """The texts that `read` finds in the content, which `key` stands for and which is fetched where need be."""

        def listed() -> list[str] | None:
            found = read(content())
            return None if found is None else sorted(found)

        found = self.cache.answer(read.__name__, key, listed)
        return None if found is None else Wordings(found)


@dataclass(frozen=True)
class _Step:
    time: datetime
    texts: Wordings
    added: Wordings
    removed: Wordings


def _reader(page: Path) -> Reader:
    return _markdown_texts if page.suffix == MARKDOWN else _notebook_texts


def _markdown_texts(content: bytes) -> Wordings | None:
    """The texts of a page in Markdown; None where it cannot be read."""
    try:
        notebook = notebook_of(content.decode("utf-8"), Path())
        return Wordings(text.text for text in texts_of("", to_notebook(notebook)))
    except (BookError, UnicodeDecodeError, AttributeError, TypeError):
        return None


def _notebook_texts(content: bytes) -> Wordings | None:
    """The English texts of a notebook; None where it cannot be read."""
    try:
        return Wordings(text.text for text in texts_of("", to_notebook(json.loads(content))))
    except (BookError, ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError):
        return None


def _translations(content: bytes) -> Wordings | None:
    """The translations in a PO file that are complete and not out of date; None where it cannot be read."""
    try:
        catalog = polib.pofile(content.decode("utf-8") + "\n")  # so that it is no name of a file
    except (OSError, ValueError, IndexError):
        return None
    return Wordings(entry.msgstr for entry in catalog if entry.msgstr and not entry.obsolete and not entry.fuzzy)
