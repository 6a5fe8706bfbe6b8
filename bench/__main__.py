"""This book beside Jupyter Book's command and sphinx-intl, in one run and one table: `python -m bench [PART …]`.

Each is measured once in a clone of the present commit: the loop from notebooks to catalogs to a site in each language,
what a changed cell costs, growth, the preview, and a lesson's weight and Lighthouse scores. Needs Node.js with npm, a
Chromium and the package registries: sphinx-intl gets an environment of its own. Kept in bench/table.json, of which the
table in bench/README.md is made; a part that is named is measured again, and the others stay.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import venv
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import polib

from bench import lighthouse
from bench.browsing.served import served
from bench.build import BOOK, edit, multiply, stock
from bench.peers import peer
from bench.preview import preview
from bench.timing import measured, measured_parts, run
from book.files import write_atomic
from book.project import Project

PEERS = ("sphinx-intl==2.4.0", "sphinx==7.4.7", "myst-nb==1.4.0", "sphinx-book-theme==1.3.0")
LESSON = "notebooks/batch_norm.html"
Cells = dict[str, str]  # by row
HEAD = ["", "book", "jupyter-book", "sphinx-intl"]
ROWS = [
    *("notebooks to catalogs", "all sites from nothing", "nothing changed", "one translated cell changed"),
    *("from saving to the browser", "one page more", "one language more", "a long lesson, first view", "Lighthouse"),
]
START, END = "<!-- the table of `python -m bench` -->", "<!-- end of the table -->"


def timed(what: str, *commands: Callable[[], object]) -> tuple[float, str]:
    """Run the commands once: the processors' seconds, and as the table shows them, with the clock's in brackets."""
    found = measured(what, int, lambda: [each() for each in commands], rounds=1)
    return found.cpu, f"{found.cpu:.1f} s ({found.wall:.1f} s)"


def ours(root: Path) -> Cells:
    """The loop with `book`, in all languages."""
    project = Project(root)
    codes, count = [each.code for each in project.editions], len(project.pages)
    build = partial(run, *BOOK, cwd=root)
    cells = {"notebooks to catalogs": timed("book sync", partial(run, *BOOK[:-1], "sync", cwd=root))[1]}
    first, cells["all sites from nothing"] = timed("book build", build)
    cells["nothing changed"] = timed("book build, nothing changed", build)[1]
    edit(root, project.languages[-1])
    cells["one translated cell changed"] = timed("book build, one cell changed", build)[1]
    cells["from saving to the browser"] = f"{preview(root)[0]['wall']} s of the clock"
    for row, more, arguments in (("one language more", len(codes) - 2, codes[:2]), ("one page more", count, [])):
        shutil.rmtree(root / "_build")
        if not arguments:
            multiply(root, 2)
        other = timed(f"book build, for {row}", partial(run, *BOOK, *arguments, cwd=root))[0]
        cells[row] = f"{abs(first - other) / more:.1f} s"
    return cells


def jupyter_book(root: Path) -> Cells:
    """Jupyter Book's command, once a language, on notebooks that ours has localized: it has no catalogs."""
    nothing, changed = stock(root, rounds=1)
    return {
        "notebooks to catalogs": "none",
        "all sites from nothing": f"{nothing.cpu:.1f} s ({nothing.wall:.1f} s)",
        "one translated cell changed": f"{changed.cpu:.1f} s ({changed.wall:.1f} s)",
    }


def sphinx_intl(root: Path) -> Cells:
    """Sphinx's own way of translating, in an environment of its own."""
    folder = root.parent / "peers"
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", *PEERS, cwd=root)
    found: dict[str, Any] = peer(root, python)
    gettext, update, html = found["results"]
    code = Project(root).languages[-1].code
    site = partial(
        run, python, "-m", "sphinx", "-q", "-b", "html", "-D", f"language={code}", ".", f"_build/peer/{code}"
    )
    cells = {
        "notebooks to catalogs": f"{gettext['cpu'] + update['cpu']:.1f} s ({gettext['wall'] + update['wall']:.1f} s)",
        "all sites from nothing": f"{html['cpu']:.1f} s ({html['wall']:.1f} s)",
        "nothing changed": timed("sphinx -b html, one language, nothing changed", partial(site, cwd=root))[1],
    }
    path = next((root / "locale" / code / "LC_MESSAGES" / "notebooks").glob("*.po"))
    catalog = polib.pofile(str(path))
    catalog[-1].msgstr = "…"
    catalog.save()
    cells["one translated cell changed"] = timed("sphinx -b html, one cell changed", partial(site, cwd=root))[1]
    return cells


def light(root: Path, html: Path, page: str) -> Cells:
    """A lesson's scores, and what its first view weighs as Lighthouse counts it."""
    command = lighthouse.installed(root.parent / "lighthouse")
    with served(html) as site:
        found = lighthouse.rated(command, f"{site}/{page}")
    scores = " ".join(str(found[each]) for each in lighthouse.CATEGORIES)
    return {"a long lesson, first view": f"{found['kilobytes']} KB", "Lighthouse": scores}


def our_pages(root: Path) -> Cells:
    """The English lesson on the site that `book` makes."""
    run(*BOOK, "en", cwd=root)
    return light(root, Project(root).html, f"en/{LESSON}")


def stock_pages(root: Path) -> Cells:
    """The same on the one that Jupyter Book's command makes."""
    return light(root, lighthouse.stock(Project(root)), LESSON)


PARTS = {
    "ours": (ours, "book"),
    "stock": (jupyter_book, "jupyter-book"),
    "sphinx-intl": (sphinx_intl, "sphinx-intl"),
    "pages": (our_pages, "book"),
    "stock-pages": (stock_pages, "jupyter-book"),
}


def table(kept: dict[str, Any]) -> str:
    """What is kept, as Markdown: a row a question, a column a program."""
    columns: dict[str, Cells] = {}
    for part in kept.values():
        columns.setdefault(part["program"], {}).update(part["cells"])
    rows = [[row, *(columns.get(each, {}).get(row, "–") for each in HEAD[1:])] for row in ROWS]
    return "\n".join("| " + " | ".join(row) + " |" for row in [HEAD, ["---"] * len(HEAD), *rows])


def written(kept: dict[str, Any]) -> str:
    """The table with the day, the versions, and how busy the machine was."""
    last = max(kept.values(), key=lambda part: str(part["measured"]))
    loads = [part["load"] for part in kept.values()]
    versions = ", ".join(f"{name} {number}" for name, number in last["versions"].items())
    about = (
        f"Measured on {last['measured'][:10]}, {last['cores']} cores, load {min(loads)} to {max(loads)}; {versions}."
    )
    return f"{START}\n\n{about}\n\n{table(kept)}\n\n{END}"


def main() -> int:
    """Measure the parts named on the command line, else all, and put the table into the README."""
    if (kept := measured_parts("table.json", {name: _part(*part) for name, part in PARTS.items()})) is None:
        return 2
    readme = Project.find().root / "bench" / "README.md"
    text = readme.read_text(encoding="utf-8")
    write_atomic(readme, re.sub(f"{START}.*?{END}", lambda _: written(kept), text, flags=re.DOTALL))
    print(table(kept))
    return 0


def _part(measure: Callable[[Path], Cells], program: str) -> Callable[[Path], dict[str, Any]]:
    return lambda root: {"cells": measure(root), "program": program, "load": round(os.getloadavg()[1], 1)}


if __name__ == "__main__":
    sys.exit(main())
