"""Running the English notebooks, and storing what they show in them."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from tqdm import tqdm

from book.errors import ExecutionError
from book.execute.run import run_notebook
from book.execute.runtimes import runtime_for
from book.files import NOTEBOOK, digest, write_atomic
from book.notebook import ipynb
from book.notebook.code import printed
from book.notebook.code.page_code import page_code
from book.notebook.code.ran_code import keep_digest
from book.project import Project
from book.toc import MARKDOWN


def execute(project: Project, pages: list[str]) -> list[Path]:
    """Run each of `pages` in a runtime that has what it imports, store outputs and provenance in it; the paths written.

    Pages in Markdown keep no outputs, and are passed over.
    Raises ExecutionError at the first cell that fails; the notebook it stands in is left as it was.
    """
    written = []
    pages = [page for page in pages if project.notebook(page).suffix != MARKDOWN]
    for page in (bar := tqdm(pages, unit="page", disable=None)):
        bar.set_description(page)
        path = project.notebook(page)
        read = digest(path)
        notebook = ipynb.read(path)
        run = run_notebook(project, _marked(notebook), path, runtime_for(project, notebook, path))
        _record_printed(run, notebook)
        keep_digest(run)
        if write_atomic(path, _storable(run, path), read):
            written.append(path)
    return written


def _marked(notebook: NotebookNode) -> NotebookNode:
    """A copy of the notebook whose strings say where they are printed."""
    page, made = page_code(notebook), nbformat.from_dict(json.loads(json.dumps(notebook)))
    for cell in made.cells:
        if cell.cell_type == "code":
            cell.source = printed.marked(cell.source, str(cell.get("id", "")), page)
    return made


def _record_printed(run: NotebookNode, notebook: NotebookNode) -> None:
    """Give the cells of a marked run their own code, the outputs that it gives, and a record of what it has printed."""
    for cell, source in zip(run.cells, notebook.cells, strict=True):
        cell.source, records = source.source, []
        cell.metadata.pop(printed.RECORD, None)
        for output in cell.get("outputs", []):
            record = ""
            if output.output_type == "stream":
                output.text, record = printed.recorded(output.text, str(cell.get("id", "")))
            records.append(record)
        if any(records):
            cell.metadata[printed.RECORD] = records


def _storable(run: NotebookNode, path: Path) -> str:
    """The notebook as it is stored. Raises ExecutionError where it would be too large to be read again."""
    for number, cell in enumerate(run.cells):
        if fault := ipynb.oversize(cell):
            raise ExecutionError(f"cell `{cell.get('id')}` {fault}", path, ipynb.cell_lines(path)[number])
    made = ipynb.dumps(run)
    if len(made.encode()) > NOTEBOOK.limit:
        raise ExecutionError(f"would have more than {NOTEBOOK.limit:,} bytes with its outputs; show less", path)
    return made
