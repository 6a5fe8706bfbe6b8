"""What an author takes out of a lesson: its translations are out of date then, and no fault of their translators."""

from __future__ import annotations

import pytest

from tests.cases.books import Case, png

TAKEN = {
    "a fold": ":::{dropdown} More about it\nHidden words.\n:::",
    "a note": "```{note}\nHidden words.\n```",
    "a picture": "![A cube](cube.png)",
    "a role": "See {download}`the cube <cube.png>`.",
    "a footnote": "Words.[^1]\n\n[^1]: Hidden words.",
    "a link": "See [the start](index.ipynb).",
    "a list": "- one\n- two",
    "a formula": "It is $x^2$.",
}


@pytest.mark.parametrize("taken", TAKEN.values(), ids=TAKEN)
def test_what_an_author_takes_out_is_no_finding_in_translations(case: Case, taken: str) -> None:
    case.write(("body", f"The loss falls.\n\n{taken}"), files={"cube.png": png()})
    case.translate("body", ("The loss falls.", "손실이 줄어듭니다."))
    case.write(("body", "The loss falls."), files={"cube.png": png()})
    assert case.rules() == set()
    assert case.book.entry("ko", "case/body").fuzzy


def test_what_a_translator_of_the_earlier_text_has_brought_is_a_finding_still(case: Case) -> None:
    case.write(("body", f"The loss falls.\n\n{TAKEN['a fold']}"))
    case.translate("body", (":::{dropdown}", ":::{tip}\nMine.\n:::\n\n:::{dropdown}"))
    case.write(("body", "The loss falls."))
    assert "markup" in case.rules()
