"""Files that the text and the outputs of a page show or link: kept beside the notebooks and published with them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from nbformat import NotebookNode
from selectolax.lexbor import LexborHTMLParser

from book import limits
from book.errors import NotebookError
from book.files import PAGE_FILE, read_bytes
from book.notebook.markdown.myst import Reading, read, read_as_commonmark
from book.notebook.markdown.tokens import excess
from book.toc import BUILD

# Files that a browser runs where it opens them; of a drawing see `book.rules.active_svg`.
_RUN = {".htm", ".html", ".js", ".mjs", ".shtml", ".svgz", ".swf", ".wasm", ".xht", ".xhtml", ".xml", ".xsl", ".xslt"}
_LINKS = "a[href], img[src]"
# Where an address may stand: most texts link pages and the web alone, and need not be parsed for it.
_WRITTEN = re.compile(
    r"""(?:\]\(|\]:|\bsrc\s*=|\bhref\s*=|\{(?:image|figure|download)\})[\s<"'`]*([^\s)>"']*)""", re.IGNORECASE
)


@dataclass(frozen=True)
class FileLink:
    """A file of the book that a cell shows or links, by its path below the root, as it is written in `address`.

    One that is not `sure` has no ending, as `LICENSE`: it may also be the name of a page or of a part.
    """

    name: str
    address: str
    shown: bool
    sure: bool = True

    def is_file(self, root: Path) -> bool:
        """Is a file meant: surely, or by one of that name below the book's `root`?"""
        return self.sure or (root / self.name).is_file()


def files_of_cell(cell: NotebookNode, folder: str = "") -> list[FileLink]:
    """The files of the book that the text and the outputs of a cell in `folder` show or link, each once.

    Pages are none.
    """
    found = [link for shown, address in _addresses(cell) if (link := _file_link(address, shown, folder))]
    return list(dict.fromkeys(found))


def page_files(root: Path, notebook: NotebookNode, folder: str = "") -> list[str]:
    """The paths below `root` of the files that a page in `folder` shows or links, sound or not, each once."""
    links = (link for cell in notebook.cells for link in files_of_cell(cell, folder))
    return list(dict.fromkeys(link.name for link in links if link.is_file(root)))


def read_page_file(root: Path, name: str) -> bytes:
    """The content of the file of that name in the book's folder `root`.

    Raises NotebookError where there is none, or where it cannot be published.
    """
    path = root / name
    if any(part.startswith(".") for part in name.split("/")) or name.startswith(f"{BUILD}/"):
        raise NotebookError("is hidden or made, and is not published; give it another place", path)
    if path.suffix.lower() in _RUN:
        raise NotebookError("would run in a browser, and is not published; link to where it is, or to its source", path)
    if not path.exists():
        raise NotebookError("is not there; add it, or correct the link", path)
    return read_bytes(path, PAGE_FILE)


def _addresses(cell: NotebookNode) -> Iterator[tuple[bool, str]]:
    """The addresses in a cell, each with whether the page shows what is there."""
    if cell.cell_type == "markdown" and any(map(_may_be_file, _WRITTEN.findall(cell.source))):
        yield from _in_text(read(cell.source) if not excess(cell.source) else Reading())
    for output in cell.get("outputs", []):
        data: dict[str, Any] = output.get("data", {})
        for kind in data.keys() & {"text/html", "text/markdown"}:
            content = "".join(data[kind])
            if len(content) <= limits.OUTPUT:
                yield from in_html(content) if kind == "text/html" else _in_text(read_as_commonmark(content))


def _may_be_file(address: str) -> bool:
    path = address.partition("#")[0].lower()
    return bool(path) and not path.startswith(("http:", "https:", "mailto:")) and not path.endswith(".ipynb")


def _in_text(reading: Reading) -> Iterator[tuple[bool, str]]:
    yield from ((each.loaded, each.target) for each in reading.addresses)
    yield from in_html("".join(reading.html))


def in_html(html: str) -> Iterator[tuple[bool, str]]:
    """The addresses in HTML that it links or shows, each with whether it shows what is there."""
    if "src" in html or "href" in html:
        for node in LexborHTMLParser(html).css(_LINKS):
            yield node.tag == "img", str(node.attributes.get("src" if node.tag == "img" else "href") or "")


def _file_link(address: str, shown: bool, folder: str) -> FileLink | None:
    path = address.partition("#")[0].partition("?")[0].strip()
    if not path or ":" in path or path.startswith(("//", "\\")) or (path.startswith("/") and not shown):
        return None
    if path.startswith("/"):  # of a picture: from the book's root
        path, folder = path[1:], ""
    name = posixpath.normpath(posixpath.join(folder, unquote(path).replace("\\", "/")))
    is_page = not shown and name.endswith(".ipynb")
    if name.startswith(("../", "/")) or name in ("..", ".") or is_page or "\0" in name:
        return None
    return FileLink(name, address, shown, sure=shown or "." in posixpath.basename(name))
