"""Words that stand in formulas and in the comments of code in prose: said in the language, where all else stays."""

from __future__ import annotations

from tests.cases.books import Case

FORMULA = r"It is $\hat{x} = 0 \text{ if } x < 1 \text{, else 2}$."
CASES = "$$\n\\begin{cases} 1 & \\text{otherwise} \\\\ 0 & x \\end{cases}\n$$"
LABELLED = "Try:\n\n```python\nimport os  # it is there\n```"
JAVA = "Try:\n\n```Java\n// Draw it.\nrun();\n```"
PLAIN = "Try:\n\n```\n# Draw it.\nx = [1, 2]\n```"


def test_words_in_formulas_and_comments_are_said_in_the_language_of_the_page(case: Case) -> None:
    cells = [("formula", FORMULA), ("cases", f"So:\n\n{CASES}"), ("labelled", LABELLED), ("plain", PLAIN)]
    case.write(*cells, ("java", JAVA), ("struck", "It is ~~not~~ so."))
    case.translate("java", ("Try", "해 보기"), ("Draw it.", "그림을 그리기."))
    case.translate("struck", to="그렇습니다.")
    case.translate("formula", ("It is", "이것은"), ("text{ if }", "text{ 만약 }"), (", else 2", ", 아니면 2"))
    case.translate("cases", ("So", "그래서"), ("otherwise", "기타"))
    case.translate("labelled", ("Try", "해 보기"), ("it is there", "이미 있음"))
    case.translate("plain", ("Try", "해 보기"), ("Draw it.", "그리기."))
    assert case.check() == []
    assert case.build("en", "ko") == []
    text = case.page("ko").get_text()
    for word in ("만약", "아니면", "기타", "이미 있음", "그리기.", "그림을", "그렇습니다."):
        assert word in text


def test_what_else_a_translation_changes_in_them_is_refused(case: Case) -> None:
    case.write(("formula", FORMULA), ("labelled", LABELLED), ("plain", PLAIN))
    case.translate("formula", ("It is", "이것은"), (", else 2", ", 아니면 3"))
    case.translate("labelled", ("Try", "해 보기"), ("import os", "import sys"))
    case.translate("plain", ("Try", "해 보기"), ("# Draw it.", "# 그리기.\nimport os"))
    assert case.rules() == {"maths", "code-fence"}
    case.build("en", "ko")
    assert "해 보기" not in case.page("ko").get_text()
