"""Links from page to page, found by the parser and not by their looks."""

from __future__ import annotations

import pytest

from book.notebook.markdown.page_links import PageLink, page_links, with_addresses


def rewritten(text: str) -> str:
    def address(link: PageLink) -> str | None:
        return None if link.document == "gone" else f"https://example.org/{link.document}.html{link.part}"

    return with_addresses(text, address)


@pytest.mark.parametrize(
    ("text", "page", "part"),
    [
        ("[a](norm.ipynb)", "norm", ""),
        ("[a](Batch-Norm.ipynb#the-formula)", "Batch-Norm", "#the-formula"),
        ("[a](part_2/norm.ipynb)", "part_2/norm", ""),
        ("[a](./norm.ipynb)", "norm", ""),
        ("[a](norm.ipynb 'its title')", "norm", ""),
        ("[*a* `]`](<norm.ipynb>)", "norm", ""),
        ("[a][b]\n\n[b]: norm.ipynb", "norm", ""),
        ("> - [a](norm.ipynb)", "norm", ""),
        ("[a](<part 2/the norm.ipynb#b> 'its title')", "part 2/the norm", "#b"),
        ("[a][b]\n\n[b]: <the norm.ipynb>", "the norm", ""),
        ("[a](/part_2/norm.ipynb#b)", "part_2/norm", "#b"),
    ],
)
def test_a_link_is_found_and_led_elsewhere_however_it_is_written(text: str, page: str, part: str) -> None:
    assert (page, part) in [(link.document, link.part) for link in page_links(text)]
    assert f"https://example.org/{page}.html{part}" in rewritten(text)


@pytest.mark.parametrize(
    "text",
    [
        "`[a](norm.ipynb)`",
        "```\n[a](norm.ipynb)\n```",
        r"[a\](norm.ipynb)",
        r"[word\](gone.ipynb)\<img src=x onerror=alert()>",
        "[a](https://example.org/norm.ipynb)",
        "[a](the norm.ipynb)",
        "$[a](norm.ipynb)$",
        "<!-- [a](norm.ipynb) -->",
    ],
)
def test_what_is_no_link_to_a_page_stays_as_it_is(text: str) -> None:
    assert list(page_links(text)) == []
    assert rewritten(text) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("see [the start](gone.ipynb).", "see the start."),
        ("[a [b] `]` *c*](gone.ipynb#d) and [e](gone.ipynb)", "a [b] `]` *c* and e"),
        ("[a](gone.ipynb 'its title'), `[b](gone.ipynb)`", "a, `[b](gone.ipynb)`"),
    ],
)
def test_a_link_to_a_page_that_is_gone_becomes_its_words(text: str, words: str) -> None:
    assert rewritten(text) == words
