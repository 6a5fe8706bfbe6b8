"""A lesson on paper: as many sheets as its text fills, without halves left empty."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.real_book import LONGEST, needs_site

pytestmark = needs_site

SHEET = {"width": 680, "height": 1001}  # A4 without its margins, 180 x 265 mm, in CSS pixels
PAGE_OBJECT = re.compile(rb"/Type\s*/Page\b")
# What stays whole and is higher than two fifths of a sheet could leave half of one empty.
TOO_HIGH = """height => [...document.querySelectorAll("main *")]
  .filter((each) => getComputedStyle(each).breakInside === "avoid" && each.getBoundingClientRect().height > height)
  .map((each) => each.outerHTML.slice(0, 60))"""


@pytest.mark.parametrize(("code", "name"), [("en", "group_norm"), ("ar", LONGEST), ("hi", "formula")])
def test_a_lesson_fills_its_sheets(page: Page, site: str, code: str, name: str) -> None:
    page.set_viewport_size(SHEET)  # type: ignore[arg-type]
    page.goto(f"{site}/{code}/notebooks/{name}.html")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(TOO_HIGH, 0.43 * SHEET["height"]) == []
    filled = page.locator("main").evaluate("each => each.scrollHeight") / SHEET["height"]
    sheets = len(PAGE_OBJECT.findall(page.pdf(format="A4", prefer_css_page_size=True)))
    assert filled <= sheets <= 1.15 * filled + 1, "the last sheet ends where the page does"


def test_on_paper_folds_have_no_buttons(page: Page, site: str) -> None:
    page.goto(f"{site}/en/notebooks/group_norm.html")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    answer = page.locator(".tag_hide-cell > details").first
    assert answer.locator(".cell_input").is_visible()
    assert not answer.locator("summary").is_visible(), "it offers to hide the answer"
    assert page.locator(".book-citation").is_visible()
    assert not page.locator(".book-bibtex").is_visible()
