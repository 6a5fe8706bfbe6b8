"""A language: its code, name and direction, from CLDR by way of Babel, and the scripts that it is written in."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError

from book.errors import ProjectError

ENGLISH = "en"  # that of the site's own texts; and of the pages, unless the book says otherwise
_CODE = re.compile(r"[a-z]{2,3}([_-][A-Z][a-z]{3})?([_-]([A-Z]{2}|\d{3}))?")  # language, script, place
_CALLED = re.compile(r"`[^`]*`|\bEnglish\b")


@dataclass(frozen=True)
class Language:
    """A language of the book; `code` is the folder's name and the `lang` attribute."""

    code: str

    @cached_property
    def locale(self) -> Locale:
        try:
            if _CODE.fullmatch(self.code):
                return Locale.parse(self.code, sep="-" if "-" in self.code else "_")
            reason = None
        except (UnknownLocaleError, ValueError) as error:
            reason = error
        hint = "name the folder by a language code that CLDR knows, such as `fr`, `pt_BR` or `sr_Latn`"
        raise ProjectError(f"unknown language `{self.code}`; {hint}", Path("translations", self.code)) from reason

    def is_another_than(self, code: str) -> bool:
        """Is `code` that of another language? A script or a place makes no other one, and what is no code is none."""
        try:
            return Language(code).locale.language != self.locale.language
        except ProjectError:
            return False

    @property
    def name(self) -> str:
        """The language's name in the language itself."""
        name = self.locale.get_display_name() or self.code
        return name[:1].upper() + name[1:]

    def named_in(self, text: str) -> str:
        """An English text that calls the pages' language English, with this language's name instead, save in code."""
        return _CALLED.sub(lambda found: self._english_name if found[0] == "English" else found[0], text)

    @cached_property
    def _english_name(self) -> str:
        return self.locale.get_language_name(ENGLISH) or self.code

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return self.locale.character_order.replace("left-to-right", "ltr").replace("right-to-left", "rtl")

    @property
    def is_latin(self) -> bool:
        """Is the language written in Latin letters? Told from its name in the language itself."""
        return all(unicodedata.name(letter).startswith("LATIN") for letter in self.name if letter.isalpha())

    @property
    def tag(self) -> str:
        """The BCP 47 tag for `lang` and `hreflang`."""
        return self.code.replace("_", "-")

    @cached_property
    def scripts(self) -> frozenset[str]:
        """The language's scripts by their Unicode names, told from CLDR's names of languages, places and scripts."""
        names = [self.locale.languages, self.locale.territories, self.locale.scripts]
        letters = (sign for each in names for name in each.values() for sign in name if sign.isalpha())
        counts = Counter(map(script, letters))
        return frozenset(each for each, number in counts.items() if number > counts.total() / 1000)


@lru_cache(maxsize=16)
def has_right_to_left(text: str) -> bool:
    """Has the text letters that run right to left?"""
    return any(unicodedata.bidirectional(each) in ("R", "AL") for each in text)


def script(letter: str) -> str:
    """The script of a letter: the first word of its Unicode name."""
    return unicodedata.name(letter, "UNNAMED").split()[0]


def greek_name(letter: str) -> str:
    """What a Greek letter is called, such as `gamma`; empty for any other."""
    start, _, name = unicodedata.name(letter, "").rpartition(" LETTER ")
    return name.casefold().replace("lamda", "lambda") if start.startswith("GREEK ") else ""
