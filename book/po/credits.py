"""Who has translated and reviewed, by a PO file's header: names as plain text, and whether a machine drafted it.

A header is given as its lines, `Catalog.header_text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from book.notebook.markdown.as_jupyter import bare_addresses
from book.terminal import JOINERS

TRANSLATOR, REVIEWERS = "Last-Translator", "X-Reviewed-By"
MACHINE = "Machine draft, no reviewer yet"  # the translator of a new file
_MACHINE = MACHINE.split()[0].lower()
_NOBODY = ("FULL NAME", "Automatically generated")  # what gettext's own tools put there
_BETWEEN_NAMES = re.compile("[,;،؛、，]")
_MAIL = re.compile(r"<[^<>\s]+@[^<>\s]+>\s*$")  # behind a name
_LONGEST_NAME = 60
_MOST_NAMES = 20


def reviewers(header: str) -> tuple[str, ...]:
    """Who has reviewed the translations, from all header lines `X-Reviewed-By`: names as plain text, each once.

    What cannot be printed is dropped, save for the joiners that names of some scripts are spelled with, and what is
    too long is cut. What has an address in it is no name.
    """
    return tuple(dict.fromkeys(filter(_is_name, _reviewers(header))))[:_MOST_NAMES]


def translators(header: str) -> tuple[str, ...]:
    """Whom the header names as last translators: people, as plain text."""
    return people(_values(header, TRANSLATOR))


def people(values: Iterable[str]) -> tuple[str, ...]:
    """The people among values of `Last-Translator`, each once: names without addresses, as plain text.

    No machine, nobody of whom there is an address alone, and not the words that a template begins with.
    """
    named = (_plain(value.partition("<")[0]) for value in values if not _is_machine(value))
    return tuple(dict.fromkeys(name for name in named if _is_name(name) and name not in _NOBODY))[:_MOST_NAMES]


def strange_names(header: str) -> list[str]:
    """What stands in the place of names and is none, as there is an address in it."""
    translators = (_plain(value.partition("<")[0]) for value in _values(header, TRANSLATOR))
    return [name for name in (*_reviewers(header), *translators) if bare_addresses(name)]


def is_machine_draft(header: str) -> bool:
    """Does the header name a machine as the last translator? That of a new file does; editors put in who saves it."""
    return any(map(_is_machine, _values(header, TRANSLATOR)))


def _reviewers(header: str) -> Iterator[str]:
    names = (name for value in _values(header, REVIEWERS) for name in _BETWEEN_NAMES.split(value))
    yield from (_plain(_MAIL.sub("", name)) for name in names)


def _is_name(name: str) -> bool:
    """Has it letters or digits, and no address in it?"""
    return any(map(str.isalnum, name)) and "@" not in name and not bare_addresses(name)


def _values(header: str, field: str) -> Iterator[str]:
    """What the header's lines of that name have; there may be several."""
    for line in header.split("\n"):
        name, _, value = line.partition(":")
        if name == field:
            yield value


def _is_machine(translator: str) -> bool:
    return translator.strip().lower().startswith(_MACHINE)


def _plain(name: str) -> str:
    """The name in one line, of printable characters."""
    spaced = " ".join(name.split())
    shown = " ".join("".join(sign for sign in spaced if sign.isprintable() or sign in JOINERS).split())
    return shown if len(shown) <= _LONGEST_NAME else f"{shown[: _LONGEST_NAME - 1]}…"
