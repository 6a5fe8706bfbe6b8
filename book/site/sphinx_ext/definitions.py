"""Definitions of links and footnotes: each cell has its own, as in Jupyter, and may use those of the others.

MyST-NB reads all cells with the definitions of all, so that of two with one label the second is lost.
Tried on MyST-NB 1.4.0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore, block, inline
from markdown_it.token import Token
from myst_nb.core.nb_to_tokens import notebook_to_tokens
from nbformat import NotebookNode

REFERENCES = "references"  # in what is known of a cell: the definitions that it sees
_CELLS = "cells"  # in the environment of the parser while it reads a notebook: the environments of its cells
_NOTES = ("footnote_ref", "footnote_reference_open")

Environment = dict[str, Any]


def tokens_of(notebook: NotebookNode, parser: MarkdownIt, environment: Environment, log: Any) -> list[Token]:
    """The tokens of all cells; labels that more than one cell gives a footnote are told apart by the cell."""
    parser.core.ruler.at("block", _block)
    parser.core.ruler.at("inline", _inline)
    environment[_CELLS] = []
    tokens: list[Token] = notebook_to_tokens(notebook, parser, environment, log)
    cells = environment.pop(_CELLS)
    _tell_notes_apart(notebook, tokens, [set(_labels(cell)) for cell in cells])
    return tokens


def _block(state: StateCore) -> None:
    cells = state.env.get(_CELLS)
    if cells is None:  # words within a directive
        block(state)
        return
    own: Environment = {}
    state.md.block.parse(state.src, state.md, own, state.tokens)
    cells.append(own)
    state.env.setdefault("duplicate_refs", []).extend(own.get("duplicate_refs", []))


def _inline(state: StateCore) -> None:
    cells = state.env.get(_CELLS)
    if cells is None:
        inline(state)
        return
    all_links, all_notes = Environment(), Environment()
    for cell in reversed(cells):
        all_links |= cell.get(REFERENCES, {})
        all_notes |= dict.fromkeys(_notes(cell), -1)
    there = iter(cells)
    seen: Environment = {}
    for token in state.tokens:
        if token.type == "nb_cell_markdown_open":
            own = next(there)
            seen = {
                REFERENCES: {**all_links, **own.get(REFERENCES, {})},
                "footnotes": {"refs": dict(all_notes), "list": {}},
            }
            token.meta[REFERENCES] = seen[REFERENCES]
        elif token.type == "inline":
            token.children = token.children or []
            state.md.inline.parse(token.content, state.md, seen, token.children)


def _notes(cell: Environment) -> Iterator[str]:
    yield from cell.get("footnotes", {}).get("refs", {})


def _labels(cell: Environment) -> Iterator[str]:
    yield from (label.removeprefix(":") for label in _notes(cell))


def _tell_notes_apart(notebook: NotebookNode, tokens: list[Token], labels: list[set[str]]) -> None:
    counts = Counter(label for own in labels for label in own)
    doubled = {label for label, count in counts.items() if count > 1}
    if not doubled:
        return
    opened = [token for token in tokens if token.type == "nb_cell_markdown_open"]
    ids = [str(notebook.cells[token.meta["index"]].id) for token in opened]
    first = {label: next(i for i, own in zip(ids, labels, strict=True) if label in own) for label in doubled}
    number = -1
    for token in tokens:
        number += token.type == "nb_cell_markdown_open"
        for each in (token, *(token.children or [])):
            label = each.meta.get("label") if each.type in _NOTES else None
            if label in doubled:
                whose = ids[number] if label in labels[number] else first[label]
                each.meta["label"] = f"note-{whose}-{label}"
