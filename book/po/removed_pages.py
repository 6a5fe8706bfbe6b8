"""What becomes of the PO files of pages that are gone: renamed, taken apart, or removed from the book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from book.po import catalog
from book.po.file_format import Catalog
from book.po.matching import StoredEntry, unclaimed

_DATES = ("PO-Revision-Date:", "POT-Creation-Date:")


def settle(
    old: Mapping[str, Catalog],
    today: Mapping[str, Catalog],
    entries: Mapping[str, list[StoredEntry]],
    new: Callable[[], Catalog],
) -> dict[str, Catalog | None]:
    """The files of the pages that are gone as they should be, None for one that has to go.

    A page's new name inherits all, header included. A page whose entries other pages took leaves them its credits.
    A page that was removed keeps its file, with the translations as obsolete: they come back when the page does.
    `old` are the catalogs as they were, `entries` what stands in each; what pages inherit is added to those of `today`.
    """
    gone = sorted(old.keys() - today.keys())
    made: dict[str, Catalog | None] = {}
    for name, page in _new_names({page: entries[page] for page in gone}, today.keys() - old.keys()).items():
        today[name].take_header(old[page])  # before any credits come to it
        catalog.append_obsolete(today[name], unclaimed(entries[page]))
        made[page] = None
    for page in gone:
        if page not in made:
            made[page] = _left(page, old[page], entries[page], today, new())
    return made


def _new_names(gone: Mapping[str, list[StoredEntry]], new: Iterable[str]) -> dict[str, str]:
    """New pages that are others renamed, with their former names; of several the one that gave it most."""
    names: dict[str, str] = {}
    heirs = {page: _heir(entries) for page, entries in gone.items()}
    renamed = [page for page, heir in heirs.items() if heir in new and _is_renamed(gone[page], heir)]
    for page in sorted(renamed, key=lambda page: (-_claims(gone[page])[heirs[page]], page)):
        names.setdefault(heirs[page], page)
    return names


def _left(
    page: str, old: Catalog, entries: list[StoredEntry], today: Mapping[str, Catalog], fresh: Catalog
) -> Catalog | None:
    """The file of a page without a new name, None if all that people wrote in it stands elsewhere."""
    rest, heir = unclaimed(entries), _heir(entries)
    known = [fresh, today[heir]] if heir else [fresh]
    credits = list(_credits(page, old, known))
    if rest or (credits and not heir):
        fresh.take_header(old)
        catalog.append_obsolete(fresh, rest)
        return fresh
    if credits:
        today[heir].header = "\n".join([*filter(None, [today[heir].header]), *credits])
    return None


def _claims(entries: Iterable[StoredEntry]) -> Counter[str]:
    """How many of the entries each page took."""
    return Counter(sorted(stored.claimed_by for stored in entries if stored.claimed_by))


def _heir(entries: Iterable[StoredEntry]) -> str:
    """The page that took most of the entries, empty if none did."""
    claims = _claims(entries)
    return claims.most_common(1)[0][0] if claims else ""


def _is_renamed(entries: list[StoredEntry], heir: str) -> bool:
    """Did `heir` take more than half of what the page had?"""
    living = [stored for stored in entries if not stored.entry.obsolete] or entries
    counted = [stored for stored in living if stored.claimed_by or catalog.worth_keeping(stored.entry)]
    return 2 * sum(stored.claimed_by == heir for stored in counted) > len(counted)


def _credits(page: str, old: Catalog, known: Iterable[Catalog]) -> Iterator[str]:
    """The lines of the old header that no header in `known` has: who translated and reviewed, and notes."""
    there = {line for each in known for line in _header_lines(each)}
    return (f"{page}.po: {line}" for line in _header_lines(old) if line not in there)


def _header_lines(made: Catalog) -> list[str]:
    """The lines in which a header says something."""
    notes = f"{made.header}\n{made.header_entry.comment}".split("\n")
    fields = [line for line in made.header_text.split("\n") if not (line.startswith(_DATES) or _is_empty(line))]
    return [line.strip() for line in [*notes, *fields] if line.strip()]


def _is_empty(line: str) -> bool:
    _, colon, value = line.partition(":")
    return bool(colon and not value.strip())
