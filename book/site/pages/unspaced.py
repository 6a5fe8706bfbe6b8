"""Scripts whose words have no spaces between them: for the search index each of their letters is a word of its own.

Pagefind parts words at spaces. The ones put in here stand behind a word joiner, which it shows and does not index, so
that `search.js` can take them out of what it quotes. There a query is parted in the same way, and asked as a phrase.
In phrases Pagefind mixes up letters that only marks tell apart, as ハ and バ: what has marks is spelled in Latin
letters, behind a sign that it does not index either, and `search.js` reads that back.

Words that hyphens join are parted too: Pagefind has no other forms of the second of them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import regex

BREAK = "\u2060 "  # a word joiner, and the space that parts
SPELLED = "\u2061"  # stands before what is spelled
# As in search-words.js. Scripts that put something else between words, as Tibetan does, are here as well.
_SCRIPTS = (
    *("Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar", "Tibetan", "Balinese", "Javanese"),
    *("Tai_Le", "New_Tai_Lue", "Tai_Tham", "Tai_Viet"),
)
_LETTER = "(?=[" + "".join(rf"\p{{scx={name}}}" for name in _SCRIPTS) + r"])[\p{L}\p{N}]\p{M}*"
_PIECE = regex.compile(
    rf"(?P<tag><[^>]+>)|(?P<letter>{_LETTER})|(?P<space>\s+)|(?P<word>[\p{{L}}\p{{M}}\p{{N}}_])|.", regex.DOTALL
)
_JOINED = regex.compile(r"<[^>]+>(*SKIP)(*FAIL)|(?<=\p{L}\p{M}*-)(?=\p{L})")
_DIGITS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def has_unspaced(text: str) -> bool:
    """Has the text letters of such a script?"""
    return bool(regex.search(_LETTER, text))


def without_unspaced(text: str) -> str:
    """The text with a blank in the place of each letter of such a script."""
    return str(regex.sub(_LETTER, " ", text))


def parted(html: str) -> str:
    """The HTML with a break beside each letter of such a script, and after a hyphen, where a word would else go on."""
    spaced = _JOINED.sub(BREAK, html)
    return "".join(_pieces(spaced)) if has_unspaced(spaced) else spaced


def _pieces(html: str) -> Iterator[str]:
    before = "space"
    for match in _PIECE.finditer(html):
        kind = match.lastgroup or "sign"
        if (kind == "letter" and before != "space") or (kind == "word" and before == "letter"):
            yield BREAK
        yield _spelled(match[0]) if kind == "letter" else match[0]
        if kind != "tag":
            before = kind


def _spelled(letter: str) -> str:
    """The letter; one with marks as five letters from a to p for each of its characters."""
    if len(unicodedata.normalize("NFD", letter)) == 1:
        return letter
    return SPELLED + "".join(f"{ord(each):05x}" for each in letter).translate(_DIGITS)
