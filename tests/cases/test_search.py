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
          { length: 9, pages: [{ id: "p", names: ["另一个", title], headings: [] }] }).called(query)""",
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
        ("hear sea", "gear", []),
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


RESOLVE = """async ([words, query, synonyms]) => {
  const { Words } = await import("../_static/search-words.js");
  const { terms } = new Words({ stemmed: true, words, pages: [], synonyms }).resolve(query);
  return terms.map(({ forms }) => forms.map(({ word }) => word));
}"""


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ("ट्रांसफर", "ट्रान्सफर"),
        ("इन्फ़रेंस", "इंफरेन्स"),
        ("वैनिशिंग", "वेनिशिंग"),
        ("नॉर्म", "नोर्म"),
        ("कंपन", "कम्पन"),
    ],
)
def test_one_hindi_word_in_two_spellings_is_one_word(opened: tuple[Page, str], words: str, query: str) -> None:
    page, site = opened
    page.goto(f"{site}/ja/search.html")
    assert page.evaluate(
        """async ([one, other]) => {
          const { fold } = await import("../_static/search-words.js");
          return fold(one) === fold(other);
        }""",
        [words, query],
    )


@pytest.mark.parametrize(
    ("words", "query", "asked"),
    [
        ("미세 조정 배치 정규화", "미세조정 배치정규화", [["미세"], ["조정"], ["배치"], ["정규화"]]),
        ("배치 정규화 레이어", "배치정규화레이어", [["배치"], ["정규화"], ["레이어"]]),
        ("he art", "heart", []),
    ],
)
def test_words_of_the_book_that_are_written_as_one_are_asked_for_one_by_one(
    opened: tuple[Page, str], words: str, query: str, asked: list[list[str]]
) -> None:
    page, site = opened
    page.goto(f"{site}/ja/search.html")
    assert page.evaluate(RESOLVE, [words, query, {}]) == asked


@pytest.mark.parametrize(
    ("words", "query", "asked"),
    [
        ("batch yığın", "batch", [["batch", "yığın"]]),
        ("yığın", "Batches", [["yığın"]]),
        ("learning rate معدل التعلم", "learning rates", [["learning", "معدل"], ["rate", "التعلم"]]),
        ("weight decay sönümü", "weight decay", [["weight"], ["decay"]]),
        ("mapa cech", "feature maps", [["mapa"], ["cech"]]),
        ("γ", "gamma", [["γ"]]),
        ("gamut", "gamut", [["gamut"]]),
    ],
)
def test_for_what_readers_say_the_book_is_asked_for_its_own_word_too(
    opened: tuple[Page, str], words: str, query: str, asked: list[list[str]]
) -> None:
    """If the book has that word. Where it has as many words as the reader said, it is asked for both."""
    synonyms = {
        **{"batch": "yığın", "gamma": "γ", "weight": "ağırlık", "rate": "oran"},
        **{"learning rate": "معدل التعلم", "weight decay": "ağırlık sönümü", "feature map": "mapa cech"},
        "⊕": "γ",
    }
    page, site = opened
    page.goto(f"{site}/ja/search.html")
    assert page.evaluate(RESOLVE, [words, query, synonyms]) == asked


RANK = """async ([pages, asked]) => {
  const { Names, ranked } = await import("../_static/search-rank.js");
  const named = Object.entries(pages).map(([id, headings]) => ({ id, names: [id], headings }));
  const places = (at) => at.map((each) => ({ at: each, like: 1 }));
  const of = ([id, [much, at]]) => [id, { like: 1, much, places: places(at) }];
  const has = (found) => new Map(Object.entries(found).map(of));
  const terms = Object.entries(asked).map(([key, found]) => ({ keys: [key], has: has(found) }));
  return ranked(new Names({ pages: named, length: 1000 }), terms).map(({ id }) => id);
}"""


@pytest.mark.parametrize(
    ("pages", "asked", "order"),
    [
        (
            {"Batch norm": [], "Layer norm": [], "Choosing": ["What layers cost"]},
            {"layer": {"Layer norm": [6, [1, 90]], "Choosing": [9, [5, 50]], "Batch norm": [8, [7, 70]]}},
            ["Layer norm", "Choosing", "Batch norm"],
        ),
        (
            {"Apart": [], "Together": []},
            {"loss": {"Apart": [2, [3]], "Together": [2, [40]]}, "falls": {"Apart": [2, [90]], "Together": [2, [45]]}},
            ["Together", "Apart"],
        ),
        (
            {"Often": [], "Seldom": []},
            {
                "the": {"Often": [9, list(range(99))], "Seldom": [1, [1]]},
                "loss": {"Often": [1, [500]], "Seldom": [2, [400]]},
            },
            ["Seldom", "Often"],
        ),
        (
            {"Batch norm": [], "Batch norm in use": [], "Layer norm": ["After the ReLU"]},
            {
                "batch": {"Batch norm in use": [5, [0]], "Layer norm": [5, [900]]},
                "norm": {"Batch norm in use": [5, [100]], "Layer norm": [5, [300]]},
                "after": {"Batch norm in use": [5, [200]], "Layer norm": [5, [301]]},
                "relu": {"Batch norm in use": [5, [300]], "Layer norm": [5, [302]]},
            },
            ["Batch norm in use", "Layer norm", "Batch norm"],
        ),
        (
            {"Batch norm": [], "Layer norm": ["Batch norm and layer norm"]},
            {each: {"Batch norm": [1, [9]], "Layer norm": [1, [9]]} for each in ("batch", "norm", "layer")},
            ["Layer norm", "Batch norm"],
        ),
    ],
    ids=[
        "a page whose name says it before one that often has it",
        "where the words stand together",
        "a word that is everywhere counts less",
        "not a page that is called half as the one that was named",
        "unless both were named",
    ],
)
def test_the_order_of_pages(
    opened: tuple[Page, str], pages: dict[str, list[str]], asked: dict[str, dict[str, object]], order: list[str]
) -> None:
    page, site = opened
    page.goto(f"{site}/ja/search.html")
    assert page.evaluate(RANK, [pages, asked]) == order
