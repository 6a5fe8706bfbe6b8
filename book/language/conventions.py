"""How a language is written: its glossary and its conventions, from the files in its folder."""

from __future__ import annotations

import math
import re
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import regex

from book import limits
from book.errors import ProjectError
from book.files import CONVENTIONS, is_there, read_text
from book.language.glossary import GLOSSARY, Term, folded, read_glossary
from book.language.language import Language

CONVENTIONS_FILE = "conventions.toml"  # in the folder of a language; it need not be there
_KEYS = {"quotes", "no-space-before", "instead", "avoid", "keep-with-next"}
_REPEATED = re.compile(r"\{(\d*)(?:,(\d*))?\}")


@dataclass
class Mistake:
    """A mistake to avoid: a regular expression that finds it, in a limited time for all texts, and what to do.

    The package `regex` rather than `re`: it can be told to stop, and knows all that `re` knows.
    """

    pattern: regex.Pattern[str]
    advice: str
    file: Path
    line: int
    seconds_left: float = field(default_factory=lambda: limits.SECONDS)

    def found_in(self, line: str) -> list[str]:
        """Where `line` makes the mistake. Raises ProjectError where looking for it takes too long."""
        start = time.process_time()
        try:
            found = self.pattern.finditer(line, timeout=max(self.seconds_left, 0.001))
            return [match[0] for match in found if match[0]]
        except TimeoutError as error:
            message = f"the pattern `{self.pattern.pattern}` takes too long; repeat nothing that is repeated already"
            raise ProjectError(message, self.file, self.line) from error
        finally:
            self.seconds_left -= time.process_time() - start


@dataclass(frozen=True)
class Conventions:
    """What is customary in a language. What its folder does not say is neither checked nor done."""

    language: Language
    terms: tuple[Term, ...] = ()
    quotes: str = ""  # the quotation marks that it uses
    no_space_before: str = ""  # signs, besides comma and full stop
    instead: tuple[tuple[str, str], ...] = ()  # (sign, the sign that does its work after the language's own letters)
    avoid: tuple[Mistake, ...] = ()
    keep_with_next: str = ""  # words of one letter that no line ends with

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the glossary's translations, folded."""
        return frozenset(folded(word) for term in self.terms for word in term.translation.split())


def read_conventions(language: Language, folder: Path) -> Conventions:
    """The conventions of a language of the book, from `glossary.csv` and `conventions.toml` in its folder.

    Raises ProjectError where a file cannot be read.
    """
    return Conventions(language, terms=read_glossary(folder / GLOSSARY), **_fields(folder / CONVENTIONS_FILE))


def read_keep_with_next(folder: Path) -> str:
    """`Conventions.keep_with_next` alone, without the glossary. Raises ProjectError where it cannot be read."""
    return str(_fields(folder / CONVENTIONS_FILE).get("keep_with_next", ""))


def _fields(path: Path) -> dict[str, Any]:
    """The fields of `Conventions` that the file tells."""
    if not is_there(path):
        return {}
    text = read_text(path, CONVENTIONS)
    try:
        settings = tomllib.loads(text)
        if unknown := set(settings) - _KEYS:
            raise ProjectError(f"has unknown keys {sorted(unknown)}; known are {sorted(_KEYS)}", path)
        return {
            "quotes": _signs(settings.get("quotes", ""), "quotes"),
            "no_space_before": _signs(settings.get("no-space-before", ""), "no-space-before"),
            "instead": tuple(_instead(settings.get("instead", {}))),
            "avoid": tuple(_avoided(settings.get("avoid", []), path, text)),
            "keep_with_next": _signs(settings.get("keep-with-next", ""), "keep-with-next"),
        }
    except RecursionError as error:
        raise ProjectError("cannot be read: it is nested too deeply; mend it", path) from error
    except ValueError as error:
        raise ProjectError(f"cannot be read: {' '.join(str(error).split())}; mend it", path) from error


def _signs(value: Any, name: str) -> str:
    if not isinstance(value, str) or len(value) > limits.SIGNS:
        raise ValueError(f"`{name}` is no text of up to {limits.SIGNS} signs")
    return value


def _instead(signs: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(signs, dict) or len(signs) > limits.SIGNS:
        raise ValueError(f"`instead` is no table of up to {limits.SIGNS} signs")
    yield from ((_signs(sign, "instead"), _signs(right, f"instead.{sign}")) for sign, right in signs.items() if sign)


def _avoided(entries: Any, path: Path, text: str) -> Iterator[Mistake]:
    if not isinstance(entries, list) or len(entries) > limits.PATTERNS:
        raise ValueError(f"`avoid` is no list of up to {limits.PATTERNS} patterns")
    for entry in entries:
        match entry:
            case {"pattern": str(pattern), "say": str(advice)}:
                yield _mistake(pattern, advice, path, text)
            case _:
                raise ValueError("an entry of `avoid` has no text `pattern` or none `say`")


def _mistake(pattern: str, advice: str, path: Path, text: str) -> Mistake:
    line = text[: max(text.find(pattern), 0)].count("\n") + 1
    try:
        return Mistake(_compiled(pattern), advice, path, line)
    except (regex.error, ValueError, OverflowError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise ProjectError(f"cannot be read: the pattern `{pattern}`: {reason}; mend it", path, line) from error


def _compiled(pattern: str) -> regex.Pattern[str]:
    """The regular expression, unless compiling it could take without end."""
    if len(pattern) > limits.PATTERN:
        raise ValueError(f"it has more than {limits.PATTERN} characters")
    repeated = math.prod(max(int(most or least or 1), 1) for least, most in _REPEATED.findall(pattern))
    if repeated > limits.REPEATED:
        raise ValueError(f"its repetitions, multiplied, are more than {limits.REPEATED:,}")
    return regex.compile(pattern)
