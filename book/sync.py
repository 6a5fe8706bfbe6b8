"""Bringing PO files in line with the notebooks.

A translator's words are never lost: a changed text keeps its translation, marked fuzzy with the text that was
translated (`#| msgid`); a removed one becomes obsolete and comes back when its text does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from nbformat import NotebookNode

from book import catalog, files, ids, notebook
from book.gone import settle, take_header, worth_keeping
from book.match import Slot, Stored, cell_of, renamed
from book.project import Language, Project
from book.texts import Text, texts_of
from book.toc import SITE

Texts = dict[str, list[Text]]


@dataclass
class Plan:
    """A language's PO files by page: as they are, and as they should be (None: the page is gone, and so is the file).

    `leaving` are the entries that move to another file; `ids` says which contexts of today were others before.
    """

    old: dict[str, polib.POFile]
    made: dict[str, polib.POFile | None] = field(default_factory=dict)
    leaving: dict[str, list[polib.POEntry]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def catalogs(self) -> dict[str, polib.POFile]:
        return {page: made for page, made in self.made.items() if made is not None}

    @property
    def changed(self) -> dict[str, polib.POFile | None]:
        return {
            page: made
            for page, made in self.made.items()
            if made is None or page not in self.old or not catalog.same(made, self.old[page])
        }


def catalog_paths(project: Project, language: Language) -> list[Path]:
    """The language's PO files, those of pages that are gone included."""
    folder = project.catalog(language, SITE).parent
    return [path for path in sorted(folder.glob("*.po")) if not path.name.startswith(".")]


def plan(project: Project, language: Language, texts: Texts, old: dict[str, polib.POFile] | None = None) -> Plan:
    """How the language's catalogs should be for `texts` (by page); nothing is written.

    `old` are the catalogs as they are where they have been read already.
    Raises CatalogError where a PO file cannot be read.
    """
    made = Plan(old or {path.stem: catalog.load(path) for path in catalog_paths(project, language)})
    stored = Stored(made.old)
    found = stored.match(text for page in texts.values() for text in page)
    today = {}
    for page, its_texts in texts.items():
        today[page] = catalog.new(language)
        today[page].extend(_entry(found.get(text.key), text) for text in its_texts)
    made.made.update(today)
    _keep_the_rest(made, stored, today, language)
    for slot in stored.slots:
        if slot.taker not in (None, slot.page):
            made.leaving.setdefault(slot.page, []).append(slot.entry)
    made.ids = renamed(found, stored)
    return made


@dataclass(frozen=True)
class Synced:
    """What `sync` did: the files it wrote or removed, and the contexts that were others before."""

    written: list[Path]
    ids: dict[str, str]


def sync(project: Project, languages: list[Language], texts: Texts) -> Synced:
    """Write the PO files that are out of step, language by language; no file is touched before all are made.

    Raises CatalogError, WriteError.
    """
    done = Synced([], {})
    if not languages:  # there may be no folder either
        return done

    def changes() -> Iterator[tuple[Path, str | None]]:
        for language in languages:
            planned = plan(project, language, texts)
            done.ids.update(planned.ids)
            for page, text in _changes(planned):
                yield project.catalog(language, page), text

    with files.alone_in(project.root / "translations"):
        done.written.extend(files.write_all(changes()))
    return done


def project_texts(project: Project, notebooks: dict[str, NotebookNode] | None = None) -> Texts:
    """The texts of every page in the book's order, and under `site` those of the interface.

    `notebooks` are the English pages where they have been read already.
    Raises NotebookError where one cannot be read, or its ids cannot be relied on.
    """
    from book.interface import interface_texts

    pages = {}
    for page in project.pages:
        path = project.notebook(page)
        content = notebooks[page] if notebooks else notebook.read(path)
        ids.require(project, page, content)
        pages[page] = texts_of(page, content)
    return {SITE: interface_texts(project), **pages}


def _changes(planned: Plan) -> Iterator[tuple[str, str | None]]:
    """Texts for the files of pages, in an order in which every translation is in a file, wherever a run is killed:
    one that moves to another file stays as obsolete in its old one until the new one is there.
    """
    final = {page: None if made is None else catalog.dumps(made) for page, made in planned.changed.items()}
    for page, entries in planned.leaving.items():
        if (made := planned.made[page]) is not None:
            catalog.append_obsolete(made, entries)
            yield page, catalog.dumps(made)
    yield from ((page, text) for page, text in final.items() if text is not None)
    yield from ((page, None) for page, text in final.items() if text is None)


def _entry(slot: Slot | None, text: Text) -> polib.POEntry:
    """The text's entry: fuzzy where the translation was made from another text or for a cell of another id."""
    hints = "\n".join(text.hints)
    if slot is None:
        return polib.POEntry(msgctxt=text.context, msgid=text.text, comment=hints)
    entry = slot.entry
    if (slot.context, entry.msgid) == text.key:
        stays = entry.comment == hints and not entry.obsolete
        return entry if stays else catalog.copy_of(entry, comment=hints, obsolete=False)
    context, english = catalog.former(entry)
    doubted = catalog.doubted(entry)
    made = catalog.copy_of(entry, msgctxt=text.context, msgid=text.text, comment=hints, obsolete=False)
    made.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    made.previous_msgid = made.previous_msgctxt = None
    moved, reworded = cell_of(context) != text.cell_id, english != text.text
    if entry.msgstr and (moved or reworded):
        made.previous_msgid = english
        made.previous_msgctxt = f"{context}{catalog.DOUBTED}" if doubted else context if moved else None
    if doubted or made.previous_msgid:
        made.flags.append("fuzzy")
    return made


def _keep_the_rest(planned: Plan, stored: Stored, today: dict[str, polib.POFile], language: Language) -> None:
    """Headers, and as obsolete the entries that no text claims."""
    slots: dict[str, list[Slot]] = {page: [] for page in planned.old}
    for slot in stored.slots:
        slots[slot.page].append(slot)
    headless = set(today) - set(planned.old)
    for page, old in planned.old.items():
        if page in today:
            take_header(today[page], old)
            rest = [slot.entry for slot in slots[page] if slot.taker is None and worth_keeping(slot.entry)]
            catalog.append_obsolete(today[page], rest)
        else:
            planned.made[page] = settle(page, old, slots[page], today, headless, language)
