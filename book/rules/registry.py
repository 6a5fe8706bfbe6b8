"""The registry: what a rule is, how it is registered, and how rules are asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, wraps
from inspect import cleandoc
from textwrap import indent
from typing import Protocol

from book.language.conventions import Conventions
from book.notebook.markdown.parts import Parts, parts
from book.notebook.markdown.prose import HOLE, emphasised, linked, prose_lines
from book.notebook.markdown.tokens import TooMuchError, excess
from book.notebook.texts import PROSE, Text
from book.terminal import one_line


@dataclass(frozen=True)
class Pair:
    """An English text and what a translation says for it; `conventions` is None where the language is not known."""

    text: Text
    translation: str
    conventions: Conventions | None = None

    @property
    def english(self) -> Parts:
        """The parts of the English text, which is prose."""
        return parts(self.text.text, self.text.definitions)

    @property
    def parts(self) -> Parts:
        """The parts of the translation, which is prose."""
        return parts(self.translation, self.text.definitions)

    @property
    def english_lines(self) -> list[str]:
        """The English words, a line each paragraph, heading, item or table cell."""
        return prose_lines(self.text.text, self.text.kind == PROSE)

    @property
    def lines(self) -> list[str]:
        """The translation's words, likewise."""
        return prose_lines(self.translation, self.text.kind == PROSE)

    @cached_property
    def own_lines(self) -> list[str]:
        """The translation's lines that are not taken over from the English, without titles that are."""
        return self._without_titles(line for line in self.lines if line not in self.english_lines)

    @cached_property
    def kept_lines(self) -> list[str]:
        """The lines that the translation takes over from the English, as references are, without titles."""
        return self._without_titles(line for line in self.lines if line in self.english_lines)

    @cached_property
    def translated_lines(self) -> list[str]:
        """The English lines that the translation does not take over, without titles that it does."""
        return self._without_titles(line for line in self.english_lines if line not in self.lines)

    def _without_titles(self, lines: Iterable[str]) -> list[str]:
        titles: list[str] = []
        if self.text.kind == PROSE:
            titles += [*emphasised(self.text.text), *linked(self.text.text), *linked(self.translation)]
        titles += (each.rstrip(".,") for each in _QUOTED.findall(self.text.text))
        both = self.text.text.casefold(), self.translation.casefold()
        kept = [title for title in titles if title.strip() and all(title.casefold() in text for text in both)]
        found = re.compile("|".join(map(re.escape, sorted(kept, key=len, reverse=True))) or "(?!)", re.IGNORECASE)
        return [found.sub(HOLE, line) for line in lines]


_QUOTED = re.compile('["“]([^"“”\\n]{4,})["”]')  # what a program says, for one
Check = Callable[[Pair], Iterator[str]]
ConventionsCheck = Callable[[Pair, Conventions], Iterator[str]]


@dataclass(frozen=True)
class Rule:
    """A rule with its name in messages; `source`: it asks for nothing but the text itself, so it holds for English."""

    name: str
    check: Check
    safety: bool
    source: bool

    @property
    def title(self) -> str:
        return self.name + (" (for readers' safety: a translation that breaks it is not shown)" if self.safety else "")

    @property
    def doc(self) -> str:
        return self.check.__doc__ or ""


RULES: list[Rule] = []


def rule(name: str, *kinds: str, safety: bool = False, source: bool = False) -> Callable[[Check], Check]:
    """Register a rule under `name` for texts of `kinds` (all if none is given)."""

    def register(check: Check) -> Check:
        @wraps(check)
        def checked(pair: Pair) -> Iterator[str]:
            if not kinds or pair.text.kind in kinds:
                yield from check(pair)

        RULES.append(Rule(name, checked, safety, source))
        return check

    return register


def conventions_rule(name: str, *kinds: str) -> Callable[[ConventionsCheck], ConventionsCheck]:
    """Register a rule that asks how the language is written; silent where the language is not known."""

    def register(check: ConventionsCheck) -> ConventionsCheck:
        @wraps(check)
        def checked(pair: Pair) -> Iterator[str]:
            if pair.conventions:
                yield from check(pair, pair.conventions)

        rule(name, *kinds)(checked)
        return check

    return register


def findings(
    text: Text, translation: str, rules: Iterable[Rule] | None = None, conventions: Conventions | None = None
) -> Iterator[tuple[str, str]]:
    """(message, rule) for everything that is wrong with `translation`."""
    if text.kind == PROSE and (fault := excess(text.text) or excess(translation)):
        yield fault, TooMuchError.rule
        return
    pair = Pair(text, translation, conventions)
    for each in RULES if rules is None else rules:
        yield from ((one_line(message), each.name) for message in each.check(pair))


def of_source(text: Text) -> Iterator[tuple[str, str]]:
    """(message, rule) for everything that is wrong with the English text itself."""
    yield from findings(replace(text, text=""), text.text, [each for each in RULES if each.source])


def safe(text: Text, translation: str) -> bool:
    """Can the translation be shown without changing what runs or what is linked?"""
    return next(findings(text, translation, [each for each in RULES if each.safety]), None) is None


class Documented(Protocol):
    """What the manual shows of a rule."""

    @property
    def title(self) -> str: ...

    @property
    def doc(self) -> str: ...


def as_manual(rules: Iterable[Documented]) -> str:
    """Every rule with its docstring."""
    return "\n\n".join(f"{each.title}\n{indent(cleandoc(each.doc), '    ')}" for each in rules)
