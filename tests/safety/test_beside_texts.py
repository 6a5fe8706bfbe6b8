"""What stands beside the translations is shown, too: former English, glossary, style note, signs, names."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.cli import main
from book.language.conventions import read_conventions
from book.language.language import Language
from book.po import catalog, credits
from tests.small_book import Book

OVERRIDE = "\u202e"  # from here on the letters run the other way


def put(tmp_book: Book, name: str, text: str) -> Path:
    path = tmp_book.root / "translations" / "ko" / name
    path.write_text(text, encoding="utf-8")
    return path


def checked(capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    status = main(["check", "ko"])
    found = capsys.readouterr().out.splitlines()
    assert status == bool(found)
    return found


def conventions(path: Path) -> tuple[object, ...]:
    read = read_conventions(Language("ko"), path.parent)
    return read.glossary, read.style, read.instead


@pytest.mark.parametrize("former", [f"The loss {OVERRIDE}fell.", "The loss \x07fell.", "The loss \x00fell."])
def test_former_english_has_nothing_that_cannot_be_seen(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], former: str
) -> None:
    tmp_book.translate("ko", "loss/what-falls", "## 무엇이\n\n손실이 줄어듭니다.")
    path = tmp_book.project.catalog(Language("ko"), "loss")
    made = catalog.load(path)
    entry = next(each for each in made if each.msgctxt == "loss/what-falls")
    entry.flags, entry.previous_msgid = ["fuzzy"], former
    path.write_text(catalog.dumps(made), encoding="utf-8")
    found = checked(capsys)
    assert [line.rpartition(" ")[2] for line in found] == ["(invisible)"]
    assert "its former English" in found[0]
    assert main(["localize", "ko"]) == 0
    notebook = (tmp_book.root / "_build" / "notebooks" / "ko" / "loss.ipynb").read_text(encoding="utf-8")
    assert "The loss falls." in notebook
    assert "손실이" not in notebook


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("glossary.csv", f"english,translation,note\nloss,손실,{OVERRIDE}note\n"),
        ("glossary.csv", "english,translation,note\nloss,손\0실,\n"),
        ("STYLE.md", f"# 문체\n\n{OVERRIDE}말\n"),
        ("STYLE.md", "# 문체\n\n&#x202e;말\n"),
        ("STYLE.md", "# 문체\n\n\x1b[31m말\n"),
        ("STYLE.md", "[" * 30_000),  # parsers of Markdown look ahead from each
        ("conventions.toml", '[instead]\n"," = "그리고 https://example.org"\n'),
        ("conventions.toml", '[instead]\n"," = "\\u202E"\n'),
        ("conventions.toml", "[[avoid]]\npattern = '(?R)'\nsay = 'x'\n"),
        ("conventions.toml", "[[avoid]]\npattern = '(?:(?R)a|b)*'\nsay = 'x'\n"),
        ("conventions.toml", "[[avoid]]\npattern = '(?<x>(?:(?&x))*)'\nsay = 'x'\n"),
    ],
)
def test_what_is_amiss_in_a_file_of_a_language_is_left_out_and_told(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], name: str, text: str
) -> None:
    path = put(tmp_book, name, text)
    assert not any(conventions(path))
    (found,) = checked(capsys)
    assert found.startswith(f"translations/ko/{name}:")


@pytest.mark.parametrize("said", ["## 무엇\n\n손실 &#{};", "## 무엇\n\n손실 &#{}"])
def test_an_entity_of_very_many_digits_is_words(tmp_book: Book, capsys: pytest.CaptureFixture[str], said: str) -> None:
    tmp_book.translate("ko", "loss/what-falls", said.format("1" * 5000))
    assert {line.rpartition(" ")[2] for line in checked(capsys)} <= {"(numbers)", "(ending)"}
    assert main(["localize", "ko"]) == 0


def test_what_can_be_seen_stays(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    path = put(tmp_book, "glossary.csv", "english,translation,note\nloss,손실,한 번\n")
    put(tmp_book, "STYLE.md", "# 문체\r\n\r\n&amp;\t말\r\n")
    put(tmp_book, "conventions.toml", '[instead]\n"," = "،"\n"..." = "…"\n')
    assert all(conventions(path))
    assert checked(capsys) == []


def test_a_name_with_an_address_is_told_and_not_shown(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_book.project.catalog(Language("ko"), "loss")
    header = "X-Reviewed-By: Somebody, see www.example.org, [x](https://example.org)"
    path.write_text(path.read_text(encoding="utf-8").replace("X-Reviewed-By: ", header), encoding="utf-8")
    assert credits.reviewers(catalog.load(path).header_text) == ("Somebody",)
    found = checked(capsys)
    assert [line.rpartition(" ")[2] for line in found] == ["(name)", "(name)"]
    assert found[0].startswith("translations/ko/loss.po:")
