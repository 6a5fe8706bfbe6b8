"""How a page is cited: as a line of text, and as BibTeX. What is not known is left out, dates above all."""

from __future__ import annotations

import re

from book.localize.edition import Edition
from book.localize.navigation import title
from book.urls import links

_SPECIAL = re.compile(r"[\\{}&%$#_~^]")  # what means something else to TeX


def citation(edition: Edition, page: str) -> str:
    """The page in a list of references, such as `Name. The page. The book, 1.0, 2026. https://…`."""
    project, say = edition.project, edition.interface
    about = project.citation
    comma = dict(edition.conventions.instead).get(",", ",")
    book = f"{comma} ".join(filter(None, [say.title, about.get("version", ""), _year(about)]))
    named = [] if page == project.pages[0] else [title(edition, page)]
    parts = [*filter(None, [say.author]), *named, book]
    return " ".join([*(f"{part.rstrip('.')}." for part in parts), links(project, edition.language, page).site])


def bibtex(edition: Edition, page: str) -> str:
    """The same as an entry in BibTeX; names stand in braces, as they may be those of a group."""
    project, say = edition.project, edition.interface
    about, own = project.citation, links(project, edition.language, page)
    edition_of = ", ".join(filter(None, [say.title, about.get("version", "")]))
    fields = {
        "author": f"{{{_escaped(say.author)}}}" if say.author else "",
        "title": _escaped(title(edition, page)),
        "howpublished": "" if page == project.pages[0] else _escaped(edition_of),
        "year": _year(about),
        "url": own.site,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    key = re.sub(r"[^\w-]+", "-", f"{edition.language.code}-{page}")
    return "\n".join([f"@misc{{{key},", ",\n".join(lines), "}"])


def _year(about: dict[str, str]) -> str:
    return about.get("date-released", "")[:4]


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"\\char{ord(found[0])}{{}}" if found[0] in "\\~^" else f"\\{found[0]}", text)
