"""How a page's translation stands as a whole: who has made and reviewed it, and what readers are told of that."""

from __future__ import annotations

from enum import Enum

from book.localize.edition import Edition
from book.localize.translations import State
from book.notebook.texts import PROSE
from book.po import credits


class Review(Enum):
    """What readers are told of a page's translation as a whole."""

    ENGLISH = "it is no translation, or there is nothing to translate"
    UNTRANSLATED = "none of its texts is translated"
    DRAFT = "a machine has drafted it, and nobody has touched it since"
    UNREVIEWED = "people have made it, and nobody has reviewed it"
    REVIEWED = "native speakers have reviewed it"


def review(edition: Edition, page: str) -> Review:
    """How the page's translation stands, from its texts and the header of its PO file."""
    if edition.is_source or not edition.texts[page]:
        return Review.ENGLISH
    if reviewers(edition, page):
        return Review.REVIEWED
    if all(edition.translation(text).state is State.UNTRANSLATED for text in edition.texts[page]):
        return Review.UNTRANSLATED
    return Review.DRAFT if credits.is_machine_draft(header(edition, page)) else Review.UNREVIEWED


def translators(edition: Edition, page: str) -> str:
    """Who translated the page last, from the PO header `Last-Translator`; empty for nobody."""
    return ", ".join(credits.translators(header(edition, page)))


def reviewers(edition: Edition, page: str) -> str:
    """Who has reviewed the translation, from the PO header `X-Reviewed-By`; empty for nobody."""
    return ", ".join(credits.reviewers(header(edition, page)))


def header(edition: Edition, page: str) -> str:
    """The lines of the PO file's header; none for English."""
    found = edition.catalogs.get(page)
    return found.header_text if found else ""


def is_translated(edition: Edition, page: str) -> bool:
    """Is more than half of the page's prose in the edition's language? English always is, and a page without any."""
    prose = [text for text in edition.texts[page] if text.kind == PROSE]
    missing = [text for text in prose if edition.translation(text).state is State.UNTRANSLATED]
    return 2 * len(missing) < len(prose) or not prose
