"""`book check` names printed words that stay in English, in books that ask for it."""

from __future__ import annotations

import pytest

from book.cli import main
from tests.small_book import Book


def check(book: Book, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    main(["check"])
    return [line for line in capsys.readouterr().out.splitlines() if line.endswith("(printed-word)")]


def test_a_book_that_asks_is_told_where_and_what_to_do(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    source = "x = 1\nprint(f\"{'yes' if x else 'no'}\")\nprint('done %s' % x)"
    tmp_book.edit("loss", lambda page: page.cells[2].update(source=source))
    assert check(tmp_book, capsys) == []
    settings = tmp_book.root / "_config.yml"
    settings.write_text(settings.read_text() + "\nbook: {printed-words: true}\n")
    found = [line.partition("cell `plot`: ")[2] for line in check(tmp_book, capsys)]
    assert found == [
        "its line 2 prints `no` inside braces; give it a name in the line before, to translate it (printed-word)",
        "its line 2 prints `yes` inside braces; give it a name in the line before, to translate it (printed-word)",
        "its line 3 prints `done %s` put together; write an f-string, to translate it (printed-word)",
    ]


def test_a_reviewer_may_allow_it(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    settings = tmp_book.root / "_config.yml"
    settings.write_text(settings.read_text() + "\nbook: {printed-words: true}\n")
    why = {"allow": {"printed-word": "the name of a program"}}
    tmp_book.edit("loss", lambda page: page.cells[2].update(source='print("%s" % "done")\nprint("done %s" % x)'))
    assert len(check(tmp_book, capsys)) == 1
    tmp_book.edit("loss", lambda page: page.cells[2].metadata.update(book=why))
    assert check(tmp_book, capsys) == []
