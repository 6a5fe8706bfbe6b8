"""The site's own texts: buttons, labels, titles. Their English stands in `interface.pot`, translations in `site.po`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import polib

from book.language.conventions import keep_together
from book.localize.cells import Translations
from book.notebook.texts import INTERFACE, Text
from book.project import Project
from book.rules import RULES, Rule, safe

POT = Path(__file__).with_name("interface.pot")
THEME = "site/theme"
TITLE = "site/title"
AUTHOR = "site/author"
PLACEHOLDER = re.compile(r"\{(\w+)\}")
RULE_HINT = "what a check asks of a translation; list of checks on the page about translating"


@cache
def _template() -> polib.POFile:
    return polib.pofile(str(POT), encoding="utf-8")


def interface_texts(project: Project) -> list[Text]:
    """The texts of `site.po`: the book's title and author from `_config.yml`, the interface's, and the rules'."""
    named = {key: str(project.config.get(key) or "") for key in ("title", "author")}
    title = Text(TITLE, named["title"], INTERFACE, "the book's title")
    author = Text(AUTHOR, named["author"], INTERFACE, "who wrote the book, at the foot of a page")
    own = [title, author] if author.text else [title]
    template = [Text(str(e.msgctxt), e.msgid, INTERFACE, e.comment) for e in _template()]
    return [*own, *template, *(Text(f"site/rule-{rule.name}", summary(rule), INTERFACE, RULE_HINT) for rule in RULES)]


def summary(rule: Rule) -> str:
    """What a rule asks for: the first paragraph of its docstring."""
    return " ".join(rule.doc.partition("\n\n")[0].split())


class Interface:
    """The interface in one language; what is not translated is shown in English.

    `keep_with_next` are the words of one letter with which no line of the language ends.
    """

    def __init__(self, project: Project, translations: Translations, keep_with_next: str = "") -> None:
        self._texts: dict[str, str] = {}
        self.theme: dict[str, str] = {}
        for text in interface_texts(project):
            said = translations.get(text.key)
            shown = keep_together(said, keep_with_next) if said and safe(text, said) else text.text
            if text.context == THEME:
                self.theme[text.text] = shown
            else:
                self._texts[text.context.partition("/")[2]] = shown
        self.title = self._texts.pop("title")
        self.author = self._texts.pop("author", "")

    def __getitem__(self, key: str) -> str:
        return self._texts[key]

    def filled(self, key: str, **values: object) -> str:
        """The text of `key` with its `{placeholders}` filled in; braces around anything else stay."""
        return PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), self[key])

    def texts(self) -> dict[str, str]:
        return dict(self._texts)

    @staticmethod
    def english() -> dict[str, str]:
        """The texts as the program has them."""
        return {str(entry.msgctxt).partition("/")[2]: entry.msgid for entry in _template()}
