"""Bringing PO files in line with the notebooks.

A translator's words are never lost: a changed text keeps its translation, marked fuzzy with the text that was
translated (`#| msgid`); a removed one becomes obsolete and comes back when its text does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import polib

from book import files
from book.language.language import ENGLISH, Language
from book.lock import lock_folder
from book.notebook.texts import Text, Texts
from book.po import catalog
from book.po.file_format import Catalog
from book.po.matching import StoredEntries, StoredEntry, cell_of, renamed, unclaimed
from book.po.merged import mark_mixed
from book.po.removed_pages import settle
from book.processes import mapped
from book.project import Project
from book.toc import SITE, comes_with_program
from book.transaction import complete, replace_all


@dataclass
class Plan:
    """A language's PO files by page: as they are, and as they should be (None: the page is gone, and so is the file).

    `leaving` are the entries that move to another file; `renamed` are the contexts of today that were others before.
    """

    old: dict[str, Catalog]
    made: dict[str, Catalog | None] = field(default_factory=dict)
    leaving: dict[str, list[polib.POEntry]] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)

    @property
    def catalogs(self) -> dict[str, Catalog]:
        return {page: made for page, made in self.made.items() if made is not None}

    @property
    def changed(self) -> dict[str, Catalog | None]:
        return {
            page: made
            for page, made in self.made.items()
            if made is None or page not in self.old or not catalog.same(made, self.old[page])
        }


def catalog_paths(project: Project, language: Language) -> list[Path]:
    """The language's PO files, those of pages that are gone included."""
    found = files.below(project.folder(language), lambda entry: entry.name.startswith("."))
    return sorted(path for path in found if path.suffix == ".po")


def read_catalogs(project: Project, language: Language, paths: Iterable[Path]) -> dict[str, Catalog]:
    """The PO files in `paths`, by page. Raises CatalogError."""
    return {project.page_of_catalog(language, path): catalog.load(path) for path in paths}


def plan(project: Project, language: Language, texts: Texts, old: dict[str, Catalog] | None = None) -> Plan:
    """How the language's catalogs should be for `texts` (by page); nothing is written.

    `old` are the catalogs as they are where they have been read already.
    Raises CatalogError where a PO file cannot be read.
    """
    paths = catalog_paths(project, language) if old is None else []
    made = Plan(old if old is not None else read_catalogs(project, language, paths))
    for page in project.left_out:  # its texts are not known now, and its file waits as it is
        made.old.pop(page, None)
    everything = StoredEntries(made.old)
    found = everything.match(text for page in texts.values() for text in page)
    today = {}
    for page, its_texts in texts.items():
        today[page] = catalog.new(language, project.own.licence)
        entries = (_entry(found.get(text.key), text) for text in its_texts)
        today[page].extend(map(_in_english, entries) if language.locale.language == ENGLISH else entries)
    made.made.update(today)
    _keep_the_rest(made, everything, today, partial(catalog.new, language, project.own.licence))
    for stored in everything.entries:
        if stored.claimed_by not in (None, stored.page):
            made.leaving.setdefault(stored.page, []).append(stored.entry)
    made.renamed = renamed(found, everything)
    return made


@dataclass(frozen=True)
class Synced:
    """What `sync` did: the files it wrote or removed, and the contexts that were others before."""

    written: list[Path]
    renamed: dict[str, str]


def sync(
    project: Project,
    languages: list[Language],
    texts: Callable[[], tuple[Project, Texts]],
    sources: Iterable[Path] = (),
    fill: Callable[[Plan], None] = lambda planned: None,
) -> Synced:
    """Write the PO files that are out of step with `texts`, which are read from the files `sources`, or that a tool
    has given another form.

    With the texts comes the book without the pages that have none because they cannot be read. `fill` may put more
    into the catalogs of a language before they are written; of an entry it changes a copy.

    No file is touched before all are made. Raises NotebookError, CatalogError, WriteError.
    """
    if not languages:  # there may be no folder either
        return Synced([], {})
    folder = project.root / "translations"
    with lock_folder(folder, project.build):
        completed = complete(folder)
        english = _digests(sources)  # before they are read: what is saved meanwhile is noticed
        read = _digests(path for language in languages for path in catalog_paths(project, language))
        usable, today = texts()
        work, size = partial(_change_language, usable, today, fill), len(today) * len(languages)
        renamed: dict[str, str] = {}

        def changes() -> Iterator[tuple[Path, str | None]]:
            for its_renamed, its_changes in mapped(work, languages, size):  # one language at a time is held in memory
                renamed.update(its_renamed)
                yield from its_changes

        written = replace_all(folder, changes(), read, english)
        return Synced(list(dict.fromkeys([*completed, *written])), renamed)


def _change_language(
    project: Project, today: Texts, fill: Callable[[Plan], None], language: Language
) -> tuple[dict[str, str], list[tuple[Path, str | None]]]:
    """The contexts that were others before, and the new text of each file that is to change."""
    planned = plan(project, language, today if language != project.source else {SITE: today[SITE]})
    mark_mixed(project, language, planned.catalogs)
    fill(planned)
    changes = _changes(planned, _reformed(project, language, planned))
    return planned.renamed, [(project.catalog(language, page), text) for page, text in changes]


def _digests(paths: Iterable[Path]) -> dict[Path, str]:
    """The digests of files by path; of one that cannot be read there is none, and who reads it says why."""
    found = {}
    for path in paths:
        with suppress(OSError):
            found[path] = files.digest(path)
    return found


def _reformed(project: Project, language: Language, planned: Plan) -> dict[str, str]:
    """By page, the texts of catalogs that say what they should, but not in the form in which they are written here."""
    found, changed = {}, planned.changed
    for page, made in planned.catalogs.items():
        if page not in changed:
            text = catalog.dumps(made)
            if text != catalog.text_of(project.catalog(language, page)):
                found[page] = text
    return found


def _changes(planned: Plan, reformed: dict[str, str]) -> Iterator[tuple[str, str | None]]:
    """Texts for the files of pages, in an order in which every translation is in a file, wherever a run is killed:
    what moves to another file stays as obsolete in its old one until all the new ones are there.
    """
    changed = {page: None if made is None else catalog.dumps(made) for page, made in planned.changed.items()}
    final = changed | reformed
    for page, text in final.items():
        if text is not None:
            yield page, _with_leaving(planned, page) if page in planned.leaving else text
    yield from ((page, final[page]) for page in planned.leaving if final.get(page) is not None)
    yield from ((page, None) for page, text in final.items() if text is None)


def _with_leaving(planned: Plan, page: str) -> str:
    both = copy(planned.catalogs[page])
    catalog.append_obsolete(both, filter(catalog.worth_keeping, planned.leaving[page]))
    return catalog.dumps(both)


def _entry(stored: StoredEntry | None, text: Text) -> polib.POEntry:
    """The text's entry: fuzzy where the translation was made from another text or for a cell of another id."""
    hints = "\n".join(text.hints)
    if stored is None:
        return polib.POEntry(msgctxt=text.context, msgid=text.text, comment=hints)
    entry = stored.entry
    note = catalog.with_remarks(entry, hints)
    if (stored.context, entry.msgid) == text.key:
        return _kept(entry, hints, note)
    context, english = catalog.translated_from(entry)
    doubted = catalog.marked_by_translator(entry)
    made = catalog.copy_of(entry, msgctxt=text.context, msgid=text.text, comment=hints, tcomment=note, obsolete=False)
    made.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    made.previous_msgid = made.previous_msgctxt = made.previous_msgid_plural = None
    moved, reworded = cell_of(context) != text.cell_id, english != text.text
    if entry.msgstr and (moved or reworded):
        made.previous_msgid = english
        made.previous_msgctxt = f"{context}{catalog.MARKED}" if doubted else context if moved else None
    if doubted or made.previous_msgid:
        made.flags.append("fuzzy")
    return made


def _in_english(entry: polib.POEntry) -> polib.POEntry:
    """The entry for a translation of the book into English, in which the program's texts are already."""
    is_translated = entry.msgstr or not comes_with_program(entry.msgctxt)
    return entry if is_translated else catalog.copy_of(entry, msgstr=entry.msgid)


def _kept(entry: polib.POEntry, hints: str, note: str) -> polib.POEntry:
    """The entry of a text that it has been the entry of; itself where nothing about it changes."""
    made = catalog.copy_of(entry, comment=hints, tcomment=note, obsolete=False)
    if not entry.fuzzy:  # a former text that stayed would pass for that of a later mark
        made.previous_msgctxt = made.previous_msgid = made.previous_msgid_plural = None
    return entry if vars(made) == vars(entry) else made


def _keep_the_rest(
    planned: Plan, everything: StoredEntries, today: dict[str, Catalog], new: Callable[[], Catalog]
) -> None:
    """Headers, and as obsolete the entries that no text claims."""
    entries: dict[str, list[StoredEntry]] = {page: [] for page in planned.old}
    for stored in everything.entries:
        entries[stored.page].append(stored)
    for page in planned.old.keys() & today.keys():
        today[page].take_header(planned.old[page])
        catalog.append_obsolete(today[page], unclaimed(entries[page]))
    if planned.old.keys() - today.keys():
        planned.made.update(settle(planned.old, today, entries, new))
