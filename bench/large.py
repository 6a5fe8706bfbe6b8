"""Large books before and after a change: `python -m bench.large 150 FOLDER…`, each a checkout of this project.

A book of so many pages in two languages is made once. In each checkout's program it is built from nothing, checked and
synced. What that takes, of all processes, is kept by size and commit in bench/large.json.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.made_book import make_book
from bench.timing import adopt_orphans, circumstances
from book.files import write_atomic
from book.project import Project

COMMANDS = ("build", "check", "sync")


def measured(book: Path, command: str) -> dict[str, object]:
    """What a command takes in `book`: the clock, all processors' time, the memory of the largest process."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "book", command], cwd=book, capture_output=True, check=False)
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "command": command,
        "wall": round(time.perf_counter() - started, 1),
        "cpu": round(used.ru_utime + used.ru_stime, 1),
        "megabytes": used.ru_maxrss // 1024,
        "load": round(os.getloadavg()[0], 1),
    }


def main() -> int:
    """Measure the checkouts named on the command line, or one command where a process of ours is told to."""
    size, *folders = sys.argv[1:]
    if size in COMMANDS:  # in a process of its own, which counts nothing but the command
        adopt_orphans()
        print(json.dumps(measured(Path(folders[0]), size)))
        return 0
    here = Project.find()
    path = here.root / "bench" / "large.json"
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    with tempfile.TemporaryDirectory() as folder:
        make_book(here, Path(folder), int(size), 1)
        for program in map(Path, folders):
            shutil.rmtree(Path(folder) / "_build", ignore_errors=True)
            results = []
            for command in COMMANDS:
                environment = {**os.environ, "PYTHONPATH": f"{program}", "GITHUB_REPOSITORY": "owner/book"}
                measure = [sys.executable, str(Path(__file__)), command, folder]
                done = subprocess.run(measure, env=environment, capture_output=True, text=True, check=True)
                results.append(json.loads(done.stdout))
                print(program.name, results[-1], flush=True)
            made = {**circumstances(program), "results": results}
            kept.setdefault(f"{size} pages, 2 languages", {})[str(made["commit"])] = made
            write_atomic(path, json.dumps(kept, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
