"""Numbers as the rules see them, in every notation, and as languages say them."""

from __future__ import annotations

import pytest

from book.language.conventions import Conventions
from book.language.language import Language
from book.notebook.prose import prose_lines
from book.notebook.texts import PROSE, Text
from book.rules import findings
from book.rules.numbers import Number, numbers


def numbers_in(text: str) -> list[Number]:
    """The numbers of a text as the rules see them."""
    return numbers("\n".join(prose_lines(text, markdown=True)))


def test_numbers_are_read_in_every_notation() -> None:
    assert [number.values for number in numbers_in("3.5 3,5 ٣٫٥ ३.५")] == [{"3.5"}] * 4
    assert all("10000" in number.values for number in numbers_in("10,000 10.000 10\u00a0000"))
    assert not numbers("0.86")[0].values & numbers("8.6")[0].values


def test_a_tables_numbers_are_not_one_with_a_space_in_it() -> None:
    assert [each.written for each in numbers_in("| a | b |\n|---|---|\n| 32 | 256 |")] == ["32", "256"]
    assert numbers_in("10 000.5")[0].values == {"10000.5"}


def test_numbers_in_maths_and_code_do_not_count() -> None:
    assert numbers_in("$3$ `4` five") == []


@pytest.mark.parametrize(
    ("language", "english", "said"),
    [
        ("ko", "Three million parameters.", "매개변수 300만 개."),
        ("ko", "About 1.5 million parameters.", "약 150만 개의 매개변수."),
        ("ko", "Ten thousand samples of 20,000.", "2만 개 가운데 표본 1만 개."),
        ("zh_Hans", "Use 10,000 samples.", "用1万个样本。"),
        ("ja", "1.2 billion tokens", "12億トークン"),
        ("hi", "100,000 rows and 3 million words", "1 लाख पंक्तियाँ और 30 लाख शब्द"),
        ("th", "3 million words", "300 หมื่น คำ"),
        ("de", "4,000,000 words", "4 Millionen Wörter"),
        ("pt_BR", "20 thousand words", "20 mil palavras"),
        ("fa", "2,000 words", "۲ هزار واژه"),
        ("ko", "Only 1.5 of it.", "그것의 1.5만."),
        ("ko", "Zero mean and unit variance.", "평균 0, 분산 1."),
        ("ko", "Half of them; a quarter.", "50%. 25%."),
        ("ja", "On Mar 5, 2015.", "2015年3月5日。"),
        ("tr", "About 50% of it.", "Yaklaşık %50 kadarı."),
    ],
)
def test_a_number_may_be_said_as_the_language_says_it(language: str, english: str, said: str) -> None:
    assert broken(language, english, said) == []


@pytest.mark.parametrize(
    ("language", "english", "said"),
    [
        ("ko", "4,000,000 parameters.", "매개변수 4만 개."),
        ("zh_Hans", "Use 10,000 samples.", "用10万个样本。"),
        ("hi", "100,000 rows", "10 लाख पंक्तियाँ"),
        ("de", "4,000,000 words", "4 Milliarden Wörter"),
        ("ko", "Half of them.", "30%."),
    ],
)
def test_another_value_is_found(language: str, english: str, said: str) -> None:
    assert "numbers" in broken(language, english, said)


def broken(language: str, english: str, said: str) -> list[str]:
    conventions = Conventions(Language(language))
    found = findings(Text("p/a", english, PROSE), said, conventions=conventions)
    return [rule for _, rule in found if rule == "numbers"]
