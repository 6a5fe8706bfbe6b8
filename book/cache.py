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


class Cache:
    """Answers by question and data: those `known` from before, and those asked for since."""

    def __init__(self, known: dict[str, Any] | None = None) -> None:
        self._known = known or {}
        self.asked: dict[str, Any] = {}

    def answer(self, question: str, data: bytes, compute: Callable[[], Answer]) -> Answer:
        """The answer (as JSON has it) to `question` about `data`; computed where it is not known."""
        key = f"{question} {sha256(data).hexdigest()}"
        if key not in self.asked:
            self.asked[key] = self._known[key] if key in self._known else compute()
        found: Answer = self.asked[key]
        return found


@contextmanager
def kept_cache(path: Path, program: str) -> Iterator[Cache]:
    """A cache with the answers in `path`, if the same `program` gave them; those asked for within are kept there."""
    known = _load(path, program)
    cache = Cache(known)
    yield cache
    if cache.asked != known:
        write_atomic(path, json.dumps({"program": program, "answers": cache.asked}))


def merge(path: Path, others: Iterable[Path], program: str) -> None:
    """Add to the answers kept in `path` those that the same `program` has kept in `others`."""
    known = _load(path, program)
    for other in others:
        known |= _load(other, program)
    if known:
        write_atomic(path, json.dumps({"program": program, "answers": known}))


def _load(path: Path, program: str) -> dict[str, Any]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return dict(kept["answers"]) if kept["program"] == program else {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
