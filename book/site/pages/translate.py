"""What the page on translating shows, gathered from what it tells of: entries, files, rules, glossary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import polib
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup

from book.check.own_settings import rules_off
from book.interface import summary
from book.language.language import ENGLISH, Language
from book.language.no_break import keep_particles
from book.localize.edition import Edition
from book.localize.translations import State
from book.notebook.markdown.words import split_heading
from book.notebook.texts import FIGURE, PROSE
from book.rules import RULES, Rule
from book.site.pages.status import language_facts
from book.status.report import Report
from book.toc import SITE
from book.urls import links

NEW_LANGUAGE = "fr"  # in the example of adding one
# What an English text has where a rule has something to hold: its translation is an example in the reader's language.
_HOLDS = {
    **{"maths": r"\$[^$]+\$", "inline-code": r"`[^`]+`", "link": r"\]\([\w-]+\.ipynb", "placeholders": r"\{\w+\}"},
    **{"heading": r"^#+ ", "numbers": r"\b\d+\b", "figure-text": r"^[^{]{3,} [^{]{3,}$"},
}
_OF_KIND = {"figure-text": FIGURE}  # of texts of one kind
# Where no Makefile makes the site: as in a book that `book new` writes.
_INSTALL = ["python3 -m venv .venv", ".venv/bin/pip install -r requirements.txt"]
_LONGEST = 100  # characters of such an example


def facts(edition: Edition, report: Report) -> dict[str, Any]:
    """The values of the template `translate.html`."""
    project, code = edition.project, edition.language.code
    translated = _translated(edition)
    languages = [language_facts(edition, language, report) for language in project.languages]
    return {
        "state": next((each for each in languages if each["current"]), None),
        "languages": languages,
        "repository": project.repository,
        "folder": project.repository.partition("/")[2],
        "preview": (project.root / ".github" / "workflows" / "preview.yml").is_file(),
        "install": ["make site"] if project.makes("site") else _INSTALL,
        "upload": links(project, edition.language, SITE).upload,
        "code": "" if edition.is_source else code,
        "new_code": NEW_LANGUAGE,
        "new_name": Language(NEW_LANGUAGE).locale.get_display_name(edition.language.locale),
        "entry": _example(edition),
        "rules": [
            _rule(each, edition, translated) for each in RULES if each.name not in rules_off(project) or each.safety
        ],
        "style": _style(edition),
        "glossary": edition.conventions.glossary,
    }


def _example(edition: Edition) -> str:
    """A short entry as it stands in the PO file; in English one that is still to be translated."""
    prose = [text for page in edition.project.pages for text in edition.texts[page] if text.kind == PROSE]
    translated = [text for text in prose if edition.translation(text).state is State.TRANSLATED]
    text = min(translated or prose, key=lambda text: len(text.text))
    shown = edition.translation(text).shown if translated else None
    entry = polib.POEntry(msgctxt=text.context, msgid=text.text, msgstr=shown or "", comment="\n".join(text.hints))
    return str(entry).strip()


def _translated(edition: Edition) -> list[tuple[str, str, str]]:
    """Short lines of the lessons, their translations and their kinds, the shortest first; none in English."""
    found: set[tuple[str, str, str]] = set()
    for text in (text for page in edition.project.pages for text in edition.texts[page]):
        translation, english = edition.translation(text), text.text.splitlines()
        shown = (translation.shown or "").splitlines()
        if translation.state is State.TRANSLATED and len(shown) == len(english):
            found.update((line, said, text.kind) for line, said in zip(english, shown, strict=True))
    return sorted((each for each in found if len(each[0]) <= _LONGEST), key=lambda each: (len(each[0]), each))


def _own(rule: str, translated: list[tuple[str, str, str]]) -> tuple[str, str] | None:
    """An English line that gives the rule something to hold, and its translation."""
    holds, wanted = re.compile(_HOLDS.get(rule, r"(?!)")), _OF_KIND.get(rule)
    pairs = ((line, said) for line, said, kind in translated if wanted in (None, kind))
    return next((pair for pair in pairs if holds.search(pair[0]) and pair[0] != pair[1]), None)


def _rule(rule: Rule, edition: Edition, translated: list[tuple[str, str, str]]) -> dict[str, Any]:
    """A rule as its docstring explains it: a paragraph, here translated, then lines `Bad:` and `Good:`.

    `own` is a good example from the edition's own translations, where they have one.
    """
    shown = edition.interface[f"rule-{rule.name}"]
    found = [line.strip().partition(": ") for line in rule.doc.splitlines()]
    return {
        "name": rule.name,
        "safety": rule.safety,
        "summary": shown,
        "english": shown == edition.project.source.named_in(summary(rule)) and edition.language.code != ENGLISH,
        "bad": [text for kind, _, text in found if kind == "Bad"],
        "good": [text for kind, _, text in found if kind == "Good"],
        "own": _own(rule.name, translated),
    }


class _Words(RendererHTML):
    """Paragraphs, lists, emphasis and code; of links and pictures the words, and no attributes."""

    @staticmethod
    def renderAttrs(token: Token) -> str:  # noqa: N802
        return ""

    def link_open(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Any) -> str:
        return ""

    link_close = link_open

    def image(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Any) -> str:
        return escapeHtml(self.renderInlineAsText(tokens[at].children, options, env))

    def fence(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Any) -> str:
        return self.code_block(tokens, at, options, env)  # without the language, which would be a class


@cache
def _words() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}, renderer_cls=_Words)


def _style(edition: Edition) -> Markup:
    """The language's `STYLE.md` as HTML, without its title and addresses; what HTML it has is shown as text."""
    return Markup(keep_particles(_words().render(split_heading(edition.conventions.style)[1])))
