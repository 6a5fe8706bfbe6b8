"""The Sphinx extension of the book: the builder, the translator and all that changes a page's document tree."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config

from book.site.handoff import KEY, BookInfo
from book.site.markup import element

_PARTS = (
    "warnings",
    "builder",
    "translator",
    "line_breaks",
    "cells",
    "closed_tags",
    "cell_marks",
    "quotation_marks",
    "exercises",
    "panels",
    "math",
    "own_files",
)
_ANCHOR = re.compile(r"</?a\b[^>]*>", re.IGNORECASE)
_AFTER_CONTENTS = 900  # Sphinx calls handlers in order of priority; most stand at 500


def read_handoff(app: Sphinx, config: Config) -> None:
    config[KEY] = BookInfo.from_json(config[KEY])


def add_edit_links(app: Sphinx, doctree: nodes.document) -> None:
    """Beside each heading a link to the place where its cell is edited; after Sphinx has collected the contents."""
    book = app.config[KEY]
    say = book.interface["edit-page" if book.is_source else "edit-translation"]
    for title in doctree.findall(nodes.title):
        if "edit" in title:
            name = f"{say}: {title.astext()}"
            link = element("a", class_="edit-here", href=title["edit"], title=say, aria_label=name)
            title += nodes.raw("", link, format="html")


def leave_out_anchors(app: Sphinx, doctree: nodes.document) -> None:
    """Titles are links in lists of pages and of parts: an anchor of theirs, in HTML, stands above the title alone."""
    env, name = app.env, app.env.docname
    for raw in list(chain.from_iterable(each.findall(nodes.raw) for each in (env.tocs[name], env.titles[name]))):
        if left := _ANCHOR.sub("", raw.astext()):
            raw.children = [nodes.Text(left)]
        else:
            raw.parent.remove(raw)


def name_page(app: Sphinx, doctree: nodes.document) -> None:
    """Give a page without a heading a name, under which the list of pages has it; Sphinx would leave it out."""
    name = app.env.docname
    if app.env.tocs[name].children:
        return
    title = doctree[KEY].title
    reference = nodes.reference("", title, internal=True, refuri=name, anchorname="")
    app.env.tocs[name] = nodes.bullet_list("", nodes.list_item("", addnodes.compact_paragraph("", "", reference)))
    app.env.titles[name] = app.env.longtitles[name] = nodes.title("", title)


def mark_references(app: Sphinx, doctree: nodes.document) -> None:
    """On a page in another script, what is in Latin letters alone is English: references, titles of papers."""
    if app.config[KEY].latin:
        return
    for each in doctree.findall(lambda node: isinstance(node, nodes.bullet_list | nodes.paragraph | nodes.emphasis)):
        letters = [character for character in each.astext() if character.isalpha()]
        if letters and all(unicodedata.name(letter).startswith("LATIN") for letter in letters):
            each["classes"].append(f"language-{app.config[KEY].source}")


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_config_value(KEY, None, "env")
    app.add_config_value("comments_config", {}, "")  # Jupyter Book sets it, for an extension that we leave out
    for name in _PARTS:
        app.setup_extension(f"book.site.sphinx_ext.{name}")
    app.connect("config-inited", read_handoff)
    app.connect("doctree-read", mark_references)
    app.connect("doctree-read", add_edit_links, priority=_AFTER_CONTENTS)
    app.connect("doctree-read", leave_out_anchors, priority=_AFTER_CONTENTS)
    app.connect("doctree-read", name_page, priority=_AFTER_CONTENTS)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
