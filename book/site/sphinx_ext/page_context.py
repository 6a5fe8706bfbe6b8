"""What the templates show around a page: the interface's texts, the language's direction, the page's addresses."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup
from sphinx.builders import Builder

from book.site.markup import escaped


def page_context(builder: Builder, page: str, context: dict[str, Any]) -> dict[str, Any]:
    """What is added to a template's `context`."""
    book = builder.config.book
    facts = json.loads(builder.env.metadata.get(page, {}).get("facts", "null"))  # of a lesson
    prefix = str(context.get("content_root", "../")) + "../"
    translated = facts["translated"] if facts else []
    return {
        "ui": {key: escaped(said) for key, said in book["interface"].items()},
        "direction": book["direction"],
        "is_page": facts is not None,
        "page_name": page.removeprefix("notebooks/"),
        "page_facts": {**facts, "head": Markup(facts["head"])} if facts else {"translated": []},
        "book_code": book["code"],
        "home": prefix,
        "base_url": book["base_url"],
        "look": book["look"][:8],
        "editions": [
            {**each, "href": f"{prefix}{each['code']}/{page}.html", "translated": each["code"] in translated}
            for each in book["editions"]
        ],
        **({"pageurl": facts["canonical"]} if facts else {}),
    }
