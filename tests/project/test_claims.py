"""What the lessons say of stored comparisons is what the tables give, and every page reads them in the same way."""

from __future__ import annotations

import ast
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from bench.comparisons.claims import fault
from book.notebook import ipynb
from book.notebook.data_files import data_files
from book.project import Project
from tests import ROOT

PROJECT = Project(ROOT)
READER = "read-results"  # the id of the cell, on every page that reads results
CELL = Path(__file__).with_name("read_results.txt").read_text(encoding="utf-8").strip()
SPEAKS_OF_A_WINNER = re.compile(
    r"\b(ahead of|falls? behind|fell behind|better than|worse than|level with|are level|no difference|beats?|"
    r"faster than|slower than|outperforms?|wins?|gains? most)\b"
)
# Two contenders over five seeds. A leads B in every one; C and A take turns.
TABLE = {
    "metric": "accuracy",
    "contenders": [
        {
            "condition": "deep",
            "contender": name,
            "rate": 0.01,
            "test": {"accuracy": scores, "loss": [1 - score for score in scores]},
            "validation_by_rate": {"0.01": [0.7, 0.8], "0.1": [0.1, None]},
            "measures": {"steps": [1, 2, 3, 4, 5]},
        }
        for name, scores in {
            "A": [0.80, 0.81, 0.82, 0.83, 0.84],
            "B": [0.75, 0.77, 0.76, 0.78, 0.80],
            "C": [0.81, 0.80, 0.83, 0.82, 0.84],
        }.items()
    ],
}


def tables(page: str) -> dict[str, Any]:
    """The results that a page reads, by name."""
    names = [Path(name) for name in data_files(ipynb.read(PROJECT.notebook(page)))]
    return {
        name.stem: json.loads((PROJECT.notebook(page).parent / name).read_text(encoding="utf-8"))
        for name in names
        if name.parent == Path("results")
    }


READERS = [page for page in PROJECT.pages if tables(page)]


@pytest.mark.parametrize("page", PROJECT.pages)
def test_the_stored_results_bear_out_every_claim(page: str) -> None:
    """A sentence that says more than the numbers of today has to be written anew."""
    known, claimed = tables(page), set()
    for cell in ipynb.read(PROJECT.notebook(page)).cells:
        claims = cell.metadata.get("claims", [])
        for claim in [] if isinstance(claims, str) else claims:
            claimed.add(claim.get("results"))
            assert not (what := fault(claim, known)), f"{page}/{cell.id}: {claim}: {what}"
    assert claimed == set(known), "results that no sentence of the page rests on, or that its metadata does not name"


@pytest.mark.parametrize("page", READERS)
def test_a_cell_that_speaks_of_a_winner_says_what_it_rests_on(page: str) -> None:
    """`claims` in the metadata: a list of them, or a text that says why none is needed, such as the paper it cites."""
    for cell in ipynb.read(PROJECT.notebook(page)).cells:
        found = SPEAKS_OF_A_WINNER.search(cell.source) if cell.cell_type == "markdown" else None
        assert not found or cell.metadata.get("claims"), f"{page}/{cell.id} says “{found and found[0]}”, and no claim"


@pytest.mark.parametrize("page", READERS)
def test_each_page_reads_results_with_the_same_cell(page: str) -> None:
    (cell,) = [cell for cell in ipynb.read(PROJECT.notebook(page)).cells if cell.id == READER]
    assert cell.source == CELL, "copy tests/project/read_results.txt"
    assert "hide-input" in cell.metadata.tags


def test_the_cell_reads_from_the_repository_that_the_settings_name() -> None:
    (address,) = [
        ast.literal_eval(node.value)
        for node in ast.parse(CELL).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "BOOK"
    ]
    repository = PROJECT.settings("repository")["url"].removeprefix("https://github.com/")
    assert address == f"https://raw.githubusercontent.com/{repository}/{PROJECT.branch}/notebooks"


def test_the_cell_takes_the_table_beside_the_page_or_else_the_repositorys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = []

    def urlopen(address: str) -> io.BytesIO:
        asked.append(address)
        return io.BytesIO(b'{"metric": "far"}')

    monkeypatch.chdir(tmp_path)
    made: dict[str, Any] = {}
    exec(CELL, made)
    made["urlopen"] = urlopen
    assert made["read_results"]("depth") == {"metric": "far"}
    assert asked == [f"{made['BOOK']}/results/depth.json"]
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "depth.json").write_text('{"metric": "beside"}')
    assert made["read_results"]("depth") == {"metric": "beside"}
    assert len(asked) == 1


def test_the_cell_turns_a_difference_round(capsys: pytest.CaptureFixture[str]) -> None:
    made: dict[str, Any] = {}
    exec(CELL, made)
    row = {"condition": "deep", "first": "A", "second": "B", "mean": 0.05, "low": 0.04, "high": 0.06}
    made["show_gaps"]({"differences": [row]}, "A", "B")
    made["show_gaps"]({"differences": [row]}, "B", "A")
    assert capsys.readouterr().out.split("\n")[:2] == [
        "deep             +0.050  [+0.040, +0.060]",
        "deep             -0.050  [-0.060, -0.040]",
    ]


@pytest.mark.parametrize(
    "claim",
    [
        {"better": ["deep: A", "deep: B"]},
        {"better": ["deep: A", "deep: B"], "of": "loss"},
        {"level": ["deep: A", "deep: C"], "within": 0.02},
        {"difference": ["deep: A", "deep: B"], "between": [0.04, 0.06]},
        {"score": "deep: A", "between": [0.81, 0.83]},
        {"score": "deep: A", "of": "steps", "between": [3, 3]},
        {"rate": "deep: A", "between": [0.01, 0.01]},
    ],
)
def test_a_claim_that_the_numbers_bear_out_holds(claim: dict[str, Any]) -> None:
    assert fault({"results": "small", **claim}, {"small": TABLE}) == ""


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ({"better": ["deep: B", "deep: A"]}, "deep: B minus deep: A is -0.0480 [-0.0584, -0.0376]: no lead"),
        ({"better": ["deep: A", "deep: C"]}, "no lead"),
        ({"better": ["deep: B", "deep: A"], "of": "loss"}, "no lead"),
        ({"level": ["deep: A", "deep: B"], "within": 0.1}, "not level within 0.1"),
        ({"level": ["deep: A", "deep: C"], "within": 0.005}, "not level within 0.005"),
        ({"difference": ["deep: A", "deep: B"], "between": [0.1, 0.2]}, "0.048 not within 0.1 to 0.2"),
        ({"score": "deep: A", "between": [0.9, 1]}, "0.82 not within 0.9 to 1"),
        ({"rate": "deep: A", "between": [0.1, 1]}, "0.01 not within 0.1 to 1"),
        ({"every-rate": "deep: A", "between": [0, 0.75]}, "0.8, none not within 0 to 0.75"),
        ({"better": ["deep: A", "deep: D"]}, "`deep: D` is none of deep: A, deep: B, deep: C"),
        ({"level": ["deep: A", "deep: C"]}, "is no claim"),
        ({"score": "deep: A", "betwen": [0, 1]}, "`score` has no betwen"),
        ({"ahead": ["deep: A", "deep: B"]}, "is no claim"),
        ({"score": "deep: A", "of": "beauty", "between": [0, 1]}, "is no claim"),
        ({"results": "large", "score": "deep: A", "between": [0, 1]}, "the page names no results `large`"),
    ],
)
def test_a_claim_that_the_numbers_do_not_bear_out_is_named(claim: dict[str, Any], expected: str) -> None:
    assert expected in fault({"results": "small", **claim}, {"small": TABLE})
