"""What is translated, out of date and missing, by language and page, and since when: worked out anew at every call."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from book import terminal
from book.localize.cells import has_fixed_picture
from book.localize.edition import Edition
from book.localize.review import Review, header, review, reviewers
from book.localize.translations import State
from book.po import credits
from book.po.suppressions import suppressions
from book.rules import RULES
from book.status.git_history import History
from book.status.text_history import Changes, Wordings
from book.terminal import one_line

_SUPPRESSIBLE = {rule.name for rule in RULES if not rule.safety}
KEYS = {
    "made": "time of the run that made this report (ISO 8601, UTC)",
    "commit": "the git commit it was made from; null without git. Files may have been changed since",
    "undated": "why dates and commits are left out of the whole report; null where they are not",
    "pages": "one object for each language and page; the page `site` is the site's own texts",
    "language": "the language's code",
    "page": "the page's name",
    "file": "the PO file, from the root of the repository",
    "total": "texts of the page: paragraphs, comments, texts in figures",
    "translated": "texts translated, from the English of today",
    "doubted": "of the translated texts, those marked as not certain",
    "outdated": "texts whose English has changed since they were translated",
    "untranslated": "texts without a translation that is shown",
    "withheld": "of the untranslated texts, those with a translation that would do more than speak",
    "percent": "share of texts translated and not out of date, rounded down",
    "pictures": "pictures of dots, such as PNG, that have words in them: these stay as they are in every language",
    "silenced": "rules that comments of translators allow to be broken at an entry, each with its reason",
    "behind": "changes of the English that the translation lacks: outdated and untranslated texts",
    "commits_behind": "commits that brought these texts into the English page; null where that is not known",
    "english_changed": "time of the commit that last changed a text of the English page; null where not known",
    "translation_changed": "time of the commit that last changed a translation; null where not known, or for none",
    "machine_draft": "whether a machine has drafted the translation, and nobody has touched or reviewed it since",
    "translated_by": "who saved translations of the page, by its PO file and git, newest first; empty: not known",
    "reviewed_by": "native speakers who have reviewed the page; empty: nobody yet",
}


@dataclass(frozen=True)
class PageStatus:
    """How many of a page's texts are in which state, since when, and who has reviewed the translation."""

    language: str
    page: str
    file: str
    translated: int
    doubted: int
    outdated: int
    untranslated: int
    withheld: int
    silenced: int
    reviewed_by: str
    translated_by: str = ""
    pictures: int = 0
    machine_draft: bool = False
    commits_behind: int | None = None
    english_changed: datetime | None = None
    translation_changed: datetime | None = None

    @property
    def total(self) -> int:
        return self.translated + self.outdated + self.untranslated

    @property
    def behind(self) -> int:
        return self.outdated + self.untranslated

    @property
    def percent(self) -> int:
        """Share of texts translated and up to date, rounded down: 100 means all."""
        return 100 * self.translated // self.total if self.total else 100


@dataclass(frozen=True)
class Report:
    """The state of every page in every language, the interface (`site`) included."""

    made: datetime
    commit: str
    undated: str
    pages: list[PageStatus]

    def of(self, language: str) -> dict[str, PageStatus]:
        return {row.page: row for row in self.pages if row.language == language}

    def doubts(self, language: str) -> str:
        """How many translations are not shown, or are shown as doubtful, and what says which; empty if none."""
        rows = self.of(language).values()
        withheld, doubtful = sum(row.withheld for row in rows), sum(row.doubted for row in rows)
        said = [f"{_translations(withheld)} not shown: `book check {language}` says why"] if withheld else []
        said += [f"{_translations(doubtful)} marked as doubtful: `book status` counts them by page"] if doubtful else []
        return "; ".join(said)


def _translations(number: int) -> str:
    return f"{number} translation{' is' if number == 1 else 's are'}"


def report(editions: list[Edition]) -> Report:
    """The report on `editions`; English, which needs no translation, is not in it."""
    project = editions[0].project
    history = History(project.root, (project.pages_folder or ".", "translations"))
    changes = Changes(history, editions[0].cache)
    translations = [edition for edition in editions if not edition.is_source]
    rows = [_page_status(edition, page, changes) for edition in translations for page in edition.texts]
    return Report(datetime.now(UTC).replace(microsecond=0), history.commit, history.unknown, rows)


def _page_status(edition: Edition, page: str, changes: Changes) -> PageStatus:
    found = {text.key: edition.translation(text) for text in edition.texts[page]}
    states = {key: translation.state for key, translation in found.items()}
    counts = Counter(states.values())
    path = edition.project.catalog(edition.language, page)
    made = PageStatus(
        language=edition.language.code,
        page=page,
        file=edition.project.shown(path).as_posix(),
        translated=counts[State.TRANSLATED] + counts[State.DOUBTED],
        doubted=counts[State.DOUBTED],
        outdated=counts[State.OUTDATED],
        untranslated=counts[State.UNTRANSLATED],
        withheld=sum(translation.withheld for translation in found.values()),
        silenced=_silenced(edition, page),
        reviewed_by=reviewers(edition, page),
        translated_by=(people := _translators(edition, page, changes)),
        machine_draft=review(edition, page) is Review.DRAFT and not people,
        translation_changed=changes.translation_changed(path),
    )
    if page not in edition.project.pages:  # the interface's English has no file of its own
        return made
    notebook, today = edition.project.notebook(page), Wordings(text for _, text in states)
    lacking = Wordings(text for (_, text), state in states.items() if state is not State.TRANSLATED)
    its_texts = edition.source.pages[page].texts_by_cell
    fixed = (has_fixed_picture(cell, its_texts.get(str(cell.get("id")), [])) for cell in edition.english(page).cells)
    return replace(
        made,
        pictures=sum(fixed),
        commits_behind=changes.commits_behind(notebook, lacking),
        english_changed=changes.english_changed(notebook, today),
    )


def _translators(edition: Edition, page: str, changes: Changes) -> str:
    """Who saved translations of the page: whom its PO file names today, and whom it named before."""
    file = edition.project.shown(edition.project.catalog(edition.language, page)).as_posix()
    today = credits.translators(header(edition, page))
    return ", ".join(credits.people([*today, *changes.translators.get(file, [])]))


def _silenced(edition: Edition, page: str) -> int:
    """How many rules comments of translators allow to be broken, entry by entry; no rule of safety is among them."""
    current = (entry for entry in edition.catalogs[page] if entry.msgstr and not entry.obsolete and not entry.fuzzy)
    allowed = (suppression for entry in current for suppression in suppressions(entry.tcomment) if suppression.reason)
    return sum(rule in _SUPPRESSIBLE for suppression in allowed for rule in suppression.rules)


def as_table(made: Report) -> str:
    """The report as aligned text for a terminal."""
    lines: list[tuple[str, ...]] = [
        ("language", "page", "translated", "doubtful", "out of date", "missing", "silenced", "reviewed by")
    ]
    for row in made.pages:
        share = f"{row.translated}/{row.total} ({row.percent}%)"
        counts = (str(count) for count in (row.doubted, row.outdated, row.untranslated, row.silenced))
        lines.append((row.language, row.page, share, *counts, one_line(row.reviewed_by) or "nobody yet"))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def as_json(made: Report) -> str:
    """The report as JSON, with an explanation of each key under `keys`."""
    pages = [{key: _plain(getattr(row, key)) for key in KEYS if hasattr(row, key)} for row in made.pages]
    head = {"made": _plain(made.made), "commit": made.commit or None, "undated": made.undated or None}
    return terminal.as_json({**head, "pages": pages, "keys": KEYS}) + "\n"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
