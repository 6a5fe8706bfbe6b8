"""Pages as a phone reads them to the end: whole, light, no wider than the screen, and nothing moves while they arrive.

A page is loaded once, and all tests ask of that visit.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, FloatRect, Page, Response

from bench.browsing.served import PREFIX, compressed_size
from tests.real_book import CODES, PROJECT, SAMPLE, needs_site

pytestmark = needs_site

WIDTH, HEIGHT = 390, 844
FIRST_VIEW = 95_000  # bytes, compressed: what a page asks for before anybody scrolls, the norm explorer included
WHOLE = 130_000  # with all its figures
# How far below the screen Chromium asks for a late figure at once, on the slowest lines; on others half as far.
AHEAD = 2500
LATE = f"""() => [...document.images]
  .filter((each) => each.loading === "lazy" && each.getBoundingClientRect().top + scrollY > {HEIGHT + AHEAD})
  .map((each) => each.currentSrc)"""
BUTTONS = ".bd-header-article .btn, .book-actions a, .book-languages summary"
# The heaviest, with photographs, in every language.
WEIGHED = [*SAMPLE, *((code, "instance_norm") for code in CODES if (code, "instance_norm") not in SAMPLE)]
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


@dataclass
class Visit:
    """What a visit to a page showed."""

    faults: list[str] = field(default_factory=list)  # errors of scripts, files that did not come, other hosts
    paths: list[str] = field(default_factory=list)  # the files asked for, below the site
    late: set[str] = field(default_factory=set)  # those of them that wait until somebody scrolls
    shift: float = 0  # how far things moved (CLS)
    width: int = 0  # of the whole page
    headings: int = 0
    buttons: list[FloatRect | None] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("requestfailed", lambda request: self.faults.append(request.url))
        page.on("response", self._note)

    def _note(self, response: Response) -> None:
        if response.status >= 400 or urlsplit(response.url).hostname != "127.0.0.1":
            self.faults.append(response.url)
        self.paths.append(below_site(response.url))


def below_site(address: str) -> str:
    return unquote(urlsplit(address).path).removeprefix(f"{PREFIX}/")


Look = Callable[[str, str], Visit]


@pytest.fixture(scope="module")
def visit(browser: Browser, site: str) -> Look:
    @functools.cache
    def look(code: str, name: str) -> Visit:
        made = Visit()
        context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
        page = context.new_page()
        # As slow as a phone, which draws a page in pieces where this machine draws it at once.
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.add_init_script(SHIFTS)
        made.watch(page)
        page.goto(f"{site}/{code}/notebooks/{name}.html", wait_until="load")
        page.evaluate(READ_ON)
        made.late = {below_site(each) for each in page.evaluate(LATE)}
        made.shift = page.evaluate("window.shift")
        made.width = page.evaluate("document.documentElement.scrollWidth")
        made.headings = page.locator("h1").count()
        shown = page.locator(f":is({BUTTONS}):visible").all()
        made.buttons = [button.bounding_box() for button in shown]
        context.close()
        return made

    return look


@pytest.mark.parametrize(("code", "name"), SAMPLE)
def test_a_page_is_whole_and_asks_no_other_host(visit: Look, code: str, name: str) -> None:
    assert visit(code, name).headings >= 1
    assert visit(code, name).faults == []


@pytest.mark.parametrize(("code", "name"), SAMPLE)
def test_a_phone_shows_the_page_without_scrolling_sideways(visit: Look, code: str, name: str) -> None:
    assert visit(code, name).width <= WIDTH
    assert visit(code, name).buttons
    for box in visit(code, name).buttons:
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= WIDTH


@pytest.mark.parametrize(("code", "name"), WEIGHED)
def test_a_page_and_its_first_view_are_light(visit: Look, code: str, name: str) -> None:
    there = visit(code, name)
    for paths, limit in (({*there.paths} - there.late, FIRST_VIEW), ({*there.paths}, WHOLE)):
        weights = {path: compressed_size(PROJECT.html / path) for path in paths}
        heaviest = sorted(weights.items(), key=lambda pair: -pair[1])[:5]
        assert sum(weights.values()) <= limit, f"heaviest: {heaviest}"


@pytest.mark.parametrize(("code", "name"), SAMPLE)
def test_nothing_moves_while_the_page_arrives(visit: Look, code: str, name: str) -> None:
    assert visit(code, name).shift == 0
