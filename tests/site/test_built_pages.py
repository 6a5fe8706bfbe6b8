"""The built site of the real book, as far as its files tell without a browser: every page in every language."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from book.language.language import Language
from book.notebook import ipynb
from tests.real_book import CODES, KINDS, OTHERS, PAGES, PROJECT, SAMPLE, is_built, parsed

pytestmark = is_built
HOST = "http://book.test/"
FURTHER = ["status", "translate"]


def test_the_browsers_sample_has_every_page_and_every_kind_in_every_language() -> None:
    assert set(PROJECT.pages) == {*KINDS, *OTHERS} == {name for _, name in SAMPLE}
    assert {code for code, _ in SAMPLE} == set(CODES)


@pytest.mark.parametrize(("code", "name"), PAGES)
def test_language_and_direction_are_set(code: str, name: str) -> None:
    root = parsed(f"{code}/notebooks/{name}.html").select_one("html")
    assert root
    assert (root.get("lang"), root.get("dir")) == (Language(code).tag, Language(code).direction)


@pytest.mark.parametrize(("code", "name"), PAGES)
def test_the_switcher_leads_to_the_same_page_in_every_language(code: str, name: str) -> None:
    path = f"{code}/notebooks/{name}.html"
    links = parsed(path).select(".book-languages li > a")
    assert [link["hreflang"] for link in links] == [Language(each).tag for each in CODES]
    led = [urlsplit(urljoin(HOST + path, str(link["href"]))).path for link in links]
    assert led == [f"/{each}/notebooks/{name}.html" for each in CODES]


@pytest.mark.parametrize(("code", "name"), PAGES)
def test_each_heading_leads_to_its_text(code: str, name: str) -> None:
    page = parsed(f"{code}/notebooks/{name}.html")
    file = f"notebooks/{name}.ipynb" if code == "en" else f"translations/{code}/{name}.po"
    lines = (PROJECT.root / file).read_text(encoding="utf-8").splitlines()
    for heading in page.select(".bd-article section > :is(h1, h2, h3):has(> .edit-here)"):
        link, section = heading.select_one(".edit-here"), heading.parent
        assert link
        assert section
        address, cell = str(link["href"]), section["id"]
        host, at = ("github.dev", "#L") if code == "en" else ("github.com", "?plain=1#L")
        assert address.startswith(f"https://{host}/{PROJECT.repository}/blob/main/{file}{at}")
        below = lines[int(address.rsplit("L", 1)[1]) - 1 :]
        there = "\n".join(below[:8] if code == "en" else takewhile(str.strip, below))  # in a PO file the whole entry
        assert f'"{name}/{cell}"' in there or f'"id": "{cell}"' in there
        first = next(heading.children).get_text()
        assert first.strip() in str(link["aria-label"])
    cells = ipynb.read(PROJECT.notebook(name)).cells
    headed = [cell for cell in cells if cell.cell_type == "markdown" and cell.source.startswith("#")]
    assert len(page.select(".edit-here")) == len(headed)


@pytest.mark.parametrize("name", FURTHER)
@pytest.mark.parametrize("code", [each for each in CODES if each != "en"])
def test_the_page_speaks_its_language(code: str, name: str) -> None:
    texts = [
        {each.get_text().strip() for each in parsed(f"{shown}/{name}.html").select("article :is(h1, h2), article > p")}
        for shown in ("en", code)
    ]
    assert all(texts)
    assert not (texts[0] & texts[1]) - {edition.name for edition in PROJECT.languages}


@pytest.mark.parametrize("name", FURTHER)
@pytest.mark.parametrize("code", CODES)
def test_links_of_the_page_lead_somewhere(code: str, name: str) -> None:
    path = f"{code}/{name}.html"
    addresses = [urljoin(HOST + path, str(link["href"])) for link in parsed(path).select("article a, .book-foot a")]
    inner = {unquote(urlsplit(each).path).lstrip("/") for each in addresses if each.startswith(HOST)}
    assert inner
    assert [each for each in sorted(inner) if not Path(PROJECT.html, each).is_file()] == []
