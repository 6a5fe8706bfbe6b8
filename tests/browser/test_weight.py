"""What a phone downloads for each page of the built site, and that nothing moves while it arrives."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Response

from bench.browsing.served import PREFIX, compressed_size
from tests.browser.built_site import PAGES, PROJECT, needs_site

pytestmark = needs_site

LIMIT = 120_000  # bytes, compressed: the first view of a page, with all its figures
SHIFTS = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
# Late figures too, as for a reader who scrolls to the end.
READ_ON = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += innerHeight / 2) {
    scrollTo(0, y);
    await new Promise(requestAnimationFrame);
  }
  await Promise.all([...document.images].map((each) => each.decode()));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


Look = Callable[[str, str], "View"]


@dataclass
class View:
    """A page as a phone has read it: the files it asked for with their bytes, and how far things moved (CLS)."""

    weights: dict[str, int]
    shift: float


@pytest.fixture(scope="module")
def view(browser: Browser, site: str) -> Look:
    @functools.cache
    def look(code: str, name: str) -> View:
        context = browser.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        # As slow as a phone, which draws a page in pieces where this machine draws it at once.
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.add_init_script(SHIFTS)
        paths: list[str] = []

        def note(response: Response) -> None:
            paths.append(unquote(urlsplit(response.url).path).removeprefix(f"{PREFIX}/"))

        page.on("response", note)
        page.goto(f"{site}/{code}/notebooks/{name}.html", wait_until="load")
        page.evaluate(READ_ON)
        shift = page.evaluate("window.shift")
        context.close()
        return View({path: compressed_size(PROJECT.html / path) for path in paths}, shift)

    return look


@pytest.mark.parametrize(("code", "name"), PAGES)
def test_the_first_view_is_light(view: Look, code: str, name: str) -> None:
    weights = view(code, name).weights
    heaviest = sorted(weights.items(), key=lambda pair: -pair[1])[:5]
    assert sum(weights.values()) <= LIMIT, f"heaviest: {heaviest}"


@pytest.mark.parametrize(("code", "name"), PAGES)
def test_nothing_moves_while_the_page_arrives(view: Look, code: str, name: str) -> None:
    assert view(code, name).shift == 0
