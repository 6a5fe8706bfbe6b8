"""Translated notebooks: the English ones with texts replaced, and nothing else."""

from __future__ import annotations

import json

import nbformat
import polib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from book import source
from book.cli import main
from book.language.language import Language
from book.localize.cells import localized
from book.localize.svg import shown_texts
from book.localize.translations import Translations
from book.notebook import ipynb
from book.notebook.code import translatable
from book.notebook.markdown.parts import parts
from book.notebook.texts import texts_of
from book.po import catalog
from book.project import Project
from tests import ROOT
from tests.small_book import Book, failure

SAID = {
    "Draw the loss.": "ارسم الخسارة.",
    "Loss by epoch": "الخسارة حسب الحقبة",
    "batch {size}": "دفعة {size}",
    "A falling line.": "خط يهبط.",
}


def made(tmp_book: Book, language: str, page: str = "loss") -> nbformat.NotebookNode:
    assert main(["localize", language]) == 0
    return ipynb.read(tmp_book.root / "_build" / "notebooks" / language / f"{page}.ipynb")


def translate_plot(tmp_book: Book, language: str = "ar") -> None:
    for english, said in SAID.items():
        tmp_book.translate(language, "loss/plot", said, english)


def test_code_outputs_and_alternative_text_are_translated(tmp_book: Book) -> None:
    translate_plot(tmp_book)
    cell = made(tmp_book, "ar").cells[2]
    assert '# ارسم الخسارة.\nax.set_title("الخسارة حسب الحقبة")' in cell.source
    assert 'label=f"دفعة {size}"' in cell.source
    assert cell.metadata.mystnb.image.alt == "خط يهبط."
    assert shown_texts(cell.outputs[1].data["image/svg+xml"]) == ["الخسارة حسب الحقبة", "دفعة 32", "0.5"]


def test_a_figure_drawn_by_an_earlier_cells_function_is_translated(tmp_book: Book) -> None:
    def split(page: nbformat.NotebookNode) -> None:
        drawing = nbformat.from_dict({**page.cells[2], "id": "draw", "outputs": [], "metadata": {}})
        page.cells.insert(2, drawing)
        page.cells[3].source = "draw()"

    tmp_book.edit("loss", split)
    assert main(["sync"]) == 0
    tmp_book.translate("ar", "loss/draw", "الخسارة حسب الحقبة", "Loss by epoch")
    assert shown_texts(made(tmp_book, "ar").cells[3].outputs[1].data["image/svg+xml"])[0] == "الخسارة حسب الحقبة"


def test_a_figure_drawn_before_its_text_changed_is_english_until_it_is_drawn_again(tmp_book: Book) -> None:
    translate_plot(tmp_book)
    tmp_book.reword("loss", "plot", "Loss by epoch", "Loss, epoch by epoch")
    cell = made(tmp_book, "ar").cells[2]
    assert 'ax.set_title("الخسارة حسب الحقبة")' in cell.source
    assert shown_texts(cell.outputs[1].data["image/svg+xml"])[0] == "Loss by epoch"


@pytest.mark.parametrize("former", ["0.5", "{x}", "batch {size}", "{x}{y}{z}", "{a}" * 16])
def test_a_former_wording_does_not_choose_what_is_replaced_in_a_figure(tmp_book: Book, former: str) -> None:
    translate_plot(tmp_book)
    path = tmp_book.project.catalog(Language("ar"), "loss")
    entries = catalog.load(path)
    entry = next(entry for entry in entries if entry.msgid == "Loss by epoch")
    entry.flags, entry.previous_msgid = ["fuzzy"], former
    path.write_text(catalog.dumps(entries), encoding="utf-8")
    shown = shown_texts(made(tmp_book, "ar").cells[2].outputs[1].data["image/svg+xml"])
    assert shown == ["الخسارة حسب الحقبة", "دفعة 32", "0.5"]


def test_a_link_in_code_is_code_and_not_a_link(tmp_book: Book) -> None:
    tmp_book.reword("loss", "title", "`axis=3`", "`[a](index.ipynb)`")
    source = made(tmp_book, "en").cells[0].source
    assert "`[a](index.ipynb)`" in source
    assert "[the start](https://owner.github.io/small/en/notebooks/index.html)" in source


def test_a_bracket_that_opens_no_link_is_left_alone(tmp_book: Book) -> None:
    said = r"# 손실\n\n[word\](nope.ipynb)\<img src=x onerror=alert()> $L = 0.5$ `axis=3` [처음](index.ipynb)"
    tmp_book.translate("ko", "loss/title", said.replace(r"\n", "\n"))
    assert "<img" not in made(tmp_book, "ko").cells[0].source.replace(r"\<img", "")


def test_a_label_of_the_site_brings_no_link_or_picture_into_a_notebook(
    tmp_book: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("book.localize.translations.safe", lambda text, said: True)
    path = tmp_book.project.catalog(Language("ko"), "site")
    entries = catalog.load(path)
    for entry in entries:
        entry.msgstr = "](https://elsewhere.org) ![](https://elsewhere.org/p.png) [x\n\n<script>"
    path.write_text(catalog.dumps(entries), encoding="utf-8")
    capsys.readouterr()
    assert main(["localize", "ko"]) == 1
    assert {line.partition(":")[0] for line in capsys.readouterr().err.splitlines()} == {"translations/ko/site.po"}
    cells = ipynb.read(tmp_book.root / "_build" / "notebooks" / "ko" / "loss.ipynb").cells
    found = [parts(cell.source) for cell in cells if cell.cell_type == "markdown"]
    addresses = [address for each in found for address in (*each.links, *each.images)]
    assert addresses
    assert not [address for address in addresses if "elsewhere" in address]
    assert not [html for each in found for html in each.html if "script" in html]


def test_what_differs_in_the_made_notebook_is_english_and_a_finding(
    tmp_book: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("book.localize.translations.safe", lambda text, said: True)
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n<script>alert(1)</script>")
    assert main(["localize", "ko"]) == 1
    place = "translations/ko/loss.po:"
    (finding,) = capsys.readouterr().err.splitlines()
    assert finding.startswith(place)
    assert finding.endswith(
        "`loss/what-falls`: in the notebook it would be put together otherwise than the English;"
        " shown in English (made)"
    )
    page = ipynb.read(tmp_book.root / "_build" / "notebooks" / "ko" / "loss.ipynb")
    assert "script" not in page.cells[1].source
    assert "## What falls" in page.cells[1].source


def test_text_outputs_stay_as_they_are(tmp_book: Book) -> None:
    translate_plot(tmp_book)
    assert made(tmp_book, "ar").cells[2].outputs[0].text == "✓\n"


def test_an_untranslated_cell_is_english_and_says_so(tmp_book: Book) -> None:
    cell = made(tmp_book, "ko").cells[1]
    assert '<div lang="en" dir="ltr">\n\n## What falls' in cell.source


def test_an_outdated_cell_shows_the_translation_and_says_so(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다.")
    tmp_book.reword("loss", "what-falls", "falls.", "drops.")
    source = made(tmp_book, "ko").cells[1].source
    assert source.startswith("*Out of date")
    assert "손실이 줄어듭니다." in source


def test_arabic_prose_is_right_to_left_in_colab(tmp_book: Book) -> None:
    tmp_book.translate("ar", "loss/what-falls", "## الهبوط\n\nتهبط الخسارة.")
    assert made(tmp_book, "ar").cells[1].source == '<div lang="ar" dir="rtl">\n\n## الهبوط\n\nتهبط الخسارة.\n\n</div>'


def test_links_under_the_title_lead_to_the_localized_files(tmp_book: Book) -> None:
    source = made(tmp_book, "ko").cells[0].source
    assert "(https://owner.github.io/small/ko/notebooks/loss.html)" in source
    assert "(https://colab.research.google.com/github/owner/small/blob/gh-pages/ko/notebooks/loss.ipynb)" in source
    assert "(https://github.com/owner/small/blob/gh-pages/ko/notebooks/loss.ipynb)" in source
    assert "(https://github.com/owner/small/edit/main/translations/ko/loss.po)" in source


def test_a_fork_links_to_itself(tmp_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_REPOSITORY", "Someone/fork")
    source = made(tmp_book, "ko").cells[0].source
    assert "https://someone.github.io/fork/ko/" in source
    assert "owner/small" not in source


def test_links_to_other_pages_lead_to_the_site(tmp_book: Book) -> None:
    assert "[the start](https://owner.github.io/small/en/notebooks/index.html)" in made(tmp_book, "en").cells[0].source


def test_a_link_to_a_page_that_is_not_there_is_plain_words(tmp_book: Book) -> None:
    tmp_book.reword("loss", "title", "(index.ipynb)", "(nowhere.ipynb)")
    assert "see the start." in made(tmp_book, "en").cells[0].source


def test_a_made_notebook_is_valid_and_tidy(tmp_book: Book) -> None:
    translate_plot(tmp_book)
    page = made(tmp_book, "ar")
    nbformat.validate(page)
    assert [cell.id for cell in page.cells] == ["title", "what-falls", "plot", "previous-and-next"]
    assert page.metadata.kernelspec.name == "python3"


@pytest.mark.parametrize(
    ("there", "made_of_it"),
    [
        (None, {"toc_visible": True, "runtime_attributes": {"runtime_version": "2026.07"}}),
        (
            {"provenance": [], "runtime_attributes": {"runtime_version": "2025.07"}},
            {"provenance": [], "toc_visible": True, "runtime_attributes": {"runtime_version": "2026.07"}},
        ),
        ("odd", {"toc_visible": True, "runtime_attributes": {"runtime_version": "2026.07"}}),
    ],
    ids=["none", "another", "of-another-shape"],
)
def test_notebooks_ask_for_the_runtime_of_colab_that_the_settings_name(
    tmp_book: Book, there: object, made_of_it: object
) -> None:
    tmp_book.edit("loss", lambda page: page.metadata.update({} if there is None else {"colab": there}))
    without = {**there, "toc_visible": True} if isinstance(there, dict) else {"toc_visible": True}
    assert made(tmp_book, "ko").metadata.get("colab") == without
    with (tmp_book.root / "_config.yml").open("a") as settings:
        settings.write('book:\n  colab-runtime: "2026.07"\n')
    assert made(tmp_book, "en").metadata["colab"] == made(tmp_book, "ko").metadata["colab"] == made_of_it


@pytest.mark.parametrize("written", ["2026.07", "'2026.7'", "latest", "[2026.07]", "'2026.07\n'", "'２０２６.07'"])
def test_a_runtime_that_colab_cannot_have_is_one_line(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], written: str
) -> None:
    with (tmp_book.root / "_config.yml").open("a") as settings:
        settings.write(f"book:\n  colab-runtime: {written}\n")
    said = failure(capsys, "localize")
    assert '`colab-runtime` is no version of Colab\'s runtime; write it as `colab-runtime: "2026.07"`' in said


def test_a_dangerous_translation_is_not_used(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n<script>alert(1)</script>")
    tmp_book.translate("ko", "loss/plot", "줄\nimport os", "Draw the loss.")
    page = made(tmp_book, "ko")
    assert "<script>" not in page.cells[1].source
    assert "import os" not in page.cells[2].source


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(said=st.lists(st.text(min_size=1).filter(lambda text: "\x00" not in text), min_size=4, max_size=4))
def test_whatever_a_po_file_says_the_code_stays(tmp_book: Book, said: list[str]) -> None:
    english = tmp_book.page("loss").cells[2]
    for text, translation in zip(SAID, said, strict=True):
        tmp_book.translate("ko", "loss/plot", translation, text)
    cell = made(tmp_book, "ko").cells[2]
    assert translatable.skeleton(cell.source) == translatable.skeleton(english.source)
    assert cell.outputs[0] == english.outputs[0]
    json.dumps(cell)


REAL = Project(ROOT)
LESSONS = {page: ipynb.read(REAL.notebook(page)) for page in REAL.pages}
CODE_CELLS = [(page, cell) for page, made in LESSONS.items() for cell in made.cells if cell.cell_type == "code"]
SAID_BY_ANYONE = st.one_of(st.text(min_size=1), st.sampled_from(["{", "}}", '"', "\\", "'''", "{x!r}", "$", "_", "#"]))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_the_code_of_every_lesson_stays_whatever_a_po_file_says(data: st.DataObject) -> None:
    page, cell = data.draw(st.sampled_from(CODE_CELLS))
    alone = nbformat.from_dict({**LESSONS[page], "cells": [cell]})
    texts = texts_of(page, alone)
    said = data.draw(st.lists(SAID_BY_ANYONE, min_size=len(texts), max_size=len(texts)))
    entries = polib.POFile()
    for text, translation in zip(texts, said, strict=True):
        holes = "".join(text.placeholders) if data.draw(st.booleans()) else ""
        entries.append(polib.POEntry(msgctxt=text.context, msgid=text.text, msgstr=translation + holes))
    its_page = source.page_of(REAL, page, alone)
    made = localized(its_page, Translations(Language("ar"), [entries]))
    assert translatable.skeleton(made[0].node.source, its_page.code) == translatable.skeleton(
        cell.source, its_page.code
    )


def reading(tmp_book: Book, *names: str) -> None:
    """Have the page `loss` name these files."""
    tmp_book.edit("loss", lambda page: page.metadata.update(book={"files": list(names)}))


def test_the_files_that_a_page_reads_stand_beside_its_notebook_in_every_language(tmp_book: Book) -> None:
    (tmp_book.root / "notebooks" / "results").mkdir()
    (tmp_book.root / "notebooks" / "results" / "loss.json").write_text("[1]")
    (tmp_book.root / "notebooks" / "kept.json").write_text("[2]")
    reading(tmp_book, "results/loss.json")
    for language in ("en", "ko"):
        made(tmp_book, language)
        folder = tmp_book.root / "_build" / "notebooks" / language
        assert (folder / "results" / "loss.json").read_text() == "[1]"
        assert not (folder / "kept.json").exists()


def test_a_file_that_is_not_there_or_leads_out_stops_no_notebook(tmp_book: Book) -> None:
    (tmp_book.root / "secret.json").write_text("[0]")
    reading(tmp_book, "missing.json", "../secret.json", str(tmp_book.root / "secret.json"))
    assert made(tmp_book, "ko").cells
    assert [path.name for path in (tmp_book.root / "_build" / "notebooks" / "ko").rglob("*.json")] == []


def test_what_only_tests_need_is_not_published(tmp_book: Book) -> None:
    for_tests = {"claims": [{"score": "A"}], "bands": {"loss": [0, 1]}, "quick": {"epochs": 1}}
    tmp_book.edit("loss", lambda page: page.cells[1].metadata.update({**for_tests, "own": 1}))
    assert made(tmp_book, "ko").cells[1].metadata == {"own": 1}
