"""A cell that was split: its parts take over the paragraphs of the translation that stand in their places."""

from __future__ import annotations

import re
from collections.abc import Iterable

import polib

from book.notebook.texts import Key, Text
from book.po import catalog

_BETWEEN = re.compile(r"\n[ \t]*\n\s*")


def parts_of(entry: polib.POEntry, texts: Iterable[Text]) -> dict[Key, polib.POEntry]:
    """For each text that is a run of the paragraphs that the entry translates, an entry with the translation's run.

    None unless two texts at the least are parts, and the translation has as many paragraphs as its English. They say
    what they were translated from, so that a translator sees them as out of date and reads them again.
    """
    english, said = catalog.translated_from(entry)[1], _BETWEEN.split(entry.msgstr)
    paragraphs = _BETWEEN.split(english)
    if not 1 < len(paragraphs) == len(said):
        return {}
    found = {}
    for text in texts:
        wanted = _BETWEEN.split(text.text)
        starts = range(len(paragraphs) - len(wanted) + 1)
        if (start := next((at for at in starts if paragraphs[at : at + len(wanted)] == wanted), None)) is not None:
            its_own = "\n\n".join(said[start : start + len(wanted)])
            found[text.key] = catalog.copy_of(entry, msgstr=its_own)
    return found if len(found) > 1 else {}
