"""What Sphinx is taught besides reading cells: what our templates show around a page, and where files go."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from pathlib import Path
from typing import Any

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from book.site.markup import element, escaped
from book.site.sphinx.pool import ASSETS
from book.site.sphinx_ext.images import placed

_AFTER_CONTENTS = 900  # Sphinx calls handlers in order of priority; most stand at 500
_LAST = 999
_BEFORE_THEME = 400
# Names, punctuation and spaces have the colour of code itself; tags around them would add two thirds to the elements.
_PLAIN_TOKEN = re.compile(r'<span class="(?:n|nn|p|w)">([^<]*)</span>')
_CODE = re.compile(r"<pre>(<span></span>)?(.*?)</pre>", re.DOTALL)


class Translator(HTML5Translator):
    """Sphinx's own, which puts the words of a permalink into it as they are."""

    def add_permalink_ref(self, node: nodes.Element, title: str) -> None:
        super().add_permalink_ref(node, escaped(title))


def add_edit_links(app: Sphinx, doctree: nodes.document) -> None:
    """Beside each heading a link to the place where its cell is edited; after Sphinx has collected the contents."""
    book = app.config.book
    say = book["interface"]["edit-page" if book["code"] == "en" else "edit-translation"]
    for title in doctree.findall(nodes.title):
        if "edit" in title:
            name = f"{say}: {title.astext()}"
            link = element("a", class_="edit-here", href=title["edit"], title=say, aria_label=name)
            title += nodes.raw("", link, format="html")


def mark_references(app: Sphinx, doctree: nodes.document) -> None:
    """On a page in another script, what is in Latin letters alone is English: references, titles of papers."""
    if app.config.book["latin"]:
        return
    for each in doctree.findall(lambda node: isinstance(node, nodes.bullet_list | nodes.paragraph | nodes.emphasis)):
        letters = [character for character in each.astext() if character.isalpha()]
        if letters and all(unicodedata.name(letter).startswith("LATIN") for letter in letters):
            each["classes"].append("language-en")


def page_context(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put the language's direction, the interface's texts and the page's addresses before the templates."""
    book = app.config.book
    facts = json.loads(app.env.metadata.get(page, {}).get("facts", "null"))  # of a lesson
    prefix = str(context.get("content_root", "../")) + "../"
    context |= {
        "ui": {key: escaped(said) for key, said in book["interface"].items()},
        "direction": book["direction"],
        "is_page": facts is not None,
        "page_name": page.removeprefix("notebooks/"),
        "page_facts": {**facts, "head": Markup(facts["head"])} if facts else {"translated": []},
    }
    context |= {"book_code": book["code"], "home": prefix, "base_url": book["base_url"], "look": book["look"][:8]}
    translated = context["page_facts"]["translated"]
    context["editions"] = [
        {**each, "href": f"{prefix}{each['code']}/{page}.html", "translated": each["code"] in translated}
        for each in book["editions"]
    ]
    if facts:
        context["pageurl"] = facts["canonical"]
    if "body" in context:
        body = re.sub(r'lang="en"(?! dir)', 'lang="en" dir="ltr"', context["body"])
        # myst-nb's label hides the summary's own words, and is English in every language.
        body = body.replace(' aria-label="Toggle hidden content"', "")
        body = re.sub(r"<th([^>]*)>(<p></p>)?</th>", r"<td\1></td>", body)  # an empty corner heads nothing
        body = _CODE.sub(_with_lines, _PLAIN_TOKEN.sub(r"\1", body))
        files = {name: Path(app.srcdir, source) for source, (_, name) in app.env.images.items()}
        context["body"] = placed(body, files.get)


def _with_lines(code: re.Match[str]) -> str:
    """A block of code that says how high it is, so that a browser need not lay it out before it comes into sight."""
    lines = code[2].count("\n") + (not code[2].endswith("\n"))
    return f'<pre style="--lines: {lines}">{code[2]}</pre>'


def copy_assets_once(app: Sphinx) -> None:
    """Spare Sphinx 2,300 files at each build: a change of the theme or of Sphinx begins with empty folders."""
    if Path(app.doctreedir, ASSETS).exists():
        Path(app.outdir, "_static").mkdir(exist_ok=True)  # myst-nb writes into it regardless
        app.builder.copy_static_files = lambda: None  # type: ignore[attr-defined]


def keep_assets_apart(app: Sphinx, error: Exception | None) -> None:
    """Move what Sphinx, the theme and myst-nb would have pages load (7 MB a language) out of the site.

    Our pages load one style sheet, which is made from it.
    """
    assets, written = Path(app.doctreedir, ASSETS), Path(app.outdir, "_static")
    if written.exists() and not assets.exists():
        written.rename(assets)
    shutil.rmtree(written, ignore_errors=True)


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_config_value("book", {}, "env")
    app.add_config_value("comments_config", {}, "")  # Jupyter Book sets it, for an extension that we leave out
    app.set_translator("html", Translator)
    app.setup_extension("book.site.sphinx_ext.builder")
    app.setup_extension("book.site.sphinx_ext.line_breaks")
    app.setup_extension("book.site.sphinx_ext.cells")
    app.setup_extension("book.site.sphinx_ext.math")
    app.setup_extension("book.site.pages.render")
    app.setup_extension("book.site.sphinx_ext.incremental")
    app.setup_extension("book.site.sphinx_ext.search_page")
    app.connect("builder-inited", copy_assets_once)
    app.connect("build-finished", keep_assets_apart, priority=_LAST)
    app.connect("doctree-read", mark_references)
    app.connect("doctree-read", add_edit_links, priority=_AFTER_CONTENTS)
    app.connect("html-page-context", page_context, priority=_BEFORE_THEME)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
