"""Reading and writing PO files.

polib rather than Babel: Babel reads the previous msgid of a fuzzy entry (`#| msgid`) as a translator's comment.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import polib

from book.errors import CatalogError
from book.project import Language

MACHINE = "Machine draft, no reviewer yet"
_WIDTH = 78
_STRING = r'"(?:[^"\\]|\\.)*"\s*'
_KEYWORD = re.compile(rf"(?:#~?\|\s*|#~\s*)?(msgctxt|msgid|msgid_plural|msgstr)(?:\[\d+\])?\s+{_STRING}")
_CONTINUED = re.compile(rf"(?:#~?\|\s*|#~\s*)?{_STRING}")


def load(path: Path) -> polib.POFile:
    """The PO file in `path`. Raises CatalogError with the line where it cannot be read."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8")
    except OSError as error:
        raise CatalogError(f"cannot be read: {error.strerror}", path) from error
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise CatalogError("is not UTF-8; save it in that encoding", path, line) from error
    if broken := _broken_line(text):
        raise CatalogError("is no valid PO; mend this line, or what should follow it", path, broken)
    try:
        catalog = polib.pofile(str(path), wrapwidth=_WIDTH, encoding="utf-8")
    except (OSError, ValueError, IndexError) as error:
        number = re.search(r"line (\d+)", str(error))
        raise CatalogError("is no valid PO; mend it at this line", path, int(number[1]) if number else None) from error
    _refuse_doubled(catalog, path)
    return catalog


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
    seen: set[tuple[str, str]] = set()
    for entry in catalog:
        key = (entry.msgctxt or "", entry.msgid)
        if key in seen and not entry.obsolete:
            raise CatalogError(f"`{key[0]}` is defined twice with the same text; keep one", path, entry.linenum)
        seen.add(key)


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


def content(catalog: polib.POFile) -> list[tuple[object, ...]]:
    """What a catalog says, however tools wrap its lines: two files with equal content need no change."""
    return [
        (
            *(entry.obsolete, entry.msgctxt, entry.msgid, entry.msgstr, "fuzzy" in entry.flags),
            *(entry.previous_msgctxt, entry.previous_msgid, entry.comment.split(), entry.tcomment.split()),
        )
        for entry in catalog
    ]
