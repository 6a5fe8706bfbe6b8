"""The tables of the numbers behind figures, as the site shows them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from nbformat import from_dict
from nbformat.v4 import new_code_cell, new_output

from book.language.language import Language
from book.localize.edition import Edition, editions
from book.localize.svg import translated_names
from book.runtime.numbers import MIME
from book.site.source.number_tables import HAS_PICTURES, numbers_table, show_figures
from tests.small_book import Book

SERIES = [
    {"label": "batch 32", "every": 1, "x": [1, 2], "y": [0.5, 0.1235]},
    {"label": "batch 64", "every": 1, "x": [1, 2], "y": [None, 31250]},
]
AXES = {"title": "Loss by epoch", "x": "epoch", "y": "loss <", "series": SERIES}
NUMBERS: dict[str, Any] = {"title": "", "legend": "", "axes": [AXES]}


@pytest.fixture
def arabic(tmp_book: Book) -> Edition:
    return editions(tmp_book.project, [Language("ar")])[0]


def tables(numbers: dict[str, Any], edition: Edition) -> list[list[list[str]]]:
    """The cells of each table, row by row, its caption first."""
    made = ET.fromstring(numbers_table(numbers, edition))
    assert made.get("dir") == "rtl"
    return [[[table.findtext("caption", "")], *rows_of(table)] for table in made.iter("table")]


def rows_of(table: ET.Element) -> list[list[str]]:
    return [[cell.text or "" for cell in row] for row in table.iter("tr")]


def test_series_over_the_same_places_share_a_table(arabic: Edition) -> None:
    assert tables(NUMBERS, arabic) == [
        [
            ["Loss by epoch · loss <"],
            ["epoch", "batch 32", "batch 64"],
            ["1", "0.5000", "–"],
            ["2", "0.1235", "31250"],
        ]
    ]


def test_a_shorter_series_leaves_gaps(arabic: Edition) -> None:
    short = {**SERIES[0], "x": [2], "y": [0.5]}
    (table,) = tables({**NUMBERS, "axes": [{**AXES, "series": [short, SERIES[1]]}]}, arabic)
    assert table[2:] == [["1", "–", "–"], ["2", "0.5", "31250"]]


def test_series_over_other_places_have_a_table_each(arabic: Edition) -> None:
    other = {**SERIES[1], "x": [10, 20], "every": 5}
    made = tables({**NUMBERS, "axes": [{**AXES, "series": [SERIES[0], other]}]}, arabic)
    assert [table[0] for table in made] == [
        ["Loss by epoch · loss < · batch 32"],
        ["Loss by epoch · loss < · batch 64"],
    ]
    assert (
        numbers_table({**NUMBERS, "axes": [{**AXES, "series": [other]}]}, arabic).count("One point in 5 is shown.") == 1
    )


def test_names_that_come_twice_are_numbered_and_a_missing_one_is_the_axis(arabic: Edition) -> None:
    same = [{**SERIES[0], "label": label} for label in ("a seed", "a seed", "")]
    (table,) = tables({**NUMBERS, "axes": [{**AXES, "series": same}]}, arabic)
    assert table[1] == ["epoch", "a seed (1)", "a seed (2)", "loss <"]


def test_the_names_in_a_table_are_those_of_the_translated_figure() -> None:
    said = {"Loss by epoch": ("الخسارة", ()), "batch {n}": ("دفعة {n}", ("{n}",))}
    made = translated_names(NUMBERS, said)["axes"][0]
    assert made["title"] == "الخسارة"
    assert [each["label"] for each in made["series"]] == ["دفعة 32", "دفعة 64"]
    assert made["series"][0]["y"] == [0.5, 0.1235]


def test_a_figure_is_followed_by_its_numbers_and_one_with_pictures_is_marked(arabic: Edition) -> None:
    figure = new_output("display_data", {"image/svg+xml": "<svg><image/></svg>", MIME: from_dict(NUMBERS)})
    cell = new_code_cell("draw()", outputs=[new_output("stream", text="said"), figure])
    show_figures(cell, arabic)
    assert [each.output_type for each in cell.outputs] == ["stream", "display_data", "display_data"]
    assert MIME not in cell.outputs[1].data
    assert cell.outputs[2].data["text/html"].startswith('<details class="figure-numbers"')
    assert cell.metadata["mystnb"]["image"]["classes"] == HAS_PICTURES


def test_a_figure_without_numbers_stays_alone(arabic: Edition) -> None:
    cell = new_code_cell("draw()", outputs=[new_output("display_data", {"image/svg+xml": "<svg/>"})])
    show_figures(cell, arabic)
    assert len(cell.outputs) == 1
    assert "mystnb" not in cell.metadata


def test_a_page_shows_the_numbers_its_run_has_kept(tmp_book: Book) -> None:
    from book.cli import main

    tmp_book.translate("ko", "loss/plot", "에포크별 손실", "Loss by epoch")
    tmp_book.edit("loss", lambda page: page.cells[2].outputs[1].data.update({MIME: NUMBERS}))
    assert main(["build", "ko"]) == 0
    page = (tmp_book.project.html / "ko/notebooks/loss.html").read_text(encoding="utf-8")
    assert re.search(r"<img .*<details class=\"figure-numbers\".*<caption>에포크별 손실 · loss &lt;", page, re.DOTALL)


def test_a_column_has_the_same_decimals_unless_its_numbers_are_of_very_different_size(arabic: Edition) -> None:
    axes = NUMBERS["axes"][0]
    shown = []
    for column in ([2.3, 2.301, 0], [14.15, 9.772, 4], [3.5e-28, 0.1, 1], [1, 20, 300]):
        series = {"label": "", "every": 1, "x": [1, 2, 3], "y": column}
        (table,) = tables({**NUMBERS, "axes": [{**axes, "series": [series]}]}, arabic)
        shown.append([row[1] for row in table[2:]])
    assert shown == [
        ["2.300", "2.301", "0.000"],
        ["14.15", "9.77", "4.00"],
        ["3.5e-28", "0.1", "1"],
        ["1", "20", "300"],
    ]


def test_points_that_stand_by_themselves_have_no_table(arabic: Edition) -> None:
    lone = [{"label": "", "every": 1, "x": [place], "y": [0.01 * place]} for place in (1, 2)]
    line = {"label": "line", "every": 1, "x": [1, 2, 3], "y": [1, 2, 4]}
    assert numbers_table({**NUMBERS, "axes": [{**AXES, "series": lone}]}, arabic) == ""
    away = {**lone[0], "x": [0.5]}
    made = tables({**NUMBERS, "axes": [{**AXES, "series": [line, away]}]}, arabic)
    assert [len(rows) for rows in made] == [1 + 1 + 3]
