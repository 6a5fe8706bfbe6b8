"""The built site of the real book in headless Chromium."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.browsing import CODES, PAGES, PROJECT, needs_site

pytestmark = needs_site


@pytest.mark.parametrize(("code", "name"), PAGES)
def test_a_page_is_whole_and_asks_no_other_host(page: Page, site: str, code: str, name: str) -> None:
    faults: list[str] = []

    def note_answer(response: Response) -> None:
        if response.status >= 400 or urlsplit(response.url).hostname != "127.0.0.1":
            faults.append(response.url)

    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.append(request.url))
    page.on("response", note_answer)
    page.goto(f"{site}/{code}/notebooks/{name}.html")
    assert page.locator("h1").count() >= 1
    assert faults == []


@pytest.mark.parametrize("code", CODES)
def test_language_and_direction_are_set(page: Page, site: str, code: str) -> None:
    page.goto(f"{site}/{code}/notebooks/index.html")
    root = page.locator("html")
    assert root.get_attribute("lang") == code
    assert root.get_attribute("dir") == ("rtl" if code == "ar" else "ltr")


def test_arabic_is_mirrored_but_code_is_not(page: Page, site: str) -> None:
    page.goto(f"{site}/ar/notebooks/formula.html")
    sidebar = page.locator("#pst-primary-sidebar").bounding_box()
    article = page.locator("article").bounding_box()
    assert sidebar
    assert article
    assert sidebar["x"] > article["x"]
    direction = "element => getComputedStyle(element).direction"
    assert page.locator("article p").nth(2).evaluate(direction) == "rtl"
    for kept in (".cell_input pre", ".cell_output pre", "math"):
        assert page.locator(kept).first.evaluate(direction) == "ltr"


@pytest.mark.parametrize(("code", "name"), PAGES)
def test_the_switcher_leads_to_the_same_page_without_javascript(
    browser: Browser, site: str, code: str, name: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/{code}/notebooks/{name}.html")
    links = page.locator(".book-languages a")
    assert [links.nth(i).get_attribute("hreflang") for i in range(links.count())] == CODES
    other = next(each for each in CODES if each != code)
    page.locator(".book-languages summary").click()
    page.locator(f'.book-languages a[hreflang="{other}"]').click()
    assert page.url == f"{site}/{other}/notebooks/{name}.html"
    assert page.locator("html").get_attribute("lang") == other
    context.close()


@pytest.mark.parametrize("code", CODES)
def test_the_buttons_lead_to_the_localized_notebook(page: Page, site: str, code: str) -> None:
    page.goto(f"{site}/{code}/notebooks/formula.html")
    made = f"{code}/notebooks/formula.ipynb"
    repository = PROJECT.repository
    colab = page.locator("a.book-colab").get_attribute("href")
    assert colab == f"https://colab.research.google.com/github/{repository}/blob/gh-pages/{made}"
    source = page.locator("a.book-source").get_attribute("href")
    english = f"https://github.com/{repository}/blob/main/notebooks/formula.ipynb"
    assert source == (english if code == "en" else f"https://github.com/{repository}/blob/gh-pages/{made}")
    edit = page.locator("a.book-edit").get_attribute("href") or ""
    assert edit.endswith("notebooks/formula.ipynb" if code == "en" else f"translations/{code}/formula.po")
    with page.expect_download() as download:
        page.locator("a.book-download").click()
    kept = Path(download.value.path()).read_bytes()
    assert kept == (PROJECT.html / made).read_bytes()


@pytest.mark.parametrize("code", CODES)
def test_buttons_have_names_in_the_pages_language(page: Page, site: str, code: str) -> None:
    page.goto(f"{site}/{code}/notebooks/formula.html")
    names = {each.get_attribute("title") for each in page.locator(".book-actions a").all()}
    assert None not in names
    assert code == "en" or "Download notebook" not in names


@pytest.mark.parametrize(
    ("locale", "code"),
    [("ko-KR", "ko"), ("ar-EG", "ar"), ("pl", "pl"), ("fr-FR", None)],
    ids=["ko", "ar", "pl", "none"],
)
def test_the_entrance_goes_by_the_browsers_language(browser: Browser, site: str, locale: str, code: str | None) -> None:
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.goto(f"{site}/index.html")
    page.wait_for_load_state()
    assert page.url == (f"{site}/{code}/notebooks/index.html" if code else f"{site}/index.html")
    context.close()


def test_a_language_once_chosen_is_remembered(browser: Browser, site: str) -> None:
    context = browser.new_context(locale="ko-KR")
    page = context.new_page()
    page.goto(f"{site}/ko/notebooks/index.html")
    page.locator(".book-languages summary").click()
    page.locator('.book-languages a[hreflang="tr"]').click()
    page.goto(f"{site}/index.html")
    page.wait_for_url(f"{site}/tr/notebooks/index.html")
    context.close()


def test_the_menu_of_languages_closes_with_escape_and_with_a_click_elsewhere(page: Page, site: str) -> None:
    page.goto(f"{site}/ar/notebooks/index.html")
    menu = page.locator("details.book-languages")
    menu.locator("summary").click()
    assert menu.get_attribute("open") is not None
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    menu.locator("summary").click()
    page.locator("h1").click()
    assert menu.get_attribute("open") is None


def test_the_entrance_without_javascript_is_a_list(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/index.html")
    links = page.locator("main a")
    assert [links.nth(i).get_attribute("lang") for i in range(links.count())] == CODES
    links.nth(1).click()
    assert page.url.endswith(f"/{CODES[1]}/notebooks/index.html")
    context.close()


@pytest.mark.parametrize(("code", "name"), PAGES)
def test_a_phone_shows_the_page_without_scrolling_sideways(browser: Browser, site: str, code: str, name: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{site}/{code}/notebooks/{name}.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for button in page.locator(".book-actions a:visible, .book-languages summary").all():
        box = button.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    context.close()


@pytest.mark.parametrize("code", [each for each in CODES if each != "en"])
def test_figures_show_translated_labels(page: Page, site: str, code: str) -> None:
    page.goto(f"{site}/{code}/notebooks/formula.html")
    image = page.locator(".cell_output img").first
    assert image.get_attribute("alt")
    svg = page.request.get(f"{site}/{code}/notebooks/{image.get_attribute('src')}").text()
    assert "Blue values share one mean" not in svg
    assert image.evaluate("element => element.complete && element.naturalWidth > 0")


@pytest.mark.parametrize("code", CODES)
def test_the_list_of_pages_opens_on_a_phone_without_javascript(browser: Browser, site: str, code: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/{code}/notebooks/formula.html")
    page.locator("button.primary-toggle").click()
    link = page.locator("#pst-primary-sidebar a.reference.internal").first
    link.wait_for(state="visible")
    box = link.bounding_box()
    assert box
    assert 0 <= box["x"] < 390
    context.close()
