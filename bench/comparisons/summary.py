"""From runs to a table: the rate chosen on validation data, test scores by seed, differences paired by seed.

Each interval is that of one pair: where many pairs are read at once, one in twenty misses by chance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import mean, stdev
from typing import Any

from bench.comparisons.plan import Contender, Curve
from bench.comparisons.results import Results, Run

# Student's t, 97.5th percentile, by degrees of freedom from 1.
T_975 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """The rate, and the place in the curves, at which a contender is judged."""

    rate: float
    evaluation: int  # index in the curves


def choose(results: Results, contender: Contender) -> Choice | None:
    """The choice on validation data alone; None while a tuning run is missing."""
    plan = results.plan
    if len(contender.rates) == 1:
        return Choice(contender.rates[0], -1)
    best: tuple[float, Choice] | None = None
    for rate in sorted(contender.rates):
        runs = [results.find(contender, rate, seed) for seed in plan.tuning_seeds]
        curves = [run.curves[f"val_{plan.metric}"] for run in runs if run]
        if len(curves) < len(runs):
            return None
        for evaluation in range(len(curves[0])) if plan.choose_evaluation else [-1]:
            score = _goodness(plan.metric, [curve[evaluation] for curve in curves])
            if best is None or score > best[0]:
                best = score, Choice(rate, evaluation)
    return best[1] if best else None


def _goodness(metric: str, values: Curve) -> float:
    """The mean, the higher the better; a run that is no longer finite makes it the worst."""
    finite = [value for value in values if value is not None]
    if len(finite) < len(values):
        return -math.inf
    return mean(finite) if metric == "accuracy" else -mean(finite)


def interval(differences: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of the mean of differences, by Student's t. At most 31 of them."""
    half = T_975[len(differences) - 2] * stdev(differences) / math.sqrt(len(differences))
    return mean(differences) - half, mean(differences) + half


def judged(results: Results, contender: Contender) -> tuple[Choice, list[Run]] | None:
    """The choice and the judged runs in the order of seeds; None while one is missing."""
    choice = choose(results, contender)
    if choice is None:
        return None
    runs = [results.find(contender, choice.rate, seed) for seed in results.plan.judged_seeds]
    found = [run for run in runs if run]
    return (choice, found) if len(found) == len(runs) else None


def table(results: Results) -> dict[str, Any]:
    """What the lessons read. Contenders that lack runs are listed as unfinished, and nothing is said about them."""
    plan, done = results.plan, {}
    for contender in plan.contenders:
        if found := judged(results, contender):
            done[contender] = found
    scores = {each: _scores(plan.metric, *found) for each, found in done.items()}
    runs = results.runs
    return {
        "experiment": plan.name,
        "question": plan.question,
        "metric": plan.metric,
        "sizes": dict(plan.sizes),
        "replication": plan.replication,
        "seeds": {"tuning": plan.tuning_seeds, "judged": plan.judged_seeds},
        "contenders": [_row(results, each, *done[each], scores[each]) for each in done],
        "differences": _differences(scores),
        "unfinished": [str(each) for each in plan.contenders if each not in done],
        "runs": len(runs),
        "seconds": round(sum(run.seconds for run in runs)),
        "dates": sorted({run.date[:10] for run in runs}),
        "versions": runs[-1].versions if runs else {},
        "data": runs[-1].data if runs else {},
        "machines": sorted({run.machine for run in runs}),
    }


def _scores(metric: str, choice: Choice, runs: list[Run]) -> Curve:
    return [run.curves[f"test_{metric}"][choice.evaluation] for run in runs]


def _row(results: Results, contender: Contender, choice: Choice, runs: list[Run], scores: Curve) -> dict[str, Any]:
    finite = [score for score in scores if score is not None]
    whole = len(finite) == len(scores)
    rates = sorted(contender.rates)
    return {
        "condition": contender.condition,
        "contender": contender.name,
        "rate": choice.rate,
        "rate_at_edge": len(rates) > 1 and choice.rate in (rates[0], rates[-1]),
        "updates": runs[0].updates[choice.evaluation],
        "test": {
            name.removeprefix("test_"): [run.curves[name][choice.evaluation] for run in runs]
            for name in runs[0].curves
            if name.startswith("test_")
        },
        "mean": _rounded(mean(finite)) if whole else None,
        "deviation": _rounded(stdev(finite)) if whole else None,
        "validation_by_rate": {f"{rate:g}": _validation(results, contender, rate) for rate in rates},
        "evaluated_at": runs[0].updates,
        "curves": {name: _mean_curve([run.curves[name] for run in runs]) for name in runs[0].curves},
        "measures": {name: [run.measures.get(name) for run in runs] for name in runs[0].measures},
    }


def _validation(results: Results, contender: Contender, rate: float) -> Curve:
    """The last validation metric of each tuning run with this rate."""
    runs = [results.find(contender, rate, seed) for seed in results.plan.tuning_seeds]
    return [run.curves[f"val_{results.plan.metric}"][-1] for run in runs if run]


def _mean_curve(curves: list[Curve]) -> Curve:
    means: Curve = []
    for values in zip(*curves, strict=True):
        finite = [value for value in values if value is not None]
        means.append(_rounded(mean(finite)) if len(finite) == len(values) else None)
    return means


def _differences(scores: dict[Contender, Curve]) -> list[dict[str, Any]]:
    """First minus second for each pair within a condition, where all runs are finite."""
    rows = []
    for (one, first), (other, second) in combinations(scores.items(), 2):
        pairs = list(zip(first, second, strict=True))
        by_seed = [a - b for a, b in pairs if a is not None and b is not None]
        if one.condition != other.condition or len(by_seed) < len(pairs):
            continue
        low, high = interval(by_seed)
        rows.append(
            {
                "condition": one.condition,
                "first": one.name,
                "second": other.name,
                "mean": _rounded(mean(by_seed)),
                "low": _rounded(low),
                "high": _rounded(high),
                "by_seed": [_rounded(each) for each in by_seed],
            }
        )
    return rows


def _rounded(value: float) -> float:
    return round(value, 5)
