"""What in a comment is meant for a tool, and not for people."""

from __future__ import annotations

import re

# What a comment that is meant for a tool begins with: checkers, formatters, editors, notebooks, Colab's forms, and what
# installs the packages that a script names (PEP 723, `/// script`).
DIRECTIVE = re.compile(
    r"(type:|(?i:noqa|nosec|nosonar|nopep8|noinspection|pragma|nbval[_-]|docs_infra|spdx-)"
    r"|(?:fmt|yapf|isort|flake8|pylint|mypy|pyright|ruff|black|cython|doctest|vim?|ex|ty|basedpyright|skipcq):|pyre[:-]"
    r"|(?:pytype|kate|codespell|cspell|spell-checker|autopep8):|sourcery skip|MAGIC(?: |$)|COMMAND -{3}"
    r"|Databricks notebook|(?:BEGIN|END) (?:(?:HIDDEN )?TESTS?|PROMPT|SOLUTION)\b|language=|sphinx_gallery_\w+\s*="
    r"|@\w*|%|!|\||-\*-|/{3}|\+(?=\s|$)"
    r"|(?:end)?region\b|<(?:code|markdown)cell>|In ?\[[\d ]*\]"
    r"|(?:exporti?|(?:hide|collapse)(?:[_-](?:input|output|show|hide))?|default_exp\s\S+)\s*$)"
)
FIELD = re.compile(r"#\s*@param\b")  # behind a value that readers choose in one of Colab's forms
# Wherever they stand.
_FORM = re.compile(r"@(?:title|param|markdown)\b|coding[:=]\s*[-\w.]+|pylint:\s*\w+|\bvim?:\s*\w+", re.IGNORECASE)


def tool_marks(comment: str) -> list[str]:
    """What in a comment (without its `#`) tools would obey: at its start, behind a further `#`, or anywhere."""
    parts = (part.strip() for part in re.split(r"[#\n]", comment))
    begun = [match[0] for part in parts if (match := DIRECTIVE.match(part))]
    return list(dict.fromkeys([*begun, *_FORM.findall(comment)]))
