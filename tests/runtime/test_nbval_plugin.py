"""What we ask of a notebook's run, tried on runs that pass and runs that fail."""

from __future__ import annotations

from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_output

from tests.nbval_plugin import check_bands, check_figures, check_forms, with_quick_sizes, without_ids

SVG = '<svg><g id="axes_1"/><text>Loss</text><text>0.5</text><path d="M 0 0" id="m1a"/><use href="#m1a"/></svg>'


def cell(tags: tuple[str, ...] = (), **metadata: Any) -> Any:
    made = new_code_cell("draw()", metadata={"tags": list(tags), **metadata})
    made.outputs = drawn(SVG)
    return made


def drawn(svg: str) -> list[Any]:
    return [new_output("display_data", {"image/svg+xml": svg})]


def printed(text: str) -> list[Any]:
    return [new_output("stream", text=text)]


def test_the_same_figure_passes_whatever_its_ids() -> None:
    check_figures(cell(), drawn(SVG.replace("m1a", "m2b")), english=True)


def test_another_line_in_an_english_figure_fails() -> None:
    with pytest.raises(AssertionError, match="drawn otherwise"):
        check_figures(cell(), drawn(SVG.replace("M 0 0", "M 1 0")), english=True)


def test_a_translated_figure_may_have_another_layout_but_no_other_words() -> None:
    check_figures(cell(), drawn(SVG.replace("M 0 0", "M 1 0")), english=False)
    with pytest.raises(AssertionError):
        check_figures(cell(), drawn(SVG.replace("Loss", "Verlust")), english=False)


def test_a_figure_of_training_may_differ_but_not_in_its_words() -> None:
    trained = cell(("nbval-ignore-output",))
    check_figures(trained, drawn(SVG.replace("M 0 0", "M 1 0")), english=True)
    with pytest.raises(AssertionError):
        check_figures(trained, drawn(SVG.replace("Loss", "Lost")), english=True)


def test_a_figure_that_is_not_drawn_fails() -> None:
    with pytest.raises(AssertionError, match="1 figures are stored, the run drew 0"):
        check_figures(cell(), [], english=True)


BANDS = {r"seed \d test accuracy": [0.8, 1.0], "loss": [0.1, 0.9]}


def test_figures_within_their_bands_pass() -> None:
    check_bands(cell(bands=BANDS), printed("seed 1 test accuracy: 0.86 ± 0.01\nloss 0.4\n"))


@pytest.mark.parametrize("text", ["seed 1 test accuracy: 0.79\nloss 0.4", "seed 1 test accuracy: 0.86\nloss 1.4"])
def test_a_figure_outside_its_band_fails(text: str) -> None:
    with pytest.raises(AssertionError, match="outside its band"):
        check_bands(cell(bands=BANDS), printed(text))


def test_a_band_without_its_number_fails() -> None:
    with pytest.raises(AssertionError, match="prints no such number"):
        check_bands(cell(bands=BANDS), printed("seed 1 test accuracy: 0.86"))


def test_ids_are_numbered_in_order_and_links_follow() -> None:
    assert without_ids(SVG) == without_ids(SVG.replace("m1a", "q"))
    assert without_ids(SVG) != without_ids(SVG.replace('href="#m1a"', 'href="#other"'))


def test_a_translated_copy_trains_briefly_and_other_cells_stay() -> None:
    sizes = new_code_cell("epochs, seeds = 5, 2", metadata={"quick": {"seeds": 1}})
    assert with_quick_sizes(sizes) == "epochs, seeds = 5, 2\nseeds = 1"
    assert with_quick_sizes(new_code_cell("fit()")) == "fit()"


def test_lines_with_other_numbers_have_the_form_of_the_stored_ones() -> None:
    stored = cell()
    stored.outputs = printed("평균: [0.1 -2.]\nseed 1: 3.2e-05 of 1,000, 3개\n")
    check_forms(stored, printed("seed 2: 0.004 of 50, 12개\n평균:  [ 1.25  3.  ]\n"))
    with pytest.raises(AssertionError, match="`mean:`"):
        check_forms(stored, printed("mean: [0.1 2.]\n"))
