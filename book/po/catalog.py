"""PO files of a book: reading and making them, and what their entries mean to us.

polib's entries rather than Babel's: Babel reads the previous msgid of a fuzzy entry (`#| msgid`) as a comment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from datetime import UTC, datetime
from pathlib import Path

import polib

from book import limits
from book.errors import CatalogError
from book.files import CATALOG, read_text
from book.language.language import Language
from book.notebook.texts import PROSE
from book.po.credits import MACHINE, REVIEWERS, TRANSLATOR
from book.po.file_format import Catalog, PoSyntaxError, parse
from book.po.hints import kind_of, remarks, without_blanks

EARLIER = " (earlier)"  # ends the context of an obsolete entry whose text another entry translates too
MARKED = " (doubted)"  # ends the former context of an entry that a translator had marked as fuzzy before `sync` did


def load(path: Path) -> Catalog:
    """The PO file in `path`. Raises CatalogError with the line where it cannot be read."""
    try:
        catalog = parse(text_of(path).removeprefix("\ufeff"))
        _refuse_doubled(catalog, path)
    except PoSyntaxError as error:
        raise CatalogError(error.message, path, error.line) from error
    _refuse_oversized(catalog, path)
    return catalog


def text_of(path: Path) -> str:
    """The file's text with the line ends that git keeps, which an editor may have changed. Raises CatalogError."""
    return read_text(path, CATALOG).replace("\r\n", "\n")


def _refuse_doubled(catalog: Catalog, path: Path) -> None:
    """Of obsolete entries `sync` keeps each, under a context of its own."""
    seen = {("", "")} if catalog.header_entry.linenum else set()
    for entry in catalog:
        key = (entry.msgctxt or "", entry.msgid)
        if entry.obsolete:
            continue
        if key in seen:
            what = f"`{key[0]}` is defined twice with the same text" if any(key) else "the header stands here again"
            raise CatalogError(f"{what}; keep one", path, entry.linenum)
        seen.add(key)


def _refuse_oversized(catalog: Catalog, path: Path) -> None:
    if len(catalog) > limits.ENTRIES:
        message = f"has {len(catalog):,} entries, more than {limits.ENTRIES:,}; remove obsolete ones"
        raise CatalogError(message, path, catalog[limits.ENTRIES].linenum)
    for entry in (catalog.header_entry, *catalog):
        longest = max(map(len, filter(None, _texts_of(entry))), default=0)
        if longest > limits.TEXT:
            name = f"`{(entry.msgctxt or '')[:80]}`" if entry.msgid else "the header"
            message = f"{name} has a text of {longest:,} characters, more than {limits.TEXT:,}; shorten it"
            raise CatalogError(message, path, entry.linenum or 1)


def _texts_of(entry: polib.POEntry) -> Iterator[str | None]:
    yield from (entry.msgctxt, entry.msgid, entry.msgstr, entry.msgid_plural, *entry.msgstr_plural.values())
    yield from (entry.previous_msgctxt, entry.previous_msgid, entry.previous_msgid_plural)


def new(language: Language, licence: str = "") -> Catalog:
    """An empty catalog with the header that PO tools expect, under the book's licence."""
    catalog = Catalog()
    catalog.header = licence
    catalog.metadata = {
        "Project-Id-Version": "book",
        "PO-Revision-Date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M+0000"),
        TRANSLATOR: MACHINE,
        "Language-Team": language.locale.english_name or language.code,
        "Language": language.code,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        REVIEWERS: "",
    }
    return catalog


def dumps(catalog: Catalog) -> str:
    """The catalog as a PO file's text."""
    return str(catalog).rstrip("\n") + "\n"


def copy_of(entry: polib.POEntry, **changes: object) -> polib.POEntry:
    """A copy of the entry with other values for the attributes in `changes`."""
    made = copy(entry)
    made.flags = list(entry.flags)
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def append_obsolete(catalog: Catalog, entries: Iterable[polib.POEntry]) -> None:
    """Add entries that no text needs any more, each as the pair of English and translation that people made.

    gettext allows a context and text once in a file: a second translation of the same text gets a context of its own;
    an entry that says nothing new is left out.
    """
    there = {(entry.msgctxt or "", entry.msgid): entry for entry in catalog}
    for entry in entries:
        made = _obsolete(entry)
        while (rival := there.get((made.msgctxt or "", made.msgid))) and not _says_no_more(made, rival):
            made.msgctxt = f"{made.msgctxt or ''}{EARLIER}"
        if rival is None:
            there[made.msgctxt or "", made.msgid] = made
            catalog.append(made)


def worth_keeping(entry: polib.POEntry) -> bool:
    """Has somebody written something in the entry?"""
    written = entry.msgstr or any(entry.msgstr_plural.values()) or entry.tcomment
    return bool(written or remarks(entry.comment))


def with_remarks(entry: polib.POEntry, hints: str = "") -> str:
    """The translator's comment of an entry, and what people wrote where `hints` stand, which other hints replace."""
    there = entry.tcomment.split("\n") if entry.tcomment else []
    return "\n".join([*there, *(line for line in remarks(entry.comment, hints) if line not in there)])


def _obsolete(entry: polib.POEntry) -> polib.POEntry:
    # The hints go, as with gettext's own tools, save that it was prose: a cell has one such text, and knows it again
    # however its wording has changed. Not every tool reads the former text of an obsolete entry, so that text is what
    # the entry stands under.
    context, text = translated_from(entry)
    kind = PROSE if kind_of(entry.comment) == PROSE else ""
    made = copy_of(
        entry, obsolete=True, comment=kind, tcomment=with_remarks(entry), msgctxt=context or None, msgid=text
    )
    if not marked_by_translator(entry):
        made.flags = [flag for flag in made.flags if flag != "fuzzy"]
    if entry.fuzzy and entry.previous_msgid_plural:
        made.msgid_plural = entry.previous_msgid_plural
    made.previous_msgctxt = made.previous_msgid = made.previous_msgid_plural = None
    return made


def _says_no_more(entry: polib.POEntry, rival: polib.POEntry) -> bool:
    return (entry.msgstr, entry.msgstr_plural) == (rival.msgstr, rival.msgstr_plural) and entry.tcomment in (
        "",
        rival.tcomment,
    )


def translated_from(entry: polib.POEntry) -> tuple[str, str]:
    """The context and the English text from which the entry's translation was made."""
    if not entry.fuzzy:
        return entry.msgctxt or "", entry.msgid
    context = entry.previous_msgctxt or entry.msgctxt or ""
    return context.removesuffix(MARKED), entry.previous_msgid or entry.msgid


def marked_by_translator(entry: polib.POEntry) -> bool:
    """Did a translator mark the entry as fuzzy? `sync` marks too, and then says of which text it was a translation.

    PO has one mark: what both have marked says so behind the former context, in a line that all tools keep.
    """
    return entry.fuzzy and (not entry.previous_msgid or (entry.previous_msgctxt or "").endswith(MARKED))


def translation_line(path: Path, entry: polib.POEntry) -> int:
    """The line in `path` at which the entry's `msgstr` stands: on a pull request that is near what was changed."""
    lines = read_text(path, CATALOG).split("\n")
    first = entry.linenum or 1
    return next((n for n in range(first, len(lines) + 1) if lines[n - 1].startswith("msgstr")), first)


def same(one: Catalog, other: Catalog) -> bool:
    """Do two catalogs say the same, however tools wrap their lines?"""
    if (one.header, one.header_text, len(one)) != (other.header, other.header_text, len(other)):
        return False
    return all(a is b or _content_of(a) == _content_of(b) for a, b in zip(one, other, strict=True))


def content(catalog: polib.POFile) -> list[tuple[object, ...]]:
    """What a catalog says, entry by entry."""
    return [_content_of(entry) for entry in catalog]


def _content_of(entry: polib.POEntry) -> tuple[object, ...]:
    return (
        *(entry.obsolete, entry.msgctxt, entry.msgid, entry.msgstr, entry.msgid_plural, entry.msgstr_plural),
        *("fuzzy" in entry.flags, entry.previous_msgctxt, entry.previous_msgid),
        *(without_blanks(entry.comment), without_blanks(entry.tcomment)),
    )
