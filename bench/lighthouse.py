"""Lighthouse, as Google rates pages on a phone, for each kind of page in each language: `python -m bench.lighthouse`.

Beside it stands the same book built with the stock command line (`jupyter-book build .`). Needs Node.js with npm, and
a Chromium (CHROME_PATH, else the one found). The scores go to bench/lighthouse.json.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from bench.browsing.chromium import CHROMIUM, QUIET
from bench.browsing.served import served
from book.files import write_atomic
from book.project import Project

VERSION = "13.5.0"
RUNS = 3  # of each page: what else the machine does can cost one of them some points
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]
FLAGS = " ".join(["--headless=new", *QUIET])
# What a person reads: the start, long lessons (one has photographs), a page of links; and what is no lesson.
KINDS = ["notebooks/index", "notebooks/batch_norm", "notebooks/instance_norm", "notebooks/literature", "search"]
KINDS += ["status", "translate", "contributors"]


def installed(folder: Path) -> Path:
    """Lighthouse's command, installed in `folder` where it is not there yet."""
    command = folder / "node_modules" / ".bin" / "lighthouse"
    if not command.exists():
        folder.mkdir(parents=True, exist_ok=True)
        install = ["npm", "install", "--silent", "--no-save", "--prefix", str(folder), f"lighthouse@{VERSION}"]
        subprocess.run(install, check=True, cwd=folder)
    return command


def stock(project: Project) -> Path:
    """The English book as `jupyter-book build .` makes it."""
    target = project.build / "stock"
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", str(project.root), "--path-output"]
    subprocess.run([*command, str(target)], check=True, capture_output=True)
    return target / "_build" / "html"


def rated(command: Path, address: str) -> dict[str, Any]:
    """What `_rated_once` gives for a page, of several runs the one in the middle by performance."""
    runs = sorted((_rated_once(command, address) for _ in range(RUNS)), key=lambda run: int(run["performance"]))
    return runs[RUNS // 2]


def _rated_once(command: Path, address: str) -> dict[str, Any]:
    """The four scores (0 to 100) of a page, its first paint and largest paint in ms, and the audits it failed."""
    with tempfile.TemporaryDirectory() as work:
        report = Path(work, "report.json")
        options = ["--output=json", f"--output-path={report}", "--quiet", f"--chrome-flags={FLAGS}"]
        options.append(f"--only-categories={','.join(CATEGORIES)}")
        environment = {**os.environ, "CHROME_PATH": str(CHROMIUM)}
        subprocess.run([command, address, *options], check=True, env=environment, timeout=180)
        made = json.loads(report.read_text(encoding="utf-8"))
    audits = made["audits"]
    counted = {ref["id"] for each in made["categories"].values() for ref in each["auditRefs"] if ref["weight"]}
    return {
        **{name: round(100 * made["categories"][name]["score"]) for name in CATEGORIES},
        "first-paint-ms": round(audits["first-contentful-paint"]["numericValue"]),
        "largest-paint-ms": round(audits["largest-contentful-paint"]["numericValue"]),
        "kilobytes": round(audits["total-byte-weight"]["numericValue"] / 1000),
        "failed": sorted(
            name for name in counted if (audits[name]["score"] or 0) < 0.9 and audits[name]["score"] is not None
        ),
    }


def pages(project: Project) -> list[str]:
    """Every kind of page in every language, those that there are."""
    kinds = [f"{language.code}/{kind}.html" for language in project.editions for kind in KINDS]
    return [path for path in ["index.html", "404.html", *kinds] if (project.html / path).exists()]


def main() -> int:
    """Rate the pages named on the command line, else all of them and the stock book; print and keep the scores."""
    project = Project.find()
    command = installed(project.build / "lighthouse")
    scores: dict[str, dict[str, Any]] = {}
    with served(project.html) as site:
        for path in sys.argv[1:] or pages(project):
            # The entrance would lead on to a language at once.
            address = f"{site}/{path}" + ("#all" if path == "index.html" else "")
            scores[path] = _shown(path, rated(command, address))
    if sys.argv[1:]:
        return 0
    with served(stock(project)) as site:
        for kind in KINDS[:3]:
            scores[f"stock: {kind}.html"] = _shown(f"stock: {kind}.html", rated(command, f"{site}/{kind}.html"))
    kept = {
        "lighthouse": VERSION,
        "chromium": _version(),
        "runs": RUNS,
        "date": date.today().isoformat(),
        "pages": scores,
    }
    write_atomic(project.root / "bench" / "lighthouse.json", json.dumps(kept, indent=1) + "\n")
    return 0


def _shown(path: str, score: dict[str, Any]) -> dict[str, Any]:
    print(f"{path:34}", *(f"{value:>5}" for value in score.values() if isinstance(value, int)), *score["failed"])
    return score


def _version() -> str:
    return subprocess.run([str(CHROMIUM), "--version"], capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
