"""How the nodes of a page become HTML, where that is not as docutils and Sphinx do it.

Tried on docutils 0.21.2 and Sphinx 7.4.7.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import imagesize
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from book.site.handoff import KEY
from book.site.markup import escaped
from book.site.sphinx_ext.own_files import FILE


class Translator(HTML5Translator):
    """Sphinx's own. Figures say how large they are, and all but a page's first arrive when the reader comes near."""

    _has_image = False

    def starttag(
        self, node: nodes.Element, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any
    ) -> str:
        """A start tag; where it says that its text is English, it says the direction too."""
        tag = str(super().starttag(node, tagname, suffix, empty, **attributes))
        book = self.config[KEY]
        said = f' lang="{book.source}"'
        return tag if "dir" in attributes else tag.replace(said, f'{said} dir="{book.source_direction}"', 1)

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
            file = node.get(FILE) or (uri if uri in self.builder.images else "")
            size = _size(Path(self.builder.srcdir, file)) if file else ""
            if "width" in node or "height" in node or "scale" in node:
                size = ""  # the author's
            late = ' loading="lazy"' if self._has_image else ""
            title = f' title="{escaped(node["title"])}"' if node.get("title") else ""
            self.body[-1] = f"{before}{source}{address}{end}{title}{size}{late}{rest}"
            self._has_image = True


def _size(image: Path) -> str:
    """The attributes for an image's size, in CSS pixels; none where it is not known."""
    try:
        width, height = (round(side) for side in imagesize.get(str(image)))
    except (OSError, ValueError):  # it is not there, or no picture
        return ""
    # The ratio of whole pixels is held also once the figure, whose size may have a fraction, has come.
    return f' width="{width}" height="{height}" style="aspect-ratio: {width}/{height}"' if width > 0 else ""


def setup(app: Sphinx) -> dict[str, bool]:
    app.set_translator("html", Translator)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
