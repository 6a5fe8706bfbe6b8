"""Making a page in a language: the English notebook with its texts replaced, and the state of every cell."""

from __future__ import annotations

import copy
import tokenize
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

import polib
from nbformat import NotebookNode

from book.localize import svg
from book.notebook import code
from book.notebook.texts import ALT, FIGURE, Key, Text, page_helpers
from book.project import SOURCE_LANGUAGE, Language
from book.rules import safe
from book.runtime.numbers import MIME


class State(Enum):
    """How a text stands in a language; a cell stands as its prose does, or as the worst of a code cell's texts."""

    TRANSLATED = "translated"
    OUTDATED = "outdated"
    UNTRANSLATED = "untranslated"


@dataclass(frozen=True)
class Cell:
    """A cell as a reader sees it; `changes` are its outdated texts: their English when translated, and today's.

    `refused` says why the cell is in English although each of its translations alone could be shown.
    """

    node: NotebookNode
    state: State
    changes: tuple[tuple[str, str], ...] = ()
    refused: str = ""

    def copy(self) -> NotebookNode:
        """A node that its user may change: the cell is shown in more than one notebook."""
        return copy.deepcopy(self.node)


class Translations:
    """What a language says for each text. English says the text itself."""

    def __init__(self, language: Language, catalogs: Iterable[Iterable[polib.POEntry]]) -> None:
        self.language = language
        self._entries = {(e.msgctxt, e.msgid): e for each in catalogs for e in each if not e.obsolete}

    def state(self, key: Key) -> State:
        if self.language.code == SOURCE_LANGUAGE:
            return State.TRANSLATED
        entry = self._entries.get(key)
        if entry is None or not entry.msgstr:
            return State.UNTRANSLATED
        return State.OUTDATED if entry.fuzzy else State.TRANSLATED

    def get(self, key: Key) -> str | None:
        """The translation, outdated or not; None where there is none."""
        entry = self._entries.get(key)
        return entry.msgstr or None if entry else None

    def line(self, key: Key) -> int:
        """The line of the PO file at which the entry begins; 1 for an entry that is still to be added."""
        entry = self._entries.get(key)
        return entry.linenum or 1 if entry else 1

    def previous(self, key: Key) -> str:
        entry = self._entries.get(key)
        return (entry.previous_msgid or "") if entry and entry.fuzzy else ""


def localized(notebook: NotebookNode, texts: Iterable[Text], translations: Translations) -> list[Cell]:
    """The page's cells in the language of `translations`.

    A translation that is not safe to show (`rules.safe`) counts as missing: the English stands in its place. So does a
    whole code cell that would not run as the English one does; it says why.
    """
    by_cell: dict[str, list[Text]] = {}
    for text in texts:
        by_cell.setdefault(text.cell_id, []).append(text)
    helpers = page_helpers(notebook)
    drawn: dict[str, tuple[str, tuple[str, ...]]] = {}  # a cell may draw with a function of an earlier cell
    made = []
    for cell in notebook.cells:
        its_texts = by_cell.get(cell.get("id", ""), [])
        chosen = _chosen(its_texts, translations)
        made.append(_cell(cell, its_texts, chosen, translations, helpers, drawn))
    return made


def _chosen(texts: list[Text], translations: Translations) -> dict[Key, str]:
    """The translations that can be shown."""
    return {t.key: said for t in texts if (said := translations.get(t.key)) is not None and safe(t, said)}


def _cell(
    cell: NotebookNode,
    texts: list[Text],
    chosen: dict[Key, str],
    translations: Translations,
    helpers: code.HelpersKey,
    drawn: dict[str, tuple[str, tuple[str, ...]]],
) -> Cell:
    made, refused = copy.deepcopy(cell), ""
    if cell.cell_type == "code":
        source = _localized_code(cell.source, texts, chosen, helpers)
        if source is None:
            chosen, refused = {}, "a translation changes what the code does"
        else:
            made.source = source
        _localize_shown(made, texts, chosen, translations.language.direction, drawn)
    elif texts:
        made.source = chosen.get(texts[0].key, texts[0].text)
    return replace(_standing(made, texts, chosen, translations), refused=refused)


def _standing(node: NotebookNode, texts: list[Text], chosen: Mapping[Key, str], translations: Translations) -> Cell:
    """The cell with its state: out of date if any of its texts is, else not translated if any is not."""
    if translations.language.code == SOURCE_LANGUAGE:
        return Cell(node, State.TRANSLATED)
    outdated = [t for t in texts if t.key in chosen and translations.state(t.key) is State.OUTDATED]
    if outdated:
        return Cell(node, State.OUTDATED, tuple((translations.previous(t.key), t.text) for t in outdated))
    return Cell(node, State.TRANSLATED if all(t.key in chosen for t in texts) else State.UNTRANSLATED)


def _localized_code(english: str, texts: list[Text], chosen: Mapping[Key, str], helpers: code.HelpersKey) -> str | None:
    """The cell's code with its comments and figure texts replaced; None where it would run otherwise."""
    try:
        said = {t.text: chosen[t.key] for t in texts if t.key in chosen and t.kind != ALT}
        made = code.replace(english, said, helpers)
        same = made == english or code.skeleton(made, helpers) == code.skeleton(english, helpers)
        return made if same else None
    except (ValueError, SyntaxError, tokenize.TokenError):
        return None


def _localize_shown(
    cell: NotebookNode,
    texts: list[Text],
    chosen: Mapping[Key, str],
    direction: str,
    drawn: dict[str, tuple[str, tuple[str, ...]]],
) -> None:
    """Replace the alternative text, and in the stored figures the texts that this or an earlier cell declares.

    What an entry says of a former wording does not count: it could name any text of a figure.
    """
    for text in texts:
        if text.kind == ALT and text.key in chosen:
            cell.metadata["mystnb"]["image"]["alt"] = chosen[text.key]
        elif text.kind == FIGURE and text.key in chosen:
            drawn[text.text] = chosen[text.key], text.placeholders
    for output in cell.get("outputs", []) if drawn else []:
        data = output.get("data", {})
        if "image/svg+xml" in data:
            data["image/svg+xml"] = svg.translated(data["image/svg+xml"], drawn, direction)
        if MIME in data:
            data[MIME] = svg.translated_names(data[MIME], drawn)
