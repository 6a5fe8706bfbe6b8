"""A digest of a page's code, which a run keeps beside its outputs: whether these come of today's code is told by it."""

from __future__ import annotations

import io
import tokenize
from hashlib import sha256

from nbformat import NotebookNode

from book.notebook.code.code_text import line_offsets
from book.notebook.code.ipython import as_python

SKIPPED = "skip-execution"  # a tag of nbclient's: the cell is not to be run
_KEY = "code"  # in the notebook's metadata, below `book`


def digest_of_code(notebook: NotebookNode) -> str:
    """What the page runs, in 16 hex digits; comments, empty lines and blanks at lines' ends do not count."""
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code" and not is_skipped(cell)]
    return sha256("\n".join(map(_without_comments, code)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def keep_digest(run: NotebookNode) -> None:
    """Note in the metadata of a run what it has run."""
    run.metadata["book"] = {**run.metadata.get("book", {}), _KEY: digest_of_code(run)}


def has_other_code(notebook: NotebookNode) -> bool:
    """Has the code changed since a run noted what it was?"""
    about = notebook.metadata.get("book")
    kept = about.get(_KEY) if isinstance(about, dict) else None
    return bool(kept) and kept != digest_of_code(notebook)


def is_skipped(cell: NotebookNode) -> bool:
    return SKIPPED in cell.metadata.get("tags", [])


def _without_comments(source: str) -> str:
    masked = as_python(source)
    if masked and "#" in masked:
        offsets = line_offsets(masked)
        for token in reversed(list(tokenize.generate_tokens(io.StringIO(masked).readline))):
            if token.type == tokenize.COMMENT:
                start = offsets[token.start[0] - 1] + token.start[1]
                source = source[:start] + source[start + len(token.string) :]
    return "\n".join(line.rstrip() for line in source.split("\n") if line.strip())
