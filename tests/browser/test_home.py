"""The home page on a phone: what it is, its picture, where to start, the lessons and the languages, nearly at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.real_book import CODES, PROJECT, needs_site

pytestmark = needs_site

SCREEN = {"width": 390, "height": 844}
LAST = 1.5 * SCREEN["height"]
ENDS = """() => Object.fromEntries(
  ["h1", ".book-home-languages", "article img", "#start a", "#lessons table"].map((name) => {
    const box = document.querySelector(name).getBoundingClientRect();
    return [name, box.bottom * (box.height > 0 && box.width > 0 ? 1 : Infinity)];
  })
)"""


@pytest.mark.parametrize("code", CODES)
def test_all_that_a_beginner_looks_for_is_within_a_screen_and_a_half(browser: Browser, site: str, code: str) -> None:
    context = browser.new_context(viewport=SCREEN, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site}/{code}/notebooks/index.html")
    ends = page.evaluate(ENDS)
    assert {name: end for name, end in ends.items() if end > LAST} == {}
    rows = page.locator("#lessons tbody tr").all()
    assert len(rows) == len(PROJECT.pages) - 1
    for row in rows:
        assert row.locator("a").inner_text()
        assert row.locator("td:last-child").inner_text().isdecimal(), "how many minutes"
    context.close()


@pytest.mark.parametrize("code", CODES)
def test_without_javascript_it_leads_to_the_first_lesson_and_to_each_language(
    browser: Browser, site: str, code: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/{code}/notebooks/index.html")
    named = page.locator(".book-home-languages a").all()
    assert [each.get_attribute("lang") for each in named] == CODES
    page.locator("#start a").click()
    expect(page).to_have_url(f"{site}/{code}/notebooks/{PROJECT.pages[1]}.html")
    page.go_back()
    page.locator(".book-home-languages a").last.click()
    expect(page).to_have_url(f"{site}/{CODES[-1]}/notebooks/index.html")
    context.close()
