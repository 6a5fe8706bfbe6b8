"""Numbers that English says in words, where other languages may use digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ONES = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {word: number for number, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_GREAT = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_OTHERS = {
    **{"a": 1, "an": 1, "single": 1, "once": 1, "first": 1, "none": 0, "no": 0},
    **{"twice": 2, "double": 2, "doubled": 2, "pair": 2, "both": 2, "second": 2, "half": 2, "halves": 2, "couple": 2},
    **{"triple": 3, "thrice": 3, "third": 3, "quarter": 4, "quadruple": 4, "fifth": 5, "eighth": 8, "ninth": 9},
    **{"twelfth": 12, "twentieth": 20},
}
_WORD = re.compile(r"[a-z]+")


def number_words(text: str) -> Iterator[str]:
    """The values, in digits, of the numbers that a text says in words: of each word, and of words in a row."""
    total = part = 0
    for word in [*_WORD.findall(text.lower()), ""]:
        yield from _alone(word)
        if word in _VALUES:
            part += _VALUES[word]
        elif word in _GREAT:
            part = max(part, 1) * _GREAT[word]
            if _GREAT[word] >= 1000:
                total, part = total + part, 0
        elif word != "and":
            if total + part:
                yield str(total + part)
            total = part = 0


def _alone(word: str) -> Iterator[str]:
    """What a word by itself may mean, also as an ordinal, in the plural, or as a multiple."""
    for stem in {word, word.removesuffix("s"), word.removesuffix("s").removesuffix("th"), word.removesuffix("fold")}:
        for known in (_VALUES, _GREAT, _OTHERS):
            if stem in known:
                yield str(known[stem])
