"""Translations that a merge has put beside another English than theirs.

Git merges lines, not entries. Where one branch has brought a translation up to date, and taken its mark `fuzzy` away,
while the other has changed the English once more, the merged entry may have the new English, the translation of the
former one, and no mark: nobody has said that the two belong together.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polib

from book.language.language import Language
from book.po import catalog
from book.po.file_format import Catalog, PoSyntaxError, parse
from book.project import Project
from book.repository import ask_git

Known = dict[tuple[str, str], set[str]]  # by context and translation, the English texts that it was made from


def mark_mixed(project: Project, language: Language, made: dict[str, Catalog]) -> None:
    """Mark as fuzzy, in the catalogs by page, what the commit at hand has mixed, if it is a merge."""
    for page, number, english in list(mixed(project, language, made)):
        entry = made[page][number]
        flags = [*entry.flags, "fuzzy"]
        made[page][number] = catalog.copy_of(entry, flags=flags, previous_msgid=english)


def mixed(project: Project, language: Language, made: dict[str, Catalog]) -> Iterator[tuple[str, int, str]]:
    """What the commit at hand has mixed, if it is a merge: page, number of the entry, English of the translation.

    What was changed since is somebody's word.
    """
    paths = {page: project.catalog(language, page) for page in made}
    changed = set(_changed_by_merge(project.root, project.folder(language)))
    for page in [page for page, path in paths.items() if path in changed]:
        known = _mixed(project.root, paths[page])
        for number, entry in enumerate(made[page]):
            english = known.get((entry.msgctxt or "", entry.msgid, entry.msgstr))
            if english is not None and not (entry.fuzzy or entry.obsolete):
                yield page, number, english


def _changed_by_merge(root: Path, folder: Path) -> Iterator[Path]:
    """The files that the commit at hand has otherwise than each of its parents, if it has several."""
    if len(ask_git(root, "rev-parse", "HEAD^@").split()) > 1:
        within = ask_git(root, "rev-parse", "--show-prefix").strip()  # the book may be a folder of its repository
        asked = ("diff-tree", "-c", "-r", "-z", "--no-commit-id", "--name-only", "HEAD", "--", str(folder))
        yield from (root / name.removeprefix(within) for name in ask_git(root, *asked).split("\0") if name)


def _mixed(root: Path, path: Path) -> dict[tuple[str, str, str], str]:
    """Context, English and translation of what is mixed in the commit, with the English of the translation."""
    known: Known = {}
    for parent in ask_git(root, "rev-parse", "HEAD^@").split():
        for entry in _translated(root, parent, path):
            _, english = catalog.translated_from(entry)
            known.setdefault((entry.msgctxt or "", entry.msgstr), set()).add(english)
    found = {}
    for entry in _translated(root, "HEAD", path):
        theirs = known.get((entry.msgctxt or "", entry.msgstr), set())
        if theirs and entry.msgid not in theirs and not entry.fuzzy:
            found[entry.msgctxt or "", entry.msgid, entry.msgstr] = min(theirs)
    return found


def _translated(root: Path, commit: str, path: Path) -> Iterator[polib.POEntry]:
    """The translated entries of a file as a commit has it; none where it cannot be read."""
    text = ask_git(root, "cat-file", "blob", f"{commit}:./{path.relative_to(root).as_posix()}")
    try:
        entries = parse(text.replace("\r\n", "\n"))
    except PoSyntaxError:
        return
    yield from (entry for entry in entries if entry.msgstr and not entry.obsolete)
