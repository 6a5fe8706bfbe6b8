"""How the nodes of a page become HTML, where that is not as docutils, Sphinx and MyST-NB do it.

Tried on docutils 0.21.2, Sphinx 7.4.7 and MyST-NB 1.4.0.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import imagesize
from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode, depart_HideCellInput, visit_HideCellInput
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from book.site.markup import escaped

_ENGLISH = ' lang="en"'
_LABEL = ' aria-label="Toggle hidden content"'


class Translator(HTML5Translator):
    """Sphinx's own. Figures say how large they are, and all but a page's first arrive when the reader comes near."""

    _has_image = False

    def starttag(
        self, node: nodes.Element, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any
    ) -> str:
        """A start tag; where it says that its text is English, it says the direction too."""
        tag = str(super().starttag(node, tagname, suffix, empty, **attributes))
        return tag if "dir" in attributes else tag.replace(_ENGLISH, f'{_ENGLISH} dir="ltr"', 1)

    def add_permalink_ref(self, node: nodes.Element, title: str) -> None:
        """The words of a permalink as they are, not as HTML."""
        super().add_permalink_ref(node, escaped(title))

    def visit_entry(self, node: nodes.Element) -> None:
        """A cell of a table; an empty one in its head, such as a corner, heads nothing."""
        super().visit_entry(node)
        is_empty = not any(part.children or not isinstance(part, nodes.paragraph) for part in node.children)
        if is_empty and self.body[-1].startswith("<th"):
            node.clear()
            self.body[-1], self.context[-1] = self.body[-1].replace("<th", "<td", 1), "</td>\n"

    def visit_image(self, node: nodes.Element) -> None:
        uri = node["uri"]
        super().visit_image(node)
        before, source, after = self.body[-1].partition(' src="')
        if source:
            address, end, rest = after.partition('"')
            size = _size(Path(self.builder.srcdir, uri)) if uri in self.builder.images else ""
            late = ' loading="lazy"' if self._has_image else ""
            self.body[-1] = f"{before}{source}{address}{end}{size}{late}{rest}"
            self._has_image = True


def _size(image: Path) -> str:
    """The attributes for an image's size, in CSS pixels; none where it is not known."""
    width, height = (round(side) for side in imagesize.get(str(image)))
    # The ratio of whole pixels is held also once the figure, whose size may have a fraction, has come.
    return f' width="{width}" height="{height}" style="aspect-ratio: {width}/{height}"' if width > 0 else ""


def visit_folded_code(self: HTML5Translator, node: nodes.Element) -> None:
    """A folded cell as MyST-NB has it, without its label, which hides the summary's own words and is English."""
    start = len(self.body)
    visit_HideCellInput(self, node)
    self.body[start:] = [part.replace(_LABEL, "") for part in self.body[start:]]


def setup(app: Sphinx) -> dict[str, bool]:
    app.set_translator("html", Translator)
    app.add_node(HideCodeCellNode, override=True, html=(visit_folded_code, depart_HideCellInput))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
