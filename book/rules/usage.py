"""How a language is written: its glossary and its conventions, from the files in its folder, and its scripts."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from book.errors import ProjectError
from book.project import Language, Project
from book.rules.glossary import Term, folded, read_glossary

_KEYS = {"quotes", "no-space-before", "instead", "avoid", "keep-with-next"}


@dataclass(frozen=True)
class Usage:
    """What is customary in a language. What its folder does not say is neither checked nor done."""

    language: Language
    terms: tuple[Term, ...] = ()
    quotes: str = ""  # the quotation marks that it uses
    no_space_before: str = ""  # signs, besides comma and full stop
    instead: tuple[tuple[str, str], ...] = ()  # (sign, the sign that does its work after the language's own letters)
    avoid: tuple[tuple[re.Pattern[str], str], ...] = ()  # (what is wrong, what to do)
    keep_with_next: str = ""  # words of one letter that no line ends with

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the glossary's translations, folded."""
        return frozenset(folded(word) for term in self.terms for word in term.translation.split())

    @cached_property
    def scripts(self) -> frozenset[str]:
        """The language's scripts by their Unicode names, told from CLDR's names of languages, places and scripts."""
        locale = self.language.locale
        names = "".join([*locale.languages.values(), *locale.territories.values(), *locale.scripts.values()])
        counts = Counter(script(letter) for letter in names if letter.isalpha())
        return frozenset(each for each, number in counts.items() if number > counts.total() / 1000)


def usage(project: Project, language: Language) -> Usage:
    """The usage of a language of the book, from `glossary.csv` and `conventions.toml`.

    Raises ProjectError where a file cannot be read.
    """
    glossary, conventions = usage_files(project, language)
    return Usage(language, terms=read_glossary(glossary), **_conventions(conventions))


def usage_files(project: Project, language: Language) -> tuple[Path, Path]:
    """The files that tell a language's usage, which need not be there: its glossary and its conventions."""
    folder = project.root / "translations" / language.code
    return folder / "glossary.csv", folder / "conventions.toml"


def kept_with_next(project: Project, language: Language) -> str:
    """`Usage.keep_with_next` alone, without the glossary. Raises ProjectError where the conventions cannot be read."""
    return str(_conventions(usage_files(project, language)[1]).get("keep_with_next", ""))


def keep_together(text: str, letters: str) -> str:
    """`text` with a no-break space behind each word that is one of `letters`, `Usage.keep_with_next`."""
    return re.sub(rf"(?<!\w)([{re.escape(letters)}])\s", "\\1\u00a0", text, flags=re.IGNORECASE) if letters else text


def script(letter: str) -> str:
    """The script of a letter: the first word of its Unicode name."""
    return unicodedata.name(letter, "UNNAMED").split()[0]


def _conventions(path: Path) -> dict[str, Any]:
    """The fields of `Usage` that the file tells."""
    if not path.exists():
        return {}
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        if unknown := set(said) - _KEYS:
            raise ProjectError(f"has unknown keys {sorted(unknown)}; known are {sorted(_KEYS)}", path)
        return {
            "quotes": str(said.get("quotes", "")),
            "no_space_before": str(said.get("no-space-before", "")),
            "instead": tuple((sign, str(right)) for sign, right in said.get("instead", {}).items()),
            "avoid": tuple((re.compile(each["pattern"]), str(each["say"])) for each in said.get("avoid", [])),
            "keep_with_next": str(said.get("keep-with-next", "")),
        }
    except (OSError, ValueError, re.error, KeyError, TypeError, AttributeError) as error:
        raise ProjectError(f"cannot be read: {' '.join(str(error).split())}; mend it", path) from error
