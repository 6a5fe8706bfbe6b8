"""Regular expressions that people write into settings: only those that come to an end, in time and in memory.

The package `regex` rather than `re`: it can be told to stop, and knows all that `re` knows.
"""

from __future__ import annotations

import math
import re

import regex

from book import limits

_REPEATED = re.compile(r"\{(\d*)(?:,(\d*))?\}")
_CALL = re.compile(r"\(\?(?:R\)|[+-]?\d+\)|&|P>)")  # of a group, or of all: within itself it takes all memory


def compiled(pattern: str) -> regex.Pattern[str]:
    """The regular expression. Raises ValueError for one that is none, or that could take without end."""
    if len(pattern) > limits.PATTERN:
        raise ValueError(f"it has more than {limits.PATTERN} characters")
    repeated = math.prod(max(int(most or least or 1), 1) for least, most in _REPEATED.findall(pattern))
    if repeated > limits.REPEATED:
        raise ValueError(f"its repetitions, multiplied, are more than {limits.REPEATED:,}")
    if call := _CALL.search(pattern):
        raise ValueError(f"`{call[0]}` has a part of it stand within itself")
    try:
        return regex.compile(pattern)
    except (regex.error, OverflowError, RecursionError) as error:
        raise ValueError(str(error)) from error
