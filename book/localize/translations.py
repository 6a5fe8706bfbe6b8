"""What a reader sees of a text in a language: its translation where there is one that is safe, else the English."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace
from enum import Enum

import polib

from book.cache import Cache
from book.language.language import Language
from book.notebook.texts import FORMER, Key, Text
from book.rules import safe


class State(Enum):
    """How a text stands in a language; a cell stands as its prose does, or as the worst of a code cell's texts."""

    TRANSLATED = "translated"
    DOUBTED = "doubted"  # marked as not certain, though the English is the one that was translated
    OUTDATED = "outdated"
    UNTRANSLATED = "untranslated"


@dataclass(frozen=True)
class Translation:
    """What a reader sees of a text; `shown` is None where that is the English.

    `translated_from` is the wording that an outdated translation was made from, `line` where the entry begins in the
    PO file. `withheld`: there is a translation, and it is not shown, since it would do more than speak.
    """

    shown: str | None
    state: State
    translated_from: str = ""
    line: int = 1
    withheld: bool = False


class Translations:
    """What a language says for each text. The language of the pages (`is_source`) says the text itself."""

    def __init__(
        self,
        language: Language,
        catalogs: Iterable[Iterable[polib.POEntry]],
        cache: Cache | None = None,
        *,
        is_source: bool = False,
    ) -> None:
        self.language, self.is_source, self._cache = language, is_source, cache or Cache()
        self._entries = {(e.msgctxt, e.msgid): e for each in catalogs for e in each if not e.obsolete}
        self._refused: frozenset[str] = frozenset()
        self._found: dict[Key, Translation] = {}  # asked for more than once of every text
        self._safe: dict[Key, bool] = {}

    def without(self, contexts: Iterable[str]) -> Translations:
        """The same, but for what is translated under `contexts`: there the English is shown."""
        made = copy(self)
        made._refused, made._found = self._refused.union(contexts), {}
        return made

    def of(self, text: Text) -> Translation:
        """What a reader sees of `text`; a translation that is not safe to show (`rules.safe`) counts as missing."""
        if self.is_source:
            return Translation(None, State.TRANSLATED)
        if (key := text.key) not in self._found:
            self._found[key] = self._find(text)
        return self._found[key]

    def _find(self, text: Text) -> Translation:
        entry = self._entries.get(text.key)
        if entry is None:
            return Translation(None, State.UNTRANSLATED)
        line = entry.linenum or 1
        if not entry.msgstr:
            return Translation(None, State.UNTRANSLATED, line=line)
        if text.context in self._refused or not self._is_safe(text, entry):
            return Translation(None, State.UNTRANSLATED, line=line, withheld=True)
        if entry.fuzzy:
            before = entry.previous_msgid or text.text
            if before == text.text:
                return Translation(entry.msgstr, State.DOUBTED, line=line)
            return Translation(entry.msgstr, State.OUTDATED, before, line)
        return Translation(entry.msgstr, State.TRANSLATED, line=line)

    def shown(self, texts: Iterable[Text]) -> dict[Key, Translation]:
        """The translations of `texts` that are shown."""
        found = ((text.key, self.of(text)) for text in texts)
        return {key: translation for key, translation in found if translation.shown is not None}

    def _is_safe(self, text: Text, entry: polib.POEntry) -> bool:
        """Is the translation safe to show, and the former English that is shown beside an outdated one?"""
        if text.key not in self._safe:
            shown = [(text, entry.msgstr)]
            if entry.fuzzy and entry.previous_msgid:
                shown.append((replace(text, kind=FORMER), entry.previous_msgid))
            self._safe[text.key] = all(map(self._is_safe_alone, *zip(*shown, strict=True)))
        return self._safe[text.key]

    def _is_safe_alone(self, text: Text, said: str) -> bool:
        return self._cache.answer("safe", f"{text!r} {said}".encode(), lambda: safe(text, said))
