"""HTML made of texts: elements and templates in which every text is escaped where it is put in."""

from __future__ import annotations

import html
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "templates"
_VOID = {"link", "meta"}  # elements without content


def escaped(text: str) -> Markup:
    """A text as HTML; what is HTML already (`Markup`) stays as it is."""
    return text if isinstance(text, Markup) else Markup(html.escape(text))


def element(name: str, *content: str, **attributes: str) -> Markup:
    """An element; of its attributes `class_` is `class`, and `aria_label` is `aria-label`."""
    said = "".join(f' {key.rstrip("_").replace("_", "-")}="{escaped(value)}"' for key, value in attributes.items())
    end = "" if name in _VOID else f"{joined(*content)}</{name}>"
    return Markup(f"<{name}{said}>{end}")


def joined(*parts: str) -> Markup:
    """Texts and elements one after the other."""
    return Markup("").join(map(escaped, parts))


@cache
def environment() -> Environment:
    """The templates of the pages that are made without Sphinx."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
