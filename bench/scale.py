"""How `check` and `sync` grow with pages and languages: `python -m bench.scale 10x5 100x10 1000x50`.

For each size a book is made in a temporary folder: its cells and translations are the lessons' own, drawn with a seed
and told apart by a formula. Then the commands run as a user runs them. What it takes is kept in bench/scale.json.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.made_book import CELLS, SEED, make_book, reword
from book.files import write_atomic
from book.project import Project


@dataclass(frozen=True)
class Run:
    """What a command took: seconds of the clock and of processors, and the most memory that a process held."""

    pages: int
    languages: int
    command: str
    seconds: float
    processor_seconds: float
    megabytes: int
    lines: int  # it printed
    status: int


def measure(root: Path, pages: int, languages: int, command: str) -> Run:
    """Run `book COMMAND` in the book at `root`."""
    with tempfile.TemporaryFile("w+") as output:
        started = time.monotonic()
        process = subprocess.Popen([sys.executable, "-m", "book", command], cwd=root, stdout=output, stderr=output)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        lines = len(output.readlines())
    return Run(
        *(pages, languages, command, round(seconds, 1), round(used.ru_utime + used.ru_stime, 1)),
        *(used.ru_maxrss // 1024, lines, process.returncode),
    )


def runs(source: Project, pages: int, languages: int) -> Iterator[Run]:
    """The runs for one size: a check, a sync with nothing to do, and a sync after an author's changes."""
    with tempfile.TemporaryDirectory() as folder:
        make_book(source, Path(folder), pages, languages)
        yield measure(Path(folder), pages, languages, "check")
        yield measure(Path(folder), pages, languages, "sync")
        reword(Path(folder))
        changed = measure(Path(folder), pages, languages, "sync")
        yield Run(**{**asdict(changed), "command": "sync after changes"})


def keep(path: Path, made: list[Run]) -> None:
    """Store what has been measured so far."""
    kept = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "versions": {name: version(name) for name in ("book", "polib", "nbformat", "markdown-it-py")}
        | {"python": platform.python_version()},
        "cells_a_page": CELLS,
        "seed": SEED,
        "runs": [asdict(run) for run in sorted(made, key=lambda run: (run.command, run.pages, run.languages))],
    }
    write_atomic(path, json.dumps(kept, indent=1) + "\n")


def main() -> int:
    """Measure the sizes named on the command line, as PAGESxLANGUAGES, and keep what they took."""
    source = Project.find()
    made: list[Run] = []
    print(f"{'pages':>6} {'languages':>10}  {'command':<20}{'seconds':>8} {'processor':>10} {'MB':>6} {'lines':>7}")
    for size in sys.argv[1:]:
        pages, languages = map(int, size.split("x"))
        for run in runs(source, pages, languages):
            made.append(run)
            keep(source.root / "bench" / "scale.json", made)
            print(
                f"{run.pages:>6} {run.languages:>10}  {run.command:<20}{run.seconds:>8} "
                f"{run.processor_seconds:>10} {run.megabytes:>6} {run.lines:>7}",
                flush=True,
            )
    return 0 if made else 2


if __name__ == "__main__":
    sys.exit(main())
