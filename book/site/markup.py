"""HTML made of texts: elements and templates in which every text is escaped where it is put in."""

from __future__ import annotations

import html
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "theme" / "templates"
_VOID = {"img", "input", "link", "meta"}  # elements without content


def escaped(text: str) -> Markup:
    """A text as HTML; what is HTML already (`Markup`) stays as it is."""
    return text if isinstance(text, Markup) else Markup(html.escape(text))


def element(tag: str, *content: str, **attributes: str) -> Markup:
    """An element; its attribute `class_` is `class`, `aria_label` is `aria-label`, and their values are texts."""
    named = {key.rstrip("_").replace("_", "-"): html.escape(str(value)) for key, value in attributes.items()}
    written = "".join(f' {key}="{value}"' for key, value in named.items())
    end = "" if tag in _VOID else f"{joined(*content)}</{tag}>"
    return Markup(f"<{tag}{written}>{end}")


def joined(*parts: str) -> Markup:
    """Texts and elements one after the other."""
    return Markup("".join(map(escaped, parts)))


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
