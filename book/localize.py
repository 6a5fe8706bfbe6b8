"""Making a page in a language: the English notebook with its texts replaced, and the state of every cell."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import polib
from nbformat import NotebookNode

from book import code, figures
from book.errors import TranslationError
from book.project import SOURCE_LANGUAGE, Language
from book.rules import safe
from book.runtime.numbers import MIME
from book.texts import ALT, FIGURE, Key, Text


class State(Enum):
    """How a text stands in a language; a cell stands as its prose does, or as the worst of a code cell's texts."""

    TRANSLATED = "translated"
    OUTDATED = "outdated"
    UNTRANSLATED = "untranslated"


@dataclass(frozen=True)
class Cell:
    """A cell as a reader sees it; `changes` are its outdated texts: their English when translated, and today's."""

    node: NotebookNode
    state: State
    changes: tuple[tuple[str, str], ...] = ()

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


def localized(notebook: NotebookNode, texts: Iterable[Text], translations: Translations, path: Path) -> list[Cell]:
    """The page's cells in the language of `translations`.

    A translation that is not safe to show (`rules.safe`) counts as missing: the English stands in its place.
    Raises TranslationError where a code cell would no longer be the English one.
    """
    by_cell: dict[str, list[Text]] = {}
    for text in texts:
        by_cell.setdefault(text.cell_id, []).append(text)
    drawn: dict[str, tuple[str, tuple[str, ...]]] = {}  # a cell may draw with a function of an earlier cell
    return [_cell(cell, by_cell.get(cell.get("id", ""), []), translations, path, drawn) for cell in notebook.cells]


def _cell(
    cell: NotebookNode,
    texts: list[Text],
    translations: Translations,
    path: Path,
    drawn: dict[str, tuple[str, tuple[str, ...]]],
) -> Cell:
    made = copy.deepcopy(cell)
    chosen = {t.key: s for t in texts if (s := translations.get(t.key)) is not None and safe(t, s)}
    if cell.cell_type == "code":
        for text in texts:
            if text.kind == FIGURE and text.key in chosen:
                # A figure that was drawn before its text changed still shows the earlier one.
                shown = dict.fromkeys([translations.previous(text.key) or text.text, text.text])
                drawn |= dict.fromkeys(shown, (chosen[text.key], text.placeholders))
        _localize_code(made, texts, chosen, translations.language, path)
        _localize_figures(made, drawn, translations.language.direction)
    elif texts:
        made.source = chosen.get(texts[0].key, texts[0].text)
    return _standing(made, texts, chosen, translations)


def _standing(node: NotebookNode, texts: list[Text], chosen: Mapping[Key, str], translations: Translations) -> Cell:
    """The cell with its state: out of date if any of its texts is, else not translated if any is not."""
    if translations.language.code == SOURCE_LANGUAGE:
        return Cell(node, State.TRANSLATED)
    outdated = [t for t in texts if t.key in chosen and translations.state(t.key) is State.OUTDATED]
    if outdated:
        return Cell(node, State.OUTDATED, tuple((translations.previous(t.key), t.text) for t in outdated))
    return Cell(node, State.TRANSLATED if all(t.key in chosen for t in texts) else State.UNTRANSLATED)


def _localize_code(
    cell: NotebookNode, texts: list[Text], chosen: Mapping[Key, str], language: Language, path: Path
) -> None:
    """Replace the cell's comments, figure texts and alternative text."""
    for text in texts:
        if text.kind == ALT and text.key in chosen:
            cell.metadata["mystnb"]["image"]["alt"] = chosen[text.key]
    english = cell.source
    cell.source = code.replace(english, {t.text: chosen[t.key] for t in texts if t.key in chosen and t.kind != ALT})
    if cell.source != english and code.skeleton(cell.source) != code.skeleton(english):
        raise TranslationError(f"cell `{cell.id}`: a translation changes the code in {language.code}; mend it", path)


def _localize_figures(cell: NotebookNode, drawn: figures.Texts, direction: str) -> None:
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        if drawn and "image/svg+xml" in data:
            data["image/svg+xml"] = figures.translated(data["image/svg+xml"], drawn, direction)
        if MIME in data:
            data[MIME] = figures.translated_names(data[MIME], drawn)
