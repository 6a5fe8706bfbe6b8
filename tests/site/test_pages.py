"""The pages on the state of the translations and on translating, and what each lesson says of its own state.

The small book is built once by the real Sphinx: Korean in part translated and in part out of date, Arabic not at all.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from book.cli import _parser, main
from book.language.language import Language
from book.project import Project
from book.rules import RULES
from tests import ROOT
from tests.small_book import Book, make_book
from tests.status.test_status import DAY, commit, git

KOREAN = {
    "Loss by epoch": "에포크별 손실",
    "batch {size}": "배치 {size}",
    "say so": "알립니다",
    "A falling line.": "내려가는 선.",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    with pytest.MonkeyPatch.context() as patch:
        tmp_book = make_book(tmp_path_factory.mktemp("book"), patch)
        git(tmp_book.root, "init", "--quiet", "--initial-branch", "main")
        commit(tmp_book, "d1")
        tmp_book.translate("ko", "index/title", "# 시작\n\n[손실](loss.ipynb)에 관한 책입니다.")
        tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다.")
        tmp_book.translate("ko", "loss/plot", "손실을 그립니다.", "Draw the loss.")
        for text, said in KOREAN.items():
            tmp_book.translate("ko", "loss/plot", said, text)
        tmp_book.translate("ko", "site/status-title", "번역 <현황>", "State of the translations")
        tmp_book.translate("ko", "site/translate-title", "번역하는 방법")
        tmp_book.translate("ko", "site/rule-maths", "수식은 그대로 둡니다.")
        commit(tmp_book, "d2")
        tmp_book.reword("loss", "what-falls", "falls.", "drops fast.")
        tmp_book.reword("loss", "plot", "# Draw the loss.", "# Draw the falling loss.")
        commit(tmp_book, "d3")
        folder = tmp_book.root / "translations" / "ko"
        (folder / "STYLE.md").write_text(
            "# 지침\n\n- “따로”라고 씁니다.\n- <script>alert(1)</script>\n", encoding="utf-8"
        )
        with (folder / "glossary.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("english", "translation", "note"), ("loss", "손실", ""), ("too few", "둘")])
        header = tmp_book.po("ar", "loss")
        header.metadata["X-Reviewed-By"] = "A <Reader>"
        header.save(str(tmp_book.project.catalog(Language("ar"), "loss")))
        assert main(["build"]) == 0
        yield tmp_book


def opened(site: Book, path: str) -> BeautifulSoup:
    return BeautifulSoup((site.project.html / path).read_text(encoding="utf-8"), "html.parser")


def one(page: BeautifulSoup | Tag, selector: str) -> Tag:
    found = page.select(selector)
    assert len(found) == 1, f"{len(found)} of {selector}"
    return found[0]


def words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def row(page: BeautifulSoup, language: str, name: str) -> list[str]:
    """The cells of a page's row in a language's table."""
    line = next(each for each in page.select(f"details#{language} tbody tr") if f"{name}.po" in each.get_text())
    return [words(cell) for cell in line.select("td")]


def test_a_lesson_says_how_much_of_it_is_translated(site: Book) -> None:
    foot = words(one(opened(site, "ko/notebooks/loss.html"), ".book-foot"))
    assert "Texts of this page translated: 4 of 7. Out of date: 2." in foot
    assert "Texts of this page" not in words(one(opened(site, "en/notebooks/loss.html"), ".book-foot"))


@pytest.mark.parametrize(
    "path", ["ko/notebooks/loss.html", "en/notebooks/index.html", "ar/status.html", "ko/search.html"]
)
def test_the_foot_of_every_page_leads_to_the_further_pages(site: Book, path: str) -> None:
    addresses = [str(a["href"]) for a in opened(site, path).select(".book-foot a")]
    targets = [(site.project.html / path).parent / each for each in addresses if not each.startswith("https:")]
    language = path.partition("/")[0]
    expected = [site.project.html / language / name for name in ("translate.html", "status.html", "contributors.html")]
    assert [target.resolve() for target in targets] == expected
    assert all(target.exists() for target in expected)


def test_an_outdated_cell_shows_its_translation_and_what_changed(site: Book) -> None:
    page = opened(site, "ko/notebooks/loss.html")
    label = one(page, "#what-falls > h2 + .outdated")
    assert "손실이 줄어듭니다." in page.get_text()
    assert [each["lang"] for each in label.select("blockquote")] == ["en", "en"]
    assert words(one(label, "del")) == "falls."
    assert words(one(label, "ins")) == "drops fast."


def test_outdated_words_in_code_are_shown_translated_and_say_what_changed(site: Book) -> None:
    page = opened(site, "ko/notebooks/loss.html")
    label = one(page, ".outdated:has(+ .cell)")
    assert words(one(label, "ins")) == "falling"
    assert "손실을 그립니다." in one(page, ".cell_input").get_text()


def test_untranslated_prose_and_code_are_english_and_lead_to_the_file(site: Book) -> None:
    page = opened(site, "ar/notebooks/loss.html")
    labels = page.select("p.in-english")
    assert len(labels) == 3
    assert all("/main/translations/ar/loss.po" in str(one(label, "a")["href"]) for label in labels)
    english = one(page, "#what-falls > p:not(.cell-state)")
    assert (english["lang"], english["dir"], words(english)) == ("en", "ltr", "The loss drops fast.")
    assert not opened(site, "en/notebooks/loss.html").select(".cell-state")


def test_a_page_that_nobody_has_reviewed_invites_reviewers(site: Book) -> None:
    label = one(opened(site, "ko/notebooks/loss.html"), ".cell-state.draft")
    assert one(label, "a")["href"] == "../translate.html#review"
    assert one(opened(site, "ko/translate.html"), "#review")


def test_the_menu_leads_to_the_page_on_translating_where_a_page_is_not_translated(site: Book) -> None:
    menu = one(opened(site, "en/notebooks/index.html"), ".book-languages")
    assert [a["href"] for a in menu.select("small a")] == ["../../ar/translate.html"]


def test_the_state_of_each_page_is_shown_with_its_days(site: Book) -> None:
    korean = opened(site, "ko/status.html")
    assert row(korean, "ko", "loss") == ["4 / 7", "2", "1", "3 commits: 2", "2026년 11월 2일", "2026년 11월 3일"]
    assert row(korean, "ko", "index")[-2:] == ["2026년 11월 2일", "2026년 11월 1일"]
    assert row(korean, "ar", "loss")[-2:] == ["–", "2026년 11월 3일"]
    assert row(korean, "ko", "site")[-1] == "–"


def test_the_state_is_told_in_the_pages_language_and_direction(site: Book) -> None:
    page = opened(site, "ko/status.html")
    assert words(one(page, "h1")) == "State of the translations", "a translation with HTML in it is not shown"
    assert (one(page, "html")["lang"], one(page, "html")["dir"]) == ("ko", "ltr")
    assert one(opened(site, "ar/status.html"), "html")["dir"] == "rtl"
    names = [(a["lang"], a["dir"], words(a)) for a in page.select("article > div th a, .book-table tbody th > a[lang]")]
    assert ("ko", "ltr", "한국어") in names
    assert ("ar", "rtl", "العربية") in names
    assert ("en", "ltr", "Loss") in names, "a title that is not translated yet is marked as English"


def test_a_language_without_reviewers_invites_them_and_another_names_them(site: Book) -> None:
    page = opened(site, "en/status.html")
    assert one(page, "#ko > p a")["href"] == "../ko/translate.html#review"
    assert not page.select("#ar > p")
    assert "A <Reader>" in words(one(page, "#ar"))


def test_contributors_are_named_with_their_pages_and_drafts_are_called_drafts(site: Book) -> None:
    for language in ("en", "ko", "ar"):
        page = opened(site, f"{language}/contributors.html")
        names = [words(each) for each in page.select("article li bdi")]
        assert names == ["A <Reader>"], "Korean was saved by nobody who left a name"
        assert one(page, "article li a")["href"] == "../ar/notebooks/loss.html"
        machine = [words(each) for each in page.select("article p") if "drafted by machine" in words(each)]
        said = [each.split(": ")[1].split(". ")[0] for each in machine]
        assert said == ["3 of 3"], "Arabic is not translated but for a page that somebody has reviewed"


def test_a_rule_has_an_example_in_the_readers_language_where_there_is_one(site: Book) -> None:
    own = one(opened(site, "ko/translate.html"), "#rule-placeholders + dd > p:last-child")
    assert words(own).endswith("batch {size} – 배치 {size}")
    drawn = one(opened(site, "ko/translate.html"), "#rule-figure-text + dd > p:last-child")
    assert words(drawn).endswith("Loss by epoch – 에포크별 손실"), "the rule is about texts of figures"
    assert not opened(site, "en/translate.html").select(".book-rules span")


def test_a_book_without_makefile_names_to_translators_only_what_works_there(site: Book) -> None:
    for language in ("en", "ko"):
        page = opened(site, f"{language}/translate.html")
        (commands,) = [each.get_text() for each in page.select("pre") if "git clone" in each.get_text()]
        assert ".venv/bin/pip install -r requirements.txt\n.venv/bin/book serve " in commands
        assert "make" not in commands
        assert "site/index.html" not in words(one(page, "article"))
    assert not site.project.makes("site")
    assert Project(ROOT).makes("site")


def test_a_book_with_a_makefile_and_previews_names_both_to_translators(tmp_book: Book) -> None:
    (tmp_book.root / "Makefile").write_text("site: ready\n\tbook build\n")
    workflow = tmp_book.root / ".github" / "workflows" / "preview.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text("name: preview\n")
    assert main(["build", "en"]) == 0
    page = opened(tmp_book, "en/translate.html")
    assert "preview" in words(one(page, "#try + p"))
    (commands,) = [each.get_text() for each in page.select("pre") if "git clone" in each.get_text()]
    assert "make site\n.venv/bin/book serve " in commands
    assert "pip install" not in commands


def test_the_report_lies_beside_the_pages_as_data(site: Book, capsys: pytest.CaptureFixture[str]) -> None:
    made = json.loads((site.project.html / "status.json").read_text(encoding="utf-8"))
    capsys.readouterr()
    assert main(["status", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {**told, "made": None} == {**made, "made": None}
    assert datetime.fromisoformat(made["made"]) <= datetime.now(UTC)
    loss = next(each for each in made["pages"] if (each["language"], each["page"]) == ("ko", "loss"))
    assert (loss["behind"], loss["english_changed"]) == (3, DAY["d3"].isoformat())


def test_every_rule_is_explained_with_its_examples(site: Book) -> None:
    page = opened(site, "ko/translate.html")
    for rule in RULES:
        explained = words(one(page, f"#rule-{rule.name} + dd"))
        for example in re.findall(r"^ *(?:Bad|Good): (.*)$", rule.doc, re.MULTILINE):
            assert " ".join(example.split()) in explained


def test_every_command_on_the_page_is_one(site: Book) -> None:
    known = set(re.findall(r"^    (\w+) +\w", _parser().format_help(), re.MULTILINE))
    for language in ("en", "ko"):
        text = " ".join(each.get_text() for each in opened(site, f"{language}/translate.html").select("pre"))
        named = set(re.findall(r"bin/book (\w+)", text))
        assert named
        assert named <= known


def test_what_a_rule_asks_for_is_translated_or_marked_as_english(site: Book) -> None:
    page = opened(site, "ko/translate.html")
    translated = one(page, "#rule-maths + dd > p:first-child")
    assert (words(translated), translated.get("lang")) == ("수식은 그대로 둡니다.", None)
    english = one(page, "#rule-image + dd > p:first-child")
    assert (english["lang"], english["dir"]) == ("en", "ltr")
    assert not opened(site, "en/translate.html").select(".book-rules [lang]")


def test_an_entry_of_the_language_itself_is_the_example(site: Book) -> None:
    entry = one(opened(site, "ko/translate.html"), "#po-file + p + pre").get_text()
    assert 'msgctxt "index/title"' in entry
    assert "에 관한 책입니다." in entry
    assert 'msgstr ""' in one(opened(site, "ar/translate.html"), "#po-file + p + pre").get_text()


def test_each_file_can_be_downloaded_and_uploaded_again(site: Book) -> None:
    page, at = opened(site, "ko/translate.html"), "https://github.com/owner/small/{}/main/translations/ko"
    files = [each["href"] for each in page.select("#files ~ ul small a")]
    assert files == [f"{at.format('raw')}/{name}.po" for name in ("index", "loss", "site")]
    assert one(page, "#edit + ul a[href*='/upload/']")["href"] == at.format("upload")
    assert not opened(site, "en/translate.html").select("a[href*='/upload/']")


def test_style_and_glossary_are_on_the_page_and_bring_no_html(site: Book) -> None:
    page = opened(site, "ko/translate.html")
    assert "“따로”라고 씁니다." in one(page, "#style ~ details ul").get_text()
    assert one(page, "#style ~ details .together").get_text() == "”라고", "where no line ends"
    assert "<script>alert(1)</script>" in page.get_text()
    cells = [[words(cell) for cell in line.select("th, td")] for line in page.select("#style ~ details tbody tr")]
    assert cells == [["loss", "손실", ""], ["too few", "둘", ""]]
    assert not opened(site, "ar/translate.html").select("#style")


def test_what_cannot_be_read_of_a_languages_own_files_is_left_out_and_named(
    tmp_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    """The site does without a style note, a term, a pattern: the words of the translations are there."""
    files = {
        "STYLE.md": "# 지침\n".encode("euc-kr"),
        "glossary.csv": 'english,translation\nloss,손실\nbatch,"\n"\naxis,축\n'.encode(),
        "conventions.toml": b"keep-with-next = 'a'\n[[avoid]]\npattern = '('\nsay = 'x'\n",
    }
    for name, content in files.items():
        (tmp_book.root / "translations" / "ko" / name).write_bytes(content)
    tmp_book.translate("ko", "index/title", "# 시작\n\n[손실](loss.ipynb)에 관한 책입니다.")
    capsys.readouterr()
    for command in ("build", "check", "localize"):
        assert main([command, "ko"]) == 1
        said = capsys.readouterr()
        found = [line for line in (said.err + said.out).splitlines() if "translations/ko/" in line]
        assert [line.partition(": ")[0].rpartition("/")[2] for line in found] == [
            "STYLE.md:1",
            "conventions.toml:3",
            "glossary.csv:4",
        ]
    assert "책입니다" in opened(tmp_book, "ko/notebooks/index.html").get_text()
    page = opened(tmp_book, "ko/translate.html")
    cells = [words(cell) for cell in page.select("#style ~ details tbody td:first-of-type")]
    assert cells == ["손실", "", "축"]


def test_a_page_that_is_still_english_names_who_reviewed_it(site: Book) -> None:
    assert "A <Reader>" in words(one(opened(site, "ar/notebooks/loss.html"), ".cell-state.reviewed"))


def test_a_second_build_shows_what_has_changed_since_and_who_reviewed_it(site: Book) -> None:
    site.translate("ar", "loss/plot", "يقال", "say so")
    assert main(["build", "ar"]) == 0
    assert "A <Reader>" in words(one(opened(site, "ar/notebooks/loss.html"), ".cell-state.reviewed"))
    assert "translated: 1 of 7." in words(one(opened(site, "ar/notebooks/loss.html"), ".book-foot"))
    assert row(opened(site, "ar/status.html"), "ar", "loss")[:2] == ["1 / 7", "0"]


def test_who_finds_something_unclear_opens_an_issue_that_names_the_page(site: Book) -> None:
    for code in ("en", "ko"):
        links = opened(site, f"{code}/notebooks/loss.html").select(".book-unclear a")
        assert len(links) == 2, "below the contents and at the foot"
        assert links[0]["href"] == links[1]["href"]
        address = urlsplit(str(links[0]["href"]))
        assert (address.netloc, address.path) == ("github.com", "/owner/small/issues/new")
        filled = parse_qs(address.query)
        assert filled["title"] == [f"Unclear: loss ({code})"]
        assert filled["body"][0].startswith(f"https://owner.github.io/small/{code}/notebooks/loss.html\n")
    assert not opened(site, "ko/status.html").select(".book-unclear a"), "it is no page of the book"


def test_a_page_says_how_to_cite_it(site: Book) -> None:
    cited = one(opened(site, "ko/notebooks/loss.html"), ".book-cite")
    assert words(one(cited, ".book-citation")).endswith("https://owner.github.io/small/ko/notebooks/loss.html")
    assert one(cited, ".book-bibtex").get_text().strip().startswith("@misc{ko-loss,\n")
