"""The redirect at the place where a page stood before it was renamed."""

from __future__ import annotations

import posixpath
from urllib.parse import quote

from book.errors import SiteError
from book.localize.edition import Edition
from book.localize.navigation import title
from book.site.markup import environment
from book.site.proof.page_reader import speaks
from book.toc import SITE
from book.urls import links


def redirect(edition: Edition, former: str, page: str) -> str:
    """The redirect from the document `former`, in the edition's language.

    It leads on without JavaScript; with it, to the same part of the page.
    Raises SiteError where its words do more than speak.
    """
    made = _page(edition, former, page, edition.interface["moved"], title(edition, page))
    if not speaks(made, _page(edition, former, page, "", "")):
        file = edition.project.catalog(edition.language, SITE)
        raise SiteError(f"the page that leads on from `{former}`: its words do more than speak; mend them", file)
    return made


def _page(edition: Edition, former: str, page: str, said: str, name: str) -> str:
    project, language = edition.project, edition.language
    address = posixpath.relpath(project.document(page), posixpath.dirname(former) or ".")
    return (
        environment()
        .get_template("book-moved.html")
        .render(
            tag=language.tag,
            dir=language.direction,
            said=said,
            title=name,
            href=f"{quote(address)}.html",
            canonical=links(project, language, page).site,
        )
    )
