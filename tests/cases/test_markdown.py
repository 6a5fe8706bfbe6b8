"""Markdown that Jupyter and the stock tool show: the site shows it too, in every language."""

from __future__ import annotations

import pytest

from tests.cases.books import Case


def links(case: Case, language: str = "en") -> list[str]:
    return [str(link["href"]) for link in case.page(language).select("p a.external, li a.external, td a.external")]


BARE = {
    "See https://example.org/bare.": ["https://example.org/bare"],
    "(https://example.org/a_(b)?c=d#e), then": ["https://example.org/a_(b)?c=d#e"],
    "- www.example.org/x\n- Mail me@example.org!": ["http://www.example.org/x", "mailto:me@example.org"],
    "| a |\n|---|\n| http://example.org |": ["http://example.org"],
    "Run train.py, read README.md on colab.dev, and 1.5:2 // x.": [],
    "Not `https://example.org/code` and \\<https\\://example.org>.": [],
}


def test_bare_addresses_are_links_and_names_of_files_are_none(case: Case) -> None:
    case.write(*((f"b-{number}", f"Words. {text}") for number, text in enumerate(BARE)))
    case.build("en")
    assert [link.replace("%40", "@") for link in links(case)] == [link for found in BARE.values() for link in found]


def test_a_bare_address_stays_in_a_translation(case: Case) -> None:
    case.write(("a", "See https://example.org/bare."), ("b", "See https://example.org/bare."), ("c", "See the site."))
    case.book.translate("ko", "case/a", "https://example.org/bare 를 보세요.")
    case.book.translate("ko", "case/b", "https://example.org/other 를 보세요.")
    case.book.translate("ko", "case/c", "https://example.org/bare 를 보세요.")
    assert {line.partition(":")[0] for line in case.check()} == {"`case/b`", "`case/c`"}
    case.build("en", "ko")
    assert links(case, "ko") == links(case)


TASKS = "- [ ] open\n- [x] done **now**\n- [X] also done\n  1. [ ] within\n- no task\n- [link](index.ipynb)"


def test_task_lists_have_boxes_in_every_language(case: Case) -> None:
    case.write(("a", TASKS))
    case.translate("a", ("open", "열림"), ("done **now**", "**지금** 끝"), ("also done", "역시 끝"), ("within", "안"))
    case.translate(
        "a", ("open", "열림"), ("no task", "일 아님"), ("also done", "역시 끝"), ("within", "안"), ("done", "끝")
    )
    case.build("en", "ko")
    for language in ("en", "ko"):
        boxes = case.page(language).select("li.task-list-item input[type=checkbox]")
        assert [box.has_attr("checked") for box in boxes] == [False, True, True, False]
        assert all(box.has_attr("disabled") and box["aria-label"] for box in boxes)
        assert "[x]" not in case.page(language).get_text()
    assert "열림" in case.page("ko").get_text()
    assert "spaces" not in case.rules()


def test_a_translation_ticks_nothing(case: Case) -> None:
    case.write(("a", "- [ ] open\n- [x] done"), ("b", "- one\n- two"))
    case.book.translate("ko", "case/a", "- [x] 열림\n- [x] 끝")
    case.book.translate("ko", "case/b", "- [x] 하나\n- 둘")
    assert {line.partition(":")[0] for line in case.check()} == {"`case/a`", "`case/b`"}
    case.build("en", "ko")
    assert [box.has_attr("checked") for box in case.page("ko").find_all("input")] == [False, True]


def test_words_are_struck_out_in_every_language(case: Case) -> None:
    case.write(("a", "It is ~~old *and* slow~~ new."), ("b", "It is new."))
    case.book.translate("ko", "case/a", "~~낡고 *느린*~~ 새것입니다.")
    case.book.translate("ko", "case/b", "~~새것입니다~~.")
    assert case.check() == []  # as with what is emphasized: it only speaks
    case.build("en", "ko")
    assert [each.get_text() for each in case.page().find_all("s")] == ["old and slow"]
    assert [each.get_text() for each in case.page("ko").find_all("s")] == ["낡고 느린", "새것입니다"]


def test_a_line_may_begin_with_a_percent_sign(case: Case) -> None:
    case.write(
        ("a", "More than 50% are small.\n\n- 90% are zero."), ("b", "The share is\n% of the whole, or 5\n% of all.")
    )
    case.book.translate("ko", "case/a", "%50 이상이 작습니다.\n\n- %90 은 영입니다.")
    assert case.rules() <= {"numbers"}
    case.build("en", "ko")
    assert "% of the whole, or 5\n% of all." in case.page().get_text()
    assert "%50 이상이 작습니다." in case.page("ko").get_text()


HTML = {
    '<table class="buttons"><td><a href="https://a.example">View on the site</a></td></table>': "View on the site",
    "A <b>bold</b> word, H<sub>2</sub>O and <kbd>Enter</kbd>.": "bold",
    "<details>\n<summary>More words</summary>\n\nInner words.\n\n</details>": "More words",
    '<div align="center" title="More words">\nCentred\n</div>': "Centred",
}
DISHONEST_HTML = [
    ("<p>Words</p>", '<p onclick="run()">말</p>'),
    ("<p>Words</p>", "<p>말</p><p>말</p>"),
    ("<p>Words</p>", "<p>말<b></p>"),
    ("<p>Words</p>", "<p>말<!-- --></p>"),
    ('<p title="Words">Words</p>', '<p title="말" class="x">말</p>'),
    ('<a href="https://a.example">Words</a>', '<a href="https://b.example">말</a>'),
    ("<p>Words</p>", "<p>말</p\n onclick=run()>"),
]


def test_words_in_html_are_translated(case: Case) -> None:
    case.write(*((f"h-{number}", text) for number, text in enumerate(HTML)))
    for number, words in enumerate(HTML.values()):
        case.translate(f"h-{number}", (words, "한국말"))
    assert case.rules() <= {"html", "english"}
    case.build("en", "ko")
    assert case.page("ko").get_text().count("한국말") == len(HTML)
    tags = ["td", "b", "sub", "kbd", "details", "summary"]
    assert [each.name for each in case.page("ko").find_all(tags)] == [each.name for each in case.page().find_all(tags)]


def test_a_translation_brings_no_html_of_its_own(case: Case) -> None:
    case.write(*((f"h-{number}", english) for number, (english, _) in enumerate(DISHONEST_HTML)))
    for number, (_, translation) in enumerate(DISHONEST_HTML):
        case.book.translate("ko", f"case/h-{number}", translation)
    found = {line.partition(":")[0] for line in case.check() if line.startswith("`")}
    case.build("en", "ko")
    assert found == {f"`case/h-{number}`" for number in range(len(DISHONEST_HTML))}
    assert "말" not in case.page("ko").get_text()


WITHOUT_WORDS = [
    "$$\ny = x\n$$",
    "```python\nx = 1\n```",
    "---",
    "https://example.org/only",
    "<https://example.org>",
    "![](index.png)",
    "<!-- note to self -->",
    "`code`",
    "42",
    "<br>",
    "- [ ] ",
    "[x]: https://example.org",
    "```{math}\ny\n```",
    "```{note}\n$x$\n```",
]


def test_texts_without_words_are_not_asked_for(case: Case) -> None:
    case.write(*((f"a-{number}", text) for number, text in enumerate(WITHOUT_WORDS)), ("b", "Words."))
    assert [entry.msgctxt for entry in case.book.po("ko", "case")] == ["case/title", "case/b"]


WITH_WORDS = [
    "Words",
    "| a | b |\n|---|---|\n| 1 | Words |",
    "![Words](a.png)",
    "> Words",
    "<b>Words</b>",
    "<p>Words</p>",
    "- [x] Words",
    "```{note}\nWords\n```",
    "[Words](https://example.org)",
    "# Words",
]


def test_texts_with_words_are_asked_for(case: Case) -> None:
    case.write(*((f"a-{number}", text) for number, text in enumerate(WITH_WORDS)))
    assert [entry.msgid for entry in case.book.po("ko", "case")] == ["# A case", *WITH_WORDS]


def test_titles_of_links_and_pictures_are_words(case: Case) -> None:
    case.write(("a", 'See [Keras](https://keras.io "The site") and ![a cube](a.png "A cube").'), files={"a.png": b"x"})
    case.translate(
        "a", ("See ", "보세요 "), ("The site", "누리집"), (" and ", ", "), ("a cube", "입방체"), ("A cube", "입방체")
    )
    assert case.check() == []
    assert case.build("en", "ko") == []
    assert [each["title"] for each in case.page("ko").select("p a.external, p img")] == ["누리집", "입방체"]


def test_cells_that_begin_with_html_are_told_apart(case: Case) -> None:
    case.write(("a", "<p>One</p>"), ("b", "<p>Two</p>"), ("c", "<div>\n\nThree\n\n</div>"), ("d", "<p>Four</p>"))
    case.book.translate("ko", "case/b", "<p>둘</p>")
    case.build("en", "ko")
    assert all(case.page(language).find(id=cell) for language in ("en", "ko") for cell in "abcd")
    assert "둘" in case.page("ko").get_text()
    assert len(case.page("ko").select(".in-english")) == 4


def test_blanks_around_code_are_no_other_code(case: Case) -> None:
    case.write(("table", "| Norm | Axis |\n|---|---|\n| batch | `0` |"), ("words", "Set `axis=3` here."))
    case.translate("table", to="| 종류 | 축 |\n|---|---|\n 배치 | ` 0`")
    case.translate("words", to="여기에 `  axis=3 `를 씁니다.")
    assert case.build("ko") == []
    assert [line for line in case.check() if "code" in line] == []
    shown = case.page("ko").get_text()
    assert "배치" in shown
    assert "씁니다" in shown


BLOCKS = "#english, #english ~ ul, #english ~ blockquote"
QUOTED = (
    'He said "it *falls*" -- so `"x"` isn\'t "`y`".\n\n- "An item"\n\n> ```{admonition} "Careful"\n> "A note"\n> ```'
)


@pytest.mark.parametrize("language", ["pl", "ar"])
def test_what_is_shown_in_english_has_english_quotation_marks(case: Case, language: str) -> None:
    """Sphinx knows those of Polish, and of Arabic none."""
    (case.book.root / "translations" / language).mkdir(exist_ok=True)
    case.write(("english", QUOTED), ("translated", 'It "falls".'))
    case.book.translate(language, "case/translated", 'To "spada".')
    case.build("en", language)
    english, shown = ([each.get_text() for each in case.page(code).select(BLOCKS)] for code in ("en", language))
    assert shown == english
    assert shown[0].startswith('He said “it falls” – so "x" isn’t “y”.')
    assert {each.get("lang") for each in case.page(language).select(BLOCKS)} == {"en"}
    assert [each.get_text() for each in case.page(language).select("#translated")] == [
        {"pl": "To „spada”.", "ar": 'To "spada".'}[language]
    ]
