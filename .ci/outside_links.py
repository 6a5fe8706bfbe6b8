"""Links to other sites that lead nowhere, one line each; for the weekly run, as sites come and go.

A site that answers with anything but "not found" is there: many refuse programs.

usage: python .ci/outside_links.py FILE …     Markdown files and notebooks
"""

from __future__ import annotations

import json
import re
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from pathlib import Path

_LINK = re.compile(r"\]\((https?://[^\s)]+)\)|<(https?://[^\s>]+)>|(?<![\w\"'=`/])(https?://[^\s)>\]\"'`*]+)")
_GONE = (404, 410)
_TRIES = 3


def links(text: str) -> set[str]:
    """The addresses that a Markdown text links to, without the place in the page."""
    found = (next(filter(None, match.groups())) for match in _LINK.finditer(text))
    return {link.partition("#")[0].rstrip(".,;:") for link in found}


def prose(path: Path) -> str:
    """The Markdown of a file: of a notebook, that of its cells."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".ipynb":
        return text
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown"]
    return "\n\n".join("".join(cell["source"]) for cell in cells)


def trouble(link: str) -> str:
    """What is wrong with an address; empty where something is there."""
    request = urllib.request.Request(link, headers={"User-Agent": "Mozilla/5.0 (a check of links, once a week)"})
    try:
        with urllib.request.urlopen(request, timeout=30):
            return ""
    except urllib.error.HTTPError as error:
        return f"{error.code} {error.reason}" if error.code in _GONE else ""
    except (OSError, ValueError) as error:
        return str(error)


def dead(wanted: Iterable[str], ask: Callable[[str], str] = trouble, pause: float = 20) -> dict[str, str]:
    """Those of the addresses that are in trouble each time they are asked, with what is wrong."""
    left = dict.fromkeys(sorted(wanted), "")
    for attempt in range(_TRIES):
        time.sleep(pause if attempt and left else 0)
        left = {link: said for link in left if (said := ask(link))}
    return left


def main(names: list[str]) -> int:
    """Print what leads nowhere; 1 if there is anything."""
    where: dict[str, list[str]] = {}
    for name in names:
        for link in links(prose(Path(name))):
            where.setdefault(link, []).append(name)
    found = dead(where)
    for link, said in found.items():
        print(f"- {link}: {said}; in {', '.join(where[link])}")
    print(f"{len(where)} links to other sites, {len(found)} of them lead nowhere")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
