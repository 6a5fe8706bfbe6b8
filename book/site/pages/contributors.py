"""What the page of contributors shows: for each language who has translated and reviewed which pages."""

from __future__ import annotations

from typing import Any

from book.language.language import Language
from book.localize.edition import Edition
from book.site.pages.status import language_facts
from book.status.report import Report

KINDS = {"translated-by": "translated_by", "reviewed-by": "reviewed_by"}  # what the page says of a field of PageStatus


def facts(edition: Edition, report: Report) -> dict[str, Any]:
    """The values of the template `contributors.html`; the edition's own language comes first."""
    codes = sorted({row.language for row in report.pages}, key=lambda code: (code != edition.language.code, code))
    say = edition.interface
    return {
        "authors": say.filled("authors", author=say.author) if say.author else "",
        "languages": [_language(edition, Language(code), report) for code in codes],
    }


def _language(edition: Edition, language: Language, report: Report) -> dict[str, Any]:
    found = language_facts(edition, language, report)
    people: dict[str, dict[str, list[dict[str, Any]]]] = {kind: {} for kind in KINDS}
    for row in found["rows"]:
        for kind, field in KINDS.items():
            for name in filter(None, getattr(row["status"], field).split(", ")):
                people[kind].setdefault(name, []).append(row)
    drafts = sum(row["status"].machine_draft for row in found["rows"])
    return {**found, "people": people, "drafts": drafts, "files": len(found["rows"])}
