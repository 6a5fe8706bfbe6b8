"""Reading and writing notebooks, with the ids that everything else relies on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4.nbjson import to_notebook

from book.errors import NotebookError

_HALF = re.compile(r"\\u[dD][89a-fA-F]")  # half of a character, as JSON may write it; two of them make one
_CELL_KEY = re.compile(r'"cell_type"\s*:')
_BLANKS = re.compile(r"[\s,:]*")


def read(path: Path) -> NotebookNode:
    """The notebook in `path`, as it stands: ids are neither made nor repaired.

    Raises NotebookError where it is no valid notebook of nbformat 4.
    """
    text = read_text(path)
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise NotebookError(f"is not valid JSON: {error.msg}; restore the file", path, error.lineno) from error
    except RecursionError as error:
        raise NotebookError("is nested too deeply for a notebook; restore the file", path) from error
    if _HALF.search(text) and not _is_writable(content):
        raise NotebookError("has half a character, a lone `\\ud…`; remove it", path)
    if not isinstance(content, dict) or content.get("nbformat") != 4 or not isinstance(content.get("cells"), list):
        raise NotebookError("is not a notebook of format 4; save it with a current Jupyter", path)
    _require_shape(content, path)
    # Ids are `check`'s business, with messages of its own, so validation must not stumble over them.
    with_ids = [{**cell, "id": f"cell{i}"} for i, cell in enumerate(content["cells"])]
    try:
        nbformat.validate(nbformat.from_dict({**content, "cells": with_ids, "nbformat_minor": 5}))
    except nbformat.ValidationError as error:
        reason = " ".join(str(error).split())[:160]
        raise NotebookError(f"is not a valid notebook: {reason}; restore the file", path) from error
    return to_notebook(content)


def _is_writable(content: Any) -> bool:
    try:
        return bool(json.dumps(content, ensure_ascii=False).encode("utf-8"))
    except UnicodeEncodeError:
        return False


def _require_shape(content: dict[str, Any], path: Path) -> None:
    """Raises NotebookError where what everything after this relies on, and nbformat does not look at, is otherwise."""
    if not isinstance(content.get("nbformat_minor", 0), int):
        raise NotebookError("has an `nbformat_minor` that is no number; set it to 5", path)
    for number, cell in enumerate(content["cells"], 1):
        if not _looks_like_one(cell):
            raise NotebookError(f"cell {number} has an id or `mystnb` metadata of another form; mend it", path)


def _looks_like_one(cell: Any) -> bool:
    match cell:
        case {"id": id} if not isinstance(id, str | None):
            return False
        case {"metadata": {"mystnb": about}}:  # what myst-nb and we read from it
            image = about.get("image", {}) if isinstance(about, dict) else None
            return isinstance(image, dict) and isinstance(image.get("alt", ""), str)
    return isinstance(cell, dict)


def read_text(path: Path) -> str:
    """The text of a UTF-8 file. Raises NotebookError."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise NotebookError(f"cannot be read: {error.strerror}", path) from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise NotebookError("is not UTF-8; save it in that encoding", path, line) from error


def cell_lines(path: Path) -> list[int]:
    """The line in `path` at which each cell's `cell_type` stands, by cell; 1 where the notebook is one long line."""
    text, lines, line, before = read_text(path), [], 1, 0
    for start, end in _cell_places(text):
        at = match.start() if (match := _CELL_KEY.search(text, start, end)) else start
        line += text.count("\n", before, at)
        before = at
        lines.append(line)
    return lines


def _cell_places(text: str) -> Iterator[tuple[int, int]]:
    """Where each cell begins and ends in the text of a notebook, however it is laid out."""
    decode = json.JSONDecoder().raw_decode
    at = text.index("{") + 1
    while not text.startswith("}", at := _after_blanks(text, at)):
        key, at = decode(text, at)
        at = _after_blanks(text, at)
        if key != "cells":
            _, at = decode(text, at)
            continue
        at += 1
        while not text.startswith("]", at := _after_blanks(text, at)):
            _, end = decode(text, at)
            yield at, end
            at = end
        return


def _after_blanks(text: str, at: int) -> int:
    match = _BLANKS.match(text, at)
    return match.end() if match else at


def dumps(notebook: NotebookNode) -> str:
    """The notebook as Jupyter writes it: JSON, one space of indent, letters as they are, a line break at the end."""
    return f"{nbformat.writes(notebook, version=nbformat.NO_CONVERT)}\n"
