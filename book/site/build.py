"""Building the site: a Sphinx run for each language that needs one, and what stands above the languages."""

from __future__ import annotations

import shutil
from pathlib import Path

from book.edition import editions
from book.files import write_whole
from book.memo import remembered
from book.project import Language, Project
from book.site import workers
from book.site.cards import cards, write_cards
from book.site.entrance import write_entrance
from book.site.head import entrance_head
from book.site.language import Shared, doctrees, finish, html, prepare
from book.site.missing import write_missing
from book.site.sitemap import write_sitemap
from book.site.stamp import program
from book.site.styles import write_assets
from book.site.tree import translated_pages
from book.status import as_json, report


def build(project: Project, languages: list[Language]) -> list[Path]:
    """Build the site in `languages`; the root pages of the editions built. What is as it was is left alone.

    What Sphinx warns of goes to standard error. Raises SiteError where it fails, and what reading the book raises.
    """
    workers.warm_up()
    with remembered(project.build / "memo.json", program()):
        return _build(project, languages)


def _build(project: Project, languages: list[Language]) -> list[Path]:
    everything = editions(project, project.editions)
    shared = Shared(translated_pages(everything), report(everything), cards(everything[0]))
    chosen = [each for each in everything if each.language in languages]
    jobs = {each: prepare(each, shared) for each in chosen}
    warned = workers.run([job for job in jobs.values() if job])
    for edition, job in jobs.items():
        finish(edition, job, shared, clean=job not in warned)
    _remove_former_languages(project)
    home = project.pages[0]
    write_entrance(project, everything, entrance_head(everything[0], shared.translated[home], shared.cards.get(home)))
    write_missing(project, everything, shared.translated)
    write_sitemap(project, shared.translated)
    write_cards(project, shared.cards)
    write_whole(project.html / "status.json", as_json(shared.report))
    write_assets(project.html, doctrees(chosen[0]) / workers.ASSETS)  # last: it looks at all pages
    return [html(each) / "notebooks" / "index.html" for each in chosen]


def _remove_former_languages(project: Project) -> None:
    codes = {each.code for each in project.editions}
    for folder in (project.build / "doctrees").glob("*"):
        if folder.name not in codes:
            for kind in ("html", "notebooks", "search", "source", "doctrees"):
                shutil.rmtree(project.build / kind / folder.name, ignore_errors=True)
