"""The ids of cells: what is wrong with them, and which ids the cells had before, told by their texts.

Translations are filed under ids, and editors drop them: JupyterLab and Colab save notebooks of format 4.4 and older
without any, converters make new random ones. So every message proposes the repair.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from nbformat import NotebookNode

from book.errors import CatalogError, NotebookError
from book.findings import Finding
from book.notebook import ipynb
from book.notebook.texts import texts_of
from book.po import catalog
from book.po.matching import cell_of, page_of
from book.project import Project
from book.toc import FRAME_IDS

FORM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RANDOM = re.compile(r"(?=.*\d)[0-9a-f]{8}(-[0-9a-f]{4}){0,3}(-[0-9a-f]{12})?")  # as Jupyter and uuid make them
CHANGED = "id-changed"
SHOWN = 12  # more pairs than this in one line help nobody


@dataclass(frozen=True)
class _Doubt:
    """A cell whose id cannot be relied on, and the id that its text had before, empty if none is known."""

    line: int
    cell: NotebookNode
    was: str

    @property
    def start(self) -> str:
        return " ".join(self.cell.source.split())[:40]


def findings(project: Project, page: str, content: NotebookNode) -> Iterator[Finding]:
    """What is wrong with the ids of a page: at most one finding a rule, however many cells an editor has spoilt."""
    path, minor = project.notebook(page), content.get("nbformat_minor", 0)
    if minor < 5:
        message = f"is of format 4.{minor}, in which editors drop ids; set `nbformat_minor` to 5"
        yield project.finding(path, 1, message, "id-format")
    doubts = _doubts(project, page, content)
    for rule, fault in _FAULTS.items():
        if doubted := doubts.get(rule):
            yield project.finding(path, doubted[0].line, fault(doubted), rule)


def require(project: Project, page: str, content: NotebookNode) -> None:
    """Raises NotebookError where cells have no id or share one: their translations would go to other cells."""
    names = [cell.get("id") for cell in content.cells]
    if all(names) and len(set(names)) == len(names):
        return
    for found in findings(project, page, content):
        if found.rule in ("id-missing", "id-doubled"):
            raise NotebookError(found.message, project.notebook(page), found.line)


def changed(project: Project, pairs: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Page, first cell and message for `pairs` of contexts, today's and the one the text had before: one a page."""
    pages: dict[str, list[str]] = {}
    for context in pairs:
        if page_of(context) in project.pages:  # not the interface, which has no cells
            pages.setdefault(page_of(context), []).append(context)
    for page, contexts in pages.items():
        listed = [f"`{cell_of(each)}` was `{_name(pairs[each], page)}`" for each in contexts]
        more = f" and {len(listed) - SHOWN} more" if len(listed) > SHOWN else ""
        message = f"ids have changed: {', '.join(listed[:SHOWN])}{more}, says the text; give the cells those ids again"
        yield page, cell_of(contexts[0]), message


def _name(context: str, page: str) -> str:
    """The id in `context`, with the page where that is another one."""
    return cell_of(context) if page_of(context) == page else context


def _doubts(project: Project, page: str, content: NotebookNode) -> dict[str, list[_Doubt]]:
    """The doubtful cells by rule."""
    used = Counter(cell.get("id") for cell in content.cells)
    if not any(_rule(name, number > 1) for name, number in used.items()):
        return {}
    lines = ipynb.cell_lines(project.notebook(page))
    former = _former_ids(project, page)
    owners = {name: _owner(content.cells, name, former) for name in used}
    found: dict[str, list[tuple[int, NotebookNode]]] = {}
    for number, cell in enumerate(content.cells):
        if rule := _rule(cell.get("id"), number != owners[cell.get("id")]):
            found.setdefault(rule, []).append((number, cell))
    taken = set(used)
    return {
        rule: [_Doubt(lines[number], cell, _claimed(cell, former, taken)) for number, cell in cells]
        for rule, cells in found.items()
    }


def _rule(name: str | None, doubled: bool) -> str:
    """The rule that an id breaks, empty if none."""
    if not name:
        return "id-missing"
    if doubled:
        return "id-doubled"
    if FRAME_IDS.fullmatch(name):
        return "id-taken"
    return "" if FORM.fullmatch(name) and not RANDOM.fullmatch(name) else "id-form"


def _former_ids(project: Project, page: str) -> dict[str, list[str]]:
    """The ids under which PO files have each text of the page; what cannot be read is passed over."""
    for language in project.languages:
        with suppress(CatalogError):
            entries = catalog.load(project.catalog(language, page))
            former: dict[str, list[str]] = {}
            for entry in sorted(entries, key=lambda entry: bool(entry.obsolete)):
                former.setdefault(entry.msgid, []).append(cell_of(entry.msgctxt or ""))
            return former
    return {}


def _owner(cells: list[NotebookNode], name: str | None, former: Mapping[str, list[str]]) -> int:
    """Which of the cells with this id keeps it: the one whose texts are filed under it, else the first."""
    numbers = [number for number, cell in enumerate(cells) if cell.get("id") == name]
    return max(numbers, key=lambda number: _votes(cells[number], former)[name or ""]) if numbers[1:] else numbers[0]


def _votes(cell: NotebookNode, former: Mapping[str, list[str]]) -> Counter[str]:
    """How many of the cell's texts stand under each id."""
    votes: Counter[str] = Counter()
    with suppress(NotebookError):
        for text in texts_of("", NotebookNode(cells=[cell])):
            votes.update(former.get(text.text, []))
    return votes


def _claimed(cell: NotebookNode, former: Mapping[str, list[str]], used: set[str]) -> str:
    """The id that most of the cell's texts had, marked as used; empty if none is known."""
    name = next((name for name, _ in _votes(cell, former).most_common() if name not in used), "")
    if not name:
        return ""
    used.add(name)
    return name


def _fault(one: str, many: str) -> Callable[[list[_Doubt]], str]:
    """The message for a rule: for one cell in full, for more in one line with the ids in order."""

    def message(doubts: list[_Doubt]) -> str:
        first = doubts[0]
        if len(doubts) == 1:
            repair = (
                f"its text was `{first.was}` before: give it that id again" if first.was else "give it one of its own"
            )
            return f"the cell that begins `{first.start}` {one.format(id=first.cell.get('id'))}; {repair}"
        former = ", ".join(f"`{doubt.was}`" if doubt.was else "a new one" for doubt in doubts)
        return f"{len(doubts)} cells {many}; the ids that their texts had before, in order: {former}"

    return message


_FAULTS = {
    "id-missing": _fault("has no id", "have no id"),
    "id-doubled": _fault("has the id `{id}` of another cell", "have the ids of others"),
    "id-taken": _fault("has the id `{id}`, which the page's own elements have", "have ids of the page's own elements"),
    "id-form": _fault(
        "has the id `{id}`, which nobody chose", "have ids that nobody chose (wanted are some like `what-groups-share`)"
    ),
}
