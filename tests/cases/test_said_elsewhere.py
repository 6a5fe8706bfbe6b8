"""What languages say in another place: no finding, and shown on the page and in the notebook."""

from __future__ import annotations

from tests.cases.books import Case

SAID_ELSEWHERE = {
    "code beside a link": ("The [`lme4` package](https://a.org/b).", "[패키지](https://a.org/b) `lme4`."),
    "code in a link": ("It [disables](https://a.org/b) `x`.", "[`x`를 끕니다](https://a.org/b)."),
    "a formula in a link": ("The $L_1$ [norm](https://a.org/b).", "[$L_1$ 노름](https://a.org/b)."),
    "a formula that parts a sentence": (
        "Plot `f`\n\n$$\na + 1\n$$\n\nover $x$ here.",
        "여기 $x$에서 `f`를 그립니다.\n\n$$\na + 1\n$$",
    ),
    "a formula before its sentence": (
        "## So\n\nPlot `f`\n\n$$\na + 1\n$$\n\nover $x$ here.",
        "## 그래서\n\n$$\na + 1\n$$\n\n여기 $x$에서 `f`를 그립니다.",
    ),
    "a formula said again": ("The size $A$ and its mean.", "크기 $A$와 $A$의 평균."),
    "a formula not said again": ("At $T_1$, either falls at $T_1$.", "$T_1$에서 하나가 줄어듭니다."),
    "figures": ("A 3x4 matrix at time $0$.", "시점 0의 $3 \\times 4$ 행렬."),
    "a list of formulas": ("Take $x_1, \\dots, x_N$ there.", "거기서 $x_1$, $\\dots$, $x_N$을 고릅니다."),
    "commas in formulas": ("Take $x_1, x_N$ and $f(x, y)$ there.", "거기서 $x_1，x_N$과 $f(x，y)$를 고릅니다."),
    "a Greek letter by its name": ("So $\\gamma_h$ falls there.", "거기서 $γ_h$가 줄어듭니다."),
    "blanks behind the end of a line": (
        "So\n\n$$\n\\begin{matrix}\n1 \\\\\n2\n\\end{matrix}\n$$",
        "그래서\n\n$$\n\\begin{matrix} \n1 \\\\ \n2\n\\end{matrix}\n$$",
    ),
    "an abbreviation": ("It is normal w.r.to frames.", "프레임에 대해 정규화합니다."),
}


def test_what_a_language_says_in_another_place_is_shown(case: Case) -> None:
    cells = {name.replace(" ", "-"): texts for name, texts in SAID_ELSEWHERE.items()}
    case.write(*((name, english) for name, (english, _) in cells.items()))
    for name, (_, said) in cells.items():
        case.translate(name, to=said)
    assert case.check() == []
    assert case.build("ko") == []
    notebook = case.notebook("ko")
    for name, (_, said) in cells.items():
        assert said in notebook[name].source
    assert len(case.page("ko").find_all(class_="in-english")) == 1  # the title, which nobody has translated
