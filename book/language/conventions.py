"""How a language is written: its glossary, conventions and note on style, from the files in its folder.

What of these files cannot be read is left out, and told: a language does not need them to be shown.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any
from unicodedata import category

import regex

from book import limits
from book.entities import unescaped
from book.errors import BookError, ProjectError
from book.expressions import compiled
from book.files import CONVENTIONS, STYLE_NOTE, is_there, read_text
from book.language.glossary import GLOSSARY, Term, folded, read_glossary
from book.language.invisible import hidden_in, named
from book.language.language import Language

CONVENTIONS_FILE, STYLE = "conventions.toml", "STYLE.md"  # in the folder of a language; they need not be there
_SIGN = 3  # characters, at most
_KEYS = {"quotes", "no-space-before", "instead", "avoid", "keep-with-next"}


@dataclass
class Mistake:
    """A mistake to avoid: a regular expression that finds it, in a limited time for all texts, and what to do."""

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
    glossary: tuple[dict[str, str], ...] = ()  # its rows as they stand
    style: str = ""  # what people are told, in Markdown
    faults: tuple[BookError, ...] = ()  # what could not be read, and is left out

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the glossary's translations, folded."""
        return frozenset(folded(word) for term in self.terms for word in term.translation.split())


def read_conventions(language: Language, folder: Path) -> Conventions:
    """The conventions of a language of the book, from the files in its folder."""
    glossary = read_glossary(folder / GLOSSARY)
    faults = list(glossary.faults)
    style, fields = _style(folder / STYLE, faults), _fields(folder / CONVENTIONS_FILE, faults)
    return Conventions(language, glossary.terms, **fields, glossary=glossary.rows, style=style, faults=tuple(faults))


def _style(path: Path, faults: list[BookError]) -> str:
    try:
        text = read_text(path, STYLE_NOTE) if is_there(path) else ""
        for number, line in enumerate(text.split("\n"), 1):
            if hidden := hidden_in(unescaped(line)):
                raise ProjectError(f"{named(min(hidden))} cannot be seen; remove it", path, number)
        return text
    except BookError as error:
        faults.append(error)
        return ""


def _fields(path: Path, faults: list[BookError]) -> dict[str, Any]:
    """The fields of `Conventions` that the file tells; what is wrong with the others is added to `faults`."""
    try:
        text = read_text(path, CONVENTIONS) if is_there(path) else ""
        settings = tomllib.loads(text)
    except BookError as error:
        faults.append(error)
        return {}
    except (ValueError, RecursionError) as error:
        faults.append(_unreadable(error, path))
        return {}
    if unknown := set(settings) - _KEYS:
        faults.append(ProjectError(f"has unknown keys {sorted(unknown)}; known are {sorted(_KEYS)}", path))
    readers: dict[str, Callable[[Any], Any]] = {
        "quotes": partial(_signs, name="quotes"),
        "no-space-before": partial(_signs, name="no-space-before"),
        "instead": lambda signs: tuple(_instead(signs)),
        "avoid": lambda entries: tuple(_avoided(entries, path, text)),
        "keep-with-next": partial(_signs, name="keep-with-next"),
    }
    fields = {}
    for key in readers.keys() & settings.keys():
        try:
            fields[key.replace("-", "_")] = readers[key](settings[key])
        except ProjectError as error:
            faults.append(error)
        except ValueError as error:
            faults.append(_unreadable(error, path))
    return fields


def _unreadable(error: Exception, path: Path) -> ProjectError:
    said = "it is nested too deeply" if isinstance(error, RecursionError) else " ".join(str(error).split())
    return ProjectError(f"cannot be read: {said}; mend it", path)


def _signs(value: Any, name: str) -> str:
    if not isinstance(value, str) or len(value) > limits.SIGNS:
        raise ValueError(f"`{name}` is no text of up to {limits.SIGNS} signs")
    return value


def _instead(signs: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(signs, dict) or len(signs) > limits.SIGNS:
        raise ValueError(f"`instead` is no table of up to {limits.SIGNS} signs")
    for sign, right in signs.items():
        if not (_is_sign(sign) and _is_sign(right)):
            raise ValueError(f"`instead` has something other than signs: `{sign}`")
        yield sign, right


def _is_sign(value: Any) -> bool:
    """Is it a sign or a few, such as `...`? Those of the language also stand in what a page says of itself."""
    return isinstance(value, str) and 0 < len(value) <= _SIGN and all(category(each)[0] in "PS" for each in value)


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
        return Mistake(compiled(pattern), advice, path, line)
    except ValueError as error:
        reason = " ".join(str(error).split())
        raise ProjectError(f"cannot be read: the pattern `{pattern}`: {reason}; mend it", path, line) from error
