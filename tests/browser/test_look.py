"""The reduced style sheet shows every page, menu and drawer as the whole one does."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from book.site.handoff import ASSETS
from book.site.theme import stylesheet
from tests.real_book import CODES, LONGEST, PROJECT, needs_site

pytestmark = needs_site

# The computed styles of all elements and their pseudo-elements under one sheet and then under the other: what differs.
DIFFERENCES = """() => {
  const [reduced, whole] = document.querySelectorAll('link[href*="book.css"], style#whole');
  const use = (sheet) => [reduced, whole].forEach((each) => { each.sheet.disabled = each !== sheet; });
  const names = Array.from(getComputedStyle(document.body)).filter((name) => !name.startsWith("--"));
  const all = [...document.querySelectorAll("html, body, body *:not(math *, pre *)")];
  const parts = all.flatMap((each) => [null, "::before", "::after"].map((part) => [each, part]));
  const looks = () => parts.map(([each, part]) => {
    const style = getComputedStyle(each, part);
    return part && style.content === "none" ? "" : names.map((name) => style.getPropertyValue(name)).join(";");
  });
  use(reduced);
  const before = looks();
  use(whole);
  const after = looks();
  const differ = parts.filter((_, i) => before[i] !== after[i]);
  return [parts.length, differ.map(([each, part]) => `${each.tagName}.${each.className}${part || ""}`)];
}"""
# What a page loads besides comes after either.
IN_ITS_PLACE = """(element) => {
  element.id = "whole";
  document.querySelector('link[href*="book.css"]').after(element);
}"""
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
# What readers open: the languages, and on a phone the two drawers.
OPEN = {"desktop": [".book-languages summary"], "phone": ["button.primary-toggle", "button.secondary-toggle"]}
SAMPLES = [
    (CODES[0], LONGEST),
    (next(each for each in CODES if each == "ar"), "formula"),
    (CODES[-1], "literature"),
]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("code", "name"), SAMPLES)
def test_nothing_looks_different(browser: Browser, site: str, code: str, name: str, size: str) -> None:
    context = browser.new_context(viewport=SIZES[size])  # type: ignore[arg-type]
    page = context.new_page()
    whole = stylesheet.whole_sheet(PROJECT.build / "output" / code / ASSETS)
    assert "@import" not in whole, "a sheet brings another, which the reduced one would miss"
    page.goto(f"{site}/{code}/notebooks/{name}.html")
    whole = whole.replace('url("math.woff2")', f'url("{site}/_static/math.woff2")')
    page.add_style_tag(content=whole).evaluate(IN_ITS_PLACE)
    page.add_style_tag(content="* { transition: none !important; }")
    for theme in ("light", "dark"):
        page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
        for opener in ["", *OPEN[size]]:
            if opener:
                page.locator(opener).click()
            looked_at, different = page.evaluate(DIFFERENCES)
            assert looked_at > 300
            assert different == [], f"{theme} {opener}"
            page.keyboard.press("Escape")
    context.close()
