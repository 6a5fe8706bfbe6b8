"""Formulas on the built site: set in the font that comes with the page, wherever the reader is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.built_site import CODES, PAGES, PROJECT, needs_site

pytestmark = needs_site

FILES = {(code, name): PROJECT.html / code / "notebooks" / f"{name}.html" for code, name in PAGES}
WITH_FORMULAS = [page for page, path in FILES.items() if path.exists() and "<math" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize(("code", "name"), WITH_FORMULAS)
def test_every_character_of_a_formula_is_in_the_font(browser: Browser, site: str, code: str, name: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    address = f"{site}/{code}/notebooks/{name}.html"
    page.goto(address, wait_until="networkidle")
    page.goto(address)  # what comes late is shown on the next visit
    tools = context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        tools.send(f"{domain}.enable")
    document = tools.send("DOM.getDocument")["root"]["nodeId"]
    leaves = "math :is(mi, mn, mo, mtext)"
    nodes = tools.send("DOM.querySelectorAll", {"nodeId": document, "selector": leaves})["nodeIds"]
    assert nodes
    others = {}
    for node in nodes:
        fonts = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        if any(not font["isCustomFont"] for font in fonts):
            others[tools.send("DOM.getOuterHTML", {"nodeId": node})["outerHTML"]] = fonts
    context.close()
    assert others == {}, "book/site/theme/font/README.md says how to add a character"


@pytest.mark.parametrize("code", CODES)
def test_a_page_without_formulas_loads_no_font(browser: Browser, site: str, code: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/{code}/notebooks/literature.html", wait_until="networkidle")
    context.close()
    assert asked
    assert not [address for address in asked if "font" in address or address.endswith((".woff2", ".woff", ".ttf"))]
