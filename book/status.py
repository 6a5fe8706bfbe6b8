"""What is translated, out of date and missing, by language and page."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass

from book.edition import Edition, editions
from book.localize import State
from book.project import Language, Project


@dataclass(frozen=True)
class PageStatus:
    """How many of a page's texts are in which state, and who has reviewed the translation."""

    language: str
    page: str
    translated: int
    outdated: int
    untranslated: int
    reviewed_by: str

    @property
    def total(self) -> int:
        return self.translated + self.outdated + self.untranslated

    @property
    def percent(self) -> int:
        """Share of texts translated and up to date, rounded down: 100 means all."""
        return 100 * self.translated // self.total if self.total else 100


def status(project: Project, languages: list[Language]) -> list[PageStatus]:
    """The state of every page in every language, the interface (`site`) included."""
    return [_page_status(edition, page) for edition in editions(project, languages) for page in edition.texts]


def as_table(rows: list[PageStatus]) -> str:
    """The rows as aligned text for a terminal."""
    lines = [("language", "page", "translated", "out of date", "missing", "reviewed by")]
    for row in rows:
        share = f"{row.translated}/{row.total} ({row.percent}%)"
        lines.append(
            (row.language, row.page, share, str(row.outdated), str(row.untranslated), row.reviewed_by or "nobody yet")
        )
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def as_json(rows: list[PageStatus]) -> list[dict[str, object]]:
    """The rows as plain data."""
    return [{**asdict(row), "total": row.total, "percent": row.percent} for row in rows]


def _page_status(edition: Edition, page: str) -> PageStatus:
    counts = Counter(edition.translations.state(text.key) for text in edition.texts[page])
    return PageStatus(
        language=edition.language.code,
        page=page,
        translated=counts[State.TRANSLATED],
        outdated=counts[State.OUTDATED],
        untranslated=counts[State.UNTRANSLATED],
        reviewed_by=edition.reviewers(page),
    )
