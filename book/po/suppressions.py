"""Suppressions: a rule that may be broken in one place, in writing. At an entry by a translator's comment:

    # book: allow numbers -- the language counts in lakh

with several rules separated by commas; at a cell of a notebook, or at the notebook itself, by its metadata:

    "book": {"allow": {"page-style": "the table's colours are what it shows"}}

The reason is asked for; so is that it still silences something.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

RULE = "silence"
_COMMENT = re.compile(r"^book:(.*?)(?=^book:|\Z)", re.MULTILINE | re.DOTALL)
_ALLOW = re.compile(r"allow\s+([\w-]+(?:\s*,\s*[\w-]+)*)\s*(?:--\s*(.*))?")


@dataclass(frozen=True)
class Suppression:
    """Rules that may be broken in one place, and why; without a reason none may."""

    rules: tuple[str, ...]
    reason: str


def suppressions(comment: str) -> list[Suppression]:
    """What a translator's comment silences. A statement that cannot be read silences no rule."""
    return [_read(" ".join(match[1].split())) for match in _COMMENT.finditer(comment)]


def allowances(metadata: Mapping[str, Any]) -> list[Suppression]:
    """What the metadata of a notebook or a cell silences. What cannot be read silences no rule."""
    about = metadata.get("book")
    allowed = about.get("allow", {}) if isinstance(about, dict) else {}
    if not isinstance(allowed, dict) or not all(isinstance(reason, str) for reason in allowed.values()):
        return [Suppression((), "")]
    return [Suppression((rule,), reason.strip()) for rule, reason in allowed.items()]


def reason_for(rule: str, found: Iterable[Suppression]) -> str:
    """Why `rule` is silenced; empty where it is not."""
    return next((each.reason for each in found if rule in each.rules), "")


def faults(
    found: Iterable[Suppression], known: Collection[str], safety: Collection[str], broken: set[str]
) -> Iterator[str]:
    """What is wrong with an entry's suppressions, given the names of all rules, of those that cannot be silenced, and
    of those that the entry breaks."""
    for each in found:
        if not each.rules:
            yield "cannot be read; write `book: allow RULE -- the reason`"
        elif not each.reason:
            yield f"`book: allow {', '.join(each.rules)}` gives no reason; add ` -- ` and why"
        for rule in each.rules:
            if rule not in known:
                yield f"`{rule}` is no rule that can be silenced; `book check --rules` lists them"
            elif rule in safety:
                yield f"`{rule}` keeps readers safe and cannot be silenced; mend the translation"
            elif rule not in broken:
                yield f"`book: allow {rule}` silences nothing; remove it"


def allowance_faults(found: Iterable[Suppression], known: Collection[str], broken: set[str]) -> Iterator[str]:
    """What is wrong with what metadata silences, given the names of rules that it may, and of those broken there."""
    for each in found:
        if not each.rules:
            yield '`allow` cannot be read; write `"book": {"allow": {"RULE": "the reason"}}`'
            continue
        name = each.rules[0]
        if name not in known:
            yield f"`{name}` is no rule that can be allowed; mend what breaks it, or remove it from `allow`"
        elif not each.reason:
            yield f"`allow` gives no reason for `{name}`; say why"
        elif name not in broken:
            yield f"`allow` of `{name}` silences nothing; remove it"


def _read(statement: str) -> Suppression:
    # A long comment is wrapped, at times behind a hyphen.
    names, _, reason = statement.partition("--")
    match = _ALLOW.fullmatch(f"{re.sub(r'(?<=[a-z])- ', '-', names).strip()} -- {reason.strip()}".strip())
    return Suppression(tuple(re.split(r"\s*,\s*", match[1])), match[2] or "") if match else Suppression((), "")
