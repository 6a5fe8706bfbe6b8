"""The site's own texts: buttons, labels, titles. Their English stands in `interface.pot`, translations in `site.po`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import polib

from book.language.language import Language
from book.notebook.texts import INTERFACE, Text
from book.project import Project
from book.rules import RULES, Rule
from book.toc import AUTHOR, LICENCE, TITLE, TOC

POT = Path(__file__).with_name("interface.pot")
THEME = "site/theme"
TOC_HINT = "in the list of pages, from _toc.yml: the name of a part, or a page's short title"
PLACEHOLDER = re.compile(r"\{(\w+)\}")
RULE_HINT = "what a check asks of a translation; list of checks on the page about translating"


@cache
def _template() -> polib.POFile:
    return polib.pofile(str(POT), encoding="utf-8")


def interface_texts(project: Project) -> list[Text]:
    """The texts of `site.po`: the book's title, author, licence and list of pages, the interface's, and the rules'."""
    about = {key: str(project.config.get(key) or "") for key in ("title", "author")}
    title = Text(TITLE, about["title"], INTERFACE, "the book's title")
    author = Text(AUTHOR, about["author"], INTERFACE, "who wrote the book, at the foot of a page")
    licence = Text(LICENCE, project.own.licence, INTERFACE, "foot of a page; names of licences stay")
    own = [title, *(each for each in (author, licence) if each.text)]
    named = project.source.named_in
    template = [Text(str(e.msgctxt), named(e.msgid), INTERFACE, named(e.comment)) for e in _template()]
    toc = [Text(TOC, words, INTERFACE, TOC_HINT) for words in project.toc_words if any(map(str.isalpha, words))]
    return [
        *own,
        *toc,
        *template,
        *(Text(f"site/rule-{rule.name}", named(summary(rule)), INTERFACE, RULE_HINT) for rule in RULES),
    ]


def summary(rule: Rule) -> str:
    """What a rule asks for: the first paragraph of its docstring."""
    return " ".join(rule.doc.partition("\n\n")[0].split())


@cache
def english_interface(source: Language) -> Mapping[str, str]:
    """The interface's texts as the program has them, for a book whose pages are in the language `source`."""
    return {str(entry.msgctxt).partition("/")[2]: source.named_in(entry.msgid) for entry in _template()}
