"""Styles of tables as pandas writes them do nothing to the page; a little more is too much."""

from __future__ import annotations

import pytest

from book.rules.active_content import STYLE, html_effects

PANDAS = """<div>
<style scoped>
    .dataframe tbody tr th:only-of-type {
        vertical-align: middle;
    }

    .dataframe tbody tr th {
        vertical-align: top;
    }

    .dataframe thead th, .dataframe td {
        text-align: right;
    }
</style>
<table border="1" class="dataframe"><thead><tr style="text-align: right;"><th></th></tr></thead></table>
</div>"""


@pytest.mark.parametrize(
    "html",
    [
        PANDAS,
        '<p style="text-align:center">a</p>',
        '<td style="">a</td>',
        '<b style="font-weight: 700">a</b>',
        "<style></style>",
    ],
)
def test_how_text_stands_in_its_place_is_let_be(html: str) -> None:
    assert html_effects(html) == []


@pytest.mark.parametrize(
    "html",
    [
        PANDAS.replace("text-align: right;\n    }", "position: fixed;\n    }"),
        PANDAS.replace(".dataframe td", "td"),
        PANDAS.replace(".dataframe td", ".dataframe ~ p"),
        PANDAS.replace(".dataframe td", ".dataframe:hover td"),
        PANDAS.replace("vertical-align: top", "vertical-align: 1px"),
        PANDAS.replace("vertical-align: top", "vertical-align: top !important"),
        PANDAS.replace("vertical-align: top", "text-align: url(https://elsewhere.org/x)"),
        PANDAS.replace("</style>", "@import 'https://elsewhere.org/x.css';</style>"),
        PANDAS.replace("</style>", "} p {color: red</style>"),
        PANDAS.replace("middle;", "middle; color: red;"),
        '<p style="text-align:center;display:none">a</p>',
        '<p style="text-align:expression(run())">a</p>',
        '<p style="text-align:center;}">a</p>',
    ],
)
def test_what_does_more_is_found(html: str) -> None:
    assert {rule for rule, _ in html_effects(html)} == {STYLE}
