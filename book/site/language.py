"""One language's part of a build: what Sphinx has to do, and what is done when Sphinx is through."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from book.edition import Edition
from book.files import write_whole
from book.publish import publish
from book.site.cards import Card
from book.site.config import book_config
from book.site.pages import write_pages
from book.site.search import write_index
from book.site.stamp import Stamp, forget, stamp, store, stored
from book.site.tree import write_tree
from book.site.workers import Job
from book.status import Report


@dataclass(frozen=True)
class Shared:
    """What a language's pages show of the whole book.

    `translated` gives for each page the languages in which it can really be read, `cards` its picture.
    """

    translated: dict[str, list[str]]
    report: Report
    cards: dict[str, Card]


def html(edition: Edition) -> Path:
    """The folder of the edition's site."""
    return edition.project.html / edition.language.code


def doctrees(edition: Edition) -> Path:
    """The folder in which Sphinx keeps what it has read, and we what it has made beside pages."""
    return edition.project.build / "doctrees" / edition.language.code


def prepare(edition: Edition, shared: Shared) -> Job | None:
    """What Sphinx has to do, with what it reads written; None where all is as the last build left it."""
    settings, memory, output = book_config(edition), doctrees(edition), html(edition)
    now, then = _stamp(edition, shared), stored(memory)
    if then and replace(now, state=then.state) == then:
        return None
    forget(memory)
    if then is None or (now.frame, now.output) != (then.frame, then.output):
        output = edition.project.build / "fresh" / edition.language.code  # the present site stays until it is whole
        shutil.rmtree(memory, ignore_errors=True)
        shutil.rmtree(output, ignore_errors=True)
    publish(edition, edition.project.pages)
    source = write_tree(edition, shared.translated, shared.report, shared.cards)
    write_whole(source / "_config.yml", yaml.safe_dump(settings, allow_unicode=True, sort_keys=True))
    return Job(edition.language.code, source, output, memory)


def finish(edition: Edition, job: Job | None, shared: Shared, *, clean: bool) -> None:
    """Put in place what `job` made, and the pages that tell of all languages.

    Unless the run was `clean`, the next build begins anew, so that Sphinx warns again.
    """
    if job:
        _put_in_place(edition, job)
        write_index(edition)
    before, now = stored(doctrees(edition)), _stamp(edition, shared)
    if before and before.state == now.state:
        return
    write_pages(edition, shared.report, doctrees(edition), html(edition))
    if clean:
        store(_stamp(edition, shared), doctrees(edition))


def _put_in_place(edition: Edition, job: Job) -> None:
    """Each page's notebook beside the page, and a site made anew in the place of the old."""
    project, folder = edition.project, html(edition)
    for page in project.pages:
        shutil.copyfile(project.localized(edition.language, page), job.output / "notebooks" / f"{page}.ipynb")
    if job.output != folder:
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        job.output.rename(folder)


def _stamp(edition: Edition, shared: Shared) -> Stamp:
    return stamp(edition, book_config(edition), shared.translated, shared.report, html(edition))
