"""The ids of cells: what is wrong with them.

Translations are filed under ids, and editors drop them: JupyterLab saves notebooks of format 4.4 and older without any,
converters make new random ones. So every message proposes the repair (`former_ids`). Any id that is unique and stays is
good; a book may ask for readable ones (`book: readable-ids` in `_config.yml`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from nbformat import NotebookNode

from book.errors import BookError, NotebookError
from book.findings import Finding
from book.notebook import ipynb
from book.notebook.json_text import WITH_IDS
from book.notebook.readable_ids import is_readable
from book.po.former_ids import claim, ever_used, former_ids, owner
from book.po.matching import cell_of, page_of
from book.project import Project
from book.toc import FRAME_IDS

CHANGED, MISSING, DOUBLED, FORM = "id-changed", "id-missing", "id-doubled", "id-form"
_GIVEN = {MISSING, DOUBLED, FORM}  # where `book ids` mends it; an id that nobody chose only as long as it is not in use
SHOWN = 12  # more than this in one line help nobody


@dataclass(frozen=True)
class _Doubt:
    """A cell whose id cannot be relied on, and the id that its text had before, empty if none is known.

    `given`: `book ids` gives it one.
    """

    line: int
    cell: NotebookNode
    was: str
    given: bool

    @property
    def start(self) -> str:
        return " ".join(self.cell.source.split())[:40]


def findings(project: Project, notebooks: Mapping[str, NotebookNode]) -> Iterator[Finding]:
    """What is wrong with the ids of these pages: at most one finding a rule and page, however many are spoilt.

    A book that has never had ids is one finding.
    """
    doubts = {page: _doubts(project, page, content) for page, content in notebooks.items()}
    without = {page: missing for page, each in doubts.items() if (missing := each.get(MISSING))}
    is_new = len(without) > 1 and not any(doubt.was for missing in without.values() for doubt in missing)
    if is_new:
        page, missing = next(iter(without.items()))
        number = sum(map(len, without.values()))
        message = f"{number} cells of {len(without)} pages have no id; run `book ids`, which gives them readable ones"
        yield project.finding(project.notebook(page), missing[0].line, message, MISSING)
    for page, content in notebooks.items():
        path, minor = project.notebook(page), content.get("nbformat_minor", 0)
        if minor < WITH_IDS and page not in without and not all(map(ipynb.id_of_colab, content.cells)):
            message = f"is of format 4.{minor}, in which editors drop ids; set `nbformat_minor` to 5"
            yield project.finding(path, 1, message, "id-format")
        for rule, fault in _FAULTS.items():
            if (doubted := doubts[page].get(rule)) and not (is_new and rule == MISSING):
                yield project.finding(path, doubted[0].line, fault(doubted, page), rule)


def faults(project: Project, notebooks: Mapping[str, NotebookNode]) -> dict[str, BookError]:
    """The pages in which cells have no id or share one: their translations would go to other cells.

    Raises NotebookError for a book that has never had ids.
    """
    unsound = {page: content for page, content in notebooks.items() if not ipynb.has_sound_ids(content)}
    names = {str(project.shown(project.notebook(page))): page for page in unsound}
    made: dict[str, BookError] = {}
    found = [each for each in findings(project, unsound) if each.rule in (MISSING, DOUBLED)] if unsound else []
    for each in found:
        made.setdefault(names[each.file], NotebookError(each.message, project.root / each.file, each.line))
    if made.keys() < unsound.keys():  # one finding says it of all
        raise NotebookError(found[0].message, project.root / found[0].file, found[0].line)
    return made


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
    readable = project.own.readable_ids
    if not any(_rule(name, number > 1, readable) for name, number in used.items()):
        return {}
    lines = ipynb.cell_lines(project.notebook(page))
    former = former_ids(project, page)
    owners = {name: owner(content.cells, name, former) for name in used}
    found: dict[str, list[tuple[int, NotebookNode]]] = {}
    for number, cell in enumerate(content.cells):
        if rule := _rule(cell.get("id"), number != owners[cell.get("id")], readable):
            found.setdefault(rule, []).append((number, cell))
    taken = set(used)
    filed = ever_used(project, page) if FORM in found else set[str]()
    return {
        rule: [
            _Doubt(
                lines[number],
                cell,
                was=claim(cell, former, taken),
                given=rule in _GIVEN and (rule != FORM or cell.get("id") not in filed),
            )
            for number, cell in cells
        ]
        for rule, cells in found.items()
    }


def _rule(name: str | None, doubled: bool, readable: bool) -> str:
    """The rule that an id breaks, empty if none; `readable`: the book wants ids that somebody chose."""
    if not name:
        return MISSING
    if doubled:
        return DOUBLED
    if FRAME_IDS.fullmatch(name):
        return "id-taken"
    if not ipynb.ID.fullmatch(name):
        return "id-signs"
    return "" if is_readable(name) or not readable else FORM


def _fault(one: str, many: str) -> Callable[[list[_Doubt], str], str]:
    """The message for a rule: for one cell in full, for more in one line with the ids in order."""

    def message(doubts: list[_Doubt], page: str) -> str:
        first = doubts[0]
        command = f"; `book ids {page}` gives {{}}" if all(doubt.given for doubt in doubts) else ""
        if len(doubts) == 1:
            repair = (
                f"its text was `{first.was}` before: give it that id again" if first.was else "give it one of its own"
            )
            said = one.format(id=first.cell.get("id"))
            return f"the cell that begins `{first.start}` {said}; {repair}{command.format('it')}"
        if not any(doubt.was for doubt in doubts):
            repair = command[2:].format("them readable ones") or "give each one of its own"
            return f"{len(doubts)} cells {many}; {repair}"
        former = ", ".join(f"`{doubt.was}`" if doubt.was else "a new one" for doubt in doubts[:SHOWN])
        more = f" and {len(doubts) - SHOWN} more" if len(doubts) > SHOWN else ""
        said = f"the ids that their texts had before, in order: {former}{more}"
        return f"{len(doubts)} cells {many}; {said}{command.format('these')}"

    return message


_FAULTS = {
    MISSING: _fault("has no id", "have no id"),
    DOUBLED: _fault("has the id `{id}` of another cell", "have the ids of others"),
    "id-taken": _fault("has the id `{id}`, which the page's own elements have", "have ids of the page's own elements"),
    "id-signs": _fault(
        "has the id `{id}`, which no notebook may have", "have ids that no notebook may have (letters, digits, - and _)"
    ),
    FORM: _fault(
        "has the id `{id}`, which nobody chose", "have ids that nobody chose (wanted are some like `what-groups-share`)"
    ),
}
