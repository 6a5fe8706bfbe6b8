"""The names of folded cells: what each holds, so that a reader knows what there is to open."""

from __future__ import annotations

from nbformat import NotebookNode

from book.localize.edition import Edition
from book.notebook.code.code_text import COMMENT
from book.notebook.code.translatable import texts

_FOLDED = {"hide-input": "source", "remove-input": "source", "hide-cell": "content", "hide-output": "output"}
_SOURCE = "source"


def name_folds(cell: NotebookNode, english: NotebookNode, edition: Edition) -> None:
    """Put the words on a code cell's fold where myst-nb takes them from, the cell's metadata.

    Code that draws is the code of its figure. Other code is called what its first comment says, open or closed;
    where that is not translated, and where there is none, the words only offer to show it. What an answer's comment
    says would give it away.
    """
    say = edition.interface
    for tag in cell.metadata.get("tags", []):
        if kind := _FOLDED.get(tag):
            name = _name(cell, english, edition) if kind == _SOURCE else ""
            shown = {f"code_prompt_{verb}": name or say[f"{verb}-code-{kind}"] for verb in ("show", "hide")}
            cell.metadata["mystnb"] = {**cell.metadata.get("mystnb", {}), **shown}


def _name(cell: NotebookNode, english: NotebookNode, edition: Edition) -> str:
    if any("image" in kind for output in cell.get("outputs", []) for kind in output.get("data", {})):
        return edition.interface["figure-code"]
    name = first_comment(cell.source)
    is_readable = edition.is_source or name != first_comment(english.source)
    return name if is_readable else ""


def first_comment(source: str) -> str:
    """The comment with which code begins, in one line; empty where it begins otherwise."""
    first = next((each for each in texts(source) if each.kind == COMMENT), None)
    begins = first is not None and not source[: first.start].strip("# \n")
    return " ".join(first.text.split()) if first and begins else ""
