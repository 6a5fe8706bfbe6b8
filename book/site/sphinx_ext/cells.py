"""A notebook's cells as Sphinx reads them, each with what is known of it; a translation brings nothing but words.

What is known of a cell stands in its metadata, where `book.site.source.tree` puts it and no text of a cell can.
Tried on MyST-NB 1.4.0 and MyST-Parser 3.0.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from textwrap import shorten
from typing import Any, cast

import nbformat
from docutils import nodes
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from myst_nb.core.execute import NotebookClientBase
from myst_nb.core.loggers import SphinxDocLogger
from myst_nb.core.render import load_renderer
from myst_nb.sphinx_ import HideCodeCellNode, Parser, depart_HideCellInput, visit_HideCellInput
from myst_parser.config.main import merge_file_level
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.warnings_ import MystWarnings, create_warning
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from book.notebook.markdown.syntax import as_cells_are_read
from book.site.handoff import KEY, CellInfo, PageInfo
from book.site.markup import element
from book.site.sphinx_ext.allowed_markup import definitions, not_allowed
from book.site.sphinx_ext.builder import note
from book.site.sphinx_ext.cell_marks import CellStart
from book.site.sphinx_ext.closed_tags import close_tags
from book.site.sphinx_ext.definitions import REFERENCES, tokens_of
from book.site.sphinx_ext.markdown_renderer import MarkdownRenderer

_READ_RAW = ("text/html", "text/latex", "text/markdown")  # formats of raw cells that are more than plain text here
LABEL = ' aria-label="Toggle hidden content"'


class CellParser(Parser):  # type: ignore[misc]
    """MyST-NB's parser for notebooks, without its execution, and with each translation held against the English."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        env = document.settings.env
        notebook = nbformat.reads(inputstring, as_version=nbformat.NO_CONVERT)
        document[KEY] = PageInfo.taken_from(notebook)  # for `page_context`
        # Ids are counted by kind, so that headings in letters that make no id do not change those of footnotes.
        document.settings.auto_id_prefix = "%"
        about = [CellInfo.taken_from(cell) for cell in notebook.cells]
        _name_language(notebook)

        def warn(kind: MystWarnings, message: str) -> None:
            create_warning(document, message, kind, line=1, append_to=document)

        parser = create_md_parser(merge_file_level(env.myst_config, notebook.metadata, warn), CellRenderer)
        as_cells_are_read(parser)
        close_tags(parser)
        renderer = cast(CellRenderer, parser.renderer)
        renderer.cells = keep_to_words(notebook.cells, about, parser, env.docname)
        renderer.all_attachments = [cell.get("attachments", {}) for cell in notebook.cells]
        self._render(notebook, parser, document)

    def _render(self, notebook: NotebookNode, parser: MarkdownIt, document: nodes.document) -> None:
        env, log = document.settings.env, SphinxDocLogger(document)
        # By default all languages would share one folder of figures in the site.
        config = env.mystnb_config.copy(output_folder=str(Path(env.doctreedir, "figures")))
        parser.options.update({"document": document, "nb_config": config})
        document["nb_renderer"] = load_renderer(config.render_plugin)(parser.renderer, log)
        state: dict[str, Any] = {}
        with NotebookClientBase(notebook, None, config, log) as client:
            parser.options["nb_client"] = client
            parser.renderer.render(tokens_of(notebook, parser, state, log), parser.options, state)
        for name in ("nb_renderer", "nb_js_files"):
            document.attributes.pop(name, None)


class CellRenderer(MarkdownRenderer):
    """MyST-NB's renderer, which also says where a cell begins and what a reader should know about it."""

    cells: list[CellInfo]
    all_attachments: list[Mapping[str, Any]]  # by cell

    def render_nb_cell_markdown(self, token: SyntaxTreeNode) -> None:
        about = self.cells[token.meta["index"]]
        self.attachments = self.all_attachments[token.meta["index"]]
        self.md_env[REFERENCES] = token.meta[REFERENCES]  # for what stands in directives
        self.current_node += CellStart("", id=about.id, edit=about.edit, english=about.english)
        children = token.children
        heading = 1 if children and children[0].type == "heading" else 0
        title = children[0].children[0].content if heading else ""
        for name, place in about.anchors.items():
            self._heading_slugs.setdefault(name, (0, place, title))
        with self._reading(allowed=not about.translates):
            token.children = children[:heading]
            self.render_children(token)
            self._add(about.notices)
            if children and children[0].type == "html_block":  # it may open what it does not close, so it gets no id
                self.current_node += nodes.raw("", element("div", id=about.id), format="html", is_start=True)
            token.children = children[heading:]
            self.render_children(token)
            self._add([about.below])

    def render_nb_cell_code(self, token: SyntaxTreeNode) -> None:
        about = self.cells[token.meta["index"]]
        self._add(about.notices)
        super().render_nb_cell_code(token)
        self._add([about.below])

    def render_nb_cell_raw(self, token: SyntaxTreeNode) -> None:
        """A raw cell: HTML as it is, all else as it is written, which is how Jupyter shows it."""
        about = self.cells[token.meta["index"]]
        self.current_node += CellStart("", id=about.id, edit=about.edit, english=about.english)
        metadata = token.meta["metadata"]
        kind = str(metadata.get("format") or metadata.get("raw_mimetype") or "")
        if kind in _READ_RAW:
            token.meta["metadata"] = {**metadata, "format": kind}
            super().render_nb_cell_raw(token)
        elif token.content.strip():
            self._add(about.notices)
            self.current_node += nodes.literal_block(token.content, token.content, language="none")

    def render_hr(self, token: SyntaxTreeNode) -> None:
        if isinstance(self.current_node, nodes.document | nodes.section):
            super().render_hr(token)
        else:  # docutils fails at a transition inside a list or a quotation
            self.current_node += nodes.raw("", '<hr class="docutils" />\n', format="html")

    def _add(self, notices: Iterable[str]) -> None:
        """Put notices behind what is there, but before targets: these name what follows them."""
        place = len(self.current_node)
        while place and isinstance(self.current_node[place - 1], nodes.target):
            place -= 1
        made = [nodes.raw("", f"{notice}\n", format="html") for notice in notices if notice]
        self.current_node.insert(place, made)

    @contextmanager
    def _reading(self, *, allowed: bool) -> Iterator[None]:
        """Whether directives and roles may read files or pass on HTML."""
        settings, names = self.document.settings, ("file_insertion_enabled", "raw_enabled")
        before = {name: getattr(settings, name) for name in names}
        for name in names:
            setattr(settings, name, allowed and before[name])
        yield
        for name in names:
            setattr(settings, name, before[name])


def _name_language(notebook: NotebookNode) -> None:
    """Have Python coloured as IPython's, which knows `!` and `%`, also where a notebook does not say what it is in."""
    about = notebook.metadata.setdefault("language_info", {})
    name = about.get("name") or notebook.metadata.get("kernelspec", {}).get("language") or "python"
    if name in ("python", "ipython") and not about.get("pygments_lexer"):
        about["pygments_lexer"] = "ipython3"
    about["name"] = name


def keep_to_words(cells: list[NotebookNode], about: list[CellInfo], parser: MarkdownIt, docname: str) -> list[CellInfo]:
    """Put the English in the place of each translation that does more on the page than its English, and note it.

    What is known of the cells then: those that are English, word for word, translate nothing.
    """
    texts = [(cell, info) for cell, info in zip(cells, about, strict=True) if cell.cell_type == "markdown"]
    translated = [(cell, info) for cell, info in texts if info.translates]
    known = definitions(parser, (info.translates or cell.source for cell, info in texts if translated))
    for cell, info in translated:
        if found := info.translates != cell.source and not_allowed(parser, info.translates, cell.source, known):
            note(docname, info.id, f"does more on the page than its English: {shorten(found, 80)!r}")
            cell.source = info.translates
    return [
        replace(info, translates="") if cell.source == info.translates else info
        for cell, info in zip(cells, about, strict=True)
    ]


def visit_folded_code(self: HTML5Translator, node: nodes.Element) -> None:
    """A folded cell as MyST-NB has it, without its label, which hides the summary's own words and is English."""
    start = len(self.body)
    visit_HideCellInput(self, node)
    self.body[start:] = [part.replace(LABEL, "") for part in self.body[start:]]


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_source_parser(CellParser, override=True)
    app.add_node(HideCodeCellNode, override=True, html=(visit_folded_code, depart_HideCellInput))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
