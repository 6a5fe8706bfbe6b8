"""One page that cannot be used costs no other: every command goes on without it, says why, and loses nothing of it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from book.cli import main
from tests.small_book import Book, markdown, write_page

UNUSABLE: dict[str, Callable[[str], str]] = {
    "no JSON": lambda text: text[:-40],
    "no cells": lambda text: "{}",
    "merge marks": lambda text: text.replace("{", "<<<<<<< HEAD\n{", 1),
    "another format": lambda text: text.replace('"nbformat": 4', '"nbformat": 3'),
    "an id twice": lambda text: text.replace('"what-falls"', '"title"'),
    "no id": lambda text: text.replace('   "id": "what-falls",\n', ""),
}


@pytest.fixture
def three(tmp_book: Book) -> Book:
    """The small book with a third page, all in step, and a translation on the page that will be spoilt."""
    write_page(tmp_book.root, "gain", [markdown("title", "# Gain\n\nSee [the loss](loss.ipynb).")])
    toc = tmp_book.root / "_toc.yml"
    toc.write_text(toc.read_text() + "- file: notebooks/gain\n")
    assert main(["sync"]) == 0
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어든다.")
    return tmp_book


def spoil(book: Book, how: Callable[[str], str]) -> None:
    path = book.root / "notebooks" / "loss.ipynb"
    text = path.read_text()
    path.write_text(how(text))
    assert path.read_text() != text


DONE = [  # by command, what it is to make of the reworded page
    ("sync", "translations/ko/gain.po"),
    ("localize", "_build/notebooks/en/gain.ipynb"),
]


@pytest.mark.parametrize("how", UNUSABLE.values(), ids=UNUSABLE.keys())
@pytest.mark.parametrize(("command", "made"), DONE)
def test_the_other_pages_are_done(
    three: Book, capsys: pytest.CaptureFixture[str], how: Callable[[str], str], command: str, made: str
) -> None:
    before = three.files()
    spoil(three, how)
    three.reword("gain", "title", "Gain", "Gains")
    capsys.readouterr()
    assert main([command]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "notebooks/loss.ipynb:" in line
    assert "# Gains" in (three.root / made).read_text()
    kept = "translations/ko/loss.po"
    assert three.files()[kept] == before[kept]


@pytest.mark.parametrize("how", UNUSABLE.values(), ids=UNUSABLE.keys())
def test_status_tells_of_the_other_pages(
    three: Book, capsys: pytest.CaptureFixture[str], how: Callable[[str], str]
) -> None:
    spoil(three, how)
    capsys.readouterr()
    assert main(["status", "--json"]) == 2
    said = capsys.readouterr()
    (line,) = said.err.splitlines()
    assert "notebooks/loss.ipynb:" in line
    assert {row["page"] for row in json.loads(said.out)["pages"]} == {"index", "gain", "site"}


@pytest.mark.parametrize("how", UNUSABLE.values(), ids=UNUSABLE.keys())
def test_check_finds_what_is_wrong_on_the_other_pages(
    three: Book, capsys: pytest.CaptureFixture[str], how: Callable[[str], str]
) -> None:
    spoil(three, how)
    three.translate("ko", "gain/title", "# 이득\n\n[손실](elsewhere.ipynb)을 보라.")
    capsys.readouterr()
    assert main(["check", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert {"notebooks/loss.ipynb", "translations/ko/gain.po"} <= {each["file"] for each in found}
    assert not [each for each in found if each["rule"] == "dead-link"]


def test_what_was_made_of_the_page_before_stays(three: Book) -> None:
    assert main(["localize"]) == 0
    spoil(three, UNUSABLE["no JSON"])
    assert main(["localize"]) == 2
    assert (three.root / "_build" / "notebooks" / "ko" / "loss.ipynb").exists()


def test_the_site_is_built_without_the_page(three: Book, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(three, UNUSABLE["no JSON"])
    assert main(["build", "ko"]) == 2
    assert "notebooks/loss.ipynb:" in capsys.readouterr().err
    html = three.root / "_build" / "html" / "ko" / "notebooks"
    assert 'href="loss.html"' not in (html / "gain.html").read_text()
    assert not (html / "loss.html").exists()


def test_without_its_first_page_there_is_no_book(three: Book, capsys: pytest.CaptureFixture[str]) -> None:
    (three.root / "notebooks" / "index.ipynb").write_text("{")
    before = three.files()
    for command in ("sync", "localize"):
        capsys.readouterr()
        assert main([command]) == 2
        assert "notebooks/index.ipynb:" in capsys.readouterr().err
    assert three.files() == before


def test_entries_that_the_format_does_not_know_make_no_page_unusable(
    three: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    def add(text: str) -> str:
        content = json.loads(text)
        content["path_"] = "a/program's/own"
        content["cells"][0]["other"] = {"x": 1}
        return json.dumps(content, indent=1) + "\n"

    spoil(three, add)
    for command in ("check", "sync", "localize"):
        capsys.readouterr()
        assert main([command]) == 0, capsys.readouterr()
    made = json.loads((three.root / "_build" / "notebooks" / "ko" / "loss.ipynb").read_text())
    assert "path_" not in made
    assert "other" not in made["cells"][0]
