"""One language's part of a build: what Sphinx has to do, and what is done when Sphinx is through."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from book.files import write_atomic
from book.findings import Finding
from book.localize.edition import Edition
from book.localize.notebooks import publish
from book.localize.translations import State
from book.site.beside import put_beside
from book.site.fingerprint import Inputs, Refusal, Stamp, invalidate, listing, page_fingerprint, stamp, store, stored
from book.site.handoff import ASSETS, Done, Job, Warned
from book.site.pages.render import write_pages
from book.site.pages.search_index import TARGET, write_index
from book.site.proof.differences import Difference
from book.site.source.social_cards import Card
from book.site.source.tree import write_tree
from book.site.sphinx.config import book_config
from book.status.report import Report

RULE = "sphinx"  # of what Sphinx warns of
# What `_build` keeps of a language, each in a folder of its own. The last has the stamp, which vouches for the others.
CACHE = "answers"  # beside them, what is known of all languages
KEPT = ("source", "notebooks", "pictures", "search", "output", "html", "doctrees")


@dataclass(frozen=True)
class AllLanguages:
    """What a language's pages show of the whole book.

    `translated` gives for each page the languages in which it can really be read, `cards` its picture. `as_written` are
    the English cells, as `PAGE/CELL`, at which Sphinx fails.
    """

    translated: dict[str, list[str]]
    report: Report
    cards: dict[str, Card]
    as_written: frozenset[str] = frozenset()


def html(edition: Edition) -> Path:
    """The folder of the edition's site."""
    return edition.project.html / edition.language.code


def doctrees(edition: Edition) -> Path:
    """The folder in which Sphinx keeps what it has read, and we what it has made beside pages."""
    return edition.project.build / "doctrees" / edition.language.code


class EditionBuild:
    """An edition's site in the making, in the folder `output`; the site stays as it is until this is published.

    Cells that an earlier build has refused are refused again as long as what they were found in is the same.
    """

    def __init__(self, edition: Edition, inputs: Inputs) -> None:
        self.edition, self.output = edition, edition.project.build / "output" / edition.language.code
        self._inputs, self._before = inputs, stored(doctrees(edition))
        self._published = listing(html(edition))
        self._stamp: Stamp | None = None
        self._is_new = self._is_anew = False  # has Sphinx made something, and everything?
        self._is_published = False
        self._warnings = list(self._before.warnings if self._before else ())
        for each in self._before.refusals if self._before else ():
            if each.fingerprint == self._fingerprint_of(each.context):
                edition.refuse([each.context], each.reason)

    def prepare(self, all_languages: AllLanguages) -> Job | None:
        """What Sphinx has to do, with what it reads written; None where all is as it was left."""
        edition, memory, before = self.edition, doctrees(self.edition), self._stamp or self._before
        settings = book_config(edition, self._inputs.assets_version)
        now = stamp(edition, settings, all_languages.translated, all_languages.report, self._published, self._inputs)
        now = replace(now, as_written=tuple(sorted(all_languages.as_written)))
        self._stamp = replace(now, refusals=self._refusals())
        if self._stamp.makes_as(before) and self.output.exists():
            return None
        self._is_new = True
        if not self._stamp.is_framed_as(before):
            self._is_anew = True
            shutil.rmtree(memory, ignore_errors=True)
            shutil.rmtree(self.output, ignore_errors=True)
        invalidate(memory, self._before.translated if self._before else ())
        source = write_tree(
            edition, all_languages.translated, all_languages.report, all_languages.cards, all_languages.as_written
        )
        write_atomic(source / "_config.yml", yaml.safe_dump(settings, allow_unicode=True, sort_keys=True))
        return Job(edition.language.code, source, self.output, memory)

    def write_notebooks(self) -> None:
        """Write the notebooks. They may show one more translation that is to be refused, and Sphinx must run again."""
        publish(self.edition, self.edition.project.pages)

    def refuse(self, page: str, cell: str, reason: str) -> bool:
        """Show a cell in English from now on, an English one as it is written. False where it is already."""
        if self.edition.is_source:
            is_new = f"{page}/{cell}" not in self.edition.refused
            self.edition.refuse([f"{page}/{cell}"], reason)
            return is_new
        texts = [text for text in self.edition.texts[page] if text.cell_id == cell]
        if all(self.edition.translation(text).shown is None for text in texts):
            return False
        self.edition.refuse([f"{page}/{cell}"], reason)
        return True

    def refuse_page(self, page: str, found: Difference) -> bool:
        """Show a page in English from now on, all of it. False where it is already, and for an English one."""
        texts = self.edition.texts.get(page, [])
        shown = {text.context: None for text in texts if self.edition.translation(text).shown is not None}
        if self.edition.is_source or not shown:
            return False
        named = [each for cell in found.cells if (each := f"{page}/{cell}") in shown]
        first = [*named, *shown][0]
        self.edition.refuse([first], f"{found.message}; as no one cell is found to do it, all of the page is")
        self.edition.refuse(shown)  # without a word about each
        return True

    def note_warnings(self, done: Done) -> None:
        """Keep what Sphinx warned of, beside what it said of the pages that it has not made again."""
        again = {True: done.read, False: done.read | done.written}
        kept = (each for each in self._warnings if each.document and each.document not in again[each.reading])
        self._warnings = [*kept, *done.warnings]

    def warnings(self, english: EditionBuild) -> Iterator[Finding]:
        """What Sphinx has to say of the pages as they are, and does not of the English."""
        said = set(english._warnings) if self is not english else set()
        yield from (_finding(self.edition, each) for each in dict.fromkeys(self._warnings) if each not in said)

    @property
    def is_new(self) -> bool:
        """Has Sphinx made something for it?"""
        return self._is_new

    def is_as_it_was(self) -> bool:
        """Would nothing be published but what is there already?"""
        states = [each.state for each in (self._stamp, self._before) if each]
        return not self._is_new and states[:1] == states[1:]

    def complete(self, all_languages: AllLanguages) -> None:
        """Add the pages that tell of all languages, and the notebooks beside the lessons."""
        write_pages(self.edition, all_languages.report, doctrees(self.edition), self.output)
        if self._is_new:
            put_beside(self.edition, doctrees(self.edition), self.output)

    def publish(self) -> None:
        """Put in place what was made."""
        _copy_changed(self.output, html(self.edition))
        self._is_published = True

    def finish(self) -> None:
        """Make the search index of what was published, and keep what it was all made from."""
        if not self._is_published:
            return
        assert self._stamp
        if self._is_anew:
            shutil.rmtree(html(self.edition) / TARGET, ignore_errors=True)
        if self._is_new:
            write_index(self.edition)
        output, warnings = listing(html(self.edition)), tuple(self._warnings)
        made = replace(self._stamp, output=output, refusals=self._refusals(), warnings=warnings)
        store(made, doctrees(self.edition))

    def _refusals(self) -> tuple[Refusal, ...]:
        refused = self.edition.refused.items()
        return tuple(Refusal(context, reason, self._fingerprint_of(context)) for context, reason in refused)

    def _fingerprint_of(self, context: str) -> str:
        return page_fingerprint(self.edition, context.rpartition("/")[0], self._inputs)


def _finding(edition: Edition, warned: Warned) -> Finding:
    """A warning with the file and the cell to look at, in the place of the files that were made from these."""
    project, code = edition.project, edition.language.code
    message = warned.message.replace(f"{project.build / 'source' / code}/", "")
    if (page := project.page_of(warned.document)) not in project.pages:
        return project.finding(project.root / "_toc.yml", 1, f"{message}, in `{code}`", RULE)
    cells = edition.cells(page)
    cell = cells[warned.cell] if warned.cell is not None and warned.cell < len(cells) else None
    if edition.is_source or (cell and cell.state is State.UNTRANSLATED):
        file, lines = project.notebook(page), edition.source.pages[page].lines
    else:
        file, lines = project.catalog(edition.language, page), edition.lines(page)
    if cell is None:
        return project.finding(file, 1, message, RULE)
    return project.finding(file, lines.get(cell.node.id, 1), f"cell `{cell.node.id}`: {message}", RULE)


def _copy_changed(made: Path, site: Path) -> None:
    """Give `site` the files of `made`, each whole; those that are the same are not touched, others are removed.

    Our pages load one style sheet, made of those among the assets, and none of these themselves.
    """
    files = {path.relative_to(made) for path in made.rglob("*") if path.is_file()}
    files = {name for name in files if name.parts[0] != ASSETS}
    for path in (each for each in site.rglob("*") if each.is_file()):
        name = path.relative_to(site)
        if name not in files and name.parts[0] != TARGET:
            path.unlink()
    for name in sorted(files):
        target = site / name
        if not target.is_file() or not filecmp.cmp(made / name, target, shallow=False):
            target.parent.mkdir(parents=True, exist_ok=True)
            copied = target.with_name(f".{target.name}.copied")
            shutil.copyfile(made / name, copied)
            copied.replace(target)
