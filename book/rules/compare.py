"""What two texts do not share: the comparison that most rules make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator


def differences(kind: str, source: list[str], target: list[str]) -> Iterator[str]:
    """What two lists do not share, in whatever order: word order differs between languages."""
    missing, added = Counter(source) - Counter(target), Counter(target) - Counter(source)
    yield from (f"{kind} `{each}` is missing; keep it as it is in English" for each in missing)
    yield from (f"{kind} `{each}` is not in the English text; remove it" for each in added)
