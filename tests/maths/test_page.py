"""Formulas as they are set: environments, macros, numbers, and what is told in their place."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from book.maths.macros import macros_in
from book.maths.page import Formula, Typeset, typeset


def one(latex: str, *, display: bool = True) -> Typeset:
    (result,) = typeset([Formula(latex, display)])
    return result


def words(latex: str, *, display: bool = True) -> str:
    """All that a formula shows, without blanks."""
    result = one(latex, display=display)
    assert result.fault == ""
    return re.sub(r"\s", "", BeautifulSoup(result.mathml, "html.parser").get_text())


def rows(latex: str) -> list[list[str]]:
    """What stands in the cells of a formula's outermost table."""
    result = one(latex)
    assert result.fault == ""
    table = BeautifulSoup(result.mathml, "html.parser").find("mtable")
    assert table
    return [
        [cell.get_text() for cell in row.find_all("mtd", recursive=False)]
        for row in table.find_all("mtr", recursive=False)
    ]


ENVIRONMENTS = {
    r"\begin{aligned} a &= b \\ &= c \end{aligned}": [["a", "=b"], ["", "=c"]],
    r"\begin{aligned}[t] a &= b \\[2pt] [c] &= d \\ \end{aligned}": [["a", "=b"], ["[c]", "=d"]],
    r"\begin{alignedat}{2} a &= b & c &= d \end{alignedat}": [["a", "=b", "c", "=d"]],
    r"\begin{gathered} a \\ b \end{gathered}": [["a"], ["b"]],
    r"\begin{split} a &= b \\ &+ c \end{split}": [["a", "=b"], ["", "+c"]],
    r"\begin{align*} a &= b \\ c &= d \end{align*}": [["a", "=b"], ["c", "=d"]],
    r"\begin{align} a &= b \\ c &= d \nonumber \\ e &= f \tag{*} \end{align}": [
        ["a", "=b", "(1)"], ["c", "=d", ""], ["e", "=f", "(*)"],
    ],
    r"\begin{flalign} a &= b \end{flalign}": [["a", "=b", "(1)"]],
    r"\begin{alignat}{2} a &= b & c &= d \end{alignat}": [["a", "=b", "c", "=d", "(1)"]],
    r"\begin{eqnarray} a &=& b \\ c &\le& d \end{eqnarray}": [["a", "=", "b", "(1)"], ["c", "≤", "d", "(2)"]],
    r"\begin{gather} a \\ b \notag \end{gather}": [["a", "(1)"], ["b", ""]],
    r"\begin{equation} a = b \end{equation}": [["a=b", "(1)"]],
    r"\begin{multline*} a \\ b \\ c \end{multline*}": [["a"], ["b"], ["c"]],
    r"\begin{multline} a \\ b \end{multline}": [["ab", "(1)"]],
    r"\begin{dcases} a & b \\ c & d \end{dcases}": [["a", "b"], ["c", "d"]],
    r"\begin{rcases} a \\ c \end{rcases}": [["a"], ["c"]],
    r"\begin{cases} a & \text{if $x > 0$} \\ c & \text{else} \end{cases}": [["a", "if\xa0x>0"], ["c", "else"]],
    r"\begin{array}{@{}l|*{2}{c}@{}} a & b & c \\ \hline d & e & f \end{array}": [["a", "b", "c"], ["d", "e", "f"]],
    r"\begin{bmatrix*}[r] 1 & 2 \\ 3 & \end{bmatrix*}": [["1", "2"], ["3", ""]],
    r"\begin{pmatrix} 1 & \\ & \end{pmatrix}": [["1", ""], ["", ""]],
    r"\begin{psmallmatrix} a & b \end{psmallmatrix}": [["a", "b"]],
    r"x \\ y": [["x"], ["y"]],
    r"x &= y \\ &= z": [["x", "=y"], ["", "=z"]],
    r"E = mc^2 \tag*{energy}": [["E=mc2", "energy"]],
}  # fmt: skip


@pytest.mark.parametrize("latex", ENVIRONMENTS)
def test_an_environment_has_all_its_rows_and_cells(latex: str) -> None:
    assert rows(latex) == ENVIRONMENTS[latex]


SHOWN = {
    r"\arg\max_k p_k": "argmaxkpk",
    r"\operatorname*{arg\,max}_\theta L": "argmaxθL",
    r"\operatorname{log-sum}(x)": "log-sum(x)",
    r"\text{50\% of $x$ & \{more\} < 3}": "50%ofx&{more}<3",
    r"\mbox{if } x": "ifx",
    r"\mathbf{AB}\boldsymbol{\theta}\mathcal{AL}\mathscr{F}\mathfrak{C}\mathbb{RE}": "𝐀𝐁𝜽𝒜ℒℱℭℝ𝔼",
    r"\cancelto{0}{x} \enskip \P \infin": "x0¶∞",
    r"a \not\in B % and so on": "a∉B",
    r"\sum\nolimits_i x": "∑ix",
    r"\Braket{a | b} \Set{x}": "⟨a|b⟩{x}",
    r"\begin{displaymath} a \end{displaymath}": "a",
    r"f'''(x)": "f‴(x)",
    r"\bigl\{ x \bigr\} \Big\| y \Big\|": "{x}‖y‖",
    r"\biggl\langle x, \Bigg\lfloor y": "⟨x,⌊y",
    r"a &lt; b &amp;= c": "a<b=c",
}


@pytest.mark.parametrize("latex", SHOWN)
def test_what_mathjax_knows_is_shown(latex: str) -> None:
    assert words(latex) == SHOWN[latex]


FAULTS = {
    r"x_i_j": "cannot be set: double subscripts",
    r"\left( x": "cannot be set: extra left or missing right",
    r"\unknown{x}": "has `\\unknown`, which is not known; define it by `\\newcommand`, or write it otherwise",
    r"\norm{x}": "has `\\norm`, which is not known; define it by `\\newcommand`, or write it otherwise",
    r"\begin{CD} A \end{CD}": "has the environment `CD`, which is not known here",
    r"\begin{aligned} a": "has no `\\end{aligned}`",
    r"\begin{aligned} a \end{align}": "has `\\end{align}` where `aligned` is to end",
    r"a \end{align}": "has `\\end{align}` where nothing is to end",
    r"\frac{a": "has a `{` without its `}`",
    r"a}": "has a `}` without its `{`",
    r"\eqref{nowhere}": "refers to `nowhere`, and no numbered formula of the page has that label",
    r"\def\a{\b\b}\def\b{\a\a}\a": "has a macro that never ends, or is very long",
    r"\def\a#1.{x}": "defines a macro whose arguments stand between signs; give them in braces",
    r"\newcommand{\a": "has no `}` where one must be",
    r"\text{a $x}": "has a text with one `$` too many",
    r"\href{https://example.org}{x}": "has `mrow` with href, which is no MathML",
}


@pytest.mark.parametrize("latex", FAULTS)
def test_what_cannot_be_set_is_told(latex: str) -> None:
    result = one(latex)
    assert (result.fault, result.mathml) == (FAULTS[latex], "")


@pytest.mark.parametrize("latex", [r"a & b", r"a \\ b"])
def test_a_line_of_text_has_no_rows(latex: str) -> None:
    assert one(latex, display=False).fault == "has a `&` or a `\\\\` outside of any environment"
    assert one(latex).fault == ""


def test_numbers_run_on_from_formula_to_formula_and_labels_hold_across_the_page() -> None:
    page = [
        r"see \eqref{last}",
        r"\begin{align} a &= b \\ c &= d \end{align}",
        r"\begin{equation*} a \end{equation*}",
        r"\begin{equation} \label{last} \begin{split} a &= b \\ &= c \end{split} \end{equation}",
        r"a \tag{i} \label{tagged}",
        r"\ref{tagged}, \eqref{tagged}",
        r"\eqref{last}",
    ]
    results = typeset(
        [*(Formula(latex, True) for latex in page), Formula("x", True, "of-myst"), Formula(r"\eqref{of-myst}", False)]
    )
    shown = [BeautifulSoup(each.mathml, "html.parser").get_text() for each in results]
    assert [each.fault for each in results] == [""] * 9
    assert shown[0].endswith("(3)")
    assert shown[1] == "a=b(1)c=d(2)"
    assert shown[2] == "a"
    assert shown[3].endswith("(3)")
    assert shown[5] == "i,(i)"
    assert (results[6].refers_to, results[6].words, results[3].labels) == ("last", "(3)", ("last",))
    assert (results[7].number, results[8].words) == ("(4)", "(4)")


def test_a_label_that_two_formulas_have_is_told() -> None:
    page = (r"a\tag{1}\label{x}", r"b\tag{2}\label{x}", r"\eqref{x}")
    first, second, reference = typeset(Formula(latex, True) for latex in page)
    assert (first.fault, second.fault) == ("", "has the label `x`, which a formula before it has")
    assert reference.words == "(1)"


MACROS = {
    r"\newcommand{\norm}[1]{\lVert #1 \rVert}": (r"\norm{x}", "‖x‖"),
    r"\newcommand\half{\frac12}": (r"\half x", "12x"),
    r"\newcommand*{\d}[2][x]{#1_{#2}}": (r"\d{1}\d[y]{2}", "x1y2"),
    r"\renewcommand{\vec}[1]{\mathbf{#1}}": (r"\vec{x}", "𝐱"),
    r"\def\R{\mathbb{R}}": (r"\R^n", "ℝn"),
    r"\def\pair#1#2{(#1, #2)}": (r"\pair{a}{b}", "(a,b)"),
    r"\let\old\vec \renewcommand{\vec}[1]{\old{#1}!}": (r"\vec{x}", "x→!"),
    r"\DeclareMathOperator{\rank}{rank}": (r"\rank A", "rankA"),
    r"\DeclareMathOperator*{\least}{least\,of}": (r"\least_x", "leastofx"),
    r"\newenvironment{mine}[1]{#1 \begin{aligned}}{\end{aligned}}": (r"\begin{mine}{y} a &= b \end{mine}", "ya=b"),
    r"\providecommand{\R}{r} \providecommand{\R}{s}": (r"\R", "r"),
}


@pytest.mark.parametrize("definition", MACROS)
def test_a_macro_holds_from_its_definition_on(definition: str) -> None:
    use, expected = MACROS[definition]
    before, first, after = typeset([Formula(use, True), Formula(definition, False), Formula(use, True)])
    assert (first.mathml, first.fault, after.fault) == ("", "", "")
    assert re.sub(r"\s", "", BeautifulSoup(after.mathml, "html.parser").get_text()) == expected
    assert before != after


def test_macros_of_the_books_settings_hold_on_every_page() -> None:
    macros = {"N": r"\mathbb{N}", "floor": [r"\lfloor#1\rfloor", 1], "p": ["#1_{#2}", 2, "x"], "odd": {"a": 1}}
    known = macros_in({"mathjax3_config": {"tex": {"macros": macros}}})
    latex = r"\N \floor{a} \p{b} \p[c]{d}"
    (result,) = typeset([Formula(latex, True)], known)
    assert result.fault == ""
    assert BeautifulSoup(result.mathml, "html.parser").get_text() == "ℕ⌊a⌋xbcd"
    assert typeset([Formula(r"\odd", True)], known)[0].fault.startswith("has `\\odd`")
    assert macros_in({}) == macros_in({"mathjax3_config": "no"}) == {}


def test_rows_are_as_wide_as_they_have_to_be_where_a_sign_begins_a_cell() -> None:
    """A sign at the start of a cell stands between two things, and has the space of one that does."""
    assert one(r"\begin{aligned} a &+ b \end{aligned}").mathml.count("<mi />") == 1


@pytest.mark.parametrize("latex", [r"\max_k a", r"\lim_{n} a", r"\operatorname*{arg\,max}_k a", r"\bigcup_k a"])
def test_limits_stand_below_in_displayed_formulas_alone(latex: str) -> None:
    assert "<munder>" in one(latex).mathml
    assert "<munder>" in one(rf"\begin{{aligned}} {{{latex}}} \end{{aligned}}", display=False).mathml
    assert "<munder>" not in one(latex, display=False).mathml


BRACES = "{" * 900 + "}" * 900
ENDLESS = ("{" * 5000, r"\begin{aligned}" * 500, r"\def\a#1{\a{#1#1}}\a{x}", r"\text{" * 2000, "x^" * 3000, BRACES)


@pytest.mark.parametrize("latex", ENDLESS, ids=range(len(ENDLESS)))
def test_a_formula_that_grows_or_is_nested_without_end_is_told(latex: str) -> None:
    assert one(latex).fault


def test_what_an_arrow_says_stands_in_its_middle() -> None:
    made = one(r"A \xrightarrow[below]{above} B").mathml
    arrow = BeautifulSoup(made, "xml").find("munderover")
    assert arrow
    assert [each.name for each in arrow.find_all(recursive=False)] == ["mo", "mrow", "mrow"]
    assert "mpadded" not in made


@pytest.mark.parametrize(
    ("latex", "sign"),
    [
        (r"a \Big\vert b", "|"),
        (r"\Bigg/ x", "/"),
        (r"\overline{AB}", "‾"),
        (r"\underline{AB}", "_"),
        (r"\xleftarrow{x}", "←"),
    ],
)
def test_signs_that_are_to_grow_are_said_to(latex: str, sign: str) -> None:
    found = BeautifulSoup(one(latex).mathml, "xml").find_all("mo", string=sign)
    assert [each.get("stretchy") for each in found] == ["true"]
