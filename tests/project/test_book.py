"""The real book: its notebooks, translations and documents keep their own rules."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbformat import NotebookNode

from book.cli import _parser, main
from book.notebook import ipynb
from book.notebook.texts import alt_text
from book.po import catalog
from book.project import Project
from book.site.source.folds import first_comment
from tests import ROOT
from tests.nbval_plugin import check_bands

PROJECT = Project(ROOT)
PRECISE = re.compile(r"(?<![\d.:])\d{1,3}\.\d{3,}(?![\d.])")  # not 1607.06450, a paper
# Results of earlier runs of the same networks, and constants that are no results.
KNOWN = {"0.4707", "0.8613", "0.4759", "0.8591", "0.5367", "0.8405", "0.5241", "0.8432", "0.4056", "0.8754", "0.4546"}
KNOWN |= {"0.8708", "0.6889", "0.6029", "0.7029", "0.6018", "0.6752", "0.6007", "0.7108", "0.6224", "0.001"}
CATALOGS = sorted((PROJECT.root / "translations").glob("*/*.po"))


@pytest.fixture(autouse=True)
def in_the_book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT.root)


def test_the_book_has_no_findings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0, capsys.readouterr().out


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext's msgfmt is not on this machine")
@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_gettext_has_no_complaint(path: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        ["msgfmt", "-c", "-o", tmp_path / "made.mo", path], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("msgcat"), reason="gettext's msgcat is not on this machine")
def test_a_round_trip_through_gettext_changes_nothing(tmp_path: Path) -> None:
    for path in CATALOGS:
        subprocess.run(["msgcat", "-o", tmp_path / "made.po", path], check=True)
        assert catalog.content(catalog.load(tmp_path / "made.po")) == catalog.content(catalog.load(path))


@pytest.mark.parametrize("page", PROJECT.pages)
def test_a_lesson_keeps_the_form(page: str) -> None:
    made = ipynb.read(PROJECT.notebook(page))
    assert made.cells[0].id == "title"
    assert made.cells[0].source.startswith("# ")
    assert set(made.metadata) <= {"book", "kernelspec", "language_info"}
    for cell in made.cells:
        if cell.cell_type == "code":
            assert cell.execution_count, f"{cell.id} was not run"
            long = [line for line in cell.source.splitlines() if len(line) > 80]
            assert long == [], f"{cell.id}: a phone and a window of Colab's show 80 characters"
            assert bool(alt_text(cell)) == _shows_figure(cell), f"{cell.id}: a figure needs an alternative text"
            assert not any(output.output_type == "error" or output.get("name") == "stderr" for output in cell.outputs)


@pytest.mark.parametrize("page", PROJECT.pages)
def test_folded_code_says_what_it_holds(page: str) -> None:
    for cell in ipynb.read(PROJECT.notebook(page)).cells:
        if "hide-input" in cell.metadata.get("tags", []):
            assert _shows_figure(cell) or first_comment(cell.source), f"{cell.id}: begin it with a comment"


@pytest.mark.parametrize("page", PROJECT.pages)
def test_a_lesson_shows_a_picture_before_code(page: str) -> None:
    cells = ipynb.read(PROJECT.notebook(page)).cells
    code = [number for number, cell in enumerate(cells) if cell.cell_type == "code" and not _is_out_of_sight(cell)]
    pictures = [number for number, cell in enumerate(cells) if cell.cell_type == "code" and _shows_figure(cell)]
    assert not code or pictures[0] < code[0], f"{cells[code[0]].id} comes before the first picture"


def _is_out_of_sight(cell: NotebookNode) -> bool:
    return bool({"hide-input", "hide-cell", "remove-input", "remove-cell"} & set(cell.metadata.get("tags", [])))


def _shows_figure(cell: NotebookNode) -> bool:
    return any("image/svg+xml" in output.get("data", {}) for output in cell.outputs)


def test_the_home_page_tells_how_long_each_lesson_takes_to_read() -> None:
    start = ipynb.read(PROJECT.notebook("index"))
    told = dict(re.findall(r"^\| \[.+?\]\((\w+)\.ipynb\) \|.+\| (\d+) \|$", _source(start, "lessons"), re.MULTILINE))
    titles = {page: ipynb.read(PROJECT.notebook(page)).cells[0].source for page in PROJECT.pages[1:]}
    lines = {
        page: re.search(r"^\*About (\d+) minutes to read, .+\*$", title, re.MULTILINE) for page, title in titles.items()
    }
    assert told == {page: line and line[1] for page, line in lines.items()}


def _source(page: NotebookNode, cell_id: str) -> str:
    return next(str(cell.source) for cell in page.cells if cell.id == cell_id)


@pytest.mark.parametrize("page", PROJECT.pages)
def test_stored_outputs_come_from_real_data_in_the_addons_runtime(page: str) -> None:
    run = ipynb.read(PROJECT.notebook(page)).metadata.get("book", {})
    if any(cell.cell_type == "code" for cell in ipynb.read(PROJECT.notebook(page)).cells):
        assert run["versions"]["TensorFlow"].startswith("2.15.")
        assert all(data["source"] in ("folder", "keras") for data in run.get("data", {}).values())


@pytest.mark.parametrize("page", PROJECT.pages)
def test_the_stored_outputs_lie_within_the_bands(page: str) -> None:
    for cell in ipynb.read(PROJECT.notebook(page)).cells:
        if cell.cell_type == "code":
            check_bands(cell, cell.outputs)


@pytest.mark.parametrize("page", PROJECT.pages)
def test_every_quoted_training_figure_has_a_band(page: str) -> None:
    made = ipynb.read(PROJECT.notebook(page))
    for cell in made.cells:
        quotes = "".join(output.get("text", "") for output in cell.get("outputs", []))
        if "nbval-ignore-output" in cell.metadata.get("tags", []) and re.search(r"accuracy\S* +0\.\d", quotes):
            assert cell.metadata.get("bands"), f"{cell.id} prints an accuracy and states no band"


@pytest.mark.parametrize("page", PROJECT.pages)
def test_a_precise_number_in_the_prose_was_printed_by_a_run(page: str) -> None:
    """Numbers of three decimals and more: from the page's outputs, its full-size run, or the known results."""
    made = ipynb.read(PROJECT.notebook(page))
    shown = " ".join(output.get("text", "") for cell in made.cells for output in cell.get("outputs", []))
    full_size = PROJECT.root / "bench" / "full_size" / f"{page}.json"
    shown += full_size.read_text(encoding="utf-8") if full_size.exists() else ""
    for cell in made.cells:
        for number in PRECISE.findall(cell.source) if cell.cell_type == "markdown" else []:
            assert number in KNOWN or number in shown, f"{cell.id} says {number}; no run on this page printed it"


def test_the_stock_tool_builds_the_english_book_without_a_warning(tmp_path: Path) -> None:
    tool = str(Path(sys.executable).with_name("jupyter-book"))
    command = [tool, "build", str(PROJECT.root), "--path-output", str(tmp_path), "--warningiserror", "--keep-going"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    made = {path.stem for path in (tmp_path / "_build" / "html" / "notebooks").glob("*.html")}
    assert made == set(PROJECT.pages)


def test_every_command_is_documented() -> None:
    text = (PROJECT.root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    commands = re.findall(r"^    (\w+) +\w", _parser().format_help(), re.MULTILINE)
    assert set(commands) >= {"build", "localize", "sync", "check", "status", "serve", "execute"}
    for command in commands:
        assert f"`book {command}" in text
