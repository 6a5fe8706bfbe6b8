"""Characters that cannot be seen, and where a spelling or an emoji needs them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Set
from functools import lru_cache
from itertools import islice, takewhile

import regex

from book.language.language import has_right_to_left

ZWNJ, ZWJ, ZWSP, WORD_JOINER, SOFT_HYPHEN = "\u200c", "\u200d", "\u200b", "\u2060", "\u00ad"
MARKS_OF_DIRECTION = "\u200e\u200f\u061c"
SELECTORS = "\ufe0e\ufe0f"
NEEDED = {ZWNJ, ZWJ, ZWSP, WORD_JOINER, SOFT_HYPHEN, *MARKS_OF_DIRECTION, *SELECTORS}  # each in its place

# No format characters, yet nothing to see.
_BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc\ufffd"
# Scripts whose letters join or stack, and whose spelling parts or joins them (the first words of their letters' names).
_JOINING = {
    *("ARABIC", "SYRIAC", "MONGOLIAN", "NKO", "MANDAIC", "THAANA", "ADLAM", "HANIFI", "PSALTER", "SOGDIAN"),
    *("DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA"),
    *("KHMER", "MYANMAR", "TIBETAN", "BALINESE", "JAVANESE"),
}
_WITHOUT_SPACES = {
    *("KHMER", "THAI", "LAO", "MYANMAR", "TIBETAN", "BALINESE", "JAVANESE", "TAI", "CJK", "HIRAGANA", "KATAKANA"),
}
_KEYCAP, _KEYS = "\u20e3", set("0123456789#*")
# The flags of regions: a black flag, small letters and digits as tags, and the tag that ends them.
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f")
_TAGS, _LONGEST_FLAG = {chr(code) for code in range(0xE0020, 0xE0080)}, 8
# Forms of one letter: of Han letters, as names of people and places have them, and of Mongolian ones.
_HAN_FORMS = {chr(code) for code in (*range(0xFE00, 0xFE03), *range(0xE0100, 0xE01F0))}
_MONGOLIAN_FORMS = set("\u180b\u180c\u180d\u180e\u180f")
_DEPENDS_ON_PLACE = NEEDED | _TAGS | _HAN_FORMS | _MONGOLIAN_FORMS
_VIRAMA = 9  # the combining class of signs that take a letter its vowel
_EMOJI = regex.compile(r"[\p{Emoji}--[0-9#*]]", regex.V1)
_ENDS = frozenset("\n\t\r")  # of lines and columns
_NEAR = 3  # a digit or a sign such as ` may stand between a joiner and the letter to which it belongs


def hidden_in(text: str, but: Set[str] = _ENDS) -> set[str]:
    """The characters, save for those in `but`, that cannot be seen and somewhere in the text are of no use."""
    doubtful = {each for each in set(text) - but if each in _DEPENDS_ON_PLACE or _is_blank(each)}
    return {each for at, each in enumerate(text) if each in doubtful and _is_hidden(text, at)} if doubtful else set()


def named(character: str) -> str:
    """A character that cannot be seen, as a message names it."""
    return f"U+{ord(character):04X} ({unicodedata.name(character, 'control')})"


def _is_hidden(text: str, at: int) -> bool:
    """Can the character at `at` not be seen, and is it of no use where it stands?"""
    character = text[at]
    if character in NEEDED or character in _TAGS:
        return not _is_needed(text, at)
    if character in _HAN_FORMS or character in _MONGOLIAN_FORMS:
        return _script_near(text[at - 1 : at] if at else "") != ("CJK" if character in _HAN_FORMS else "MONGOLIAN")
    return _is_blank(character)


@lru_cache(maxsize=1 << 12)
def _is_blank(character: str) -> bool:
    variation = unicodedata.name(character, "").startswith("VARIATION SELECTOR")
    return unicodedata.category(character) in ("Cf", "Cc", "Cn", "Co", "Zl", "Zp") or character in _BLANKS or variation


def _is_needed(text: str, at: int) -> bool:
    character, before, after = text[at], text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if character in _TAGS:
        around = _FLAG.finditer(text, max(0, at - _LONGEST_FLAG), at + _LONGEST_FLAG)
        return any(flag.start() < at < flag.end() for flag in around)
    if character in SELECTORS:
        return _is_symbol(before) or (before in _KEYS and after == _KEYCAP)
    if character in MARKS_OF_DIRECTION:
        return has_right_to_left(text)
    if character == ZWJ and _is_symbol(before) and _is_symbol(after):
        return True
    if {before, after} & NEEDED:
        return False  # two of them in a row say no more than one
    if before and unicodedata.combining(before) == _VIRAMA and character in (ZWNJ, ZWJ):
        return True  # also where the word ends (UAX 31, A1 and A2)
    if character == SOFT_HYPHEN:
        return before.isalpha() and after.isalpha()
    scripts = {_script_near(reversed(text[max(0, at - _NEAR) : at])), _script_near(text[at + 1 : at + 1 + _NEAR])}
    if character in (ZWSP, WORD_JOINER):
        return bool(scripts & _WITHOUT_SPACES)
    return bool(scripts & _JOINING) and bool(before.strip()) and bool(after.strip())


def _script_near(characters: Iterable[str]) -> str:
    """The script of the first letter or mark among the next few characters, empty if there is none before a blank."""
    near = takewhile(lambda each: not each.isspace(), islice(characters, _NEAR))
    letter = next((each for each in near if unicodedata.category(each)[0] in "LM"), "")
    return unicodedata.name(letter, " ").split(" ")[0] if letter else ""


def _is_symbol(character: str) -> bool:
    """May the character stand in an emoji sequence?"""
    if not character:
        return False
    if unicodedata.category(character) in ("So", "Sk", "Sm") or character in SELECTORS:
        return True
    return bool(_EMOJI.fullmatch(character))
