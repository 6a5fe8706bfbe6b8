"""What an earlier build has worked out and need not work out again: answers filed under all that they depend on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from book.files import write_whole

Answer = TypeVar("Answer")
_known: ContextVar[dict[str, Any] | None] = ContextVar("_known", default=None)
_asked: ContextVar[dict[str, Any]] = ContextVar("_asked")


@contextmanager
def remembered(path: Path, program: str) -> Iterator[None]:
    """Within, `recall` knows the answers in `path`, if the same `program` gave them; those asked for are kept there."""
    asked: dict[str, Any] = {}
    before = _load(path, program)
    known_token, asked_token = _known.set(before), _asked.set(asked)
    try:
        yield
        if asked != before:
            write_whole(path, json.dumps({"program": program, "answers": asked}))
    finally:
        _known.reset(known_token)
        _asked.reset(asked_token)


def recall(question: str, given: bytes, work_out: Callable[[], Answer]) -> Answer:
    """The answer (as JSON has it) to `question` for what is `given`; worked out where it is not known."""
    known = _known.get()
    if known is None:
        return work_out()
    key = f"{question} {sha256(given).hexdigest()}"
    asked = _asked.get()
    if key not in asked:
        asked[key] = known[key] if key in known else work_out()
    answer: Answer = asked[key]
    return answer


def _load(path: Path, program: str) -> dict[str, Any]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return dict(kept["answers"]) if kept["program"] == program else {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
