"""Rules about letters: the language's own, composed as Unicode wants them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from book.language.conventions import Conventions
from book.language.language import greek_name, script
from book.rules.registry import Pair, conventions_rule, rule

_CJK = "CJK"
_BESIDE_HAN = {"IDEOGRAPHIC", "FULLWIDTH"}  # signs of repeating; Latin letters of a Han letter's width
_ANYWHERE = {"LATIN", "FEMININE", "MASCULINE", "MODIFIER", "COMBINING"}  # Latin: names and terms; ª º ʼ


@rule("nfc", source=True)
def composed(pair: Pair) -> Iterator[str]:
    """Letters are composed (Unicode NFC), so that searching finds them.

    Bad: e followed by U+0301
    Good: é
    """
    if words := [each for each in pair.translation.split() if not unicodedata.is_normalized("NFC", each)]:
        more = f" and {len(words) - 1} more words are" if words[1:] else " is"
        looks_alike = unicodedata.normalize("NFC", words[0])
        yield f"`{words[0]}`{more} not in Unicode NFC; write the letters so, which look the same: `{looks_alike}`"


@conventions_rule("script")
def own_script(pair: Pair, conventions: Conventions) -> Iterator[str]:
    """Letters are of the language's script, Latin, or in the English text: no look-alikes from elsewhere.

    Bad: Mittelwert with a Cyrillic е
    Good: Mittelwert
    """
    scripts = conventions.language.scripts
    fitting = scripts | _ANYWHERE | (_BESIDE_HAN if _CJK in scripts else set())
    for letter in sorted(set("".join(pair.lines)) - set(pair.text.text)):
        if letter.isalpha() and script(letter) not in fitting and not _is_named(letter, pair.text.text):
            yield f"U+{ord(letter):04X} `{letter}` ({unicodedata.name(letter, '?')}) is no letter of the language"


def _is_named(letter: str, text: str) -> bool:
    """Is it γ where the text says gamma?"""
    name = greek_name(letter)
    return bool(name and re.search(rf"\b{name}s?\b", text, re.IGNORECASE))
