"""The site's pages that are no lessons, in each language: how far the translations are, how to translate, who has.

Sphinx makes each as the theme's frame around nothing; what is in it comes from a template of ours, when Sphinx is done:
these pages tell of all languages, and a change of one language must not set Sphinx to work on all.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from book.files import write_atomic
from book.interface import PLACEHOLDER
from book.language.no_break import keep_particles
from book.localize.edition import Edition
from book.site.handoff import CONTENT, FRAMES, FURTHER_PAGES
from book.site.markup import environment
from book.site.pages import contributors, status, translate
from book.status.report import Report

_CODE = re.compile(r"`([^`]+)`")
_MAKERS = dict(zip(FURTHER_PAGES, (status.facts, translate.facts, contributors.facts), strict=True))


def write_pages(edition: Edition, report: Report, frames: Path, folder: Path) -> None:
    """Write the edition's further pages into `folder`, in the frames that Sphinx left."""
    for name, facts in _MAKERS.items():
        frame = (frames / FRAMES / f"{name}.html").read_text(encoding="utf-8")
        page = frame.replace(CONTENT, render(edition, name, facts(edition, report)))
        write_atomic(folder / f"{edition.project.site_prefix}{name}.html", page)


def render(edition: Edition, name: str, facts: dict[str, Any]) -> str:
    """The page's body as HTML."""

    def say(key: str, **values: object) -> Markup:
        return marked_up(edition.interface[key], **values)

    return (
        environment()
        .get_template(f"pages/{name}.html")
        .render(say=say, marked_up=marked_up, site_prefix=edition.project.site_prefix, **facts)
    )


def marked_up(text: str, **values: object) -> Markup:
    """A plain text as HTML: what stands between backticks as code, `{placeholders}` filled in, each once."""
    made = _CODE.sub(r'<code dir="ltr">\1</code>', str(escape(text)))
    filled = {name: str(escape(value)) for name, value in values.items()}
    return Markup(keep_particles(PLACEHOLDER.sub(lambda found: filled.get(found[1], found[0]), made)))
