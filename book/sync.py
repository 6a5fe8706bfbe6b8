"""Bringing PO files in line with the notebooks.

A translator's words are never lost: a changed text keeps its translation, marked fuzzy with the text that was
translated (`#| msgid`); a removed one becomes obsolete and comes back when its text does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

import polib
from nbformat import NotebookNode

from book import catalog, notebook
from book.project import Language, Project
from book.texts import Key, Text, texts_of

SITE = "site"
ALIKE = 0.5  # of two texts in one code cell, how alike (0 to 1) they are for one to be the other's new wording


@dataclass
class Stored:
    """The entries of a language's PO files that no text of today has claimed yet."""

    entries: dict[Key, polib.POEntry] = field(default_factory=dict)

    @classmethod
    def of(cls, catalogs: Iterable[polib.POFile]) -> Stored:
        stored = cls()
        for each in catalogs:
            for entry in each:
                key = (entry.msgctxt or "", entry.msgid)
                if key not in stored.entries or not entry.obsolete:
                    stored.entries[key] = entry
        return stored

    def claim(self, key: Key) -> polib.POEntry | None:
        return self.entries.pop(key, None)

    def claim_reworded(self, text: Text) -> polib.POEntry | None:
        """The entry that was this text's before its wording changed: same cell, same kind, the most alike."""
        rivals = [
            e for e in self.entries.values() if e.msgctxt == text.context and _kind(e) == text.kind and not e.obsolete
        ]
        if not rivals:
            return None
        best = max(rivals, key=lambda entry: _likeness(entry, text.text))
        if text.code_line and _likeness(best, text.text) < ALIKE:
            return None
        return self.claim((text.context, best.msgid))

    def claim_moved(self, text: Text) -> polib.POEntry | None:
        """An entry with this very text whose cell has another id or stands on another page."""
        for key, entry in self.entries.items():
            if entry.msgid == text.text and entry.msgstr and _kind(entry) in (text.kind, ""):
                return self.claim(key)
        return None


def synced(project: Project, language: Language, texts: dict[str, list[Text]]) -> dict[Path, polib.POFile]:
    """The language's catalogs as they should be for `texts` (by page); nothing is written.

    Raises CatalogError where a PO file cannot be read.
    """
    paths = {page: project.catalog(language, page) for page in texts}
    folder = project.catalog(language, SITE).parent
    others = {path.stem: path for path in sorted(folder.glob("*.po")) if path.stem not in texts}
    old = {page: catalog.load(path) for page, path in (paths | others).items() if path.exists()}
    stored = Stored.of(old.values())
    found = _matched([text for page in texts.values() for text in page], stored)
    left = list(stored.entries.values())
    result = {}
    for page, path in (paths | others).items():
        made = _like(old.get(page), language)
        made.extend(found[text.key] for text in texts.get(page, []))
        made.extend(_obsolete(entry) for entry in left if _page(entry) == page and _worth_keeping(entry))
        result[path] = made
    return result


def sync(project: Project, languages: list[Language], texts: dict[str, list[Text]]) -> list[Path]:
    """Write the PO files that are out of step; the paths written. No file is touched before all are made."""
    pending = {}
    for language in languages:
        for path, made in synced(project, language, texts).items():
            if not path.exists() or catalog.content(made) != catalog.content(catalog.load(path)):
                pending[path] = catalog.dumps(made)
    return [path for path, text in pending.items() if notebook.write_whole(path, text)]


def project_texts(project: Project, notebooks: dict[str, NotebookNode] | None = None) -> dict[str, list[Text]]:
    """The texts of every page in the book's order, and under `site` those of the interface.

    `notebooks` are the English pages where they have been read already. Raises NotebookError where one cannot be read.
    """
    from book.interface import interface_texts

    pages = {}
    for page in project.pages:
        path = project.notebook(page)
        pages[page] = texts_of(page, notebooks[page] if notebooks else notebook.read(path), path)
    return {SITE: interface_texts(project), **pages}


def _matched(texts: list[Text], stored: Stored) -> dict[Key, polib.POEntry]:
    """An entry for each text. The surer matches claim first, so that no text takes what another is due."""
    found: dict[Key, polib.POEntry] = {}
    for text in texts:
        if entry := stored.claim(text.key):
            found[text.key] = _kept(entry, text)
    for claim in (stored.claim_moved, stored.claim_reworded):
        for text in texts:
            if text.key not in found and (entry := claim(text)):
                found[text.key] = _reworded(entry, text)
    return found | {text.key: _new(text) for text in texts if text.key not in found}


def _new(text: Text) -> polib.POEntry:
    return polib.POEntry(msgctxt=text.context, msgid=text.text, comment="\n".join(text.hints))


def _kept(entry: polib.POEntry, text: Text) -> polib.POEntry:
    made = _copy(entry)
    made.comment = "\n".join(text.hints)
    made.obsolete = False
    return made


def _reworded(entry: polib.POEntry, text: Text) -> polib.POEntry:
    """The entry under its new text: fuzzy, or as it was before when the wording has come back."""
    made = _kept(entry, text)
    translated = entry.previous_msgid if entry.fuzzy and entry.previous_msgid else entry.msgid
    context = entry.previous_msgctxt if entry.fuzzy and entry.previous_msgctxt else entry.msgctxt
    made.msgctxt, made.msgid = text.context, text.text
    made.previous_msgid = made.previous_msgctxt = None
    made.flags = [flag for flag in made.flags if flag != "fuzzy"]
    if entry.msgstr and (translated, context) != (text.text, text.context):
        made.flags.append("fuzzy")
        made.previous_msgid = translated
        made.previous_msgctxt = context if context != text.context else None
    return made


def _obsolete(entry: polib.POEntry) -> polib.POEntry:
    made = _copy(entry)
    made.obsolete = True
    made.comment = ""  # gettext's tools drop the hints of obsolete entries
    return made


def _copy(entry: polib.POEntry) -> polib.POEntry:
    return polib.POEntry(
        msgctxt=entry.msgctxt,
        msgid=entry.msgid,
        msgstr=entry.msgstr,
        comment=entry.comment,
        tcomment=entry.tcomment,
        flags=list(entry.flags),
        previous_msgctxt=entry.previous_msgctxt,
        previous_msgid=entry.previous_msgid,
        obsolete=entry.obsolete,
    )


def _like(old: polib.POFile | None, language: Language) -> polib.POFile:
    made = catalog.new(language)
    if old is not None:
        made.metadata, made.header = old.metadata, old.header
        made.metadata_is_fuzzy = old.metadata_is_fuzzy
    return made


def _worth_keeping(entry: polib.POEntry) -> bool:
    return bool(entry.msgstr or entry.tcomment)


def _page(entry: polib.POEntry) -> str:
    return str(entry.msgctxt or "").partition("/")[0]


def _kind(entry: polib.POEntry) -> str:
    """The kind of text, from the entry's first hint; obsolete entries have none."""
    return str(entry.comment).partition("\n")[0].partition("; ")[0]


def _likeness(entry: polib.POEntry, text: str) -> float:
    wordings = [entry.msgid, *([entry.previous_msgid] if entry.previous_msgid else [])]
    return max(SequenceMatcher(None, wording, text, autojunk=False).ratio() for wording in wordings)
