"""What in a comment is meant for a tool, and not for people."""

from __future__ import annotations

import re

# What a comment that is meant for a tool begins with: checkers, formatters, editors, notebooks, Colab's forms.
DIRECTIVE = re.compile(
    r"(type:|(?i:noqa|nosec|pragma|nbval[_-]|docs_infra|spdx-)"
    r"|(?:fmt|yapf|isort|flake8|pylint|mypy|pyright|pyre|ruff|black|cython|doctest|vim?|ex):"
    r"|@\w*|%|!|\||-\*-|(?:end)?region\b|<(?:code|markdown)cell>|In ?\[[\d ]*\]|(?:exporti?|hide|default_exp\s\S+)\s*$)"
)
_FORM = re.compile(r"@(?:title|param|markdown)\b|coding[:=]\s*[-\w.]+", re.IGNORECASE)  # wherever they stand


def tool_marks(comment: str) -> list[str]:
    """What in a comment (without its `#`) tools would obey: at its start, behind a further `#`, or anywhere."""
    parts = (part.strip() for part in re.split(r"[#\n]", comment))
    begun = [match[0] for part in parts if (match := DIRECTIVE.match(part))]
    return list(dict.fromkeys([*begun, *_FORM.findall(comment)]))
