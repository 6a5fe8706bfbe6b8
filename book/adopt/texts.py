"""What a translated page says for the texts of a page, and what of it somebody should look at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from book import limits
from book.adopt.bilingual import without_original
from book.adopt.cells import CellPair, How, pair_cells
from book.adopt.code_texts import pair_texts
from book.adopt.markup import as_marked_there
from book.adopt.wrappers import without_wrappers
from book.notebook.code import translatable
from book.notebook.code.page_code import PageCode, page_code
from book.notebook.markdown.words import has_words
from book.notebook.texts import ALT, COMMENT, PROSE, Key, Text, alt_text
from book.rules import RULES, findings
from book.source import Page

LEFT, DRIFT = "left", "drift"
_SAFETY = [rule for rule in RULES if rule.safety]
Place = tuple[Path, int]  # a file and a line
_CODE_DIFFERS = "the code of the cell was another when this was translated"
BY_PLACE = "found by its place alone, and not much like the English"


@dataclass(frozen=True)
class Adopted:
    """What is said for a text, in a file and at a line of it.

    `doubts` are reasons why somebody should look at it before it counts as translated.
    """

    key: Key
    said: str
    place: Place
    how: How | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Remark:
    """Something about a file to tell: `kind` is LEFT or DRIFT."""

    line: int
    message: str
    kind: str


@dataclass
class FromPage:
    """What comes of a translated page: `same` texts are in English there, `missing` ones have no counterpart."""

    path: Path
    adopted: list[Adopted] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    same: int = 0
    missing: int = 0


@dataclass(frozen=True)
class _Cells:
    """A cell of the page, the one that translates it, and how they were found."""

    english: NotebookNode
    translated: NotebookNode
    pair: CellPair
    place: Place
    page_codes: tuple[PageCode, PageCode]

    @property
    def drifted(self) -> bool:
        if self.english.cell_type != "code":
            return False
        sources = (self.english.source, self.translated.source)
        one, other = (
            translatable.skeleton(source.rstrip(), known)
            for source, known in zip(sources, self.page_codes, strict=True)
        )
        return one != other


def from_page(page: Page, translated: NotebookNode, path: Path, lines: list[int]) -> FromPage:
    """What the notebook `translated`, which was read from `path` and whose cells stand at `lines`, says for `page`."""
    made, page_codes = FromPage(path), (page.code, page_code(translated))
    english = page.notebook.cells
    pairs = pair_cells(english, translated.cells)
    said: dict[Key, Adopted] = {}
    seen: set[Key] = set()
    for pair in pairs:
        place = path, lines[pair.translated]
        both = _Cells(english[pair.english], translated.cells[pair.translated], pair, place, page_codes)
        texts = page.texts_by_cell.get(both.english.get("id", ""), [])
        for each in _of_cell(both, texts, made):
            seen.add(each.key)
            if each.said != each.key[1] and each.key not in said:
                said[each.key] = each
        if both.drifted:
            made.remarks.append(_drift(both))
    made.adopted, made.same = list(said.values()), len(seen) - len(said)
    made.missing = len(page.texts) - len(seen)
    made.remarks += _unpaired(translated, {pair.translated for pair in pairs}, lines)
    made.remarks += _gone(english, {pair.english for pair in pairs})
    return made


def _of_cell(both: _Cells, texts: list[Text], made: FromPage) -> Iterator[Adopted]:
    by_key = {(text.kind, text.text): text for text in texts}
    for kind, english, translation in _said(both):
        if text := by_key.get((kind, english)):
            yield judged(text, translation, both.place, both.pair, both.drifted)
    if both.english.cell_type == "code":
        made.remarks += [Remark(both.place[1], message, LEFT) for message in _comments_left(both)]


def _said(both: _Cells) -> Iterator[tuple[str, str, str]]:
    """Kind, English text and translation for all that the two cells have in common."""
    english, translated = both.english, both.translated
    if english.cell_type == "markdown":
        said = without_original(without_wrappers(translated.source, english.source), english.source)
        yield PROSE, english.source, as_marked_there(said, english.source)
    elif english.cell_type == "code":
        for one, other in pair_texts(english.source, translated.source, both.page_codes):
            yield one.kind, one.text, other.text
        if alt := alt_text(translated):
            yield ALT, alt_text(english), alt


def judged(text: Text, said: str, place: Place, pair: CellPair | None = None, drifted: bool = False) -> Adopted:
    """What is said for the text, with blanks at its edges as in English, and the reasons to look at it.

    A comment of one line that needed more in the other language is one line again: where it is shown, it is wrapped.
    """
    if text.kind == COMMENT and "\n" not in text.text:
        said = " ".join(line.strip() for line in said.split("\n"))
    start, end = len(text.text) - len(text.text.lstrip()), len(text.text.rstrip())
    said = f"{text.text[:start]}{said.strip()}{text.text[end:]}"
    doubts = [_CODE_DIFFERS] if drifted else []
    if pair and not pair.sure:
        doubts.append(BY_PLACE)
    if len(said) > limits.TEXT:
        said, doubts = text.text, []
    elif said != text.text:
        doubts += [f"{message} ({rule})" for message, rule in findings(text, said, _SAFETY)]
    return Adopted(text.key, said, place, pair.how if pair else None, tuple(doubts))


def _comments_left(both: _Cells) -> Iterator[str]:
    """The texts of a translated code cell that are not the English ones and have no place in the English cell."""
    here = {each.text for each in translatable.texts(both.english.source, both.page_codes[0])}
    placed = {other.text for _, other in pair_texts(both.english.source, both.translated.source, both.page_codes)}
    for each in translatable.texts(both.translated.source, both.page_codes[1]):
        if each.text not in here | placed:
            yield f"{_named(both.english)}: {each.kind} `{_start(each.text)}` has no place in the English cell"


def _drift(both: _Cells) -> Remark:
    """Where the code of a cell first differs."""
    english, translated = both.english.source, both.translated.source
    pairs = pair_texts(english, translated, both.page_codes)
    with suppress(ValueError):  # a text that cannot stand there
        english = translatable.replace(english, {one.text: other.text for one, other in pairs}, both.page_codes[0])
    here, there = (
        [line for line in map(str.rstrip, source.split("\n")) if line and not line.lstrip().startswith("#")]
        for source in (english, translated)
    )
    first = next((n for n, (one, other) in enumerate(zip(here, there, strict=False)) if one != other), None)
    if first is None:
        first = min(len(here), len(there))
    one, other = (side[first] if first < len(side) else "" for side in (here, there))
    shown = f"`{_start(other)}` for `{_start(one)}`" if one or other else "in what stands between its lines"
    return Remark(both.place[1], f"{_named(both.english)}: its code differs: {shown}; the English runs", DRIFT)


def _unpaired(translated: NotebookNode, paired: set[int], lines: list[int]) -> Iterator[Remark]:
    """The cells of the translated page that belong to no cell of the page."""
    for number, cell in enumerate(translated.cells):
        if number in paired or not cell.source.strip():
            continue
        if cell.cell_type == "markdown" and has_words(cell.source):
            yield Remark(lines[number], f"`{_start(cell.source)}` belongs to no cell of the page", LEFT)
        elif cell.cell_type == "code":
            yield Remark(lines[number], f"the code `{_start(cell.source)}` is not on the page", DRIFT)


def _gone(english: list[NotebookNode], paired: set[int]) -> Iterator[Remark]:
    for number, cell in enumerate(english):
        if number not in paired and cell.cell_type == "code" and cell.source.strip():
            yield Remark(1, f"{_named(cell)}: the translated page lacks its code", DRIFT)


def _named(cell: NotebookNode) -> str:
    return f"cell `{cell.get('id', '')}`"


def _start(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
