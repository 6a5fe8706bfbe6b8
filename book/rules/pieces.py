"""The parts of a notebook of which a browser, Jupyter or Sphinx may make more than words, and what each can do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nbformat import NotebookNode

from book.notebook.markdown.myst import Address, Reading, read, read_as_commonmark, read_as_jupyter_book
from book.notebook.markdown.tokens import excess
from book.rules.active_content import Effect, html_effects, tex_effects
from book.rules.active_svg import svg_effects

HTML, SVG, MARKDOWN, LATEX = "text/html", "image/svg+xml", "text/markdown", "text/latex"
_JUDGES = {HTML: html_effects, SVG: svg_effects, LATEX: tex_effects}
NOTEBOOK, CELL = "metadata of a notebook", "metadata of a cell"
TEXT = "the text"


@dataclass(frozen=True)
class Piece:
    """A part of a notebook: `name` is it in a message.

    `cell` is the number of its cell, None for the notebook itself; `kind` a MIME type, or whose metadata it is. `depth`
    is the number of folders that the notebook stands in.
    """

    cell: int | None
    name: str
    kind: str
    content: Any
    depth: int = 0

    @cached_property
    def readings(self) -> list[Reading]:
        """How a text in Markdown may be read; none of other pieces."""
        if self.kind != MARKDOWN:
            return []
        if excess(self.content):
            return [Reading(passing=["more than can be looked through"])]
        made = [read(self.content)]
        if "{{" in self.content or ":::" in self.content:
            made.append(read_as_jupyter_book(self.content))
        return made if self.is_text else [*made, read_as_commonmark(self.content)]

    @property
    def is_text(self) -> bool:
        """Is it the text of a cell, which the rules for prose look through as well?"""
        return self.name == TEXT

    @cached_property
    def addresses(self) -> list[Address]:
        return [address for reading in self.readings for address in reading.addresses]

    @cached_property
    def effects(self) -> list[Effect]:
        """What its HTML, its drawing or its formulas can do."""
        if judge := _JUDGES.get(self.kind):
            return judge(self.content)
        html = ["".join(reading.html) for reading in self.readings]
        formulas = "\n".join(each for reading in self.readings for each in reading.formulas)
        return [
            *(effect for each in html if each for effect in html_effects(each)),
            *tex_effects(formulas),
        ]

    def breaks(self, rule: str) -> Iterator[str]:
        yield from (what for broken, what in self.effects if broken == rule)


def pieces(notebook: NotebookNode) -> Iterator[Piece]:
    """All that the rules look at."""
    yield Piece(None, "the notebook's metadata", NOTEBOOK, notebook.metadata)
    for number, cell in enumerate(notebook.cells):
        yield from _cell_pieces(number, cell)


def _cell_pieces(number: int, cell: NotebookNode) -> Iterator[Piece]:
    yield Piece(number, "the metadata", CELL, cell.metadata)
    if cell.cell_type == "markdown":
        yield Piece(number, TEXT, MARKDOWN, cell.source)
    if cell.cell_type == "raw":
        # Jupyter's converters and MyST-NB pass a raw cell through that names a format, under one key or the other.
        formats = {str(cell.metadata.get(key) or "") for key in ("format", "raw_mimetype")} - {""}
        yield from (Piece(number, f"the raw text ({kind})", kind, cell.source) for kind in sorted(formats))
    for key in ("mystnb", "render"):
        if caption := mapping(mapping(cell.metadata.get(key)).get("figure")).get("caption"):
            yield Piece(number, "the figure's caption", MARKDOWN, str(caption))
    for name, bundle in cell.get("attachments", {}).items():
        yield from (Piece(number, f"the attachment `{name}`", kind, data) for kind, data in bundle.items())
    for place, output in enumerate(cell.get("outputs", []), 1):
        yield from (
            Piece(number, f"output {place} ({kind})", kind, data) for kind, data in output.get("data", {}).items()
        )


def mapping(value: Any) -> dict[str, Any]:
    """Metadata that should be a mapping, and may be anything."""
    return value if isinstance(value, dict) else {}
