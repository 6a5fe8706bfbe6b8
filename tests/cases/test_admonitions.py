"""Notes, tips and other blocks with a title, in both of MyST's ways to write them."""

from __future__ import annotations

import pytest
from bs4 import Tag

from tests.cases.books import Case, png

NOTES = {  # each with what the made page has: its class, its title, its text
    "Text.\n\n```{note}\nBe careful.\n```": ("note", "Note", "Be careful."),
    ":::{note}\nBe careful.\n:::": ("note", "Note", "Be careful."),
    "```{warning} Be careful.\n```": ("warning", "Warning", "Be careful."),
    ":::{tip}\n:class: dropdown\nBe **careful** with $x$.\n:::": (
        "dropdown admonition tip",
        "Tip",
        "Be careful with x.",
    ),
    "```{admonition} Careful *here*\nBe careful.\n```": ("admonition", "Careful here", "Be careful."),
    "````{admonition} Careful\n---\nclass: danger\n---\nBe careful.\n````": (
        "danger admonition",
        "Careful",
        "Be careful.",
    ),
    "> ```{hint}\n> Be careful.\n> ```": ("hint", "Hint", "Be careful."),
    "- An item:\n\n  ```{important}\n  Be careful.\n  ```": ("important", "Important", "Be careful."),
    "::::{caution}\nBe careful.\n\n:::{danger}\nOf dogs.\n:::\n::::": ("caution", "Caution", "Be careful."),
    "~~~{seealso}\nBe careful, see [the start](index.ipynb).\n~~~": (
        "seealso",
        "See also",
        "Be careful, see the start.",
    ),
    "````{attention}\nBe careful.\n\n```python\nx = 1  # Be careful.\n```\n````": (
        "attention",
        "Attention",
        "Be careful.",
    ),
    ":::{error}\n- Be careful.\n- Of dogs.\n:::": ("error", "Error", "Be careful."),
}
VERSIONS = {  # each with what the made page begins with
    ":::{versionadded} 2.1\nBe careful.\n:::": "Added in version 2.1: Be careful.",
    "```{deprecated} 1.0 Be careful.\n```": "Deprecated since version 1.0: Be careful.",
    "```{versionchanged} 1.5\n```": "Changed in version 1.5.",
}


WORDS = {
    "Text.": "글.",
    "Be careful": "조심하세요",
    "Be **careful** with $x$": "$x$를 **조심하세요**",
    "Careful": "조심",
    "An item": "항목",
    "Of dogs": "개를",
    "see [the start](index.ipynb)": "[처음](index.ipynb)을 보세요",
    "*here*": "*여기*",
}


def notes(case: Case, language: str) -> list[Tag]:
    """The outermost notes on the page."""
    found = case.page(language).select(".admonition")
    return [each for each in found if not each.find_parent(class_="admonition")]


def write_notes(case: Case) -> None:
    case.write(*((f"n-{number}", text) for number, text in enumerate(NOTES)))


def test_notes_are_shown_with_title_and_text(case: Case) -> None:
    write_notes(case)
    assert case.check() == []
    assert case.build("en") == []
    for note, (classes, title, text) in zip(notes(case, "en"), NOTES.values(), strict=True):
        assert set(classes.split()) <= set(note["class"])
        assert note.p
        assert note.p.get_text() == title
        assert text in " ".join(note.get_text(" ", strip=True).split()).replace(" .", ".").replace(" ,", ",")
        assert ":::" not in note.get_text()


def test_notes_can_be_translated(case: Case) -> None:
    write_notes(case)
    for number, text in enumerate(NOTES):
        for english, korean in WORDS.items():
            text = text.replace(english, korean)
        case.book.translate("ko", f"case/n-{number}", text.replace("# 조심하세요", "# Be careful"))
    assert case.check() == []
    assert case.build("en", "ko") == []
    assert [each["class"] for each in notes(case, "ko")] == [each["class"] for each in notes(case, "en")]
    for note, title in zip(notes(case, "ko"), ["참고", "참고", "경고", "팁", "조심 여기", "조심"], strict=False):
        assert note.p
        assert note.p.get_text() == title
    assert all("조심하세요" in note.get_text() for note in notes(case, "ko"))
    assert len(case.page("ko").select(".in-english")) == 1  # the title


DISHONEST = [
    ("```{note}\nBe careful.\n```", "```{warning}\n조심하세요.\n```"),
    ("```{note}\nBe careful.\n```", "조심하세요."),
    ("```{note}\nBe careful.\n```", "```{note}\n조심하세요 [x](https://a.b).\n```"),
    ("```{note}\nBe careful.\n```", "```{note}\n```{raw} html\n<b>\n```\n조심\n```"),
    ("```{note}\nBe careful.\n```", "```{note}\n:class: dropdown\n조심하세요.\n```"),
    ("```{note}\nBe careful.\n```", "```{note}\n:name: main-content\n조심하세요.\n```"),
    ("```{note}\nBe careful.\n```", "```{note}\n<b>조심하세요</b>.\n```"),
    ("Be careful.", ":::{note}\n조심하세요.\n:::"),
    ("Be careful.", ":::{include} ../secret.md\n:::"),
    ("Be careful.", ":::warning\n조심하세요.\n:::"),
    ("A.\n\n```{note}\nBe careful.\n```", "```{note}\n조심하세요.\n```\n\n가."),
    ("A.\n\n```{note}\nBe careful.\n```\n\nB.", "가.\n\n```{note}\n조심하세요.\n\n나.\n```"),
    ("```{admonition} Careful\nDo.\n```", "```{admonition} 조심 <img src=x>\n하세요.\n```"),
    ("```{admonition} Careful\nDo.\n```", "```{admonition} 조심 {eval}`1+1`\n하세요.\n```"),
    ("```{figure} a.png\n:name: a\nA cube.\n```", "```{figure} images/a.png\n:name: a\n입방체.\n```"),
    ("```{figure} a.png\nA cube.\n```", "```{figure} a.png\n:target: https://a.b\n입방체.\n```"),
    ("```{note}\nBe `x`.\n```", "```{note}\n조심 `y`.\n```"),
    ("```{note}\nBe $x$.\n```", "```{note}\n조심 $y$.\n```"),
    ("Do:\n\n```python\nx = 1\n```", "하세요:\n\n```python\nx = 2\n```"),
]


def test_a_translation_has_the_directives_of_the_english_and_no_others(case: Case) -> None:
    files = {"a.png": png(), "images/a.png": png(9, 9)}
    case.write(*((f"n-{n}", english) for n, (english, _) in enumerate(DISHONEST)), files=files)
    for number, (_, translation) in enumerate(DISHONEST):
        case.book.translate("ko", f"case/n-{number}", translation)
    found = {line.partition(":")[0] for line in case.check()}
    case.build("en", "ko")
    assert found == {f"`case/n-{number}`" for number in range(len(DISHONEST))}
    assert not [each for each in case.page("ko").find_all(string=True) if "조심" in each]
    assert len(case.page("ko").select(".in-english")) == 1 + len(DISHONEST)  # the title


def test_figures_have_captions_and_alternative_texts_to_translate(case: Case) -> None:
    text = "```{figure} a.png\n:name: cube\n:alt: A red cube\n:width: 20px\n\nThe *cube* of $x$.\n```"
    case.write(("f", text), files={"a.png": png()})
    case.translate("f", ("A red cube", "빨간 입방체"), ("The *cube* of", "입방체"))
    assert case.check() == []
    assert case.build("en", "ko") == []
    image, caption = case.page("ko").select_one("figure img"), case.page("ko").select_one("figcaption .caption-text")
    assert image
    assert caption
    assert (image["alt"], caption.get_text()[:3]) == ("빨간 입방체", "입방체")


UNKNOWN = [
    "```{card} Title\nHidden words.\n```",
    ":::{grid} 2\nHidden words.\n:::",
    "As {cite}`hidden-words` says.",
]


def test_what_needs_an_extension_is_shown_as_written_and_found(case: Case) -> None:
    case.write(*((f"u-{number}", text) for number, text in enumerate(UNKNOWN)))
    found = [line for line in case.check() if line.endswith("(directive)")]
    assert [line.partition(":")[0] for line in found] == ["cell `u-0`", "cell `u-1`", "cell `u-2`"]
    case.build("en")
    shown = case.page().get_text()
    assert shown.count("Hidden words.") == 2
    assert "{cite}`hidden-words`" in shown


def test_a_block_between_colons_without_a_name_in_braces_is_words(case: Case) -> None:
    case.write(("d", ":::note\nBe careful.\n:::"))
    case.translate("d", ("Be careful", "조심하세요"))
    assert case.check() == []
    assert case.build("en", "ko") == []
    assert "조심하세요." in case.page("ko").get_text()


def test_entries_for_an_index_cost_a_cell_neither_its_translation_nor_a_word(case: Case) -> None:
    """Lectures have them above their headings; the site makes no index."""
    case.write(
        ("body", "```{index} single: Loss; falling\n```\n\n## It falls\n\nThe {index}`loss <single: Loss>` falls.")
    )
    case.translate("body", ("It falls", "줄어듭니다"), ("The ", ""), (" falls.", "이 줄어듭니다."))
    assert case.check() == case.build("ko") == []
    assert "loss이 줄어듭니다." in case.page("ko").select("#body")[0].get_text()
    assert not case.page("ko").select("[id^=index]")
    case.translate("body", ("Loss; falling", "손실"))
    assert "code-fence" in case.rules()


EXERCISES = {
    "ex": "```{exercise} Try *it*\n:label: ex1\n\nAdd $1$ and $2$.\n```",
    "sol": ":::{solution} ex1\n:class: dropdown\nIt is $3$.\n:::",
    "start": "```{exercise-start}\n:label: ex2\n```\n\nNow draw it.",
    "end": "```{exercise-end}\n```\n\n```{exercise-start}\n:label: ex3\nNow draw it.\n```",
    "sol-start": "```{solution-start} ex2\n:class: dropdown\n```\n\nLike this:\n\n```{solution-end}\n```",
}


def test_exercises_and_solutions_have_titles_and_are_translated(case: Case) -> None:
    """Those of lectures, whose prose stood on the page as it is written."""
    case.write(*EXERCISES.items())
    assert case.check() == []
    case.translate("ex", ("Try *it*", "*해* 보기"), ("Add $1$ and $2$.", "$1$과 $2$를 더하세요."))
    case.translate("sol", ("It is $3$.", "$3$입니다."))
    for cell in ("start", "end"):
        case.translate(cell, ("Now draw it.", "이제 그리세요."))
    case.translate("sol-start", ("Like this:", "이렇게:"))
    case.book.translate("ko", "site/exercise", "연습 문제")
    case.book.translate("ko", "site/solution", "풀이")
    assert case.check() == []
    assert case.build("en", "ko") == []
    shown = {}
    for language in ("en", "ko"):
        page = case.page(language)
        shown[language] = [each.get_text() for each in page.select(".admonition-title, .rubric")]
        assert [set(each["class"]) >= {"admonition"} for each in page.select("#ex, #sol")] == [True, True]
        assert page.select("#ex1")
        assert "ex2" not in page.get_text()
    assert shown["en"] == ["Exercise: Try it", "Solution", "Exercise", "Exercise", "Solution"]
    assert shown["ko"] == ["연습 문제: 해 보기", "풀이", "연습 문제", "연습 문제", "풀이"]
    assert case.page("ko").get_text().count("이제 그리세요.") == 2
    assert len(case.page("ko").select(".in-english")) == 1  # the title


@pytest.mark.parametrize(
    ("cell", "old", "new"),
    [("sol", "ex1", "ex2"), ("sol", "dropdown", "hide"), ("ex", ":label: ex1", ":label: main-content"),
     ("ex", "{exercise}", "{solution}"), ("start", "{exercise-start}", "{include}"), ("ex", "*it*", "<b>it</b>")],
)  # fmt: skip
def test_an_exercise_keeps_its_name_label_and_options(case: Case, cell: str, old: str, new: str) -> None:
    case.write(*EXERCISES.items())
    case.translate(cell, (old, new))
    assert case.check()


def test_notes_about_versions_are_shown_and_their_words_translated(case: Case) -> None:
    case.write(*((f"v-{number}", text) for number, text in enumerate(VERSIONS)))
    case.translate("v-0", ("Be careful", "조심하세요"))
    case.translate("v-1", ("Be careful", "조심하세요"))
    assert case.check() == []
    assert case.build("en", "ko") == []
    assert [
        " ".join(each.get_text().split()) for each in case.page().select("div[class*=version], div.deprecated")
    ] == [*VERSIONS.values()]
    assert case.page("ko").get_text().count("조심하세요") == 2


def test_the_version_of_such_a_note_stays(case: Case) -> None:
    case.write(("v", ":::{versionadded} 2.1\nBe careful.\n:::"))
    case.translate("v", ("2.1", "2.2"))
    assert "markup" in case.rules()


PANELS = {
    "fold": "```{dropdown} A *fold*\n:icon: info\nIt opens, $x$.\n```",
    "open": ":::{dropdown}\n:open:\nAn open one.\n:::",
    "tabs": "::::{tab-set}\n:::{tab-item} First\n:sync: a\nOn the first.\n:::\n"
    ":::{tab-item} Second\n- On the second.\n:::\n::::",
}


def test_folds_and_tabs_are_shown_whole_and_translated(case: Case) -> None:
    """Those of sphinx-design, which Jupyter Book has; they stood on the page as they are written."""
    case.write(*PANELS.items())
    assert case.check() == []
    case.translate("fold", ("A *fold*", "*접은* 것"), ("It opens, $x$.", "$x$가 열립니다."))
    case.translate("tabs", ("First", "첫째"), ("On the first.", "첫째에."), ("On the second.", "둘째에."))
    assert case.check() == []
    assert case.build("en", "ko") == []
    page = case.page()
    assert [each.get_text() for each in page.select(".admonition-title, .rubric")] == ["A fold", "…", "First", "Second"]
    assert [":::" in page.get_text(), "On the first." in page.get_text()] == [False, True]
    words = case.page("ko").get_text()
    assert [each in words for each in ("접은 것", "열립니다.", "첫째에.", "둘째에.")] == [True] * 4


@pytest.mark.parametrize(("old", "new"), [(":icon: info", ":icon: other"), ("{dropdown}", "{raw}"), ("$x$", "$y$")])
def test_a_fold_keeps_its_name_options_and_formulas(case: Case, old: str, new: str) -> None:
    case.write(*PANELS.items())
    case.translate("fold", (old, new))
    assert case.check()


def test_a_table_of_data_in_a_cell_does_not_keep_its_other_words_in_english(case: Case) -> None:
    case.write(("t", "Words.\n\n```{csv-table}\n:header: a, b\n\n1, 2\n```"))
    case.translate("t", ("Words.", "말."))
    assert case.check() == []
    assert case.build("ko") == []
    assert "말." in case.page("ko").get_text()
