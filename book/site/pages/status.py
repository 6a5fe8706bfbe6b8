"""What the status page shows: for each language and page what is translated, since when, and who has reviewed it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote

from babel.dates import format_date, format_skeleton

from book.language.language import Language
from book.localize.edition import Edition
from book.localize.navigation import title_text
from book.notebook.markdown.words import heading
from book.notebook.texts import PROSE, Text
from book.status.report import PageStatus, Report
from book.urls import links


def facts(edition: Edition, report: Report) -> dict[str, Any]:
    """The values of the template `status.html`."""
    codes = list(dict.fromkeys(row.language for row in report.pages))
    return {
        "made": format_date(report.made, "long", locale=edition.language.locale),
        "undated": bool(report.undated),
        "languages": [language_facts(edition, Language(code), report) for code in codes],
    }


def language_facts(edition: Edition, language: Language, report: Report) -> dict[str, Any]:
    """The state of `language` in the words of `edition`."""
    rows = report.of(language.code)
    pages = [row for page, row in rows.items() if page in edition.project.pages]
    return {
        "code": language.code,
        "tag": language.tag,
        "direction": language.direction,
        "name": language.name,
        "current": language == edition.language,
        "translated": sum(row.translated for row in rows.values()),
        "outdated": sum(row.outdated for row in rows.values()),
        "untranslated": sum(row.untranslated for row in rows.values()),
        "total": sum(row.total for row in rows.values()),
        "reviewed": sum(bool(row.reviewed_by) for row in pages),
        "pages": len(pages),
        "rows": [_row(edition, language, row) for row in sorted(rows.values(), key=lambda row: row not in pages)],
    }


def _row(edition: Edition, language: Language, row: PageStatus) -> dict[str, Any]:
    is_lesson = row.page in edition.project.pages
    address = links(edition.project, language, row.page)
    return {
        "status": row,
        "title": page_title(edition, row.page) if is_lesson else None,
        "href": f"../{language.code}/{quote(edition.project.document(row.page))}.html",
        "file": address.edit,
        "raw": address.raw,
        "english_changed": day(row.english_changed, edition),
        "translation_changed": day(row.translation_changed, edition),
    }


def page_title(edition: Edition, page: str) -> dict[str, str]:
    """The page's title in the edition's language, or the English one, with its language; its name if it has none."""
    text = title_text(edition, page) or Text(page, "", PROSE)
    shown = edition.translation(text).shown
    language = edition.language if shown else edition.project.source
    return {"text": heading(shown or text.text) or page, "tag": language.tag, "direction": language.direction}


def day(time: datetime | None, edition: Edition) -> str:
    """The day in the edition's language; empty where it is not known."""
    return format_skeleton("yMMMd", time, locale=edition.language.locale) if time else ""
