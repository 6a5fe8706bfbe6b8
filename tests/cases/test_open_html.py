"""HTML that ends otherwise than its author thinks: the page around it stays whole, in every language."""

from __future__ import annotations

import pytest

from tests.cases.books import Case

OPEN = {
    "an anchor closed in itself": 'Words before. <a id="x"/> Words behind.',
    "an anchor below a heading": '## Heading\n<a id="x"/>\n\nWords below.',
    "an anchor left open": 'Words <a id="x">that go on.\n\nThe next paragraph.',
    "bold left open": "Words <b>that go on.\n\nThe next paragraph.",
    "two of a kind left open": "<b>one <i>two\n\nThe next paragraph.",
    "ends without a start": "Words</a> and more</b>.\n\nThe next paragraph.",
    "a span closed in itself, in a list": '- one <span id="x"/>\n- two',
    "an anchor left open below a heading": '## Heading\n<a name="x">\n\nWords below.\n\n- a list',
    "a link over several blocks": '<a href="https://example.org">\n\nWords.\n\n</a>\n\nWords.',
    "a script closed in itself, in a raw block": '```{raw} html\n<script src="a.js" />\n```\n\nWords below.',
    "a style left open in a raw block": "```{raw} html\n<style>p { color: red }\n```\n\nWords below.",
    "a title left open in a raw block": "```{raw} HTML\n<title>Words\n```\n\nWords below.",
    "a script left open": "<script>\nlet x = 1;\n",
    "a block closed in itself": '<div id="x"/>\n\nWords below.',
}


@pytest.mark.parametrize("text", OPEN.values(), ids=OPEN.keys())
@pytest.mark.parametrize("translated", [False, True])
def test_the_page_is_published_and_what_follows_stands_outside(case: Case, text: str, translated: bool) -> None:
    case.write(("a", text), ("b", "The last paragraph."))
    if translated:
        case.book.translate("ko", "case/b", "마지막 문단.")
    case.build("en", "ko")
    for language in ("en", "ko"):
        last = case.page(language).find(id="b")
        assert last is not None
        assert [each.name for each in last.find_parents(["a", "b", "i", "span"])] == []
        assert last.find(["a", "b", "i", "span"], class_=False) is None
        if text != OPEN["a block closed in itself"]:
            continue
        made = case.page(language).find("div", id="x")
        assert made is not None
        assert made.get_text() == ""


def test_what_is_void_or_drawn_is_left_alone(case: Case) -> None:
    case.write(("a", 'One<br/>two<hr/>\n\n<svg width="1"><path d="M0 0"/><path d="M1 1"/></svg>'))
    case.build("en")
    page = case.page("en")
    assert len(page.select("svg[width='1'] path + path")) == 1


def test_an_anchor_in_a_title_stands_there_alone(case: Case) -> None:
    """A list of pages or parts, on any page, repeats neither it nor its mark; other HTML of titles it does."""
    case.write(("a", '# H<sub>2</sub>O <a id="water"></a>\n\n## Ice<a name="ice"></a>\n\nWords.'))
    case.build("en", "ko")
    for language in ("en", "ko"):
        page = case.whole_page(language)
        anchors = page.select("#water, [name=ice]")
        assert [each.find_parent(["h1", "h2"]) is not None for each in anchors] == [True, True]
        titles = page.select("li[class^=toc] a.reference")
        assert titles
        assert not [each for each in titles if each.find(["a", "[id]"]) or "<a" in each.get_text()]
        assert any(each.select("sub") for each in titles)


ACROSS = {
    "over two sections": ('# Top\n\n## One\n\n<div class="x">\n\nIn it.\n\n## Two\n\nMore.\n\n</div>', 1),
    "one for each": ("## One\n\n<div>\n\nIn it.\n\n## Two\n\n</div>\n\n<div>\n\nMore.\n\n## Three\n\n</div>", 2),
    "never ended": ("## One\n\n<div>\n\nIn it.\n\n## Two\n\nMore.", 1),
    "in a comment": ("## One\n\n<!-- <div> -->\n\nIn it.\n\n## Two\n\n<!-- </div> -->", 0),
    "over a smaller heading": ("## One\n\n<details>\n\n### Two\n\nMore.\n\n</details>", 1),
}


@pytest.mark.parametrize(("text", "blocks"), ACROSS.values(), ids=ACROSS.keys())
def test_what_goes_on_over_headings_ends_within_the_page(case: Case, text: str, blocks: int) -> None:
    case.write(("a", text), ("b", "The last paragraph."))
    case.book.translate("ko", "case/b", "마지막 문단.")
    told = case.build("en", "ko")
    assert not [line for line in told if "(lost)" in line or "(site)" in line]
    for language in ("en", "ko"):
        last = case.page(language).find(id="b")
        assert last is not None
        assert last.find_parent("details") is None
        html = str(case.page(language))
        for name in ("div", "details"):
            assert html.count(f"<{name}") == html.count(f"</{name}>")
        assert len(case.page(language).select("div[class=x], div:not([class]):not([id]), details")) == blocks
