"""Translated notebooks: the English ones with texts replaced, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import polib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from book import code, notebook
from book.cli import main
from book.figures import shown_texts
from book.localize import Translations, localized
from book.project import Language, Project
from book.texts import texts_of
from tests.conftest import Book

SAID = {
    "Draw the loss.": "ارسم الخسارة.",
    "Loss by epoch": "الخسارة حسب الحقبة",
    "batch {size}": "دفعة {size}",
    "A falling line.": "خط يهبط.",
}


def made(book: Book, language: str, page: str = "loss") -> nbformat.NotebookNode:
    assert main(["localize", language]) == 0
    return notebook.read(book.root / "_build" / "notebooks" / language / f"{page}.ipynb")


def translate_plot(book: Book, language: str = "ar") -> None:
    for english, said in SAID.items():
        book.translate(language, "loss/plot", said, english)


def test_code_outputs_and_alternative_text_are_translated(book: Book) -> None:
    translate_plot(book)
    cell = made(book, "ar").cells[2]
    assert '# ارسم الخسارة.\nax.set_title("الخسارة حسب الحقبة")' in cell.source
    assert 'label=f"دفعة {size}"' in cell.source
    assert cell.metadata.mystnb.image.alt == "خط يهبط."
    assert shown_texts(cell.outputs[1].data["image/svg+xml"]) == ["الخسارة حسب الحقبة", "دفعة 32", "0.5"]


def test_a_figure_drawn_by_an_earlier_cells_function_is_translated(book: Book) -> None:
    def split(page: nbformat.NotebookNode) -> None:
        drawing = nbformat.from_dict({**page.cells[2], "id": "draw", "outputs": [], "metadata": {}})
        page.cells.insert(2, drawing)
        page.cells[3].source = "draw()"

    book.edit("loss", split)
    assert main(["sync"]) == 0
    book.translate("ar", "loss/draw", "الخسارة حسب الحقبة", "Loss by epoch")
    assert shown_texts(made(book, "ar").cells[3].outputs[1].data["image/svg+xml"])[0] == "الخسارة حسب الحقبة"


def test_a_figure_drawn_before_its_text_changed_is_still_translated(book: Book) -> None:
    translate_plot(book)
    book.reword("loss", "plot", "Loss by epoch", "Loss, epoch by epoch")
    cell = made(book, "ar").cells[2]
    assert 'ax.set_title("الخسارة حسب الحقبة")' in cell.source
    assert shown_texts(cell.outputs[1].data["image/svg+xml"])[0] == "الخسارة حسب الحقبة"


def test_text_outputs_stay_as_they_are(book: Book) -> None:
    translate_plot(book)
    assert made(book, "ar").cells[2].outputs[0].text == "done\n"


def test_an_untranslated_cell_is_english_and_says_so(book: Book) -> None:
    cell = made(book, "ko").cells[1]
    assert '<div lang="en" dir="ltr">\n\n## What falls' in cell.source


def test_an_outdated_cell_shows_the_translation_and_says_so(book: Book) -> None:
    book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다.")
    book.reword("loss", "what-falls", "falls.", "drops.")
    source = made(book, "ko").cells[1].source
    assert source.startswith("*Out of date")
    assert "손실이 줄어듭니다." in source


def test_arabic_prose_is_right_to_left_in_colab(book: Book) -> None:
    book.translate("ar", "loss/what-falls", "## الهبوط\n\nتهبط الخسارة.")
    assert made(book, "ar").cells[1].source == '<div lang="ar" dir="rtl">\n\n## الهبوط\n\nتهبط الخسارة.\n\n</div>'


def test_links_under_the_title_lead_to_the_localized_files(book: Book) -> None:
    source = made(book, "ko").cells[0].source
    assert "(https://owner.github.io/small/ko/notebooks/loss.html)" in source
    assert "(https://colab.research.google.com/github/owner/small/blob/gh-pages/ko/notebooks/loss.ipynb)" in source
    assert "(https://github.com/owner/small/blob/gh-pages/ko/notebooks/loss.ipynb)" in source
    assert "(https://github.com/owner/small/edit/main/translations/ko/loss.po)" in source


def test_a_fork_links_to_itself(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_REPOSITORY", "Someone/fork")
    source = made(book, "ko").cells[0].source
    assert "https://someone.github.io/fork/ko/" in source
    assert "owner/small" not in source


def test_links_to_other_pages_lead_to_the_site(book: Book) -> None:
    assert "[the start](https://owner.github.io/small/en/notebooks/index.html)" in made(book, "en").cells[0].source


def test_a_link_to_a_page_that_is_not_there_is_plain_words(book: Book) -> None:
    book.reword("loss", "title", "(index.ipynb)", "(nowhere.ipynb)")
    assert "see the start." in made(book, "en").cells[0].source


def test_a_made_notebook_is_valid_and_tidy(book: Book) -> None:
    translate_plot(book)
    page = made(book, "ar")
    nbformat.validate(page)
    assert [cell.id for cell in page.cells] == ["title", "what-falls", "plot"]
    assert page.metadata.kernelspec.name == "python3"


def test_a_dangerous_translation_is_not_used(book: Book) -> None:
    book.translate("ko", "loss/what-falls", "## 감소\n\n<script>alert(1)</script>")
    book.translate("ko", "loss/plot", "줄\nimport os", "Draw the loss.")
    page = made(book, "ko")
    assert "<script>" not in page.cells[1].source
    assert "import os" not in page.cells[2].source


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(said=st.lists(st.text(min_size=1).filter(lambda text: "\x00" not in text), min_size=4, max_size=4))
def test_whatever_a_po_file_says_the_code_stays(book: Book, said: list[str]) -> None:
    english = book.page("loss").cells[2]
    for text, translation in zip(SAID, said, strict=True):
        book.translate("ko", "loss/plot", translation, text)
    cell = made(book, "ko").cells[2]
    assert code.skeleton(cell.source) == code.skeleton(english.source)
    assert cell.outputs[0] == english.outputs[0]
    json.dumps(cell)


REAL = Project(Path(__file__).parent.parent)
LESSONS = {page: notebook.read(REAL.notebook(page)) for page in REAL.pages}
CODE_CELLS = [(page, cell) for page, made in LESSONS.items() for cell in made.cells if cell.cell_type == "code"]
SAID_BY_ANYONE = st.one_of(st.text(min_size=1), st.sampled_from(["{", "}}", '"', "\\", "'''", "{x!r}", "$", "_", "#"]))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_the_code_of_every_lesson_stays_whatever_a_po_file_says(data: st.DataObject) -> None:
    page, cell = data.draw(st.sampled_from(CODE_CELLS))
    alone = nbformat.from_dict({**LESSONS[page], "cells": [cell]})
    texts = texts_of(page, alone, REAL.notebook(page))
    said = data.draw(st.lists(SAID_BY_ANYONE, min_size=len(texts), max_size=len(texts)))
    entries = polib.POFile()
    for text, translation in zip(texts, said, strict=True):
        holes = "".join(text.placeholders) if data.draw(st.booleans()) else ""
        entries.append(polib.POEntry(msgctxt=text.context, msgid=text.text, msgstr=translation + holes))
    made = localized(alone, texts, Translations(Language("ar"), [entries]), REAL.notebook(page))
    assert code.skeleton(made[0].node.source) == code.skeleton(cell.source)
