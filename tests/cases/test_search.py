"""Search in languages that put no spaces between words: what stands inside a sentence is found, in the real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import polib
import pytest

from bench.browsing.chromium import CHROMIUM, QUIET
from bench.browsing.served import served
from book.cli import main
from book.site.pages.unspaced import BREAK, SPELLED, parted
from tests.small_book import markdown, write_page

if TYPE_CHECKING:
    from playwright.sync_api import Page

TEXTS = {
    "title": "# Pee",
    "what": "## What it does\n\nThe *batch* normalization layer keeps the mean near zero.",
    "why": "Ask why. Use `tf.keras` for it.",
}
SAID = {
    "zh_Hans": ("## 它做什么\n\n*批量*归一化层使均值接近零。", "问为什么。使用Batch归一，用`tf.keras`。"),
    "ja": ("## 何をするか\n\n*バッチ*正規化層は平均をゼロに近づけます。", "ハハと聞く。`tf.keras`を使う。"),
    "th": ("## มันทำอะไร\n\nชั้นการทำให้เป็นมาตรฐานทำให้*ค่าเฉลี่ย*ใกล้ศูนย์", "ถามว่าทำไม ใช้ `tf.keras` ลีล่ ลี่"),
    "km": ("## វាធ្វើអ្វី\n\nស្រទាប់*ធ្វើបទដ្ឋាន*រក្សាមធ្យមឱ្យនៅជិតសូន្យ។", "សួរថាហេតុអ្វី។ ប្រើ `tf.keras`។"),
    "ko": ("## 하는 일\n\n*배치* 정규화 층은 평균을 0에 가깝게 합니다.", "이유를 묻습니다. `tf.keras`를 씁니다."),
}
FOUND = {
    "zh_Hans": ["归一化", "批量归一化", "均值", "零", "Batch", "keras", "归一化层的均值", "batch 归一", "用Batch归"],
    "ja": ["正規化", "バッチ", "ﾊﾞｯﾁ", "平均", "正規化の平均", "平均 正規化", "ハハ"],
    "th": ["ค่าเฉลี่ย", "เฉลี่ย", "มาตรฐาน", "ศูนย์", "ค่าเฉลี่ยศูนย์", "ทำไม", "keras"],
    "km": ["មធ្យម", "បទដ្ឋាន", "សូន្យ"],
    "ko": ["정규화", "평균"],
}
NOT_FOUND = {
    "zh_Hans": ["方差", "化归"],
    "ja": ["分散", "バハ"],
    "th": ["ความแปรปรวน"],
    "km": ["វ៉ារ្យ៉ង់"],
    "ko": ["분산"],
}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, str]]:
    """A page of Chromium, and where it finds a book of two pages in these languages."""
    from playwright.sync_api import sync_playwright

    root = tmp_path_factory.mktemp("book")
    (root / "_toc.yml").write_text("format: jb-book\nroot: notebooks/index\nchapters:\n- file: notebooks/p\n")
    (root / "_config.yml").write_text("title: A small book\nrepository:\n  url: https://github.com/owner/small\n")
    (root / "notebooks").mkdir()
    write_page(root, "index", [markdown("title", "# Start\n\nA small book.")])
    write_page(root, "p", [markdown(name, text) for name, text in TEXTS.items()])
    for code, said in SAID.items():
        made = polib.POFile()
        made.metadata = {"Language": code, "Content-Type": "text/plain; charset=UTF-8"}
        for name, text in zip(("what", "why"), said, strict=True):
            made.append(polib.POEntry(msgctxt=f"p/{name}", msgid=TEXTS[name], msgstr=text))
        (root / "translations" / code).mkdir(parents=True)
        made.save(str(root / "translations" / code / "p.po"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.delenv("GITHUB_REPOSITORY", raising=False)
        assert main(["sync"]) == 0
        assert main(["build"]) == 0
    with served(Path(root, "_build", "html")) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser.new_page(), site
        browser.close()


def test_on_a_wide_screen_what_is_beside_the_list_of_contents_stands_below_it(opened: tuple[Page, str]) -> None:
    page, site = opened
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site}/ko/notebooks/p.html")
    first, second = (each.bounding_box() for each in page.locator(".sidebar-secondary-item").all())
    assert first
    assert second
    assert (second["x"], second["y"] >= first["y"] + first["height"]) == (first["x"], True)


def results(page: Page, site: str, code: str, query: str) -> str:
    """What the search page shows for a query: the links and what is quoted."""
    page.goto(f"{site}/{code}/search.html?q={query}")
    said = page.locator("main .book-search [role=status]")
    page.wait_for_function(
        "() => document.querySelector('main .book-search [role=status]').textContent.match(/[:\u2068]/)"
    )
    assert said.inner_text()
    return page.locator("main .book-search ol").inner_html()


@pytest.mark.parametrize(("code", "query"), [(code, each) for code, queries in FOUND.items() for each in queries])
def test_a_word_inside_a_sentence_is_found(opened: tuple[Page, str], code: str, query: str) -> None:
    assert f"/{code}/notebooks/p.html" in results(*opened, code, query)


@pytest.mark.parametrize(("code", "query"), [(code, each) for code, queries in NOT_FOUND.items() for each in queries])
def test_what_stands_nowhere_is_not_found(opened: tuple[Page, str], code: str, query: str) -> None:
    assert results(*opened, code, query) == ""


@pytest.mark.parametrize(
    ("code", "query", "quoted"),
    [
        ("zh_Hans", "归一化", "批量<mark>归一化</mark>层使均值接近零。"),
        ("ja", "バッチ", "<mark>バッチ</mark>正規化層は平均をゼロに近づけます。"),
        ("th", "ค่าเฉลี่ย", "ชั้นการทำให้เป็นมาตรฐานทำให้<mark>ค่าเฉลี่ย</mark>ใกล้ศูนย์"),
        ("th", "ทำไม", "ถามว่า<mark>ทำไม</mark> ใช้ tf.keras ลีล่ ลี่"),
    ],
)
def test_what_is_quoted_stands_as_it_was_written(opened: tuple[Page, str], code: str, query: str, quoted: str) -> None:
    found = results(*opened, code, query)
    assert quoted in found
    assert not {BREAK[0], SPELLED} & set(found)


def test_only_letters_of_such_scripts_and_words_that_hyphens_join_are_parted() -> None:
    plain = '<p title="批量">Batch norm, नॉर्म, 정규화 and العربية</p>'
    assert parted(plain.replace("批量", "x")) == plain.replace("批量", "x")
    assert parted(plain) == plain
    assert parted("<p>用Batch<em>层</em>。 零</p>") == f"<p>用{BREAK}Batch<em>{BREAK}层</em>。 零</p>"
    assert parted('<p id="a-b">fine-tuning CIFAR-10</p>') == f'<p id="a-b">fine-{BREAK}tuning CIFAR-10</p>'
    assert parted("バ零") == f"{SPELLED}adana{BREAK}零"  # U+30D0, its digits as letters


def test_what_looks_spelled_and_is_no_letter_stays_as_it_is(opened: tuple[Page, str]) -> None:
    """Nobody can write a sign of HTML in that way."""
    page, site = opened
    page.goto(f"{site}/ja/search.html")
    said = page.evaluate(
        """async (text) => (await import("../_static/search-words.js")).asWritten(text)""",
        f"{SPELLED}aaadmaaadm and {parted('バ')}",
    )
    assert said == f"{SPELLED}aaadmaaadm and バ"


@pytest.mark.parametrize(
    ("title", "query", "same"),
    [
        ("Batch norm", " BATCH-NORM?", True),
        ("배치 정규화", "배치정규화", True),
        ("تطبيع المجموعات", "تَطبيع مجموعات", True),
        ("什么是归一化？", "什么是归一化", True),
        ("バッチ正規化", "ﾊﾞｯﾁ 正規化", True),
        ("バッチ正規化", "ハッチ正規化", False),
        ("Batch norm in use", "Batch norm", False),
        ("Layer norm", "layernorm", True),
    ],
)
def test_what_is_typed_is_a_title_if_it_has_the_same_letters(
    opened: tuple[Page, str], title: str, query: str, same: bool
) -> None:
    page, site = opened
    page.goto(f"{site}/ja/search.html")
    said = page.evaluate(
        """async ([title, query]) => !!new (await import("../_static/search-rank.js")).Names(
          [{ id: "p", names: ["另一个", title], headings: [] }]).called(query)""",
        [title, query],
    )
    assert said is same


@pytest.mark.parametrize(
    ("words", "query", "asked"),
    [
        ("batch batches norm", "batch", ["batch", "batches"]),
        ("free freeze fold", "fre", ["free", "freeze"]),
        ("transformers trainable", "transsformers", ["transformers"]),
        ("layers player", "lyaers", ["layers"]),
        ("norm form", "nrm", ["norm"]),
        ("warstwowa warstwy", "wartswowa", ["warstwowa"]),
        ("정규화", "정귶화", ["정규화"]),
        ("정규화", "규정화", ["정규화"]),
        ("الطبقة", "الطقبة", ["الطبقة"]),
        ("नॉर्म", "नॉम", ["नॉर्म"]),
        ("weather", "whether", []),
        ("norm", "elephant", []),
    ],
    ids=str,
)
def test_a_word_with_one_slip_is_asked_for_as_the_book_has_it(
    opened: tuple[Page, str], words: str, query: str, asked: list[str]
) -> None:
    page, site = opened
    page.goto(f"{site}/ja/search.html")
    said = page.evaluate(
        """async ([words, query]) => {
          const { Words } = await import("../_static/search-words.js");
          const { terms } = new Words({ stemmed: true, words, pages: [] }).resolve(query);
          return terms.flatMap(({ forms }) => forms.map(({ word }) => word));
        }""",
        [words, query],
    )
    assert said == asked


def test_a_page_whose_name_says_what_was_asked_comes_before_one_that_often_has_it(opened: tuple[Page, str]) -> None:
    page, site = opened
    page.goto(f"{site}/ja/search.html")
    said = page.evaluate(
        """async () => {
          const { Names, ranked } = await import("../_static/search-rank.js");
          const names = new Names(["Batch norm", "Layer norm", "Choosing"].map(
            (name) => ({ id: name, names: [name], headings: name === "Choosing" ? ["What layers cost"] : [] })));
          const has = (...much) => new Map(much.map(([id, much]) => [id, { like: 1, much }]));
          const terms = [{ keys: ["layer"], has: has(["Layer norm", 6], ["Choosing", 9], ["Batch norm", 8]) }];
          return ranked(names, terms).map(({ id }) => id);
        }""",
    )
    assert said == ["Layer norm", "Choosing", "Batch norm"]
