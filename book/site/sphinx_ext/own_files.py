"""Pictures that are files of the book: the page shows the one that is published beside it, as the notebook does."""

from __future__ import annotations

import posixpath
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx

FILE = "own_file"  # the attribute of an image that names its file below Sphinx's source
_AFTER_IMAGES = 600  # Sphinx collects them at 500


def show_from_beside(app: Sphinx, doctree: nodes.document) -> None:
    """Have pictures shown from where they are, instead of copies that Sphinx would put in a folder of its own."""
    folder = posixpath.dirname(app.env.docname)
    for image in doctree.findall(nodes.image):
        path = image["uri"]
        if "*" in image.get("candidates", {}) and not path.startswith(("../", "_static/")):
            image["uri"] = quote(posixpath.relpath(path, folder))
            image["candidates"] = {"?": image["uri"]}
            image[FILE] = path


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("doctree-read", show_from_beside, priority=_AFTER_IMAGES)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
