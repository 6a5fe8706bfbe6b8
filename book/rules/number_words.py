"""Numbers that English texts say in words, and the digits that may stand for them in a translation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from book.rules.numerals import in_a_row

_ONES = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {word: number for number, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_GREAT = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_OTHERS = {
    **{"a": 1, "an": 1, "single": 1, "unit": 1, "once": 1, "first": 1, "none": 0, "no": 0, "zeroes": 0, "zeroed": 0},
    **{"twice": 2, "double": 2, "doubled": 2, "pair": 2, "both": 2, "second": 2, "half": 2, "halves": 2, "couple": 2},
    **{"triple": 3, "thrice": 3, "third": 3, "quarter": 4, "quadruple": 4, "fifth": 5, "eighth": 8, "ninth": 9},
    **{"twelfth": 12, "twentieth": 20, "another": 1, "dual": 2, "binary": 2, "few": 3, "percentage": 100},
    **{"square": 2, "squared": 2, "quadratic": 2, "cube": 3, "cubed": 3, "cubic": 3},  # to the power of
    **{"positive": 0, "negative": 0, "nonnegative": 0},  # more or less than it
}
# A few dozen, a couple of decades, orders of magnitude; and shares.
_ABOUT = {
    **{"dozen": ("20", "30"), "decade": ("10", "20"), "magnitude": ("10", "100")},
    **{"half": ("0.5",), "quarter": ("0.25",)},
}
_PM = re.compile(r"\b(\d{1,2})(?::\d\d)? ?p\.?m\b")
_MORE_THAN = re.compile(r"\b(?:more|greater) than (\d+)\b")
_FRACTION = re.compile(r"(?<![\d./])(\d{1,4})/([1-9]\d{0,3})(?![\d./])")
_WORD = re.compile(r"[a-z]+")
# Of a hundred, where one language says a share in words.
_SHARES = {"half": "50", "halves": "50", "third": "33", "quarter": "25", "quarters": "75", "fifth": "20", "tenth": "10"}
# How many of a smaller unit a unit is, in which a share of it may be said.
_UNITS = {"minute": 60, "hour": 60, "day": 24, "year": 12, "century": 100, "decade": 10, "dozen": 12, "percent": 1}
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_SMALL = {"tenth": 10, "hundredth": 100, "thousandth": 1000, "millionth": 10**6}
_COUNT = rf"({'|'.join(_VALUES)}|an?)"
_PART = rf"({'|'.join(_PARTS)})s?"
_SHARE = re.compile(rf"\b(?:{_COUNT}[ -])?{_PART}(?: of)?(?: an?)? (\w+?)s?\b")  # three quarters of an hour
_AND_SHARE = re.compile(rf"\b{_COUNT}(?: (\w+?)s?)? and (?:{_COUNT} )?{_PART}\b")  # an hour and a half
_DECIMAL = re.compile(rf"\b(?:(half|quarter) )?{_COUNT}?[ -]?({'|'.join(_SMALL)})s?\b")  # half a hundredth


def number_words(text: str) -> Iterator[str]:
    """The values, in digits, of the numbers that an English text says in words, of words in a row, and of shares."""
    yield from map(_digits, _shares(text.lower()))
    words = _WORD.findall(text.lower())
    for word in words:
        yield from _alone(word)
    yield from map(str, in_a_row(words, _VALUES, _GREAT, {"and"}))


def said_otherwise(text: str) -> dict[str, str]:
    """By numbers those that others say instead: from 3 on for `more than 2`, 20 o'clock for 8 pm, 0.1 for 1/10."""
    shares = ((parts, _digits(Decimal(parts[0]) / Decimal(parts[1]))) for parts in _FRACTION.findall(text))
    instead = {part: share for parts, share in shares for part in parts}
    instead |= {number: str(int(number) + 1) for number in _MORE_THAN.findall(text.lower())}
    return instead | {hour: str(int(hour) + 12) for hour in _PM.findall(text.lower())}


def _alone(word: str) -> Iterator[str]:
    """What a word by itself may mean, also as an ordinal, in the plural, or as a multiple."""
    for stem in {word, word.removesuffix("s"), word.removesuffix("s").removesuffix("th"), word.removesuffix("fold")}:
        for known in (_VALUES, _GREAT, _OTHERS):
            if stem in known:
                yield str(known[stem])
        yield from _ABOUT.get(stem, ())
        if stem in _SHARES:
            yield _SHARES[stem]


def _shares(text: str) -> Iterator[Decimal]:
    """The values of `half a minute`, `an hour and a half`, `half a hundredth`, also in the unit that is smaller."""
    for count, part, unit in _SHARE.findall(text):
        yield from _in_units(_count(count) / _PARTS[part], unit)
        yield Decimal(round(100 * _count(count) / _PARTS[part]))  # in hundredths
    for whole, unit, count, part in _AND_SHARE.findall(text):
        yield from _in_units(_count(whole) + _count(count) / _PARTS[part], unit)
    for part, count, small in _DECIMAL.findall(text):
        share = _count(count) / (_PARTS[part] if part else 1)
        yield from (share / _SMALL[small], 100 * share / _SMALL[small])  # itself, and in hundredths


def _in_units(value: Decimal, unit: str) -> Iterator[Decimal]:
    yield value
    if unit in _UNITS:
        yield value * _UNITS[unit]


def _count(word: str) -> Decimal:
    return Decimal(_VALUES.get(word, 1))


def _digits(value: Decimal) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
