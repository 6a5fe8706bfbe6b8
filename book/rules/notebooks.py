"""Rules about notebooks, the English side: nothing in them runs, loads, reads or restyles unless a reviewer allows it.

Code cells are code, and reviewed as such. These rules are about what nobody reads: outputs, attachments, metadata; and
about directives, roles and addresses in the text.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from nbformat import NotebookNode

from book.notebook.explorer import NORMS, named_in
from book.notebook.markdown import excess
from book.notebook.myst import Address, Reading, read, read_as_commonmark, read_as_jupyter_book
from book.notebook.pictures import attachment_name, is_data
from book.rules.active_content import (
    ACTIVE,
    REMOTE,
    SCHEMES,
    STYLE,
    Effect,
    html_effects,
    is_remote,
    scheme,
    short,
    tex_effects,
)
from book.rules.active_svg import svg_effects
from book.runtime.numbers import MIME

HTML, SVG, MARKDOWN, LATEX = "text/html", "image/svg+xml", "text/markdown", "text/latex"
_JUDGES = {HTML: html_effects, SVG: svg_effects, LATEX: tex_effects}
KINDS = {"text/plain", "image/png", "image/jpeg", "image/gif", "image/webp", "application/json", MIME,
         HTML, SVG, MARKDOWN, LATEX}  # fmt: skip
NOTEBOOK, CELL = "metadata of a notebook", "metadata of a cell"
TEXT = "the text"

# What editors keep in a notebook's metadata for themselves. Sphinx, MyST-NB and Jupytext act upon other keys.
_NOTEBOOK_KEYS = {"accelerator", "anaconda-cloud", "book", "celltoolbar", "colab", "gpuClass", "hide_input",
                  "interpreter", "kernelspec", "language_info", "nteract", "orig_nbformat", "toc", "varInspector",
                  "vscode"}  # fmt: skip
# What MyST-NB reads in the metadata of a cell: all of it is about how the cell looks.
LOOK_KEYS = {"code_prompt_hide", "code_prompt_show", "error_lexer", "figure", "image", "markdown_format",
             "merge_streams", "number_source_lines", "output_stderr", "remove_code_outputs", "remove_code_source",
             "scroll_outputs", "text_lexer"}  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """A part of a notebook of which a browser, Jupyter or Sphinx may make more than words: `name` is it in a message.

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


Check = Callable[[Piece], Iterator[str]]


@dataclass(frozen=True)
class NotebookRule:
    """A rule with its name in messages; its check says what a piece has that it should not have."""

    name: str
    check: Check

    @property
    def title(self) -> str:
        return f"{self.name} (in notebooks: a reviewer may allow it, in the metadata)"

    @property
    def doc(self) -> str:
        return self.check.__doc__ or ""


NOTEBOOK_RULES: list[NotebookRule] = []


def notebook_rule(name: str) -> Callable[[Check], Check]:
    """Register a rule under `name`."""

    def register(check: Check) -> Check:
        NOTEBOOK_RULES.append(NotebookRule(name, check))
        return check

    return register


@dataclass(frozen=True)
class Found:
    """What a rule found, in the cell of that number, or in the notebook itself."""

    cell: int | None
    message: str
    rule: str


def findings(notebook: NotebookNode, depth: int = 0) -> Iterator[Found]:
    """What is wrong with the outputs, attachments, texts and metadata of a notebook that is `depth` folders deep."""
    for piece in (replace(each, depth=depth) for each in pieces(notebook)):
        for rule in NOTEBOOK_RULES:
            for what in dict.fromkeys(rule.check(piece)):
                whose = "notebook" if piece.cell is None else "cell"
                message = f"{piece.name} has {what}; remove it, or say in the {whose}'s metadata why it may stay"
                yield Found(piece.cell, message, rule.name)


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
        if caption := _mapping(_mapping(cell.metadata.get(key)).get("figure")).get("caption"):
            yield Piece(number, "the figure's caption", MARKDOWN, str(caption))
    for name, bundle in cell.get("attachments", {}).items():
        yield from (Piece(number, f"the attachment `{name}`", kind, data) for kind, data in bundle.items())
    for place, output in enumerate(cell.get("outputs", []), 1):
        yield from (
            Piece(number, f"output {place} ({kind})", kind, data) for kind, data in output.get("data", {}).items()
        )


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


@notebook_rule(ACTIVE)
def nothing_runs(piece: Piece) -> Iterator[str]:
    """Outputs, attachments and cells show words and pictures. They run no script, embed no page, ask for no input.

    HTML, SVG and formulas are read as browsers read them, and only what structures, marks or draws passes. Links use
    http, https, mailto, or lead to a page of the book, also in directives.

    Bad: an output of type text/html with <script>, <iframe>, onclick="…", href="javascript:…"
    Good: an output of type text/html with a table
    """
    yield from piece.breaks(ACTIVE)
    judged = [each.target for each in piece.addresses if each.nested or not piece.is_text]  # else `link-scheme` does
    pictures = {
        each.target
        for each in piece.addresses
        if each.loaded and (is_data(each.target) or attachment_name(each.target))
    }
    judged = [target for target in judged if target not in pictures]
    yield from (f"the address `{short(target)}`" for target in judged if scheme(target) not in SCHEMES)


@notebook_rule(STYLE)
def page_keeps_its_look(piece: Piece) -> Iterator[str]:
    """Outputs and cells leave the look of the page to the page; a drawing has the styles of lines, areas and letters.

    Bad: an output of type text/html with <style>p {display: none}</style>
    Good: an output of type text/html without styles
    """
    yield from piece.breaks(STYLE)


@notebook_rule(REMOTE)
def nothing_from_elsewhere(piece: Piece) -> Iterator[str]:
    """What a page shows comes with it: whoever opens it tells no other host, and sees what was reviewed.

    Bad: ![cube](https://example.org/cube.png)
    Good: ![cube](cube.png)
    """
    yield from piece.breaks(REMOTE)
    yield from (f"the picture `{short(a.target)}`" for a in piece.addresses if a.loaded and is_remote(a.target))


@notebook_rule("directive")
def harmless_directives(piece: Piece) -> Iterator[str]:
    """Directives and roles are harmless ones: none that reads files, evaluates, or passes something through.

    Bad: ```{include} ../../secret.md
    Good: ```{note} Groups share their statistics.
    """
    yield from (f"`{name}`, not known to be harmless" for reading in piece.readings for name in reading.passing)


@notebook_rule("outside-file")
def files_of_the_book(piece: Piece) -> Iterator[str]:
    """Files that a page shows or links lie in the book's folder, which Sphinx copies them from.

    Bad: ![key](../../.ssh/id_rsa)
    Good: ![cube](cube.png)
    """
    yield from (f"`{short(a.target)}`, outside the book" for a in piece.addresses if _leads_out(a, piece.depth))


def _leads_out(address: Address, depth: int) -> bool:
    target = address.target
    if scheme(target) or is_remote(target):
        return False
    if address.loaded and target.startswith("/"):  # of a picture: from the book's root
        target, depth = target[1:], 0
    return any(_climbs(each, depth) for each in (target, unquote(target)))


def _climbs(target: str, depth: int) -> bool:
    path = target.partition("#")[0].partition("?")[0].replace("\\", "/")
    return path.startswith("/") or posixpath.normpath("f/" * depth + path).split("/")[0] == ".."


@notebook_rule("mime-type")
def known_kinds(piece: Piece) -> Iterator[str]:
    """Outputs and attachments are of types that show text, tables or pictures, or data that nothing runs.

    Bad: an output of type application/javascript, or the view of a widget
    Good: an output of type text/plain, image/svg+xml or text/html
    """
    if piece.kind not in KINDS | {NOTEBOOK, CELL}:
        yield f"the type `{piece.kind}`"


@notebook_rule("metadata")
def known_metadata(piece: Piece) -> Iterator[str]:
    """Metadata asks no program for anything but a look: not to execute, pair, template or restore widgets.

    Bad: "mystnb": {"execution_mode": "force"} in the notebook's metadata
    Good: "mystnb": {"image": {"alt": "A falling line."}} in a cell's metadata
    """
    if piece.kind == NOTEBOOK:
        yield from (f"`{key}`" for key in sorted(piece.content.keys() - _NOTEBOOK_KEYS))
        kernel = _mapping(piece.content.get("kernelspec")).get("name", "python3")
        if kernel != "python3":
            yield f"the kernel `{kernel}` in place of `python3`"
    elif piece.kind == CELL:
        if (norm := named_in(piece.content)) and norm not in NORMS:
            yield f"`explorer: {short(norm)}`, which is none of {', '.join(NORMS)}"
        for key in ("mystnb", "render"):
            known = _mapping(piece.content.get(key))
            yield from (f"`{key}: {name}`" for name in sorted(known.keys() - LOOK_KEYS))
