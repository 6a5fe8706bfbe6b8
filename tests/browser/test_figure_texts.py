"""What a figure says can be read in every language: its texts stay on its canvas, clear of each other, and in a legend
clear of the keys.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.real_book import PAGES, PROJECT, needs_site, parsed

pytestmark = needs_site

# The texts of an SVG drawing that leave its canvas, or cover one another or a key of their legend; letters need less
# than the height of a line. A patch that has texts of the legend in it is its frame, and no key.
CLASHES = """(drawing) => {
  const figure = new DOMParser().parseFromString(drawing, "image/svg+xml").documentElement;
  document.body.replaceChildren(figure);
  const canvas = figure.getBoundingClientRect();
  const texts = [...figure.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
  const outside = texts.filter(([, box]) => (
    Math.min(box.left - canvas.left, canvas.right - box.right, box.top - canvas.top, canvas.bottom - box.bottom) < -2
  ));
  const covers = ([, one], [, other]) => (
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 3
  );
  const covered = texts.flatMap((one, i) => texts.slice(i + 1).filter((other) => covers(one, other)).map((other) => (
    `${one[0]} | ${other[0]}`
  )));
  const over = [...figure.querySelectorAll("[id^=legend_]")].flatMap((legend) => {
    const names = [...legend.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
    const keys = [...legend.querySelectorAll("[id^=line2d_], [id^=patch_], [id*=Collection_]")]
      .map((key) => key.getBoundingClientRect());
    const within = (box, [, name]) => box.left < name.left && name.right < box.right;
    return keys.filter((key) => !names.some((name) => within(key, name))).flatMap((key) => names.filter(([, box]) => (
      Math.min(box.right, key.right) - Math.max(box.left, key.left) > 1 &&
      box.top < (key.top + key.bottom) / 2 && (key.top + key.bottom) / 2 < box.bottom
    )).map(([said]) => `${said} | a key`));
  });
  return [texts.length, [...outside.map(([said]) => said), ...covered, ...over]];
}"""


@pytest.mark.parametrize(("code", "name"), PAGES)
def test_the_texts_of_figures_stand_apart(page: Page, code: str, name: str) -> None:
    """A figure is drawn by itself: an <img> takes no style or direction from its page."""
    folder = PROJECT.html / code / "notebooks"
    for image in parsed(f"{code}/notebooks/{name}.html").select(".cell_output img"):
        drawing = (folder / str(image["src"])).read_text(encoding="utf-8")
        count, clashes = page.evaluate(CLASHES, drawing)
        assert count > 0
        assert clashes == []


def legend(right: int) -> str:
    """A legend of one name, with a key to its left and one to its `right`."""
    frame = '<g id="patch_1"><rect x="5" y="35" width="190" height="30"/></g>'
    keys = "".join(f'<g id="line2d_{x}"><path d="M {x} 46 h 8" stroke="red"/></g>' for x in (10, right))
    return f'<g id="legend_1">{frame}{keys}<text x="20" y="50" font-size="10">one</text></g>'


@pytest.mark.parametrize(
    ("texts", "clashes"),
    [
        ('<text x="10" y="50">one</text><text x="90" y="50">two</text>', []),
        ('<text x="10" y="50">one</text><text x="20" y="52">two</text>', ["one | two"]),
        ('<text x="190" y="50">one</text>', ["one"]),
        ('<text x="10" y="2">one</text>', ["one"]),
        (legend(50), []),
        (legend(20), ["one | a key"]),
    ],
)
def test_texts_that_clash_are_found(page: Page, texts: str, clashes: list[str]) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">{texts}</svg>'
    assert page.evaluate(CLASHES, drawing)[1] == clashes
