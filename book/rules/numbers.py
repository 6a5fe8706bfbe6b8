"""Numbers in texts, in digits of any script, with great words behind them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_NUMBER = (
    r"(?<![A-Za-z_\d])(?<![A-Za-z_]\d[.,])(?:"  # behind a letter it is a part of a name: L2, Conv2D
    r"\d{1,3}(?:(?:[ \u00a0\u202f]|, (?=000))\d{3})+(?:[.,\u066b]\d+)?(?!\d)"  # thousands apart: 10 000.5 and 100, 000
    r"|\d+(?:(?:[.,\u066b\u066c]|\u060c(?=\d{3}(?!\d)))\d+)*|(?<![\w.)\]])\.\d+(?!\d|\.\d))"
)
# Words behind a number that make it greater: how many noughts they add. Those of five letters and more have endings.
_NOUGHTS = {
    **{"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "milliard": 9, "tausend": 3},
    **{"millón": 6, "millones": 6, "milhão": 6, "milhões": 6, "milion": 6, "miliard": 9, "milyon": 6, "milyar": 9},
    **{"mil": 3, "mille": 3, "bin": 3, "tys": 3, "mln": 6, "mio": 6, "mld": 9, "mrd": 9, "nghìn": 3, "triệu": 6},
    **{"सौ": 2, "हज़ार": 3, "हजार": 3, "लाख": 5, "करोड़": 7, "ہزار": 3, "لاکھ": 5, "کروڑ": 7},
    **{"هزار": 3, "میلیون": 6, "میلیارد": 9, "ألف": 3, "آلاف": 3, "مليون": 6, "ملايين": 6, "مليار": 9},
    **{"אלף": 3, "אלפים": 3, "מיליון": 6, "מיליארד": 9, "тыс": 3, "тис": 3, "млн": 6, "миллион": 6, "мільйон": 6},
}
_NOUGHTS_UNSPACED = {  # in scripts that put no spaces between words, and in Korean, which joins them
    **{"百": 2, "千": 3, "万": 4, "萬": 4, "十万": 5, "百万": 6, "千万": 7, "億": 8, "亿": 8, "兆": 12, "万亿": 12},
    **{"백": 2, "천": 3, "만": 4, "십만": 5, "백만": 6, "천만": 7, "억": 8, "조": 12},
    **{"ร้อย": 2, "พัน": 3, "หมื่น": 4, "แสน": 5, "ล้าน": 6, "ពាន់": 3, "ម៉ឺន": 4, "សែន": 5, "លាន": 6},
}
_LONG = 5
_SIGNS = {"k": 3, "K": 3, "M": 6, "B": 9}  # right behind a number: 1.2M


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_WRITTEN = re.compile(
    rf"({_NUMBER})(?:\+?[ \u00a0\u202f]?(?:({_longest_first(_NOUGHTS_UNSPACED)})"
    rf"|({_longest_first(word for word in _NOUGHTS if len(word) >= _LONG)})\w{{0,3}}\b"
    rf"|({_longest_first(word for word in _NOUGHTS if len(word) < _LONG)})\b)|(?-i:([kKMB]))(?![A-Za-z]))?",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"(?![0-9])\d")  # of another script
_DATE = re.compile(r"\b(\d\d?)\.(\d\d?)\.(\d{4})\b")  # 6.5.2021
_POWER = re.compile(r"(?:\*\*|\^)([23])\b")
_PLURAL = re.compile(rf"({_NUMBER})['\u2019]?s\b")
_DECADE = re.compile(r"\b(\d\d)?(\d0)['\u2019]?s\b")
_IN_NAME = re.compile(r"(?<=[A-Za-z_])\d+(?:\.\d+)*")


@dataclass(frozen=True)
class Number:
    """A number as it is written, in European digits, and the values that it may have."""

    written: str
    values: frozenset[str]


def numbers(text: str) -> list[Number]:
    """The numbers in a text. A great word behind one may count to it; 만 in Korean may also be `only`."""
    digits = _DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)
    digits = _DATE.sub(r"\1 \2 \3", digits)
    return [_number(match[1], match[2] or match[3] or match[4] or match[5]) for match in _WRITTEN.finditer(digits)]


def _number(written: str, word: str | None) -> Number:
    values = _values(written)
    if word:
        power = Decimal(10) ** (_SIGNS | _NOUGHTS | _NOUGHTS_UNSPACED)[word if word in _SIGNS else word.lower()]
        values |= {f"{Decimal(each.rstrip('.')) * power:f}".partition(".")[0] for each in values}
    return Number(written, frozenset(values))


def _values(number: str) -> set[str]:
    """What a written number may mean: `10,000` is 10000 or 10.000, `0,86` and `0.86` are 0.86."""
    number = f"0{number}" if number.startswith(".") else number
    *whole, last = re.split(r"[.,\u060c\u066b\u066c\u00a0\u202f ]", number)
    if not whole:
        return {number.lstrip("0") or "0"}
    readings = {"".join(whole) + ("." + last.rstrip("0") if last != "0" else "")}
    return readings | {"".join(whole) + last} if len(last) == 3 and whole[0] != "0" else readings


def plurals(text: str) -> set[str]:
    """The values of numbers in the plural, as in 10s of millions: other languages have words for them."""
    return {value for match in _PLURAL.finditer(text) for value in _values(match[1])}


def powers(text: str) -> set[str]:
    """The 2 of `r**2` or `r^2`, which is the square of r, and the 3, its cube."""
    return set(_POWER.findall(text))


def decades(text: str) -> set[str]:
    """What 1970s may be elsewhere: the 70s, of the 20th century; and who is in his 20s, between 20 and 29."""
    found = [(match[1], match[2]) for match in _DECADE.finditer(text)]
    return {decade for _, decade in found} | {
        str(int(century) + 1) if century else str(int(decade) + 9) for century, decade in found
    }


def in_names(text: str) -> set[str]:
    """The values of numbers that stand behind a letter, as in L2, CIFAR10 or 28x28: some write them apart."""
    return {value for match in _IN_NAME.finditer(text) for value in _values(match[0])}
