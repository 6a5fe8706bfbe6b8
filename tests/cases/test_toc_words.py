"""What `_toc.yml` calls the parts of a book and its pages is translated like the rest of the interface."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from book.cli import main
from tests.small_book import Book

TOC = """\
format: jb-book
root: notebooks/index
parts:
- caption: First steps
  chapters:
  - file: notebooks/loss
    title: "The loss: a short one"
- caption: "2026"
  chapters:
  - url: https://example.org
    title: Elsewhere
  - url: https://example.org/again
    title: Elsewhere
"""
ENGLISH = ["First steps", "The loss: a short one", "Elsewhere"]
KOREAN = ["첫걸음", "손실: 짧은 글", "다른 곳"]
PAGES = ["notebooks/index", "notebooks/loss", "search", "status", "translate"]


@pytest.fixture
def with_parts(tmp_book: Book) -> Book:
    (tmp_book.root / "_toc.yml").write_text(TOC)
    assert main(["sync"]) == 0
    return tmp_book


def menu(tmp_book: Book, code: str, page: str) -> list[str]:
    """The captions and links in the list of pages, one after the other."""
    path = Path(tmp_book.project.html, code, f"{page}.html")
    nav = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select_one("nav.bd-links")
    assert nav
    return [" ".join(each.get_text().split()) for each in nav.select(".caption-text, a")]


def test_each_is_offered_once_with_a_hint(with_parts: Book) -> None:
    offered = [entry for entry in with_parts.po("ko", "site") if entry.msgctxt == "site/toc"]
    assert [entry.msgid for entry in offered] == ENGLISH
    assert all("_toc.yml" in entry.comment for entry in offered)


def test_translations_stand_in_the_menu_of_every_page(with_parts: Book) -> None:
    for english, korean in zip(ENGLISH, KOREAN, strict=True):
        with_parts.translate("ko", "site/toc", korean, english)
    assert main(["check"]) == 0
    assert main(["build", "en", "ko", "ar"]) == 0
    for page in PAGES:
        assert menu(with_parts, "ko", page) == ["Start here", "첫걸음", "손실: 짧은 글", "2026", "다른 곳", "다른 곳"]
        assert menu(with_parts, "en", page)[1:3] == menu(with_parts, "ar", page)[1:3] == ENGLISH[:2]


def test_a_new_translation_comes_to_every_page_with_the_next_build(with_parts: Book) -> None:
    with_parts.translate("ko", "site/toc", "한 단계", "First steps")
    assert main(["build", "en", "ko"]) == 0
    for english, korean in zip(ENGLISH, KOREAN, strict=True):
        with_parts.translate("ko", "site/toc", korean, english)
        assert main(["build", "en", "ko"]) == 0
        for page in PAGES:
            assert korean in menu(with_parts, "ko", page)


def test_a_changed_caption_keeps_its_translation_as_out_of_date(with_parts: Book) -> None:
    with_parts.translate("ko", "site/toc", "첫걸음", "First steps")
    (with_parts.root / "_toc.yml").write_text(TOC.replace("First steps", "First little steps"))
    assert main(["sync"]) == 0
    entry = with_parts.entry("ko", "site/toc", "First little steps")
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("첫걸음", True, "First steps")


@pytest.mark.parametrize("harm", ["<b>첫</b>", "**첫**", "[첫](https://evil.example)", "첫\nroot: notebooks/loss"])
def test_a_translation_of_a_caption_is_words(with_parts: Book, capsys: pytest.CaptureFixture[str], harm: str) -> None:
    with_parts.translate("ko", "site/toc", harm, "First steps")
    capsys.readouterr()
    assert main(["check"]) == 1
    assert "site/toc" in capsys.readouterr().out
    assert main(["build", "en", "ko"]) == 0
    assert menu(with_parts, "ko", "notebooks/index")[1] == "First steps"
