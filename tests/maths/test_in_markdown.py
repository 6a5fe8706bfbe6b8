"""Formulas in Markdown: where Jupyter finds them, and money where there are none."""

from __future__ import annotations

import pytest

from book.notebook.markdown.parts import parts

ALIGN = "\\begin{align}\na &= b \\\\\nc\n\\end{align}"
GATHER = "\\begin{gather}\na\n\\end{gather}"
EQUATION = "\\begin{equation}a_1 * b * c\\end{equation}"
FORMULAS = {
    "a line of its own": (f"The sum\n{ALIGN}\nand so on", [ALIGN]),
    "any name": ("\\begin{dcases}\na\n\\end{dcases}", ["\\begin{dcases}\na\n\\end{dcases}"]),
    "within a line": (f"so {EQUATION} it is", [EQUATION]),
    "words behind it": (f"{EQUATION} it is", [EQUATION]),
    "in a list": ("- item\n  \\begin{gather}\n  a\n  \\end{gather}\n- next", [GATHER]),
    "in a quotation": ("> \\begin{gather}\n> a\n> \\end{gather}", [GATHER]),
    "a reference": ("see \\eqref{a_b} and \\ref{c_d}", ["\\eqref{a_b}", "\\ref{c_d}"]),
    "backslashes": ("\\\\(a_1\\\\) and \\\\[b_2\\\\]", ["a_1", "b_2"]),
    "two dollars in a line": ("so $$x$$ it is", ["x"]),
    "two dollars below words": ("so\n$$\na\n- b\n+ c\n$$\nit is", ["a\n- b\n+ c"]),
    "two dollars below a list": ("- item\n\n$$\na\n$$", ["a"]),
    "two formulas in a line": ("$$a$$ and $$b$$", ["a", "b"]),
    "words behind two dollars": ("$$\na\n$$ where words follow.\n\n$$\nb\n$$", ["a", "b"]),
    "words behind two dollars in a list": ("- item\n\n  $$\n  a\n  $$, then\n- $$b$$.", ["a", "b"]),
    "figures": ("$2x$ and $3y$", ["2x", "3y"]),
    "a sign between figures": ("3$\\times$3", ["\\times"]),
    "formulas beside money": ("\\$5 for $x$ and $y$", ["x", "y"]),
}
NONE = {
    "code": "`\\begin{align}a\\end{align}` and `$x$`",
    "a block of code": "```\n\\begin{align}\na\n\\end{align}\n```",
    "two sums": "It costs $5 and later $10 in all.",
    "a range": "from $5-$10, or $1.5M to $2M",
    "in a table": "| a | b |\n|---|---|\n| $5 | $10 |",
    "three sums": "costs $5, $10 or $15",
    "escaped": "It costs \\$5 and later \\$10 in all.",
    "an end that is missing": "\\begin{align} a",
}


@pytest.mark.parametrize("kind", FORMULAS)
def test_formulas_are_found(kind: str) -> None:
    text, expected = FORMULAS[kind]
    assert parts(text).maths == expected


@pytest.mark.parametrize("kind", NONE)
def test_what_is_none_is_left_alone(kind: str) -> None:
    assert parts(NONE[kind]).maths == []
