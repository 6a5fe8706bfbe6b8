"""Which Markdown a translation may have: that of its English, as long as it reads no file.

It is the last look at a translation before Sphinx acts on it, at the tokens that Sphinx is given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from book.notebook.markdown.code_block import without_comments
from book.notebook.markdown.directives import OPEN, expanded, split_options
from book.notebook.markdown.html_words import html_without_words
from book.notebook.markdown.roles import ROLE, without_title

# Tokens that are words and what sets them, if they have no attributes.
_WORDS = re.compile(
    r"text|inline|title_open|softbreak|hardbreak|hr|code_inline|code_block"
    r"|math_block|amsmath|math_inline(?:_double)?"
    r"|(?:paragraph|heading|em|strong|s|bullet_list|ordered_list|list_item|blockquote|table|thead|tbody|tr|th|td)_open"
)
# Directives and roles that only set what stands in them. Others may read files, run code or pass on HTML.
_SETTING = {
    *("admonition", "attention", "caution", "danger", "error", "hint", "important", "note", "seealso", "tip"),
    *("warning", "versionadded", "versionchanged", "versionremoved", "deprecated"),
    *("code", "code-block", "sourcecode", "math", "image", "figure", "table", "list-table", "rubric", "topic"),
    *("sidebar", "margin", "epigraph", "highlights", "pull-quote", "compound", "container", "glossary"),
    *("centered", "csv-table", "line-block", "parsed-literal", "dropdown", "tab-set", "tab-item"),
    *("exercise", "exercise-start", "exercise-end", "solution", "solution-start", "solution-end"),
    "index",  # entries that nothing is made of
    *("abbr", "any", "command", "dfn", "doc", "emphasis", "eq", "file", "guilabel", "kbd", "literal", "menuselection"),
    *("numref", "program", "ref", "samp", "strong", "sub", "subscript", "sup", "superscript", "term"),
    *("title-reference",),
}
_READING = {"file", "url"}  # options with which a table in CSV reads what stands elsewhere
_SAID = {"title", "alt"}  # attributes that are words
_OF_A_DOMAIN = re.compile(r"(?:c|cpp|js|math|py|rst|std):")  # roles that refer to something


def definitions(parser: MarkdownIt, english: Iterable[str]) -> dict[str, Any]:
    """The definitions of links and footnotes of an English page, by its cells' texts: they hold for the whole page."""
    environment: dict[str, Any] = {"references": {}}
    for text in english:
        if "]:" in text:  # as in every definition
            parser.parse(text, environment)
    return environment


def not_allowed(parser: MarkdownIt, english: str, translation: str, known: dict[str, Any]) -> str:
    """What of a translation does more than its English, or what no translation may do; empty if there is nothing.

    `known` are the definitions of the English page.
    """
    there, here = (list(_acts(parser, text, known)) for text in (english, translation))
    added = Counter(act for act, _ in here) - Counter(act for act, _ in there)
    return next(iter([*added, *(act for act, allowed in here if not allowed)]), "")


def _acts(parser: MarkdownIt, text: str, known: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """All that a text does besides saying words, each with whether a translation may do it where the English does."""
    environment = {**deepcopy(known), "duplicate_refs": []}
    blocks = expanded(
        parser.parse(text, environment),
        lambda inner: parser.parse(inner, environment),
        lambda words: parser.parseInline(words, environment),
    )
    for token in _flat(blocks):
        if token.nesting >= 0 and (token.attrs or not _WORDS.fullmatch(token.type)):
            yield _described(token), _is_allowed(token)
    new = [(label, to) for label, to in environment["references"].items() if label not in known["references"]]
    again = [(normalizeReference(to["label"]), to) for to in environment["duplicate_refs"]]
    yield from ((f"[{label}]: {to['href']}", True) for label, to in (*new, *again))


def _flat(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        if token.type != "image":  # of which only the words are shown
            yield from _flat(token.children or [])


def _described(token: Token) -> str:
    content = "" if token.type == "image" else token.content
    if token.type in ("html_block", "html_inline"):
        content = html_without_words(content)
    elif token.type == ROLE:
        content = without_title(str(token.meta["name"]), content)
    elif token.type == "fence":
        content = without_comments(token.info, content)
    named = [str(token.meta[key]) for key in ("name", "label") if key in token.meta]
    attributes = [f"{key}={value}" for key, value in token.attrs.items() if key not in _SAID]
    return " ".join([token.type, token.info.strip(), *named, *attributes, content]).strip()


def _is_allowed(token: Token) -> bool:
    """May a translation have it where the English has it?"""
    if token.type == ROLE:
        return token.meta["name"] in _SETTING or bool(_OF_A_DOMAIN.match(token.meta["name"]))
    name = token.info.split()[:1] if "fence" in token.type or token.type == OPEN else []
    if name and name[0].startswith("{") and name[0].endswith("}"):
        options, _ = split_options(token.content)
        return name[0][1:-1].lower() in _SETTING and _READING.isdisjoint(map(str.lower, options))
    return not token.type.startswith("substitution")
