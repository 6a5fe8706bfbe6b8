"""The page that a static host such as GitHub Pages shows for an address without a page, however deep it lies."""

from __future__ import annotations

from urllib.parse import urlsplit

from book.edition import Edition
from book.files import write_whole
from book.links import base_url
from book.project import Project
from book.site.head import title
from book.site.markup import environment


def write_missing(project: Project, everything: list[Edition], translated: dict[str, list[str]]) -> None:
    """Write `404.html`, which speaks all languages; a script puts the reader's first, with the page that was meant.

    Its links begin at the host's root, as it cannot know at what depth it is shown. `translated` gives for each page
    the languages in which it can really be read.
    """
    languages = [
        {
            "code": e.language.code,
            "tag": e.language.tag,
            "dir": e.language.direction,
            "said": e.interface["not-found"],
            "title": e.interface.title,
            "pages": {page: title(e, page) for page in project.pages if e.language.code in translated[page]},
        }
        for e in everything
    ]
    page = (
        environment()
        .get_template("book-missing.html")
        .render(languages=languages, base=urlsplit(base_url(project)).path)
    )
    write_whole(project.html / "404.html", page)
