"""The place where a reader is on a page: kept in another language, and told with a question."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from tests.real_book import CODES, needs_site

pytestmark = needs_site

LESSON = "group_norm"

# The section at the upper edge of the text, and how much of it is above the edge.
WHERE = """() => {
  const sections = [...document.querySelectorAll("article section section")];
  const read = sections.findLast((each) => each.getBoundingClientRect().top <= 65);
  if (!read) return { part: "", share: 0 };
  const box = read.getBoundingClientRect();
  return { part: read.id, share: (64 - box.top) / box.height };
}"""
# The page stands still for more frames than `place.js` seeks the place anew.
SETTLED = """() => new Promise((done) => {
  let last, still = 0;
  const look = () => {
    still = scrollY === last ? still + 1 : 0;
    last = scrollY;
    if (still > 15) done();
    else requestAnimationFrame(look);
  };
  look();
})"""


def where(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(WHERE)
    return found


def switch(page: Page, code: str) -> None:
    # By script: Playwright scrolls before it clicks, though the menu is in sight.
    page.locator(f'.book-languages a[hreflang="{code}"]').evaluate("link => link.click()")
    page.wait_for_url(f"**/{code}/notebooks/**")
    page.wait_for_load_state()
    page.evaluate(SETTLED)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_another_language_opens_at_the_section_that_is_read(page: Page, site: str, share: float) -> None:
    page.goto(f"{site}/en/notebooks/{LESSON}.html")
    page.evaluate("share => scrollTo({ top: share * document.body.scrollHeight, behavior: 'instant' })", share)
    page.evaluate(SETTLED)
    start, height = where(page), page.evaluate("scrollY")
    for code in [*CODES[1:], CODES[0]]:
        switch(page, code)
        assert where(page)["part"] == start["part"], code
        assert where(page)["share"] == pytest.approx(start["share"], abs=0.1), f"{code}: as near as texts allow"
    assert page.evaluate("scrollY") == pytest.approx(height, abs=40), "and back again at the same line"


def test_at_the_top_another_language_opens_at_the_top(page: Page, site: str) -> None:
    page.goto(f"{site}/en/notebooks/{LESSON}.html")
    switch(page, "ar")
    assert page.evaluate("scrollY") == 0
    assert "#" not in page.url


def test_without_storage_the_address_leads_to_the_part(page: Page, site: str) -> None:
    page.add_init_script("delete Storage.prototype.setItem")
    page.goto(f"{site}/en/notebooks/{LESSON}.html#what-groups-share")
    switch(page, "ko")
    assert page.url.endswith("#what-groups-share")


def test_a_question_names_the_part_that_is_read(page: Page, site: str) -> None:
    """The real book has no repository here, so the link is put in as the template makes it."""
    asked = "https://github.com/owner/book/issues/new?title=Unclear&body=https%3A%2F%2Fx.org%2Fen%2Fa.html%0A%0AWhat%3F"
    page.route("https://github.com/**", lambda route: route.abort())
    page.route(f"**/{LESSON}.html", lambda route: _with_question(route, asked))
    page.goto(f"{site}/en/notebooks/{LESSON}.html")
    page.evaluate("document.getElementById('from-scratch').scrollIntoView({ behavior: 'instant' })")
    with page.expect_request("https://github.com/**") as request:
        page.evaluate("document.querySelector('.book-unclear a').click()")
    body = parse_qs(urlsplit(request.value.url).query)["body"]
    assert body == ["https://x.org/en/a.html#from-scratch\n\nWhat?"]


def _with_question(route: Any, address: str) -> None:
    page = route.fetch().text()
    link = f'<p class="book-unclear"><a href="{address.replace("&", "&amp;")}">?</a></p><div class="book-foot">'
    route.fulfill(body=page.replace('<div class="book-foot">', link, 1), content_type="text/html; charset=utf-8")
