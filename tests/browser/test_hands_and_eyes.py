"""Pages for the keyboard, for fingers, in large letters, in the dark without a script, and code that is not cut off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.real_book import CODES, PAGES, PROJECT, needs_site

pytestmark = needs_site

LESSON = "group_norm"
PHONE = {"width": 390, "height": 844}
# Code and prints, laid out and unfolded: what is wider than its room, with its longest line; and whether what scrolls
# shows it, by a background of its own at its edge.
TOO_WIDE = """() => {
  for (const fold of document.querySelectorAll("article details")) fold.open = true;
  const all = [...document.querySelectorAll("article pre")];
  for (const each of all) each.style.contentVisibility = "visible";
  return all.filter((each) => each.scrollWidth > each.clientWidth).map((each) => {
    const shows = getComputedStyle(each);
    const scrolls = ["auto", "scroll"].includes(shows.overflowX) && shows.backgroundAttachment.includes("local");
    return [each.textContent.split("\\n").sort((a, b) => b.length - a.length)[0], scrolls];
  });
}"""
COVERED = """() => [...document.querySelectorAll(".copybtn")].filter((button) => {
  const pre = button.parentElement.querySelector("pre, p");
  const text = pre.getBoundingClientRect().top + parseFloat(getComputedStyle(pre).paddingTop);
  return button.getBoundingClientRect().bottom > text + 0.5;
}).length"""
# Buttons and links of a page's frame; those in a text are as large as its letters.
SMALL = """() => [
  ...document.querySelectorAll("button, summary, .book-actions a, nav a, .book-foot a, .prev-next-area a")
]
  .filter((each) => each.checkVisibility() && !each.closest("td, .headerlink, dialog, .visually-hidden"))
  .map((each) => [each.className || each.tagName, each.getBoundingClientRect()])
  .filter(([, box]) => box.height < 43.9)
  .map(([name, box]) => `${name}: ${Math.round(box.width)} x ${Math.round(box.height)}`)"""
# The look of what has the focus, and of the same without it.
FOCUS = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const look = () => {
    const { outlineStyle, outlineWidth, boxShadow, backgroundColor, opacity } = getComputedStyle(at);
    return [outlineStyle !== "none" && outlineWidth, boxShadow, backgroundColor, opacity].join();
  };
  const focused = look();
  at.blur();
  const changed = focused !== look();
  at.focus({ focusVisible: true });
  return [at.outerHTML.slice(0, 90), changed];
}"""


@pytest.fixture(scope="module")
def laptop(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("code", CODES)
def test_no_line_of_code_is_cut_on_a_laptop(laptop: Page, site: str, code: str) -> None:
    for name in (name for each, name in PAGES if each == code):
        laptop.goto(f"{site}/{code}/notebooks/{name}.html", wait_until="domcontentloaded")
        if code == "en":  # whose lines fit; what a translation makes longer goes on in the next line
            laptop.add_style_tag(content="article pre { white-space: pre !important }")
        assert [line for line, _ in laptop.evaluate(TOO_WIDE)] == [], f"{name}: more than 84 characters a line"


@pytest.mark.parametrize("code", CODES)
def test_on_a_phone_an_edge_shows_that_there_is_more(phone: Page, site: str, code: str) -> None:
    phone.goto(f"{site}/{code}/notebooks/{LESSON}.html", wait_until="load")
    wide = phone.evaluate(TOO_WIDE)
    assert wide
    assert [line for line, scrolls in wide if not scrolls] == []
    assert phone.locator(".copybtn").count() > 5
    assert phone.evaluate(COVERED) == 0, "a button that copies covers code"


@pytest.mark.parametrize("code", ["en", "ar"])
def test_what_fingers_press_is_large_enough(phone: Page, site: str, code: str) -> None:
    phone.goto(f"{site}/{code}/notebooks/{LESSON}.html")
    assert phone.evaluate("matchMedia('(pointer: coarse)').matches")
    assert phone.evaluate(SMALL) == []
    for opener in ("button.primary-toggle", "button.secondary-toggle", ".book-languages summary"):
        phone.locator(opener).click()
        assert phone.evaluate(SMALL) == [], opener
        phone.keyboard.press("Escape")


def test_what_has_the_focus_shows_it(laptop: Page, site: str) -> None:
    laptop.goto(f"{site}/en/notebooks/{LESSON}.html")
    seen: list[str] = []
    for _ in range(60):
        laptop.keyboard.press("Tab")
        found = laptop.evaluate(FOCUS)
        if not found:
            break
        seen.append(found[0])
        assert found[1], f"the focus does not show: {found[0]}"
    assert "#main-content" in seen[0]
    assert "#pst-page-toc-nav" in seen[1], "past the text to the contents"
    assert len(seen) > 30


@pytest.mark.parametrize("code", ["en", "ar", "hi"])
def test_with_letters_twice_as_large_nothing_is_lost(phone: Page, site: str, code: str) -> None:
    phone.goto(f"{site}/{code}/notebooks/{LESSON}.html")
    phone.add_style_tag(content="html { font-size: 200% !important }")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for name in ("h1", "article p", ".book-languages summary", "button.primary-toggle"):
        box = phone.locator(name).first.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"], name


def test_the_dark_needs_no_script(browser: Browser, site: str) -> None:
    grounds = []
    for scheme, scripts in (("dark", False), ("dark", True), ("light", False)):
        context = browser.new_context(color_scheme=scheme, java_script_enabled=scripts)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{site}/ar/notebooks/{LESSON}.html")
        colours = "each => [getComputedStyle(each).backgroundColor, getComputedStyle(each).color].join()"
        looked = (".bd-article pre", "body", ".highlight .k", ".highlight .c1")
        grounds.append([page.locator(name).first.evaluate(colours) for name in looked])
        context.close()
    assert grounds[0] == grounds[1], "as with a script"
    assert all(dark != light for dark, light in zip(grounds[0], grounds[2], strict=True))


@pytest.mark.parametrize("code", CODES)
def test_a_page_has_one_viewport(code: str) -> None:
    pages = [path for path in (PROJECT.html / code).rglob("*.html") if path != PROJECT.html / code / "index.html"]
    assert len(pages) > len(PROJECT.pages), "all but the one that only leads on"
    for path in pages:
        assert path.read_text(encoding="utf-8").count('name="viewport"') == 1, path
