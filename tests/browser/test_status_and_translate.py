"""The pages on the state of the translations and on translating in headless Chromium, in every language."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.real_book import CODES, needs_site

pytestmark = needs_site
NAMES = ["status", "translate"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("code", CODES)
def test_the_page_fits_a_phone_and_what_is_wider_scrolls_in_itself(
    browser: Browser, site: str, code: str, name: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(f"{site}/{code}/{name}.html")
    page.locator("article details").evaluate_all("each => each.forEach(details => { details.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    wide = "element => element.scrollWidth > element.clientWidth && element.tabIndex !== 0"
    assert not [each for each in page.locator("article pre, .book-table").all() if each.evaluate(wide)]
    page.close()


def test_arabic_is_mirrored_but_files_and_commands_are_not(page: Page, site: str) -> None:
    page.goto(f"{site}/ar/translate.html")
    direction = "element => getComputedStyle(element).direction"
    assert page.locator("article > p").first.evaluate(direction) == "rtl"
    assert {each.evaluate(direction) for each in page.locator("article :is(pre, code)").all()} == {"ltr"}


@pytest.mark.parametrize("name", NAMES)
def test_the_switcher_leads_to_the_same_page(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/en/{name}.html")
    page.locator(".book-languages summary").click()
    page.locator('.book-languages a[hreflang="ar"]').click()
    expect(page).to_have_url(f"{site}/ar/{name}.html")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
