"""Making a page in a language: the English notebook with its texts replaced, and the state of every cell."""

from __future__ import annotations

import copy
import tokenize
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from nbformat import NotebookNode

from book.localize import svg
from book.localize.translations import State, Translation, Translations
from book.notebook.code import translatable
from book.notebook.code.page_code import PageCode
from book.notebook.code.printed import RECORD, Part, Sources, replayed, text_of
from book.notebook.texts import ALT, FIGURE, Key, Text
from book.runtime.numbers import MIME
from book.source import Page

_DOTS = {"image/png", "image/jpeg"}
Shown = Mapping[Key, Translation]  # those that take the place of the English


def has_fixed_picture(cell: NotebookNode, texts: list[Text]) -> bool:
    """Does the cell, which has these texts, show words in a picture of dots, where they stay as they are?"""
    if not any(text.kind == FIGURE for text in texts):
        return False
    kinds = [output.get("data", {}).keys() for output in cell.get("outputs", [])]
    return any(_DOTS & each and "image/svg+xml" not in each for each in kinds)


@dataclass(frozen=True)
class Cell:
    """A cell as a reader sees it.

    `changes` are its outdated texts: their English when translated, and today's; of doubted texts, today's alone.
    `refused` says why the cell is in English although each of its translations alone could be shown; `fixed_picture`
    is whether it shows words in a picture that no translation reaches.
    """

    node: NotebookNode
    state: State
    changes: tuple[tuple[str, str], ...] = ()
    refused: str = ""
    fixed_picture: bool = False

    def copy(self) -> NotebookNode:
        """A node that its user may change: the cell is shown in more than one notebook."""
        return copy.deepcopy(self.node)


def localized(page: Page, translations: Translations) -> list[Cell]:
    """The page's cells in the language of `translations`.

    A translation that is not safe to show (`rules.safe`) counts as missing: the English stands in its place. So does a
    whole code cell that would not run as the English one does; it says why.
    """
    drawn: dict[str, tuple[str, tuple[str, ...]]] = {}  # a cell may draw with a function of an earlier cell
    made = []
    for cell in page.notebook.cells:
        its_texts = page.texts_by_cell.get(cell.get("id", ""), [])
        shown = translations.shown(its_texts)
        made.append(_cell(cell, its_texts, shown, translations, page.code, drawn))
    _localize_printed(page, [each.node for each in made])
    return made


def _localize_printed(page: Page, cells: list[NotebookNode]) -> None:
    """Put into the outputs of the localized cells what their code prints, where a record of the English run says it.

    The parts of each such output stand in the metadata of its cell, for the site. A record that is not one of this
    code, or of these outputs, says nothing.
    """
    english, localized = ({str(c.get("id")): str(c.source) for c in each} for each in (page.notebook.cells, cells))
    for cell in cells:
        outputs, records = cell.get("outputs", []), cell.metadata.pop(RECORD, None)
        records = records if isinstance(records, list) else []
        sources = Sources(str(cell.get("id")), english, localized, page.code)
        printed = [_printed(record, output, sources) for output, record in zip(outputs, records, strict=False)]
        for output, parts in zip(outputs, printed, strict=False):
            if parts:
                output.text = text_of(parts)
        if any(printed):
            cell.metadata[RECORD] = [[[part.kind, part.text] for part in parts] for parts in printed]


def _printed(record: object, output: NotebookNode, sources: Sources) -> list[Part]:
    """The parts of an output in the language of the code; none where they are not known."""
    if not isinstance(record, str) or not record:
        return []
    with suppress(ValueError):
        if text_of(replayed(record, replace(sources, localized=sources.english))) == output.get("text"):
            return replayed(record, sources)
    return []


def _cell(
    cell: NotebookNode,
    texts: list[Text],
    shown: Shown,
    translations: Translations,
    page_code: PageCode,
    drawn: dict[str, tuple[str, tuple[str, ...]]],
) -> Cell:
    made, refused = copy.deepcopy(cell), ""
    if cell.cell_type == "code":
        source = _localized_code(cell.source, texts, shown, page_code)
        if source is None:
            shown, refused = {}, "a translation changes what the code does"
        else:
            made.source = source
        _localize_shown(made, texts, shown, translations.language.direction, drawn)
    elif texts:
        made.source = _words(texts[0], shown)
    with_state = _with_state(made, texts, shown, is_source=translations.is_source)
    return replace(with_state, refused=refused, fixed_picture=has_fixed_picture(cell, texts))


def _words(text: Text, shown: Shown) -> str:
    """The text's translation where it is shown, else the English."""
    found = shown.get(text.key)
    return found.shown or text.text if found else text.text


def _with_state(node: NotebookNode, texts: list[Text], shown: Shown, *, is_source: bool) -> Cell:
    """The cell with its state: out of date if any of its texts is, else in doubt, else not translated if any is not."""
    if is_source:
        return Cell(node, State.TRANSLATED)
    for state in (State.OUTDATED, State.DOUBTED):
        if found := [t for t in texts if t.key in shown and shown[t.key].state is state]:
            return Cell(node, state, tuple((shown[t.key].translated_from, t.text) for t in found))
    return Cell(node, State.TRANSLATED if all(t.key in shown for t in texts) else State.UNTRANSLATED)


def _localized_code(english: str, texts: list[Text], shown: Shown, page_code: PageCode) -> str | None:
    """The cell's code with its comments and shown texts replaced; None where it would run otherwise."""
    try:
        translated = {t.text: _words(t, shown) for t in texts if t.key in shown and t.kind != ALT}
        made = translatable.replace(english, translated, page_code)
        same = made == english or translatable.skeleton(made, page_code) == translatable.skeleton(english, page_code)
        return made if same else None
    except (ValueError, SyntaxError, tokenize.TokenError):
        return None


def _localize_shown(
    cell: NotebookNode,
    texts: list[Text],
    shown: Shown,
    direction: str,
    drawn: dict[str, tuple[str, tuple[str, ...]]],
) -> None:
    """Replace the alternative text, and in the stored figures the texts that this or an earlier cell declares.

    What an entry says of a former wording does not count: it could name any text of a figure.
    """
    for text in texts:
        if text.kind == ALT and text.key in shown:
            cell.metadata["mystnb"]["image"]["alt"] = _words(text, shown)
        elif text.kind == FIGURE and text.key in shown:
            drawn[text.text] = _words(text, shown), text.placeholders
    for output in cell.get("outputs", []) if drawn else []:
        data = output.get("data", {})
        if "image/svg+xml" in data:
            data["image/svg+xml"] = svg.translated(data["image/svg+xml"], drawn, direction)
        if MIME in data:
            data[MIME] = svg.translated_names(data[MIME], drawn)
