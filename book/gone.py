"""What becomes of the PO file of a page that is gone: renamed, taken apart, or removed from the book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import polib

from book import catalog
from book.match import Slot
from book.project import Language

_DATES = {"PO-Revision-Date", "POT-Creation-Date"}


def settle(
    page: str,
    old: polib.POFile,
    slots: list[Slot],
    made: dict[str, polib.POFile],
    headless: set[str],
    language: Language,
) -> polib.POFile | None:
    """The file of a page that is gone as it should be, None if it has to go.

    A page's new name inherits all, header included. A page whose entries other pages took leaves them its credits.
    A page that was removed keeps its file, with the translations as obsolete: they come back when the page does.
    `slots` are the file's entries, `made` the catalogs of today; those in `headless` had no file before.
    """
    rest = [slot.entry for slot in slots if slot.taker is None and worth_keeping(slot.entry)]
    heir = _heir(slots)
    if heir in headless and _is_renamed(slots, heir):
        headless.remove(heir)
        take_header(made[heir], old)
        catalog.append_obsolete(made[heir], rest)
        return None
    receiver = made[heir] if heir else catalog.new(language)
    credits = list(_credits(page, old, [receiver, catalog.new(language)]))
    if heir and not rest:
        receiver.header = "\n".join([receiver.header, *credits])
        return None
    if not rest and not credits:
        return None
    kept = catalog.new(language)
    take_header(kept, old)
    catalog.append_obsolete(kept, rest)
    return kept


def worth_keeping(entry: polib.POEntry) -> bool:
    """Has somebody written something in the entry?"""
    return bool(entry.msgstr or any(entry.msgstr_plural.values()) or entry.tcomment)


def take_header(catalog: polib.POFile, old: polib.POFile) -> None:
    catalog.metadata, catalog.header = old.metadata, old.header
    catalog.metadata_is_fuzzy = old.metadata_is_fuzzy


def _heir(slots: Iterable[Slot]) -> str:
    """The page that took most of the entries, empty if none did."""
    takers = Counter(sorted(slot.taker for slot in slots if slot.taker))
    return takers.most_common(1)[0][0] if takers else ""


def _is_renamed(slots: list[Slot], heir: str) -> bool:
    """Did `heir` take more than half of what the page had?"""
    living = [slot for slot in slots if not slot.entry.obsolete] or slots
    counted = [slot for slot in living if slot.taker or worth_keeping(slot.entry)]
    return 2 * sum(slot.taker == heir for slot in counted) > len(counted)


def _credits(page: str, old: polib.POFile, known: Iterable[polib.POFile]) -> Iterable[str]:
    """The lines of the old header that no header in `known` has: who translated and reviewed, and notes."""
    there = {line for each in known for line in _header_lines(each)}
    return (f"{page}.po: {line}" for line in _header_lines(old) if line not in there)


def _header_lines(catalog: polib.POFile) -> list[str]:
    facts = [f"{key}: {value}" for key, value in catalog.metadata.items() if value and key not in _DATES]
    return [*(line.strip() for line in catalog.header.splitlines() if line.strip()), *facts]
