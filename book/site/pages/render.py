"""The site's pages that are no lessons, in each language: how far the translations are, and how to translate.

Sphinx makes each as the theme's frame around nothing; what is in it comes from a template of ours, when Sphinx is done:
these pages tell of all languages, and a change of one language must not set Sphinx to work on all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from book.files import write_whole
from book.interface import PLACEHOLDER
from book.localize.edition import Edition
from book.site.markup import environment, escaped
from book.site.pages import status, translate
from book.status.report import Report

if TYPE_CHECKING:  # this module runs in Sphinx and outside, where importing Sphinx takes longer than all else
    from sphinx.application import Sphinx

_HERE = "<!-- what is in the page -->"
_FRAMES = "frames"
_CODE = re.compile(r"`([^`]+)`")
_MAKERS = {"status": status.facts, "translate": translate.facts}


def write_pages(edition: Edition, report: Report, frames: Path, folder: Path) -> None:
    """Write the edition's further pages into `folder`, in the frames that Sphinx left."""
    for name, facts in _MAKERS.items():
        frame = (frames / _FRAMES / f"{name}.html").read_text(encoding="utf-8")
        page = frame.replace(_HERE, render(edition, name, facts(edition, report)))
        write_whole(folder / f"{name}.html", page)


def render(edition: Edition, name: str, facts: dict[str, Any]) -> str:
    """The page's body as HTML."""

    def say(key: str, **values: object) -> Markup:
        return marked_up(edition.interface[key], **values)

    return environment().get_template(f"pages/{name}.html").render(say=say, marked_up=marked_up, **facts)


def marked_up(text: str, **values: object) -> Markup:
    """A plain text as HTML: what stands between backticks as code, `{placeholders}` filled in, each once."""
    made = _CODE.sub(r'<code dir="ltr">\1</code>', str(escape(text)))
    filled = {name: str(escape(value)) for name, value in values.items()}
    return Markup(PLACEHOLDER.sub(lambda found: filled.get(found[1], found[0]), made))


def _collect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    say = app.config.book["interface"]
    # To Sphinx a title is HTML.
    yield from ((name, {"title": escaped(say[f"{name}-title"]), "body": _HERE}, "page.html") for name in _MAKERS)


def _put_aside(app: Sphinx, error: Exception | None) -> None:
    folder = Path(app.doctreedir, _FRAMES)
    folder.mkdir(exist_ok=True)
    for name in _MAKERS:
        path = Path(app.outdir, f"{name}.html")
        if not error and _HERE in path.read_text(encoding="utf-8"):
            path.rename(folder / path.name)


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("html-collect-pages", _collect)
    app.connect("build-finished", _put_aside)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
