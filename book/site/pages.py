"""The site's pages that are no lessons, in each language: how far the translations are, and how to translate.

They are made here from templates and handed to Sphinx, which puts the theme around them, in the file `pages.json`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from sphinx.application import Sphinx

from book import notebook
from book.edition import Edition
from book.site import status_page, translate_page
from book.status import Report

FILE = "pages.json"
_CODE = re.compile(r"`([^`]+)`")
_MAKERS = {"status": status_page.facts, "translate": translate_page.facts}


def write_pages(edition: Edition, report: Report, folder: Path) -> Path:
    """Write the edition's further pages into the folder that Sphinx reads; the file's path."""
    pages = {
        name: {"title": edition.interface[f"{name}-title"], "body": render(edition, name, facts(edition, report))}
        for name, facts in _MAKERS.items()
    }
    notebook.write_whole(folder / FILE, json.dumps(pages, ensure_ascii=False, indent=1))
    return folder / FILE


def render(edition: Edition, name: str, facts: dict[str, Any]) -> str:
    """The page's body as HTML."""

    def say(key: str, **values: object) -> Markup:
        return marked_up(edition.interface[key], **values)

    templates = FileSystemLoader(Path(__file__).parent / "templates" / "pages")
    environment = Environment(
        loader=templates, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template(f"{name}.html").render(say=say, marked_up=marked_up, **facts)


def marked_up(text: str, **values: object) -> Markup:
    """A plain text as HTML: what stands between backticks as code, `{placeholders}` filled in."""
    made = _CODE.sub(r'<code dir="ltr">\1</code>', str(escape(text)))
    for name, value in values.items():
        made = made.replace(f"{{{name}}}", str(escape(value)))
    return Markup(made)


def _collect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    pages = json.loads(Path(app.srcdir, FILE).read_text(encoding="utf-8"))
    yield from ((name, page, "page.html") for name, page in pages.items())


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("html-collect-pages", _collect)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
