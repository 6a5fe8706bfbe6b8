"""A build on top of an earlier one gives the same site as a build from nothing, whatever has changed between them."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from book.cache import Cache
from book.cli import main
from book.localize import notebooks
from tests.small_book import Book


def site(tmp_book: Book) -> dict[str, bytes]:
    """Every file of the built site by its path."""
    html = tmp_book.project.html
    made = {str(path.relative_to(html)): path.read_bytes() for path in html.rglob("*") if path.is_file()}
    made["status.json"] = b"".join(made["status.json"].splitlines()[2:])  # past the time of the run
    return made


def differing(left: dict[str, bytes], right: dict[str, bytes]) -> list[str]:
    return sorted(path for path in left.keys() | right.keys() if left.get(path) != right.get(path))


def from_nothing(tmp_book: Book) -> dict[str, bytes]:
    shutil.rmtree(tmp_book.project.build)
    assert main(["build"]) == 0
    return site(tmp_book)


def translate_a_cell(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 천천히 줄어듭니다.")


def translate_a_figure(tmp_book: Book) -> None:
    tmp_book.translate("ar", "loss/plot", "الخسارة لكل دورة", "Loss by epoch")


def retitle_a_page(tmp_book: Book) -> None:
    """The menus of all pages show the title."""
    tmp_book.translate("ko", "index/title", "# 시작\n\n[손실](loss.ipynb)에 관한 책입니다.")


def name_a_reviewer(tmp_book: Book) -> None:
    path = tmp_book.root / "translations" / "ar" / "loss.po"
    path.write_text(path.read_text(encoding="utf-8").replace("X-Reviewed-By: ", "X-Reviewed-By: Ada"), encoding="utf-8")


def translate_most_of_a_page(tmp_book: Book) -> None:
    """So that the pages in the other languages lead to it."""
    tmp_book.translate("ar", "loss/what-falls", "## ما ينخفض\n\nتنخفض الخسارة.")


def reword_the_english(tmp_book: Book) -> None:
    tmp_book.reword("index", "title", "A book about", "A short book about")


def drop_a_cell(tmp_book: Book) -> None:
    tmp_book.edit("loss", lambda page: page.cells.pop())


# A build takes seconds, so changes of which neither makes the other's page be built again are made together.
CHANGES: list[list[Callable[[Book], None]]] = [
    [translate_a_cell, translate_a_figure],
    [retitle_a_page, name_a_reviewer],
    [translate_most_of_a_page],
    [reword_the_english, drop_a_cell],
]


def test_a_page_is_never_stale(tmp_book: Book) -> None:
    """Changes one after the other; each time the site is that of a build from nothing."""
    assert main(["build"]) == 0
    for changes in CHANGES:
        before = site(tmp_book)
        for change in changes:
            change(tmp_book)
        assert main(["build"]) == 0
        rebuilt = site(tmp_book)
        assert rebuilt != before
        assert differing(rebuilt, from_nothing(tmp_book)) == [], [change.__name__ for change in changes]


def test_what_only_the_notebook_shows_to_be_unsafe_is_english_on_the_page_too(
    tmp_book: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    are_alike = notebooks._are_alike

    def judged(expected: str, found: str, cache: Cache) -> bool:
        return "악" not in found and are_alike(expected, found, cache)

    monkeypatch.setattr(notebooks, "_are_alike", judged)
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 악합니다.")
    assert main(["build", "ko"]) == 1
    assert "`loss/what-falls`: in the notebook it would be put together otherwise" in capsys.readouterr().err
    made = tmp_book.project.html / "ko" / "notebooks"
    for path in (made / "loss.html", made / "loss.ipynb"):
        shown = path.read_text(encoding="utf-8")
        assert ("손실이 악합니다" in shown, "The loss falls" in shown) == (False, True)
    before = site(tmp_book)
    assert main(["build", "ko"]) == 1  # it is said again, and nothing has changed
    assert "`loss/what-falls`" in capsys.readouterr().err
    assert differing(before, site(tmp_book)) == []


def test_what_no_page_loads_is_copied_once_and_is_not_in_the_site(tmp_book: Book) -> None:
    assert main(["build", "ko"]) == 0
    sheet = tmp_book.project.build / "output" / "ko" / "_static" / "basic.css"
    copied = sheet.stat().st_mtime_ns
    translate_a_cell(tmp_book)
    assert main(["build", "ko"]) == 0
    assert sheet.stat().st_mtime_ns == copied
    assert not [path for path in site(tmp_book) if "/_static/" in path]
