"""What a translation must keep of its source: a registry of small rules.

A rule is a generator over (text, translation) that yields what is wrong. Its docstring shows a bad and a good example.
A translation that breaks a rule marked `safety` is never shown: the English stands in its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from book.code import split_placeholders
from book.markdown import parts, values
from book.texts import COMMENT, FIGURE, INTERFACE, PROSE, Text

Check = Callable[[Text, str], Iterator[str]]

SCHEMES = {"", "http", "https", "mailto"}
_JOINERS = "\u200c\u200d"  # zero-width, but part of the spelling of Hindi and Persian words


@dataclass(frozen=True)
class Rule:
    name: str
    check: Check
    safety: bool

    @property
    def doc(self) -> str:
        return self.check.__doc__ or ""


RULES: list[Rule] = []


def rule(name: str, *, safety: bool = False) -> Callable[[Check], Check]:
    """Register a rule under `name`."""

    def register(check: Check) -> Check:
        RULES.append(Rule(name, check, safety))
        return check

    return register


def findings(text: Text, translation: str, rules: Iterable[Rule] | None = None) -> Iterator[tuple[str, str]]:
    """(message, rule) for everything that is wrong with `translation`."""
    for each in RULES if rules is None else rules:
        yield from ((message, each.name) for message in each.check(text, translation))


def safe(text: Text, translation: str) -> bool:
    """Can the translation be shown without changing what runs or what is linked?"""
    return next(findings(text, translation, [each for each in RULES if each.safety]), None) is None


def _differences(kind: str, source: list[str], target: list[str]) -> Iterator[str]:
    """What two lists do not share, in whatever order: word order differs between languages."""
    missing, added = Counter(source) - Counter(target), Counter(target) - Counter(source)
    yield from (f"{kind} `{each}` is missing; keep it as it is in English" for each in missing)
    yield from (f"{kind} `{each}` is not in the English text; remove it" for each in added)


def _compare(field: str, kind: str, text: Text, translation: str) -> Iterator[str]:
    if text.kind == PROSE:
        yield from _differences(kind, getattr(parts(text.text), field), getattr(parts(translation), field))


@rule("maths", safety=True)
def same_maths(text: Text, translation: str) -> Iterator[str]:
    r"""Formulas stay as they are.

    Bad: `$a \times b$` → `$a \mal b$`
    Good: `the mean $\mu$` → `Mittelwert $\mu$`
    """
    yield from _compare("maths", "formula", text, translation)


@rule("inline-code", safety=True)
def same_inline_code(text: Text, translation: str) -> Iterator[str]:
    """Code between backticks stays as it is.

    Bad: `axis=3` → `achse=3`
    Good: set `axis=3` → `axis=3` setzen
    """
    yield from _compare("code", "code", text, translation)


@rule("code-fence", safety=True)
def same_fences(text: Text, translation: str) -> Iterator[str]:
    """Blocks of code stay as they are.

    Bad: a fenced block with another line in it
    Good: the same block, other words around it
    """
    yield from _compare("fences", "code block", text, translation)


@rule("link", safety=True)
def same_links(text: Text, translation: str) -> Iterator[str]:
    """Links lead where the English ones lead; only their words are translated.

    Bad: [Group norm](group_norm.ipynb) → [Gruppennorm](gruppennorm.ipynb)
    Good: [Group norm](group_norm.ipynb) → [Gruppennorm](group_norm.ipynb)
    """
    yield from _compare("links", "link", text, translation)


@rule("markup", safety=True)
def same_markup(text: Text, translation: str) -> Iterator[str]:
    """No roles, directives, targets, footnotes, link definitions or comments that the English has not.

    Bad: the mean → {download}`Mittelwert <secret>`
    Good: the mean → Mittelwert
    """
    yield from _compare("markup", "markup", text, translation)
    yield from _compare("definitions", "link definition", text, translation)


@rule("link-scheme", safety=True)
def allowed_schemes(text: Text, translation: str) -> Iterator[str]:
    """Links use http, https, mailto, or lead to a page of the book.

    Bad: [here](javascript:run)
    Good: [here](https://example.org)
    """
    if text.kind != PROSE:
        return
    for target in parts(translation).links + parts(translation).images:
        if urlsplit(re.sub(r"[\s\x00-\x20]", "", target)).scheme.lower() not in SCHEMES:
            yield f"link `{target}` is not http, https or mailto; use one of these"


@rule("image", safety=True)
def same_images(text: Text, translation: str) -> Iterator[str]:
    """Images stay the same; their alternative text is translated.

    Bad: ![cube](cube.png) → ![Würfel](wuerfel.png)
    Good: ![cube](cube.png) → ![Würfel](cube.png)
    """
    yield from _compare("images", "image", text, translation)


@rule("html", safety=True)
def same_html(text: Text, translation: str) -> Iterator[str]:
    """A translation brings no HTML of its own.

    Bad: mean → <b>Mittelwert</b>
    Good: mean → Mittelwert
    """
    yield from _compare("html", "HTML", text, translation)


@rule("heading")
def same_headings(text: Text, translation: str) -> Iterator[str]:
    """A heading stays a heading of the same level.

    Bad: ## Group norm → # Gruppennorm
    Good: ## Group norm → ## Gruppennorm
    """
    if text.kind == PROSE and parts(text.text).headings != parts(translation).headings:
        yield f"headings are {_listed(parts(translation).headings)}, in English {_listed(parts(text.text).headings)}"


@rule("blocks")
def same_blocks(text: Text, translation: str) -> Iterator[str]:
    """Lists, quotations and tables keep their shape: as many items, rows and columns.

    Bad: a list of three items → a list of two
    Good: a list of three items → a list of three
    """
    if text.kind == PROSE and parts(text.text).blocks != parts(translation).blocks:
        yield "lists or tables have another shape than in English; keep items, rows and columns"


@rule("numbers")
def same_numbers(text: Text, translation: str) -> Iterator[str]:
    """Numbers keep their value; native digits and the language's separators are fine.

    Bad: 0.86 → 0.68
    Good: 0.86 of 10,000 → 0,86 von 10 000
    """
    if text.kind != PROSE:
        return
    left = list(parts(translation).numbers)
    for number in parts(text.text).numbers:
        same = next((each for each in left if values(each) & values(number)), None)
        if same is None:
            yield f"number `{number}` is missing; keep its value"
        else:
            left.remove(same)
    yield from (f"number `{each}` is not in the English text; remove it" for each in left)


@rule("placeholders", safety=True)
def same_placeholders(text: Text, translation: str) -> Iterator[str]:
    """What stands in braces in a figure's text is filled in by the run, and stays.

    Bad: batch {size} → Stapel {groesse}
    Good: batch {size} → Stapel {size}
    """
    if text.placeholders:
        found = split_placeholders(translation, text.placeholders)[1]
        yield from _differences("placeholder", list(text.placeholders), found)


@rule("figure-text", safety=True)
def figure_text_is_drawn_alike(text: Text, translation: str) -> Iterator[str]:
    """A figure's text keeps its formulas, which matplotlib sets, and begins with no `_`, which it would not show.

    Bad: mean $\\mu$ → Mittel $\\my$
    Good: mean $\\mu$ → Mittel $\\mu$
    """
    if text.kind != FIGURE:
        return
    if translation.startswith("_") and not text.text.startswith("_"):
        yield "begins with `_`, which hides it from a legend; remove it"
    if translation.count("$") != text.text.count("$"):
        yield "has more or fewer `$` than the English text; they begin and end formulas"
    else:
        yield from _differences("formula", text.text.split("$")[1::2], translation.split("$")[1::2])


@rule("plain", safety=True)
def plain_interface(text: Text, translation: str) -> Iterator[str]:
    """What the site's buttons and labels say is plain text, without the characters of HTML.

    Bad: Download → <b>Herunterladen</b>
    Good: Download → Herunterladen
    """
    if text.kind == INTERFACE:
        for character in sorted(set('<>"&') & (set(translation) - set(text.text))):
            yield f"`{character}` is not in the English text; write it without"


@rule("one-line", safety=True)
def one_line_comment(text: Text, translation: str) -> Iterator[str]:
    r"""A comment in code is one line: what follows a line break would run.

    Bad: scale it → skalieren\nimport os
    Good: scale it → skalieren
    """
    if text.kind == COMMENT and translation.splitlines() != [translation]:
        yield "a comment's translation must be one line; remove the line break"


@rule("invisible", safety=True)
def no_invisible_characters(text: Text, translation: str) -> Iterator[str]:
    """No characters that cannot be seen: bidirectional controls, zero-width spaces, control characters.

    Bad: a word with U+202E in it
    Good: the word; the page sets the direction
    """
    for character in sorted(set(translation) - set(text.text)):
        category = unicodedata.category(character)
        if category in ("Cf", "Cc", "Zl", "Zp") and character not in _JOINERS + "\n\t":
            yield f"U+{ord(character):04X} ({unicodedata.name(character, 'control')}) cannot be seen; remove it"


@rule("nfc")
def composed(text: Text, translation: str) -> Iterator[str]:
    """Letters are composed (Unicode NFC), so that searching finds them.

    Bad: e followed by U+0301
    Good: é
    """
    if not unicodedata.is_normalized("NFC", translation):
        yield "is not in Unicode NFC; save it with composed letters"


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "none"
