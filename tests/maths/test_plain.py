"""A formula as a line of text says what the formula says: powers, fractions and roots are seen."""

from __future__ import annotations

import pytest

from book.maths.page import Formula, typeset
from book.maths.plain import plain_formula


def plain(latex: str) -> str:
    (result,) = typeset([Formula(latex, display=False)])
    return plain_formula(result.mathml)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"y = \gamma \frac{x - \mu}{\sigma} + \beta", "y=γ(x−μ)/σ+β"),
        (r"\gamma x / \sqrt{\operatorname{mean}(x^2) + \epsilon}", "γx/√(mean(x²)+ϵ)"),
        (r"\frac{x}{\sqrt{\sigma^2 + \epsilon}}", "x/√(σ²+ϵ)"),
        (r"\frac{1}{2}", "1/2"),
        (r"\frac{x^2}{2\pi}", "x²/(2π)"),
        (r"10^{-5}", "10⁻⁵"),
        (r"2^{n}", "2ⁿ"),
        (r"e^{x+y}", "e^(x+y)"),
        (r"\hat{x}_{i,j}", "x\u0302_(i,j)"),
        (r"\bar{x}^2", "x\u0304²"),
        (r"x_1 + x_i", "x₁+xᵢ"),
        (r"\sum_{i=1}^N x_i", "∑ᵢ₌₁^N xᵢ"),
        (r"x'", "x′"),
        (r"\sqrt{x^2}", "√(x²)"),
        (r"\sqrt[3]{x}", "³√x"),
        (r"\binom{n}{k}", "(n, k)"),
        (r"\begin{matrix}a&b\\c&d\end{matrix}", "a, b; c, d"),
        (r"\log x", "log x"),
        (r"\text{группа} 32", "группа 32"),
        (r"a < b \text{ & c}", "a<b & c"),
        (r"\underbrace{a+b}", "a+b"),
    ],
)
def test_powers_fractions_and_roots_are_seen(latex: str, expected: str) -> None:
    assert plain(latex) == expected


@pytest.mark.parametrize("latex", ["", r"\undefined", "\x01", "x^"])
def test_what_cannot_be_set_is_nothing(latex: str) -> None:
    assert plain(latex) == ""


def test_an_accent_over_nothing_is_no_fault() -> None:
    assert plain(r"\ddot \not \limits") == plain(r"\not")
