"""Extracted comments (`#.`): the hints that `sync` writes for translators, and what people have written among them."""

from __future__ import annotations

import re

from book.notebook.texts import ALT, COMMENT, FIGURE, INTERFACE, PROSE
from book.po.file_format import WIDTH

KINDS = (PROSE, COMMENT, FIGURE, ALT, INTERFACE)
_FORM = re.compile(rf"({'|'.join(KINDS)})(; .*)?|in: .*")


def kind_of(comment: str) -> str:
    """The kind of text that the hints name; empty where there are none."""
    kinds = (line.partition("; ")[0] for line in comment.split("\n"))
    return next((kind for kind in kinds if kind in KINDS), "")


def remarks(comment: str, hints: str = "") -> list[str]:
    """The lines of an extracted comment that people have written: those that are no part of `hints`, the hints of
    today, and have not the form of a hint, which may be one of earlier.
    """
    if comment == hints or not comment:
        return []
    found: list[str] = []
    hint = ""  # of earlier, in the line above
    for line in comment.split("\n"):
        said, today = " ".join(line.split()), " ".join(hints.split())
        if f" {said} " in f" {today} ":
            hint = ""
        elif _FORM.fullmatch(said) or _is_wrapped(hint, said):
            hint = said
        else:
            found.append(line.strip())
            hint = ""
    return found


def _is_wrapped(hint: str, line: str) -> bool:
    """Is `line` the rest of the hint above? A tool that wraps lines does so where the next word has no place."""
    return bool(hint) and len(f"#. {hint} {line.partition(' ')[0]}") > WIDTH
