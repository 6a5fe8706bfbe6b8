"""What stands beside the lessons on the site: notebooks, files that lessons use, redirects from former places."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from book.files import write_atomic
from book.localize.edition import Edition
from book.localize.notebooks import files_beside
from book.site.pages.moved import redirect

_LIST = "beside.json"  # names what was put there


def put_beside(edition: Edition, memory: Path, output: Path) -> None:
    """Put them into the folder `output`; what an earlier build has put there else (the list in `memory`) goes."""
    files = dict(_files(edition))
    with suppress(OSError, ValueError):
        for name in json.loads((memory / _LIST).read_text(encoding="utf-8")):
            if name not in files and (output / name).resolve().is_relative_to(output.resolve()):
                (output / name).unlink(missing_ok=True)
    for name, content in files.items():
        write_atomic(output / name, content)
    write_atomic(memory / _LIST, json.dumps(list(files)))


def _files(edition: Edition) -> Iterator[tuple[str, bytes]]:
    project = edition.project
    for page in project.pages:
        yield f"{project.document(page)}.ipynb", project.localized(edition.language, page).read_bytes()
    for former, page in project.moved.items():  # the notebook too: links to it from Colab cannot be led on
        yield f"{former}.html", redirect(edition, former, page).encode()
        yield f"{former}.ipynb", project.localized(edition.language, page).read_bytes()
    yield from files_beside(edition)
