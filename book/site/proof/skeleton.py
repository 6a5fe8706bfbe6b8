"""The skeleton of a made page: what a browser makes of its HTML, without what may differ between languages.

Pages with equal skeletons do the same: they have the same elements, attributes, classes, ids and addresses, blocks in
the same order, and within a block the same inline elements, nested alike, in any order, since languages order words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from book.notebook.code.page_code import NO_PAGE, PageCode

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
ALONE = {*HEADINGS, "link", "meta", "p", "pre", "script", "style", "template"}  # one token each, with what is in them
END = "</section>"
# They begin what stands for a notice, for code that runs, and for what it has printed.
NOTICE, RUNS, PRINTS = "notice ", "runs ", "prints "

Token = tuple[str, tuple[str, ...]]  # an element that begins or ends, and the inline elements in it, sorted
Tokens = tuple[Token, ...]


@dataclass(frozen=True)
class Figure:
    """A picture's file without what may differ: `form` is the same for all languages, `texts` are what it shows."""

    form: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """What is known of a lesson: of each cell, in order, whether it is code; its figures; what its code tells; the code
    of each cell in English; and what each cell prints in the page's language.
    """

    cells: Mapping[str, bool] = field(default_factory=dict)
    figure: Callable[[str], Figure | None] = lambda address: None
    page_code: PageCode = NO_PAGE
    code: Mapping[str, str] = field(default_factory=dict)
    printed: Mapping[str, set[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Skeleton:
    """`frame` is what stands around the cells, `cells` each cell's part by its id, in order; notices are among them.

    `figures` are those of each cell. `anchors` are the ids that headings made of their words, each with what stands for
    it; `ids` gives for each id the cells in which it stands (empty: in none). `alternates` are the page's languages.
    """

    frame: Tokens
    cells: Mapping[str, Tokens]
    figures: Mapping[str, list[Figure]]
    anchors: Mapping[str, str]
    ids: Mapping[str, list[str]]
    alternates: tuple[tuple[str, str], ...]
