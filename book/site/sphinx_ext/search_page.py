"""The search page, and Sphinx without a search of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sphinx.application import Sphinx


def leave_search_to_us(app: Sphinx) -> None:
    app.builder.search = False  # type: ignore[attr-defined]


def search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The page for readers who come with a query; without JavaScript it lists the pages."""
    root = app.config.root_doc
    names = [root, *app.env.toctree_includes.get(root, [])]
    yield "search", {"pages": [{"name": each, "title": app.env.titles[each].astext()} for each in names]}, "search.html"


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("builder-inited", leave_search_to_us)
    app.connect("html-collect-pages", search_page)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
