"""Published notebooks as Colab, JupyterLab, VS Code, Kaggle, GitHub and nbconvert open them."""

from __future__ import annotations

import base64
from typing import Any

import nbformat
import pytest
from markdown_it import MarkdownIt

from book.cli import main
from book.localize import pictures
from book.notebook import ipynb
from book.notebook.markdown.parts import parts
from tests.small_book import Book

PNG = b"\x89PNG"


def made(tmp_book: Book, language: str, page: str = "loss") -> nbformat.NotebookNode:
    assert main(["localize", language]) == 0
    return ipynb.read(tmp_book.root / "_build" / "notebooks" / language / f"{page}.ipynb")


def plot(page: nbformat.NotebookNode) -> nbformat.NotebookNode:
    return next(cell for cell in page.cells if cell.id == "plot")


def figure(page: nbformat.NotebookNode) -> nbformat.NotebookNode:
    (found,) = [output for output in plot(page).outputs if "image/svg+xml" in output.get("data", {})]
    return found


@pytest.fixture
def fonts(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The letters that this machine has fonts for, whatever is installed."""
    missing: set[str] = set()
    monkeypatch.setattr(pictures, "_has_letter", lambda letter: letter not in missing)
    return missing


INPUT = {"cellView": "form", "_kg_hide-input": True}
OUTPUT = {"collapsed": True, "_kg_hide-output": True}


@pytest.mark.parametrize(
    ("tag", "folded"),
    [
        ("hide-input", {**INPUT, "jupyter": {"source_hidden": True}}),
        ("hide-output", {**OUTPUT, "jupyter": {"outputs_hidden": True}}),
        ("hide-cell", {**INPUT, **OUTPUT, "jupyter": {"source_hidden": True, "outputs_hidden": True}}),
        ("scroll-output", {}),
    ],
)
def test_what_is_folded_on_the_site_is_folded_in_the_notebook(tmp_book: Book, tag: str, folded: dict[str, Any]) -> None:
    english = plot(tmp_book.page("loss"))
    tmp_book.edit("loss", lambda page: plot(page).metadata.update(tags=[tag]))
    cell = plot(made(tmp_book, "ko"))
    assert {k: v for k, v in cell.metadata.items() if k not in english.metadata and k != "tags"} == folded
    assert cell.source == english.source


def test_other_metadata_for_jupyter_stays(tmp_book: Book) -> None:
    tmp_book.edit("loss", lambda page: plot(page).metadata.update(tags=["hide-cell"], jupyter={"own": 1}))
    assert plot(made(tmp_book, "en")).metadata.jupyter == {"own": 1, "source_hidden": True, "outputs_hidden": True}


def test_pages_before_and_after_are_linked_at_the_end_and_under_the_title(tmp_book: Book) -> None:
    site, colab = "https://owner.github.io/small", "https://colab.research.google.com/github/owner/small/blob/gh-pages"
    first, last = made(tmp_book, "en", "index"), made(tmp_book, "ko", "loss")
    assert f"Next: [Loss]({site}/en/notebooks/loss.html)" in first.cells[0].source
    assert "Previous" not in first.cells[0].source
    for source in (last.cells[0].source, last.cells[-1].source):
        assert f"]({site}/ko/notebooks/index.html)" in source
        assert f"]({site}/ko/notebooks/loss.html)" not in last.cells[-1].source
    assert f"]({colab}/ko/notebooks/index.ipynb)" in last.cells[-1].source
    assert last.cells[-1].cell_type == "markdown"


def test_a_title_that_is_more_than_words_names_its_page_in_english(
    tmp_book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("book.localize.translations.safe", lambda text, said: True)
    tmp_book.translate("ko", "loss/title", "# ](https://elsewhere.org) ![x](https://elsewhere.org/p.png) <script>\n\nx")
    main(["localize", "ko"])
    page = ipynb.read(tmp_book.root / "_build" / "notebooks" / "ko" / "index.ipynb")
    for cell in page.cells:
        found = parts(cell.source)
        assert not [each for each in [*found.links, *found.images] if "elsewhere" in each]
        assert not [each for each in found.html if "script" in each]


def test_a_page_that_was_run_says_how_long_it_took_and_that_it_needs_no_gpu(tmp_book: Book) -> None:
    assert "GPU" not in made(tmp_book, "en").cells[0].source
    tmp_book.edit("loss", lambda page: page.metadata.update(book={"executed": "2026-11-30", "seconds": 39}))
    assert (
        "\n\n*Run on November 30, 2026; it took 39 s on two processor cores. No GPU is needed.*\n\n"
        in made(tmp_book, "en").cells[0].source
    )
    tmp_book.edit("loss", lambda page: page.metadata.update(accelerator="GPU"))
    assert "it took 39 s on two processor cores.*" in made(tmp_book, "en").cells[0].source


@pytest.mark.parametrize("run", ["odd", {"executed": "yesterday", "seconds": 3}, {"executed": "2026-11-30"}], ids=str)
def test_what_is_said_of_a_run_in_another_form_is_left_out(tmp_book: Book, run: object) -> None:
    tmp_book.edit("loss", lambda page: page.metadata.update(book=run))
    assert "it took" not in made(tmp_book, "en").cells[0].source


def test_a_figure_has_a_png_beside_its_svg_and_its_alternative_text_where_nbconvert_looks(
    tmp_book: Book, fonts: set[str]
) -> None:
    tmp_book.translate("ar", "loss/plot", "خط يهبط.", "A falling line.")
    shown = figure(made(tmp_book, "ar"))
    assert base64.b64decode(shown.data["image/png"]).startswith(PNG)
    assert shown.metadata["image/png"].alt == "خط يهبط."
    nbformat.validate(made(tmp_book, "ar"))
    assert "image/png" not in figure(tmp_book.page("loss")).data


def test_a_figure_whose_words_no_font_here_can_draw_has_no_png(tmp_book: Book, fonts: set[str]) -> None:
    tmp_book.translate("ko", "loss/plot", "손실", "Loss by epoch")
    assert "image/png" in figure(made(tmp_book, "ko")).data
    fonts.add("실")
    for path in (tmp_book.root / "_build" / "pictures" / "ko").iterdir():
        path.unlink()
    assert "image/png" not in figure(made(tmp_book, "ko")).data


def test_a_letter_that_no_font_has_is_known() -> None:
    assert not pictures._has_letter("\u0378")


def test_a_figure_that_is_no_picture_stops_no_notebook(tmp_book: Book) -> None:
    def broken(page: nbformat.NotebookNode) -> None:
        figure(page).data["image/svg+xml"] = "<svg"

    tmp_book.edit("loss", broken)
    assert "image/png" not in figure(made(tmp_book, "en")).data


def test_pictures_are_kept_and_those_of_earlier_figures_removed(
    tmp_book: Book, fonts: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_book.root / "_build" / "pictures" / "en"
    made(tmp_book, "en")
    (kept,) = folder.iterdir()
    (folder / "0123456789abcdef.png").write_bytes(PNG)
    monkeypatch.setattr(pictures, "_painted", lambda svg: pytest.fail("drawn again"))
    assert "image/png" in figure(made(tmp_book, "en")).data
    assert list(folder.iterdir()) == [kept]


def test_headings_in_arabic_are_markdown_inside_their_direction(tmp_book: Book) -> None:
    """Colab's list of contents takes the headings that Markdown sees."""
    tmp_book.translate("ar", "loss/what-falls", "## الهبوط\n\nتهبط الخسارة.")
    tokens = MarkdownIt().parse(made(tmp_book, "ar").cells[1].source)
    assert [token.type for token in tokens][:2] == ["html_block", "heading_open"]
