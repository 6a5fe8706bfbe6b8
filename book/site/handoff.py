"""What is handed to a Sphinx run, and what comes back: all that code inside Sphinx and code outside it both know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from nbformat import NotebookNode

KEY = "handoff"  # under it stand BookInfo in Sphinx's settings, PageInfo and CellInfo in a notebook's metadata

# The pages that are no lessons. Sphinx makes the theme's frame for each, in the folder FRAMES beside its doctrees;
# what is shown in it is put in the place of CONTENT afterwards.
FURTHER_PAGES = ("status", "translate", "contributors")
FRAMES = "frames"
CONTENT = "<!-- what is in the page -->"
ASSETS = "_static"  # in what Sphinx makes: what Sphinx, the theme and MyST-NB would have pages load; not published


@dataclass(frozen=True)
class MenuEntry:
    """An entry of the language menu; `current` is the language of the page."""

    code: str
    tag: str
    name: str
    dir: str
    current: bool


@dataclass(frozen=True)
class BookInfo:
    """What all pages of a language show and follow. `interface` are the site's own texts.

    `source` is the tag of the language in which the pages are written, `source_direction` that of its script.
    `latin` tells whether the language is written in Latin letters, `keep_with_next` the words of one letter that no
    line ends with; `site_prefix` stands before the names of the site's own pages; `assets_version` changes with
    templates, styles and scripts; `macros` are those of all formulas.
    """

    code: str
    direction: str
    source: str
    source_direction: str
    latin: bool
    keep_with_next: str
    interface: Mapping[str, str]
    editions: tuple[MenuEntry, ...]
    base_url: str
    site_prefix: str
    assets_version: str
    macros: Mapping[str, Any]

    @property
    def is_source(self) -> bool:
        return self.code.replace("_", "-") == self.source

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(**{**data, "editions": tuple(MenuEntry(**each) for each in data["editions"])})

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "editions": [asdict(each) for each in self.editions]}


@dataclass(frozen=True)
class PageInfo:
    """What a page's templates show besides the page. `head` is HTML, `translated` are the languages it is in.

    `title` is what a page without a heading is called.

    `colab` is empty for a page that has nothing to run.
    `unclear` is the address at which a reader asks; it is empty where nobody would be reached.
    """

    title: str
    head: str
    canonical: str
    colab: str
    source: str
    edit: str
    unclear: str
    citation: str
    bibtex: str
    review: str
    authors: str
    translated: tuple[str, ...]
    progress: str
    run: tuple[str, ...]

    @classmethod
    def taken_from(cls, notebook: NotebookNode) -> Self:
        """What a notebook's metadata has, which then has it no more."""
        data = notebook.metadata.pop(KEY)
        return cls(**{**data, "translated": tuple(data["translated"]), "run": tuple(data["run"])})

    def put_into(self, notebook: NotebookNode) -> None:
        notebook.metadata[KEY] = {**asdict(self), "translated": list(self.translated), "run": list(self.run)}


@dataclass(frozen=True)
class CellInfo:
    """What is known of a cell: the address to edit it at, whether it is in English, the HTML shown above and below it.

    `translates` is the English text of a translated cell, and empty otherwise; `anchors` are the names in links of its
    parts, with the ids that these have.
    """

    id: str
    edit: str
    english: bool
    notices: tuple[str, ...] = ()
    below: str = ""
    translates: str = ""
    anchors: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def taken_from(cls, cell: NotebookNode) -> Self:
        """What a cell's metadata has, which then has it no more."""
        data = cell.metadata.pop(KEY)
        return cls(**{**data, "notices": tuple(data["notices"])})

    def put_into(self, cell: NotebookNode) -> None:
        cell.metadata[KEY] = {**asdict(self), "notices": list(self.notices)}


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

    document: str
    cell_id: str
    message: str


@dataclass(frozen=True)
class Warned:
    """What Sphinx warned of, in which document (empty: none) and in which cell, by its number, as far as it says.

    `reading`: it did so while it read the page, so it does not when it only writes it again.
    """

    document: str
    cell: int | None
    message: str
    reading: bool


@dataclass(frozen=True)
class Done:
    """What came of a run: cells that cannot be shown, why it did not come to its end, and what Sphinx warned of.

    `read` and `written` are the documents that it has read and written; of the others it has not spoken.
    """

    faults: tuple[Fault, ...] = ()
    failure: str = ""
    warnings: tuple[Warned, ...] = ()
    read: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()
