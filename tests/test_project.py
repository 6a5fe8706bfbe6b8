"""What the project's own files say, and what is said when they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.cli import main
from book.project import Language, Project
from tests.conftest import Book


def failure(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert main(list(arguments)) == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    return said


def test_names_and_directions_come_from_cldr() -> None:
    names = {code: (Language(code).name, Language(code).direction) for code in ("hi", "ko", "ar", "pl", "tr")}
    assert names == {
        "hi": ("हिन्दी", "ltr"),
        "ko": ("한국어", "ltr"),
        "ar": ("العربية", "rtl"),
        "pl": ("Polski", "ltr"),
        "tr": ("Türkçe", "ltr"),
    }


def test_an_unknown_page_or_language_lists_those_there_are(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no language `xx`; there are: ar, ko" in failure(capsys, "sync", "xx")
    assert "no page `nowhere`; there are: index, loss" in failure(capsys, "execute", "nowhere")
    assert "no language `fr`; there are: en, ar, ko" in failure(capsys, "build", "fr")


def test_a_folder_that_is_no_language_is_named(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    (book.root / "translations" / "klingon-of-the-north").mkdir()
    assert "translations/klingon-of-the-north:1: unknown language" in failure(capsys, "sync")


def test_a_page_without_a_notebook_is_named(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    toc = book.root / "_toc.yml"
    toc.write_text(toc.read_text() + "- file: notebooks/missing\n")
    assert "there is no notebooks/missing.ipynb" in failure(capsys, "check")


def test_a_broken_table_of_contents_is_one_line(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    (book.root / "_toc.yml").write_text("format: jb-book\nroot: [")
    assert "_toc.yml" in failure(capsys, "check")


def test_outside_a_book_the_command_says_where_to_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "run this in the book's folder" in failure(capsys, "check")


def test_without_a_runtime_execute_says_what_to_run(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert "make runtimes" in failure(capsys, "execute", "loss")


def test_the_repository_is_the_one_at_hand(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    assert book.project.repository == "owner/small"
    monkeypatch.setenv("GITHUB_REPOSITORY", "someone/fork")
    assert Project(book.root).repository == "someone/fork"


def test_a_new_language_is_a_folder(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    (book.root / "translations" / "fr").mkdir()
    assert main(["sync", "fr"]) == 0
    assert sorted(p.name for p in (book.root / "translations" / "fr").iterdir()) == ["index.po", "loss.po", "site.po"]
    assert main(["check"]) == 0
    capsys.readouterr()
    assert main(["status"]) == 0
    assert "fr        loss" in capsys.readouterr().out
