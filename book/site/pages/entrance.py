"""The page at the site's root, which sends a reader to a language."""

from __future__ import annotations

from markupsafe import Markup

from book.files import write_atomic
from book.localize.edition import Edition
from book.project import Project
from book.site.markup import environment
from book.site.proof.skeleton import speaks


def write_entrance(project: Project, everything: list[Edition], head: str) -> None:
    """The page that sends a reader to a language, and what a static host needs beside it; `head` are its tags."""
    write_atomic(project.html / "index.html", _page([_choice(each) for each in everything], head))
    write_atomic(project.html / ".nojekyll", "")


def entrance_speaks(edition: Edition) -> bool:
    """Do the edition's words on the page do nothing but speak?"""
    choice = _choice(edition)
    return speaks(_page([choice]), _page([{**choice, "title": "", "invitation": ""}]))


def _choice(edition: Edition) -> dict[str, str]:
    language, say = edition.language, edition.interface
    return {
        "code": language.code,
        "tag": language.tag,
        "dir": language.direction,
        "name": language.name,
        "title": say.title,
        "invitation": say["choose-language"],
    }


def _page(choices: list[dict[str, str]], head: str = "") -> str:
    template = environment().get_template("book-root.html")
    return template.render(choices=choices, title=choices[0]["title"], head=Markup(head))
