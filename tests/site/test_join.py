"""Languages built by several machines and joined are the site that one machine makes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from book.cli import main
from tests.site.test_rebuild import differing, site
from tests.small_book import Book, failure


@pytest.fixture
def away(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the folders arrive that machines have made."""
    return tmp_path_factory.mktemp("machines")


def built_by_a_machine(tmp_book: Book, code: str, away: Path) -> str:
    """Build one language from nothing on a checkout of its own, and take its `_build` away."""
    os.utime(tmp_book.root / "notebooks" / "figure.svg")
    assert main(["build", code]) in (0, 1)
    shutil.move(tmp_book.project.build, away / code)
    return str(away / code)


def test_the_joined_site_is_the_one_that_a_single_build_makes(
    tmp_book: Book, away: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where one machine finds out what others show: a refused cell, without which a page is not translated."""
    (tmp_book.root / "notebooks" / "figure.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    tmp_book.reword("index", "title", "A book", "![a figure](figure.svg) A book")
    assert main(["sync"]) == 0
    monkeypatch.setattr("book.localize.translations.safe", lambda text, translation: True)  # so that the proof has work
    evil = "# 시작 <script>alert(1)</script>\n\n![그림](figure.svg) [손실](loss.ipynb)에 관한 책입니다."
    tmp_book.translate("ko", "index/title", evil)
    tmp_book.translate("ar", "loss/what-falls", "## ما ينخفض\n\nتنخفض الخسارة.")
    assert main(["build"]) == 1
    whole = site(tmp_book)
    shutil.rmtree(tmp_book.project.build)
    folders = [built_by_a_machine(tmp_book, code, away) for code in ("ar", "ko")]
    capsys.readouterr()

    assert main(["join", *folders]) == 1, "what is shown in English is said again"
    said = capsys.readouterr()
    first = [" ".join(line.split()[:3]).rstrip(":") for line in said.out.splitlines()[:-3]]
    assert first == ["took en from", "took ar from", "took ko from", "made en again", "made ar again"], (
        "they led to the Korean page"
    )
    assert "`index/title`" in said.err
    assert differing(site(tmp_book), whole) == []


def test_what_no_folder_has_or_has_changed_since_is_made(
    tmp_book: Book, away: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_book.root / "notebooks" / "figure.svg").write_text("<svg/>")
    folder = built_by_a_machine(tmp_book, "en", away)
    tmp_book.reword("loss", "what-falls", "falls.", "drops.")
    capsys.readouterr()
    assert main(["join", folder]) == 0
    said = [line.split(":")[0] for line in capsys.readouterr().out.splitlines()]
    assert said[:4] == [f"took en from {folder}", "made en again", "made ar", "made ko"]
    assert "drops." in (tmp_book.project.html / "en" / "notebooks" / "loss.html").read_text(encoding="utf-8")


def test_a_folder_that_no_build_has_made_is_refused_and_nothing_is_touched(
    tmp_book: Book, away: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (away / "doctrees" / "ko").mkdir(parents=True)
    (tmp_book.project.build / "html").mkdir(parents=True)
    assert "`book build` came to its end" in failure(capsys, "join", str(away))
    assert "`book build` came to its end" in failure(capsys, "join", str(away / "nowhere"))
    assert "book's own" in failure(capsys, "join", "_build")
    (away / "doctrees" / "ar").symlink_to(tmp_book.root)
    assert "symbolic link" in failure(capsys, "join", str(away))
    assert [path.name for path in tmp_book.project.build.iterdir() if path.is_dir()] == ["html"]
