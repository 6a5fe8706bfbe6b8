"""What two texts do not share: the comparison that most rules of safety make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator


def differences(
    kind: str, source: list[str], target: list[str], same: Callable[[str], str] = lambda each: each
) -> Iterator[str]:
    """What two lists do not share, in whatever order: word order differs between languages.

    Of two things that `same` makes equal, one will do for the other.
    """
    if source == target:
        return
    yield from (f"{kind} `{each}` is missing; keep it as it is in English" for each in _without(source, target, same))
    yield from (f"{kind} `{each}` is not in the English text; remove it" for each in _without(target, source, same))


def _without(found: list[str], others: list[str], same: Callable[[str], str]) -> Iterator[str]:
    left = Counter(map(same, others))
    told = set()
    for each in found:
        if left[same(each)]:
            left[same(each)] -= 1
        elif each not in told:
            told.add(each)
            yield each
