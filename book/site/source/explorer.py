"""The norm explorer as it stands on a page: the template, in the page's language and set to a norm."""

from __future__ import annotations

from markupsafe import Markup

from book.localize.interface import Interface
from book.notebook.explorer import NORMS
from book.site.markup import environment

# What is said of the values that share their statistics: for each norm and, where it has two ways, for each of these.
_NOTES = ("batch", "inference", "layer", "pixel", "instance", "group", "weight")


def explorer(say: Interface, norm: str) -> Markup:
    """The explorer as HTML; `norm` is one of NORMS."""
    norms = [(each, say[f"explorer-{each}"]) for each in NORMS]
    template = environment().get_template("book-explorer.html")
    return Markup(template.render(say=say, norm=norm, norms=norms, notes=_NOTES))
