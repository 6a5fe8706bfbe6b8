"""Reading and writing PO files.

polib rather than Babel: Babel reads the previous msgid of a fuzzy entry (`#| msgid`) as a translator's comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import copy
from datetime import UTC, datetime
from pathlib import Path

import polib

from book import limits
from book.errors import CatalogError
from book.files import CATALOG, read_text
from book.project import Language

EARLIER = " (earlier)"  # ends the context of an obsolete entry whose text another entry translates too
DOUBTED = " (doubted)"  # ends the former context of an entry that a translator had marked as fuzzy before `sync` did
MACHINE = "Machine draft, no reviewer yet"
_WIDTH = 78
_STRING = r'"(?:[^"\\]|\\[bfnrtv"\\])*"\s*'
_KEYWORD = re.compile(rf"(?:#~?\|\s*|#~\s*)?(msgctxt|msgid|msgid_plural|msgstr)(?:\[\d+\])?\s+{_STRING}")
_PASSED_OVER = re.compile(r"^#(?:~\||=|[^\s.:,|~#=])", re.MULTILINE)
_CONTINUED = re.compile(rf"(?:#~?\|\s*|#~\s*)?{_STRING}")


def load(path: Path) -> polib.POFile:
    """The PO file in `path`. Raises CatalogError with the line where it cannot be read."""
    text = read_text(path, CATALOG).removeprefix("\ufeff").replace("\r\n", "\n")
    if broken := _broken_line(text):
        inside = r'in its text, " is written \" and \ is written \\'
        raise CatalogError(f"is no valid PO; mend this line ({inside}), or what should follow it", path, broken)
    if loose := _loose_comment(text):
        raise CatalogError("is a comment without an entry; move it above one, or remove it", path, loose)
    plain = _PASSED_OVER.sub(_plain, text)
    try:
        catalog = polib.pofile(_Lines(plain), wrapwidth=_WIDTH, encoding="utf-8")
    except (OSError, ValueError, IndexError) as error:
        number = re.search(r"line (\d+)", str(error))
        raise CatalogError("is no valid PO; mend it at this line", path, int(number[1]) if number else None) from error
    _refuse_doubled(catalog, path)
    _refuse_oversized(catalog, path)
    return catalog


class _Lines(str):
    """A PO file's text, parted where gettext parts it; polib would at U+2028, too, and at other separators."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:
        return self.split("\n")


def _plain(match: re.Match[str]) -> str:
    """Lines that gettext allows and polib passes over or refuses, as polib takes them."""
    return {"#~|": "#|", "#=": "#, "}.get(match[0], f"# {match[0][1:]}")


def _loose_comment(text: str) -> int | None:
    """The line of a comment after the last entry, which polib would drop."""
    lines = text.rstrip().split("\n")
    last = lines[-1]
    return len(lines) if last.startswith("#") and not last.startswith(("#~", "#|")) else None


def _broken_line(text: str) -> int | None:
    """The first line that PO does not allow, or after which the file breaks off; polib passes over both."""
    keyword, started = "msgstr", 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or (line.startswith("#") and not line.startswith(("#~", "#|"))):
            continue
        if match := _KEYWORD.fullmatch(line):
            if match[1] == "msgid" and keyword == "msgid" and not line.startswith(("#|", "#~|")):
                return started
            if not line.startswith(("#|", "#~|")):
                keyword, started = match[1], number
        elif not _CONTINUED.fullmatch(line):
            return number
    return None if keyword == "msgstr" else started


def _refuse_doubled(catalog: polib.POFile, path: Path) -> None:
    """Of obsolete entries `sync` keeps each, under a context of its own."""
    seen: set[tuple[str, str]] = set()
    for entry in catalog:
        key = (entry.msgctxt or "", entry.msgid)
        if entry.obsolete:
            continue
        if key in seen:
            raise CatalogError(f"`{key[0]}` is defined twice with the same text; keep one", path, entry.linenum)
        seen.add(key)


def _refuse_oversized(catalog: polib.POFile, path: Path) -> None:
    if len(catalog) > limits.ENTRIES:
        message = f"has {len(catalog):,} entries, more than {limits.ENTRIES:,}; remove obsolete ones"
        raise CatalogError(message, path, catalog[limits.ENTRIES].linenum)
    for entry in (catalog.metadata_as_entry(), *catalog):
        longest = max(map(len, filter(None, _texts_of(entry))), default=0)
        if longest > limits.TEXT:
            name = f"`{(entry.msgctxt or '')[:80]}`" if entry.msgid else "the header"
            message = f"{name} has a text of {longest:,} characters, more than {limits.TEXT:,}; shorten it"
            raise CatalogError(message, path, entry.linenum or 1)


def _texts_of(entry: polib.POEntry) -> Iterator[str | None]:
    yield from (entry.msgctxt, entry.msgid, entry.msgstr, entry.msgid_plural, *entry.msgstr_plural.values())
    yield from (entry.previous_msgctxt, entry.previous_msgid, entry.previous_msgid_plural)


def new(language: Language) -> polib.POFile:
    """An empty catalog with the header that PO tools expect."""
    catalog = polib.POFile(wrapwidth=_WIDTH, encoding="utf-8")
    catalog.header = "Translations are under CC BY 4.0. How to help: CONTRIBUTING.md"
    catalog.metadata = {
        "Project-Id-Version": "book",
        "PO-Revision-Date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M+0000"),
        "Last-Translator": MACHINE,
        "Language-Team": language.locale.english_name or language.code,
        "Language": language.code,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Reviewed-By": "",
    }
    return catalog


def dumps(catalog: polib.POFile) -> str:
    """The catalog as a PO file's text."""
    return str(catalog).rstrip("\n") + "\n"


def copy_of(entry: polib.POEntry, **changes: object) -> polib.POEntry:
    """A copy of the entry with other values for the attributes in `changes`."""
    made = copy(entry)
    made.flags = list(entry.flags)
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def append_obsolete(catalog: polib.POFile, entries: Iterable[polib.POEntry]) -> None:
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


def _obsolete(entry: polib.POEntry) -> polib.POEntry:
    # The hints go, as with gettext's own tools. Not every tool reads the former text of an obsolete entry, so that text
    # is what the entry stands under.
    context, text = former(entry)
    made = copy_of(entry, obsolete=True, comment="", msgctxt=context or None, msgid=text)
    if not doubted(entry):
        made.flags = [flag for flag in made.flags if flag != "fuzzy"]
    made.previous_msgctxt = made.previous_msgid = None
    return made


def _says_no_more(entry: polib.POEntry, rival: polib.POEntry) -> bool:
    return (entry.msgstr, entry.msgstr_plural) == (rival.msgstr, rival.msgstr_plural) and entry.tcomment in (
        "",
        rival.tcomment,
    )


def former(entry: polib.POEntry) -> tuple[str, str]:
    """The context and the English text from which the entry's translation was made."""
    if not entry.fuzzy:
        return entry.msgctxt or "", entry.msgid
    context = entry.previous_msgctxt or entry.msgctxt or ""
    return context.removesuffix(DOUBTED), entry.previous_msgid or entry.msgid


def doubted(entry: polib.POEntry) -> bool:
    """Did a translator mark the entry as fuzzy? `sync` marks too, and then says of which text it was a translation.

    PO has one mark: what both have marked says so behind the former context, in a line that all tools keep.
    """
    return entry.fuzzy and (not entry.previous_msgid or (entry.previous_msgctxt or "").endswith(DOUBTED))


def translation_line(path: Path, entry: polib.POEntry) -> int:
    """The line in `path` at which the entry's `msgstr` stands: on a pull request that is near what was changed."""
    lines = read_text(path, CATALOG).split("\n")
    first = entry.linenum or 1
    return next((n for n in range(first, len(lines) + 1) if lines[n - 1].startswith("msgstr")), first)


def same(one: polib.POFile, other: polib.POFile) -> bool:
    """Do two catalogs say the same, however tools wrap their lines? Headers are people's and do not count."""
    return len(one) == len(other) and all(a is b or _said(a) == _said(b) for a, b in zip(one, other, strict=True))


def content(catalog: polib.POFile) -> list[tuple[object, ...]]:
    """What a catalog says, entry by entry."""
    return [_said(entry) for entry in catalog]


def _said(entry: polib.POEntry) -> tuple[object, ...]:
    return (
        *(entry.obsolete, entry.msgctxt, entry.msgid, entry.msgstr, entry.msgid_plural, entry.msgstr_plural),
        *("fuzzy" in entry.flags, entry.previous_msgctxt, entry.previous_msgid),
        *(entry.comment.split(), entry.tcomment.split()),
    )
