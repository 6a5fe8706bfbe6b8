"""Where a page has the norm explorer, which readers of the site play with: a cell's metadata says so.

`"book": {"explorer": "layer"}` puts it below what the cell shows, set to layer norm. Elsewhere nothing reads it.
"""

from __future__ import annotations

from typing import Any

NORMS = ("batch", "layer", "instance", "group", "weight")
_KEY = "explorer"


def explorer_of(metadata: Any) -> str:
    """The norm to which the explorer below the cell with this metadata is set; empty where there is none."""
    named = named_in(metadata)
    return named if named in NORMS else ""


def named_in(metadata: Any) -> str:
    """What a cell's metadata names as the explorer's norm, known or not; empty where they name none."""
    about = metadata.get("book")
    return str(about[_KEY]) if isinstance(about, dict) and _KEY in about else ""
