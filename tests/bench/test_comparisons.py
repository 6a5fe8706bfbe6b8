"""The harness of the lessons' comparisons, with an experiment that trains nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bench.compare import NAMES, RESULTS, TABLES, main, stale
from bench.comparisons.plan import Contender, Curve, Experiment, Outcome, Plan
from bench.comparisons.results import read
from bench.comparisons.summary import T_975, interval
from book.errors import ProjectError

RATES = (0.01, 0.1, 0.3, 1.0)
PLAN = Plan(
    name="fake",
    question="Which is better?",
    contenders=(Contender("plain", RATES, "small"), Contender("normed", RATES, "small"), Contender("plain", RATES)),
    sizes={"samples": 10},
    tuning_seeds=(100, 101),
    judged_seeds=(0, 1, 2, 3, 4),
    tolerance=0.01,
)
# Validation is best at 0.1, test at 0.3: a choice by test data would show.
VALIDATION = {0.01: 0.5, 0.1: 0.8, 0.3: 0.7, 1.0: 0.6}
TEST = {0.01: 0.4, 0.1: 0.6, 0.3: 0.9, 1.0: 0.5}
LEAD = (0.01, 0.02, 0.03, 0.04, 0.05)  # of the normed one, by judged seed


@dataclass
class Fake:
    """An experiment in a folder, and the runs that it was asked for."""

    folder: Path
    plan: Plan = PLAN
    asked: list[tuple[str, float, int]] = field(default_factory=list)
    data: dict[str, str] = field(default_factory=lambda: {"MNIST": "06af"})
    curves: Callable[[Contender, float, int], dict[str, Curve]] | None = None
    killed_at: int = -1

    def train(self, contender: Contender, rate: float, seed: int) -> Outcome:
        if len(self.asked) == self.killed_at:
            raise KeyboardInterrupt
        self.asked.append((str(contender), rate, seed))
        return Outcome([10, 20], (self.curves or two_points)(contender, rate, seed), {"ratio": 1.5})

    def main(self, *arguments: str) -> int:
        experiment = Experiment(self.plan, self.train, lambda: self.data)
        return main(arguments, load=lambda name: experiment, folder=self.folder, tables=self.tables)

    @property
    def path(self) -> Path:
        return self.folder / "fake.jsonl"

    @property
    def tables(self) -> Path:
        return self.folder / "tables"

    def table(self) -> dict[str, Any]:
        made: dict[str, Any] = json.loads((self.tables / "fake.json").read_text())
        return made

    def edit(self, number: int, change: Callable[[dict[str, Any]], object]) -> None:
        """Change the entries of a line, counted from 1, as a tamperer would."""
        lines = self.path.read_text().splitlines()
        entries = json.loads(lines[number - 1])
        change(entries)
        lines[number - 1] = json.dumps(entries)
        self.path.write_text("\n".join(lines) + "\n")


def two_points(contender: Contender, rate: float, seed: int) -> dict[str, Curve]:
    lead = LEAD[seed] if contender.name == "normed" and seed < 5 else 0
    return {"val_accuracy": [0.1, VALIDATION[rate]], "test_accuracy": [0.1, TEST[rate] + 0.01 * (seed % 5) + lead]}


@pytest.fixture
def fake(tmp_path: Path) -> Fake:
    return Fake(tmp_path / "results")


def row(made: dict[str, Any], name: str, condition: str = "small") -> dict[str, Any]:
    return next(r for r in made["contenders"] if (r["contender"], r["condition"]) == (name, condition))


def test_the_rate_is_chosen_on_validation_data_and_judged_on_test_data(fake: Fake) -> None:
    assert fake.main("run", "fake") == 0
    plain = row(fake.table(), "plain")
    assert plain["rate"] == 0.1
    assert plain["test"]["accuracy"] == pytest.approx([0.6, 0.61, 0.62, 0.63, 0.64])
    assert plain["mean"] == pytest.approx(0.62)
    assert plain["deviation"] == pytest.approx(0.01581, abs=1e-5)  # sqrt(0.001 / 4): n - 1, not n
    assert plain["validation_by_rate"]["0.3"] == [0.7, 0.7]


def test_a_run_needs_each_rate_with_the_tuning_seeds_and_one_rate_with_the_judged_seeds(fake: Fake) -> None:
    fake.main("run", "fake")
    asked = [(rate, seed) for name, rate, seed in fake.asked if name == "small: plain"]
    assert asked == [*((rate, seed) for rate in RATES for seed in (100, 101)), *((0.1, seed) for seed in range(5))]


def test_a_rate_at_the_end_of_its_grid_is_marked(fake: Fake) -> None:
    fake.main("run", "fake")
    assert not row(fake.table(), "plain")["rate_at_edge"]
    other = Fake(fake.folder / "other")
    other.curves = lambda contender, rate, seed: {"val_accuracy": [0, rate], "test_accuracy": [0, seed / 10]}
    other.main("run", "fake")
    assert row(other.table(), "plain")["rate_at_edge"]


def test_differences_are_paired_by_seed_with_the_interval_of_students_t(fake: Fake) -> None:
    fake.main("run", "fake")
    (difference,) = fake.table()["differences"]  # the third contender stands under another condition
    assert (difference["first"], difference["second"], difference["condition"]) == ("plain", "normed", "small")
    assert difference["by_seed"] == pytest.approx([-lead for lead in LEAD])
    # By hand: mean 0.03, deviation sqrt(0.001 / 4), half width 2.776 * 0.0158114 / sqrt(5) = 0.019629.
    assert difference["mean"] == pytest.approx(-0.03)
    assert (difference["low"], difference["high"]) == pytest.approx((-0.04963, -0.01037), abs=1e-5)


def test_the_interval_is_the_one_of_a_textbook() -> None:
    # Sleep gained with two drugs (Student 1908): paired differences, mean 1.58, t = 4.06, interval 0.70 to 2.46.
    gained = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]
    assert interval(gained) == pytest.approx((0.7001, 2.4599), abs=1e-3)


def test_the_percentiles_fall_towards_those_of_the_normal_distribution() -> None:
    steps = [a - b for a, b in pairwise(T_975)]
    assert all(step > 0 for step in steps)
    assert T_975[-1] > 1.96
    assert len(T_975) == 30


def test_the_evaluation_is_chosen_too_where_the_plan_says_so(fake: Fake) -> None:
    def early(contender: Contender, rate: float, seed: int) -> dict[str, Curve]:
        return {"val_loss": [1 - VALIDATION[rate], 2.0], "test_loss": [0.5 + seed / 10, 3.0]}

    fake.curves = early
    fake.plan = replace(PLAN, metric="loss", choose_evaluation=True)
    fake.main("run", "fake")
    plain = row(fake.table(), "plain")
    assert (plain["rate"], plain["updates"], plain["mean"]) == (0.1, 10, pytest.approx(0.7))


def test_a_rate_at_which_a_run_diverged_is_not_chosen(fake: Fake) -> None:
    def unstable(contender: Contender, rate: float, seed: int) -> dict[str, Curve]:
        curves = two_points(contender, rate, seed)
        return curves | ({"val_accuracy": [0.1, None]} if rate == 0.1 and seed == 101 else {})

    fake.curves = unstable
    fake.main("run", "fake")
    assert row(fake.table(), "plain")["rate"] == 0.3


def test_a_judged_run_that_diverged_has_no_mean_and_is_not_compared(fake: Fake) -> None:
    def unstable(contender: Contender, rate: float, seed: int) -> dict[str, Curve]:
        curves = two_points(contender, rate, seed)
        return curves | ({"test_accuracy": [0.1, None]} if contender.name == "normed" and seed == 3 else {})

    fake.curves = unstable
    fake.main("run", "fake")
    made = fake.table()
    assert row(made, "normed")["test"]["accuracy"][3] is None
    assert row(made, "normed")["mean"] is None
    assert made["differences"] == []


@pytest.mark.parametrize("killed_at", [0, 5, 20])
def test_a_killed_run_goes_on_where_it_was(fake: Fake, tmp_path: Path, killed_at: int) -> None:
    whole = Fake(tmp_path / "whole")
    whole.main("run", "fake")
    fake.killed_at = killed_at
    with pytest.raises(KeyboardInterrupt):
        fake.main("run", "fake")
    assert len(read(fake.path).runs) == killed_at
    fake.killed_at = -1
    fake.main("run", "fake")
    assert fake.asked == whole.asked  # none twice, none left out, in the same order
    assert row(fake.table(), "normed") == row(whole.table(), "normed")


def test_a_kill_while_a_run_is_being_written_leaves_the_file_as_it_was(
    fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.killed_at = 3
    with pytest.raises(KeyboardInterrupt):
        fake.main("run", "fake")
    before = fake.path.read_bytes()
    fake.killed_at = -1

    def killed(path: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            fake.main("run", "fake")
    assert fake.path.read_bytes() == before
    assert fake.main("run", "fake") == 0
    assert [path.name for path in fake.folder.iterdir() if path.name.startswith(".")] == []


def test_a_finished_experiment_trains_nothing_more(fake: Fake) -> None:
    fake.main("run", "fake")
    before, count = fake.path.read_bytes(), len(fake.asked)
    assert fake.main("run", "fake") == 0
    assert (fake.path.read_bytes(), len(fake.asked)) == (before, count)


def test_a_contender_that_is_added_later_gets_its_runs(fake: Fake) -> None:
    fake.main("run", "fake")
    del fake.asked[:]
    fake.plan = replace(PLAN, contenders=(*PLAN.contenders, Contender("late", RATES)))
    fake.main("run", "fake")
    assert {name for name, _, _ in fake.asked} == {"late"}
    assert row(fake.table(), "late", "")["rate"] == 0.1


def test_the_table_names_what_is_unfinished_and_says_nothing_else_about_it(fake: Fake) -> None:
    fake.killed_at = 20
    with pytest.raises(KeyboardInterrupt):
        fake.main("run", "fake")
    assert fake.main("table", "fake") == 0
    made = fake.table()
    assert made["unfinished"] == ["small: normed", "plain"]
    assert [each["contender"] for each in made["contenders"]] == ["plain"]
    assert made["differences"] == []


def test_every_run_tells_what_it_depended_on(fake: Fake) -> None:
    fake.main("run", "fake")
    run = read(fake.path).runs[0]
    assert run.data == {"MNIST": "06af"}
    assert run.versions["Python"]
    assert run.date.endswith("+00:00")
    assert "cores" in run.machine
    assert run.measures == {"ratio": 1.5}


def test_runs_that_come_out_as_before_pass_the_check(fake: Fake, capsys: pytest.CaptureFixture[str]) -> None:
    fake.main("run", "fake")
    del fake.asked[:]
    capsys.readouterr()
    assert fake.main("check", "fake", "--sample", "4") == 0
    assert len(fake.asked) == 4
    assert capsys.readouterr().out.count("as before") == 4


@pytest.mark.parametrize(
    ("curve", "value", "found"),
    [("val_accuracy", 0.9, True), ("test_accuracy", 0.9, True), ("val_accuracy", 0.509, False)],
    ids=["validation", "test", "within-the-tolerance"],
)
def test_the_check_finds_a_tampered_run(
    fake: Fake, capsys: pytest.CaptureFixture[str], curve: str, value: float, found: bool
) -> None:
    fake.main("run", "fake")
    fake.edit(2, lambda entries: entries["curves"].update({curve: [0.1, value]}))
    fake.main("table", "fake")
    capsys.readouterr()
    assert fake.main("check", "fake", "--sample", "1000") == int(found)
    last = capsys.readouterr().out.splitlines()[-1]
    if found:
        assert "fake.jsonl:2: small: plain, rate 0.01, seed 100: " in last
        assert f"{curve} after 20 updates was {value}" in last
    else:
        assert last.endswith("as before")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda run: run.update(data={"MNIST": "beef"}), "made from other data"),
        (lambda run: run.update(updates=[5, 20]), "evaluated after [5, 20] updates"),
        (lambda run: run["curves"].update(val_loss=[0.5, 0.5]), "other curves"),
        (lambda run: run["curves"].update(val_accuracy=[None, 0.5]), "was None"),
    ],
    ids=["data", "updates", "curves", "not-finite"],
)
def test_the_check_finds_runs_of_another_kind(
    fake: Fake, capsys: pytest.CaptureFixture[str], change: Callable[[dict[str, Any]], object], message: str
) -> None:
    fake.main("run", "fake")
    fake.edit(12, change)  # a judged run, so that the table still stands
    fake.main("table", "fake")
    assert fake.main("check", "fake", "--sample", "1000") == 1
    assert message in capsys.readouterr().out.splitlines()[-1]


def test_the_check_finds_a_table_that_the_runs_do_not_give(fake: Fake, capsys: pytest.CaptureFixture[str]) -> None:
    fake.main("run", "fake")
    path = fake.tables / "fake.json"
    path.write_text(path.read_text().replace('"rate": 0.1', '"rate": 0.3'))
    assert fake.main("check", "fake") == 1
    assert "fake.json:1: is not what the runs give: write it again with `table` (results)" in capsys.readouterr().out


def test_the_check_finds_runs_that_are_missing(fake: Fake, capsys: pytest.CaptureFixture[str]) -> None:
    fake.main("run", "fake")
    lines = fake.path.read_text().splitlines(keepends=True)
    fake.path.write_text("".join(lines[:-2]))
    fake.main("table", "fake")
    assert fake.main("check", "fake") == 1
    assert "2 runs or more are missing" in capsys.readouterr().out


def test_runs_of_other_sizes_are_not_mixed(fake: Fake, capsys: pytest.CaptureFixture[str]) -> None:
    fake.main("run", "fake")
    before = fake.path.read_bytes()
    fake.plan = replace(PLAN, sizes={"samples": 11})
    assert fake.main("run", "fake") == 2
    assert "fake.jsonl:1: its runs were made with other sizes" in capsys.readouterr().err
    assert fake.path.read_bytes() == before


@pytest.mark.parametrize(
    ("damage", "line", "message"),
    [
        (lambda lines: [*lines[:3], lines[3][:40]], 4, "is no run"),
        (lambda lines: [*lines, lines[2]], len(RATES) * 6 + 17, "stands here a second time"),
        (lambda lines: ["[]", *lines[1:]], 1, "is no plan"),
        (lambda lines: [lines[0], "{}"], 2, "is no run"),
        (lambda lines: [lines[0], lines[1].replace("[10, 20]", "[10]")], 2, "a value for each of `updates`"),
        (lambda lines: [*lines[:5], lines[5].replace("test_accuracy", "test_loss")], 6, "lacks one of the curves"),
        (lambda lines: [lines[0], lines[1].replace("test_accuracy", "test_loss")], 2, "lacks one of the curves"),
        (lambda lines: [], 1, "is empty"),
    ],
    ids=["cut-off", "twice", "no-plan", "no-entries", "short-curve", "curve-gone", "no-curve", "empty"],
)
def test_a_damaged_file_is_named_with_its_line_and_left_alone(
    fake: Fake,
    capsys: pytest.CaptureFixture[str],
    damage: Callable[[list[str]], list[str]],
    line: int,
    message: str,
) -> None:
    fake.main("run", "fake")
    damaged = "".join(each + "\n" for each in damage(fake.path.read_text().splitlines()))
    fake.path.write_text(damaged)
    capsys.readouterr()
    for command in ("run", "check", "table"):
        assert fake.main(command, "fake") == 2
        error = capsys.readouterr().err
        assert f"fake.jsonl:{line}: " in error
        assert message in error
    assert fake.path.read_text() == damaged


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"contenders": (Contender("one", (0.1, 0.2, 0.3)),)}, "contender `one` has fewer than 4 learning rates"),
        ({"contenders": (Contender("one", (0.1, 0.1, 0.2, 0.3)),)}, "fewer than 4 learning rates"),
        ({"judged_seeds": (0, 1, 2, 3)}, "4 judged seeds"),
        ({"judged_seeds": (0, 0, 1, 2, 3)}, "4 judged seeds"),
        ({"judged_seeds": tuple(range(32))}, "32 judged seeds"),
        ({"judged_seeds": (0, 1, 2, 3, 100)}, "a seed both chooses and judges"),
        ({"contenders": 2 * PLAN.contenders[:1]}, "same name"),
        ({"metric": "f1"}, "neither accuracy nor loss"),
    ],
)
def test_a_plan_that_does_not_keep_the_rule_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ProjectError, match=message):
        replace(PLAN, **changes)


def test_a_replication_has_the_rate_of_its_source_and_no_choice(fake: Fake) -> None:
    fake.plan = replace(PLAN, contenders=(Contender("as it was", (0.3,)),), replication="a tutorial")
    fake.main("run", "fake")
    assert [seed for _, _, seed in fake.asked] == [0, 1, 2, 3, 4]
    made = fake.table()
    assert made["replication"] == "a tutorial"
    assert row(made, "as it was", "")["rate"] == 0.3


def test_an_unknown_experiment_is_said_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "nonsense"]) == 2
    assert "there is no experiment `nonsense`; there are depth, " in capsys.readouterr().err


def test_training_without_keras_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bench.compare.find_spec", lambda name: None)
    assert main(["run", "depth"], folder=tmp_path, tables=tmp_path) == 2
    assert capsys.readouterr().err == "this Python has no Keras: take .venv-addons/bin/python (project)\n"


def test_a_table_without_runs_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["table", "depth"], folder=tmp_path, tables=tmp_path) == 2
    assert "depth.jsonl:1: cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize("path", sorted(RESULTS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_each_stored_table_is_what_the_stored_runs_give(path: Path) -> None:
    results = read(path)
    assert results.plan.name == path.stem
    assert path.stem in NAMES
    assert path.stat().st_size < 1_000_000
    assert [str(finding) for finding in stale(results, TABLES) if "table" in finding.message] == []
