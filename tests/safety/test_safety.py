"""A PO file is written by strangers: whatever it says, it adds no code, markup or address to the book."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from book.maths.page import Formula, typeset
from book.notebook.markdown.parts import parts
from book.notebook.markdown.words import split_heading
from book.notebook.texts import COMMENT, FIGURE, INTERFACE, PROSE, Text
from book.rules import safe

PROSE_ATTACKS = {
    "script": "<script>alert(1)</script>",
    "event handler": '<b onclick="alert(1)">x</b>',
    "raw directive": "```{raw} html\n<script>alert(1)</script>\n```",
    "eval directive": "```{eval-rst}\n.. raw:: html\n\n   <script>alert(1)</script>\n```",
    "include directive": "```{include} /etc/passwd\n```",
    "role": "{download}`x <../../secret>`",
    "code to fold away": "```python\nimport os\n```",
    "link": "[x](https://elsewhere.org)",
    "script link": "[x](javascript:alert(1))",
    "encoded script link": "[x](&#106;avascript:alert(1))",
    "bare address": "<https://elsewhere.org>",
    "definition that makes a link of other words": "the loss\n\n[falls]: https://elsewhere.org",
    "definition over two lines": "the loss\n\n[falls]:\n  javascript:alert(1)",
    "image": "![x](https://elsewhere.org/pixel.png)",
    "block break that marks cells": 'the loss\n\n+++ {"id": "other"}',
    "target": "(what-falls)=\nthe loss",
    "footnote": "the loss[^1]\n\n[^1]: <https://elsewhere.org>",
    "script in a formula": r"$\text{<script>alert(1)</script>}$",
    "link in a formula": r"$\href{javascript:alert(1)}{x}$",
    "other code": "`import os`",
    "block break": "the loss\n\n+++ {}\n\nfalls",
}


@pytest.mark.parametrize("attack", PROSE_ATTACKS)
def test_prose_that_brings_more_than_words_is_not_shown(attack: str) -> None:
    text = Text("loss/a", "The loss falls, see [here](index.ipynb).", PROSE)
    harmless = "손실이 줄어듭니다. [여기](index.ipynb)"
    assert safe(text, harmless)
    assert not safe(text, f"{harmless}\n\n{PROSE_ATTACKS[attack]}")


@pytest.mark.parametrize(
    "latex",
    [r"\href{javascript:alert(1)}{x}", r"\style{color:red}{x}", r"\unicode{x41;<script>alert(1)</script>}", "<script>"],
)
def test_a_formula_becomes_mathml_and_nothing_else(latex: str) -> None:
    assert shown(r"a < b \text{ and } c").startswith("<math")
    assert "<script" not in shown(latex)
    assert "href" not in shown(latex)
    assert "style=" not in shown(latex)


@pytest.mark.parametrize("latex", [r"\text{<script>alert(1)</script>}", r"\text{a <b}", r"\mbox{</math><b>}"])
def test_signs_of_html_in_a_formula_are_words(latex: str) -> None:
    made = BeautifulSoup(shown(latex), "html.parser")
    assert {tag.name for tag in made.find_all()} <= {"math", "mrow", "mtext", "mi"}
    assert made.get_text() == latex[latex.index("{") + 1 : -1].replace(" ", "\xa0")


def shown(latex: str) -> str:
    (result,) = typeset([Formula(latex, display=False)])
    return result.mathml


def test_a_templates_braces_are_words_as_the_site_knows_no_templates() -> None:
    assert parts("{{ 7 * 7 }}").words == ["{{ 7 * 7 }}"]


@pytest.mark.parametrize("said", ["<b>Laden</b>", 'Laden" onclick="alert(1)', "Laden &lt;"])
def test_the_interface_is_plain_text(said: str) -> None:
    assert not safe(Text("site/download", "Download", INTERFACE), said)


@pytest.mark.parametrize("said", ["_Verlust", "$\\input{x}$", "5 $"])
def test_a_figures_text_cannot_stop_or_hide_the_drawing(said: str) -> None:
    assert not safe(Text("loss/plot", "Loss", FIGURE), said)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("## Loss\n\nIt falls.", "## Loss"),
        ("#hashtag `\n<b onclick=alert(1)>`", ""),
        ("Loss\n====\n\nIt falls.", ""),
        ("It falls.", ""),
    ],
)
def test_a_label_is_put_below_a_heading_and_never_into_a_paragraph(text: str, heading: str) -> None:
    assert split_heading(text)[0] == heading


@pytest.mark.parametrize("said", ["\n", "scale\n", "scale\r", "scale\u2028it", "scale\nimport os"])
def test_a_comment_that_ends_its_line_is_not_shown(said: str) -> None:
    assert not safe(Text("loss/plot", "scale it", COMMENT), said)
