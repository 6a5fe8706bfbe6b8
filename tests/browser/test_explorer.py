"""The norm explorer on its pages, in headless Chromium: by pointer, finger and keyboard, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from bench.browsing.served import compressed_size
from book.notebook.explorer import NORMS
from book.site.theme.stylesheet import EXPLORER
from tests.browser.test_accessibility import AXE, DRAWN, faults, use
from tests.real_book import CODES, needs_site

pytestmark = needs_site

PAGES = {
    "formula": "batch",
    "layer_norm": "layer",
    "group_norm": "group",
    "instance_norm": "instance",
    "weight_norm": "weight",
    "batch_norm": "batch",
}
LIMIT = 12_000  # bytes, compressed: scripts and styles
SIZES: dict[str, ViewportSize] = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
# How many of the 64 values light up, by the norm and what is chosen beside it.
LIT = [
    ("batch", "", 16),
    ("layer", "", 16),
    ("layer", "pixel", 4),
    ("instance", "", 4),
    ("group", "1", 16),
    ("group", "2", 8),
    ("group", "4", 4),
    ("weight", "", 16),
]
# What of the explorer is wider than its room, save what scrolls or is seen by nobody.
CUT = """(form) => [...form.querySelectorAll("*:not(math *, select *)")]
  .filter((each) => each.clientWidth && each.scrollWidth > each.clientWidth + 1)
  .filter((each) => getComputedStyle(each).visibility === "visible" && !each.closest(".math-block, .visually-hidden"))
  .map((each) => each.outerHTML.slice(0, 80))"""
BESIDE = {"layer": "over", "group": "groups", "batch": "phase"}


@pytest.fixture
def opened(page: Page, site: str) -> Page:
    page.goto(f"{site}/en/notebooks/formula.html")
    expect(explorer(page)).to_have_class(re.compile("ready"))
    return page


def explorer(page: Page) -> Locator:
    return page.locator(".norm-explorer")


def choose(page: Page, name: str, value: str) -> None:
    explorer(page).locator(f'input[name="{name}"][value="{value}"]').check()


def slide(page: Page, name: str, value: float) -> None:
    explorer(page).locator(f'input[name="{name}"]').fill(str(value))


def number(page: Page, name: str) -> float:
    """A number that the formula or a line of it shows."""
    text = explorer(page).locator(f'[data-n="{name}"]').last.text_content() or ""
    return float(text.strip("()").replace("−", "-"))


def value_at(page: Page, sample: int, channel: int, pixel: int) -> Locator:
    return explorer(page).locator('[role="gridcell"]').nth((sample * 4 + channel) * 4 + pixel)


@pytest.mark.parametrize("name", PAGES)
def test_it_stands_on_the_formula_page_and_each_lesson_set_to_its_norm(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/{CODES[-1]}/notebooks/{name}.html")
    expect(explorer(page)).to_have_class(re.compile("ready"))
    assert explorer(page).locator('input[name="norm"]:checked').get_attribute("value") == PAGES[name]


def test_other_pages_load_nothing_of_it(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/en/notebooks/literature.html", wait_until="load")
    assert any("book.js" in each for each in asked)
    assert not [each for each in asked if "explorer" in each or "norms" in each]


def test_its_scripts_and_styles_are_light() -> None:
    assert sum(map(compressed_size, EXPLORER.iterdir())) <= LIMIT


@pytest.mark.parametrize(("norm", "beside", "count"), LIT)
def test_the_values_that_share_statistics_light_up(opened: Page, norm: str, beside: str, count: int) -> None:
    choose(opened, "norm", norm)
    if beside:
        choose(opened, BESIDE[norm], beside)
    expect(explorer(opened).locator(".shared")).to_have_count(count)
    expect(explorer(opened).locator('[data-n="count"]')).to_have_text(str(count))


def test_a_click_takes_a_value_and_the_formula_has_its_numbers(opened: Page) -> None:
    choose(opened, "norm", "instance")
    value_at(opened, 2, 3, 1).click()
    row = [value_at(opened, 2, 3, pixel).text_content() or "" for pixel in range(4)]
    values = [float(each.replace("−", "-")) for each in row]
    mean = sum(values) / 4
    variance = sum((each - mean) ** 2 for each in values) / 4
    assert number(opened, "x") == values[1]
    assert number(opened, "mean") == pytest.approx(mean, abs=0.006)
    assert number(opened, "variance") == pytest.approx(variance, abs=0.006)
    assert number(opened, "y") == pytest.approx((values[1] - mean) / (variance + 0.001) ** 0.5, abs=0.006)
    expect(explorer(opened).locator("[aria-selected=true]")).to_have_count(1)


def test_the_arrow_keys_go_through_the_tensor_and_its_place_is_said(opened: Page) -> None:
    value_at(opened, 0, 0, 3).click()
    opened.keyboard.press("ArrowRight")
    expect(value_at(opened, 1, 0, 0)).to_be_focused()
    opened.keyboard.press("ArrowDown")
    expect(value_at(opened, 1, 1, 0)).to_be_focused()
    said = explorer(opened).locator("output.visually-hidden")
    expect(said).to_have_text(re.compile(r"^Sample 2, channel 2, pixel 1: value .*mean .*deviation .*result "))
    for _ in range(9):  # it ends at the edge
        opened.keyboard.press("ArrowUp")
    expect(value_at(opened, 1, 0, 0)).to_be_focused()
    opened.keyboard.press("Tab")  # the tensor is one stop
    expect(explorer(opened).locator('input[name="x"]')).to_be_focused()


def test_on_a_phone_the_arrow_keys_go_as_the_squares_lie(opened: Page) -> None:
    opened.set_viewport_size(SIZES["phone"])
    value_at(opened, 0, 3, 2).click()
    opened.keyboard.press("ArrowDown")
    expect(value_at(opened, 2, 0, 2)).to_be_focused()


def test_a_batch_of_one_says_why_the_other_samples_are_blank(opened: Page) -> None:
    absent = explorer(opened).locator(".absent:visible")
    expect(absent).to_have_count(0)
    slide(opened, "size", 1)
    expect(absent).to_have_text(["not in the batch"] * 3)
    choose(opened, "norm", "weight")
    expect(absent).to_have_count(0)


@pytest.mark.parametrize("code", CODES)
def test_a_phone_shows_squares_formula_and_sliders_at_once(browser: Browser, site: str, code: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{site}/{code}/notebooks/formula.html")
    expect(explorer(page)).to_have_class(re.compile("ready"))
    header = page.locator(".bd-header-article").bounding_box()
    first = explorer(page).locator(".tensor").bounding_box()
    last = explorer(page).locator('[name="beta"]').bounding_box()
    assert header
    assert first
    assert last
    assert last["y"] + last["height"] - first["y"] <= 844 - header["height"]
    context.close()


def test_scale_offset_epsilon_and_the_value_itself_change_the_result(opened: Page) -> None:
    choose(opened, "norm", "instance")
    value_at(opened, 0, 0, 0).click()
    other = value_at(opened, 0, 1, 0)
    choose(opened, "shown", "after")
    before, elsewhere = number(opened, "y"), other.text_content()
    slide(opened, "gamma", 2)
    assert number(opened, "y") == pytest.approx(2 * before, abs=0.02)
    slide(opened, "beta", -1)
    assert number(opened, "y") == pytest.approx(2 * before - 1, abs=0.02)
    assert other.text_content() == elsewhere, "each channel has its own γ and β"
    explorer(opened).locator('[name="epsilon"]').select_option("1")
    assert abs(number(opened, "y") + 1) < abs(2 * before)
    slide(opened, "x", 4)
    assert number(opened, "x") == 4
    explorer(opened).locator("[type=reset]").click()
    expect(explorer(opened).locator('input[name="norm"]:checked')).to_have_value("batch")
    expect(explorer(opened).locator('output[data-n="gamma"]')).to_have_text("1.00")


def test_a_smaller_batch_changes_batch_norm_and_not_layer_norm(opened: Page) -> None:
    changed = {}
    for norm in ("batch", "layer"):
        choose(opened, "norm", norm)
        slide(opened, "size", 4)
        whole = number(opened, "y")
        slide(opened, "size", 1)
        changed[norm] = number(opened, "y") != whole
    assert changed == {"batch": True, "layer": False}
    value_at(opened, 3, 0, 0).dispatch_event("click")  # that sample is left out
    expect(value_at(opened, 3, 0, 0)).not_to_have_attribute("aria-selected", "true")


def test_at_inference_the_moving_averages_take_over(opened: Page) -> None:
    of_batch = number(opened, "mean"), number(opened, "variance")
    choose(opened, "phase", "inference")
    assert (number(opened, "mean"), number(opened, "variance")) == (0, 1)
    explorer(opened).locator('[name="momentum"]').select_option("0.9")
    step = explorer(opened).locator(".buttons button").first
    step.click()
    assert number(opened, "moving-mean") == pytest.approx(0.1 * of_batch[0], abs=0.006)
    assert number(opened, "moving-variance") == pytest.approx(0.9 + 0.1 * of_batch[1], abs=0.006)
    assert number(opened, "mean") == number(opened, "moving-mean")
    explorer(opened).locator(".buttons button").nth(1).click()
    expect(explorer(opened).locator('[data-n="steps"]')).to_have_text("101")
    assert number(opened, "mean") == pytest.approx(of_batch[0], abs=0.01)
    kept = number(opened, "mean")
    slide(opened, "size", 2)
    assert number(opened, "mean") == kept, "whatever the batch holds"


def test_weight_norm_gives_each_filter_the_length_g(opened: Page) -> None:
    choose(opened, "norm", "weight")
    slide(opened, "g", 2)
    choose(opened, "shown", "after")
    value_at(opened, 0, 0, 0).click()
    of_filter = []
    for index in range(16):
        of_filter.append(number(opened, "w"))
        opened.keyboard.press("ArrowRight" if index % 4 < 3 else "ArrowDown")
        if index % 4 == 3:
            value_at(opened, 0, min(index // 4 + 1, 3), 0).click()
    assert sum(each**2 for each in of_filter) ** 0.5 == pytest.approx(2, abs=0.03)


@pytest.mark.parametrize("code", CODES)
def test_it_speaks_the_pages_language_and_its_numbers_stay(page: Page, site: str, code: str) -> None:
    page.goto(f"{site}/{code}/notebooks/layer_norm.html")
    form = explorer(page)
    expect(form).to_have_class(re.compile("ready"))
    words = " ".join([form.inner_text(), form.get_attribute("aria-label") or ""])
    english = ["Layer norm", "Batch size", "Sample 1", "Start again", "Choose a norm"]
    assert [each in words for each in english] == [code == "en"] * len(english)
    assert "{" not in words
    assert re.fullmatch(r"−?\d\.\d", value_at(page, 0, 0, 0).text_content() or "")
    direction = "element => getComputedStyle(element).direction"
    assert form.evaluate(direction) == ("rtl" if code == "ar" else "ltr")
    for kept in (".tensor", "math >> nth=0"):
        assert form.locator(kept).evaluate(direction) == "ltr"


def test_in_arabic_the_first_sample_is_left_and_the_first_button_right(page: Page, site: str) -> None:
    page.goto(f"{site}/ar/notebooks/formula.html")
    boxes = [value_at(page, sample, 0, 0).bounding_box() for sample in (0, 3)]
    buttons = [explorer(page).locator(".norm label").nth(n).bounding_box() for n in (0, 1)]
    left, right = (box["x"] for box in boxes if box)
    first, second = (box["x"] for box in buttons if box)
    assert left < right
    assert first > second
    value_at(page, 0, 0, 0).click()
    page.keyboard.press("ArrowRight")
    expect(value_at(page, 0, 0, 1)).to_be_focused()


def test_without_javascript_the_notebooks_figure_stands_there(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for number, name in enumerate(PAGES):
        page.goto(f"{site}/{CODES[number % len(CODES)]}/notebooks/{name}.html")
        assert page.locator(".cell_output img").first.is_visible()
        assert not explorer(page).is_visible()
    context.close()


def test_on_paper_the_figure_stands_and_not_the_explorer(opened: Page) -> None:
    assert explorer(opened).is_visible()
    opened.emulate_media(media="print")
    assert not explorer(opened).is_visible()
    assert opened.locator(".cell_output img").first.is_visible()


def test_with_reduced_motion_nothing_fades(browser: Browser, site: str) -> None:
    moves = {}
    for motion in ("reduce", "no-preference"):
        context = browser.new_context(reduced_motion=motion)
        page = context.new_page()
        page.goto(f"{site}/en/notebooks/formula.html")
        moves[motion] = value_at(page, 0, 0, 0).evaluate("each => getComputedStyle(each).transitionDuration")
        context.close()
    assert moves["reduce"] == "0s"
    assert moves["no-preference"] != "0s"


def test_a_finger_finds_every_target(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport=SIZES["phone"], has_touch=True, is_mobile=True)
    page = context.new_page()
    for code in CODES:
        page.goto(f"{site}/{code}/notebooks/formula.html")
        expect(explorer(page)).to_have_class(re.compile("ready"))
        targets = explorer(page).locator("[role=gridcell], label:has([type=radio]), button, select, [type=range]")
        small = [
            f"{each['name']}: {each['width']} × {each['height']}"
            for each in targets.evaluate_all(
                "all => all.filter((each) => getComputedStyle(each).visibility === 'visible').map((each) => ({"
                " name: each.outerHTML.slice(0, 60), width: each.offsetWidth, height: each.offsetHeight }))"
            )
            if min(each["width"], each["height"]) not in (0, *range(44, 1000))
        ]
        assert small == []
        value_at(page, 1, 2, 1).tap()
        expect(value_at(page, 1, 2, 1)).to_have_attribute("aria-selected", "true")
    context.close()


@pytest.mark.parametrize("code", CODES)
def test_with_letters_twice_as_large_nothing_is_cut(browser: Browser, site: str, code: str) -> None:
    for size in SIZES.values():
        context = browser.new_context(viewport=size)
        page = context.new_page()
        page.goto(f"{site}/{code}/notebooks/formula.html")
        page.add_style_tag(content="html { font-size: 200% !important; }")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        cut = explorer(page).evaluate(CUT)
        assert cut == []
        context.close()


@pytest.fixture(scope="module", params=SIZES)
def looked_through(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport=SIZES[request.param], reduced_motion="reduce")
    context.add_init_script(path=str(AXE))
    page = context.new_page()
    page.goto(f"{site}/ar/notebooks/formula.html")
    page.evaluate("document.querySelector('article').replaceChildren(document.querySelector('.norm-explorer'))")
    yield page
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("norm", NORMS)
def test_none_of_its_states_has_a_fault(looked_through: Page, norm: str, theme: str) -> None:
    use(looked_through, theme)
    choose(looked_through, "norm", norm)
    others = {"batch": ["training", "inference"], "layer": ["layer", "pixel"], "group": ["1", "2", "4"]}
    for value in others.get(norm, [""]):
        if value:
            choose(looked_through, BESIDE[norm], value)
        for shown in ("before", "after"):
            choose(looked_through, "shown", shown)
            looked_through.evaluate(DRAWN)
            assert [each for each in faults(looked_through) if "page-has-heading-one" not in each] == []
