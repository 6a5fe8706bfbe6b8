"""Random histories of a book: whatever authors do to two pages while translators work, nothing anyone wrote is lost."""

from __future__ import annotations

import itertools
import re
import shutil
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import polib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from book.language.language import Language
from book.notebook.texts import Texts, texts_of
from book.po import catalog
from book.po.file_format import Catalog
from book.po.matching import cell_of
from book.po.sync import plan, sync
from book.project import Project
from tests.kill import killed

LANGUAGES = [Language("ar"), Language("ko")]
WORDS = ["falls", "rises", "stays", "sinks slowly", "is shared by all", "has no end"]
NUMBER = st.integers(0, 99)
WORD = st.sampled_from(WORDS)


class Source:
    """The English pages, in memory."""

    def __init__(self) -> None:
        self.made = 0
        self.pages: dict[str, list[NotebookNode]] = {}
        for page in ("loss", "gain"):
            prose = [new_markdown_cell(f"The {page} {word}.", id=self.name()) for word in WORDS[:3]]
            code = f'# Draw the {page}.\n# It {WORDS[3]}.\nax.set_title("The {page}")\nx = 1  # one {page}'
            self.pages[page] = [*prose, new_code_cell(code, id=self.name())]

    def name(self) -> str:
        """An id or a name that was never used before; it may sort before or after the others."""
        self.made += 1
        return f"{'zmah'[self.made % 4]}-{self.made}"

    def texts(self) -> Texts:
        return {page: texts_of(page, NotebookNode(cells=cells)) for page, cells in self.pages.items()}

    def page(self, number: int) -> list[NotebookNode]:
        return self.pages[sorted(self.pages)[number % len(self.pages)]]

    def cell(self, number: int) -> tuple[list[NotebookNode], int]:
        """A page and the place of one of its cells; the page is given one if it has none."""
        page = self.page(number)
        if not page:
            page.append(new_markdown_cell("The first cell.", id=self.name()))
        return page, number % len(page)

    def edit(self, kind: str, number: int, word: str) -> None:
        """One change that an author makes."""
        page, place = self.cell(number)
        getattr(self, kind)(page, place, number, word)

    def add(self, page: list[NotebookNode], place: int, number: int, word: str) -> None:
        page.insert(place, new_markdown_cell(f"It {word}, says {number % 3}.", id=self.name()))

    def remove(self, page: list[NotebookNode], place: int, number: int, word: str) -> None:
        del page[place]

    def reword(self, page: list[NotebookNode], place: int, number: int, word: str) -> None:
        cell = page[place]
        cell.source = cell.source.replace("The", "This") if number % 2 else f"# Now it {word}.\n{cell.source}"

    def move(self, page: list[NotebookNode], place: int, number: int, word: str) -> None:
        page.insert(number % len(page), page.pop(place))

    def move_to_page(self, page: list[NotebookNode], place: int, number: int, word: str) -> None:
        self.page(number + 1).append(page.pop(place))

    def split(self, page: list[NotebookNode], place: int, number: int, word: str) -> None:
        first, _, rest = page[place].source.partition(" ")
        if page[place].cell_type == "markdown" and rest:
            page[place].source = first
            page.insert(place + number % 2, new_markdown_cell(rest, id=self.name()))

    def join(self, page: list[NotebookNode], place: int, number: int, word: str) -> None:
        if place and page[place].cell_type == page[place - 1].cell_type:
            page[place - 1].source += "\n" + page.pop(place).source

    def retype(self, page: list[NotebookNode], place: int, number: int, word: str) -> None:
        cell = page[place]
        as_code = "\n".join(f"# {line}" for line in cell.source.split("\n"))
        kinds = [new_markdown_cell(cell.source, id=cell.id), new_raw_cell(cell.source, id=cell.id)]
        page[place] = [*kinds, new_code_cell(as_code, id=cell.id)][number % 3]

    def rename_cell(self, page: list[NotebookNode], place: int, number: int, word: str) -> None:
        page[place].id = self.name()

    def rename_page(self, page: list[NotebookNode], place: int, number: int, word: str) -> None:
        self.pages = {self.name() if cells is page else name: cells for name, cells in self.pages.items()}

    def merge_page(self, page: list[NotebookNode], place: int, number: int, word: str) -> None:
        """The page becomes a part of another one."""
        others = [cells for _, cells in sorted(self.pages.items()) if cells is not page]
        if others:
            others[number % len(others)].extend(page)
            self.remove_page(page, place, number, word)

    def remove_page(self, page: list[NotebookNode], place: int, number: int, word: str) -> None:
        if len(self.pages) > 1:
            self.pages = {name: cells for name, cells in self.pages.items() if cells is not page}

    def add_page(self, page: list[NotebookNode], place: int, number: int, word: str) -> None:
        """A new page, with a part of another one or without."""
        self.pages[self.name()] = [new_markdown_cell(f"A page that {word}.", id=self.name()), *page[place + 1 :]]
        del page[place + 1 :]

    def comment(self, page: list[NotebookNode], place: int, number: int, word: str) -> None:
        """Add, repeat or reorder the comments and figure texts of a code cell."""
        codes = [cell for cell in page if cell.cell_type == "code"]
        for cell in codes[:1]:
            lines = [*cell.source.split("\n"), f"# It {word}.", f'ax.set_title("It {word}")'][: 9 + number % 2]
            cell.source = "\n".join(lines[number % len(lines) :] + lines[: number % len(lines)])


KINDS = st.sampled_from(
    ["add", "remove", "reword", "move", "move_to_page", "split", "join", "retype", "rename_cell", "rename_page"]
    + ["comment"] * 2
    + ["merge_page", "remove_page", "add_page"]
)
BETWEEN_PAGES = st.sampled_from(["move_to_page", "split", "rename_page", "merge_page", "remove_page", "add_page"])


class Translators:
    """The PO files of a book in a temporary folder, and what people have written into them."""

    def __init__(self, texts: Texts) -> None:
        self.root = Path(tempfile.mkdtemp())
        self.project = Project(self.root)
        self.written: dict[tuple[str, str], str] = {}  # the English, by language and translation
        self.doubted: set[tuple[str, str]] = set()  # language and translation
        self.reviewers: set[tuple[str, str]] = set()
        self.notes: set[tuple[str, str]] = set()
        self.counter = itertools.count()
        for language in LANGUAGES:
            (self.root / "translations" / language.code).mkdir(parents=True)
        self.sync(texts)

    def count(self) -> int:
        return next(self.counter)

    def sync(self, texts: Texts) -> None:
        sync(self.project, LANGUAGES, lambda: (self.project, texts))

    def files(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in sorted(self.root.rglob("*")) if path.is_file()}

    def restore(self, files: dict[str, bytes]) -> None:
        for path in self.root.rglob("*"):
            if path.is_file():
                path.unlink()
        for name, data in files.items():
            Path(name).write_bytes(data)

    def catalogs(self, language: str) -> Iterator[tuple[Path, Catalog]]:
        for path in sorted((self.root / "translations" / language).glob("*.po")):
            yield path, catalog.load(path)

    def translate(self, number: int) -> None:
        """Translate a text, or bring a translation up to date, as a PO editor does."""
        language = LANGUAGES[number % 2].code
        entries = [(path, made, e) for path, made in self.catalogs(language) for e in made if not e.obsolete]
        if not entries:
            return
        path, made, entry = entries[number % len(entries)]
        self.written.pop((language, entry.msgstr), None)
        self.doubted.discard((language, entry.msgstr))
        entry.msgstr = f"{language} {self.count()}"
        notes = [line for line in entry.tcomment.split("\n") if (language, line) in self.notes]
        entry.tcomment = "\n".join([*notes, f"note on {entry.msgstr}"])
        entry.flags = ["no-wrap"]
        entry.previous_msgid = entry.previous_msgctxt = None
        self.written[language, entry.msgstr] = entry.msgid
        path.write_text(catalog.dumps(made), encoding="utf-8")

    def doubt(self, number: int) -> None:
        """Mark the translations of a page as fuzzy, as who is not sure of them does."""
        language = LANGUAGES[number % 2].code
        files = list(self.catalogs(language))
        path, made = files[number % len(files)]
        for entry in made:
            if entry.msgstr and not entry.obsolete and not entry.fuzzy:
                entry.flags.append("fuzzy")
                self.doubted.add((language, entry.msgstr))
        path.write_text(catalog.dumps(made), encoding="utf-8")

    def review(self, number: int) -> None:
        language = LANGUAGES[number % 2].code
        files = list(self.catalogs(language))
        path, made = files[number % len(files)]
        self.reviewers.discard((language, made.metadata["X-Reviewed-By"]))
        made.metadata["X-Reviewed-By"] = f"reviewer {self.count()}."
        self.reviewers.add((language, made.metadata["X-Reviewed-By"]))
        path.write_text(catalog.dumps(made), encoding="utf-8")

    def note(self, number: int) -> None:
        """Write somewhere in a file: above its header, into it, above an entry, between the hints of an entry."""
        language = LANGUAGES[number % 2].code
        files = list(self.catalogs(language))
        path, made = files[number % len(files)]
        note = f"note {self.count()}."
        entry = made[number % len(made)] if made else polib.POEntry()
        match number % 6 if made else 0:
            case 0:
                made.header = f"{made.header}\n{note}"
            case 1:
                made.header_entry = catalog.copy_of(made.header_entry, msgstr=f"{made.header_text}{note}\n")
            case 2:
                again = f"{made.header_text}X-Reviewed-By: {note}\n"
                made.header_entry = catalog.copy_of(made.header_entry, msgstr=again)
            case 3 | 4:
                entry.tcomment = f"{entry.tcomment}\n{note}".strip()
            case 5:
                entry.comment = f"{note}\n{entry.comment}" if number % 4 == 1 else f"{entry.comment}\n{note}"
        path.write_text(catalog.dumps(made), encoding="utf-8")
        self.notes.add((language, note))

    def nothing_is_lost(self, *, twice: bool = False) -> None:
        """Every word that somebody wrote is in a file, and only once unless it may be there `twice`."""
        for language in LANGUAGES:
            loaded = [made for _, made in self.catalogs(language.code)]
            there = {e.msgstr: (catalog.translated_from(e)[1], e) for made in loaded for e in made if e.msgstr}
            count = sum(bool(e.msgstr) for made in loaded for e in made)
            assert twice or len(there) == count, "a translation stands twice"
            for (code, said), english in self.written.items():
                if code == language.code:
                    assert there[said][0] == english
                    assert f"note on {said}" in there[said][1].tcomment.split("\n")
                    assert "no-wrap" in there[said][1].flags
            doubted = [there[said][1] for code, said in self.doubted if code == language.code]
            assert all(e.obsolete or e.fuzzy for e in doubted)
            self.no_line_is_lost(language, loaded)

    def no_line_is_lost(self, language: Language, catalogs: list[Catalog]) -> None:
        headers = "\n".join(f"{made.header}\n{made.metadata}" for made in catalogs)
        assert all(name in headers for code, name in self.reviewers if code == language.code)
        written = "\n".join(map(str, catalogs))
        assert [note for code, note in self.notes if code == language.code and note not in written] == []


class History(RuleBasedStateMachine):
    """Authors and translators at work; `sync` is run now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.source = Source()
        self.translators = Translators(self.source.texts())
        self.versions = [deepcopy(self.source.pages)]
        for number in range(0, 16, 3):
            self.translators.translate(number)

    @rule(kind=KINDS, number=NUMBER, word=WORD)
    def author_edits(self, kind: str, number: int, word: str) -> None:
        self.source.edit(kind, number, word)

    @rule(number=NUMBER)
    def author_goes_back(self, number: int) -> None:
        self.someone_syncs()
        self.source.pages = deepcopy(self.versions[number % len(self.versions)])

    @rule(number=NUMBER)
    def translator_works(self, number: int) -> None:
        self.translators.translate(number)

    @rule(number=NUMBER)
    def translator_doubts(self, number: int) -> None:
        self.translators.doubt(number)

    @rule(number=NUMBER)
    def reviewer_signs(self, number: int) -> None:
        self.translators.review(number)

    @rule(number=NUMBER)
    def somebody_notes(self, number: int) -> None:
        self.translators.note(number)

    @rule()
    def someone_syncs(self) -> None:
        texts = self.source.texts()
        project = self.translators.project
        for language in LANGUAGES:
            plans = [plan(project, language, each).catalogs for each in (texts, dict(reversed(texts.items())))]
            first, turned = ({page: catalog.content(made) for page, made in each.items()} for each in plans)
            assert first == turned, "the order of pages matters"
        self.translators.sync(texts)
        self.versions.append(deepcopy(self.source.pages))
        after = self.translators.files()
        sync(project, LANGUAGES[::-1], lambda: (project, texts))
        assert self.translators.files() == after, "a second sync changed something"
        self.translators.nothing_is_lost()
        for language in LANGUAGES:
            loaded = [e for _, made in self.translators.catalogs(language.code) for e in made if not e.obsolete]
            assert {(e.msgctxt, e.msgid) for e in loaded} == {text.key for page in texts.values() for text in page}

    def teardown(self) -> None:
        try:
            self.someone_syncs()
        finally:
            shutil.rmtree(self.translators.root)


TestHistory = History.TestCase
TestHistory.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)


def without_dates(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: re.sub(rb"PO-Revision-Date: [^\n]*", b"", data) for name, data in files.items()}


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    edits=st.lists(st.tuples(BETWEEN_PAGES, NUMBER, WORD), min_size=2, max_size=6),
    written=st.lists(NUMBER, min_size=4, max_size=8),
)
def test_a_sync_that_is_killed_between_two_files_loses_nothing_and_the_next_completes_it(
    edits: list[tuple[str, int, str]], written: list[int]
) -> None:
    source = Source()
    people = Translators(source.texts())
    try:
        for number in range(16):
            people.translate(number)
        for number in written:
            people.note(number)
            people.review(number)
        people.doubt(written[0])
        for edit in edits:
            source.edit(*edit)
        before, texts = people.files(), source.texts()
        people.sync(texts)
        undisturbed = without_dates(people.files())
        for step in itertools.count():
            people.restore(before)
            if not killed(lambda: people.sync(texts), step):
                break
            people.nothing_is_lost(twice=True)
            people.sync(texts)
            assert without_dates(people.files()) == undisturbed, f"killed at step {step}"
        assert step >= len(undisturbed.items() ^ without_dates(before).items()) / 2
    finally:
        shutil.rmtree(people.root)


@settings(max_examples=25, deadline=None)
@given(edits=st.lists(st.tuples(KINDS, NUMBER, WORD), min_size=1, max_size=6))
def test_a_doubt_stays_when_edits_are_taken_back(edits: list[tuple[str, int, str]]) -> None:
    source = Source()
    people = Translators(source.texts())
    for number in range(40):
        people.translate(number)
    for number in range(8):
        people.doubt(number)
    before = source.texts()
    for edit in edits:
        source.edit(*edit)
    try:
        for texts in (source.texts(), before):
            people.sync(texts)
            people.nothing_is_lost()
    finally:
        shutil.rmtree(people.root)


def untouched(start: dict[str, str], source: Source, left: set[str]) -> set[str]:
    """The cells among `left` that still are as they were."""
    now = {cell.id: f"{cell.cell_type} {cell.source}" for cells in source.pages.values() for cell in cells}
    return {name for name in left if now.get(name) == start[name]}


@settings(max_examples=25, deadline=None)
@given(edits=st.lists(st.tuples(KINDS, NUMBER, WORD), min_size=1, max_size=12))
def test_what_nobody_touched_is_the_same_however_often_sync_ran(edits: list[tuple[str, int, str]]) -> None:
    source = Source()
    often, once = Translators(source.texts()), Translators(source.texts())
    for number in range(40):
        often.translate(number)
        once.translate(number)
    start = {cell.id: f"{cell.cell_type} {cell.source}" for cells in source.pages.values() for cell in cells}
    left = set(start)
    for edit in edits:
        source.edit(*edit)
        left = untouched(start, source, left)
        often.sync(source.texts())
    once.sync(source.texts())
    try:
        assert said(often, left) == said(once, left)
        often.nothing_is_lost()
        once.nothing_is_lost()
    finally:
        shutil.rmtree(often.root)
        shutil.rmtree(once.root)


def said(translators: Translators, cells: set[str]) -> set[tuple[str, str, str, str, bool]]:
    catalogs = [(each.code, made) for each in LANGUAGES for _, made in translators.catalogs(each.code)]
    return {
        (code, str(e.msgctxt), e.msgid, e.msgstr, e.fuzzy)
        for code, made in catalogs
        for e in made
        if not e.obsolete and cell_of(str(e.msgctxt)) in cells
    }
