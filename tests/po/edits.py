"""What authors, translators and editors do between two runs of `book sync`: shared by the tests of it."""

from __future__ import annotations

from pathlib import Path

from nbformat import NotebookNode

from book.cli import main
from book.language.language import Language
from book.po import catalog
from tests.small_book import Book

FALLS = "## What falls\n\nThe loss falls."  # the text of the cell `what-falls` on the page `loss`


def sync() -> None:
    """Sync the book in the current folder, and once more to see that nothing is left to do."""
    assert main(["sync"]) == 0
    once = _po_files()
    assert main(["sync", "ko"]) == 0
    assert _po_files() == once


def _po_files() -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in Path("translations").rglob("*.po")}


def rename_cell(tmp_book: Book, page: str, old: str, new: str) -> None:
    """Give a cell another id, as an editor may without being asked."""

    def change(content: NotebookNode) -> None:
        next(cell for cell in content.cells if cell.id == old).id = new

    tmp_book.edit(page, change)


def rename_page(tmp_book: Book, old: str, new: str) -> None:
    """As an author does: another file name, and every place that names it."""
    tmp_book.project.notebook(old).rename(tmp_book.project.notebook(new))
    for path in (tmp_book.root / "_toc.yml", *(tmp_book.root / "notebooks").iterdir()):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(f"notebooks/{old}", f"notebooks/{new}").replace(f"({old}.", f"({new}."))


def remove_page(tmp_book: Book, name: str) -> None:
    """As an author does: no file, and no line in `_toc.yml`."""
    tmp_book.project.notebook(name).unlink()
    toc = tmp_book.root / "_toc.yml"
    toc.write_text(toc.read_text().replace(f"- file: notebooks/{name}\n", "").removesuffix("chapters:\n"))


def change_header(tmp_book: Book, page: str) -> tuple[str, str, str]:
    """Have a reviewer and a translator sign a PO file; their names, and the comment at its head."""
    path = tmp_book.project.catalog(Language("ko"), page)
    made = tmp_book.po("ko", page)
    made.metadata |= {"X-Reviewed-By": "A reviewer", "Last-Translator": "A translator"}
    made.header += "\nAsk the reviewer first."
    path.write_text(catalog.dumps(made), encoding="utf-8")
    return "A reviewer", "A translator", made.header


def obsolete(tmp_book: Book, page: str) -> list[tuple[str, str, str]]:
    """Context, English and translation of the Korean entries that no text needs."""
    return [(e.msgctxt, e.msgid, e.msgstr) for e in tmp_book.po("ko", page).obsolete_entries()]
