"""Extracted comments (`#.`): the hints that `sync` writes for translators, and what people have written among them."""

from __future__ import annotations

import re

from book.notebook.texts import ALT, COMMENT, FIGURE, INTERFACE, PRINTED, PROSE

KINDS = (PROSE, COMMENT, FIGURE, PRINTED, ALT, INTERFACE)
_PLACE = re.compile(rf"({'|'.join(KINDS)})(; .*)?")
_CODE = re.compile("in: .*")
_WIDTH = 78  # at which tools break comments; gettext's own leave them


def kind_of(comment: str) -> str:
    """The kind of text that the hints name; empty where there are none."""
    kinds = (line.partition("; ")[0] for line in comment.split("\n"))
    return next((kind for kind in kinds if kind in KINDS), "")


def remarks(comment: str, hints: str = "") -> list[str]:
    """The lines of an extracted comment that people have written: those that are no part of `hints`, the hints of
    today, and do not look like the hints of an earlier day.
    """
    if comment == hints or not comment:
        return []
    if hints and (besides := _besides(comment, hints)) is not None:
        return besides
    today = f" {' '.join(hints.split())} "
    forms = [_PLACE] if kind_of(comment) in (PROSE, INTERFACE) else [_PLACE, _CODE]  # each at most once, in this order
    found, earlier = list[str](), ""  # the hint of an earlier day in the line above
    for line in comment.split("\n"):
        said = " ".join(line.split())
        form = next((form for form in forms if form.fullmatch(said)), None)
        if f" {said} " in today:
            earlier = ""
        elif form or _is_wrapped(earlier, said):
            earlier = said
            forms = forms[forms.index(form) + 1 :] if form else forms
        else:
            found.append(line.strip())
            earlier = ""
    return found


def _besides(comment: str, hints: str) -> list[str] | None:
    """The lines that stand among those of today's hints, however these are wrapped; None where hints are missing."""
    left, found = without_blanks(hints), list[str]()
    for line in comment.split("\n"):
        said = without_blanks(line)
        if said and left.startswith(said):
            left = left[len(said) :]
        elif said:
            found.append(line.strip())
    return None if left else found


def without_blanks(text: str) -> str:
    """A comment however it is wrapped: tools break lines at blanks, behind hyphens, or anywhere in long words."""
    return "".join(text.split())


def _is_wrapped(hint: str, line: str) -> bool:
    """Is `line` the rest of the hint above? A tool that wraps lines does so where the next word has no place."""
    return bool(hint) and len(f"#. {hint} {line.partition(' ')[0]}") > _WIDTH
