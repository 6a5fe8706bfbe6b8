"""Small books as other people write them, and what the command line makes of them."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import nbformat
import pytest
from bs4 import BeautifulSoup, Tag
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from book.cli import main
from book.notebook import ipynb
from tests.small_book import Book, markdown, write_page

Cell: TypeAlias = tuple[str, str] | NotebookNode


def png(width: int = 40, height: int = 20, seed: int = 0) -> bytes:
    """A picture of one colour."""
    rows = (b"\0" + bytes((seed, 90, 200)) * width) * height

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def base64_of(content: bytes) -> str:
    return base64.b64encode(content).decode()


def code_cell(cell_id: str, source: str, *outputs: NotebookNode) -> NotebookNode:
    cell = new_code_cell(source, outputs=list(outputs), execution_count=1)
    cell["id"] = cell_id
    return cell


def shows(data: Mapping[str, object]) -> NotebookNode:
    """An output of these kinds."""
    return nbformat.from_dict({"output_type": "display_data", "data": dict(data), "metadata": {}})


@dataclass
class Case:
    """The small book with a page `case`, and what the commands say and make of it."""

    book: Book
    capsys: pytest.CaptureFixture[str]

    def write(self, *cells: Cell, files: Mapping[str, bytes] | None = None) -> None:
        """Write the page, and files beside it, and sync."""
        made = [markdown(*cell) if isinstance(cell, tuple) else cell for cell in cells]
        write_page(self.book.root, "case", [markdown("title", "# A case"), *made])
        for name, content in (files or {}).items():
            path = self.book.root / "notebooks" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        toc = self.book.root / "_toc.yml"
        if "case" not in toc.read_text():
            toc.write_text(f"{toc.read_text()}- file: notebooks/case\n")
        self.book.project.__dict__.pop("pages", None)
        assert main(["sync"]) == 0

    def check(self) -> list[str]:
        """What `book check` finds on the page and in its translations; each names file and line."""
        self.capsys.readouterr()
        status = main(["check"])
        found = [line for line in self.capsys.readouterr().out.splitlines() if "/case." in line]
        assert status == (1 if found else 0)
        return [line.partition(": ")[2] for line in found]

    def rules(self) -> set[str]:
        return {line.rpartition("(")[2].rstrip(")") for line in self.check()}

    def build(self, *languages: str) -> list[str]:
        """What `book build` finds; it must come to its end."""
        self.capsys.readouterr()
        status = main(["build", *languages])
        said = self.capsys.readouterr().err.splitlines()
        assert status in (0, 1)
        return [line for line in said if "/case." in line]

    def page(self, language: str = "en") -> Tag:
        """The article of the made page."""
        article = self.whole_page(language).find("article")
        assert isinstance(article, Tag)
        return article

    def whole_page(self, language: str = "en") -> BeautifulSoup:
        """The made page with what stands around its article."""
        path = self.book.root / "_build" / "html" / language / "notebooks" / "case.html"
        return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")

    def notebook(self, language: str) -> dict[str, NotebookNode]:
        """The cells of the made notebook."""
        path = self.book.root / "_build" / "notebooks" / language / "case.ipynb"
        return {cell.id: cell for cell in ipynb.read(path).cells}

    def english(self, cell_id: str) -> str:
        return str(next(cell.source for cell in self.book.page("case").cells if cell.id == cell_id))

    def translate(
        self,
        cell_id: str,
        *changes: tuple[str, str],
        language: str = "ko",
        text: str | None = None,
        to: str | None = None,
    ) -> None:
        """Translate a cell, or one text of it, by replacing words in it, or `to` something else altogether."""
        said = to or text or self.english(cell_id)
        for old, new in changes:
            assert old in said
            said = said.replace(old, new)
        self.book.translate(language, f"case/{cell_id}", said, text)
