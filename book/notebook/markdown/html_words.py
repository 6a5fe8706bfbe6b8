"""HTML in Markdown without its words, which are translated: the tags with their attributes stay."""

from __future__ import annotations

import re
from collections.abc import Iterable

TAG = re.compile(r"<[^<>]*>")
_WORDS_IN_TAG = re.compile(r"""(?<=\s)(alt|title|aria-label|placeholder)=("[^"<>]*"|'[^'<>]*')""")
_NO_WORDS = re.compile(
    r"<(?:script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext|svg|math|!|\?)", re.IGNORECASE
)
_CODE = re.compile(r"<pre\b[^<>]*>.*?</pre\s*>", re.IGNORECASE | re.DOTALL)
_VALUE = r"""(?:"[^"<>]*"|'[^'"<>]*'|[^\s"'<>=`/]+)"""
_ATTRIBUTE = re.compile(rf"\s+([A-Za-z][\w:-]*)(?:=({_VALUE}))?", re.ASCII)
_PLAIN_TAG = re.compile(rf"<([A-Za-z][A-Za-z0-9]*)((?:{_ATTRIBUTE.pattern})*)\s*(/?)>", re.ASCII)
_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_VOID = {"area", "br", "col", "hr", "img", "input", "source", "wbr"}  # of these a closing slash says nothing


def html_without_words(source: str) -> str:
    """The tags of HTML, without the words between them and in titles; all of it where that may be more than words.

    Tags that say the same to a browser are the same, in whatever order and quotes their attributes are written. What
    stands in `<pre>` is code, and stays.
    """
    left = TAG.sub("", source)
    if _NO_WORDS.search(source) or "<" in left or ">" in left:
        return source.strip()
    tags = (_plain(_WORDS_IN_TAG.sub(r"\1", tag)) for tag in TAG.findall(source))
    return "".join([*tags, *_CODE.findall(source)])


def astray(parts: Iterable[str]) -> list[str]:
    """The tags that end what has not begun, and those that begin what does not end."""
    opened, found = list[tuple[str, str]](), list[str]()
    for tag in TAG.findall("".join(parts)):
        if not (match := _NAME.match(tag)) or match[2].lower() in _VOID or tag.endswith("/>"):
            continue
        if not match[1]:
            opened.append((match[2].lower(), tag))
        elif opened and opened[-1][0] == match[2].lower():
            opened.pop()
        else:
            found.append(tag)
    return [*found, *(tag for _, tag in opened)]


def _plain(tag: str) -> str:
    """The tag in one way of writing; as it is where that is not sure."""
    match = _PLAIN_TAG.fullmatch(tag)
    if not match:
        return tag
    name, slash = match[1].lower(), match[5]
    found = [(each[1].lower(), each[2] and each[2].strip("\"'")) for each in _ATTRIBUTE.finditer(match[2])]
    if len({attribute for attribute, _ in found}) < len(found):  # a browser takes the first one
        return tag
    written = (attribute if value is None else f'{attribute}="{value}"' for attribute, value in sorted(found, key=str))
    return f"<{' '.join([name, *written])}{'' if name in _VOID else slash}>"
