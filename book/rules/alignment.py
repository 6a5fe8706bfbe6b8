"""Styles that say how text stands in its place and nothing more, as in the tables that pandas shows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import tinycss2

_PROPERTIES = {"font-style", "font-weight", "text-align", "vertical-align", "white-space"}
_OF_TABLES = re.compile(r"\.dataframe(?: +(?:thead|tbody|tr|th|td))*(?::only-of-type)?")  # the class that pandas gives


def aligns(css: str) -> bool:
    """Does the style of an element do no more?"""
    return _only_aligns(tinycss2.parse_blocks_contents(css))


def aligns_tables(css: str) -> bool:
    """Does a style sheet do no more, and that in tables of pandas alone?"""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return all(
        rule.type == "qualified-rule"
        and all(_OF_TABLES.fullmatch(each.strip()) for each in tinycss2.serialize(rule.prelude).split(","))
        and _only_aligns(tinycss2.parse_blocks_contents(rule.content))
        for rule in rules
    )


def _only_aligns(declarations: Iterable[Any]) -> bool:
    """No functions, addresses, comments or signs that readers of CSS take in more than one way."""
    return all(
        each.type == "whitespace"
        or (
            each.type == "declaration"
            and each.name in _PROPERTIES
            and not each.important
            and all(token.type in ("ident", "number", "whitespace") for token in each.value)
        )
        for each in declarations
    )
