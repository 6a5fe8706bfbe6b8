"""Building the site: notebooks, a tree and a Sphinx run for each language, and the page that leads to them."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from book import notebook
from book.edition import Edition, editions
from book.project import Language, Project
from book.publish import publish
from book.site import workers
from book.site.cards import Card, cards, write_cards
from book.site.config import book_config
from book.site.entrance import write_entrance
from book.site.head import entrance_head
from book.site.pages import write_pages
from book.site.sitemap import write_sitemap
from book.site.styles import write_assets
from book.site.tree import translated_pages, write_tree
from book.site.workers import Job
from book.status import Report, as_json, report


def build(project: Project, languages: list[Language]) -> list[Path]:
    """Build the site in `languages`; the root pages of the editions built.

    What Sphinx warns of goes to standard error. Raises SiteError where it fails, and what reading the book raises.
    """
    workers.warm_up()
    everything = editions(project, project.editions)
    translated, state = translated_pages(everything), report(everything)
    chosen = [each for each in everything if each.language in languages]
    shown, home = cards(everything[0]), project.pages[0]
    workers.run([_prepared(edition, translated, state, shown) for edition in chosen])
    write_assets(project.html, project.html / chosen[0].language.code / "_static")
    for edition in chosen:
        _add_notebooks(edition)
    write_entrance(project, everything, entrance_head(everything[0], translated[home], shown.get(home)))
    write_sitemap(project, translated)
    write_cards(project, shown)
    notebook.write_whole(project.html / "status.json", as_json(state))
    return [project.html / each.language.code / "notebooks" / "index.html" for each in chosen]


def _prepared(edition: Edition, translated: dict[str, list[str]], state: Report, shown: dict[str, Card]) -> Job:
    """Write what Sphinx reads for one language, and the notebooks that readers download."""
    project, code = edition.project, edition.language.code
    publish(edition, project.pages)
    source = write_tree(edition, translated, state, shown)
    write_pages(edition, state, source)
    config = yaml.safe_dump(book_config(edition), allow_unicode=True, sort_keys=True)
    notebook.write_whole(source / "_config.yml", config)
    return Job(code, source, project.html / code, project.build / "doctrees" / code)


def _add_notebooks(edition: Edition) -> None:
    """The page's notebook beside the page."""
    project, language = edition.project, edition.language
    for page in project.pages:
        target = project.html / language.code / "notebooks" / f"{page}.ipynb"
        shutil.copyfile(project.localized(language, page), target)
