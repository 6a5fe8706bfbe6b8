"""The runs of an experiment in a JSON-lines file: the plan in the first line, then one run a line."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.comparisons.plan import Contender, Curve, Plan
from book.errors import BookError
from book.files import write_atomic


class ResultsError(BookError):
    """A file of results cannot be read, or does not belong to the experiment."""

    rule = "results"


@dataclass(frozen=True)
class Run:
    """One training of one contender: what it gave, and what it depended on."""

    condition: str
    contender: str
    rate: float
    seed: int
    updates: list[int]
    curves: dict[str, Curve]
    measures: dict[str, float]
    seconds: float
    date: str
    versions: dict[str, str]
    data: dict[str, str]
    machine: str

    def __post_init__(self) -> None:
        if not isinstance(self.rate, float | int) or not isinstance(self.seed, int):
            raise ValueError("rate and seed should be numbers")
        if any(len(curve) != len(self.updates) for curve in self.curves.values()):
            raise ValueError("each curve should have a value for each of `updates`")

    @property
    def key(self) -> tuple[str, str, float, int]:
        return self.condition, self.contender, self.rate, self.seed

    def last(self, metric: str) -> str:
        """The last value, with its name; a replication that chooses nothing has no validation data."""
        name = f"val_{metric}" if f"val_{metric}" in self.curves else f"test_{metric}"
        return f"{name} {self.curves[name][-1]}"

    def __str__(self) -> str:
        return f"{Contender(self.contender, (), self.condition)}, rate {self.rate:g}, seed {self.seed}"


@dataclass
class Results:
    """The plan and the runs that stand in `path`."""

    path: Path
    plan: Plan
    runs: list[Run]

    def find(self, contender: Contender, rate: float, seed: int) -> Run | None:
        """The run of a contender with this rate and seed, where it was made."""
        key = (contender.condition, contender.name, rate, seed)
        return next((run for run in self.runs if run.key == key), None)

    def add(self, run: Run) -> None:
        """Keep one more run; the file is replaced as a whole, so that a kill leaves the old one or the new one."""
        self.runs.append(run)
        self.save()

    def save(self) -> None:
        lines = [self.plan.as_json(), *(asdict(run) for run in self.runs)]
        write_atomic(self.path, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))


def read(path: Path) -> Results:
    """The results in `path`. Raises ResultsError, which names the line, where they cannot be relied on."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ResultsError(f"cannot be read ({error}); make it with `python -m bench.compare run`", path) from error
    if not lines:
        raise ResultsError("is empty: the first line should hold the plan", path)
    results = Results(path, _parsed(path, 1, lines[0], Plan.from_json), [])
    for number, line in enumerate(lines[1:], start=2):
        run = _parsed(path, number, line, lambda entries: Run(**entries))
        if any(run.key == other.key for other in results.runs):
            raise ResultsError(f"the run ({run}) stands here a second time", path, number)
        expected = results.runs[0].curves if results.runs else {f"test_{results.plan.metric}": []}
        if not set(expected) <= set(run.curves):
            raise ResultsError(f"the run ({run}) lacks one of the curves {', '.join(expected)}", path, number)
        results.runs.append(run)
    return results


def _parsed(path: Path, number: int, line: str, make: Any) -> Any:
    try:
        return make(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError, BookError) as error:
        what = "plan" if number == 1 else "run"
        raise ResultsError(f"is no {what} as this version writes it: {error}", path, number) from error


def resumed(path: Path, plan: Plan) -> Results:
    """The results in `path` with the plan of today, or none yet.

    Contenders, rates and seeds may have been added since; what a run depends on may not have changed.
    """
    if not path.exists():
        return Results(path, plan, [])
    results = read(path)
    if dict(results.plan.sizes) != dict(plan.sizes):
        raise ResultsError("its runs were made with other sizes: move it away, or take the old sizes", path, 1)
    results.plan = plan
    return results
