"""What a sentence of a page says about stored results, and whether the table bears it out.

A Markdown cell states its claims in its metadata (`claims`). Each names a table (`results`), and one of these about
contenders, which are called "CONDITION: NAME":

better A B          A is ahead of B: the 95 % interval of the difference, paired by seed, does not include 0
level A B           it includes 0, and lies between -`within` and `within`
difference A B      the mean of A minus B lies `between` two numbers
score A             so does the mean over the judged seeds
rate A              so does the rate that was chosen
every-rate A        so does each run that the rate was chosen by, at every rate

`of` names what is meant: another metric than the table's own, as `loss`, or a measure.
"""

from __future__ import annotations

from collections.abc import Mapping
from statistics import mean
from typing import Any

from bench.comparisons.summary import interval

Claim = Mapping[str, Any]
Table = Mapping[str, Any]
_KINDS = ("better", "level", "difference", "score", "rate", "every-rate")
_NEEDS = {"better": set[str](), "level": {"within"}}
_HIGHER = {"accuracy": 1, "loss": -1}  # which way is better


def fault(claim: Claim, tables: Mapping[str, Table]) -> str:
    """Why the claim does not hold, or is none; empty where it holds."""
    try:
        return _fault(claim, tables)
    except (KeyError, TypeError, ValueError, LookupError) as error:
        return f"is no claim as bench/comparisons/claims.py has them: {error}"


def _fault(claim: Claim, tables: Mapping[str, Table]) -> str:
    (kind,) = (name for name in _KINDS if name in claim)
    unknown = claim.keys() - {"results", "of", kind} - _NEEDS.get(kind, {"between"})
    if unknown:
        raise ValueError(f"`{kind}` has no {', '.join(sorted(unknown))}")
    if claim["results"] not in tables:
        raise ValueError(f"the page names no results `{claim['results']}`")
    table = tables[claim["results"]]
    named = [claim[kind]] if isinstance(claim[kind], str) else list(claim[kind])
    if len(named) != (1 if kind in ("score", "rate", "every-rate") else 2):
        raise ValueError(f"`{kind}` of {len(named)}")
    rows = [_row(table, name) for name in named]
    metric = claim.get("of", table["metric"])
    if kind == "rate":
        return _outside(claim, [rows[0]["rate"]])
    if kind == "every-rate":
        return _outside(claim, [value for values in rows[0]["validation_by_rate"].values() for value in values])
    scores = [_scores(row, metric) for row in rows]
    if kind == "score":
        return _outside(claim, [mean(scores[0])])
    differences = [a - b for a, b in zip(*scores, strict=True)]
    if kind == "difference":
        return _outside(claim, [mean(differences)])
    low, high = interval(differences)
    found = f"{named[0]} minus {named[1]} is {mean(differences):.4f} [{low:.4f}, {high:.4f}]"
    if kind == "better":
        sign = _HIGHER[metric]
        return "" if min(sign * low, sign * high) > 0 else f"{found}: no lead"
    holds = low <= 0 <= high and max(-low, high) <= claim["within"]
    return "" if holds else f"{found}: not level within {claim['within']}"


def _row(table: Table, name: str) -> Mapping[str, Any]:
    rows: dict[str, Mapping[str, Any]] = {
        f"{row['condition']}: {row['contender']}".removeprefix(": "): row for row in table["contenders"]
    }
    if name not in rows:
        raise ValueError(f"`{name}` is none of {', '.join(rows)}")
    return rows[name]


def _scores(row: Mapping[str, Any], metric: str) -> list[float]:
    values: list[float | None] = row["test"].get(metric) or row["measures"][metric]
    finite = [value for value in values if value is not None]
    if len(finite) < len(values):
        raise ValueError(f"{row['contender']} has runs whose {metric} is no number")
    return finite


def _outside(claim: Claim, values: list[float | None]) -> str:
    low, high = claim["between"]
    wrong = [value for value in values if value is None or not low <= value <= high]
    shown = ", ".join("none" if value is None else f"{value:.5g}" for value in wrong)
    return f"{shown} not within {low} to {high}" if wrong else ""
