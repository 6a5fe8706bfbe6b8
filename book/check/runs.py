"""The rules over what a notebook's last run has left: has the page been run, with the code that it has today, and are
its figures ones with words?

What made the outputs is known where `book execute` has run the page; that they would come again is for the tests of
the notebooks.
"""

from __future__ import annotations

from collections.abc import Iterator

from nbformat import NotebookNode

from book.notebook.code.ran_code import has_other_code, is_skipped
from book.rules.notebooks import Found

NOT_RUN, STALE_OUTPUTS, FIGURE_FORMAT = "not-run", "stale-outputs", "figure-format"
_PIXELS = ("image/png", "image/jpeg")


def run_findings(notebook: NotebookNode, page: str) -> Iterator[Found]:
    """The first cell that no run has counted, outputs that other code has made, figures stored as pixels alone."""
    code = [(number, cell) for number, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    waiting = [number for number, cell in code if cell.source.strip() and not _has_run(cell)]
    if waiting:
        others = {1: "", 2: ", nor was another cell"}.get(len(waiting), f", nor were {len(waiting) - 1} other cells")
        yield Found(waiting[0], f"was not run{others}; run `book execute {page}`", NOT_RUN)
    elif has_other_code(notebook):
        message = f"its code has changed since its outputs were made; run `book execute {page}`"
        yield Found(None, message, STALE_OUTPUTS)
    for number, cell in code:
        if any(map(_is_figure_of_pixels, cell.get("outputs", []))):
            message = "shows its figure as pixels, whose words stay in English; have it drawn as SVG (CONTRIBUTING.md)"
            yield Found(number, message, FIGURE_FORMAT)


def _has_run(cell: NotebookNode) -> bool:
    return cell.get("execution_count") is not None or is_skipped(cell)


def _is_figure_of_pixels(output: NotebookNode) -> bool:
    """Is it matplotlib's, which says so in its plain text, and without an SVG? Photographs have to be pixels."""
    data = output.get("data", {})
    plain = data.get("text/plain", "")
    is_figure = isinstance(plain, str) and plain.startswith("<Figure size")
    return is_figure and "image/svg+xml" not in data and any(kind in data for kind in _PIXELS)
