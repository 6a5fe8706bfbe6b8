"""What stands above the languages: the entrance, the page for addresses without one, the sitemap.

There are no dates in the sitemap: a shallow clone, such as the published workflow's, does not know when a page last
changed.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from book.files import write_atomic
from book.localize.edition import Edition
from book.localize.navigation import title
from book.project import Project
from book.site.markup import environment
from book.site.proof.page_reader import speaks
from book.urls import alternates, base_url

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"

Translated = dict[str, list[str]]  # for each page the languages in which it can really be read
_Names = dict[str, Any]  # what a page says of a language


def write_entrance(project: Project, everything: list[Edition], head: str) -> None:
    """The page that sends a reader to a language, and what a static host needs beside it; `head` are its tags."""
    write_atomic(project.html / "index.html", _entrance([_choice(each) for each in everything], head))
    write_atomic(project.html / ".nojekyll", "")


def write_not_found(project: Project, everything: list[Edition], translated: Translated) -> None:
    """Write `404.html`, which a static host such as GitHub Pages shows for an address without a page, however deep.

    It speaks all languages; a script puts the reader's first, with the page that was meant. Its links begin at the
    host's root, as it cannot know at what depth it is shown.
    """
    write_atomic(project.html / "404.html", _not_found(project, [_pages(each, translated) for each in everything]))


def write_sitemap(project: Project, translated: Translated) -> None:
    """Write `sitemap.xml` and `robots.txt`."""
    write_atomic(project.html / "sitemap.xml", sitemap(project, translated))
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {base_url(project)}sitemap.xml\n"
    write_atomic(project.html / "robots.txt", robots)


def only_speaks(edition: Edition, translated: Translated) -> bool:
    """Do the edition's words on these pages do nothing but speak?"""
    choice, pages = _choice(edition), _pages(edition, translated)
    plain = {**pages, "said": "", "title": "", "pages": dict.fromkeys(pages["pages"], "")}
    return speaks(_entrance([choice]), _entrance([{**choice, "title": "", "invitation": ""}])) and speaks(
        _not_found(edition.project, [pages]), _not_found(edition.project, [plain])
    )


def sitemap(project: Project, translated: Translated) -> str:
    """The sitemap: every page in every language in which it can be read, and the entrance, with their alternates."""
    ET.register_namespace("", SITEMAP)
    ET.register_namespace("xhtml", XHTML)
    root = ET.Element(f"{{{SITEMAP}}}urlset")
    for page in project.pages:
        addresses = alternates(project, page, translated[page])
        for address in dict.fromkeys(addresses.values()):  # the entrance is the default of the first page
            _add(root, address, addresses)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _add(root: ET.Element, address: str, addresses: dict[str, str]) -> None:
    """An address and its alternates: the page in each of its languages, itself included, and for everybody else."""
    entry = ET.SubElement(root, f"{{{SITEMAP}}}url")
    ET.SubElement(entry, f"{{{SITEMAP}}}loc").text = address
    for tag, other in addresses.items():
        ET.SubElement(entry, f"{{{XHTML}}}link", rel="alternate", hreflang=tag, href=other)


def _entrance(choices: list[_Names], head: str = "") -> str:
    template = environment().get_template("book-root.html")
    return template.render(choices=choices, title=choices[0]["title"], head=Markup(head))


def _not_found(project: Project, languages: list[_Names]) -> str:
    template = environment().get_template("book-missing.html")
    return template.render(languages=languages, base=urlsplit(base_url(project)).path)


def _choice(edition: Edition) -> _Names:
    say = edition.interface
    return {**_named(edition), "name": edition.language.name, "title": say.title, "invitation": say["choose-language"]}


def _pages(edition: Edition, translated: Translated) -> _Names:
    pages = [page for page in edition.project.pages if edition.language.code in translated[page]]
    say = edition.interface
    return {
        **_named(edition),
        "said": say["not-found"],
        "title": say.title,
        "pages": {edition.project.document(page): title(edition, page) for page in pages},
    }


def _named(edition: Edition) -> _Names:
    language, home = edition.language, edition.project.document(edition.project.pages[0])
    return {
        "home": f"{language.code}/{quote(home)}.html",
        "code": language.code,
        "tag": language.tag,
        "dir": language.direction,
    }
