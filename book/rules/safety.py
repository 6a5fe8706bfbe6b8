"""Rules that keep a translation from bringing code, markup or addresses of its own. None of them can be silenced."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from book.code import split_placeholders
from book.rules.compare import differences
from book.rules.registry import Pair, rule
from book.terminal import JOINERS
from book.texts import COMMENT, FIGURE, INTERFACE, PROSE

SCHEMES = {"", "http", "https", "mailto"}
_BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc\ufffd"  # no format characters, yet nothing to see
_VIRAMA = 9  # the combining class of the sign that joins Indic consonants


@rule("maths", PROSE, safety=True)
def same_maths(pair: Pair) -> Iterator[str]:
    r"""Formulas stay as they are.

    Bad: `$a \times b$` → `$a \mal b$`
    Good: `the mean $\mu$` → `Mittelwert $\mu$`
    """
    yield from differences("formula", pair.english.maths, pair.parts.maths)


@rule("inline-code", PROSE, safety=True)
def same_inline_code(pair: Pair) -> Iterator[str]:
    """Code between backticks stays as it is.

    Bad: `axis=3` → `achse=3`
    Good: set `axis=3` → `axis=3` setzen
    """
    yield from differences("code", pair.english.code, pair.parts.code)


@rule("code-fence", PROSE, safety=True)
def same_fences(pair: Pair) -> Iterator[str]:
    """Blocks of code stay as they are.

    Bad: a fenced block with another line in it
    Good: the same block, other words around it
    """
    yield from differences("code block", pair.english.fences, pair.parts.fences)


@rule("link", PROSE, safety=True)
def same_links(pair: Pair) -> Iterator[str]:
    """Links lead where the English ones lead; only their words are translated.

    Bad: [Group norm](group_norm.ipynb) → [Gruppennorm](gruppennorm.ipynb)
    Good: [Group norm](group_norm.ipynb) → [Gruppennorm](group_norm.ipynb)
    """
    yield from differences("link", pair.english.links, pair.parts.links)


@rule("link-scheme", PROSE, safety=True, source=True)
def allowed_schemes(pair: Pair) -> Iterator[str]:
    """Links use http, https, mailto, or lead to a page of the book, in whatever way they are written.

    Bad: [here](javascript:run)
    Good: [here](https://example.org)
    """
    defined = [each.partition("]: ")[2] for each in pair.parts.definitions]
    for target in dict.fromkeys(pair.parts.links + pair.parts.images + defined):
        if not {_scheme(each) for each in (target, unquote(html.unescape(target)))} <= SCHEMES:
            yield f"link `{target}` is not http, https or mailto; use one of these"


@rule("image", PROSE, safety=True)
def same_images(pair: Pair) -> Iterator[str]:
    """Images stay the same; their alternative text is translated.

    Bad: ![cube](cube.png) → ![Würfel](wuerfel.png)
    Good: ![cube](cube.png) → ![Würfel](cube.png)
    """
    yield from differences("image", pair.english.images, pair.parts.images)


@rule("html", PROSE, safety=True)
def same_html(pair: Pair) -> Iterator[str]:
    """A translation brings no HTML of its own.

    Bad: mean → <b>Mittelwert</b>
    Good: mean → Mittelwert
    """
    yield from differences("HTML", pair.english.html, pair.parts.html)


@rule("markup", PROSE, safety=True)
def same_markup(pair: Pair) -> Iterator[str]:
    """No roles, directives, targets, footnotes, link definitions or comments that the English has not.

    Bad: the mean → {download}`Mittelwert <secret>`
    Good: the mean → Mittelwert
    """
    yield from differences("markup", pair.english.markup, pair.parts.markup)
    yield from differences("link definition", pair.english.definitions, pair.parts.definitions)


@rule("placeholders", FIGURE, INTERFACE, safety=True)
def same_placeholders(pair: Pair) -> Iterator[str]:
    """What stands in braces in a figure's or a label's text is filled in later, and stays.

    Bad: batch {size} → Stapel {groesse}
    Good: batch {size} → Stapel {size}
    """
    if pair.text.kind == INTERFACE:
        yield from differences("placeholder", *(re.findall(r"\{\w*\}", each) for each in (pair.text.text, pair.said)))
    elif names := pair.text.placeholders:
        yield from differences("placeholder", list(names), split_placeholders(pair.said, names)[1])


@rule("figure-text", FIGURE, safety=True)
def figure_text_is_drawn_alike(pair: Pair) -> Iterator[str]:
    r"""A figure's text keeps its formulas, which matplotlib sets, and begins with no `_`, which it would not show.

    Bad: mean $\mu$ → Mittel $\my$
    Good: mean $\mu$ → Mittel $\mu$
    """
    if pair.said.startswith("_") and not pair.text.text.startswith("_"):
        yield "begins with `_`, which hides it from a legend; remove it"
    if pair.said.count("$") != pair.text.text.count("$"):
        yield "has more or fewer `$` than the English text; they begin and end formulas"
    else:
        yield from differences("formula", pair.text.text.split("$")[1::2], pair.said.split("$")[1::2])


@rule("plain", INTERFACE, safety=True)
def plain_interface(pair: Pair) -> Iterator[str]:
    """What the site's buttons and labels say is plain text, without the characters of HTML.

    Bad: Download → <b>Herunterladen</b>
    Good: Download → Herunterladen
    """
    for character in sorted(set('<>"&') & (set(pair.said) - set(pair.text.text))):
        yield f"`{character}` is not in the English text; write it without"


@rule("one-line", COMMENT, safety=True)
def one_line_comment(pair: Pair) -> Iterator[str]:
    r"""A comment in code is one line: what follows a line break would run.

    Bad: scale it → skalieren\nimport os
    Good: scale it → skalieren
    """
    if pair.said.splitlines() != [pair.said]:
        yield "a comment's translation must be one line; remove the line break"


@rule("invisible", safety=True, source=True)
def no_invisible_characters(pair: Pair) -> Iterator[str]:
    """No characters that cannot be seen: bidirectional controls, zero-width spaces, fillers, control characters.

    Joiners may stand where the spelling needs them: inside a word, at a virama or between Arabic letters (as in
    Unicode's rule for domain names, RFC 5892).

    Bad: a word with U+202E in it
    Good: the word; the page sets the direction
    """
    allowed = set(pair.text.text) - set(JOINERS) | set("\n\t")
    hidden = {c for at, c in enumerate(pair.said) if c not in allowed and _is_hidden(pair.said, at)}
    for character in sorted(hidden):
        latex = r", or write the \ of LaTeX as \\" if character in "\b\f\r\v" else ""
        yield f"U+{ord(character):04X} ({unicodedata.name(character, 'control')}) cannot be seen; remove it{latex}"


def _scheme(target: str) -> str:
    """The scheme of an address as a careless reader takes it: without blanks, look-alikes made plain."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", target) if c.isprintable() and not c.isspace())
    try:
        return urlsplit(plain).scheme.lower()
    except ValueError:
        return plain  # not an address at all


def _is_hidden(said: str, at: int) -> bool:
    character = said[at]
    if character in JOINERS:
        return not _joins(said, at)
    variation = unicodedata.name(character, "").startswith("VARIATION SELECTOR")
    return unicodedata.category(character) in ("Cf", "Cc", "Cn", "Co", "Zl", "Zp") or character in _BLANKS or variation


def _joins(said: str, at: int) -> bool:
    before, after = said[at - 1 : at], said[at + 1 : at + 2]
    if not (before and after and unicodedata.category(before)[0] in "LM" and unicodedata.category(after)[0] in "LM"):
        return False
    at_virama = _VIRAMA in (unicodedata.combining(before), unicodedata.combining(after))
    return at_virama or {unicodedata.bidirectional(before), unicodedata.bidirectional(after)} == {"AL"}
