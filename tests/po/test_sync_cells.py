"""Keeping PO files in line with cells that are added, moved, renamed, split, joined and made other kinds of cell."""

from __future__ import annotations

import re

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_raw_cell

from book.files import write_atomic
from book.notebook import ipynb
from tests.po.edits import FALLS, obsolete, rename_cell, sync
from tests.small_book import Book, markdown


def test_an_added_cell_is_empty_and_the_others_stay(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    tmp_book.edit("loss", lambda page: page.cells.insert(1, markdown("before", "It comes before.")))
    sync()
    assert [e.msgctxt for e in tmp_book.po("ko", "loss")][:3] == ["loss/title", "loss/before", "loss/what-falls"]
    assert tmp_book.entry("ko", "loss/before").msgstr == ""
    assert tmp_book.entry("ko", "loss/what-falls").msgstr == "줄어듭니다"


def test_a_cell_that_moves_within_its_page_moves_its_entries(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    tmp_book.edit("loss", lambda page: page.cells.append(page.cells.pop(1)))
    sync()
    assert tmp_book.po("ko", "loss")[-1].msgctxt == "loss/what-falls"
    assert (tmp_book.po("ko", "loss")[-1].msgstr, tmp_book.po("ko", "loss")[-1].fuzzy) == ("줄어듭니다", False)


def test_a_cell_that_moves_to_another_page_takes_its_translation_along(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    moved = tmp_book.page("loss").cells[1]
    tmp_book.edit("loss", lambda page: page.cells.pop(1))
    tmp_book.edit("index", lambda page: page.cells.append(moved))
    sync()
    entry = tmp_book.entry("ko", "index/what-falls")
    assert (entry.msgstr, entry.fuzzy) == ("줄어듭니다", False)
    assert obsolete(tmp_book, "loss") == []


def test_cells_that_change_places_between_pages_take_their_translations_along(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    tmp_book.edit("index", lambda page: page.cells.append(markdown("what-rises", "The gain rises.")))
    sync()
    tmp_book.translate("ko", "index/what-rises", "늘어납니다")
    falls, rises = tmp_book.page("loss").cells[1], tmp_book.page("index").cells[1]
    tmp_book.edit("loss", lambda page: page.cells.__setitem__(1, rises))
    tmp_book.edit("index", lambda page: page.cells.__setitem__(1, falls))
    sync()
    assert tmp_book.entry("ko", "index/what-falls").msgstr == "줄어듭니다"
    assert tmp_book.entry("ko", "loss/what-rises").msgstr == "늘어납니다"
    assert obsolete(tmp_book, "loss") == obsolete(tmp_book, "index") == []


def test_a_new_id_keeps_the_translation_as_fuzzy_and_the_old_id_is_proposed(
    tmp_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    rename_cell(tmp_book, "loss", "what-falls", "what-sinks")
    capsys.readouterr()
    sync()
    printed = capsys.readouterr().out
    entry = tmp_book.entry("ko", "loss/what-sinks")
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgctxt) == ("줄어듭니다", True, "loss/what-falls")
    assert re.match(r"notebooks/loss.ipynb: ids have changed: `what-sinks` was `what-falls`", printed)


def test_an_id_that_is_given_back_leaves_no_trace(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    before = tmp_book.files()
    rename_cell(tmp_book, "loss", "what-falls", "what-sinks")
    sync()
    rename_cell(tmp_book, "loss", "what-sinks", "what-falls")
    sync()
    assert tmp_book.files() == before


def test_a_split_cell_keeps_its_translation_in_the_likelier_part(tmp_book: Book) -> None:
    tmp_book.reword("loss", "what-falls", "The loss falls.", "The loss falls, and falls, and falls.")
    sync()
    tmp_book.translate("ko", "loss/what-falls", "손실이 줄고, 줄고, 또 줄어듭니다.")

    def split(page: NotebookNode) -> None:
        page.cells[1].source = "## What falls"
        page.cells.insert(2, markdown("it-falls", "The loss falls, and falls, and falls."))

    tmp_book.edit("loss", split)
    sync()
    heading, bulk = tmp_book.entry("ko", "loss/what-falls"), tmp_book.entry("ko", "loss/it-falls")
    assert (bulk.msgstr, bulk.fuzzy) == ("손실이 줄고, 줄고, 또 줄어듭니다.", True)
    assert bulk.previous_msgid == "## What falls\n\nThe loss falls, and falls, and falls."
    assert bulk.previous_msgctxt == "loss/what-falls"
    assert (heading.msgstr, heading.fuzzy) == ("", False)


def _split(book: Book, said: str) -> None:
    """Split `loss/what-falls`, two paragraphs that were translated as `said`, in two cells."""
    book.reword("loss", "what-falls", FALLS, "The loss falls fast at first.\n\nThe loss falls slowly later on.")
    sync()
    book.translate("ko", "loss/what-falls", said)
    book.reword("loss", "what-falls", "\n\nThe loss falls slowly later on.", "")
    book.edit("loss", lambda page: page.cells.insert(2, markdown("later", "The loss falls slowly later on.")))
    sync()


def test_the_parts_of_a_split_cell_take_their_paragraphs_with_them(tmp_book: Book) -> None:
    _split(tmp_book, "빠르게.\n\n천천히.")
    first, later = tmp_book.entry("ko", "loss/what-falls"), tmp_book.entry("ko", "loss/later")
    assert [(each.msgstr, each.fuzzy) for each in (first, later)] == [("빠르게.", True), ("천천히.", True)]
    assert later.previous_msgctxt == "loss/what-falls"
    assert first.previous_msgid == later.previous_msgid == f"{first.msgid}\n\n{later.msgid}"


def test_a_split_cell_that_is_joined_again_has_its_whole_translation(tmp_book: Book) -> None:
    said = "빠르게.\n\n천천히."
    _split(tmp_book, said)
    tmp_book.edit("loss", lambda page: page.cells.pop(2))
    tmp_book.reword("loss", "what-falls", "at first.", "at first.\n\nThe loss falls slowly later on.")
    sync()
    entry = tmp_book.entry("ko", "loss/what-falls")
    assert (entry.msgstr, entry.fuzzy) == (said, False)


def test_a_split_cell_whose_translation_has_other_paragraphs_keeps_it_under_its_id(tmp_book: Book) -> None:
    _split(tmp_book, "빠르게. 천천히.")
    assert tmp_book.entry("ko", "loss/what-falls").msgstr == "빠르게. 천천히."
    assert tmp_book.entry("ko", "loss/later").msgstr == ""


def test_joined_cells_keep_both_translations(tmp_book: Book) -> None:
    tmp_book.edit("loss", lambda page: page.cells.insert(2, markdown("later", "The loss falls slowly later on.")))
    sync()
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    tmp_book.translate("ko", "loss/later", "천천히")
    apart = tmp_book.files()
    tmp_book.reword("loss", "what-falls", FALLS, f"{FALLS} The loss falls slowly later on.")
    tmp_book.edit("loss", lambda page: page.cells.pop(2))
    sync()
    entry = tmp_book.entry("ko", "loss/what-falls")
    kept = {(entry.previous_msgid, entry.msgstr)} | {(english, said) for _, english, said in obsolete(tmp_book, "loss")}
    assert kept == {(FALLS, "줄어듭니다"), ("The loss falls slowly later on.", "천천히")}
    tmp_book.project.notebook("loss").write_bytes(apart["notebooks/loss.ipynb"])
    sync()
    assert tmp_book.files() == apart, "taken apart again, all is as it was"


@pytest.mark.parametrize("kind", ["raw", "code"])
def test_a_cell_of_another_type_keeps_its_translations_for_its_return(tmp_book: Book, kind: str) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    tmp_book.translate("ko", "loss/plot", "손실을 그립니다.", "Draw the loss.")
    before, page = tmp_book.files(), tmp_book.page("loss")

    def retype(page: NotebookNode) -> None:
        make = new_raw_cell if kind == "raw" else new_code_cell
        page.cells[1] = make("# What it is\nlosses = []" if kind == "code" else FALLS, id="what-falls")
        page.cells[2] = markdown("plot", "Draw the loss.")

    tmp_book.edit("loss", retype)
    sync()
    assert ("loss/what-falls", FALLS, "줄어듭니다") in obsolete(tmp_book, "loss")
    assert tmp_book.entry("ko", "loss/plot").msgstr == "손실을 그립니다.", "the same text in the same cell"
    write_atomic(tmp_book.project.notebook("loss"), ipynb.dumps(page))
    sync()
    assert tmp_book.files() == before
