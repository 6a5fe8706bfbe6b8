"""A book built by several machines: `python -m bench.machines 25x4 50x4 50x16`.

For each size (pages by languages) a book is made. Each machine's part is one language: it is built from nothing, as a
job of its own does it, and with nothing changed. Where all are to be joined (`25x4+`), each language is built and moved
away, and `book join` puts them together. What it takes is kept in bench/machines.json.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from dataclasses import asdict
from functools import partial
from pathlib import Path

from bench.made_book import make_book
from bench.timing import Result, adopt_orphans, circumstances, measured, run
from book.files import write_atomic
from book.project import Project

BOOK = (sys.executable, "-m", "book")


def one_language(root: Path, size: str) -> list[Result]:
    """One machine's part, with all other languages of the book there to be read."""
    build = partial(run, *BOOK, "build", Project(root).languages[0].code, cwd=root)
    clean = partial(shutil.rmtree, root / "_build", ignore_errors=True)
    return [
        measured(f"{size}: one language, from nothing", clean, build, rounds=1),
        measured(f"{size}: one language, nothing changed", partial(int), build, rounds=1),
    ]


def joined(root: Path, size: str, away: Path) -> list[Result]:
    """Joining all languages, each from a folder of its own."""
    folders = []
    for language in Project(root).languages:
        run(*BOOK, "build", language.code, cwd=root)
        folders.append(shutil.move(root / "_build", away / language.code))
    return [measured(f"{size}: joined", partial(int), partial(run, *BOOK, "join", *folders, cwd=root), rounds=1)]


def main() -> int:
    """Measure the sizes named on the command line, and keep what they took beside what is kept already."""
    adopt_orphans()
    here = Project.find()
    path = here.root / "bench" / "machines.json"
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for size in sys.argv[1:]:
        pages, languages = map(int, size.rstrip("+").split("x"))
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as away:
            make_book(here, Path(folder), pages, languages)
            results = one_language(Path(folder), size)
            if size.endswith("+"):
                results += joined(Path(folder), size, Path(away))
        kept[size] = {**circumstances(here.root), "results": [asdict(each) for each in results]}
        write_atomic(path, json.dumps(kept, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
