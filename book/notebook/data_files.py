"""Files that the code of a page reads: kept beside the notebooks and published with them.

The metadata of the notebook names them: `"book": {"files": ["results/depth.json"]}`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from book.errors import NotebookError
from book.files import DATA, read_bytes

_NAME = re.compile(r"([\w-]+/)?[\w-][\w.-]*\.(json|csv|tsv|txt)", re.ASCII)  # nothing that a browser shows as a page


def data_files(notebook: NotebookNode) -> list[str]:
    """The names that the metadata has, sound or not, each once."""
    about: Any = notebook.metadata.get("book", {})
    names = about.get("files", []) if isinstance(about, dict) else []
    return list(dict.fromkeys(str(name) for name in (names if isinstance(names, list) else [names])))


def read_data_file(notebooks: Path, name: str) -> bytes:
    """The content of the file of that name in the folder `notebooks`.

    Raises NotebookError where it is no name of such a file, or the file cannot be read.
    """
    path = notebooks / name
    if not _NAME.fullmatch(name):
        what = "no name of a file that a page reads; it is FILE or FOLDER/FILE, and ends in .json, .csv, .tsv or .txt"
        raise NotebookError(f"is {what}", path)
    return read_bytes(path, DATA)
