"""Keeping PO files in line with a living source."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode

from book import notebook
from book.cli import main
from book.project import Language
from book.sync import synced
from book.texts import Text
from tests.conftest import PLOT, Book, markdown


def texts_of_entries(book: Book, language: str, page: str) -> set[str]:
    return {e.msgstr for e in book.po(language, page) if e.msgstr}


def test_a_new_language_gets_every_text(book: Book) -> None:
    contexts = {e.msgctxt for e in book.po("ko", "loss")}
    assert contexts == {"loss/title", "loss/what-falls", "loss/plot"}
    plot = {e.msgid for e in book.po("ko", "loss") if e.msgctxt == "loss/plot"}
    assert plot == {"Draw the loss.", "Loss by epoch", "batch {size}", "say so", "A falling line."}


def test_entries_tell_a_translator_where_they_stand(book: Book) -> None:
    def hints(context: str, text: str | None = None) -> list[str]:
        return str(book.entry("ko", context, text).comment).splitlines()

    book.reword("loss", "plot", "# Draw the loss.", "# Draw the loss.\n# As it falls.")
    assert main(["sync"]) == 0
    in_title = 'in: ax.set_title("Loss by epoch")'
    assert hints("loss/title") == ["prose; page: Loss"]
    assert hints("loss/plot", "Loss by epoch") == ["figure text; page: Loss; section: What falls", in_title]
    assert hints("loss/plot", "Draw the loss.")[1] == hints("loss/plot", "As it falls.")[1] == in_title
    assert hints("site/copied") == ["interface; after the copy button was pressed"]


def test_nothing_is_written_when_nothing_changed(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    before = book.files()
    assert main(["sync"]) == 0
    assert book.files() == before
    assert capsys.readouterr().out == "nothing to change\n"


def test_a_reworded_text_is_fuzzy_with_the_text_that_was_translated(book: Book) -> None:
    book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다.")
    book.reword("loss", "what-falls", "falls.", "drops.")
    book.reword("loss", "what-falls", "drops.", "sinks.")
    assert main(["sync"]) == 0
    entry = book.entry("ko", "loss/what-falls")
    assert entry.fuzzy
    assert entry.previous_msgid == "## What falls\n\nThe loss falls."
    assert entry.msgstr == "## 감소\n\n손실이 줄어듭니다."


def test_a_second_rewording_keeps_the_first_previous_text(book: Book) -> None:
    book.translate("ko", "loss/what-falls", "줄어듭니다")
    for old, new in (("falls.", "drops."), ("drops.", "sinks.")):
        book.reword("loss", "what-falls", old, new)
        assert main(["sync"]) == 0
    assert book.entry("ko", "loss/what-falls").previous_msgid == "## What falls\n\nThe loss falls."


def test_a_wording_that_comes_back_is_not_fuzzy_any_more(book: Book) -> None:
    book.translate("ko", "loss/what-falls", "줄어듭니다")
    before = book.files()
    for old, new in (("falls.", "drops."), ("drops.", "falls.")):
        book.reword("loss", "what-falls", old, new)
        assert main(["sync"]) == 0
    assert book.files() == before


def test_an_untranslated_text_that_changes_is_not_fuzzy(book: Book) -> None:
    book.reword("loss", "what-falls", "falls.", "drops.")
    assert main(["sync"]) == 0
    assert not book.entry("ko", "loss/what-falls").fuzzy


def test_a_removed_cell_is_kept_as_obsolete_and_revived(book: Book) -> None:
    book.translate("ko", "loss/what-falls", "줄어듭니다")
    kept = book.page("loss")
    book.edit("loss", lambda page: page.cells.pop(1))
    assert main(["sync"]) == 0
    assert [e.msgstr for e in book.po("ko", "loss").obsolete_entries()] == ["줄어듭니다"]
    notebook.write_whole(book.project.notebook("loss"), notebook.dumps(kept))
    assert main(["sync"]) == 0
    entry = book.entry("ko", "loss/what-falls")
    assert (entry.msgstr, entry.fuzzy) == ("줄어듭니다", False)


def test_a_cell_with_a_new_id_keeps_its_translation_as_fuzzy(book: Book) -> None:
    book.translate("ko", "loss/what-falls", "줄어듭니다")

    def rename(page: NotebookNode) -> None:
        page.cells[1].id = "what-sinks"

    book.edit("loss", rename)
    assert main(["sync"]) == 0
    entry = book.entry("ko", "loss/what-sinks")
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgctxt) == ("줄어듭니다", True, "loss/what-falls")


def test_a_cell_that_moves_to_another_page_keeps_its_translation(book: Book) -> None:
    book.translate("ko", "loss/what-falls", "줄어듭니다")
    moved = book.page("loss").cells[1]
    book.edit("loss", lambda page: page.cells.pop(1))
    book.edit("index", lambda page: page.cells.append(moved))
    assert main(["sync"]) == 0
    assert book.entry("ko", "index/what-falls").msgstr == "줄어듭니다"
    assert not book.po("ko", "loss").obsolete_entries()


def test_a_changed_comment_finds_its_translation_among_its_neighbours(book: Book) -> None:
    book.translate("ko", "loss/plot", "손실을 그립니다.", "Draw the loss.")
    book.translate("ko", "loss/plot", "알립니다", "say so")
    book.reword("loss", "plot", "Draw the loss.", "Draw the loss now.")
    assert main(["sync"]) == 0
    entry = book.entry("ko", "loss/plot", "Draw the loss now.")
    assert (entry.msgstr, entry.fuzzy) == ("손실을 그립니다.", True)
    assert not book.entry("ko", "loss/plot", "say so").fuzzy


def test_a_translators_note_and_flags_survive(book: Book) -> None:
    path = book.project.catalog(Language("ko"), "loss")
    made = book.po("ko", "loss")
    made[0].tcomment, made[0].flags = "ask about this", ["no-wrap"]
    path.write_text(str(made), encoding="utf-8")
    book.reword("loss", "what-falls", "falls.", "drops.")
    assert main(["sync"]) == 0
    assert (book.po("ko", "loss")[0].tcomment, book.po("ko", "loss")[0].flags) == ("ask about this", ["no-wrap"])


def test_a_broken_po_file_stops_sync_before_anything_is_written(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    book.reword("loss", "what-falls", "falls.", "drops.")
    broken = book.project.catalog(Language("ko"), "loss")
    broken.write_text('msgid "no end\n', encoding="utf-8")
    before = book.files()
    assert main(["sync"]) == 2
    assert book.files() == before
    assert capsys.readouterr().err.startswith(f"{broken}:1: ")


WORDS = st.sampled_from(["falls", "drops", "sinks slowly", "rises", "stays"])
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("reword"), WORDS),
        st.tuples(st.just("remove"), st.just("")),
        st.tuples(st.just("add"), WORDS),
        st.tuples(st.just("translate"), WORDS),
        st.tuples(st.just("comment"), WORDS),
    ),
    max_size=8,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(edits=EDITS)
def test_no_history_of_edits_loses_a_translation(book: Book, edits: list[tuple[str, str]]) -> None:
    start = book.files()
    given_translations: set[str] = set()
    try:
        for number, (kind, word) in enumerate(edits):
            apply(book, kind, word, number, given_translations)
            assert main(["sync"]) == 0
            after = book.files()
            assert main(["sync"]) == 0
            assert book.files() == after, "a second sync changed something"
            assert given_translations <= texts_of_entries(book, "ko", "loss")
    finally:
        for name, data in start.items():
            (book.root / name).write_bytes(data)


def apply(book: Book, kind: str, word: str, number: int, said: set[str]) -> None:
    """One edit of the source, or one translation of whatever is untranslated."""

    def reword(page: NotebookNode) -> None:
        for cell in page.cells[1:-1]:
            cell.source = f"## What {word}\n\nThe loss {word}."

    def comment(page: NotebookNode) -> None:
        page.cells[-1].source = PLOT.replace("Draw the loss.", f"Draw what {word}.")

    def remove(page: NotebookNode) -> None:
        del page.cells[1 : min(2, len(page.cells) - 1)]

    def add(page: NotebookNode) -> None:
        page.cells.insert(1, markdown(f"cell-{number}", f"It {word}, {number}."))

    if kind == "translate":
        empty = next((e for e in book.po("ko", "loss") if not e.msgstr and not e.obsolete), None)
        if empty is not None:
            said.add(f"번역 {number}")
            book.translate("ko", empty.msgctxt, f"번역 {number}", empty.msgid)
    else:
        book.edit("loss", {"reword": reword, "comment": comment, "remove": remove, "add": add}[kind])


def test_the_order_of_languages_and_pages_does_not_matter(book: Book) -> None:
    texts = {"loss": [Text("loss/a", "A text", "prose"), Text("loss/b", "B text", "prose")]}
    turned = {"loss": list(reversed(texts["loss"]))}
    first, second = (synced(book.project, Language("ko"), each) for each in (texts, turned))
    for path, made in first.items():
        assert {e.msgid for e in made} == {e.msgid for e in second[path]}
