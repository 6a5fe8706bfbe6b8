"""Which stored entry belongs to which text of today: by id first, then by content."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

import polib

from book.notebook.texts import PROSE, Key, Text
from book.po.catalog import translated_from, worth_keeping
from book.po.hints import kind_of
from book.po.split_cells import parts_of

ALIKE = 0.5  # how alike (0 to 1) two texts are for one to be the other's new wording, or a part of it
MOST_WORK, MOST_WORK_IN_ALL = 1_000_000, 300_000_000  # of comparing two texts by letters, and all of a language's
SAME_CELL = 0.25  # what an id weighs against likeness: a rewritten cell keeps its own translation


@dataclass(eq=False)
class StoredEntry:
    """A stored entry, the page in whose file it stands, and the page of today whose text has claimed it."""

    entry: polib.POEntry
    page: str
    claimed_by: str | None = None

    @property
    def context(self) -> str:
        return str(self.entry.msgctxt or "")

    @property
    def rank(self) -> tuple[object, ...]:
        """Of two entries for one text the better one is smaller."""
        return not self.entry.msgstr, bool(self.entry.obsolete), self.entry.fuzzy, self.context, self.page


class StoredEntries:
    """The entries of a language's PO files, given by page; those with plural forms are never a text of ours."""

    def __init__(self, catalogs: Mapping[str, polib.POFile]) -> None:
        self.entries = [StoredEntry(entry, page) for page in sorted(catalogs) for entry in catalogs[page]]

    def _index(self, *keys: Callable[[StoredEntry], object]) -> dict[object, list[StoredEntry]]:
        index: dict[object, list[StoredEntry]] = defaultdict(list)
        for stored in self.entries:
            if not stored.entry.msgid_plural:
                for key in {each(stored) for each in keys}:
                    index[key].append(stored)
        return index

    @cached_property
    def by_key(self) -> dict[object, list[StoredEntry]]:
        return self._index(lambda stored: (stored.context, stored.entry.msgid))

    @cached_property
    def by_text(self) -> dict[object, list[StoredEntry]]:
        return self._index(lambda stored: stored.entry.msgid, lambda stored: translated_from(stored.entry)[1])

    @cached_property
    def by_place(self) -> dict[object, list[StoredEntry]]:
        return self._index(lambda stored: page_of(stored.context), lambda stored: ("cell", cell_of(stored.context)))

    def match(self, texts: Iterable[Text]) -> dict[Key, StoredEntry]:
        """An entry for each text that has one. The surer matches come first, so that no text takes what another is due.

        The order of `texts` does not matter.
        """
        found: dict[Key, StoredEntry] = {}
        waiting = sorted(texts, key=lambda text: text.key)
        for candidates in (self._same, self._translated_from, self._in_cell, self._on_page, self._anywhere):
            for text in waiting:
                if free := [stored for stored in candidates(text) if stored.claimed_by is None]:
                    found[text.key] = min(free, key=lambda stored: stored.rank)
                    found[text.key].claimed_by = page_of(text.context)
            waiting = [text for text in waiting if text.key not in found]
        found |= self._parts(waiting)
        waiting = [text for text in waiting if text.key not in found]
        for place in (_its_page, _its_cell):  # all pages have a `title`: those that changed are found on their page
            for text, stored in self._reworded(waiting, place):
                if text.key not in found and stored.claimed_by is None:
                    found[text.key], stored.claimed_by = stored, page_of(text.context)
            waiting = [text for text in waiting if text.key not in found]
        return found

    def _same(self, text: Text) -> list[StoredEntry]:
        return self.by_key.get(text.key, [])

    def _translated_from(self, text: Text) -> list[StoredEntry]:
        """The text has got the wording back from which an outdated translation was made."""
        return [stored for stored in self._anywhere(text) if translated_from(stored.entry) == text.key]

    def _in_cell(self, text: Text) -> list[StoredEntry]:
        """The cell stands on another page, or the page has another name."""
        return [stored for stored in self._anywhere(text) if cell_of(stored.context) == text.cell_id]

    def _on_page(self, text: Text) -> list[StoredEntry]:
        """The cell has another id."""
        return [stored for stored in self._anywhere(text) if page_of(stored.context) == page_of(text.context)]

    def _anywhere(self, text: Text) -> list[StoredEntry]:
        return [stored for stored in self.by_text.get(text.text, []) if _kind(stored.entry) in (text.kind, "")]

    def _parts(self, texts: list[Text]) -> dict[Key, StoredEntry]:
        """Parts of cells that were split. The whole one stays unclaimed, for the cells may be joined again."""
        by_page = defaultdict(list)
        for text in texts:
            if text.kind == PROSE:
                by_page[page_of(text.context)].append(text)
        found: dict[Key, StoredEntry] = {}
        for page, waiting in by_page.items():
            for stored in self.by_place.get(page, []):
                if stored.claimed_by is None and _kind(stored.entry) == PROSE:
                    parts = parts_of(stored.entry, waiting)
                    found |= {key: StoredEntry(entry, page, page) for key, entry in parts.items()}
        return found

    def _reworded(self, texts: list[Text], place: Callable[[Text], object]) -> list[tuple[Text, StoredEntry]]:
        """Pairs of a text and an entry of another wording in its place, the likeliest first."""
        near = [(t, each) for t in texts for each in self.by_place.get(place(t), []) if each.claimed_by is None]
        work = sum(_work(stored.entry.msgid, text.text) for text, stored in near)
        measure = likeness if work <= MOST_WORK_IN_ALL else likeness_of_words
        pairs = [(score, text, stored) for text, stored in near if (score := _score(stored, text, measure))]
        pairs.sort(key=lambda pair: (-pair[0], pair[1].key, pair[2].rank))
        return [(text, stored) for _, text, stored in pairs]


def unclaimed(entries: Iterable[StoredEntry]) -> list[polib.POEntry]:
    """The entries that no text has claimed and in which somebody has written something."""
    return [stored.entry for stored in entries if stored.claimed_by is None and worth_keeping(stored.entry)]


def renamed(found: Mapping[Key, StoredEntry], everything: StoredEntries) -> dict[str, str]:
    """The contexts whose cells seem to have got another id: that of today, and the one their text had before."""
    today = {context for context, _ in found}
    before = {stored.context for stored in everything.entries if not stored.entry.obsolete}
    pairs: dict[str, str] = {}
    for (context, text), stored in sorted(found.items()):
        is_new = context not in before and stored.context in before - today
        if is_new and cell_of(context) != cell_of(stored.context) and stored.entry.msgid == text:
            pairs.setdefault(context, stored.context)
    return pairs


def _its_page(text: Text) -> object:
    return page_of(text.context)


def _its_cell(text: Text) -> object:
    return "cell", text.cell_id


def page_of(context: str) -> str:
    return context.rpartition("/")[0]  # a page in folders has slashes itself, a cell's id has none


def cell_of(context: str) -> str:
    return context.rpartition("/")[2]


def _score(stored: StoredEntry, text: Text, measure: Callable[[str, str], float]) -> float:
    """How likely the text is the entry's new wording, 0 if it is not.

    A text may have been split or joined with a neighbour, so prose is sought on the whole page.
    """
    if _kind(stored.entry) not in (text.kind, ""):
        return 0
    alike = max(measure(wording, text.text) for wording in {stored.entry.msgid, translated_from(stored.entry)[1]})
    if stored.context == text.context:
        is_known = not stored.entry.obsolete or kind_of(stored.entry.comment) == PROSE
        sure = text.kind == PROSE and is_known  # prose is one text a cell
        return alike + SAME_CELL if sure or alike >= ALIKE else 0
    near = cell_of(stored.context) == text.cell_id or text.kind == PROSE
    return alike if near and alike >= ALIKE and stored.entry.msgstr and not stored.entry.obsolete else 0


def _kind(entry: polib.POEntry) -> str:
    """The kind of text, from the entry's hints; obsolete entries have none."""
    return "" if entry.obsolete else kind_of(entry.comment)


@lru_cache(maxsize=1 << 16)  # the same pairs come up in every language
def likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1."""
    if _work(one, other) > MOST_WORK:
        return likeness_of_words(one, other)
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def likeness_of_words(one: str, other: str) -> float:
    """How many words two texts share, from 0 to 1: less exact, and quick for texts of any length."""
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).quick_ratio()


def _work(one: str, other: str) -> int:
    """How many pairs of the same letter two texts have: that is what it takes to compare them."""
    few, many = sorted((_letters(one), _letters(other)), key=len)
    return sum(number * many[letter] for letter, number in few.items())


@lru_cache(maxsize=1 << 14)
def _letters(text: str) -> Counter[str]:
    return Counter(text)
