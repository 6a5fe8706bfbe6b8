"""A new language is a folder, a new lesson a notebook and a line: from nothing to the site, the package untouched."""

from __future__ import annotations

import json
import re

import pytest

from book.cli import main
from tests.small_book import Book, markdown, write_page


def html(tmp_book: Book, path: str) -> str:
    return (tmp_book.root / "_build" / "html" / path).read_text(encoding="utf-8")


def test_a_new_language_and_a_new_lesson_reach_the_site(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    # A language: a folder, and `book sync` for it.
    (tmp_book.root / "translations" / "fa").mkdir()
    assert main(["sync", "fa"]) == 0
    assert {path.name for path in (tmp_book.root / "translations" / "fa").iterdir()} == {
        "index.po",
        "loss.po",
        "site.po",
    }
    tmp_book.translate("fa", "loss/what-falls", "## چه کم می‌شود\n\nزیان کم می‌شود.")

    # A lesson: a notebook, a line, and `book sync`.
    write_page(tmp_book.root, "gain", [markdown("title", "# Gain\n\nThe gain rises, see [the loss](loss.ipynb).")])
    toc = tmp_book.root / "_toc.yml"
    toc.write_text(toc.read_text(encoding="utf-8") + "- file: notebooks/gain\n", encoding="utf-8")
    assert main(["sync"]) == 0
    for language in ("ar", "fa", "ko"):
        assert tmp_book.entry(language, "gain/title").msgid.startswith("# Gain")
    tmp_book.translate("fa", "gain/title", "# سود\n\nسود زیاد می‌شود، نگاه کنید به [زیان](loss.ipynb).")

    # Both pass the checks, stand in the status, and are built.
    assert main(["check"]) == 0, capsys.readouterr().out
    capsys.readouterr()
    assert main(["status", "--json"]) == 0
    assert {"fa", "gain"} <= set(re.findall(r'"(\w+)"', capsys.readouterr().out))
    assert main(["build"]) == 0
    page = html(tmp_book, "fa/notebooks/gain.html")
    assert re.search(r'<html dir="rtl" lang="fa"', page)
    assert "سود زیاد می‌شود" in page
    assert "زیان کم می‌شود" in html(tmp_book, "fa/notebooks/loss.html")
    for language in ("en", "ar", "ko"):
        assert 'hreflang="fa"' in html(tmp_book, f"{language}/notebooks/gain.html")
        assert "gain.html" in html(tmp_book, f"{language}/notebooks/index.html")
    made = json.loads(html(tmp_book, "fa/notebooks/gain.ipynb"))
    assert [cell["id"] for cell in made["cells"]] == ["title", "previous-and-next"]
    assert 'href="fa/notebooks/index.html"' in html(tmp_book, "index.html")
