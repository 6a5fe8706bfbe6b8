"""Building the site: a tree and a Sphinx run for each language, two at a time, and the page that leads to them."""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import shutil
import sys
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, select_autoescape
from tqdm import tqdm

from book import notebook
from book.edition import Edition, editions
from book.errors import SiteError
from book.links import base_url
from book.markdown import SYNTAX
from book.project import Language, Project
from book.publish import publish
from book.site.sitemap import write_sitemap
from book.site.tree import translated_pages, write_tree

HERE = Path(__file__).parent
WORKERS = 2
# Jupyter Book's own list without what no page uses (live code, comments, cards), so that readers need not load it.
EXTENSIONS = [
    "sphinx_copybutton",
    "myst_nb",
    "jupyter_book",
    "sphinx_external_toc",
    "sphinx_book_theme",
    "book.site.extension",
]
_COLOUR = re.compile(r"\x1b\[[\d;]*m")


@dataclass(frozen=True)
class Job:
    """One language's Sphinx run, in terms that can be sent to another process."""

    code: str
    source: Path
    output: Path
    doctrees: Path
    config: dict[str, Any]


def build(project: Project, languages: list[Language]) -> list[Path]:
    """Build the site in `languages`; the root pages of the editions built.

    What Sphinx warns of goes to standard error. Raises SiteError where it fails, and what reading the book raises.
    """
    everything = editions(project, project.editions)
    translated = translated_pages(everything)
    chosen = [each for each in everything if each.language in languages]
    jobs = []
    for edition in chosen:
        publish(edition, project.pages)
        jobs.append(_job(edition, write_tree(edition, translated)))
    _run(jobs)
    for edition in chosen:
        for page in project.pages:
            target = project.html / edition.language.code / "notebooks" / f"{page}.ipynb"
            shutil.copyfile(project.localized(edition.language, page), target)
    _write_root(project, everything)
    write_sitemap(project, translated)
    return [project.html / each.language.code / "notebooks" / "index.html" for each in chosen]


def _job(edition: Edition, source: Path) -> Job:
    project, code = edition.project, edition.language.code
    config = _config(edition)
    notebook.write_whole(source / "_config.yml", yaml.safe_dump(config, allow_unicode=True, sort_keys=True))
    return Job(code, source, project.html / code, project.build / "doctrees" / code, config)


def _config(edition: Edition) -> dict[str, Any]:
    """The book's `_config.yml`, with what the language changes."""
    project, language, say = edition.project, edition.language, edition.interface
    base = project.config
    sphinx = base.get("sphinx", {})
    book = {
        "code": language.code,
        "direction": language.direction,
        "latin": language.is_latin,
        "interface": say.texts(),
        "editions": [
            {"code": e.code, "tag": e.tag, "name": e.name, "dir": e.direction, "current": e == language}
            for e in project.editions
        ],
        "base_url": base_url(project),
        "look": _look(),
    }
    made = {
        "language": language.tag,
        "locale_dirs": [str(project.build / "source" / language.code / "locale")],
        "templates_path": [str(HERE / "templates")],
        "html_static_path": [str(HERE / "static")],
        "html_css_files": ["book.css", "rtl.css"],
        "html_js_files": [["book.js", {"defer": "defer"}]],
        "html_math_renderer": "mathml",
        "html_title": say.title,
        "html_baseurl": f"{base_url(project)}{language.code}/",
        "html_copy_source": False,
        "html_show_copyright": False,
        "html_theme_options": _theme_options(edition),
        "book": book,
    }
    return {
        "title": say.title,
        "author": base.get("author", ""),
        "only_build_toc_files": True,
        "execute": {"execute_notebooks": "off"},
        "parse": {"myst_enable_extensions": list(SYNTAX)},  # what the rules can see, and no more
        "sphinx": {
            "config": {**sphinx.get("config", {}), **made},
        },
    }


def _look() -> str:
    """A fingerprint of templates, styles and scripts: a change makes Sphinx, which overlooks it, build every page."""
    files = sorted(
        path for path in HERE.rglob("*") if path.is_file() and path.suffix in (".html", ".css", ".js", ".py")
    )
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def _theme_options(edition: Edition) -> dict[str, Any]:
    say = edition.interface
    return {
        "navbar_persistent": [],
        "home_page_in_toc": True,
        "article_header_start": ["book-toggle-menu.html"],
        "article_header_end": [
            "book-actions.html",
            "book-languages.html",
            "theme-switcher.html",
            "book-toggle-contents.html",
        ],
        "article_footer_items": ["book-foot.html"],
        "footer_content_items": [],
        "search_bar_text": say["search-placeholder"],
        "toc_title": say.theme["Contents"],
        "secondary_sidebar_items": ["page-toc"],
        "logo": {"text": say.title},
    }


def _run(jobs: list[Job]) -> None:
    """All jobs, two at a time, each in its own process: Sphinx keeps one language's texts for a whole process."""
    with ProcessPoolExecutor(min(WORKERS, len(jobs)), max_tasks_per_child=1) as pool:
        runs: list[Future[tuple[int, str]]] = [pool.submit(_sphinx, job) for job in jobs]
        for job, run in tqdm(zip(jobs, runs, strict=True), total=len(jobs), unit="language", disable=None):
            status, said = run.result()
            if status:
                raise SiteError(f"Sphinx failed: {said}", job.source)
            if said:
                tqdm.write(f"{job.code}: {said}", file=sys.stderr)


def _sphinx(job: Job) -> tuple[int, str]:
    """Run Sphinx; its exit status, and what it warned of or failed with."""
    from jupyter_book.sphinx import build_sphinx

    warnings = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(warnings):
        status = build_sphinx(
            str(job.source),
            str(job.output),
            path_config=str(job.source / "_config.yml"),
            doctreedir=str(job.doctrees),
            confoverrides={"latex_individualpages": False, "extensions": EXTENSIONS},
            noconfig=True,
            quiet=True,
        )
    said = "; ".join(line.strip() for line in _COLOUR.sub("", warnings.getvalue()).splitlines() if line.strip())
    return int(status or 0), said


def _write_root(project: Project, everything: list[Edition]) -> None:
    """The page that sends a reader to a language, and what a static host needs beside it."""
    environment = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=select_autoescape())
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
    page = environment.get_template("book-root.html").render(choices=choices, title=choices[0]["title"])
    notebook.write_whole(project.html / "index.html", page)
    notebook.write_whole(project.html / ".nojekyll", "")
