"""The rules over texts: over every PO entry, and, as far as they hold for English, over the notebooks' prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import polib
from nbformat import NotebookNode

from book import rules
from book.check.html import better_in_markdown
from book.check.own_settings import rules_off
from book.findings import Finding, Suppressed
from book.language.conventions import Conventions
from book.notebook.markdown.myst import read
from book.notebook.markdown.parts import parts
from book.notebook.markdown.small_headings import SMALL
from book.notebook.markdown.tokens import excess
from book.notebook.markdown.words import names_page
from book.notebook.texts import FORMER, PROSE, Text
from book.po import catalog
from book.po.suppressions import RULE, faults, reason_for, suppressions
from book.project import Project

_NAMES = {rule.name for rule in rules.RULES}
# What a translation of an earlier text may rightly have otherwise than the English of today.
_MAY_LAG = {
    *("maths", "inline-code", "code-fence", "link", "image", "markup", "heading", "lists", "tables", "order"),
    *("jupyter", "placeholders", "figure-text"),
}
_BRACES = re.compile(r"\{[^{}]+\}")
_SAFETY_RULES = [rule for rule in rules.RULES if rule.safety]
_SAFETY = {rule.name for rule in _SAFETY_RULES}
# The rules about English texts that may be broken where a cell's metadata says why.
ALLOWABLE = {"html", "heading"} | {rule.name for rule in rules.RULES if rule.source and not rule.safety}


def check_translations(
    project: Project,
    conventions: Conventions,
    catalogs: Mapping[Path, Iterable[polib.POEntry]],
    texts: Mapping[str, Iterable[Text]],
) -> Iterator[Finding | Suppressed]:
    """What is wrong with a language's translations, suppressed where a translator's comment allows it."""
    by_key = {text.key: text for page in texts.values() for text in page}
    off = rules_off(project) - _SAFETY
    for path, entries in catalogs.items():
        for entry in entries:
            text = by_key.get((entry.msgctxt or "", entry.msgid))
            if text and not entry.obsolete and entry.msgstr:
                yield from _check_entry(project, path, entry, text, conventions, off)


def _check_entry(
    project: Project, path: Path, entry: polib.POEntry, text: Text, conventions: Conventions, off: frozenset[str]
) -> Iterator[Finding | Suppressed]:
    allowed = suppressions(entry.tcomment)
    broken = _broken_while_fuzzy(entry, text) if entry.fuzzy else _broken(entry, text, conventions)
    line = catalog.translation_line(path, entry) if broken else 0
    for message, rule in broken:
        if rule in off:
            continue
        found = project.finding(path, line, f"`{entry.msgctxt}`: {message}", rule)
        reason = "" if rule in _SAFETY else reason_for(rule, allowed)
        yield Suppressed(found, reason) if reason else found
    for message in faults(allowed, _NAMES, _SAFETY, {rule for _, rule in broken}):
        yield project.finding(path, entry.linenum or 1, f"`{entry.msgctxt}`: {message}", RULE)


def _broken(entry: polib.POEntry, text: Text, conventions: Conventions) -> list[tuple[str, str]]:
    """(message, rule) for the rules that an entry breaks."""
    return list(rules.findings(text, entry.msgstr, conventions=conventions))


def _broken_while_fuzzy(entry: polib.POEntry, text: Text) -> list[tuple[str, str]]:
    """(message, rule) for the rules of safety that a fuzzy entry breaks; `status` counts it as out of date.

    A good translation of the earlier text may lack what is new in the English, and have what was in the earlier one.
    """
    found = list(rules.findings(text, entry.msgstr, _SAFETY_RULES))
    about = replace(text, kind=FORMER)
    of_former = rules.findings(about, entry.previous_msgid or "", _SAFETY_RULES)
    told = [(f"its former English: {message}", rule) for message, rule in of_former]
    return [*told, *_not_lagging(found, text, entry)]


def _not_lagging(found: list[tuple[str, str]], text: Text, entry: polib.POEntry) -> list[tuple[str, str]]:
    """Of the rules that a translation breaks, those that it would break as that of the earlier text, too."""
    if not found or not entry.previous_msgid:
        return found
    former = replace(text, text=entry.previous_msgid, placeholders=tuple(_BRACES.findall(entry.previous_msgid)))
    if not rules.safe(former, entry.msgstr):
        return found
    return [(message, rule) for message, rule in found if rule not in _MAY_LAG]


def check_source(texts: Iterable[Text], cells: Iterable[NotebookNode]) -> Iterator[tuple[str, str, str]]:
    """(cell, message, rule) for what is wrong with the English texts of a page, which has these cells."""
    texts = list(texts)
    for text in texts:
        yield from ((text.cell_id, message, rule) for message, rule in rules.of_source(text))
    prose = {text.cell_id: text.text for text in texts if text.kind == PROSE}
    for cell_id, its in prose.items():
        yield from ((cell_id, message, "html") for message in better_in_markdown(read(its).html))
    markdown = [cell for cell in cells if cell.cell_type == "markdown" and not excess(cell.source)]
    yield from ((cell, message, "heading") for cell, message in _skipped_levels(markdown) if cell in prose)


def _skipped_levels(cells: list[NotebookNode]) -> Iterator[tuple[str, str]]:
    """(cell, message) for headings that are more than one level below the one before."""
    level, small = 0, SMALL if any(names_page(cell.source) for cell in cells) else frozenset[str]()
    for cell in cells:
        for heading in parts(cell.source).headings:
            if not level and heading in small:
                continue  # the page is not called so
            if (deep := int(heading[1:])) > level + 1:
                yield str(cell.id), f"{heading} follows {f'h{level}' if level else 'nothing'}; skip no level"
            level = deep
