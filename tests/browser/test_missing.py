"""The page for an address without a page, shown as GitHub Pages does: at any depth, below the book's path."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from book.cli import main
from book.urls import base_url
from tests.real_book import CODES, PROJECT, needs_site
from tests.small_book import Book

pytestmark = needs_site
HOST = "http://book.test"
BASE = urlsplit(base_url(PROJECT)).path


def answer(route: Route) -> None:
    """What GitHub Pages answers: the file, or 404.html for whatever is missing."""
    path = PROJECT.html / urlsplit(route.request.url).path.removeprefix(BASE)
    if path.is_file():
        route.fulfill(path=path)
    else:
        route.fulfill(status=404, path=PROJECT.html / "404.html", content_type="text/html; charset=utf-8")


def visit(browser: Browser, path: str, locale: str = "fr-FR", script: bool = True) -> Page:
    context: BrowserContext = browser.new_context(locale=locale, java_script_enabled=script)
    context.route("**/*", answer)
    page = context.new_page()
    response = page.goto(f"{HOST}{BASE}{path}")
    assert response
    assert response.status == 404
    return page


def links(page: Page) -> list[str]:
    return [link.get_attribute("href") or "" for link in page.locator("main a").all()]


def order(page: Page) -> list[str]:
    return [each.get_attribute("data-code") or "" for each in page.locator("main li").all()]


@pytest.mark.parametrize("missing", ["nowhere", "ko/notebooks/gone.html", "a/b/c/d/"])
def test_without_javascript_it_speaks_all_languages_and_leads_to_each(browser: Browser, missing: str) -> None:
    page = visit(browser, missing, script=False)
    assert order(page) == CODES
    for each in PROJECT.editions:
        assert page.locator(f'main li[lang="{each.tag}"]').get_attribute("dir") == each.direction
    assert links(page) == [f"{BASE}{code}/notebooks/index.html" for code in CODES]
    assert all((PROJECT.html / link.removeprefix(BASE)).is_file() for link in links(page))
    page.context.close()


@pytest.mark.parametrize(
    ("path", "locale", "first"),
    [("gone.html", "ko-KR", "ko"), ("pl/notebooks/gone.html", "ko-KR", "pl"), ("gone.html", "fr-FR", CODES[0])],
    ids=["browser", "address", "neither"],
)
def test_the_readers_language_comes_first(browser: Browser, path: str, locale: str, first: str) -> None:
    page = visit(browser, path, locale)
    assert order(page)[0] == first
    assert sorted(order(page)) == sorted(CODES)
    page.context.close()


@pytest.mark.parametrize(
    "path", ["fr/notebooks/formula.html", "formula", "notebooks/formula.ipynb", "tr/formula.html/x"]
)
def test_a_page_that_the_address_names_is_offered_in_every_language(browser: Browser, path: str) -> None:
    page = visit(browser, path)
    for code in CODES:
        link = page.locator(f'main li[data-code="{code}"] a').first
        assert link.get_attribute("href") == f"{BASE}{code}/notebooks/formula.html"
    link = page.locator("main a").first
    link.click()
    expect(page).to_have_url(re.compile(r"/formula\.html$"))
    expect(page.locator("h1").first).not_to_be_empty()
    page.context.close()


def test_an_address_cannot_put_anything_on_the_page(browser: Browser) -> None:
    page = visit(browser, "%3Cimg%20src=x%20onerror=alert(1)%3E/constructor/__proto__/toString.html")
    assert links(page) == [f"{BASE}{code}/notebooks/index.html" for code in CODES]
    assert page.locator("img").count() == 0
    page.context.close()


def test_a_page_is_offered_only_in_languages_that_have_it(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/title", "# 손실\n\n손실은 $L = 0.5$이고 `axis=3`입니다. [처음](index.ipynb)")
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다.")
    assert main(["build"]) == 0
    page = (tmp_book.root / "_build" / "html" / "404.html").read_text(encoding="utf-8")
    assert '"notebooks/loss": "\\uc190\\uc2e4"' in page
    assert page.count('"notebooks/loss": ') == 2, "English and Korean, not Arabic"
