"""What pages share: scripts, a font, and the one style sheet, the theme's and ours without what can match nothing.

The theme brings 70 KB (gzipped) of styles for all that it can do; this book needs a fifth of them. A rule stays if each
tag, class and id that its selector asks for stands on some page or is a word in one of our scripts, which set classes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import tinycss2

from book.cache import Cache
from book.files import write_atomic
from book.site.theme.dark import alternatives, dark

NAME = "_static/book.css"
DARK = "_static/dark.css"  # for pages on which no script runs
STATIC = Path(__file__).parent / "static"
EXPLORER = STATIC / "explorer"  # styles and scripts that only pages with the norm explorer load
FONT = Path(__file__).parent / "font"
# In the order in which Sphinx links them. Ours come after them.
THEME = (
    "basic.css",  # styles/theme.css imports it and nothing else
    "styles/pydata-sphinx-theme.css",
    "pygments.css",
    "styles/sphinx-book-theme.css",
    "mystnb.*.css",
)

_TAG = re.compile(r"<([a-zA-Z][\w-]*)")
_CLASSES = re.compile(r'\bclass="([^"]*)"')
_ID = re.compile(r'\bid="([^"]*)"')
_WORD = re.compile(r"[\w-]+")
_COMMENT_LINE = re.compile(r"^ *//.*\n", re.MULTILINE)  # a fifth of what a page would load of our scripts
_ICON_FONT = "fontawesome"  # 800 KB for nine icons; book.css draws them
_ALTERNATIVES = {"is", "where"}


@dataclass
class Rule:
    """A style rule with its declarations by name, or a group such as `@media` or `@keyframes` with the rules in it."""

    head: str
    declarations: list[tuple[str, str]] = field(default_factory=list)
    inner: list[Rule] = field(default_factory=list)

    def values(self) -> Iterator[tuple[str, str]]:
        yield from self.declarations
        for rule in self.inner:
            yield from rule.values()

    def text(self, words: set[str]) -> str:
        """The rule as CSS, without custom properties and animations that `words` does not name; it may be empty."""
        if self.head.startswith("@keyframes") and self.head.split()[1] not in words:
            return ""
        kept = [f"{name}:{value}" for name, value in self.declarations if not name.startswith("--") or name in words]
        body = ";".join(kept) + "".join(rule.text(words) for rule in self.inner)
        return f"{self.head}{{{body}}}" if body else ""


def write_assets(html: Path, built: Path, cache: Cache | None = None) -> None:
    """Write style sheet, scripts and fonts of all pages below `html`; `built` has what Sphinx would have them load.

    The sheet is made anew only where a sheet, or which of the names in it the pages have, has changed.
    """
    for path in [*EXPLORER.iterdir(), *FONT.glob("*.woff2"), FONT / "OFL.txt"]:
        write_atomic(html / "_static" / path.name, path.read_bytes())
    for path in STATIC.glob("*.js"):
        write_atomic(html / "_static" / path.name, _COMMENT_LINE.sub("", path.read_text(encoding="utf-8")))
    sheet, names = whole_sheet(built), names_in(html, cache or Cache())
    known = sorted(names.intersection(_WORD.findall(sheet)))
    program = [path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("*.py"))]
    state = "\n".join([*program, sheet, *known])
    mark = f"/* {hashlib.sha256(state.encode()).hexdigest()[:16]} */\n"
    target, without_script = html / NAME, html / DARK
    if not without_script.exists() or not target.exists() or not target.read_bytes().startswith(mark.encode()):
        made = reduced(sheet, names)
        write_atomic(without_script, dark(made) + "\n")
        write_atomic(target, mark + made + "\n")


def whole_sheet(built: Path) -> str:
    """The theme's sheets and ours in one, with nothing left out."""
    theme = [path for pattern in THEME for path in sorted(built.glob(pattern))]
    return "\n".join(path.read_text(encoding="utf-8") for path in [*theme, *sorted(STATIC.glob("*.css"))])


def names_in(html: Path, cache: Cache) -> set[str]:
    """The names of tags, classes and ids on the pages below `html`, and every word of our scripts."""
    names: set[str] = set()
    for data in (path.read_bytes() for path in html.rglob("*.html")):
        names.update(cache.answer("names", data, partial(_names, data.decode("utf-8", "replace"))))
    for path in STATIC.rglob("*.js"):
        names.update(_WORD.findall(path.read_text(encoding="utf-8")))
    return names


def _names(page: str) -> list[str]:
    classes = (name for each in set(_CLASSES.findall(page)) for name in each.split())
    return sorted({*_TAG.findall(page), *_ID.findall(page), *classes})


def reduced(sheet: str, names: set[str]) -> str:
    """`sheet` without the rules that match nothing made of `names`, and without what only those rules used."""
    rules = list(_rules(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True), names))
    words = _used(rules)
    return "\n".join(text for rule in rules if (text := rule.text(words)))


def _rules(nodes: Iterable[Any], names: set[str]) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            selectors = [each for each in alternatives(node.prelude) if _can_match(each, names)]
            if selectors:
                yield Rule(
                    ",".join(tinycss2.serialize(each).strip() for each in selectors), _declarations(node.content)
                )
        elif node.type == "at-rule" and node.content is not None:  # `@charset` has no content
            yield from _at_rule(node, names)


def _at_rule(node: Any, names: set[str]) -> Iterator[Rule]:
    head = f"@{node.at_keyword}{tinycss2.serialize(node.prelude).rstrip()}"
    if node.lower_at_keyword in ("font-face", "page"):
        if _ICON_FONT not in tinycss2.serialize(node.content):
            yield Rule(head, _declarations(node.content))
    else:
        inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
        yield Rule(head, inner=list(_rules(inner, names | {"from", "to"})))  # the ends of `@keyframes`


def _declarations(content: list[Any]) -> list[tuple[str, str]]:
    found = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return [
        (each.name, tinycss2.serialize(each.value).strip() + ("!important" if each.important else ""))
        for each in found
        if each.type == "declaration"
    ]


def _can_match(selector: list[Any], names: set[str]) -> bool:
    """Whether all names that a selector asks for are there. What `:not()` and `[attribute]` ask for is let pass."""
    pairs = zip([None, *selector], selector, strict=False)
    return all(_is_met(token, before == ":", names) for before, token in pairs)


def _is_met(token: Any, after_colon: bool, names: set[str]) -> bool:
    if token.type == "hash" or (token.type == "ident" and not after_colon):
        return token.value in names
    if token.type == "function" and token.lower_name in _ALTERNATIVES:
        return any(_can_match(each, names) for each in alternatives(token.arguments))
    return True


def _used(rules: list[Rule]) -> set[str]:
    """The words in the values of rules, and in those of the custom properties that these name."""
    values = [pair for rule in rules for pair in rule.values()]
    used = {word for name, value in values if not name.startswith("--") for word in _WORD.findall(value)}
    while more := {word for name, value in values if name in used for word in _WORD.findall(value)} - used:
        used |= more
    return used
