"""What a book decides for itself: the language in which it is written, and cells that nobody translates."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from book.cli import main
from book.project import Project
from tests.cases.books import Case, base64_of, code_cell, png, shows
from tests.small_book import Book, failure, markdown, write_page

LICENCE = "## Copyright 2019 The Authors.\n\nLicensed under the terms."
SITE = "title: Ein Buch\nrepository:\n  url: https://github.com/owner/german\n"


def set_up(book: Book, *lines: str) -> None:
    path = book.root / "_config.yml"
    path.write_text(path.read_text() + "".join(f"{line}\n" for line in lines))
    book.project.__dict__.pop("own", None)
    book.project.__dict__.pop("config", None)


def test_a_heading_that_is_skipped_counts_among_the_levels(case: Case) -> None:
    set_up(case.book, "book:", "  skip: ['^#+ Copyright']")
    case.write(("licence", LICENCE), ("body", "### Words\n\nThey follow."))
    assert case.check() == []
    case.write(("body", "### Words\n\nThey follow."))
    assert case.rules() == {"heading"}


@pytest.mark.parametrize("names", ["['^#+ Copyright']", "[licence]"])
def test_cells_that_are_skipped_are_no_texts_and_stay_as_they_are(case: Case, names: str) -> None:
    set_up(case.book, "book:", f"  skip: {names}")
    cell = markdown("licence", LICENCE)
    cell.metadata["tags"] = ["licence"]
    case.write(cell, ("body", "Words."))
    assert not [entry for entry in case.book.po("ar", "case") if entry.msgctxt == "case/licence"]
    case.translate("body", ("Words.", "كلمات."), language="ar")
    assert case.check() == []
    assert case.build("en", "ar") == []
    made = case.page("ar").select("#licence")[0]
    assert "Licensed under the terms." in made.get_text()
    assert not made.select(".in-english")
    licensed = next(each for each in case.page("ar").select("p") if "Licensed" in each.get_text())
    assert licensed["lang"] == "en"
    assert licensed["dir"] == "ltr"
    assert case.notebook("ar")["licence"].source.startswith('<div lang="en" dir="ltr">')


def test_texts_of_a_cell_that_is_skipped_from_now_on_are_kept_as_obsolete(case: Case) -> None:
    case.write(("licence", LICENCE))
    case.translate("licence", ("Copyright", "저작권"))
    set_up(case.book, "book:", "  skip: ['^#+ Copyright']")
    assert main(["sync"]) == 0
    (entry,) = [each for each in case.book.po("ko", "case") if each.msgctxt == "case/licence"]
    assert entry.obsolete
    assert "저작권" in entry.msgstr


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("skip: licence", "`skip` is no list of tags and expressions; write"),
        ("skip: ['(']", "`skip` has `(`, which is no regular expression"),
        ("source-language: [de]", "`source-language` is no language; write its code"),
        ("source-language: klingon", "unknown language `klingon`"),
        ("licence: [MIT]", "`licence` is no line of words; write"),
        ("licence-url: LICENSE", "`licence-url` is no address; write one that begins with"),
    ],
)
def test_a_setting_that_is_none_is_one_line(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], setting: str, said: str
) -> None:
    set_up(tmp_book, "book:", f"  {setting}")
    shown = failure(capsys, "check")
    assert said in shown
    assert "_config.yml:1:" in shown


def test_what_a_book_asks_of_another_theme_is_nothing_to_this_one(case: Case) -> None:
    set_up(case.book, "sphinx:", "  config:", "    html_theme: one_that_is_not_here", "    html_favicon: gone.ico")
    case.write(("body", "Words."))
    assert case.build("en") == []
    assert "Words." in case.page().get_text()


def test_a_book_says_under_which_licence_it_is_and_without_one_says_nothing(case: Case) -> None:
    case.write(("body", "Words."))
    assert case.build("ko") == []
    page = opened(case.book, "ko", "notebooks/case")
    assert "CC BY" not in page.get_text()
    assert '"license"' not in str(page)
    set_up(case.book, "book:", "  licence: 'Text: MIT.'", "  licence-url: https://opensource.org/license/mit")
    assert main(["sync"]) == 0
    case.book.translate("ko", "site/licence", "글: MIT.")
    assert case.build("ko") == []
    page = opened(case.book, "ko", "notebooks/case")
    assert "글: MIT." in page.get_text()
    assert '"license": "https://opensource.org/license/mit"' in str(page)


@pytest.fixture(params=["book:\n  source-language: de\n", "sphinx:\n  config:\n    language: de\n"])
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Book:
    """A book in German, with translations into English and Arabic."""
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n- file: eins\n")
    (tmp_path / "_config.yml").write_text(SITE + request.param)
    for code in ("en", "ar"):
        (tmp_path / "translations" / code).mkdir(parents=True)
    write_page(tmp_path, "index", [markdown("titel", "# Anfang\n\nZu [Eins](eins.ipynb).")], folder="")
    write_page(tmp_path, "eins", [markdown("titel", "# Eins\n\nEin Satz."), markdown("mehr", "Noch einer.")], folder="")
    assert main(["sync"]) == 0
    return Book(Project(tmp_path))


def opened(book: Book, code: str, page: str) -> BeautifulSoup:
    return BeautifulSoup((book.project.html / code / f"{page}.html").read_text(encoding="utf-8"), "html.parser")


def test_english_is_what_its_translation_into_english_says(german: Book, capsys: pytest.CaptureFixture[str]) -> None:
    page = [
        markdown("titel", "# Eins\n\nEin Satz aus der Mitte.\n\nNoch einer von denen."),
        markdown("mehr", "The mean of the batch is from these.\n\nNoch einer."),
        code_cell(
            "bild",
            "plt.plot(x); plt.title('Titel')",
            shows({"image/png": base64_of(png()), "text/plain": "<Figure size 2x2>"}),
        ),
    ]
    write_page(german.root, "eins", page, folder="")
    assert main(["sync"]) == 0
    german.translate(
        "en", "eins/titel", "# One\n\nThis is what the mean of the batch is from.\n\nNoch einer von denen."
    )
    german.translate("en", "eins/mehr", "The mean of the batch is from these.\n\nAnd this is another.")
    capsys.readouterr()
    main(["check"])
    lines = capsys.readouterr().out.splitlines()
    assert any("whose words stay in German" in line for line in lines)
    found = [line for line in lines if "translations/en" in line]
    assert [line.partition("`: ")[2] for line in found] == ["`Noch einer von denen.` is German; translate it (english)"]


def test_what_the_program_says_is_english_already(german: Book, capsys: pytest.CaptureFixture[str]) -> None:
    """What the book says for itself, such as its title, is not."""
    said = {str(entry.msgctxt): (entry.msgid, entry.msgstr) for entry in german.po("en", "site") if entry.msgid}
    assert said["site/languages"] == ("Language", "Language")
    assert {context for context, (_, msgstr) in said.items() if not msgstr} == {"site/title"}
    assert {entry.msgstr for entry in german.po("ar", "site")} == {""}
    german.translate("en", "site/languages", "Tongues")  # another word for it stays
    capsys.readouterr()
    assert main(["sync"]) == 0
    assert capsys.readouterr().out == "nothing to change\n"
    assert main(["check"]) == 0
    assert next(entry.msgstr for entry in german.po("en", "site") if entry.msgctxt == "site/languages") == "Tongues"


def test_a_book_may_be_written_in_another_language_than_english(german: Book) -> None:
    assert [each.code for each in german.project.editions] == ["de", "ar", "en"]
    german.translate("en", "eins/titel", "# One\n\nA sentence.")
    german.translate("en", "eins/mehr", "Another.")
    german.translate("ar", "eins/titel", "# واحد\n\nجملة.")
    assert main(["check"]) == 0
    assert main(["build"]) == 0
    made = opened(german, "ar", "eins")
    still = next(each for each in made.select("p[lang]") if "Noch einer." in each.get_text())
    assert (still["lang"], still["dir"]) == ("de", "ltr")
    assert opened(german, "de", "eins").select('html[lang="de"]')
    english = opened(german, "en", "eins")
    assert "Another." in english.get_text()
    assert not english.select("p.in-english")
    alternates = {str(each["hreflang"]): str(each["href"]) for each in english.select("link[rel=alternate]")}
    assert alternates["x-default"] == alternates["de"] == "https://owner.github.io/german/de/eins.html"
    assert "blob/main/eins.ipynb" in str(opened(german, "de", "eins"))
    assert '<html lang="de">' in (german.project.html / "index.html").read_text(encoding="utf-8")


def test_what_the_site_and_the_rules_call_english_has_the_name_of_the_books_language(
    german: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {str(entry.msgctxt): f"{entry.msgid} {entry.comment}" for entry in german.po("ar", "site")}
    assert texts["site/english-now"].startswith("German today")
    assert not [text for text in texts.values() if re.search(r"\bEnglish\b", re.sub("`[^`]*`", "", text))]
    german.translate("ar", "eins/titel", "# واحد\n\nجملة 5.")
    assert main(["check"]) == 1
    assert "is not in the German text; remove it" in capsys.readouterr().out
    assert main(["build"]) == 0
    said = opened(german, "ar", "status").get_text()
    assert ("Still in German" in said, "Still in English" in said) == (True, False)


def test_the_sites_own_texts_have_a_file_in_the_books_language(german: Book) -> None:
    """They are written in English; with a folder of that language they are translated as into any other."""
    (german.root / "translations" / "de").mkdir()
    assert main(["sync", "de"]) == 0
    assert [path.name for path in (german.root / "translations" / "de").iterdir()] == ["site.po"]
    german.translate("de", "site/view-source", "Quelltext")
    assert main(["build", "de"]) == 0
    assert "Quelltext" in opened(german, "de", "eins").get_text()
    assert [each.code for each in german.project.languages] == ["ar", "en"]
