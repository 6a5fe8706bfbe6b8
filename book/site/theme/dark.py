"""Style rules for the dark on pages where no script runs: there the system chooses the theme, and not the reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2

_CHOSEN = re.compile(r"(?<!:not\()\[data-theme=[\"']?dark[\"']?\]")
_NOT_CHOSEN = ":not([data-theme])"


def dark(sheet: str) -> str:
    """The rules of a style sheet for the dark, for pages on which no script has chosen a theme."""
    return "\n".join(_rules(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)))


def alternatives(prelude: Iterable[Any]) -> list[list[Any]]:
    """A list of selectors, parted at its commas."""
    parts: list[list[Any]] = [[]]
    for token in prelude:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _rules(nodes: Iterable[Any]) -> Iterator[str]:
    for node in nodes:
        if node.type == "qualified-rule":
            heads = [tinycss2.serialize(each).strip() for each in alternatives(node.prelude)]
            if chosen := [_CHOSEN.sub(_NOT_CHOSEN, head) for head in heads if _CHOSEN.search(head)]:
                yield f"{','.join(chosen)}{{{tinycss2.serialize(node.content)}}}"
        elif node.type == "at-rule" and node.content is not None:
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            if made := "".join(_rules(inner)):
                yield f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}{{{made}}}"
