"""HTML is told of where Markdown has marks for it, and nowhere else."""

from __future__ import annotations

import pytest

from book.check.html import better_in_markdown
from book.notebook.markdown.myst import read


def told(text: str) -> list[str]:
    return list(better_in_markdown(read(text).html))


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("The <b>loss</b> falls, <b>fast</b>.", "HTML `<b>`; write it in Markdown, as `**…**`"),
        ("See <A HREF='index.ipynb' title='>'>the start</A>.", "HTML `<a>`; write it in Markdown, as `[…](…)`"),
        ('<img src="cube.png" alt="A cube">', "HTML `<img>`; write it in Markdown, as `![…](…)`"),
        ("<h2>Loss</h2>", "HTML `<h2>`; write it in Markdown, as `## …`"),
        ("<ul>\n<li>one</li>\n</ul>", "HTML `<ul>`; write it in Markdown, as `- …`"),
        ("<table><tr><td>a</td></tr></table>", "HTML `<table>`; write it in Markdown, as `| … | … |`"),
        ("<pre>a</pre>", "HTML `<pre>`; write it in Markdown, as a fence"),
    ],
)
def test_what_markdown_has_marks_for_is_told_once(text: str, mark: str) -> None:
    assert told(text) == [mark]


@pytest.mark.parametrize(
    "text",
    [
        "Press <kbd>Shift</kbd>, H<sub>2</sub>O, x<sup>2</sup>, a<br>b.",
        "<details><summary>More</summary>\n\nThe loss.\n\n</details>",
        "<!-- <b>of nobody</b> -->\n\nThe loss.",
        "<!-- unclosed <b>",
        '<img src="cube.png" alt="A cube" width="300">',
        '<p align="center">The loss.</p>',
        '<table align="left"><tr><td><a href="index.ipynb">Start</a></td></tr></table>',
        "<table><tr><td colspan=2>a</td></tr></table>",
        "<table><tr><td><ul><li>a</li></ul></td></tr></table>",
        "The loss is 1 < 2 and `<b>`.",
    ],
)
def test_what_markdown_cannot_say_is_let_be(text: str) -> None:
    assert told(text) == []
