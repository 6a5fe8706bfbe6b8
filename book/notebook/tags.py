"""Tags of cells that the stock tool acts upon: what of a cell is left off its page, and what is folded on it."""

from __future__ import annotations

from collections.abc import Set

from nbformat import NotebookNode

REMOVED = frozenset({"remove-cell", "remove_cell"})
INPUT_REMOVED = REMOVED | {"remove-input", "remove_input"}
OUTPUT_REMOVED = REMOVED | {"remove-output", "remove_output"}
INPUT_CLOSED = INPUT_REMOVED | {"hide-input", "hide-cell"}  # seen after a press, if at all
OUTPUT_CLOSED = OUTPUT_REMOVED | {"hide-output", "hide-cell"}


def has_tag(cell: NotebookNode, tags: Set[str]) -> bool:
    """Has the cell one of these tags?"""
    return not tags.isdisjoint(cell.metadata.get("tags", []))
