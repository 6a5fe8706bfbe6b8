"""Blocks whose words stay in English are told of, and those that are translated are not."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_markdown_cell

from book.check.block_words import block_words


def told(text: str) -> list[str]:
    return [found.message for found in block_words([new_markdown_cell(text)])]


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("```{csv-table} Hills\n1, 2\n```", "the words in its `{csv-table}` stay in English; write a table"),
        ("```{csv-table}\n:header: Hill, Height\n1, 2\n```", "the words in its `{csv-table}` stay"),
        (":::{csv-table}\nSnowdon, 1085\n:::", "the words in its `{csv-table}` stay"),
        ("````{note}\n```{hlist}\n- one\n- two\n```\n````", "the words in its `{hlist}` stay in English; write a list"),
        ("```{centered} Words\n```", "the words in its `{centered}` stay in English; write words in bold"),
        ("```{code-block} python\n:caption: Of code\nx = 1\n```", "the caption of its `{code-block}` stays"),
    ],
)
def test_words_that_no_translation_reaches_are_told_once(text: str, begins: str) -> None:
    (message,) = told(f"{text}\n\n{text}")
    assert message.startswith(begins)


@pytest.mark.parametrize(
    "text",
    [
        "```{csv-table}\n1, 2\n3, 4\n```",
        "```{list-table}\n* - One\n  - Two\n```",
        "```{table} A caption\n| a |\n|---|\n| b |\n```",
        "```{code-block} python\n:name: some-code\nword = 1\n```",
        "```\n{csv-table}\nwords\n```",
        "`{csv-table}` and {note}",
    ],
)
def test_what_has_no_words_or_is_translated_is_let_be(text: str) -> None:
    assert told(text) == []
