"""The page at the site's root, which sends a reader to a language."""

from __future__ import annotations

from markupsafe import Markup

from book.edition import Edition
from book.files import write_whole
from book.project import Project
from book.site.markup import environment


def write_entrance(project: Project, everything: list[Edition], head: str) -> None:
    """The page that sends a reader to a language, and what a static host needs beside it; `head` are its tags."""
    choices = [
        {
            "code": e.language.code,
            "tag": e.language.tag,
            "dir": e.language.direction,
            "name": e.language.name,
            "title": e.interface.title,
            "invitation": e.interface["choose-language"],
        }
        for e in everything
    ]
    page = (
        environment()
        .get_template("book-root.html")
        .render(choices=choices, title=choices[0]["title"], head=Markup(head))
    )
    write_whole(project.html / "index.html", page)
    write_whole(project.html / ".nojekyll", "")
