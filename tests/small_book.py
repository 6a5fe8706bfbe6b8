"""A small book in a temporary folder, and ways to edit it as people do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import polib
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from book.cli import main
from book.files import write_atomic
from book.language.language import Language
from book.notebook import ipynb
from book.po import catalog
from book.po.file_format import Catalog
from book.po.matching import page_of
from book.project import Project

SVG = (
    '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n<svg xmlns="http://www.w3.org/2000/svg">'
    '<text x="1">Loss by epoch</text><text x="2">batch 32</text><text x="3">0.5</text></svg>'
)
PLOT = '# Draw the loss.\nax.set_title("Loss by epoch")\nax.plot(y, label=f"batch {size}")\nprint("✓")  # say so'


@dataclass
class Book:
    """The small book: one page `index` and one page `loss`, in Korean and Arabic."""

    project: Project

    @property
    def root(self) -> Path:
        return self.project.root

    def page(self, name: str) -> NotebookNode:
        return ipynb.read(self.project.notebook(name))

    def edit(self, name: str, change: Callable[[NotebookNode], None]) -> None:
        """Change a page as an author would, and save it."""
        made = self.page(name)
        change(made)
        write_atomic(self.project.notebook(name), ipynb.dumps(made))

    def reword(self, name: str, cell_id: str, old: str, new: str) -> None:
        def change(page: NotebookNode) -> None:
            cell = next(cell for cell in page.cells if cell.id == cell_id)
            assert old in cell.source
            cell.source = cell.source.replace(old, new)

        self.edit(name, change)

    def po(self, language: str, page: str) -> Catalog:
        return catalog.load(self.project.catalog(Language(language), page))

    def entry(self, language: str, context: str, text: str | None = None) -> polib.POEntry:
        found = [e for e in self.po(language, page_of(context)) if e.msgctxt == context and not e.obsolete]
        return next(e for e in found if text is None or e.msgid == text)

    def translate(self, language: str, context: str, said: str, text: str | None = None) -> None:
        """Save a translation as a PO editor would: the entry is no longer fuzzy."""
        path = self.project.catalog(Language(language), page_of(context))
        made = catalog.load(path)
        entry = next(e for e in made if e.msgctxt == context and not e.obsolete and text in (None, e.msgid))
        entry.msgstr, entry.previous_msgid = said, None
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
        path.write_text(catalog.dumps(made), encoding="utf-8")

    def doubt(self, language: str, context: str, text: str | None = None) -> None:
        """Mark a translation as fuzzy, as a translator does who is not sure of it."""
        path = self.project.catalog(Language(language), page_of(context))
        made = catalog.load(path)
        entry = next(e for e in made if e.msgctxt == context and not e.obsolete and text in (None, e.msgid))
        entry.flags.append("fuzzy")
        path.write_text(catalog.dumps(made), encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Every file that people keep, with its bytes."""
        kept = [p for folder in ("notebooks", "translations") for p in (self.root / folder).rglob("*") if p.is_file()]
        return {str(path.relative_to(self.root)): path.read_bytes() for path in kept}


def make_book(root: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """Write the small book below `root`, go there, and sync it."""
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    (root / "_toc.yml").write_text("format: jb-book\nroot: notebooks/index\nchapters:\n- file: notebooks/loss\n")
    (root / "_config.yml").write_text(
        "title: A small book\nauthor: Nobody\nrepository:\n  url: https://github.com/owner/small\n"
    )
    for language in ("ar", "ko"):
        (root / "translations" / language).mkdir(parents=True)
    (root / "notebooks").mkdir()
    write_page(root, "index", [markdown("title", "# Start here\n\nA book about [loss](loss.ipynb).")])
    plot = new_code_cell(PLOT, metadata={"mystnb": {"image": {"alt": "A falling line."}}}, execution_count=1)
    plot["id"] = "plot"
    plot.outputs = [
        new_output("stream", text="✓\n"),
        new_output("display_data", {"image/svg+xml": SVG, "text/plain": "<Figure>"}),
    ]
    cells = [
        markdown("title", "# Loss\n\nThe loss is $L = 0.5$ with `axis=3`, see [the start](index.ipynb)."),
        markdown("what-falls", "## What falls\n\nThe loss falls."),
        plot,
    ]
    write_page(root, "loss", cells)
    monkeypatch.chdir(root)
    assert main(["sync"]) == 0
    return Book(Project(root))


def failure(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line that a command says which cannot run."""
    capsys.readouterr()
    assert main(list(arguments)) == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    return said


def markdown(cell_id: str, text: str) -> NotebookNode:
    cell = new_markdown_cell(text)
    cell["id"] = cell_id
    return cell


def write_page(root: Path, name: str, cells: list[NotebookNode], folder: str = "notebooks") -> None:
    made = new_notebook(cells=cells)
    made.metadata = nbformat.from_dict(
        {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    )
    (root / folder / f"{name}.ipynb").write_text(ipynb.dumps(made), encoding="utf-8")
