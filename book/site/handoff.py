"""What is handed to a Sphinx run, and what comes back: all that code inside Sphinx and code outside it both know."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

# The pages that are no lessons. Sphinx makes the theme's frame for each, in the folder FRAMES beside its doctrees;
# what is shown in it is put in the place of CONTENT afterwards.
FURTHER_PAGES = ("status", "translate")
FRAMES = "frames"
CONTENT = "<!-- what is in the page -->"
ASSETS = "_static"  # in what Sphinx makes: what Sphinx, the theme and MyST-NB would have pages load; not published


@dataclass(frozen=True)
class Job:
    """One language's Sphinx run, in terms that can be sent to another process."""

    code: str
    source: Path
    output: Path
    doctrees: Path


@dataclass(frozen=True)
class Fault:
    """A cell that cannot be shown as it is, and why; the page was made without it, or with the English in its place."""

    page: str
    cell_id: str
    message: str


@dataclass(frozen=True)
class Done:
    """What came of a run: cells that cannot be shown, why it did not come to its end, and what Sphinx warned of."""

    faults: tuple[Fault, ...] = ()
    failure: str = ""
    warnings: str = ""
