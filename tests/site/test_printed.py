"""What a cell has printed, as the site sets it."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_output
from selectolax.lexbor import LexborHTMLParser

from book.notebook.code.printed import COLUMN, FILLED, PLAIN, RECORD, WORDS, Part
from book.site.proof.may_differ import OwnAddresses
from book.site.proof.page_reader import skeleton
from book.site.proof.skeleton import Source
from book.site.source.printed import printed, show_printed

NAMED = [Part(COLUMN, "평균:      "), Part(PLAIN, " [1. 2.]\n"), Part(COLUMN, "편차:"), Part(PLAIN, " [ 3. 14.]\n")]
COUNTED = [Part(FILLED, "  7"), Part(WORDS, " مجموعات"), Part(PLAIN, "\n")]
LINES = [Part(WORDS, "첫째\n\n둘째"), Part(PLAIN, "\n")]
SCORES = [Part(PLAIN, "sigmoid   "), Part(COLUMN, "بلا      "), Part(FILLED, "0.5"), Part(PLAIN, "\n")]
APART = [Part(COLUMN, "norm "), Part(WORDS, "  of "), Part(FILLED, "7"), Part(PLAIN, "\n")]
BESIDE = [
    Part(FILLED, "1"),
    Part(WORDS, " "),
    Part(FILLED, "  2"),
    Part(WORDS, ""),
    Part(PLAIN, " "),
    Part(FILLED, "3"),
]
IN_COLUMNS = [Part(WORDS, "متوسط"), Part(PLAIN, ": Reuters    +0.001  -0.5\n")]
INDENTED = [Part(PLAIN, "  "), Part(COLUMN, "없음  "), Part(PLAIN, "   1.5\n")]
EACH = [NAMED, COUNTED, LINES, SCORES, INDENTED, APART, BESIDE, IN_COLUMNS]


@pytest.mark.parametrize(
    "parts", [NAMED, COUNTED, LINES, SCORES, INDENTED, APART, BESIDE, IN_COLUMNS, [*NAMED, *LINES, *INDENTED]]
)
def test_the_text_is_what_was_printed(parts: list[Part]) -> None:
    page = LexborHTMLParser(str(printed(parts)))
    pre = page.css_first("pre")
    assert pre
    assert pre.text() == "".join(part.text for part in parts)


@pytest.mark.parametrize("parts", EACH)
def test_no_blanks_stand_in_a_row_without_an_element(parts: list[Part]) -> None:
    for row in LexborHTMLParser(str(printed(parts))).css(".printed-row"):
        texts = [node.text() for node in row.iter(include_text=True) if node.is_text_node]
        assert set(texts) <= {"\n"}


def test_lines_with_columns_are_a_table_and_values_run_from_left_to_right() -> None:
    assert str(printed(NAMED)) == (
        '<div class="highlight"><pre class="printed" dir="ltr"><span class="printed-rows">'
        '<span class="printed-row"><span class="printed-column">평균:      </span>'
        '<span> </span><bdi dir="ltr">[1. 2.]</bdi>\n</span>'
        '<span class="printed-row"><span class="printed-column">편차:</span>'
        '<span> </span><bdi dir="ltr">[ 3. 14.]</bdi>\n</span>'
        "</span></pre></div>"
    )


def test_all_lines_run_from_right_to_left_where_words_do() -> None:
    made = LexborHTMLParser(str(printed([*COUNTED, Part(COLUMN, "x: "), Part(PLAIN, "1\n")])))
    assert [each.attributes["dir"] for each in made.css("pre, bdi")] == ["rtl", "ltr", "ltr"]
    assert not made.css(".printed-rows[dir]")


@pytest.mark.parametrize(
    ("value", "pieces"),
    [
        ("Reuters    +0.001  -0.5\n", ["Reuters", "+0.001  -0.5"]),
        ("He × 0.5   +0.756  [+0.667, +0.846]\n", ["He × 0.5", "+0.756", "[+0.667, +0.846]"]),
        ("1.1 1.3 1.5\n", ["1.1 1.3 1.5"]),
        (" [ 3.  14.]\n", ["[ 3.  14.]"]),
        ("-1.07 -0.53  0.00  1.60\n", ["-1.07 -0.53  0.00  1.60"]),
        (" [[ 3.  14.]\n", ["[[ 3.  14.]"]),
        ("Reuters    +0.001  [-0.004,  +0.005]\n", ["Reuters", "+0.001", "[-0.004,  +0.005]"]),
        (": 1.1 1.3\n", ["1.1 1.3"]),
    ],
    ids=[
        "in columns",
        "a name that ends in a number",
        "in a row",
        "in a list",
        "in a row of one width",
        "in a line of a list",
        "an interval",
        "behind a colon",
    ],
)
def test_values_in_columns_are_apart_and_a_list_is_one(value: str, pieces: list[str]) -> None:
    made = LexborHTMLParser(str(printed([*COUNTED, Part(WORDS, "متوسط"), Part(PLAIN, value)])))
    assert [each.text() for each in made.css("bdi")] == ["  7", *pieces]


def test_words_in_another_order_make_no_other_page() -> None:
    values = Part(COLUMN, "norm  "), Part(FILLED, "7"), Part(PLAIN, " [1 2]\n")
    name, number, rest = values
    english = [Part(WORDS, ""), name, Part(WORDS, ""), number, Part(WORDS, " values"), rest]
    korean = [Part(WORDS, "값 "), number, Part(WORDS, " "), name, Part(WORDS, ""), rest]
    said = {"".join(part.text for part in parts).strip("\n") for parts in (english, korean)}
    source = Source(printed={"": said})
    pages = (f'<article><div class="cell_output">{printed(parts)}</div></article>' for parts in (english, korean))
    made = [skeleton(page, OwnAddresses(), source) for page in pages]
    assert made[0] == made[1]


def test_words_behind_a_column_are_words() -> None:
    assert [each.text() for each in LexborHTMLParser(str(printed(APART))).css("bdi")] == ["7"]


def test_characters_of_html_stay_characters() -> None:
    made = str(printed([Part(WORDS, "<b>"), Part(COLUMN, "<i> "), Part(PLAIN, "a < b\n")]))
    assert "<b>" not in made
    assert "<i>" not in made


@pytest.mark.parametrize("text", ["\x1b[31mred\x1b[0m\n", "1/3\r2/3\n"])
def test_what_a_terminal_obeys_is_left_to_what_knows_it(text: str) -> None:
    output = new_output("stream", text=text)
    cell = new_code_cell("", outputs=[output], metadata={RECORD: [[[PLAIN, text]]]})
    show_printed(cell)
    assert cell.outputs == [output]
    assert RECORD not in cell.metadata


def test_blanks_before_a_name_stand_beside_it_and_those_before_a_number_are_its_own() -> None:
    made = LexborHTMLParser(
        str(printed([Part(FILLED, "   Addons"), Part(WORDS, " "), Part(FILLED, "  0.5"), Part(PLAIN, "\n")]))
    )
    assert [each.text() for each in made.css("bdi")] == ["Addons", "  0.5"]
