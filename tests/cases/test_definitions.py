"""Links and footnotes that one cell uses and another defines: the site reads all cells of a page as one document.

A translation that is refused because of it is named by `check` too, and not by the build alone.
"""

from __future__ import annotations

import pytest

from tests.cases.books import Case

CELLS = {
    "words": "Words that lead nowhere.",
    "link": "See [the paper][paper].",
    "to-note": "See the note[^note].",
    "to-own": "See [it][own].\n\n[own]: https://example.org/own",
    "to-paper": 'The paper is known.\n\n[paper]: https://example.org/paper "The paper"',
    "notes": "The notes[^other].\n\n[^note]: One note.\n\n[^other]: Another one.",
}
GOOD = {
    "words": "어디로도 가지 않는 말 [없음][none].",
    "link": "[논문][paper]을 보세요.",
    "to-note": "주석[^note]을 보세요.",
    "to-own": "[이것][own]을 보세요.\n\n[own]: https://example.org/own",
    "to-paper": '논문이 있습니다.\n\n[paper]: https://example.org/paper "논문"',
    "notes": "주석들[^other].\n\n[^note]: 한 주석.\n\n[^other]: 다른 주석.",
}
BAD = {
    "words": [
        ("말 [말][paper].", "link"),
        ("말 [paper].", "link"),
        ("말[^note].", "markup"),
        ("말 ![말][paper].", "image"),
    ],
    "link": [("논문을 보세요.", "link"), ("[논문][own]을 보세요.", "link")],
    "to-note": [("주석을 보세요.", "markup"), ("주석[^other]을 보세요.", "markup")],
    "to-own": [
        ("[이것][own]을 보세요.\n\n[own]: https://example.org/own\n[paper]: https://example.org/paper", "markup"),
        ("[이것][own]을 보세요.\n\n[own]: https://example.org/own\n[own]: https://example.org/own", "markup"),
    ],
}


@pytest.fixture
def page(case: Case) -> Case:
    case.write(*CELLS.items())
    for cell_id, said in GOOD.items():
        case.translate(cell_id, text=CELLS[cell_id], to=said)
    return case


def test_what_other_cells_define_is_used_in_translations_as_in_english(page: Case) -> None:
    assert page.check() == []
    assert page.build("en", "ko") == []
    assert [link["href"] for link in page.page("ko").select("#link a, #to-own a")] == [
        "https://example.org/paper",
        "https://example.org/own",
    ]
    assert "논문을 보세요" in page.page("ko").get_text()


@pytest.mark.parametrize(("cell_id", "said", "rule"), [(cell, *bad) for cell, found in BAD.items() for bad in found])
def test_what_the_page_would_make_of_a_definition_elsewhere_is_a_finding(
    page: Case, cell_id: str, said: str, rule: str
) -> None:
    page.translate(cell_id, text=CELLS[cell_id], to=said)
    found = page.check()
    assert any(f"`case/{cell_id}`" in line and line.endswith(f"({rule})") for line in found)


def test_all_that_a_build_refuses_because_of_definitions_is_what_check_has_named(page: Case) -> None:
    for cell_id, bad in BAD.items():
        page.translate(cell_id, text=CELLS[cell_id], to=bad[0][0])
    named = {line.split("`")[1] for line in page.check()}
    assert named == {f"case/{cell_id}" for cell_id in BAD}
    assert page.build("en", "ko") == []  # nothing is left to refuse
    assert CELLS["words"] in page.notebook("ko")["words"].source
