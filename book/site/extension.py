"""What Sphinx is taught: cells with a language and an anchor, and what our templates show around a page."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from book.site.images import placed
from book.site.workers import ASSETS

_MARK = re.compile(r"book-cell (\S+) (\S+) (\S+)")
_AFTER_MYST_NB = _AFTER_CONTENTS = 900
_LAST = 999
_BEFORE_THEME = 400  # Sphinx calls handlers in order of priority; most stand at 500
# Names, punctuation and spaces have the colour of code itself; tags around them would add two thirds to the elements.
_PLAIN_TOKEN = re.compile(r'<span class="(?:n|nn|p|w)">([^<]*)</span>')
_CODE = re.compile(r"<pre>(<span></span>)?(.*?)</pre>", re.DOTALL)


def mark_cells(app: Sphinx, doctree: nodes.document) -> None:
    """Give each cell's first element the cell's id as anchor, and English parts of a translation their language.

    docutils writes the class `language-en` as the attribute `lang="en"`.
    """
    cell, edit, english, fresh = "", "", False, False
    for node in list(doctree.findall(_is_block)):
        if isinstance(node, nodes.comment):
            if match := _MARK.search(node.astext()):
                cell, english, edit, fresh = match[1], match[2] == "untranslated", match[3], True
                node.parent.remove(node)
            continue
        if "cell" in node["classes"]:
            english = False
            continue
        if fresh and not isinstance(node, nodes.raw):
            holder = node.parent if isinstance(node, nodes.title) else node
            if cell not in holder["ids"]:
                holder["ids"].insert(0, cell)  # the first id is the one that contents and permalinks use
            if isinstance(node, nodes.title):
                node["edit"] = edit
            fresh = False
        if english and not isinstance(node, nodes.raw):
            node["classes"].append("language-en")


def add_edit_links(app: Sphinx, doctree: nodes.document) -> None:
    """Beside each heading a link to the place where its cell is edited; after Sphinx has collected the contents."""
    book = app.config.book
    say = book["interface"]["edit-page" if book["code"] == "en" else "edit-translation"]
    for title in doctree.findall(nodes.title):
        if "edit" in title:
            name, address = escape(f"{say}: {title.astext()}"), escape(title["edit"])
            link = f'<a class="edit-here" href="{address}" title="{escape(say)}" aria-label="{name}"></a>'
            title += nodes.raw("", link, format="html")


def mark_references(app: Sphinx, doctree: nodes.document) -> None:
    """On a page in another script, what is in Latin letters alone is English: references, titles of papers."""
    if app.config.book["latin"]:
        return
    for each in doctree.findall(lambda node: isinstance(node, nodes.bullet_list | nodes.paragraph | nodes.emphasis)):
        letters = [character for character in each.astext() if character.isalpha()]
        if letters and all(unicodedata.name(letter).startswith("LATIN") for letter in letters):
            each["classes"].append("language-en")


def _is_block(node: nodes.Node) -> bool:
    inside = isinstance(node.parent, nodes.section | nodes.document)
    return inside and isinstance(node, nodes.Element) and not isinstance(node, nodes.section)


def page_context(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put the language's direction, the interface's texts and the page's addresses before the templates."""
    book = app.config.book
    facts = json.loads(Path(app.srcdir, "book.json").read_text(encoding="utf-8"))
    name = page.removeprefix("notebooks/")
    prefix = str(context.get("content_root", "../")) + "../"
    page_facts = facts.get(name, {"translated": [], "run": {}})
    context |= {
        "ui": {key: escape(said) for key, said in book["interface"].items()},
        "direction": book["direction"],
        "is_page": name in facts,
        "page_name": name,
    }
    context |= {"page_facts": page_facts, "book_code": book["code"], "home": prefix}
    context["editions"] = [
        {**each, "href": f"{prefix}{each['code']}/{page}.html", "translated": each["code"] in page_facts["translated"]}
        for each in book["editions"]
    ]
    context |= {"base_url": book["base_url"], "look": book["look"][:8]}
    if "canonical" in page_facts:
        context["pageurl"] = page_facts["canonical"]
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


def keep_figures_apart(app: Sphinx) -> None:
    """Have myst-nb write figures beside the doctrees: by default all languages would share one folder in the site."""
    folder = Path(app.doctreedir, "figures")
    folder.mkdir(parents=True, exist_ok=True)
    app.env.mystnb_config = app.env.mystnb_config.copy(output_folder=str(folder))  # type: ignore[attr-defined]


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
    app.setup_extension("book.site.builder")
    app.setup_extension("book.site.breaks")
    app.setup_extension("book.site.mathml")
    app.setup_extension("book.site.pages")
    app.setup_extension("book.site.incremental")
    app.setup_extension("book.site.search_page")
    app.connect("builder-inited", keep_figures_apart, priority=_AFTER_MYST_NB)
    app.connect("builder-inited", copy_assets_once)
    app.connect("build-finished", keep_assets_apart, priority=_LAST)
    app.connect("doctree-read", mark_cells, priority=_BEFORE_THEME)  # and before Sphinx collects the contents
    app.connect("doctree-read", mark_references)
    app.connect("doctree-read", add_edit_links, priority=_AFTER_CONTENTS)
    app.connect("html-page-context", page_context, priority=_BEFORE_THEME)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
