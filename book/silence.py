"""Silencing a rule at one entry, by a translator's comment that says why:

    # book: allow numbers -- the language counts in lakh

Several rules are separated by commas. The reason is asked for; so is that the comment still silences something.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

RULE = "silence"
_COMMENT = re.compile(r"^book:(.*?)(?=^book:|\Z)", re.MULTILINE | re.DOTALL)
_ALLOW = re.compile(r"allow\s+([\w-]+(?:\s*,\s*[\w-]+)*)\s*(?:--\s*(.*))?")


@dataclass(frozen=True)
class Silence:
    """Rules that an entry's translator allows to be broken, and why; no reason, no silence."""

    rules: tuple[str, ...]
    reason: str


def silences(comment: str) -> list[Silence]:
    """What a translator's comment silences. A statement that cannot be read silences no rule."""
    return [_silence(" ".join(match[1].split())) for match in _COMMENT.finditer(comment)]


def reason_for(rule: str, said: Iterable[Silence]) -> str:
    """Why `rule` is silenced; empty where it is not."""
    return next((each.reason for each in said if rule in each.rules), "")


def faults(said: Iterable[Silence], known: Collection[str], safety: Collection[str], broken: set[str]) -> Iterator[str]:
    """What is wrong with an entry's silences, given the names of all rules, of those that cannot be silenced, and
    of those that the entry breaks."""
    for each in said:
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


def _silence(statement: str) -> Silence:
    # A long comment is wrapped, at times behind a hyphen.
    names, _, reason = statement.partition("--")
    match = _ALLOW.fullmatch(f"{re.sub(r'(?<=[a-z])- ', '-', names).strip()} -- {reason.strip()}".strip())
    return Silence(tuple(re.split(r"\s*,\s*", match[1])), match[2] or "") if match else Silence((), "")
