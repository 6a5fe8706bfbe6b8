"""Comparisons of the lessons: `python -m bench.compare run NAME`, in .venv-addons, with BOOK_DATASETS set.

run NAME     make the runs that are not in bench/comparisons/results/NAME.jsonl yet; may be killed at any time
check NAME   train some of the runs again, and see that they and the table say the same
table NAME   write notebooks/results/NAME.json, which the lessons read; needs no TensorFlow
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import platform
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from bench.comparisons import data
from bench.comparisons.plan import Contender, Experiment, Plan
from bench.comparisons.results import Results, ResultsError, Run, read, resumed
from bench.comparisons.summary import choose, table
from book.errors import BookError, ProjectError
from book.files import write_atomic
from book.runtime.kernel import versions

RESULTS = Path(__file__).parent / "comparisons" / "results"
TABLES = Path(__file__).parents[1] / "notebooks" / "results"
NAMES = (
    "depth",
    "small-batches",
    "optimizers",
    "choosing",
    "reuters-text",
    "recurrent",
    "weight-norm",
    "known-results",
)

Load = Callable[[str], Experiment]


def load(name: str) -> Experiment:
    """The experiment of this name. Imports TensorFlow."""
    if name not in NAMES:
        raise ProjectError(f"there is no experiment `{name}`; there are {', '.join(NAMES)}")
    if not find_spec("keras"):
        raise ProjectError("this Python has no Keras: take .venv-addons/bin/python")
    data.install()
    experiment: Experiment = import_module(f"bench.comparisons.{name.replace('-', '_')}").EXPERIMENT
    return experiment


def missing(results: Results) -> Iterator[tuple[Contender, float, int]]:
    """The runs that are still to be made. The judged ones follow once the rate can be chosen."""
    for contender in results.plan.contenders:
        for rate, seed in results.plan.tuning(contender):
            if not results.find(contender, rate, seed):
                yield contender, rate, seed
        choice = choose(results, contender)
        for seed in results.plan.judged_seeds if choice else ():
            if choice and not results.find(contender, choice.rate, seed):
                yield contender, choice.rate, seed


def make(experiment: Experiment, contender: Contender, rate: float, seed: int) -> Run:
    """Train one run."""
    start = time.perf_counter()
    outcome = experiment.train(contender, rate, seed)
    return Run(
        condition=contender.condition,
        contender=contender.name,
        rate=rate,
        seed=seed,
        updates=outcome.updates,
        curves=outcome.curves,
        measures=outcome.measures,
        seconds=round(time.perf_counter() - start, 2),
        date=datetime.now(UTC).replace(microsecond=0).isoformat(),
        versions=versions(),
        data=experiment.data(),
        machine=machine(),
    )


def machine() -> str:
    """The kind of processor, and how many cores."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{models[0] if models else platform.machine()}, {os.cpu_count()} cores"


def run(experiment: Experiment, folder: Path, tables: Path) -> None:
    """Make what is missing, and write the table."""
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        results = resumed(_path(folder, experiment.plan), experiment.plan)
        results.save()
        for contender, rate, seed in missing(results):
            made = make(experiment, contender, rate, seed)
            results.add(made)
            last = made.curves[f"val_{experiment.plan.metric}"][-1]
            print(f"{made}: validation {experiment.plan.metric} {last}, {made.seconds} s", flush=True)
    tabulate(results, tables)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Within, no other process makes runs for this folder; the second waits, and says so.

    Not `book.lock`: the Python that trains has none of the site's packages.
    """
    opened = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print(f"waiting for another run to be done with {folder}", flush=True)
            fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)


def tabulate(results: Results, tables: Path) -> None:
    write_atomic(_table_path(results, tables), _table_text(results))


def _table_path(results: Results, tables: Path) -> Path:
    return tables / results.path.with_suffix(".json").name


def _table_text(results: Results) -> str:
    return json.dumps(table(results), indent=1, ensure_ascii=False) + "\n"


def _path(folder: Path, plan: Plan) -> Path:
    return folder / f"{plan.name}.jsonl"


def stale(results: Results, tables: Path) -> list[BookError]:
    """What is wrong with stored results, as far as it shows without training."""
    found: list[BookError] = []
    if left := sum(1 for _ in missing(results)):
        found.append(ResultsError(f"{left} runs or more are missing: go on with `run`", results.path))
    path = _table_path(results, tables)
    if not path.exists() or path.read_text(encoding="utf-8") != _table_text(results):
        found.append(ResultsError("is not what the runs give: write it again with `table`", path))
    return found


def check(experiment: Experiment, folder: Path, tables: Path, sample: int, seed: int | None) -> list[BookError]:
    """Findings: what is stale, and which of the repeated runs came out otherwise."""
    results = read(_path(folder, experiment.plan))
    found = stale(results, tables)
    if results.plan != experiment.plan:
        found.append(ResultsError("the plan is not the experiment's of today: go on with `run`", results.path))
    contenders = {(each.condition, each.name): each for each in experiment.plan.contenders}
    known = [(line, old) for line, old in enumerate(results.runs, start=2) if old.key[:2] in contenders]
    for line, old in sorted(random.Random(seed).sample(known, min(sample, len(known)))):
        new = make(experiment, contenders[old.key[:2]], old.rate, old.seed)
        problem = difference(experiment.plan, old, new)
        print(f"{old}: {problem or 'as before'}", flush=True)
        if problem:
            found.append(ResultsError(f"{old}: {problem}", results.path, line))
    return found


def difference(plan: Plan, old: Run, new: Run) -> str:
    """How a repeated run differs from the stored one by more than the plan's tolerance; empty if it does not."""
    if old.data != new.data:
        return f"made from other data: {old.data}, now {new.data}"
    if old.updates != new.updates:
        return f"evaluated after {old.updates} updates, now after {new.updates}"
    if {name: len(curve) for name, curve in old.curves.items()} != {n: len(c) for n, c in new.curves.items()}:
        return "it had other curves, or other lengths of them"
    for name in (name for name in new.curves if name.endswith(f"_{plan.metric}")):
        for updates, before, now in zip(old.updates, old.curves[name], new.curves[name], strict=True):
            if not _close(before, now, plan.tolerance):
                return f"{name} after {updates} updates was {before}, now {now} (tolerance {plan.tolerance})"
    return ""


def _close(before: float | None, now: float | None, tolerance: float) -> bool:
    if before is None or now is None:
        return before is now
    return abs(before - now) <= tolerance


def main(
    arguments: Sequence[str] | None = None, load: Load = load, folder: Path = RESULTS, tables: Path = TABLES
) -> int:
    """The exit status: 0, 1 where there are findings, 2 where it could not run."""
    parser = argparse.ArgumentParser(prog="python -m bench.compare", description="The comparisons of the lessons.")
    parser.add_argument("command", choices=["run", "check", "table"])
    parser.add_argument("names", metavar="NAME", nargs="+", help="an experiment")
    parser.add_argument("--sample", type=int, default=3, help="check: how many runs are trained again (3)")
    parser.add_argument("--seed", type=int, help="check: draws the sample; another one each time without it")
    options = parser.parse_args(arguments)
    findings: list[BookError] = []
    try:
        for name in options.names:
            if options.command == "run":
                run(load(name), folder, tables)
            elif options.command == "table":
                tabulate(read(folder / f"{name}.jsonl"), tables)
            else:
                findings += check(load(name), folder, tables, options.sample, options.seed)
    except BookError as error:
        print(error, file=sys.stderr)
        return 2
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
