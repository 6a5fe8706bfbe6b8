"""Entries of PO files, written as gettext's own tools write them.

A text breaks where it has a line break itself and nowhere else. Tools break long lines too, each in a way of its own:
by the width of letters, within Korean words, within formulas. gettext's flag `no-wrap` tells them not to, so an entry
with a line that one of them would break has the flag, and saving a file changes only what was edited.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import polib

PLACES_WIDTH = 79  # gettext's: lines with places in the code (`#:`) are the only ones it breaks all the same
NO_WRAP = "no-wrap"
_UNBROKEN = 72  # columns that every tool leaves in one line: the narrowest breaks behind 76, and some count more widely


def entry_text(entry: polib.POEntry) -> str:
    """The entry's lines, with a line break at the end; no comment is broken."""
    mark = "#~ " if entry.obsolete else ""
    texts = [*_texts(_former(entry), "#~| " if entry.obsolete else "#| "), *_texts(_present(entry), mark)]
    flags = list(entry.flags)
    if NO_WRAP not in flags and any(_is_wide(line) for line in texts):
        flags.append(NO_WRAP)
    flags.sort(key=_place_of)
    head = [*_comments(entry), *([f"#, {', '.join(flags)}"] if flags else [])]
    return "\n".join([*head, *texts, ""])


def _place_of(flag: str) -> int:
    """Where gettext writes the flag among others."""
    return 0 if flag == "fuzzy" else 1 if flag.endswith("-format") else 2 if flag.startswith("range:") else 3


def _former(entry: polib.POEntry) -> Iterator[tuple[str, str | None]]:
    yield "msgctxt", entry.previous_msgctxt
    yield "msgid", entry.previous_msgid
    yield "msgid_plural", entry.previous_msgid_plural


def _present(entry: polib.POEntry) -> Iterator[tuple[str, str | None]]:
    yield "msgctxt", entry.msgctxt
    yield "msgid", entry.msgid
    yield "msgid_plural", entry.msgid_plural or None
    if entry.msgstr_plural:
        yield from ((f"msgstr[{form}]", text) for form, text in sorted(entry.msgstr_plural.items()))
    else:
        yield "msgstr", entry.msgstr


def _texts(fields: Iterator[tuple[str, str | None]], mark: str) -> Iterator[str]:
    for keyword, text in fields:
        if text is None:
            continue
        *ended, last = text.split("\n")
        lines = [f"{line}\n" for line in ended] + ([last] if last or not ended else [])
        quoted = [f'"{polib.escape(line)}"' for line in lines]
        first = quoted.pop(0) if len(quoted) == 1 else '""'
        yield f"{mark}{keyword} {first}"
        yield from (f"{mark}{line}" for line in quoted)


def _is_wide(line: str) -> bool:
    """Is the line broken by some tool? Letters of East Asia take two columns, and gettext breaks between them."""
    if len(line) > _UNBROKEN or line.isascii():
        return len(line) > _UNBROKEN
    return len(line) + sum(unicodedata.east_asian_width(letter) in "WF" for letter in line) > _UNBROKEN


def _comments(entry: polib.POEntry) -> Iterator[str]:
    for mark, comment in (("#", entry.tcomment), ("#.", entry.comment), ("#:", "\n".join(_places(entry)))):
        for line in comment.split("\n") if comment else ():
            # A backslash at the end would have gettext go on in the next line.
            yield f"{mark} {line} " if line.endswith("\\") else f"{mark} {line}" if line else mark


def _places(entry: polib.POEntry) -> Iterator[str]:
    line = ""
    for place in (f"{file}:{number}" if number else file for file, number in entry.occurrences):
        if line and len(f"#: {line} {place}") > PLACES_WIDTH:
            yield line
            line = ""
        line = f"{line} {place}" if line else place
    if line:
        yield line
