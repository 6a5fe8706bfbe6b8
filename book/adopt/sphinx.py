"""Translations from the catalogs of Sphinx's gettext builder: a cell from the translations of its paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polib

from book.adopt.texts import Adopted, Place, judged
from book.errors import CatalogError
from book.language.language import Language
from book.notebook.markdown.tokens import excess, tokens
from book.notebook.markdown.words import has_words
from book.notebook.texts import PROSE, Text
from book.po import catalog

_FUZZY = "the catalog has marked its translation as fuzzy"


@dataclass(frozen=True)
class Said:
    """What a catalog says for a paragraph."""

    text: str
    fuzzy: bool
    place: Place


Paragraphs = Mapping[str, Said]  # by the English paragraph in one line, as Sphinx writes it


def read_paragraphs(paths: Iterable[Path], language: Language, left: list[CatalogError]) -> dict[str, Said]:
    """What the catalogs say for paragraphs; the first one that is sure counts.

    Those that cannot be read, or are in another language by their headers, are told in `left`.
    """
    found: dict[str, Said] = {}
    for path in paths:
        try:
            entries = catalog.load(path)
        except CatalogError as error:
            left.append(error)
            continue
        if language.is_another_than(code := entries.metadata.get("Language", "")):
            left.append(CatalogError(f"its header `Language` says `{code}`, which is not `{language.code}`", path))
            continue
        for entry in filter(_is_translated, entries):
            line, said = _one_line(entry.msgid), Said(_one_line(entry.msgstr), entry.fuzzy, (path, entry.linenum or 1))
            if line not in found or (found[line].fuzzy and not said.fuzzy):
                found[line] = said
    return found


def _is_translated(entry: polib.POEntry) -> bool:
    return bool(entry.msgid and entry.msgstr and not entry.obsolete)


def assemble(text: Text, paragraphs: Paragraphs) -> tuple[Adopted | None, int]:
    """The text as its paragraphs are translated, and how many are not; with one of these there is no translation."""
    if text.kind != PROSE or excess(text.text):
        said = paragraphs.get(_one_line(text.text))
        return (_marked(judged(text, said.text, said.place), said.fuzzy), 0) if said else (None, 1)
    lines, missing, used = text.text.split("\n"), 0, list[Said]()
    for token in reversed([each for each in tokens(text.text) if each.type == "inline" and each.content.strip()]):
        said = paragraphs.get(_one_line(token.content))
        if said is None:
            missing += has_words(token.content)
        elif token.map is None or not _put(lines, token.map[0], token.content, said.text):
            missing += 1
        else:
            used.append(said)
    if missing or not used:
        return None, missing
    return _marked(judged(text, "\n".join(lines), used[-1].place), any(each.fuzzy for each in used)), 0


def _marked(adopted: Adopted, fuzzy: bool) -> Adopted:
    return replace(adopted, doubts=(*adopted.doubts, _FUZZY)) if fuzzy else adopted


def _put(lines: list[str], first: int, content: str, said: str) -> bool:
    """Put what is said in the place of `content`, which stands from line `first` on; what stands before it stays."""
    parts = content.split("\n")
    if len(parts) == 1:  # of a row of a table, the last cell that reads so: they are put in from the end
        for number in range(first, len(lines)):
            before, there, after = lines[number].rpartition(content)
            if there:
                lines[number] = f"{before}{said}{after}"
                return True
        return False
    written = lines[first : first + len(parts)]
    if len(written) < len(parts) or not all(part.strip() in line for part, line in zip(parts, written, strict=True)):
        return False
    before, _, _ = lines[first].partition(parts[0].strip())
    lines[first : first + len(parts)] = [f"{before}{said}"]
    return True


def _one_line(text: str) -> str:
    return " ".join(text.split())
