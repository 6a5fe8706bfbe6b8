"""What a page's head says, by the rules of search engines, Open Graph and schema.org."""

from __future__ import annotations

import json
import struct
from collections import defaultdict
from html.parser import HTMLParser
from typing import Any

import pytest

from book.language.language import Language
from book.localize.edition import Edition, editions
from book.project import Project
from book.site.source import social_cards as drawing
from book.site.source.head import as_script, canonical, entrance_head, head, territory
from book.site.source.social_cards import Card, cards, write_cards
from book.urls import base_url
from tests import ROOT
from tests.small_book import SVG, Book

REAL = Project(ROOT)
CANVAS = '<svg xmlns="http://www.w3.org/2000/svg" width="96pt" height="48pt" viewBox="0 0 96 48">'
FIGURE = CANVAS + '<rect width="40" height="30" fill="#00f"/><text x="9" y="40">Loss</text></svg>'
BOTH = ["en", "ko"]


class Head(HTMLParser):
    """The tags of a head, parsed as a browser does."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.meta: dict[str, list[str]] = defaultdict(list)
        self.links: dict[str, dict[str, str]] = defaultdict(dict)
        self.scripts: list[str] = []
        self._in_data = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "meta" and (name := found.get("name") or found.get("property")):
            self.meta[name].append(found["content"])
        elif tag == "link":
            self.links[found["rel"]][found.get("hreflang", "")] = found["href"]
        self._in_data = tag == "script" and found.get("type") == "application/ld+json"
        if self._in_data:
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False

    @property
    def data(self) -> Any:
        (script,) = self.scripts
        return json.loads(script)


def faults(found: Head, language: str, project: Project) -> list[str]:
    """Where the head of a translated page breaks the rules."""
    own = found.links["canonical"][""]
    addresses = [own, *found.links["alternate"].values(), *found.meta["og:image"], found.data["@id"]]
    said = [f"{each} is not on the site" for each in addresses if not each.startswith(base_url(project))]
    once = ["description", "og:title", "og:description", "og:url", "og:type", "og:locale", "twitter:card"]
    said += [f"{len(found.meta[name])} times {name}" for name in once if len(found.meta[name]) != 1]
    said += [f"LaTeX or markup in: {each}" for each in found.meta["description"] if set(each) & set("\\$`*")]
    if found.links["alternate"].get(language) != own or "x-default" not in found.links["alternate"]:
        said.append("the page is not among its own languages, or there is no default")
    if found.data["inLanguage"] != language or found.data["url"] != own:
        said.append("structured data speak of another page")
    return said


@pytest.fixture
def editions_of(tmp_book: Book) -> dict[str, Edition]:
    """The small book; Korean translates the page `loss`, Arabic nothing."""
    tmp_book.translate("ko", "loss/title", "# 손실\n\n손실은 $L = 0.5$이고 `axis=3`입니다. [처음](index.ipynb)")
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다.")
    return {each.language.code: each for each in editions(tmp_book.project, tmp_book.project.editions)}


def test_a_translated_page_names_itself_its_languages_and_its_original(editions_of: dict[str, Edition]) -> None:
    found = Head(head(editions_of["ko"], "loss", BOTH, Card("loss", "plot", FIGURE)))
    base = "https://owner.github.io/small/"
    assert found.meta["og:title"] == ["손실"]
    assert found.meta["description"] == ["손실은 L = 0.5이고 axis=3입니다. 처음"]
    assert found.meta["og:locale"] == ["ko_KR"]
    assert found.meta["og:locale:alternate"] == ["en_US"]
    assert found.meta["og:image:alt"] == ["A falling line."]
    page = f"{base}en/notebooks/loss.html"
    assert found.links["alternate"] == {"en": page, "ko": f"{base}ko/notebooks/loss.html", "x-default": page}
    assert found.data["translationOfWork"] == {"@id": page}
    assert found.data["isPartOf"]["@id"] == f"{base}ko/notebooks/index.html"
    assert "dateModified" not in found.data, "the page was never run"


def test_the_english_page_names_its_translations_and_the_home_page_its_parts(editions_of: dict[str, Edition]) -> None:
    page, home = (Head(head(editions_of["en"], name, BOTH, None)).data for name in ("loss", "index"))
    assert page["workTranslation"] == [{"@id": "https://owner.github.io/small/ko/notebooks/loss.html"}]
    assert (page["@type"], home["@type"]) == ("LearningResource", "Course")
    assert [part["name"] for part in home["hasPart"]] == ["Loss"]
    assert home["author"] == {"name": "Nobody"}


def test_a_page_that_is_still_english_points_to_the_english_page(editions_of: dict[str, Edition]) -> None:
    found = Head(head(editions_of["ar"], "loss", BOTH, None))
    assert canonical(editions_of["ar"], "loss", BOTH) == "https://owner.github.io/small/en/notebooks/loss.html"
    assert found.links["alternate"] == {}
    assert found.data["inLanguage"] == "en"
    assert "translationOfWork" not in found.data


def test_no_title_can_end_its_element(tmp_book: Book) -> None:
    hostile = 'A</script><script>alert(1)</script> "title" & <b>'
    found = Head(as_script({"name": hostile}))
    assert found.data == {"name": hostile}
    tmp_book.edit("loss", lambda page: page.cells[0].update(source=f"# {hostile}\n\n\"><meta name='x'> `</script>`."))
    (english,) = editions(tmp_book.project, [Language("en")])
    made = Head(head(english, "loss", ["en"], None))
    assert made.data["name"] == made.meta["og:title"][0]
    assert "</script>" in made.data["description"]
    assert "x" not in made.meta


def test_the_entrance_stands_for_all_other_languages(editions_of: dict[str, Edition]) -> None:
    found = Head(entrance_head(editions_of["en"], BOTH, None))
    assert found.links["canonical"][""] == found.links["alternate"]["x-default"] == "https://owner.github.io/small/"


def test_a_language_has_the_land_where_most_speak_it() -> None:
    assert [territory(Language(code)) for code in ("ko", "pl", "hi", "pt_BR")] == ["ko_KR", "pl_PL", "hi_IN", "pt_BR"]


def test_a_card_is_the_figure_without_its_words() -> None:
    made = Card("loss", "plot", FIGURE).png()
    assert made.startswith(b"\x89PNG")
    assert struct.unpack(">II", made[16:24]) == (1200, 630)
    assert made == Card("loss", "plot", FIGURE.replace("Loss", "")).png()
    assert made != Card("loss", "plot", FIGURE.replace("#00f", "#f00")).png()


@pytest.mark.parametrize("part", ["_PAINTER", "_STYLE", "_BACKGROUND", "_MARGIN"])
def test_a_card_is_drawn_anew_where_what_draws_it_has_changed(
    tmp_book: Book, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    card = Card("loss", "plot", FIGURE)
    write_cards(tmp_book.project, {"loss": card})
    before = tmp_book.project.html / card.path
    assert before.exists()
    monkeypatch.setattr(drawing, part, getattr(drawing, part) * 2)
    after = tmp_book.project.html / card.path
    assert after != before
    monkeypatch.setattr(Card, "png", lambda card: b"drawn anew")
    write_cards(tmp_book.project, {"loss": card})
    assert after.read_bytes() == b"drawn anew"
    assert not before.exists()


def test_a_page_without_a_figure_has_the_first_card_of_the_book(tmp_book: Book) -> None:
    def draw(page: Any) -> None:
        page.cells[2].outputs[1].data["image/svg+xml"] = FIGURE

    assert SVG != FIGURE
    assert cards(editions(tmp_book.project, [Language("en")])[0]) == {}
    tmp_book.edit("loss", draw)
    made = cards(editions(tmp_book.project, [Language("en")])[0])
    assert made["index"] == made["loss"]


BUILT = [(each.code, page) for each in REAL.editions for page in REAL.pages if (REAL.html / each.code).exists()]


@pytest.mark.skipif(not BUILT, reason="the site is not built: run `book build`")
@pytest.mark.parametrize(("code", "page"), BUILT)
def test_the_head_of_every_built_page_keeps_the_rules(code: str, page: str) -> None:
    found, english = (
        Head((REAL.html / each / "notebooks" / f"{page}.html").read_text(encoding="utf-8")) for each in (code, "en")
    )
    if Language(code).tag not in english.links["alternate"]:  # the page is still in English
        assert found.links["canonical"] == english.links["canonical"]
        assert not found.links["alternate"]
        return
    assert faults(found, Language(code).tag, REAL) == []
    for address in found.meta["og:image"]:
        assert (REAL.html / address.removeprefix(base_url(REAL))).read_bytes().startswith(b"\x89PNG")


def test_a_head_that_breaks_the_rules_is_found_out(editions_of: dict[str, Edition]) -> None:
    made = head(editions_of["ko"], "loss", BOTH, None).replace("axis=3", "$x$").replace("/ko/", "/pl/")
    own = '<link rel="canonical" href="https://owner.github.io/small/ko/notebooks/loss.html">'
    said = faults(Head(own + made), "ko", editions_of["ko"].project)
    assert "0 times twitter:card" in said
    assert any(each.startswith("LaTeX") for each in said)
    assert "structured data speak of another page" in said


@pytest.mark.skipif(not BUILT, reason="the site is not built: run `book build`")
@pytest.mark.parametrize("page", ["status", "translate"])
@pytest.mark.parametrize("code", sorted({code for code, _ in BUILT}))
def test_pages_about_the_translations_name_themselves_in_all_languages(code: str, page: str) -> None:
    found = Head((REAL.html / code / f"{page}.html").read_text(encoding="utf-8"))
    own = f"{base_url(REAL)}{code}/{page}.html"
    assert found.links["canonical"][""] == found.links["alternate"][Language(code).tag] == own
    assert set(found.links["alternate"]) == {each.tag for each in REAL.editions} | {"x-default"}
    assert len(found.meta["description"]) == 1
