"""Pictures that are pasted into the text of a cell, put beside it as attachments.

Colab writes a picture that is pasted into the text itself, as an address of a hundred thousand letters: nobody could
read, compare or translate such a text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from nbformat import NotebookNode

from book.notebook.markdown.parts import parts
from book.notebook.markdown.tokens import excess
from book.notebook.pictures import ATTACHMENT, picture_at

_SHORT = 200  # letters of an address that may stay
_PASTED = re.compile(
    r"""(?P<before>\]\(\s*<?|\]:\s*<?|\bsrc\s*=\s*["']?)"""
    rf"(?P<address>data:image/(?P<kind>png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]{{{_SHORT},}})",
    re.IGNORECASE,
)
_NAME = re.compile(r"pasted-[0-9a-f]{16}\.(?:png|jpg|gif|webp)")


def pasted_apart(notebook: NotebookNode) -> NotebookNode:
    """The notebook, in which pasted pictures have become attachments of their cells; itself where there are none."""
    if not any(_has_pasted(cell) for cell in notebook.cells):
        return notebook
    cells = [_apart(cell) if _has_pasted(cell) else cell for cell in notebook.cells]
    return NotebookNode({**notebook, "cells": cells})


def paste_again(cell: NotebookNode) -> None:
    """Put those attachments back into the text, as addresses that hold the picture."""
    attachments = cell.get("attachments", {})
    for name in [each for each in attachments if _NAME.fullmatch(each)]:
        kind, content = next(iter(attachments.pop(name).items()))
        cell.source = cell.source.replace(f"{ATTACHMENT}{name}", f"data:{kind};base64,{content}")
    if not attachments:
        cell.pop("attachments", None)


def _has_pasted(cell: NotebookNode) -> bool:
    return cell.cell_type == "markdown" and ";base64," in cell.source and bool(_PASTED.search(cell.source))


def _apart(cell: NotebookNode) -> NotebookNode:
    attachments, addresses = dict(cell.get("attachments", {})), dict[str, str]()

    def mark(match: re.Match[str]) -> str:
        picture = picture_at(match["address"], {})
        if picture is None:
            return match[0]
        name = f"pasted-{hashlib.sha256(picture.content).hexdigest()[:16]}{picture.ending}"
        attachments[name] = {f"image/{match['kind'].lower()}": match["address"].partition(",")[2]}
        addresses[f"{ATTACHMENT}{name}"] = match["address"]
        return f"{match['before']}{ATTACHMENT}{name}"

    text = _PASTED.sub(mark, cell.source)
    for marked in _in_code(text, addresses):
        text = text.replace(marked, addresses[marked])
    return NotebookNode({**cell, "source": text, "attachments": NotebookNode(attachments)})


def _in_code(text: str, addresses: dict[str, str]) -> Iterator[str]:
    """The addresses that code has in it: it shows how a picture is written, and is no picture."""
    if not excess(text):
        code = "\n".join([*parts(text).code, *parts(text).fences])
        yield from (address for address in addresses if address in code)
