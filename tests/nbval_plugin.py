"""What we ask of a notebook's run beyond nbval: figures that match, training figures within their bands, a count.

Used as `pytest -p tests.nbval_plugin --nbval --nbval-kernel-name addons|colab NOTEBOOKS`.
nbval itself compares the text outputs; `sanitize.cfg` leaves figures to this plugin, because a translated figure has
other words than the English one and so a slightly different layout.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from nbval.plugin import IPyNbCell

from book.execute.runtimes import kernel_folder
from book.localize.svg import shown_texts
from book.localize.viewers import FOR_TESTS
from book.notebook import ipynb
from book.project import Project
from book.runtime import numbers

STAND_IN = "stand-in"
_IDS = re.compile(r'(id="|url\(#|href="#)([^")]+)')
_VALUE = re.compile(r"[-+]?\d[\d.,]*(?:e[-+]?\d+)?|\b(?:nan|inf)\b|[-+](?=\d)|[\[\]]")
_NUMBER = r"[^\n\d-]*?(-?\d+(?:\.\d+)?)"


def pytest_configure(config: pytest.Config) -> None:
    """Let nbval find our kernels, and let these record where their data came from."""
    os.environ["JUPYTER_PATH"] = str(kernel_folder(Project.find()))
    if "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ["BOOK_RUN_RECORDS"] = tempfile.mkdtemp()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    os.environ["BOOK_RUN_RECORD"] = str(Path(os.environ["BOOK_RUN_RECORDS"], f"{worker}.json"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    if isinstance(item, IPyNbCell):
        item.cell.metadata.update(for_tests(item.path.stem).get(item.cell.get("id"), {}))
        item.parent.skip_compare = {*item.parent.skip_compare, numbers.MIME}  # they say in words what the figure shows
        english = item.path.parent.name == "en"
        if not english:
            item.cell.source = with_quick_sizes(item.cell)
    yield
    if isinstance(item, IPyNbCell):
        check_figures(item.cell, item.test_outputs or [], english)
        if not english:
            check_forms(item.cell, item.test_outputs or [])
        used = item.parent.nb.metadata.get("book", {}).get("data", {})
        if english and not any(sources().get(name) == STAND_IN for name in used):
            check_bands(item.cell, item.test_outputs or [])


@cache
def for_tests(page: str) -> dict[str, Any]:
    """What the English page's cells say for tests alone, by their ids: the published copies do not have it."""
    path = Project.find().notebook(page)
    cells = ipynb.read(path).cells if path.exists() else []
    return {cell.get("id"): {k: v for k, v in cell.metadata.items() if k in FOR_TESTS} for cell in cells}


def with_quick_sizes(cell: Any) -> str:
    """The code of a translated copy's cell with the sizes that the English cell's metadata states for it (`quick`).

    The copies run the English code, as building them proves: what is left to see is that they run, print the same and
    draw the same figures. So they train briefly, and the bands of training figures hold for the English pages alone.
    """
    return "\n".join([cell.source, *(f"{name} = {size!r}" for name, size in cell.metadata.get("quick", {}).items())])


def check_figures(cell: Any, outputs: list[Any], english: bool) -> None:
    """The run's figures are the stored ones; where training or the words differ, their texts at least."""
    stored, made = figures(cell.outputs), figures(outputs)
    assert len(made) == len(stored), f"{len(stored)} figures are stored, the run drew {len(made)}"
    depends_on_training = "nbval-ignore-output" in cell.metadata.get("tags", [])
    for old, new in zip(stored, made, strict=True):
        assert words(new) == words(old)
        if english and not depends_on_training:
            assert without_ids(new) == without_ids(old), "the figure is drawn otherwise than the stored one"


def check_forms(cell: Any, outputs: list[Any]) -> None:
    """Where training decides the numbers, nbval compares nothing; the lines have the words of the stored ones."""
    known = {form for output in cell.outputs for form in forms(output)}
    for made in (form for output in outputs for form in forms(output)):
        assert made in known, f"the run prints a line of the form `{made}`, and no such line is stored"


def forms(output: Any) -> list[str]:
    """The lines of an output without numbers, brackets and blanks, which arrays break in any place: its words."""
    lines = output.get("text", "").split("\n") if output.output_type == "stream" else []
    return [" ".join(_VALUE.sub(" ", line).split()) for line in lines]


def check_bands(cell: Any, outputs: list[Any]) -> None:
    """Each figure for which the cell states a band is printed and lies in it."""
    printed = "".join(output.get("text", "") for output in outputs if output.output_type == "stream")
    for name, (low, high) in cell.metadata.get("bands", {}).items():
        found = re.search(name + _NUMBER, printed)
        assert found, f"the cell states a band for `{name}` but prints no such number"
        assert low <= float(found[1]) <= high, f"{name} is {found[1]}, outside its band {low} to {high}"


def figures(outputs: list[Any]) -> list[str]:
    return [o.data["image/svg+xml"] for o in outputs if "image/svg+xml" in o.get("data", {})]


def words(svg: str) -> list[str]:
    """The texts of a figure that are words, not tick labels or values of a run."""
    return sorted(text for text in shown_texts(svg) if re.search(r"[^\W\d_]{2}", text) and not re.search(r"\d", text))


def without_ids(svg: str) -> str:
    """The figure with its ids numbered in order: matplotlib derives them from NumPy's way of printing numbers."""
    numbers: dict[str, int] = {}
    return _IDS.sub(lambda m: f"{m[1]}{numbers.setdefault(m[2], len(numbers))}", svg)


def sources() -> dict[str, str]:
    """Where each data set of the runs so far came from: `folder`, `keras` or `stand-in`."""
    records = Path(os.environ["BOOK_RUN_RECORDS"]).glob("*.json")
    data = [json.loads(path.read_text()).get("data", {}) for path in records]
    return {name: each["source"] for known in data for name, each in known.items()}


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """How many notebooks ran, and on what data."""
    ran = {report.nodeid.split("::")[0] for reports in terminalreporter.stats.values() for report in reports
           if isinstance(report, pytest.TestReport)}  # fmt: skip
    kernel = config.getoption("nbval_kernel_name")
    terminalreporter.write_line(f"nbval executed {len(ran)} notebooks in the runtime {kernel}")
    if any(Path(each).parent.name != "en" for each in ran):
        terminalreporter.write_line("translated copies ran with their quick sizes; bands were enforced in English")
    for name, source in sorted(sources().items()):
        note = "; its bands were not enforced" if source == STAND_IN else ""
        terminalreporter.write_line(f"data set {name}: {source}{note}")
