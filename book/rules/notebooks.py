"""Rules about notebooks, the English side: nothing in them runs, loads, reads or restyles unless a reviewer allows it.

Code cells are code, and reviewed as such. These rules are about what nobody reads: outputs, attachments, metadata; and
about directives, roles and addresses in the text.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

from nbformat import NotebookNode

from book.notebook.explorer import NORMS, named_in
from book.notebook.markdown.myst import Address
from book.notebook.pictures import attachment_name, is_data
from book.rules.active_content import (
    ACTIVE,
    REMOTE,
    SCHEMES,
    STYLE,
    is_remote,
    scheme,
    short,
)
from book.rules.pieces import CELL, HTML, LATEX, MARKDOWN, NOTEBOOK, SVG, Piece, mapping, pieces
from book.runtime.numbers import MIME
from book.toc import SUFFIXES

# What outputs and attachments may be.
_KINDS = {"text/plain", "image/png", "image/jpeg", "image/gif", "image/webp", "application/json", MIME,
          HTML, SVG, MARKDOWN, LATEX}  # fmt: skip
# What editors keep in a notebook's metadata for themselves. Sphinx, MyST-NB and Jupytext act upon other keys.
_NOTEBOOK_KEYS = {"accelerator", "anaconda-cloud", "book", "celltoolbar", "colab", "gpuClass", "hide_input",
                  "interpreter", "kernelspec", "language_info", "nteract", "orig_nbformat", "toc", "varInspector",
                  "vscode"}  # fmt: skip
# What MyST-NB reads in the metadata of a cell: all of it is about how the cell looks.
LOOK_KEYS = {"code_prompt_hide", "code_prompt_show", "error_lexer", "figure", "image", "markdown_format",
             "merge_streams", "number_source_lines", "output_stderr", "remove_code_outputs", "remove_code_source",
             "scroll_outputs", "text_lexer"}  # fmt: skip

# What extensions bring that the stock tool can be asked to use, or has, and the site has not.
_OF_EXTENSIONS = re.compile(
    r"\{(?:prf:.+|(?:foot)?cite(?::.+)?|(?:foot)?bibliography|card|card-carousel|grid(?:-item(?:-card)?)?|bdg(?:-.+)?"
    r"|button-(?:link|ref)|octicon|fa[bsr]|material-.+|toggle|mermaid|iframe|youtube|gallery|proof|theorem)\}"
)

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

    How text stands in its place is let be, also in the tables of pandas.

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
    for name in (name for reading in piece.readings for name in reading.passing):
        unknown = _OF_EXTENSIONS.fullmatch(name)
        why = "which the site does not know, and shows as written" if unknown else "not known to be harmless"
        yield f"`{name}`, {why}"


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
    is_page = target.partition("#")[0].endswith(SUFFIXES)
    if (address.loaded or is_page) and target.startswith("/"):  # from the book's root
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
    if piece.kind not in _KINDS | {NOTEBOOK, CELL}:
        yield f"the type `{piece.kind}`"


@notebook_rule("metadata")
def known_metadata(piece: Piece) -> Iterator[str]:
    """Metadata asks no program for anything but a look: not to execute, pair, template or restore widgets.

    Bad: "mystnb": {"execution_mode": "force"} in the notebook's metadata
    Good: "mystnb": {"image": {"alt": "A falling line."}} in a cell's metadata
    """
    if piece.kind == NOTEBOOK:
        yield from (f"`{key}`" for key in sorted(piece.content.keys() - _NOTEBOOK_KEYS))
        kernel = mapping(piece.content.get("kernelspec")).get("name", "python3")
        if kernel != "python3":
            yield f"the kernel `{kernel}` in place of `python3`"
    elif piece.kind == CELL:
        if (norm := named_in(piece.content)) and norm not in NORMS:
            yield f"`explorer: {short(norm)}`, which is none of {', '.join(NORMS)}"
        for key in ("mystnb", "render"):
            known = mapping(piece.content.get(key))
            yield from (f"`{key}: {name}`" for name in sorted(known.keys() - LOOK_KEYS))
