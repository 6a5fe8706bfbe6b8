"""What `check` says of notebooks among the pages that no reader will see."""

from __future__ import annotations

import shutil

import pytest

from book.check.check import check
from book.project import Project
from tests.small_book import Book, markdown, write_page


def found(book: Book, settings: str = "") -> list[str]:
    with (book.root / "_config.yml").open("a") as file:
        file.write(settings)
    return [str(each) for each in check(Project(book.root), []).findings]


def test_a_notebook_beside_the_pages_that_is_none_is_told(tmp_book: Book) -> None:
    write_page(tmp_book.root, "draft", [markdown("title", "# To come")])
    assert found(tmp_book) == [
        "notebooks/draft.ipynb:1: is in no line of `_toc.yml`, so it is not published; "
        "add it there, or to `exclude_patterns` (not-in-toc)"
    ]


@pytest.mark.parametrize(
    "settings", ["exclude_patterns: [notebooks/draft.ipynb]\n", "exclude_patterns: ['*/draft*']\n",
                 "book:\n  rules-off: [not-in-toc]\n"],
    ids=["its-path", "a-pattern", "without-the-rule"],
)  # fmt: skip
def test_a_book_may_say_that_it_is_none(tmp_book: Book, settings: str) -> None:
    write_page(tmp_book.root, "draft", [markdown("title", "# To come")])
    assert found(tmp_book, settings) == []


def test_notebooks_elsewhere_and_copies_of_programs_are_no_pages(tmp_book: Book) -> None:
    """Those of another folder are for another end, hidden ones are Jupyter's, and one beside its text is Jupytext's."""
    page = tmp_book.root / "notebooks" / "loss.ipynb"
    for name in ("translated-ko/loss.ipynb", "notebooks/.ipynb_checkpoints/loss.ipynb", "notebooks/.loss.ipynb"):
        (tmp_book.root / name).parent.mkdir(exist_ok=True)
        shutil.copy(page, tmp_book.root / name)
    (tmp_book.root / "notebooks" / "text.md").write_text('+++ {"id": "title"}\n\n# Text\n', encoding="utf-8")
    write_page(tmp_book.root, "text", [markdown("title", "# Text")])
    toc = tmp_book.root / "_toc.yml"
    toc.write_text(f"{toc.read_text()}- file: notebooks/text.md\n")
    assert found(tmp_book) == []
