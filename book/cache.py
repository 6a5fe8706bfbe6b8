"""What an earlier run has computed and this one need not: answers, filed under all that they depend on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from book.files import write_atomic

Answer = TypeVar("Answer")
_Answers = dict[str, dict[str, Any]]  # by question, and by the digest of what it is about


class Cache:
    """Answers by question and data: those `known` from before, and those asked for since."""

    def __init__(self, known: _Answers | None = None) -> None:
        self._known = known or {}
        self.asked: _Answers = {}

    def answer(self, question: str, data: bytes, compute: Callable[[], Answer]) -> Answer:
        """The answer (as JSON has it) to `question` about `data`; computed where it is not known."""
        asked, key = self.asked.setdefault(question, {}), sha256(data).hexdigest()
        if key not in asked:
            known = self._known.get(question, {})
            asked[key] = known[key] if key in known else compute()
        found: Answer = asked[key]
        return found

    def ask_again(self, question: str, other: Cache) -> None:
        """Take over what another cache was asked, for one who has kept the answers and asks no more."""
        self.asked[question] = other.asked.get(question, {}) | self.asked.get(question, {})


@contextmanager
def kept_cache(folder: Path, program: str, former: Cache | None = None) -> Iterator[Cache]:
    """A cache with the answers in `folder`, if the same `program` gave them; those asked for within are kept there.

    Each question has a file, which is written where its answers have changed. A `former` cache of this folder, if it is
    at hand, spares reading them.
    """
    known = former.asked if former else _load(folder, program)
    cache = Cache(known)
    yield cache
    for path in folder.glob("*.json"):
        if path.stem not in cache.asked:
            path.unlink()
    for question, answers in cache.asked.items():
        if answers != known.get(question):
            _keep(folder, program, question, answers)


def merge(folder: Path, others: Iterable[Path], program: str) -> None:
    """Add to the answers kept in `folder` those that the same `program` has kept in `others`."""
    for other in others:
        known = _load(folder, program)
        for question, answers in _load(other, program).items():
            _keep(folder, program, question, known.get(question, {}) | answers)


def _keep(folder: Path, program: str, question: str, answers: dict[str, Any]) -> None:
    write_atomic(folder / f"{question}.json", json.dumps({"program": program, "answers": answers}))


def _load(folder: Path, program: str) -> _Answers:
    """The answers by question; none of a file that is broken, or another program's."""
    found: _Answers = {}
    for path in folder.glob("*.json"):
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            if kept["program"] == program:
                found[path.stem] = dict(kept["answers"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            continue
    return found
