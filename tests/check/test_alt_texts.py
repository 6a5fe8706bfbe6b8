"""What `check` says of pictures of which nothing is said in words."""

from __future__ import annotations

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from book.check.alt_texts import ALT_TEXT, without_alt_texts
from book.check.check import check
from book.project import Project
from tests.small_book import SVG, Book


def figure(alt: str = "", tags: tuple[str, ...] = (), kind: str = "image/svg+xml") -> NotebookNode:
    metadata = {"tags": list(tags), **({"mystnb": {"image": {"alt": alt}}} if alt else {})}
    return new_code_cell("plt.show()", outputs=[new_output("display_data", {kind: SVG})], metadata=metadata)


TOLD = {
    "markdown": new_markdown_cell("Look: ![](cube.png)"),
    "blanks": new_markdown_cell("![ ](cube.png)"),
    "attachment": new_markdown_cell("![](attachment:cube.png)"),
    "by-reference": new_markdown_cell("![][cube]\n\n[cube]: cube.png"),
    "in-a-note": new_markdown_cell("```{note}\n![](cube.png)\n```"),
    "directive": new_markdown_cell("```{image} cube.png\n:name: cube\n```"),
    "figure-without-caption": new_markdown_cell("```{figure} cube.png\n:name: cube\n```"),
    "below-a-figure": new_markdown_cell("```{figure} cube.png\nThe cube.\n```\n\n![](cube.png)"),
    "html": new_markdown_cell('<img src="cube.png" width="20">'),
    "html-inline": new_markdown_cell('A <IMG src="cube.png"> cube.'),
    "figure": figure(),
    "photograph": figure(kind="image/png"),
    "blank-metadata": figure(alt=" "),
}
FINE = {
    "markdown": new_markdown_cell("Look: ![A cube](cube.png)"),
    "code": new_markdown_cell("Write `![](cube.png)`.\n\n    ![](cube.png)"),
    "formula-alone": new_markdown_cell("![$x^2$](cube.png)"),
    "directive": new_markdown_cell("```{figure} cube.png\n:alt: A cube\nThe cube.\n```"),
    "caption": new_markdown_cell(":::{figure} cube.png\n:name: cube\nThe cube.\n:::"),
    "html": new_markdown_cell('<img src="cube.png" alt="A cube">'),
    "decoration": new_markdown_cell('<img src="line.png" alt="">'),
    "figure": figure(alt="A falling line."),
    "nobody-sees-it": figure(tags=("remove-output",)),
    "words": new_code_cell("1", outputs=[new_output("display_data", {"text/plain": "1"})]),
}


@pytest.mark.parametrize("name", TOLD)
def test_a_picture_without_an_alternative_text_is_told(name: str) -> None:
    assert [(each.cell, each.rule) for each in without_alt_texts(new_notebook(cells=[TOLD[name]]))] == [(0, ALT_TEXT)]


@pytest.mark.parametrize("name", FINE)
def test_one_with_it_is_not(name: str) -> None:
    assert list(without_alt_texts(new_notebook(cells=[FINE[name]]))) == []


def test_an_author_is_told_once_a_page() -> None:
    page = new_notebook(cells=[FINE["words"], TOLD["markdown"], TOLD["figure"], FINE["markdown"], TOLD["html"]])
    [found] = without_alt_texts(page)
    assert found.cell == 1
    assert found.message.startswith("shows `cube.png` without an alternative text, and so do 2 other cells; say")


def test_the_finding_names_the_cell_and_a_reason_silences_it(tmp_book: Book) -> None:
    tmp_book.edit("loss", lambda page: page.cells[2].metadata.pop("mystnb"))
    assert check(Project(tmp_book.root), []).findings == []
    with (tmp_book.root / "_config.yml").open("a") as settings:
        settings.write("book:\n  alt-texts: true\n")
    [finding] = check(Project(tmp_book.root), []).findings
    assert (finding.file, finding.rule) == ("notebooks/loss.ipynb", ALT_TEXT)
    assert finding.message.startswith("cell `plot`: shows a picture without an alternative text; say what is to be")
    allowed = {"allow": {ALT_TEXT: "the table above says it"}}
    tmp_book.edit("loss", lambda page: page.cells[2].metadata.update(book=allowed))
    report = check(Project(tmp_book.root), [])
    assert (report.findings, [each.finding.rule for each in report.silenced]) == ([], [ALT_TEXT])
