"""What an experiment compares, as plain data, and the function that trains one run of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from book.errors import ProjectError

Curve = list[float | None]  # one value for each evaluation; None where it is not a finite number
FEWEST_RATES = 4
FEWEST_SEEDS, MOST_SEEDS = 5, 31


@dataclass(frozen=True)
class Contender:
    """One of those compared; differences are taken between the contenders of one condition."""

    name: str
    rates: tuple[float, ...]
    condition: str = ""

    def __str__(self) -> str:
        return f"{self.condition}: {self.name}" if self.condition else self.name


@dataclass(frozen=True)
class Plan:
    """All that has to be known to choose, judge and repeat.

    Each contender gets the rate at which the mean validation metric over `tuning_seeds` is best, at the last
    evaluation or, with `choose_evaluation`, at the best one. It is judged by its test metric over `judged_seeds`.
    A plan with a `replication` repeats what this source did, so that it may have a single rate.
    """

    name: str
    question: str
    contenders: tuple[Contender, ...]
    sizes: Mapping[str, Any]
    metric: str = "accuracy"  # or "loss"
    choose_evaluation: bool = False
    tuning_seeds: tuple[int, ...] = (100, 101)
    judged_seeds: tuple[int, ...] = (0, 1, 2, 3, 4)
    tolerance: float = 0.02  # by how much a repeated run may differ, at any evaluation, in the metric
    replication: str = ""

    def __post_init__(self) -> None:
        for problem in self._problems():
            raise ProjectError(f"experiment `{self.name}`: {problem}")

    def _problems(self) -> list[str]:
        problems = []
        if self.metric not in ("accuracy", "loss"):
            problems.append(f"metric `{self.metric}` is neither accuracy nor loss")
        if not FEWEST_SEEDS <= len(set(self.judged_seeds)) <= MOST_SEEDS:
            problems.append(f"{len(set(self.judged_seeds))} judged seeds, not {FEWEST_SEEDS} to {MOST_SEEDS}")
        if set(self.judged_seeds) & set(self.tuning_seeds):
            problems.append("a seed both chooses and judges")
        if len({(each.condition, each.name) for each in self.contenders}) < len(self.contenders):
            problems.append("two contenders of one condition have the same name")
        if not self.replication:
            few = [each for each in self.contenders if len(set(each.rates)) < FEWEST_RATES]
            problems += [f"contender `{each}` has fewer than {FEWEST_RATES} learning rates" for each in few]
        return problems

    def tuning(self, contender: Contender) -> list[tuple[float, int]]:
        """The rates and seeds among which the rate of `contender` is chosen; none where there is one rate."""
        rates = contender.rates if len(contender.rates) > 1 else ()
        return [(rate, seed) for rate in rates for seed in self.tuning_seeds]

    def as_json(self) -> dict[str, Any]:
        """The plan as it stands in the first line of the results."""
        return asdict(self)

    @classmethod
    def from_json(cls, entries: dict[str, Any]) -> Plan:
        """The plan that `as_json` gave. Raises KeyError, TypeError or ProjectError where it is none."""
        known = dict(entries)
        known["contenders"] = tuple(Contender(**{**c, "rates": tuple(c["rates"])}) for c in known["contenders"])
        for key in ("tuning_seeds", "judged_seeds"):
            known[key] = tuple(known[key])
        return cls(**known)


@dataclass(frozen=True)
class Outcome:
    """What one training gave: after so many `updates`, these values.

    Curves are named SPLIT_METRIC: train_loss, val_accuracy, test_loss. Measures are single numbers, such as times.
    """

    updates: list[int]
    curves: dict[str, Curve]
    measures: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Experiment:
    """A plan, how one run of it is trained (contender, rate, seed), and the fingerprints of the data it read."""

    plan: Plan
    train: Callable[[Contender, float, int], Outcome]
    data: Callable[[], dict[str, str]]
