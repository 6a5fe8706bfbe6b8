"""Outputs of every kind, and raw cells: shown, or found."""

from __future__ import annotations

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_raw_cell

from book.language.language import Language
from book.localize.edition import editions
from book.status.report import report
from tests.cases.books import Case, base64_of, code_cell, png, shows

WIDGET = {"application/vnd.jupyter.widget-view+json": {"model_id": "x", "version_major": 2, "version_minor": 0}}


def raw(cell_id: str, text: str, **metadata: str) -> NotebookNode:
    cell = new_raw_cell(text, metadata=metadata)
    cell["id"] = cell_id
    return cell


def test_a_widget_is_shown_by_its_plain_text_and_found(case: Case) -> None:
    case.write(code_cell("c", "slider", shows({**WIDGET, "text/plain": "IntSlider(value=0)"})))
    assert case.rules() == {"mime-type"}
    case.build("en", "ko")
    for language in ("en", "ko"):
        assert "IntSlider(value=0)" in case.page(language).get_text()
        assert not case.page(language).find_all("script")


@pytest.mark.parametrize(
    "data", [WIDGET, {"application/vnd.plotly.v1+json": {"data": []}}, {"application/pdf": "JVBERi0="}]
)
def test_an_output_that_cannot_be_shown_is_found_by_its_cell(case: Case, data: dict[str, object]) -> None:
    case.write(code_cell("c", "show()", shows(data)))
    assert [line.partition(":")[0] for line in case.check()] == ["cell `c`"]
    case.build("en")


SHOWN = {
    "image/png": base64_of(png()),
    "image/webp": base64_of(b"RIFF"),
    "image/gif": base64_of(b"GIF89a"),
    "application/json": {"loss": [1, 2]},
    "text/plain": "plain words",
    "text/html": "<p>words in a paragraph</p>",
    "text/markdown": "**strong words**",
    "text/latex": "$x = 1$",
}


def test_outputs_of_known_kinds_are_shown(case: Case) -> None:
    case.write(*(code_cell(f"c-{n}", "show()", shows({kind: data})) for n, (kind, data) in enumerate(SHOWN.items())))
    assert case.rules() == set()
    assert case.build("en", "ko") == []
    for language in ("en", "ko"):
        outputs = case.page(language).select(".cell_output")
        assert len(outputs) == len(SHOWN)
        for output, kind in zip(outputs, SHOWN, strict=True):
            assert output.find("img") if kind.startswith("image/") else output.get_text().strip()
        assert '"loss"' in case.page(language).get_text()


def test_raw_cells_are_shown_as_written(case: Case) -> None:
    case.write(
        raw("r", "A *raw* <b>cell</b>."), raw("s", ".. note:: x", raw_mimetype="text/restructuredtext"), raw("t", " ")
    )
    assert "<b>" in case.english("r")
    case.build("en", "ko")
    for language in ("en", "ko"):
        assert "A *raw* <b>cell</b>." in case.page(language).get_text()
        assert ".. note:: x" in case.page(language).get_text()
    shown = case.page("ko").find(id="r")
    assert shown
    assert shown["lang"] == "en"  # nobody translates it


def test_a_picture_of_dots_with_words_says_that_they_are_not_translated(case: Case) -> None:
    drawing = code_cell("draw", 'ax.set_title("Loss by epoch")', shows({"image/png": base64_of(png())}))
    silent = code_cell("show", "ax.imshow(picture)", shows({"image/png": base64_of(png(seed=1))}))
    case.write(drawing, silent)
    case.book.translate("ko", "case/title", "# 사례")
    case.book.translate("ko", "case/draw", "에포크별 손실")
    assert case.build("en", "ko") == []
    assert [label.get_text() for label in case.page("ko").select(".cell-state.picture")] == [
        "The words in the picture are not translated"
    ]
    assert not case.page("en").select(".cell-state")
    edition = editions(case.book.project, [Language("ko")])[0]
    assert [row.pictures for row in report([edition]).pages if row.page == "case"] == [1]
