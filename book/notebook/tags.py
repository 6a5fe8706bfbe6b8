"""Tags of cells: what the stock tool leaves off a page or folds on it, and what Jupyter lets fail."""

from __future__ import annotations

from collections.abc import Set

from nbformat import NotebookNode

REMOVED = frozenset({"remove-cell", "remove_cell"})
INPUT_REMOVED = REMOVED | {"remove-input", "remove_input"}
OUTPUT_REMOVED = REMOVED | {"remove-output", "remove_output"}
INPUT_CLOSED = INPUT_REMOVED | {"hide-input", "hide-cell"}  # seen after a press, if at all
OUTPUT_CLOSED = OUTPUT_REMOVED | {"hide-output", "hide-cell"}
MAY_FAIL = "raises-exception"  # of a cell that shows an error on purpose


def has_tag(cell: NotebookNode, tags: Set[str]) -> bool:
    """Has the cell one of these tags?"""
    return not tags.isdisjoint(cell.metadata.get("tags", []))
