"""The built site of the real book in headless Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.real_book import CODES, PROJECT, needs_site

pytestmark = needs_site


def test_arabic_is_mirrored_but_code_is_not(page: Page, site: str) -> None:
    page.goto(f"{site}/ar/notebooks/formula.html")
    sidebar = page.locator("#pst-primary-sidebar").bounding_box()
    article = page.locator("article").bounding_box()
    assert sidebar
    assert article
    assert sidebar["x"] > article["x"]
    direction = "element => getComputedStyle(element).direction"
    assert page.locator("article p").nth(2).evaluate(direction) == "rtl"
    for kept in (".cell_input pre", ".cell_output bdi", "math"):
        assert page.locator(kept).first.evaluate(direction) == "ltr"
    assert page.locator(".cell_output pre.printed").first.evaluate(direction) == "rtl", "what it says is Arabic"


@pytest.mark.parametrize("code", CODES)
def test_the_switcher_leads_to_the_same_page_without_javascript(browser: Browser, site: str, code: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/{code}/notebooks/formula.html")
    other = next(each for each in CODES if each != code)
    page.locator(".book-languages summary").click()
    page.locator(f'.book-languages a[hreflang="{other}"]').click()
    expect(page).to_have_url(f"{site}/{other}/notebooks/formula.html")
    assert page.locator("html").get_attribute("lang") == other
    context.close()


@pytest.fixture(scope="module", params=CODES)
def formula(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[tuple[str, Page]]:
    """A lesson in a language: the code of the language, and the page."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{site}/{request.param}/notebooks/formula.html")
    yield request.param, page
    page.close()


def test_the_buttons_lead_to_the_localized_notebook(formula: tuple[str, Page]) -> None:
    code, page = formula
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


def test_buttons_have_names_in_the_pages_language(formula: tuple[str, Page]) -> None:
    code, page = formula
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
    expect(page).to_have_url(f"{site}/{code}/notebooks/index.html" if code else f"{site}/index.html")
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
    page.locator("article p").first.click(position={"x": 1, "y": 1})
    assert menu.get_attribute("open") is None


def test_the_entrance_without_javascript_is_a_list(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/index.html")
    links = page.locator("main a")
    assert [links.nth(i).get_attribute("lang") for i in range(links.count())] == CODES
    links.nth(1).click()
    expect(page).to_have_url(f"{site}/{CODES[1]}/notebooks/index.html")
    context.close()


def test_figures_show_translated_labels(formula: tuple[str, Page]) -> None:
    code, page = formula
    image = page.locator(".cell_output img").first
    assert image.get_attribute("alt")
    svg = page.request.get(image.evaluate("element => element.src")).text()
    assert ("Blue values share one mean" in svg) == (code == "en")
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


@pytest.mark.parametrize("code", CODES)
def test_on_paper_a_page_is_open_light_and_without_buttons(browser: Browser, site: str, code: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{site}/{code}/notebooks/instance_norm.html")
    answer = page.locator("details.hide .cell_output, details.hide .cell_input").first
    assert not answer.is_visible()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert answer.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for hidden in (".book-actions", ".book-languages", "#pst-primary-sidebar", ".edit-here", ".prev-next-area"):
        assert not page.locator(hidden).first.is_visible()
    assert page.locator("h1").first.is_visible()
    assert page.locator(".book-address").inner_text().endswith(f"/{code}/notebooks/instance_norm.html")
    shown = page.locator('.bd-article a[href^="https://arxiv"]').first
    assert "arxiv.org" in shown.evaluate("element => getComputedStyle(element, '::after').content")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert not answer.is_visible()
    context.close()


@pytest.mark.parametrize("name", PROJECT.pages)
def test_the_contents_show_the_part_that_is_read_also_after_a_jump(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/ar/notebooks/{name}.html")
    links = page.locator("#pst-page-toc-nav a").all()
    current = page.locator("#pst-page-toc-nav a[aria-current]")
    assert len(links) > 3
    for link in [links[len(links) // 2], links[0]]:
        place = link.get_attribute("href") or ""
        page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
        expect(current).not_to_have_attribute("href", place)
        page.evaluate("place => document.querySelector(place).scrollIntoView({ behavior: 'instant' })", place)
        expect(current).to_have_attribute("href", place)
        assert link.is_visible()


def test_the_pencil_shows_with_the_keyboard_and_not_on_a_phone(browser: Browser, page: Page, site: str) -> None:
    page.goto(f"{site}/ko/notebooks/formula.html")
    pencil = page.locator(".edit-here").nth(1)
    assert pencil.evaluate("element => getComputedStyle(element).opacity") == "0"
    pencil.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert pencil.evaluate("element => getComputedStyle(element).opacity") == "1"
    phone = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    opened = phone.new_page()
    opened.goto(f"{site}/ko/notebooks/formula.html")
    assert not opened.locator(".edit-here").first.is_visible()
    phone.close()
