"""Run lessons at the size of the figures they quote: `python -m bench.full_size weight_norm`.

The lesson's own code runs, with the values that its `parameters` cell states in its metadata (`full_size`) in the place
of the default ones. What it prints is kept in bench/full_size/PAGE.json with versions, date, time and data.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any

from nbformat import NotebookNode

from book.errors import BookError, ProjectError
from book.execute.run import run_notebook
from book.execute.runtimes import STORED_FROM
from book.files import write_atomic
from book.notebook import ipynb
from book.project import Project


def enlarged(page: NotebookNode, name: str) -> tuple[NotebookNode, dict[str, Any]]:
    """The page with its full-size parameters, and these. Raises ProjectError where the page states none."""
    for cell in page.cells:
        sizes = cell.metadata.get("full_size")
        if sizes and "parameters" in cell.metadata.get("tags", []):
            cell.source += "\n" + "\n".join(f"{key} = {value!r}" for key, value in sizes.items())
            return page, dict(sizes)
    raise ProjectError(f"page `{name}` states no `full_size` in the metadata of its cell tagged `parameters`")


def run(project: Project, name: str) -> None:
    """Run one page at full size and keep what it printed."""
    path = project.notebook(name)
    page, sizes = enlarged(ipynb.read(path), name)
    made = run_notebook(project, page, path, STORED_FROM)
    printed = {cell.id: _printed(cell) for cell in made.cells if cell.cell_type == "code" and _printed(cell)}
    kept = {"parameters": sizes, **made.metadata["book"], "printed": printed}
    target = project.root / "bench" / "full_size" / f"{name}.json"
    write_atomic(target, json.dumps(kept, indent=1, ensure_ascii=False) + "\n")
    print(f"{project.shown(target)}: {kept['seconds']} s")


def _printed(cell: NotebookNode) -> str:
    text = "".join(output.get("text", "") for output in cell.outputs if output.output_type == "stream")
    return re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)


def main() -> int:
    """Run the pages named on the command line."""
    project = Project.find()
    try:
        for name in project.choose_pages(sys.argv[1:]) if sys.argv[1:] else []:
            run(project, name)
    except BookError as error:
        print(error, file=sys.stderr)
        return 2
    return 0 if sys.argv[1:] else 2


if __name__ == "__main__":
    sys.exit(main())
