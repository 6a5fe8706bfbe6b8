"""Reading and writing notebooks, with the ids that everything else relies on."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4.nbjson import to_notebook, writes

from book import files, limits
from book.errors import NotebookError
from book.files import NOTEBOOK, read_text
from book.notebook import json_text, markdown_page
from book.notebook.json_text import WITH_IDS, cell_spans
from book.toc import MARKDOWN

_HALF = re.compile(r"\\u[dD][89a-fA-F]")  # half of a character, as JSON may write it; two of them make one
_OF_A_NOTEBOOK = {"metadata", "nbformat", "nbformat_minor"}
_OF_A_CELL = {"id", "cell_type", "metadata", "source", "attachments", "outputs", "execution_count"}
_CELL_TYPES = ("markdown", "code", "raw")
_DEEPEST = 100  # levels of lists and objects
_TOO_DEEP = "is nested too deeply for a notebook; restore the file"
_MARK_OF_ORDER = "\ufeff"  # with which some programs begin a file
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
_POINTER = "version https://git-lfs.github.com/spec/"
_BREAK = re.compile(r"\r\n?")
_EMBEDDED = re.compile(r"data:[^\s()<>\"']*")  # a picture in an address
ID = re.compile("[A-Za-z0-9_-]{1,64}")  # what the format takes for an id


def read(path: Path) -> NotebookNode:
    """The notebook in `path`, as it stands, or the page in Markdown as one: ids are neither made nor repaired.

    Raises NotebookError where it is no valid notebook of nbformat 4.
    """
    if path.suffix == MARKDOWN:
        content: Any = markdown_page.notebook_of(_text(path, files.MARKDOWN), path)
    else:
        content = _content(path)
    _require_shape(content, path)
    # Some programs leave entries of their own, which Jupyter passes over.
    content = {**_known(content, _OF_A_NOTEBOOK), "cells": [_known(cell, _OF_A_CELL) for cell in content["cells"]]}
    # Ids are `check`'s business, with messages of its own, so validation must not stumble over them.
    with_ids = [{**cell, "id": f"cell{i}"} for i, cell in enumerate(content["cells"])]
    try:
        nbformat.validate(nbformat.from_dict({**content, "cells": with_ids, "nbformat_minor": 5}))
    except nbformat.ValidationError as error:
        reason = " ".join(str(error).split())[:160]
        raise NotebookError(f"is not a valid notebook: {reason}; restore the file", path) from error
    made = to_notebook(content)
    _take_ids_of_colab(made)
    _break_lines_alike(made)
    _refuse_oversized(made, path)
    return made


def _text(path: Path, kind: files.Kind) -> str:
    return read_text(path, kind).removeprefix(_MARK_OF_ORDER)


def _content(path: Path) -> Any:
    """What the file of a notebook has. Raises NotebookError."""
    text = _text(path, NOTEBOOK)
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise NotebookError(_no_json(text, error), path, error.lineno) from error
    except ValueError as error:  # a number of thousands of digits
        raise NotebookError(f"is not valid JSON: {error}; restore the file", path) from error
    except RecursionError as error:
        raise NotebookError(_TOO_DEEP, path) from error
    if not _is_shallow(content):
        raise NotebookError(_TOO_DEEP, path)
    if _HALF.search(text) and not _is_writable(content):
        raise NotebookError("has half a character, a lone `\\ud…`; remove it", path)
    if not isinstance(content, dict) or not _is_format_4(content) or not isinstance(content.get("cells"), list):
        raise NotebookError("is not a notebook of format 4; save it with a current Jupyter", path)
    return content


def _no_json(text: str, error: json.JSONDecodeError) -> str:
    """Why a text is no JSON, in the words of whoever has to mend it."""
    if not text.strip():
        return "is empty; restore the file"
    if text.startswith(_POINTER):
        return "is not here: git has a pointer to it in place of the file; run `git lfs pull`"
    if _CONFLICT.search(text):
        return "has marks that git left where two versions differ; decide what is to stand there, and remove them"
    return f"is not valid JSON: {error.msg}; restore the file"


def _known(entries: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in entries.items() if name in names}


def _take_ids_of_colab(notebook: NotebookNode) -> None:
    """Colab, and who writes for it, keep a cell's id in its metadata, as formats before 4.5 have no place for it."""
    for cell in notebook.cells:
        if not cell.get("id") and id_of_colab(cell):
            cell["id"] = id_of_colab(cell)


def _break_lines_alike(notebook: NotebookNode) -> None:
    """Some programs leave the line breaks of Windows or of old Macs in a cell; to Python and Markdown they are one."""
    for cell in notebook.cells:
        if "\r" in cell.source:
            cell["source"] = _BREAK.sub("\n", cell.source)


def id_of_colab(cell: NotebookNode) -> str:
    """The id in the cell's metadata; empty if there is none."""
    found = cell.metadata.get("id")
    return found if isinstance(found, str) and ID.fullmatch(found) else ""


def has_sound_ids(notebook: NotebookNode) -> bool:
    """Has each cell an id of its own?"""
    names = [cell.get("id") for cell in notebook.cells]
    return all(names) and len(set(names)) == len(names)


def _is_shallow(content: Any) -> bool:
    """Is it nested no deeper than what goes through a notebook recursively can take?"""
    level = [content]
    for _ in range(_DEEPEST):
        parts = (each.values() if isinstance(each, dict) else each for each in level if isinstance(each, dict | list))
        level = [each for part in parts for each in part]
    return not level


def _is_format_4(content: dict[str, Any]) -> bool:
    return type(content.get("nbformat")) is int and content["nbformat"] == 4


def _is_writable(content: Any) -> bool:
    try:
        return bool(json.dumps(content, ensure_ascii=False).encode("utf-8"))
    except UnicodeEncodeError:
        return False


def _require_shape(content: dict[str, Any], path: Path) -> None:
    """Raises NotebookError where what everything after this relies on, and nbformat does not look at, is otherwise."""
    if content.get("nbformat_minor", 0) not in range(100):
        raise NotebookError("has an `nbformat_minor` that is no number of a format; set it to 5", path)
    for number, cell in enumerate(content["cells"]):
        if odd := _odd_part(cell):
            raise NotebookError(f"cell {number + 1} has {odd} of another form; mend it", path, cell_lines(path)[number])


def _odd_part(cell: Any) -> str:
    """What of a cell is not as notebooks have it, in words; empty if nothing is."""
    if not isinstance(cell, dict) or cell.get("cell_type") not in _CELL_TYPES:
        return "a `cell_type`"
    match cell:
        case {"id": id} if not isinstance(id, str | None):
            return "an `id`"
        case {"metadata": {"tags": tags}} if not isinstance(tags, list) or not all(isinstance(t, str) for t in tags):
            return "`tags`"
        case {"metadata": {"mystnb": about}}:  # what myst-nb and we read from it
            image = about.get("image", {}) if isinstance(about, dict) else None
            if not isinstance(image, dict) or not isinstance(image.get("alt", ""), str):
                return "`mystnb` metadata"
    return ""


def _refuse_oversized(notebook: NotebookNode, path: Path) -> None:
    if len(notebook.cells) > limits.CELLS:
        raise NotebookError(f"has {len(notebook.cells):,} cells, more than {limits.CELLS:,}; divide it", path)
    for number, cell in enumerate(notebook.cells):
        if fault := oversize(cell):
            raise NotebookError(f"cell `{cell.get('id', number + 1)}` {fault}", path, cell_lines(path)[number])


def oversize(cell: NotebookNode) -> str:
    """What a cell has too much of; empty if nothing."""
    if len(cell.source) > limits.OUTPUT or len(_EMBEDDED.sub("", cell.source)) > limits.SOURCE:
        return f"has {len(cell.source):,} characters, more than {limits.SOURCE:,}; divide it"
    longest = max(map(size, cell.get("outputs", [])), default=0)
    if longest > limits.OUTPUT:
        return f"has an output of {longest:,} characters, more than {limits.OUTPUT:,}; show less"
    return ""


def size(output: Any) -> int:
    """How many characters an output has, in all its forms."""
    match output:
        case str():
            return len(output)
        case dict():
            return sum(map(size, output.values()))
        case list():
            return sum(map(size, output))
    return 0


def cell_lines(path: Path) -> list[int]:
    """The line in `path` at which each cell begins, by cell; of a notebook that of its `cell_type`."""
    if path.suffix == MARKDOWN:
        return [block.line + 1 for block in markdown_page.blocks_of(_text(path, files.MARKDOWN), path)]
    text = _text(path, NOTEBOOK)
    lines, line, seen = [], 1, 0
    try:
        for start, end in cell_spans(text):
            place = max(start, text.find('"cell_type"', start, end))
            line += text.count("\n", seen, place)
            seen = place
            lines.append(line)
    except (ValueError, LookupError) as error:
        raise NotebookError("was changed while it was read; run this again", path) from error
    return lines


def with_ids(path: Path, text: str, ids: Mapping[int, str]) -> str:
    """The text of the page in `path` with ids for the cells of these numbers, and nothing else changed.

    Raises NotebookError.
    """
    text = text.removeprefix(_MARK_OF_ORDER)
    if path.suffix == MARKDOWN:
        return markdown_page.with_ids(text, path, ids)
    try:
        return json_text.with_ids(text, ids)
    except (ValueError, LookupError) as error:
        raise NotebookError("was changed while it was read; run this again", path) from error


def dumps(notebook: NotebookNode) -> str:
    """The notebook as Jupyter writes it: JSON, one space of indent, letters as they are, a line break at the end.

    One with ids becomes one of format 4.5, which has them.
    """
    if notebook.nbformat_minor < WITH_IDS and any(cell.get("id") for cell in notebook.cells):
        notebook = NotebookNode({**notebook, "nbformat_minor": WITH_IDS})
    return f"{writes(notebook)}\n"  # its ids, which `nbformat.writes` would complain of, are `check`'s business
