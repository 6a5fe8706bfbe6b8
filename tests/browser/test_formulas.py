"""Formulas on the built site: set in the font that comes with the page, wherever the reader is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from book.maths.page import Formula, typeset
from tests.real_book import CODES, PROJECT, needs_site, parsed

pytestmark = needs_site

# Puts formulas in the place of a page's text and marks one of each kind of character.
SHOW = """formulas => {
  document.querySelector("article").innerHTML = formulas.map((each) => `<p>${each}</p>`).join("");
  const seen = new Set();
  for (const leaf of document.querySelectorAll("article math :is(mi, mn, mo, mtext)")) {
    if (!seen.has(leaf.outerHTML)) leaf.setAttribute("data-first", "");
    seen.add(leaf.outerHTML);
  }
}"""


def formulas(code: str) -> list[str]:
    """Every formula on the pages of a language, each once."""
    pages = [parsed(f"{code}/notebooks/{name}.html") for name in PROJECT.pages]
    return list(dict.fromkeys(str(formula) for page in pages for formula in page.select("math")))


@pytest.mark.parametrize("code", CODES)
def test_every_character_of_a_formula_is_in_the_font(browser: Browser, site: str, code: str) -> None:
    """The formulas of all pages, shown on one: loading each page would show the same font."""
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    address = f"{site}/{code}/notebooks/formula.html"
    page.goto(address, wait_until="networkidle")
    page.goto(address)  # what comes late is shown on the next visit
    page.evaluate(SHOW, formulas(code))
    tools = context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        tools.send(f"{domain}.enable")
    document = tools.send("DOM.getDocument")["root"]["nodeId"]
    nodes = tools.send("DOM.querySelectorAll", {"nodeId": document, "selector": "[data-first]"})["nodeIds"]
    assert len(nodes) > 20
    others = {}
    for node in nodes:
        fonts = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        if any(not font["isCustomFont"] for font in fonts):
            others[tools.send("DOM.getOuterHTML", {"nodeId": node})["outerHTML"]] = fonts
    context.close()
    hint = "book/site/theme/font/README.md says how to add a character"
    assert others == {}, hint
    assert {name for name in asked if name.endswith(".woff2")} == {"math.woff2"}, hint


@pytest.mark.parametrize("code", CODES)
def test_a_page_without_formulas_loads_no_font(browser: Browser, site: str, code: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/{code}/notebooks/index.html", wait_until="networkidle")
    context.close()
    assert asked
    assert not [address for address in asked if "font" in address or address.endswith((".woff2", ".woff", ".ttf"))]


GROWING = (
    r"\Bigg\vert", r"\Bigg/", r"\overline{AB}", r"\underline{AB}", r"\underbrace{a + b}_c",
    r"\overbrace{a + b}^c", r"\left\langle \frac ab \right\rangle", r"\left\lfloor \frac ab \right\rfloor",
    r"\int_0^1 x", r"\bigcup_i A_i", r"\left\lceil \frac ab \right\rceil", r"A \Rightarrow B",
    r"\xleftarrow{x}", r"\left\uparrow x \right\downarrow",
)  # fmt: skip


def test_signs_that_grow_are_in_the_font_of_every_page(browser: Browser, site: str) -> None:
    """Browsers let only signs of the first font grow."""
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(f"{site}/en/notebooks/formula.html", wait_until="networkidle")
    page.evaluate(SHOW, [each.mathml for each in typeset([Formula(latex, display=True) for latex in GROWING])])
    page.wait_for_load_state("networkidle")
    with page.expect_request("**/math-letters.woff2"):  # by then the others would have been asked for
        page.evaluate(SHOW, [each.mathml for each in typeset([Formula(r"\mathfrak{g}", display=True)])])
    context.close()
    assert {name for name in asked if name.endswith(".woff2")} == {"math.woff2", "math-letters.woff2"}
