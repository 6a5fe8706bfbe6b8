"""`book execute` where something is in its way: no runtime, one that does not start, an impatient author."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from book.check.check import check
from book.check.runs import STALE_OUTPUTS
from book.cli import main
from book.execute.runtimes import _imports
from tests.small_book import Book, failure

PATIENCE = 120  # seconds: for a machine on which much else runs


def runtime(tmp_book: Book, command: str) -> None:
    """Install a runtime whose Python is `command`."""
    python = tmp_book.root / ".venv-addons" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/sh\n{command}\n")
    python.chmod(0o755)


def test_without_a_runtime_execute_says_what_to_run(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_book.root / "Makefile").write_text("runtimes: .venv-addons/.ready\n")
    tmp_book.edit("loss", lambda page: page.cells[2].update(source="import os\nimport tensorflow.keras as keras"))
    said = failure(capsys, "execute", "loss")
    assert said.startswith(f"{tmp_book.project.notebook('loss')}:1: imports `tensorflow`, which only the runtimes have")
    assert "make runtimes" in said


def test_a_book_without_runtimes_hears_where_to_install_a_package(
    tmp_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_book.root / "Makefile").write_text("# no runtimes: here\nsite:\n")
    tmp_book.edit("loss", lambda page: page.cells[2].update(source="import no_such_package"))
    said = failure(capsys, "execute", "loss")
    assert "imports `no_such_package`, which the Python of `book` has not; install it beside `book`" in said
    assert f"`{sys.executable} -m pip install no_such_package`" in said
    assert "make" not in said


def test_the_kernel_starts_where_there_is_no_numpy() -> None:
    program = "import sys; sys.modules['numpy'] = None; import book.runtime.datasets as d; d.install(print)"
    program += "; import book.runtime.kernel, book.runtime.numbers, book.runtime.pictures, book.runtime.printed"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_page_that_needs_no_runtime_needs_none(tmp_book: Book) -> None:
    tmp_book.edit("loss", lambda page: page.cells[2].update(source="import math\nprint(math.floor(2.5))"))
    assert main(["execute", "loss"]) == 0
    assert tmp_book.page("loss").cells[2].outputs[0].text == "2\n"
    assert [each.rule for each in check(tmp_book.project, []).findings] == []
    tmp_book.reword("loss", "plot", "floor(2.5)", "ceil(2.5)")
    assert [each.rule for each in check(tmp_book.project, []).findings] == [STALE_OUTPUTS], "a run notes what it ran"


def test_a_run_leaves_nothing_in_the_users_home_and_no_history(
    tmp_book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    tmp_book.edit("loss", lambda page: page.cells[2].update(source="print(1)\nprint(In[1])"))
    assert main(["execute", "loss"]) == 0
    assert "print(In[1])" in tmp_book.page("loss").cells[2].outputs[0].text
    assert list(home.rglob("*")) == []
    assert list(tmp_book.project.build.rglob("history*")) == []


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("import a.b, c as d\nfrom e.f import g\nfrom . import h", ["a", "c", "e"]),
        ("try:\n    import a\nexcept ImportError:\n    a = None", []),
        ("%pip install a\nimport a", []),
        ("%matplotlib inline\nimport a", ["a"]),
        ("import loss_data", []),
        ("no program (", []),
    ],
    ids=["imports", "guarded", "installed", "magic", "beside", "no-program"],
)
def test_what_a_page_needs_is_what_it_imports_in_any_case(source: str, wanted: list[str]) -> None:
    page = new_notebook(cells=[new_code_cell(source)], metadata={"book": {"files": ["results/loss_data.py"]}})
    assert _imports(page) == wanted


def test_a_package_that_the_runtime_lacks_is_named(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    runtime(tmp_book, f'exec {sys.executable} "$@"')
    tmp_book.edit("loss", lambda page: page.cells[2].update(source="import math, no_such_package"))
    assert "imports `no_such_package`, which the runtime `addons` has not; install" in failure(
        capsys, "execute", "loss"
    )


def test_a_runtime_that_does_not_start_is_named(tmp_book: Book, capfd: pytest.CaptureFixture[str]) -> None:
    runtime(tmp_book, "exit 1")
    before = tmp_book.files()
    assert main(["execute", "loss"]) == 2
    said = capfd.readouterr().err.splitlines()[-1]
    assert said.startswith("the runtime `addons` does not start: ")
    assert said.endswith("; run `make runtimes` (project)")
    assert tmp_book.files() == before


def interrupted(book: Book, started: Path) -> None:
    """Press Ctrl-C once the file `started` is there: the command says one line and leaves the book as it was."""
    before = book.files()
    process = subprocess.Popen(
        [sys.executable, "-m", "book", "execute", "loss"],
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests in the background ignore Ctrl-C
    )
    until = time.monotonic() + PATIENCE
    while not started.exists() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=PATIENCE)[1]
    assert started.exists(), said
    assert said.endswith("stopped; nothing is half-written\n")
    assert "Traceback" not in said
    assert process.returncode == 130
    assert book.files() == before


def test_ctrl_c_stops_it_in_one_line_and_leaves_the_notebook(tmp_book: Book) -> None:
    runtime(tmp_book, f'exec {sys.executable} "$@"')
    started = tmp_book.root / "started"
    sleep = f"import pathlib, time\npathlib.Path({str(started)!r}).touch()\ntime.sleep({PATIENCE})"
    tmp_book.edit("loss", lambda page: page.cells[2].update(source=sleep))
    interrupted(tmp_book, started)


def test_ctrl_c_stops_it_while_its_kernel_starts(tmp_book: Book) -> None:
    started = tmp_book.root / "started"
    runtime(tmp_book, f"touch {started}; exec sleep {PATIENCE}")
    interrupted(tmp_book, started)


def test_a_page_runs_beside_the_files_that_it_reads(tmp_book: Book) -> None:
    runtime(tmp_book, f'exec {sys.executable} "$@"')
    (tmp_book.root / "notebooks" / "results").mkdir()
    (tmp_book.root / "notebooks" / "results" / "loss.json").write_text("[1, 2]")
    tmp_book.edit("loss", lambda page: page.metadata.update(book={"files": ["results/loss.json"]}))
    tmp_book.edit("loss", lambda page: page.cells[2].update(source="print(open('results/loss.json').read())"))
    assert main(["execute", "loss"]) == 0
    page = tmp_book.page("loss")
    assert page.cells[2].outputs[0].text == "[1, 2]\n"
    assert page.metadata.book.files == ["results/loss.json"]


def test_a_file_that_is_not_there_is_named_before_anything_runs(
    tmp_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    runtime(tmp_book, f'exec {sys.executable} "$@"')
    tmp_book.edit("loss", lambda page: page.metadata.update(book={"files": ["results/loss.json"]}))
    before = tmp_book.files()
    said = failure(capsys, "execute", "loss")
    assert "results/loss.json:1: cannot be read: No such file or directory (notebook)" in said
    assert tmp_book.files() == before
