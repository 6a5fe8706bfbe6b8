"""What the project makes of hostile translations, held against what it makes of harmless ones."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import polib
from nbformat import NotebookNode

from tests.safety.fuzz import notebooks, pages
from tests.safety.fuzz.commands import Run, ending, run, snapshot, terminal
from tests.safety.fuzz.target import LANGUAGES, PAGES, SECRET, Listener, Target, attacked, make_target, translate
from tests.safety.fuzz.violations import Violation

HASHED = re.compile(r"(?<=[_/.])(?:\w\w_)?[0-9a-f]{7,}(?=\.)")  # parts of names that change with a file's content
STATES = ("", "fuzzy", "missing")  # a cell may be shown in each of three ways


@dataclass
class Judge:
    """The book with what is made of it where all translations are harmless."""

    target: Target
    listener: Listener
    harmless: dict[str, pages.Page] = field(default_factory=dict)  # by path below `_build`
    notices: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    beside: dict[str, str] = field(default_factory=dict)  # what is made beside pages, in short
    cells: dict[tuple[str, str, str], list[notebooks.Readings]] = field(default_factory=dict)
    checked: Run = field(default_factory=lambda: Run(None, "", ""))  # what `check` said last

    @classmethod
    def make(cls, root: Path) -> Judge:
        """A new book below `root`, built with harmless translations."""
        os.environ.pop("GITHUB_REPOSITORY", None)
        listener = Listener()
        judge = cls(make_target(root, listener.address), listener)
        target = judge.target
        _require(run(target.book, "sync"))
        translate(target)
        for state in STATES:
            target.save(in_state(target, state), target.harmless_files())
            _require(run(target.book, "localize"))
            judge._learn_cells()
        target.save(target.catalogs, target.harmless_files())
        _require(run(target.book, "build"))
        judge.harmless = dict(judge._read_pages())
        judge.notices = {line for page in judge.harmless.values() for line in page.notices}
        judge.files, judge.beside = judge._made_files(), dict(judge._beside())
        if wrong := judge.verdict():
            raise AssertionError(f"the harmless book is found harmful: {wrong}")
        return judge

    @property
    def build(self) -> Path:
        return self.target.book / "_build"

    def verdict(self, languages: Sequence[str] = (), *, build: bool = True) -> list[Violation]:
        """What is wrong with what is made of the files as they are; of notebooks alone if not to `build` the site."""
        return list(self._verdict(languages, build))

    def _verdict(self, languages: Sequence[str], build: bool) -> Iterator[Violation]:
        before, self.listener.asked[:] = snapshot(self.target.root), []
        command = "build" if build else "localize"
        made = run(self.target.book, command, *languages)
        self.checked = checked = run(
            self.target.book, "check", "--format", "json", *(code for code in languages if code != "en")
        )
        yield from [*ending(command, made), *ending("check", checked)]
        if build:  # what people read in a terminal; JSON is for programs
            yield from terminal(run(self.target.book, "check"))
        if made.status in (0, 1):
            yield from self.differences(languages, build=build)
            yield from self._silent(checked)
        yield from self._outside(before)

    def differences(self, languages: Sequence[str] = (), *, build: bool = True) -> Iterator[Violation]:
        """What is wrong with what stands below `_build`; with notebooks alone if not to look at the site."""
        if build:
            yield from self._page_violations()
        yield from self._notebook_violations(languages or ("en", *LANGUAGES))

    # --- pages

    def _read_pages(self) -> Iterator[tuple[str, pages.Page]]:
        for path in [*(self.build / "html").rglob("*.html"), *(self.build / "search").rglob("*.html")]:
            html = path.read_text(encoding="utf-8", errors="replace")
            yield str(path.relative_to(self.build)), pages.skeleton(html, path.name)

    def _made_files(self) -> set[str]:
        site = self.build / "html"
        return {HASHED.sub("*", str(path.relative_to(site))) for path in site.rglob("*") if path.is_file()}

    def _beside(self) -> Iterator[tuple[str, str]]:
        """What must be the same whatever is said: scripts, pictures, addresses; the keys of data."""
        site = self.build / "html"
        for path in (site / "_static").rglob("*"):
            # The style sheets have what some page uses: a comment may need another colour.
            if path.is_file() and path.name not in ("book.css", "dark.css"):
                yield str(path.relative_to(site)), hashlib.sha256(path.read_bytes()).hexdigest()
        sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
        yield "sitemap.xml", re.sub(r"<lastmod>[^<]*</lastmod>", "", sitemap)
        data = json.loads((site / "status.json").read_text(encoding="utf-8"))
        yield "status.json", repr([sorted(data), [[row["language"], row["page"], *row] for row in data["pages"]]])
        for path in site.rglob("*.ipynb"):
            same = self.build / "notebooks" / path.parent.parent.name / path.name
            yield str(path.relative_to(site)), "as in _build/notebooks" if _same(path, same) else "another notebook"

    def _page_violations(self) -> Iterator[Violation]:
        there = self._made_files()
        for what, names in (("not published", self.files - there), ("new file", there - self.files)):
            yield from (Violation("site", what, name, name) for name in sorted(names))
        made, used = dict(self._read_pages()), self._used_ids()
        for name, page in self.harmless.items():
            if name in made:
                yield from pages.differences(name, page, made[name], self.notices, used)
        for name, short in self._beside():
            if not name.endswith("book.css") and short != self.beside.get(
                name, short
            ):  # it follows the ids of headings
                yield Violation("site", "other data", f"{name}: {short[:300]}", name)
        english = self._english_figure()
        for path in (self.build / "html").rglob("*.svg"):
            for wrong in notebooks.svg_differences(english, path.read_text(encoding="utf-8"), self._shown("drawn")):
                yield Violation("figure", "output", wrong, str(path.relative_to(self.build)))

    def _used_ids(self) -> set[str]:
        """The ids that the site's styles and scripts speak of."""
        files = [path for suffix in ("css", "js") for path in (self.build / "html" / "_static").rglob(f"*.{suffix}")]
        text = "\n".join(path.read_text(encoding="utf-8") for path in files)
        return {one or other for one, other in re.findall(r"""#([A-Za-z][\w-]+)|getElementById\(["']([\w-]+)""", text)}

    def _english_figure(self) -> str:
        outputs = [output for cell in self.target.english("drawn").cells for output in cell.get("outputs", [])]
        return next(str(each.data["image/svg+xml"]) for each in outputs if "image/svg+xml" in each.get("data", {}))

    # --- notebooks

    def _notebook_path(self, language: str, page: str) -> Path:
        return self.build / "notebooks" / language / f"{page}.ipynb"

    def _notebook(self, language: str, page: str) -> NotebookNode:
        return nbformat.read(self._notebook_path(language, page), as_version=4)

    def _learn_cells(self) -> None:
        for language in ("en", *LANGUAGES):
            for page in PAGES:
                for cell in self._notebook(language, page).cells:
                    if cell.cell_type == "markdown":
                        self.cells.setdefault((language, page, cell.id), []).append(notebooks.read(cell.source))

    def _shown(self, page: str, kind: str = "figure") -> set[str]:
        """The texts of figures, or those printed, that the English source of a page declares."""
        return {each.english for each in self.target.entries if each.page == page and each.kind == kind}

    def _notebook_violations(self, languages: Sequence[str]) -> Iterator[Violation]:
        for language, page in ((language, page) for language in languages for page in PAGES):
            name = f"notebooks/{language}/{page}.ipynb"
            if not (self.build / name).exists():
                yield Violation("notebook", "not published", name, name)
                continue
            known = {cell: read for (code, its, cell), read in self.cells.items() if (code, its) == (language, page)}
            english, made = self.target.english(page), self._notebook(language, page)
            yield from notebooks.differences(
                name, english, made, known, self._shown(page), self._shown(page, "printed")
            )

    # --- what check says

    def _silent(self, checked: Run) -> Iterator[Violation]:
        """A translation that is there and is not shown has to be a finding."""
        try:
            findings = json.loads(checked.out)["findings"]
        except ValueError:
            return
        named = {
            (each["file"], word) for each in findings for word in re.findall(r"`([^`\s]+/[^`\s]+)`", each["message"])
        }
        for language, page in ((language, page) for language in LANGUAGES for page in PAGES):
            file = f"translations/{language}/{page}.po"
            for context in self._not_shown(language, page):
                if (file, context) not in named:
                    detail = f"{language} {context} is not shown, and no finding says so"
                    cell = frozenset({context.partition("/")[2]})
                    yield Violation("check", "silent", detail, f"notebooks/{language}/{page}.ipynb", cell)

    def _not_shown(self, language: str, page: str) -> Iterator[str]:
        """Contexts of translations in whose place the made notebook has English.

        Not of those marked fuzzy: such a one may rightly lack what is new in the English, and is out of date anyhow.
        """
        path = self._notebook_path(language, page)
        try:
            stored = polib.pofile(str(self.target.folder(language) / f"{page}.po"), encoding="utf-8")
        except (OSError, ValueError):
            return
        sources = {cell.id: cell.source for cell in self._notebook(language, page).cells} if path.exists() else {}
        for entry in stored:
            first, cell = entry.msgid.partition("\n")[0], (entry.msgctxt or "").partition("/")[2]
            there = not entry.obsolete and not entry.fuzzy and entry.msgstr and entry.comment.startswith("prose")
            if there and first in sources.get(cell, "") and first not in entry.msgstr:
                yield entry.msgctxt

    # --- outside

    def _outside(self, before: dict[str, tuple[object, ...]]) -> Iterator[Violation]:
        """What was reached for outside the folder for what is made."""
        if self.listener.asked:
            yield Violation("outside", "asked", f"an address was asked: {self.listener.asked}")
        if changed := set(snapshot(self.target.root).items()) ^ set(before.items()):
            yield Violation("outside", "written", f"files changed: {sorted({path for path, _ in changed})}")
        for path in self.build.rglob("*"):
            if path.is_file() and "/assets/" not in str(path) and SECRET.encode() in path.read_bytes():
                name = str(path.relative_to(self.build))
                yield Violation("outside", "read", f"what nobody may read stands in {name}", name)


def _same(one: Path, other: Path) -> bool:
    return other.exists() and one.read_bytes() == other.read_bytes()


def in_state(target: Target, state: str) -> dict[tuple[str, str], polib.POFile]:
    """The harmless catalogs, in which whatever may be attacked is `fuzzy`, `missing`, or as it was."""
    catalogs = target.copies()
    chosen = {(each.language, each.context, each.english) for each in target.entries if attacked(each)}
    for (language, _), made in catalogs.items():
        for entry in (each for each in made if (language, each.msgctxt, each.msgid) in chosen):
            if state == "fuzzy":
                entry.flags, entry.previous_msgid = ["fuzzy"], "It was otherwise."
            elif state == "missing":
                entry.msgstr = ""
    return catalogs


def _require(done: Run) -> None:
    if done.status != 0:
        raise AssertionError(f"the harmless book: {done}")
