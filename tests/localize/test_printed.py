"""What a page has printed, in its language: worked out from the record of the English run."""

from __future__ import annotations

from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_output

from book.cli import main
from book.notebook.code.page_code import code_of_cells
from book.notebook.code.printed import RECORD, marked, recorded
from tests.localize.test_localize import made
from tests.notebook.test_printed import run
from tests.small_book import Book

SOURCE = 'count, x = 2, 1.5\nprint("means: ", x)\nprint(f"{count:3} deviations:")\nprint("x =", 3)'
ENGLISH = "means:  1.5\n  2 deviations:\nx = 3\n"


@pytest.fixture
def book(tmp_book: Book) -> Book:
    text, record = recorded(run([marked(SOURCE, "plot", code_of_cells([SOURCE]))]), "plot")
    assert text == ENGLISH
    change(tmp_book, source=SOURCE, outputs=[new_output("stream", text=text)], metadata={RECORD: [record]})
    assert main(["sync"]) == 0
    return tmp_book


def change(book: Book, **parts: Any) -> None:
    book.edit("loss", lambda page: page.cells[2].update(NotebookNode(parts)))


def printed(book: Book, language: str) -> str:
    cell = made(book, language).cells[2]
    assert RECORD not in cell.metadata
    return str(cell.outputs[0].text)


def test_the_output_says_what_the_code_says(book: Book) -> None:
    book.translate("ar", "loss/plot", "المتوسطات:", "means:")
    book.translate("ar", "loss/plot", "الانحرافات: {count:3}", "{count:3} deviations:")
    assert printed(book, "ar") == "المتوسطات:  1.5\nالانحرافات:   2\nx = 3\n"
    assert printed(book, "en") == printed(book, "ko") == ENGLISH


def test_a_translation_that_would_print_other_lines_changes_nothing(book: Book) -> None:
    book.translate("ko", "loss/plot", "평균:\n9", "means:")
    assert printed(book, "ko") == ENGLISH


def test_a_record_of_former_code_or_another_run_says_nothing(book: Book) -> None:
    book.translate("ko", "loss/plot", "평균:", "means:")
    assert printed(book, "ko") == "평균:  1.5\n  2 deviations:\nx = 3\n"
    change(book, outputs=[new_output("stream", text=ENGLISH.replace("1.5", "2.5"))])
    assert printed(book, "ko") == ENGLISH.replace("1.5", "2.5")
    change(book, metadata={RECORD: ["[[7]]"]})
    assert printed(book, "ko") == ENGLISH.replace("1.5", "2.5")
