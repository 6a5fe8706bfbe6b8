"""What the roles of a text refer to: pages, and parts, formulas and terms that have been given names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from book.notebook.markdown.roles import ROLE, target_of
from book.notebook.markdown.tokens import excess, flat, tokens

PAGE, PART, FORMULA, TERM, ANY = "page", "part", "formula", "term", "page or part"
_WANTED = {"any": ANY, "doc": PAGE, "eq": FORMULA, "math:numref": FORMULA, "numref": PART, "ref": PART, "term": TERM}


@dataclass(frozen=True)
class Reference:
    """What a role of this name refers to; `wanted` is what that has to be: PAGE, PART, FORMULA, TERM or ANY."""

    role: str
    target: str
    wanted: str


def references(text: str) -> Iterator[Reference]:
    """What the roles of a Markdown text refer to, in order."""
    if "{" not in text or "`" not in text or excess(text):
        return
    for token in flat(tokens(text)):
        name = str(token.meta["name"]) if token.type == ROLE else ""
        wanted = _WANTED.get(name.lower().removeprefix("std:"))
        if wanted and (target := target_of(token.content)):
            yield Reference(name, target, wanted)


def as_label(name: str) -> str:
    """A name as Sphinx compares it with others: in small letters, with single blanks."""
    return " ".join(name.lower().split())
