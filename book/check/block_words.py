"""Words that are shown and that no translation reaches, since blocks of MyST's have them that stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nbformat import NotebookNode

from book.notebook.markdown.directives import directive, split_options
from book.notebook.markdown.tokens import excess, tokens
from book.rules.notebooks import Found

BLOCK_WORDS = "block-words"
_CODE = {"code", "code-block", "literalinclude", "sourcecode"}
_WRITTEN_OTHERWISE = {
    "centered": "words in bold",
    "csv-table": "a table of Markdown, or `{list-table}`",
    "hlist": "a list",
    "line-block": "lines that end with a backslash",
    "parsed-literal": "a block of code, with its words above it",
}
_WORD = re.compile(r"[^\W\d_]{2,}")


def block_words(cells: list[NotebookNode]) -> Iterator[Found]:
    """The words in blocks of these cells that stay in English, and how to write them, each kind once a cell."""
    for number, cell in enumerate(cells):
        if cell.cell_type == "markdown" and "{" in cell.source and not excess(cell.source):
            for what in dict.fromkeys(_kept(cell.source)):
                yield Found(number, what, BLOCK_WORDS)


def _kept(text: str) -> Iterator[str]:
    for token in tokens(text):
        if not (found := directive(token)):
            continue
        options, body = split_options(found.content)
        if found.name in _CODE and _WORD.search(options.get("caption", "")):
            yield f"the caption of its `{{{found.name}}}` stays in English; write it above the block, to translate it"
        elif found.name in _WRITTEN_OTHERWISE and _WORD.search(f"{found.first} {options.get('header', '')} {body}"):
            better = _WRITTEN_OTHERWISE[found.name]
            yield f"the words in its `{{{found.name}}}` stay in English; write {better}, to translate them"
