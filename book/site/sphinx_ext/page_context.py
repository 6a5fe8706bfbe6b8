"""What the templates show around a page: the interface's texts, the language's direction, the page's addresses."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from markupsafe import Markup

from book.site.handoff import BookInfo, PageInfo
from book.site.markup import escaped

_VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1" />'  # docutils'; the theme has one


def page_context(book: BookInfo, name: str, page: PageInfo | None, context: dict[str, Any]) -> dict[str, Any]:
    """What is added to a template's `context`; `page` is None for what is no lesson."""
    home = str(context.get("content_root", "../")) + "../"
    translated = page.translated if page else ()
    added = {
        "ui": {key: escaped(text) for key, text in book.interface.items()},
        "direction": book.direction,
        "is_page": page is not None,
        "site_page": "" if page else name.removeprefix(book.site_prefix),
        "site_prefix": book.site_prefix,
        "page_name": name.rpartition("/")[2],
        "page_facts": page and replace(page, head=Markup(page.head)),
        "book_code": book.code,
        "is_source": book.is_source,
        "source_code": next((each.code for each in book.editions if each.tag == book.source), book.code),
        "home": home,
        "base_url": book.base_url,
        "assets_version": book.assets_version[:8],
        "editions": [
            {**asdict(each), "href": f"{home}{each.code}/{name}.html", "translated": each.code in translated}
            for each in book.editions
        ],
    }
    added["metatags"] = str(context.get("metatags", "")).replace(_VIEWPORT, "")
    return added | ({"pageurl": page.canonical} if page else {})
