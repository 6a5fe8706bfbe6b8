"""MyST's roles that refer to something under a title: the title is words, and what they refer to stays."""

from __future__ import annotations

import re

ROLE = "myst_role"  # the token of one
# Those that show a title as plain words. `numref` is none of them: it puts numbers into its title as a template.
_REFERRING = {"any", "doc", "index", "ref", "term", "std:doc", "std:ref", "std:term"}
_TITLED = re.compile(r"(?!!)(.+?)\s*<(.*?)>", re.DOTALL)  # as Sphinx has it; behind `!` it makes no link


def without_title(name: str, content: str) -> str:
    """What stands in a role of that name, without the words of its title, if it can have one."""
    titled = _TITLED.fullmatch(content) if name.lower() in _REFERRING else None
    return f"<{titled[2]}>" if titled else content


def target_of(content: str) -> str:
    """What the content of such a role refers to; empty where it makes no link."""
    titled = _TITLED.fullmatch(content)
    return titled[2] if titled else "" if content.startswith("!") else content
