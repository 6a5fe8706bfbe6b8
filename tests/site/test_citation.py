"""How a page asks to be cited: what is known is said, in a form that TeX takes, and nothing is made up."""

from __future__ import annotations

import pytest

from book.errors import ProjectError
from book.language.language import Language
from book.localize.edition import Edition, editions
from book.site.source.citation import bibtex, citation
from tests.small_book import Book, failure

WHERE = "https://owner.github.io/small/en/notebooks/loss.html"


def english(book: Book) -> Edition:
    (edition,) = editions(book.project, [Language("en")])
    return edition


def cite(book: Book, text: str) -> None:
    (book.root / "CITATION.cff").write_text(text, encoding="utf-8")


def test_version_and_year_are_those_of_the_citation_file(tmp_book: Book) -> None:
    cite(tmp_book, "cff-version: 1.2.0\nversion: 1.0.0\ndate-released: 2024-02-29\nauthors: [{name: Nobody}]\n")
    edition = english(tmp_book)
    book = edition.interface.title
    assert citation(edition, "loss") == f"Nobody. Loss. {book}, 1.0.0, 2024. {WHERE}"
    assert citation(edition, "index").count(book) == 1, "the home page is the book"
    assert "year = {2024}" in bibtex(edition, "loss")


def test_without_a_citation_file_neither_version_nor_year_is_made_up(tmp_book: Book) -> None:
    edition = english(tmp_book)
    assert citation(edition, "loss") == f"Nobody. Loss. {edition.interface.title}. {WHERE}"
    assert "year" not in bibtex(edition, "loss")


def test_an_arabic_citation_has_arabic_commas(tmp_book: Book) -> None:
    (tmp_book.root / "translations" / "ar" / "conventions.toml").write_text('[instead]\n"," = "،"\n', encoding="utf-8")
    cite(tmp_book, "version: 1.0.0")
    (arabic,) = editions(tmp_book.project, [Language("ar")])
    assert "، 1.0.0. " in citation(arabic, "loss")


def test_a_translation_is_cited_by_its_own_title_and_address(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/title", "# 손실\n\n손실은 $L = 0.5$이고 `axis=3`입니다. [처음](index.ipynb)")
    (korean,) = editions(tmp_book.project, [Language("ko")])
    assert ". 손실. " in citation(korean, "loss")
    made = bibtex(korean, "loss")
    assert made.startswith("@misc{ko-loss,\n")
    assert "title = {손실}" in made
    assert f"url = {{{WHERE.replace('/en/', '/ko/')}}}" in made


def test_what_means_something_to_tex_is_escaped(tmp_book: Book) -> None:
    tmp_book.edit("loss", lambda page: page.cells[0].update(source="# 50 % & #1_a {b} ~ ^ \\\\ $5\n\nIt falls."))
    made = bibtex(english(tmp_book), "loss")
    title = next(line for line in made.splitlines() if line.startswith("  title"))
    for said in (r"50 \% \& \#1\_a \{b\} \char126{} \char94{}", r"\$5"):
        assert said in title
    assert made.count("{") == made.count("}")


@pytest.mark.parametrize("text", ["version: [1", "- version: 1", "version: &a [*a]", "\x00"])
def test_a_broken_citation_file_is_one_clear_line(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    cite(tmp_book, text)
    with pytest.raises(ProjectError):
        citation(english(tmp_book), "loss")
    assert "CITATION.cff:1: cannot be read: " in failure(capsys, "build", "en")
