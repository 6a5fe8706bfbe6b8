"""axe-core finds no fault in any kind of page: on a wide screen and a phone, light and dark, menus and drawers open."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page

from tests.real_book import CODES, PROJECT, SAMPLE, needs_site

pytestmark = needs_site

AXE = files("axe_playwright_python").joinpath("axe.min.js")
OTHER_PAGES = ["search", "status", "translate"]
LOOKED_AT = [f"{code}/notebooks/{name}" for code, name in SAMPLE] + [
    f"{code}/{name}" for code in CODES for name in OTHER_PAGES
]
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
OPENERS = ["button.primary-toggle", "button.secondary-toggle", ".book-languages summary"]
# Code and formulas have thousands of parts, all alike, which take minutes: one page is looked through whole.
SHORTEN = """() => {
  for (const code of document.querySelectorAll("pre")) code.textContent = code.textContent.slice(0, 200);
  for (const formula of document.querySelectorAll("math")) formula.replaceWith("x");
}"""
# Code out of sight is laid out as soon as axe-core scrolls to it, and made known to the keyboard in the frame after:
# here all is laid out from the start.
LAY_OUT = """document.addEventListener("DOMContentLoaded", () => {
  const sheet = document.createElement("style");
  sheet.textContent = "* { content-visibility: visible !important }";
  document.head.append(sheet);
})"""
COLOURS = ["color-contrast", "link-in-text-block"]


@pytest.fixture(scope="module", params=SIZES)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport=SIZES[request.param], reduced_motion="reduce")  # type: ignore[arg-type]
    context.add_init_script(path=str(AXE))
    context.add_init_script(LAY_OUT)
    yield context.new_page()
    context.close()


def faults(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe-core finds wrong, a line a rule."""
    options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [f"{each['id']}: {each['nodes'][0]['target']}, {len(each['nodes'])} in all" for each in found["violations"]]


DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"


def use(page: Page, theme: str) -> None:
    page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    page.evaluate(DRAWN)  # what scrolls is made known to the keyboard in the frame after it is laid out


@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_page_has_no_fault(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/{name}.html")
    page.evaluate(SHORTEN)
    use(page, "light")
    assert faults(page) == []
    use(page, "dark")
    assert faults(page, COLOURS) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_code_and_formulas_have_no_fault(page: Page, site: str, theme: str) -> None:
    page.goto(f"{site}/{CODES[0]}/notebooks/formula.html")
    use(page, theme)
    assert faults(page) == []


@pytest.mark.parametrize("code", CODES)
def test_what_opens_has_no_fault(page: Page, site: str, code: str) -> None:
    page.goto(f"{site}/{code}/notebooks/{PROJECT.pages[-1]}.html")
    closed = [button for button in map(page.locator, OPENERS) if button.is_visible()]  # some stand open on wide screens
    assert closed
    for button in closed:
        for theme in ("light", "dark"):
            use(page, theme)
            button.click()
            assert faults(page) == []
            page.keyboard.press("Escape")


def test_the_entrance_has_no_fault(page: Page, site: str) -> None:
    page.goto(f"{site}/index.html#all")
    assert faults(page) == []
