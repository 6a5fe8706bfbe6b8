"""Languages outside the book's own six, in small books: theme, footnotes, spelling, punctuation, terms in English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import polib
import pytest
from bs4 import BeautifulSoup, Tag

from book.cli import main
from book.language.conventions import Conventions
from book.language.glossary import read_glossary
from book.language.language import Language
from book.notebook.texts import PROSE, Text
from book.rules import findings
from book.site.source.theme_texts import locale_names
from tests.small_book import Book, markdown, write_page

if TYPE_CHECKING:
    from playwright.sync_api import Page

TEXTS = {
    "title": "# The mean",
    "note": "Take the mean of **each** batch.[^1] See [the start](index.ipynb).\n\n[^1]: As Ioffe wrote (2015).",
    "steps": "## Steps\n\n1. Divide it.\n\n```{note}\nKeep it.\n```",
    "terms": "Batch norm, layer norm, instance norm, group norm and weight norm.",
}
SAID = {
    "pt_BR": (
        "# A média",
        "Tome a média de **cada** lote.[^1] Veja [o início](index.ipynb).\n\n[^1]: Como Ioffe escreveu (2015).",
        "## Passos\n\n1. Divida-a.\n\n```{note}\nGuarde-a.\n```",
        "Batch norm, layer norm, instance norm, group norm e weight norm.",
    ),
    "sr_Latn": (
        "# Srednja vrednost",
        "Uzmite vrednost **svake** grupe.[^1] Vidite [početak](index.ipynb).\n\n[^1]: Kako je Ioffe pisao (2015).",
        "## Koraci\n\n1. Podelite je.\n\n```{note}\nZadržite je.\n```",
        "Batch norm, layer norm, instance norm, group norm i weight norm.",
    ),
    "zh_Hans": (
        "# 均值",
        "求**每个**批次的均值。[^1]参见[开头](index.ipynb)。\n\n[^1]: 如 Ioffe 所写（2015）。",
        "## 步骤\n\n1. 相除。\n\n```{note}\n保留它。\n```",
        "批量归一化、层归一化、实例归一化、组归一化和权重归一化。",
    ),
    "fa": (
        "# میانگین",
        "میانگین **هر** دسته را بگیرید.[^1] [آغاز](index.ipynb) را ببینید.\n\n[^1]: چنان‌که Ioffe نوشت (۲۰۱۵).",
        "## گام‌ها\n\n1. آن را تقسیم کنید.\n\n```{note}\nنگهش دارید.\n```",
        "نرمال‌سازی دسته‌ای، لایه‌ای، نمونه‌ای، گروهی و وزنی.",
    ),
    "km": (
        "# មធ្យម",
        "យកមធ្យមនៃបាច់**នីមួយៗ**។[^1] មើល[ការចាប់ផ្ដើម](index.ipynb)។\n\n[^1]: ដូចដែល Ioffe បានសរសេរ (2015)។",
        "## ជំហាន\n\n1. ចែកវា។\n\n```{note}\nរក្សាវា។\n```",
        "ការធ្វើបទដ្ឋានតាមបាច់ ស្រទាប់ ករណី ក្រុម និងទម្ងន់។",
    ),
}
SEARCH = {"pt_BR": "Pesquisa", "sr_Latn": "Pretraga"}  # what `site.po` says; of the others, Sphinx's own


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a book of two pages in these languages, which passes every check."""
    root = tmp_path_factory.mktemp("book")
    (root / "_toc.yml").write_text("format: jb-book\nroot: notebooks/index\nchapters:\n- file: notebooks/p\n")
    (root / "_config.yml").write_text("title: A small book\nrepository:\n  url: https://github.com/owner/small\n")
    (root / "notebooks").mkdir()
    write_page(root, "index", [markdown("title", "# Start\n\nA small book.")])
    write_page(root, "p", [markdown(name, text) for name, text in TEXTS.items()])
    for code, said in SAID.items():
        made = catalog(
            code, [polib.POEntry(msgctxt=f"p/{n}", msgid=TEXTS[n], msgstr=s) for n, s in zip(TEXTS, said, strict=True)]
        )
        (root / "translations" / code).mkdir(parents=True)
        made.save(str(root / "translations" / code / "p.po"))
        if code in SEARCH:
            words = catalog(code, [polib.POEntry(msgctxt="site/theme", msgid="Search", msgstr=SEARCH[code])])
            words.save(str(root / "translations" / code / "site.po"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.delenv("GITHUB_REPOSITORY", raising=False)
        assert main(["sync"]) == 0
        assert main(["check"]) == 0
        assert main(["build"]) == 0
    return root / "_build" / "html"


def catalog(code: str, entries: list[polib.POEntry]) -> polib.POFile:
    made = polib.POFile()
    made.metadata = {"Language": code, "Content-Type": "text/plain; charset=UTF-8"}
    made.extend(entries)
    return made


def page(built: Path, code: str) -> BeautifulSoup:
    return BeautifulSoup((built / code / "notebooks" / "p.html").read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize(
    ("code", "search", "note"),
    [
        ("pt_BR", "Pesquisa", "Nota"),
        ("sr_Latn", "Pretraga", "Note"),  # in Latin letters Sphinx has nothing of its own
        ("zh_Hans", "搜索", "备注"),
        ("fa", "جستجو", "توجه"),
        ("km", "Search", "Note"),
    ],
)
def test_sphinx_and_theme_speak_the_language(built: Path, code: str, search: str, note: str) -> None:
    made = page(built, code)
    html = made.html
    assert html
    assert html["lang"] == code.replace("_", "-")
    button = made.select_one(".search-button-field")
    title = made.select_one(".admonition-title")
    assert button
    assert title
    assert search in button.get_text()
    assert title.get_text() == note


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("pt_BR", ["pt_BR", "pt"]),
        ("pt", ["pt", "pt_BR"]),
        ("zh_Hans", ["zh", "zh_CN"]),
        ("zh_Hant", ["zh@hant", "zh_TW"]),
        ("zh_Hant_HK", ["zh_HK", "zh@hant", "zh_TW"]),
        ("sr_Latn", ["sr@latin"]),
        ("sr", ["sr", "sr_RS"]),
        ("uz_Cyrl", ["uz@cyrillic"]),
        ("he", ["he", "iw", "he_IL"]),
        ("es_MX", ["es_MX", "es", "es_ES"]),
        ("ko", ["ko", "ko_KR"]),
    ],
)
def test_catalogs_are_sought_by_the_names_that_packages_use_and_never_in_another_script(
    code: str, names: list[str]
) -> None:
    assert list(locale_names(Language(code))) == names


@pytest.mark.parametrize("code", SAID)
def test_footnotes_lead_there_and_back(built: Path, code: str) -> None:
    made = page(built, code)
    reference, note = made.select_one("a.footnote-reference"), made.select_one("aside.footnote")
    assert isinstance(reference, Tag)
    assert isinstance(note, Tag)
    assert reference["href"] == f"#{note['id']}"
    back = note.select_one("a")
    assert back
    assert back["href"] == f"#{reference['id']}"
    assert "Ioffe" in note.get_text()
    assert note.get_text() != page(built, "en").select_one("aside.footnote").get_text()  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def opened(built: Path) -> Iterator[tuple[Page, str]]:
    from playwright.sync_api import sync_playwright

    from bench.browsing.chromium import CHROMIUM, QUIET
    from bench.browsing.served import served

    with served(built) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser.new_page(), site
        browser.close()


@pytest.mark.parametrize(("code", "at_left"), [("pt_BR", True), ("fa", False)])
def test_what_begins_a_line_stands_where_lines_begin(opened: tuple[Page, str], code: str, at_left: bool) -> None:
    """The number of a footnote, and the bar of a note."""
    shown, site = opened
    shown.goto(f"{site}/{code}/notebooks/p.html")
    label, text = (shown.locator(f"aside.footnote > {each}").first.bounding_box() for each in ("span", "p"))
    assert label
    assert text
    assert (label["x"] < text["x"] + text["width"] / 2) is at_left
    style = shown.locator("div.admonition").evaluate(
        "box => [getComputedStyle(box).borderLeftWidth, getComputedStyle(box).borderRightWidth]"
    )
    assert (style[0] > style[1]) is at_left


GLOSSARY = """english,translation,note,forms
batch norm,Stapelnorm,,
batch size,Stapelgröße,,
layer normalization,Schicht-Normalisierung,,
"""


@pytest.mark.parametrize(
    ("english", "said", "holds"),
    [
        ("The batch norm layer.", "Die Stapelnormschicht.", True),
        ("The batch norm layer.", "Die Stapel-Norm-Schicht.", True),
        ("The **batch** size.", "Die **Stapel**-Größe.", True),
        ("The batch size.", "Die Stapel\u00adgröße, die Stapel\u2011größe.", True),
        ("Layer normalization.", "Schichtnormalisierung.", True),
        ("Layer normalization.", "Norm der Lage.", False),
        ("The batch size.", "Die Größe der Ladung.", False),
    ],
)
def test_compounds_may_be_joined_or_parted(tmp_path: Path, english: str, said: str, holds: bool) -> None:
    (tmp_path / "glossary.csv").write_text(GLOSSARY, encoding="utf-8")
    conventions = Conventions(Language("de"), terms=read_glossary(tmp_path / "glossary.csv").terms)
    found = {rule for _, rule in findings(Text("p/a", english, PROSE), said, conventions=conventions)}
    assert found == (set() if holds else {"glossary"})


SPELLED = {
    "fa": "GPU‌ها سریع‌اند، و API‌ها (10‌تای آن‌ها) با `axis`‌ها کمک می‌کنند.",
    "ur": "بچّے، C++‎ میں۔",
    "he": "כתבו C++‎, לא C#‎.",
    "ml": "അവന്‍ വരും.",
    "si": "ක්‍රියා කරයි.",
    "km": "GPU លឿន​ណាស់ ហើយ API​នេះ​ជួយ។",
    "th": "คำ​ไทย API​นี้",
    "my": "မြန်​မာ​စာ။",
    "de": "Grafik­prozessoren und Schnitt­stellen helfen.",
    "ja": "葛󠄀城と﨑︀を書く。",
    "mn_Mong": "ᠮᠣᠩᠭᠣᠯ᠎ᠠ",
    "ko": "👩‍💻 👨‍👩‍👧‍👦 ❤️ ☎︎ 1️⃣ #️⃣ 🏳️‍🌈 🏴󠁧󠁢󠁳󠁣󠁴󠁿 👩🏽‍🚀 ⚠️ ©️ 〰️ 🇰🇷 ㊗️ ‼️ 🐻‍❄️ 👁️‍🗨️ 씁니다.",
}


def broken(code: str, english: str, said: str) -> set[str]:
    conventions = Conventions(Language(code))
    return {rule for _, rule in findings(Text("p/a", english, PROSE), said, conventions=conventions)}


@pytest.mark.parametrize(("code", "said"), SPELLED.items())
def test_characters_that_a_spelling_needs_are_no_findings(code: str, said: str) -> None:
    assert not {"invisible", "spaces", "nfc"} & broken(code, "Text.", said)


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u200c", "\u200d", "\u00ad\u00ad", "\u2063", "\U000e0067", "\u202e", "\ufe0f"]
)
@pytest.mark.parametrize("around", ["x{}y", "한{}글", "a {}b", "x{}"])
def test_where_nothing_needs_them_they_are(hidden: str, around: str) -> None:
    assert "invisible" in broken("ko", "Text.", around.format(hidden))


@pytest.mark.parametrize("said", ["🏴\U000e0067", "🏴" + "\U000e0067" * 7 + "\U000e007f", "x\U000e007f", "a\U000e0100"])
def test_tags_and_selectors_are_of_use_only_where_they_make_something(said: str) -> None:
    assert "invisible" in broken("ko", "Text.", said)


@pytest.mark.parametrize("sign", ["\u200c", "\u200d", "\u200b", "\u00ad", "\u200e", "\ufe0f"])
def test_in_the_names_of_files_none_is_accepted(tmp_book: Book, capsys: pytest.CaptureFixture[str], sign: str) -> None:
    write_page(tmp_book.root, f"lo{sign}ss", [markdown("title", "# Page")])
    toc = tmp_book.root / "_toc.yml"
    toc.write_text(toc.read_text().replace("notebooks/loss", f"notebooks/lo{sign}ss"), encoding="utf-8")
    capsys.readouterr()
    assert main(["check"]) == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert "_toc.yml:4" in said
    assert "a page's path has letters, digits, blanks and some signs" in said


@pytest.mark.parametrize(
    ("code", "english", "said"),
    [
        ("fr", TEXTS["terms"], "Batch norm, layer norm, instance norm, group norm et weight norm."),
        ("fr", "The batch, layer, instance, group and weight norm.", "Batch, layer, instance, group et weight norm."),
        ("de", "Mean squared error loss, dense layer.", "Der mean squared error loss, der dense layer."),
        (
            "pt_BR",
            "Use stochastic gradient descent momentum.",
            "Use stochastic gradient descent momentum aqui.",
        ),
    ],
)
def test_terms_are_no_english_sentence(code: str, english: str, said: str) -> None:
    assert "english" not in broken(code, english, said)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("fr", "Elle divise. It keeps the mean near zero, and the norm too."),
        ("pt_BR", "Ela divide, the layer keeps the mean near zero."),
        ("zh_Hans", "它相除。It keeps the mean near zero."),
    ],
)
def test_a_sentence_left_in_english_is_found(code: str, said: str) -> None:
    english = "It divides. It keeps the mean near zero, and the norm too. The layer keeps the mean near zero."
    assert "english" in broken(code, english, said)


ENDS = {"km": "។", "hi": "।", "ur": "۔", "zh_Hans": "。", "am": "።", "hy": "։", "my": "။", "bo": "།", "de": "."}


@pytest.mark.parametrize(("code", "stop"), ENDS.items())
def test_every_script_has_its_full_stop(code: str, stop: str) -> None:
    said = "The mean of the batch is near zero now, and the norm stays."
    assert "ending" not in broken(code, said, f"x{stop}")
    assert "ending" in broken(code, "Does the mean fall?", f"x{stop}")
    assert "ending" in broken(code, said, "x")


@pytest.mark.parametrize(
    ("code", "english", "said"),
    [("km", "Steps:", "ជំហាន៖"), ("am", "Steps:", "ደረጃዎች፦"), ("hy", "Is it?", "Դա՞"), ("el", "Is it?", "Είναι;")],
)
def test_colons_and_questions_too(code: str, english: str, said: str) -> None:
    assert "ending" not in broken(code, english, said)
