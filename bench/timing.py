"""Timing commands: the clock, and the processors' time of every process that a command starts."""

from __future__ import annotations

import ctypes
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from book.files import write_atomic
from book.project import Project

ROUNDS = 3
PACKAGES = ("jupyter-book", "Sphinx", "myst-nb", "sphinx-book-theme")
PR_SET_CHILD_SUBREAPER = 36
Parts = Mapping[str, Callable[[Path], dict[str, Any]]]  # what each measures in a clone, as plain data


@dataclass(frozen=True)
class Result:
    """Medians of `rounds` runs, in seconds; `load` is the mean number of processes that ran or waited meanwhile."""

    what: str
    wall: float
    cpu: float
    rounds: int
    load: float


def run(*command: str | Path, cwd: Path) -> None:
    """Run a command to its end, and wait for every process that it leaves behind."""
    environment = {**os.environ, "GITHUB_REPOSITORY": "owner/book"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's machine compiles each module once
    subprocess.run(command, cwd=cwd, env=environment, check=True, capture_output=True)
    try:
        while True:
            os.wait()
    except ChildProcessError:
        pass


def measured(what: str, before: Callable[[], object], commands: Callable[[], object], rounds: int = ROUNDS) -> Result:
    """Time `commands`, each round after `before`."""
    walls, cpus, loads = [], [], []
    for _ in range(rounds):
        before()
        start, used = time.perf_counter(), _cpu()
        commands()
        walls.append(time.perf_counter() - start)
        cpus.append(_cpu() - used)
        loads.append(os.getloadavg()[0])
    result = Result(what, round(median(walls), 2), round(median(cpus), 2), rounds, round(median(loads), 1))
    print(f"{what:56}{result.wall:8.2f} s {result.cpu:8.2f} s CPU   load {result.load}", flush=True)
    return result


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def adopt_orphans() -> None:
    """Have processes that outlive their parents become ours (Linux), so that no processor time is lost."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def measured_parts(file: str, parts: Parts) -> dict[str, Any] | None:
    """Measure the parts named on the command line, else all, each in a clone of its own; what is kept in bench/`file`.

    Other parts stay as they were. None, with a line that says so, where a part of such a name is not there.
    """
    adopt_orphans()
    if unknown := set(sys.argv[1:]) - set(parts):
        print(f"no part {', '.join(sorted(unknown))}; there are: {', '.join(parts)}", file=sys.stderr)
        return None
    here = Project.find().root
    path = here / "bench" / file
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for name in sys.argv[1:] or parts:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "book"
            run("git", "clone", "--quiet", here, root, cwd=here)
            kept[name] = {**circumstances(root), **parts[name](root)}
        write_atomic(path, json.dumps(kept, indent=1) + "\n")
    return kept


def circumstances(root: Path) -> dict[str, object]:
    """What a measurement of the clone in `root` depends on."""
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, check=True)
    return {
        "measured": datetime.now(UTC).replace(microsecond=0).isoformat(),
        "commit": commit.stdout.strip(),
        "cores": os.cpu_count(),
        "versions": {"Python": platform.python_version(), **{each: version(each) for each in PACKAGES}},
    }
