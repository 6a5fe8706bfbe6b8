"""The page that a static host such as GitHub Pages shows for an address without a page, however deep it lies."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from book.files import write_atomic
from book.localize.edition import Edition
from book.project import Project
from book.site.markup import environment
from book.site.proof.skeleton import speaks
from book.site.source.head import title
from book.urls import base_url


def write_missing(project: Project, everything: list[Edition], translated: dict[str, list[str]]) -> None:
    """Write `404.html`, which speaks all languages; a script puts the reader's first, with the page that was meant.

    Its links begin at the host's root, as it cannot know at what depth it is shown. `translated` gives for each page
    the languages in which it can really be read.
    """
    write_atomic(project.html / "404.html", _page(project, [_language(each, translated) for each in everything]))


def missing_speaks(edition: Edition, translated: dict[str, list[str]]) -> bool:
    """Do the edition's words on the page do nothing but speak?"""
    language = _language(edition, translated)
    plain = {**language, "said": "", "title": "", "pages": dict.fromkeys(language["pages"], "")}
    return speaks(_page(edition.project, [language]), _page(edition.project, [plain]))


def _language(edition: Edition, translated: dict[str, list[str]]) -> dict[str, Any]:
    language = edition.language
    pages = [page for page in edition.project.pages if language.code in translated[page]]
    return {
        "code": language.code,
        "tag": language.tag,
        "dir": language.direction,
        "said": edition.interface["not-found"],
        "title": edition.interface.title,
        "pages": {page: title(edition, page) for page in pages},
    }


def _page(project: Project, languages: list[dict[str, Any]]) -> str:
    template = environment().get_template("book-missing.html")
    return template.render(languages=languages, base=urlsplit(base_url(project)).path)
