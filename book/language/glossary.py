"""A language's glossary: which English terms have which renderings.

`glossary.csv` has the columns `english`, `translation`, `note` and `forms`. A translation is looked for by the stems of
its words, so that inflected words are found. `forms` says what else may stand there (`kanal|kanał`: beginnings or parts
of words, any of which will do), or `*`: this term is not checked.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from book import limits
from book.errors import BookError, ProjectError
from book.files import LANGUAGE_DATA, is_there, read_text
from book.language.invisible import hidden_in, named

GLOSSARY = "glossary.csv"  # in the folder of a language; it need not be there
COLUMNS = ("english", "translation", "note", "forms", "also")
FREE = "*"
# What may stand between the parts of a compound and need not: hyphens of all kinds, and signs that cannot be seen.
_JOINTS = dict.fromkeys(map(ord, "-\u00ad\u2010\u2011\u200b\u200c\u2060"))
_SHORT = 3  # letters: a word as short as this has no ending to drop
_VOWEL_MARKS = range(27, 36)  # the combining classes of Arabic vowel marks, which may be left out


@dataclass(frozen=True)
class Term:
    """An English term in its spellings, its translation, and the stems of the renderings; none if it is free."""

    english: tuple[str, ...]
    translation: str
    stems: tuple[tuple[str, ...], ...]  # any of these, each with all of its parts
    also: tuple[str, ...] = ()

    def synonyms(self) -> Iterator[tuple[str, str]]:
        """What readers may say for it, each with what the book says: English, unless the term is free, and other words.

        Of several renderings an English spelling has its own, if there is one for each.
        """
        renderings = _renderings(self.translation)
        each_own = len(renderings) == len(self.english)
        for number, english in enumerate(self.english if self.stems else ()):
            yield english, renderings[number if each_own else 0]
        for other in self.also:
            yield other, renderings[0]

    def stands_in(self, text: str) -> bool:
        """Is one of the renderings in `text` (see `folded`), joined or parted as compounds may be?"""
        if not self.stems or any(all(stem in text for stem in each) for each in self.stems):
            return True
        joined = text.translate(_JOINTS)
        return any(all(stem.translate(_JOINTS) in joined for stem in each) for each in self.stems)


@dataclass(frozen=True)
class Glossary:
    """A glossary as far as it can be read: its rows as they stand, their terms, and what is wrong with it."""

    rows: tuple[dict[str, str], ...] = ()
    terms: tuple[Term, ...] = ()
    faults: tuple[BookError, ...] = ()


def read_glossary(path: Path) -> Glossary:
    """The glossary; an empty one if there is no file.

    A row without a term has none; one that is too long, or has what cannot be seen, is left out. `faults` names them.
    """
    rows, terms, faults = list[dict[str, str]](), list[Term](), list[BookError]()
    try:
        for line, row in _rows(path):
            if max(map(len, row.values())) > limits.FIELD:
                message = f"has a field of more than {limits.FIELD:,} characters; shorten it"
                faults.append(ProjectError(message, path, line))
                continue
            if hidden := hidden_in("\n".join(row.values())):
                faults.append(ProjectError(f"{named(min(hidden))} cannot be seen; remove it", path, line))
                continue
            rows.append(row)
            try:
                terms.append(_term(row, path, line))
            except ProjectError as error:
                faults.append(error)
    except BookError as error:
        faults.append(error)
    return Glossary(tuple(rows), tuple(terms), tuple(faults))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows as they stand, each with the number of its last line. Raises ProjectError where there are no more."""
    if not is_there(path):
        return
    table = csv.DictReader(io.StringIO(read_text(path, LANGUAGE_DATA).removeprefix("\ufeff"), newline=""), strict=True)
    try:
        if not {"english", "translation"} <= set(table.fieldnames or []):
            raise ProjectError(f"its first line must name the columns {','.join(COLUMNS)}", path)
        for number, row in enumerate(table):
            if number >= limits.TERMS:
                raise ProjectError(f"has more than {limits.TERMS:,} terms; leave some out", path, table.line_num)
            yield table.line_num, {name: row.get(name) or "" for name in COLUMNS}
    except csv.Error as error:
        raise ProjectError(f"cannot be read: {error}; mend it", path, table.line_num) from error


def terms_in(text: str, terms: tuple[Term, ...]) -> Iterator[Term]:
    """The terms that an English text uses; of `batch norm` it is not also `batch`."""
    by_name = {name: term for term in terms for name in term.english}
    found = {by_name[" ".join(match[1].split())] for match in _pattern(tuple(by_name)).finditer(text.casefold())}
    yield from sorted(found, key=lambda term: term.english)


def folded(text: str) -> str:
    """A text for comparison: without case, and without vowel marks that may be left out."""
    kept = (c for c in text.casefold() if unicodedata.combining(c) not in _VOWEL_MARKS)
    return unicodedata.normalize("NFC", "".join(kept)).replace("i\u0307", "i")  # Turkish İ folds to two characters


@lru_cache(maxsize=64)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    either = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first)
    return re.compile(rf"(?<![\w-])({either or '(?!)'})(?:s|es|d)?(?![\w-])")


def _term(row: dict[str, str], path: Path, line: int) -> Term:
    """The term of a row. Raises ProjectError where it has none."""
    english, translation, forms = row["english"], row["translation"], row["forms"]
    without_remarks = re.sub(r"\([^)]*\)", "", english)
    parts = (re.sub(r"^to ", "", " ".join(each.split()).casefold()) for each in without_remarks.split("/"))
    names = tuple(each for each in parts if each)
    if not names or not translation.strip():
        raise ProjectError("needs an English term and a translation in each line", path, line)
    also = tuple(each.strip() for each in row["also"].split("|") if each.strip())
    if forms == FREE or (not forms and without_remarks != english):
        return Term(names, translation, (), also)
    stems = [tuple(_stem(word) for word in each.split()) for each in _renderings(translation)]
    stems += [tuple(folded(each).split()) for each in forms.split("|") if each]
    return Term(names, translation, tuple(stems), also)


def _renderings(translation: str) -> list[str]:
    return re.split(r"\s*/\s*", re.sub(r"\([^)]*\)", "", translation).strip())


def _stem(word: str) -> str:
    """What is left of a word in every inflection; short enough rather to miss a fault than to see one that is none."""
    word = folded(word)
    return word if len(word) <= _SHORT else word[: max(_SHORT, len(word) - max(2, len(word) // 3))]
