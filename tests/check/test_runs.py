"""What `check` says of pages that were not run, or with other code, and of figures whose words nobody can translate."""

from __future__ import annotations

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from book.check.check import check
from book.check.runs import FIGURE_FORMAT, NOT_RUN, STALE_OUTPUTS, run_findings
from book.notebook.code.ran_code import keep_digest
from tests.small_book import SVG, Book

PNG = {"image/png": "iVBORw0KGgo="}
FIGURE, PHOTO = {"text/plain": "<Figure size 640x480 with 1 Axes>"}, {"text/plain": "<PIL.Image.Image image mode=RGB>"}


def cell(
    source: str, count: int | None = 1, tags: tuple[str, ...] = (), data: dict[str, str] | None = None
) -> NotebookNode:
    outputs = [new_output("display_data", data)] if data else []
    return new_code_cell(source, execution_count=count, outputs=outputs, metadata={"tags": list(tags)})


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ([cell("x = 1")], []),
        ([cell("x = 1"), cell("y = 2", None), cell("z = 3", None)], [(1, NOT_RUN)]),
        ([cell("", None), cell(" \n", None)], []),
        ([cell("x = 1", None, ("skip-execution",))], []),
        ([cell("plt.show()", data={**FIGURE, **PNG})], [(0, FIGURE_FORMAT)]),
        ([cell("plt.show()", data={**FIGURE, **PNG, "image/svg+xml": SVG})], []),
        ([cell("photo", data={**PHOTO, **PNG})], []),
    ],
    ids=["run", "not-run", "empty", "skipped", "pixels", "both", "photograph"],
)
def test_a_page_is_run_and_its_figures_have_words(cells: list[NotebookNode], found: list[tuple[int, str]]) -> None:
    assert [(each.cell, each.rule) for each in run_findings(new_notebook(cells=cells), "loss")] == found


def test_an_author_is_told_once_a_page_what_to_run_and_a_book_can_do_without(tmp_book: Book) -> None:
    tmp_book.edit("loss", lambda page: page.cells[2].update(execution_count=None))
    [finding] = check(tmp_book.project, []).findings
    assert (finding.file, finding.rule) == ("notebooks/loss.ipynb", NOT_RUN)
    assert finding.message == "cell `plot`: was not run; run `book execute loss`"
    with (tmp_book.root / "_config.yml").open("a") as settings:
        settings.write("book:\n  rules-off: [not-run, figure-format]\n")
    assert check(type(tmp_book.project)(tmp_book.root), []).findings == []


RAN = ["# Add.\nx = 1 + 1\n", "%time f(x)"]


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (RAN, []),
        (["x = 1 + 1\n\n# Add one.  ", "%time f(x)"], []),
        (["# Add.\nx = 1 + 2\n", RAN[1]], [(None, STALE_OUTPUTS)]),
        ([RAN[0], "%time f(y)"], [(None, STALE_OUTPUTS)]),
        (RAN[::-1], [(None, STALE_OUTPUTS)]),
        (RAN[:1], [(None, STALE_OUTPUTS)]),
    ],
    ids=["as-it-was", "other-comments", "other-code", "other-magic", "moved", "removed"],
)
def test_outputs_that_other_code_has_made_are_told(now: list[str], found: list[tuple[int | None, str]]) -> None:
    page = new_notebook(cells=[cell(source) for source in RAN])
    assert list(run_findings(page, "loss")) == [], "of a page that was run elsewhere nobody knows"
    keep_digest(page)
    page.cells = [cell(source) for source in now]
    assert [(each.cell, each.rule) for each in run_findings(page, "loss")] == found


def test_cells_that_are_not_to_be_run_may_change() -> None:
    page = new_notebook(cells=[cell("x = 1"), cell("!pip install x", None, ("skip-execution",))])
    keep_digest(page)
    page.cells[1].source = "!pip install y"
    assert list(run_findings(page, "loss")) == []
