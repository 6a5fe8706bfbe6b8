"""Typographic quotation marks and dashes in what a translation shows in English: those of English.

Sphinx gives all of a page those of the page's language, or none where it knows none for it. Tried on Sphinx 7.4.7.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from docutils.utils import normalize_language_tag
from docutils.utils.smartquotes import educate_tokens, smartchars
from sphinx.application import Sphinx
from sphinx.transforms import SphinxSmartQuotes

from book.site.handoff import KEY
from book.site.sphinx_ext.cell_marks import CellStart

_AS_WRITTEN = SphinxSmartQuotes.nodes_to_skip


class QuotesOfSource(SphinxSmartQuotes):
    """Does for the cells in the pages' own language what Sphinx then does for the others."""

    default_priority = SphinxSmartQuotes.default_priority - 5

    def apply(self, **kwargs: object) -> None:
        book = self.config[KEY]
        tags = [tag for tag in normalize_language_tag(book.source) if tag in smartchars.quotes]
        if book.is_source or not self.config.smartquotes or not tags:
            return
        for block in _of_source(self.document):
            words = list(block.findall(nodes.Text))
            made = educate_tokens(self.get_tokens(words), self.config.smartquotes_action, tags[0])
            for before, now in zip(words, made, strict=True):
                text = nodes.Text(now)
                text.support_smartquotes = False  # Sphinx has nothing more to do with it
                before.parent.replace(before, text)


def _of_source(document: nodes.document) -> Iterator[nodes.TextElement]:
    """The blocks of words of Markdown cells that are not translated."""
    is_source = False
    for node in list(document.findall(nodes.Element)):
        if isinstance(node, CellStart):
            is_source = bool(node["english"])
        elif "cell" in node["classes"]:
            is_source = False
        elif is_source and isinstance(node, nodes.TextElement) and not isinstance(node, _AS_WRITTEN):
            yield node


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_transform(QuotesOfSource)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
