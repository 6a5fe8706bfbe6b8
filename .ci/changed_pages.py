"""What a reader sees otherwise in one built site than in another: a list of pages per language, in Markdown.

usage: python .ci/changed_pages.py BEFORE AFTER     the folders of two sites, as `book build` makes them
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

_CONTENT = re.compile(r"<article\b.*?</article>", re.DOTALL)
_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|"})


def contents(site: Path) -> dict[tuple[str, str], str]:
    """What stands in the pages of a site, without the frame that all share, by language and page."""
    found = {}
    for path in sorted(site.glob("*/notebooks/*.html")):
        text = path.read_text(encoding="utf-8")
        found[path.parent.parent.name, path.stem] = "".join(_CONTENT.findall(text)) or text
    return found


def changes(before: dict[tuple[str, str], str], after: dict[tuple[str, str], str]) -> dict[str, list[str]]:
    """By language, the pages that differ, with what became of them."""
    found: dict[str, list[str]] = {}
    for language, page in sorted(before.keys() | after.keys()):
        key = (language, page)
        if before.get(key) != after.get(key):
            what = "new" if key not in before else "gone" if key not in after else ""
            found.setdefault(language, []).append(f"{page.translate(_MARKS)}{f' ({what})' if what else ''}")
    return found


def report(found: dict[str, list[str]], pages: int) -> str:
    """The changes as Markdown."""
    if not found:
        return f"None of the {pages} pages reads otherwise than before.\n"
    number = sum(map(len, found.values()))
    lines = [f"{number} of {pages} pages read otherwise than before:", ""]
    lines += [f"- {language.translate(_MARKS)}: {', '.join(names)}" for language, names in found.items()]
    return "\n".join([*lines, ""])


def main(arguments: list[str]) -> int:
    """Print the list; 2 where a folder has no pages."""
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    before, after = (contents(Path(each)) for each in arguments)
    for folder, found in zip(arguments, (before, after), strict=True):
        if not found:
            print(f"{folder} has no pages; build the site first", file=sys.stderr)
            return 2
    print(report(changes(before, after), len(after)), end="")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
