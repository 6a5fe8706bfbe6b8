"""What editors do to the ids of cells, and how `book check` says what to repair."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from nbformat.v4 import new_code_cell

from book.cli import main
from tests.small_book import Book, markdown

Page = dict[str, Any]


@pytest.fixture(autouse=True)
def wants_readable_ids(tmp_book: Book) -> None:
    """As this project's own book does."""
    with (tmp_book.root / "_config.yml").open("a", encoding="utf-8") as config:
        config.write("book:\n  readable-ids: true\n")


def change(tmp_book: Book, edit: Callable[[Page], None]) -> None:
    """Save the page `loss` with other content, as an editor does that knows nothing of us."""
    path = tmp_book.project.notebook("loss")
    page = json.loads(path.read_text(encoding="utf-8"))
    edit(page)
    path.write_text(json.dumps(page, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def run(capsys: pytest.CaptureFixture[str], command: str = "check") -> tuple[int, list[str]]:
    capsys.readouterr()
    status = main([command])
    shown = capsys.readouterr()
    return status, (shown.err if status == 2 else shown.out).splitlines()


def refused(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> str:
    """The one line with which `sync` refuses; nothing is changed."""
    before = tmp_book.files()
    status, lines = run(capsys, "sync")
    assert status == 2
    assert tmp_book.files() == before
    (line,) = lines
    return line


def as_jupyterlab_saves_an_old_notebook(page: Page) -> None:
    page["nbformat_minor"] = 4
    for cell in page["cells"]:
        del cell["id"]


def as_colab_saves(page: Page) -> None:
    page["nbformat_minor"] = 0
    page["metadata"]["colab"] = {"provenance": []}
    for number, cell in enumerate(page["cells"]):
        del cell["id"]
        cell["metadata"]["colab"] = {"base_uri": "https://localhost:8080/", "height": number}


@pytest.mark.parametrize("save", [as_jupyterlab_saves_an_old_notebook, as_colab_saves])
def test_ids_that_an_editor_dropped_are_proposed_in_order(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], save: Callable[[Page], None]
) -> None:
    change(tmp_book, save)
    status, lines = run(capsys)
    assert status == 1
    (missing,) = lines
    assert missing.endswith(
        "3 cells have no id; the ids that their texts had before, in order: `title`, `what-falls`, `plot`; "
        "`book ids loss` gives these (id-missing)"
    )
    assert missing.split(": ", 1)[1].rsplit(" (", 1)[0] in refused(tmp_book, capsys)


def test_ids_that_a_converter_made_are_no_ids(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    """jupytext gives every cell a new random id."""

    def save(page: Page) -> None:
        for cell, name in zip(page["cells"], ("3f2a1b4c", "0b9e7d11", "77aa01fe"), strict=True):
            cell["id"] = name

    change(tmp_book, save)
    status, (line,) = run(capsys)
    assert status == 1
    assert line.endswith(
        "; the ids that their texts had before, in order: `title`, `what-falls`, `plot`; "
        "`book ids loss` gives these (id-form)"
    )
    assert main(["ids", "loss"]) == 0
    assert run(capsys) == (0, [])


@pytest.mark.parametrize(
    "name", ["3f2a1b4c", "9b2c6a0e-3d1f-4c55-8a77-0123456789ab", "A1_b", "What-falls", "-a", "a--b"]
)
def test_an_id_that_nobody_chose_is_found(tmp_book: Book, capsys: pytest.CaptureFixture[str], name: str) -> None:
    change(tmp_book, lambda page: page["cells"][1].update(id=name))
    status, (line,) = run(capsys)
    assert status == 1
    assert line.endswith(
        f"the cell that begins `## What falls The loss falls.` has the id `{name}`, which nobody chose; "
        "its text was `what-falls` before: give it that id again; `book ids loss` gives it (id-form)"
    )


@pytest.mark.parametrize("name", ["decade", "defaced1-of-two", "beef", "x2", "what-10-groups-share"])
def test_an_id_that_looks_like_words_is_fine(tmp_book: Book, capsys: pytest.CaptureFixture[str], name: str) -> None:
    tmp_book.edit("loss", lambda page: page.cells.append(markdown(name, "New.")))
    assert main(["sync"]) == 0
    assert run(capsys) == (0, [])


def test_one_lost_id_is_proposed_with_the_cell(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    change(tmp_book, lambda page: page["cells"][1].pop("id"))
    status, (line,) = run(capsys)
    assert status == 1
    assert line.startswith("notebooks/loss.ipynb:")
    assert line.endswith(
        "the cell that begins `## What falls The loss falls.` has no id; its text was `what-falls` before: "
        "give it that id again; `book ids loss` gives it (id-missing)"
    )
    assert "has no id; its text was `what-falls`" in refused(tmp_book, capsys)


def test_a_lost_id_of_a_cell_with_a_new_text_gets_no_wrong_proposal(
    tmp_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    change(tmp_book, lambda page: page["cells"][1].pop("id"))
    change(tmp_book, lambda page: page["cells"][1].update(source="Something else."))
    assert (
        "`Something else.` has no id; give it one of its own; `book ids loss` gives it (id-missing)"
        in run(capsys)[1][0]
    )


def test_a_copied_cell_is_told_that_its_id_is_taken(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    change(tmp_book, lambda page: page["cells"].insert(2, {**page["cells"][1], "source": "Copied and changed."}))
    status, (line,) = run(capsys)
    assert status == 1
    assert line.endswith(
        "`Copied and changed.` has the id `what-falls` of another cell;"
        " give it one of its own; `book ids loss` gives it (id-doubled)"
    )
    assert "of another cell" in refused(tmp_book, capsys)


def test_a_cell_that_took_its_neighbours_id_is_told_its_own(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    change(tmp_book, lambda page: page["cells"][1].update(id="title"))
    said = run(capsys)[1][0]
    assert "of another cell; its text was `what-falls` before: give it that id again; `book ids loss` gives it" in said


def test_of_two_cells_with_one_id_that_keeps_it_whose_text_is_filed_under_it(
    tmp_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    change(tmp_book, lambda page: page["cells"].insert(1, {**page["cells"][1], "source": "It came from another page."}))
    status, (line,) = run(capsys)
    assert status == 1
    assert "the cell that begins `It came from another page.` has the id `what-falls` of another cell" in line


def test_changed_ids_are_proposed_before_anything_is_synced(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    def save(page: Page) -> None:
        for number, cell in enumerate(page["cells"]):
            cell["id"] = f"cell-{number}x"

    before = tmp_book.files()
    change(tmp_book, save)
    status, lines = run(capsys)
    assert status == 1
    (line,) = lines
    pairs = "`cell-0x` was `title`, `cell-1x` was `what-falls`, `cell-2x` was `plot`"
    assert line.endswith(f"ids have changed: {pairs}, says the text; give the cells those ids again (id-changed)")
    notebook = tmp_book.project.notebook("loss")
    notebook.write_bytes(before["notebooks/loss.ipynb"])
    assert run(capsys) == (0, [])


def test_an_id_that_another_cell_takes_over_is_no_changed_id(
    tmp_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two cells that exchange their ids have other texts under them: their translations are out of step."""
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다.")
    change(tmp_book, lambda page: page["cells"][1].update(id="title"))
    change(tmp_book, lambda page: page["cells"][0].update(id="what-falls"))
    status, lines = run(capsys)
    assert status == 1
    assert [line.rpartition(" ")[2] for line in lines] == ["(out-of-step)"]
    assert main(["sync"]) == 0
    entry = tmp_book.entry("ko", "loss/title")
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgctxt) == (
        *("## 감소\n\n손실이 줄어듭니다.", True),
        "loss/what-falls",
    )


def test_a_page_that_lost_all_its_ids_is_few_lines_however_long(
    tmp_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(120):
        code = new_code_cell(f"x = {number}", execution_count=1)
        cell = markdown(f"cell-{number}", f"Paragraph {number}.") if number % 2 else code
        cell.id = f"cell-{number}"
        tmp_book.edit("loss", lambda page, cell=cell: page.cells.append(cell))  # type: ignore[misc]
    assert main(["sync"]) == 0
    change(tmp_book, as_jupyterlab_saves_an_old_notebook)
    assert len(run(capsys)[1]) == 1


def test_many_changes_are_one_line_a_page(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_book.edit("loss", lambda page: page.cells.extend(markdown(f"cell-{n}", f"Paragraph {n}.") for n in range(50)))
    assert main(["sync"]) == 0
    for number in range(50):
        tmp_book.reword("loss", f"cell-{number}", "Paragraph", "Sentence")
    status, (line,) = run(capsys)
    assert status == 1
    assert (
        "cells `cell-0`, `cell-1`, `cell-2`, `cell-3`, `cell-4`, `cell-5` and 44 more differ from what ar, ko" in line
    )


def test_without_po_files_ids_are_asked_for_all_the_same(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (tmp_book.root / "translations").rglob("*.po"):
        path.unlink()
    change(tmp_book, lambda page: page["cells"][1].pop("id"))
    (missing,) = (line for line in run(capsys)[1] if "(out-of-step)" not in line)
    assert missing.endswith("has no id; give it one of its own; `book ids loss` gives it (id-missing)")


def test_a_page_with_cells_without_ids_is_not_made(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    """Texts without ids would be shown in the place of others."""
    change(tmp_book, as_colab_saves)
    status, (line,) = run(capsys, "localize")
    assert status == 2
    assert "3 cells have no id" in line
