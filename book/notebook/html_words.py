"""HTML in Markdown without its words, which are translated: the tags with their attributes stay."""

from __future__ import annotations

import re

TAG = re.compile(r"<[^<>]*>")
_WORDS_IN_TAG = re.compile(r"""(?<=\s)(alt|title|aria-label|placeholder)=("[^"<>]*"|'[^'<>]*')""")
_NO_WORDS = re.compile(
    r"<(?:script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext|svg|math|!|\?)", re.IGNORECASE
)


def html_without_words(source: str) -> str:
    """The tags of HTML, without the words between them and in titles; all of it where that may be more than words."""
    left = TAG.sub("", source)
    if _NO_WORDS.search(source) or "<" in left or ">" in left:
        return source.strip()
    return "".join(_WORDS_IN_TAG.sub(r"\1", tag) for tag in TAG.findall(source))
