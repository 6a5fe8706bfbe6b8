"""The numbers behind figures: what the kernel keeps of a matplotlib figure."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from tests import ROOT

PYTHON = ROOT / ".venv-addons" / "bin" / "python"
FIGURES = """
import json, sys
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
from book.runtime.numbers import numbers_of

def figure(draw, columns=1):
    made, axes = plt.subplots(1, columns, squeeze=False)
    draw(made, *axes[0])
    return numbers_of(made)

def curves(made, left, right):
    left.plot([1, 2], [0.123456, 31250], "o-", label="ours")
    left.plot([1, 2], [0.5, float("nan")], "k:")
    left.axhline(0.3, label="a rule across")
    right.plot([1, 2], [3, 4], "o-")
    left.set(title="Training", xlabel="Epoch", ylabel="Loss")
    made.legend(title="Network")

def bars(made, ax):
    ax.bar([-0.2, 0.8], [1, 2], 0.4, label="default")
    ax.bar([0.2, 1.2], [3, 4], 0.4, label="data")
    ax.set_xticks([0, 1], labels=["conv 6", "dense"])

def points(made, ax):
    ax.scatter([0, 0, 1], [1, 2, 3], label="a seed each")

def long(made, ax):
    ax.plot(range(601), label="all")

def unnamed_places(made, ax):
    ax.plot([0, 1, 2, 3], label="all")
    ax.set_xticks([0, 3], labels=["start", "end"])

def drawing(made, ax):
    ax.plot([0, 1], [0, 1])
    ax.imshow([[0, 1]])

made = {f.__name__: figure(f) for f in (bars, points, long, unnamed_places, drawing)}
json.dump({**made, "curves": figure(curves, 2)}, sys.stdout)
"""

pytestmark = pytest.mark.skipif(not PYTHON.exists(), reason="the runtimes are not installed: run `make runtimes`")


@pytest.fixture(scope="module")
def kept() -> Any:
    """What is kept of each figure, drawn by the runtime's own matplotlib."""
    done = subprocess.run([PYTHON, "-c", FIGURES], cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_lines_that_look_alike_share_the_label_and_the_rest_guides_the_eye(kept: Any) -> None:
    left, right = kept["curves"]["axes"]
    assert left["series"] == [{"label": "ours", "every": 1, "x": [1, 2], "y": [0.1235, 31250]}]
    assert right["series"] == [{"label": "ours", "every": 1, "x": [1, 2], "y": [3, 4]}]
    assert (left["title"], left["x"], left["y"]) == ("Training", "Epoch", "Loss")
    assert kept["curves"]["legend"] == "Network"


def test_bars_side_by_side_are_at_the_tick_that_names_them(kept: Any) -> None:
    first, second = kept["bars"]["axes"][0]["series"]
    assert first["x"] == second["x"] == ["conv 6", "dense"]
    assert (first["y"], second["y"]) == ([1, 2], [3, 4])


def test_points_between_named_ticks_keep_their_numbers(kept: Any) -> None:
    assert kept["unnamed_places"]["axes"][0]["series"][0]["x"] == [0, 1, 2, 3]


def test_points_of_a_scatter_are_kept(kept: Any) -> None:
    assert kept["points"]["axes"][0]["series"] == [{"label": "a seed each", "every": 1, "x": [0, 0, 1], "y": [1, 2, 3]}]


def test_a_long_series_is_thinned_and_says_so(kept: Any) -> None:
    series = kept["long"]["axes"][0]["series"][0]
    assert series["every"] == 20
    assert series["x"] == list(range(0, 601, 20))


def test_a_drawing_without_names_has_no_numbers(kept: Any) -> None:
    assert kept["drawing"] is None
