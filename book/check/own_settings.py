"""Checks of a book's own settings: the rules that it does without, and where its pages have moved.

No rule that keeps readers safe can be left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from book import rules
from book.check.block_words import BLOCK_WORDS
from book.check.formulas import FORMULA, MONEY
from book.check.links import DEAD_LINK
from book.check.runs import FIGURE_FORMAT, NOT_RUN, STALE_OUTPUTS
from book.check.titles import NO_TITLE
from book.check.unlisted import UNLISTED
from book.check.untranslatable import DRAWN_BY_NAME, FIGURE_FORMULA, NO_PROGRAM, PUT_TOGETHER, TOO_LONG
from book.errors import ProjectError
from book.files import SETTINGS, read_text
from book.findings import Finding
from book.project import Project
from book.rules.notebooks import NOTEBOOK_RULES

RULE = "settings"
# Rules about the English pages. `heading` and `html` are names of rules of safety for translations, too.
_OF_ENGLISH = {
    "heading",
    "html",
    NO_TITLE,
    DEAD_LINK,
    NO_PROGRAM,
    PUT_TOGETHER,
    TOO_LONG,
    FIGURE_FORMAT,
    FIGURE_FORMULA,
}
_OF_ENGLISH |= {NO_TITLE, NOT_RUN, STALE_OUTPUTS, UNLISTED, DRAWN_BY_NAME, BLOCK_WORDS, FORMULA, MONEY}
_OPTIONAL = {rule.name for rule in rules.RULES if not rule.safety} | _OF_ENGLISH
_SAFETY = {*(rule.name for rule in rules.RULES), *(rule.name for rule in NOTEBOOK_RULES)} - _OPTIONAL


def rules_off(project: Project) -> frozenset[str]:
    """The rules that `check` leaves out. Raises ProjectError where the settings cannot be read."""
    return frozenset(_OPTIONAL.intersection(project.own.rules_off))


def findings(project: Project) -> Iterator[Finding]:
    """What the settings name that cannot be left out, or where nothing has moved."""
    path = project.root / "_config.yml"
    for name in project.own.rules_off:
        if name in _SAFETY:
            message = f"`rules-off` has `{name}`, which keeps readers safe and is always asked; remove it"
        elif name not in _OPTIONAL:
            message = f"`rules-off` has `{name}`, which is no rule; `book check --rules` lists them"
        else:
            continue
        before, _, _ = read_text(path, SETTINGS).partition(name)
        yield project.finding(path, before.count("\n") + 1, message, RULE)
    try:
        assert project.moved is not None
    except ProjectError as error:
        yield replace(project.finding_of(error), rule=RULE)
