"""Search on the built site of the real book, through its own dialog and page in headless Chromium.

In `search_queries/LANG.csv` most queries are forms of words that the site has only in other forms. Such a query counts
as found if its page is among the first five results; the first of them is on few pages and leads to its own first. In
`search_queries/second` are queries as readers type them, in the words of public questions and articles or of the
lessons, and with slips; `third` and `fourth` have more of them, which nobody looked at while search was made. These
lead to their page first. A language without such files is not tested.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.real_book import CODES, PROJECT, needs_site, parsed

pytestmark = needs_site
QUERIES = Path(__file__).parent / "search_queries"
TESTED = [code for code in CODES if (QUERIES / f"{code}.csv").exists()]
FIRST, SHARE = 5, 0.95
READERS = {"second": 0.95, "third": 0.7, "fourth": 0.75}  # of a set, so much leads to its page first
SCREENS = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 800}}
# The addresses of a query's results, in order, as the dialog and the search page get them.
FIND = """async (queries) => {
  const { find } = await import("../../_static/search.js");
  const found = [];
  for (const query of queries) {
    const pages = await Promise.all((await find(query)).map((each) => each.data()));
    found.push(pages.map((each) => each.url));
  }
  return found;
}"""


def queries(code: str, folder: str = "") -> list[dict[str, str]]:
    with (QUERIES / folder / f"{code}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def found(page: Page, asked: list[str]) -> list[list[str]]:
    """The names of the pages found for each query, best first."""
    return [[Path(url).stem for url in urls] for urls in page.evaluate(FIND, asked)]


def title(code: str, name: str) -> str:
    """The heading of a built page, without the link to itself."""
    heading = parsed(f"{code}/notebooks/{name}.html").select_one("h1")
    assert heading
    return heading.get_text().removesuffix("#").strip()


def open_dialog(page: Page, query: str) -> None:
    """Ask for `query` in one go: what is typed key by key may be searched for half-way too."""
    page.keyboard.press("Control+k")
    page.wait_for_selector("dialog.book-search[open]")
    page.keyboard.insert_text(query)


@pytest.mark.parametrize("code", CODES)
def test_inflected_queries_find_their_pages_and_words_that_are_nowhere_find_none(
    page: Page, site: str, code: str
) -> None:
    page.goto(f"{site}/{code}/notebooks/index.html")
    words = ["xyzzyq", "elephant", "zürafa", "코끼리", "ديناصور", "मगरमच्छ", "hipopotam", "?!", ""]
    assert found(page, words) == [[]] * len(words)
    if code not in TESTED:
        return
    rows = queries(code)
    results = found(page, [row["query"] for row in rows])
    missed = [row["query"] for row, got in zip(rows, results, strict=True) if row["page"] not in got[:FIRST]]
    assert len(rows) >= 20
    assert len(missed) <= (1 - SHARE) * len(rows), missed


@pytest.mark.parametrize(("folder", "share"), READERS.items())
@pytest.mark.parametrize("code", TESTED)
def test_what_readers_type_leads_to_the_page_first(page: Page, site: str, code: str, folder: str, share: float) -> None:
    page.goto(f"{site}/{code}/notebooks/index.html")
    rows = queries(code, folder)
    results = found(page, [row["query"] for row in rows])
    missed = [(row["query"], got[:3]) for row, got in zip(rows, results, strict=True) if [row["page"]] != got[:1]]
    assert len(missed) <= (1 - share) * len(rows) + 1e-9, missed


@pytest.mark.parametrize("code", CODES)
def test_a_page_that_is_called_what_was_asked_comes_first(page: Page, site: str, code: str) -> None:
    """Also where other pages say these words more often, and however they are typed."""
    page.goto(f"{site}/{code}/notebooks/index.html")
    titles = {name: title(code, name) for name in PROJECT.pages}
    english = {name: title("en", name) for name in PROJECT.pages}
    for typed in (titles, english, {name: f" {each.upper().replace(' ', '-')}?" for name, each in titles.items()}):
        results = found(page, list(typed.values()))
        assert {name: got[:1] for name, got in zip(typed, results, strict=True)} == {name: [name] for name in typed}
        assert all(len(set(got)) == len(got) for got in results)


@pytest.mark.parametrize("code", TESTED)
def test_the_dialog_finds_with_the_keyboard_alone(page: Page, site: str, code: str) -> None:
    row = queries(code)[0]
    page.goto(f"{site}/{code}/notebooks/index.html")
    open_dialog(page, row["query"])
    page.wait_for_selector("dialog.book-search ol > li")
    said = page.locator("dialog.book-search [role=status]").inner_text()
    assert any(character.isdigit() for character in said)
    marked = page.locator("dialog.book-search mark").all_inner_texts()
    assert marked
    assert [word for word in marked if word != word.strip("().,:!?،؛؟।")] == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('dialog.book-search ol a')")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{code}/notebooks/{row['page']}.html*")


@pytest.mark.parametrize("code", TESTED)
def test_who_has_gone_on_to_the_results_is_not_lost_when_better_ones_come(page: Page, site: str, code: str) -> None:
    query = queries(code)[0]["query"]
    page.goto(f"{site}/{code}/notebooks/index.html")
    open_dialog(page, query)
    page.wait_for_selector("dialog.book-search ol > li")
    # The last key was struck just before: what it finds comes after the reader has left the field.
    first = page.evaluate_handle(
        """query => {
      const field = document.querySelector("dialog.book-search input");
      const link = document.querySelector("dialog.book-search ol a");
      field.value = `${query} ${query}`;
      field.dispatchEvent(new Event("input"));
      link.focus();
      return link;
    }""",
        query,
    )
    page.wait_for_function("link => !link.isConnected", arg=first)
    assert page.evaluate("document.activeElement.matches('dialog.book-search input')")


def test_a_part_that_is_found_is_an_anchor_on_its_page(page: Page, site: str) -> None:
    page.goto(f"{site}/ar/notebooks/index.html")
    open_dialog(page, "المتجهات")
    page.wait_for_selector("dialog.book-search ol ul a")
    links = [link.get_attribute("href") or "" for link in page.locator("dialog.book-search ol ul a").all()]
    assert links
    for link in links:
        page.goto(f"{site}{link.partition('/book')[2]}")
        assert page.locator(f"#{link.partition('#')[2]}").count() == 1


def test_slash_opens_the_dialog_and_escape_closes_it(page: Page, site: str) -> None:
    page.goto(f"{site}/ko/notebooks/formula.html")
    page.keyboard.press("/")
    page.wait_for_selector("dialog.book-search[open]")
    page.keyboard.type("and/or")
    assert page.locator("dialog.book-search input").input_value() == "and/or"
    page.keyboard.press("Escape")
    expect(page.locator("dialog.book-search[open]")).to_have_count(0)


def test_enter_in_the_dialog_leads_to_the_search_page(page: Page, site: str) -> None:
    page.goto(f"{site}/pl/notebooks/formula.html")
    open_dialog(page, "pogodą")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pl/search.html?q=*")
    page.wait_for_selector("main .book-search ol a[href$='instance_norm.html']")
    assert page.locator("main .book-search input").input_value() == "pogodą"


@pytest.mark.parametrize("code", CODES)
def test_the_search_page_without_javascript_lists_the_pages(browser: Browser, site: str, code: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/{code}/notebooks/formula.html")
    page.locator("a.search-button-field").click()
    expect(page).to_have_url(f"{site}/{code}/search.html")
    expect(page.locator("main .book-search-pages a:visible")).to_have_count(len(PROJECT.pages))
    assert not page.locator(".book-search input").is_visible()
    context.close()


@pytest.mark.parametrize("size", SCREENS.values(), ids=SCREENS)
@pytest.mark.parametrize("code", CODES)
def test_the_dialog_fits_the_screen_and_speaks_the_language(
    browser: Browser, site: str, code: str, size: dict[str, int]
) -> None:
    context = browser.new_context(viewport=size)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site}/{code}/notebooks/formula.html")
    page.locator("a.book-search-button:visible, a.search-button-field:visible").first.click()
    dialog = page.locator("dialog.book-search[open]")
    box = dialog.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    page.keyboard.type("xyzzyq")
    said = dialog.locator("[role=status]")
    said.get_by_text("xyzzyq").wait_for()
    assert code == "en" or "Nothing found" not in said.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    context.close()


def test_search_loads_nothing_before_it_is_asked_and_nothing_of_sphinx(page: Page, site: str) -> None:
    loaded: list[str] = []

    def note(response: Response) -> None:
        loaded.append(response.url)

    page.on("response", note)
    page.goto(f"{site}/hi/notebooks/formula.html")
    page.wait_for_load_state("networkidle")
    assert not [url for url in loaded if "pagefind" in url or "search" in url]
    open_dialog(page, "सूत्र")
    page.wait_for_selector("dialog.book-search ol > li")
    assert any("pagefind" in url for url in loaded)
    assert not [path for name in ("searchindex.js", "searchtools.js", "language_data.js")
                for path in PROJECT.html.rglob(name)]  # fmt: skip


def test_a_search_that_cannot_be_loaded_says_so(page: Page, site: str) -> None:
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(f"{site}/tr/notebooks/formula.html")
    open_dialog(page, "ağ")
    said = page.locator("dialog.book-search [role=status]")
    said.get_by_text(said.get_attribute("data-failed") or "?").wait_for()


def test_a_page_opened_as_a_file_leads_to_the_list_of_pages_and_says_why(page: Page) -> None:
    page.goto((PROJECT.html / "tr" / "notebooks" / "formula.html").as_uri())
    page.keyboard.press("Control+k")
    page.wait_for_url("**/tr/search.html")
    said = page.locator("main .book-search [role=status]")
    said.get_by_text(said.get_attribute("data-file") or "?").wait_for()
    expect(page.locator("main .book-search-pages a:visible")).to_have_count(len(PROJECT.pages))


def test_notices_labels_and_folded_code_are_not_found(page: Page, site: str) -> None:
    """The draft notice of a page, the words on its folded cells, and what these hide."""
    page.goto(f"{site}/pl/notebooks/formula.html")
    label = page.locator("details.hide summary").first.inner_text()
    text = page.evaluate(
        """async (query) => {
          const { find } = await import("../../_static/search.js");
          const pages = await Promise.all((await find(query)).map((each) => each.data()));
          return pages.map((each) => each.content).join(" ");
        }""",
        "normalizacja",
    )
    assert "normalizacja" in text.lower()
    assert "svg.hashsalt" not in text
    assert label.strip().splitlines()[0] not in text
    assert page.locator(".cell-state.draft").inner_text() not in text
