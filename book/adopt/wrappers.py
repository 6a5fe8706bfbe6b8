"""Elements of HTML that only say in which direction or language a text runs: the site does that itself."""

from __future__ import annotations

import re

_TAG = re.compile(r"<(/?)(div|p|section|span|font|bdi)\b([^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\s*([\w:-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_DIRECTION_STYLE = re.compile(r"(?:\s*(?:direction\s*:\s*(?:rtl|ltr)|text-align\s*:\s*(?:right|left|start))\s*;?)+\s*")
_ONLY_WITH_OTHERS = {"markdown", "class", "align"}  # say nothing of a direction by themselves


def without_wrappers(text: str, english: str) -> str:
    """The text without elements around parts of it that only set direction or language, as some notebooks have them.

    Where the English text has such elements too, all stay.
    """
    if any(_sets_direction(match[3]) for match in _TAG.finditer(english)):
        return text
    opened: list[re.Match[str]] = []
    dropped: list[tuple[int, int]] = []
    for match in _TAG.finditer(text):
        if not match[1]:
            opened.append(match)
        elif opened and opened[-1][2].lower() == match[2].lower():
            begun = opened.pop()
            if _sets_direction(begun[3]):
                dropped += [begun.span(), match.span()]
    for start, end in sorted(dropped, reverse=True):
        text = text[:start] + text[end:]
    return re.sub(r"\n[ \t]*\n(?:[ \t]*\n)+", "\n\n", text).strip() if dropped else text


def _sets_direction(attributes: str) -> bool:
    """Do the attributes set a direction or a language, and nothing else?"""
    found = {match[1].lower(): (match[2] or "").strip("\"'") for match in _ATTRIBUTE.finditer(attributes)}
    style = found.pop("style", "")
    if style and not _DIRECTION_STYLE.fullmatch(style):
        return False
    says = style or "dir" in found or "lang" in found or found.get("align") == "right"
    return bool(says) and found.keys() <= {"dir", "lang", *_ONLY_WITH_OTHERS}
