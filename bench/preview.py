"""How long it takes from saving a PO file to the words in the browser, with `book serve`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from bench.browsing.chromium import CHROMIUM, QUIET
from book.po import catalog
from book.project import Project

ROUNDS = 5


def preview(root: Path) -> list[dict[str, object]]:
    """Save a translation `ROUNDS` times while a browser shows its page; the median, in seconds."""
    project = Project(root)
    language, page_name = project.languages[-1], project.pages[1]
    command = [sys.executable, "-m", "book", "serve", language.code, "--port", "0"]
    environment = {**os.environ, "GITHUB_REPOSITORY": "owner/book"}
    process = subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    address = next(line.split()[0] for line in process.stdout if line.startswith("http"))
    path, walls = project.catalog(language, page_name), []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page()
        page.goto(f"{address}{language.code}/notebooks/{page_name}.html")
        for number in range(ROUNDS):
            words = f"…{number} {time.time_ns()}…"  # none that an earlier run has left on the page
            made = catalog.load(path)
            next(each for each in made if each.comment.startswith("prose") and each.msgid[0] != "#").msgstr += words
            text = catalog.dumps(made)
            start = time.perf_counter()
            path.write_text(text, encoding="utf-8")
            page.get_by_text(words).first.wait_for(state="attached", timeout=120_000)
            walls.append(time.perf_counter() - start)
        browser.close()
    process.terminate()  # Ctrl-C would not reach it where the measurement runs in the background
    process.communicate()
    what = "book serve, from saving a PO file to the words in the browser"
    print(f"{what:64}{median(walls):8.2f} s", flush=True)
    return [{"what": what, "wall": round(median(walls), 2), "rounds": ROUNDS, "load": round(os.getloadavg()[0], 1)}]
