"""The book beside Jupyter Book's own command, and beside Sphinx's own way of translating: MyST-NB with sphinx-intl.

`python -m bench.peers PYTHON` measures a clone of the present commit; PYTHON is that of a virtual environment with
sphinx-intl, sphinx, myst-nb and sphinx-book-theme. Kept in bench/peers.json: times, and what of the book's texts is
offered for translation. What is compared is one loop: from the notebooks to catalogs to a site in each language.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path

import polib

from bench.build import stock
from bench.timing import adopt_orphans, circumstances, measured, run
from book.files import write_atomic
from book.notebook.texts import PROSE
from book.project import Project
from book.source import read_source

CONF = """
project = "peer"
extensions = ["myst_nb"]
nb_execution_mode = "off"
html_theme = "sphinx_book_theme"
myst_enable_extensions = ["dollarmath", "amsmath", "colon_fence"]
gettext_compact = False
locale_dirs = ["locale"]
root_doc = "index"
include_patterns = ["index.md", "notebooks/*.ipynb"]
"""
TOC = "# Peer\n\n```{toctree}\n:glob:\n\nnotebooks/*\n```\n"
VERSIONS = "from importlib.metadata import version; print(*map(version, ('sphinx-intl', 'sphinx', 'myst-nb')))"


def peer(root: Path, python: Path) -> dict[str, object]:
    """The loop of sphinx-intl, once for each language, from nothing, and what its catalogs have of our texts."""
    (root / "conf.py").write_text(CONF)
    (root / "index.md").write_text(TOC)
    codes = [language.code for language in Project(root).languages]
    sphinx = (str(python), "-m", "sphinx", "-q", "-E")
    intl = (str(python), "-m", "sphinx_intl", "update", "-p", "_build/gettext", *(f"-l{code}" for code in codes))

    def site() -> None:
        for code in ("en", *codes):
            run(*sphinx, "-b", "html", "-D", f"language={code}", ".", f"_build/peer/{code}", cwd=root)

    catalogs = partial(run, *sphinx, "-b", "gettext", ".", "_build/gettext", cwd=root)
    results = [
        measured("sphinx -b gettext", partial(int), catalogs, rounds=1),
        measured("sphinx-intl update, all languages", partial(int), partial(run, *intl, cwd=root), rounds=1),
        measured("sphinx -b html, once a language, from nothing", partial(int), site, rounds=1),
    ]
    pots = (root / "_build" / "gettext" / "notebooks").glob("*.pot")
    entries = [entry for path in pots for entry in polib.pofile(str(path))]
    return {
        "results": [asdict(each) for each in results],
        "entries": len(entries),
        "with_an_id": sum(bool(entry.msgctxt) for entry in entries),
        "offered": offered(root, [entry.msgid for entry in entries]),
        "versions": subprocess.run([python, "-c", VERSIONS], capture_output=True, text=True, check=True).stdout.split(),
    }


def offered(root: Path, catalogs: list[str]) -> dict[str, str]:
    """By kind, how many of the lessons' texts stand in the catalogs: of prose, of which they make many entries, its
    first line; other texts as a whole.
    """
    entries = {" ".join(text.split()) for text in catalogs}
    whole, there = Counter[str](), Counter[str]()
    for text in (text for page in read_source(Project(root)).pages.values() for text in page.texts):
        line = text.text.strip().splitlines()[0].lstrip("#").strip() if text.kind == PROSE else text.text
        whole[text.kind] += 1
        words = " ".join(line.split())
        there[text.kind] += words in entries or (text.kind == PROSE and any(each.startswith(words) for each in entries))
    return {kind: f"{there[kind]} of {count}" for kind, count in sorted(whole.items())}


def ours(root: Path) -> list[dict[str, object]]:
    """The same loop of ours."""
    sync, build = (partial(run, sys.executable, "-m", "book", each, cwd=root) for each in ("sync", "build"))
    found = [measured("book sync, all languages", partial(int), sync, rounds=1)]
    found.append(measured("book build, all languages, from nothing", partial(int), build, rounds=1))
    return [asdict(each) for each in found]


def stock_loop(root: Path) -> list[dict[str, object]]:
    """Jupyter Book's own command, once a language, on notebooks that ours has localized."""
    return [asdict(each) for each in stock(root, rounds=1)]


def main() -> int:
    """Measure each in a clone of its own, and keep what came of it."""
    adopt_orphans()
    here = Project.find().root
    made: dict[str, object] = {}
    intl = partial(peer, python=Path(sys.argv[1]).absolute())
    parts: dict[str, Callable[[Path], object]] = {"ours": ours, "jupyter-book": stock_loop, "sphinx-intl": intl}
    for name, part in parts.items():
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "book"
            run("git", "clone", "--quiet", here, root, cwd=here)
            made[name] = part(root)
    write_atomic(here / "bench" / "peers.json", json.dumps({**circumstances(here), **made}, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
