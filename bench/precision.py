"""What each rule finds in translations of others, some of it drawn by lot to be read by people: is it so, or not?

`python -m bench.precision LANG PATH [--each 20] [--lot a]`, in a book whose translated pages lie in PATH, as
`book adopt` takes them; nothing is written. Each finding stands with its English and its translation. What was read,
and how much of it was so, is in bench/README.md.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from book.adopt.files import find
from book.adopt.texts import BY_PLACE, from_page
from book.errors import BookError
from book.language.conventions import read_conventions
from book.language.language import Language
from book.notebook import ipynb
from book.notebook.pasted import pasted_apart
from book.project import Project
from book.rules import findings
from book.source import read_source

SHOWN = 600  # characters of a text


class Found(NamedTuple):
    """A finding, with the texts that it is about."""

    rule: str
    message: str
    place: str
    english: str
    said: str


def found_in(project: Project, language: Language, path: Path) -> Iterator[Found]:
    """What the rules find in all texts that have a counterpart for sure."""
    source, conventions = read_source(project), read_conventions(language, project.folder(language))
    for name, translated in find(project, language, path).pages.items():
        if name not in source.pages:
            continue
        try:
            notebook = pasted_apart(ipynb.read(translated))
        except BookError as error:
            print(error)
            continue
        texts = {text.key: text for text in source.pages[name].texts}
        for each in from_page(source.pages[name], notebook, translated, ipynb.cell_lines(translated)).adopted:
            if BY_PLACE not in each.doubts:
                text = texts[each.key]
                for message, rule in findings(text, each.said, conventions=conventions):
                    yield Found(rule, message, f"{name}/{text.cell_id}", text.text, each.said)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language", type=Language)
    parser.add_argument("path", type=Path)
    parser.add_argument("--each", type=int, default=20, help="how many findings of each rule")
    parser.add_argument("--lot", default="a", help="another one draws others")
    given = parser.parse_args()
    by_rule: dict[str, list[Found]] = {}
    for each in found_in(Project.find(), given.language, given.path):
        by_rule.setdefault(each.rule, []).append(each)
    for rule, found in sorted(by_rule.items()):
        print(f"\n{rule}: {len(found)}")
        for each in random.Random(f"{given.lot}{rule}").sample(found, min(given.each, len(found))):
            print(f"\n{each.place}: {each.message}\n  {each.english[:SHOWN]!r}\n  {each.said[:SHOWN]!r}")


if __name__ == "__main__":
    main()
