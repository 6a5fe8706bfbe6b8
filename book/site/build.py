"""Building the site: a Sphinx run for each language that needs one, the proof of what came of it, and what stands above
the languages.

One fault stops one thing: a cell, which is shown in English, or a language, whose site stays as it was.
"""

from __future__ import annotations

import posixpath
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path
from urllib.parse import unquote

from book.cache import Cache, kept_cache
from book.errors import BookError, SiteError
from book.files import write_atomic
from book.findings import Finding
from book.language.language import Language
from book.localize.edition import Edition
from book.localize.reading import Reading
from book.lock import locked
from book.notebook.markdown.as_jupyter import as_jupyter_reads
from book.notebook.markdown.parts import parts, skeleton
from book.notebook.texts import PROSE
from book.project import Project
from book.site.edition_build import CACHE, KEPT, AllLanguages, EditionBuild, html
from book.site.fingerprint import Inputs, program, read_inputs, stored
from book.site.handoff import ASSETS, Done, Job
from book.site.pages.site_root import only_speaks, write_entrance, write_not_found, write_sitemap
from book.site.proof.differences import Difference
from book.site.proof.proof import Proof
from book.site.source.head import entrance_head
from book.site.source.social_cards import cards, write_cards
from book.site.source.tree import translated_pages
from book.site.sphinx import pool
from book.site.theme.stylesheet import write_assets
from book.status.report import as_json, report
from book.toc import SITE

LOST = "lost"  # the rule that all of a cell is on its page
DOUBLED = "id-doubled"  # the rule that an id stands once on a page
ROUNDS = 10  # of making a language without the cells that were refused in the round before
_READINGS = 3  # of files that are saved while they are read


@dataclass
class Built:
    """What a build did: the root pages of the languages made, the cells that it shows in English, in the place of
    translations that did more than speak, and why languages were left as they were, and pages left out; `warnings` of
    Sphinx's as well, said at each build until they are mended, as by a build from nothing. `made` are the languages
    for which Sphinx had to run; `doubts` say by language how many translations are not shown, or not certain.
    """

    pages: list[Path] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    stopped: list[BookError] = field(default_factory=list)
    doubts: dict[str, str] = field(default_factory=dict)


def build(
    project: Project,
    languages: list[Language],
    reading: Reading | None = None,
    on_pages: Callable[[], object] = lambda: None,
) -> Built:
    """Build the site in `languages`. English is made in any case: the others are held against it.

    What is as it was is left alone, and of what `reading` has read before only what has changed is read.
    `on_pages` is called when the pages are in place, before the search index is made, without which they can be shown.
    Raises SiteError where Sphinx fails in English, and what reading the English book raises.
    """
    pool.warm_up()
    reading = reading or Reading()
    with locked(project.build), kept_cache(project.build / CACHE, program(), reading.cache) as cache:
        codes = {project.source.code, *(language.code for language in languages)}
        made = _Build(project.root, cache, codes, reading)
        made.make()
        built = made.publish([language.code for language in languages], on_pages)
    reading.cache = cache
    return built


class _Build:
    """A build of the languages `codes`, made in rounds until what is made only speaks."""

    def __init__(self, root: Path, cache: Cache, codes: set[str], reading: Reading) -> None:
        self._cache, self._reading = cache, reading
        self._stopped: dict[str, BookError] = {}
        self._project = Project(root)
        self._project, inputs, everything = self._read(root, codes)
        self._builds = {
            e.language.code: EditionBuild(e, inputs) for e in everything if e.language.code not in self._stopped
        }
        self._codes = [code for code in self._builds if code in codes]
        self._english = self._builds[self._project.source.code]
        self._all_languages = self._of_all_languages()

    def make(self) -> None:
        """Run Sphinx for each language that needs it, as often as something is refused."""
        for last in (*[False] * (ROUNDS - 1), True):
            before = self._refused()
            jobs = self._jobs()
            counts = {code: self._count(code) for code in jobs}  # it grows where a notebook shows one more: once again
            done = pool.run(list(jobs.values()), partial(self._write_notebooks, jobs))
            self._proof = Proof(self._english.edition, self._english.output, self._cache)
            for code in sorted(jobs, key=lambda code: self._builds[code] is not self._english):
                if self._ran(self._builds[code], done[jobs[code]]) and (last or self._count(code) == counts[code]):
                    self._judge(self._builds[code], done[jobs[code]], last)
            if self._refused() == before:
                break
            self._all_languages = self._of_all_languages()

    def publish(self, codes: list[str], on_pages: Callable[[], object]) -> Built:
        """Put in place what was made; the root pages of `codes`."""
        for code in self._left():
            with self._sparing(code):
                self._publish(self._builds[code])
        on_pages()
        for code in self._left():
            with self._sparing(code):
                self._builds[code].finish()
        _remove_former_languages(self._project)
        self._write_root()
        made = [self._builds[code].edition for code in self._left()]
        home = f"{self._project.document(self._project.pages[0])}.html"
        pages = [html(edition) / home for edition in made if edition.language.code in codes]
        findings = chain.from_iterable(edition.findings() for edition in made)
        warnings = chain.from_iterable(self._builds[code].warnings(self._english) for code in self._left())
        lost = [self._in_english(page, found, LOST) for page, found in self._proof.lost()]
        doubled = [self._in_english(page, found, DOUBLED) for page, found in self._proof.doubled_ids()]
        stopped = [*self._unusable.values(), *self._stopped.values()]
        made_anew = [code for code in self._left() if self._builds[code].is_new]
        report = self._all_languages.report
        doubts = {code: said for code in self._left() if code in codes and (said := report.doubts(code))}
        return Built(pages, made_anew, [*dict.fromkeys(warnings), *lost, *doubled], list(findings), stopped, doubts)

    def _in_english(self, page: str, found: Difference, rule: str) -> Finding:
        """What an English page has that its author should know, though it stops nothing."""
        english, cell = self._english.edition, next(iter(found.cells), "")
        file, line = self._project.notebook(page), english.lines(page).get(cell, 1)
        return self._project.finding(file, line, f"{f'cell `{cell}`: ' if cell else ''}{found.message}", rule)

    def _read(self, root: Path, codes: set[str]) -> tuple[Project, Inputs, list[Edition]]:
        """Read the book, all of it as it was at one moment, unless somebody saves again and again."""
        for _ in range(_READINGS):
            self._stopped.clear()
            inputs, project = read_inputs(root), Project(root)
            everything = self._reading.editions(project, inputs.contents, self._cache)
            for edition in everything:
                with self._sparing(edition.language.code):
                    _read_whole(edition, localized=edition.language.code in codes)
            if read_inputs(root) == inputs:
                break
            self._reading.forget()  # it may hold under the former content of a file what stands in it now
        self._unusable = everything[0].source.unusable
        return everything[0].project, inputs, everything

    @contextmanager
    def _sparing(self, code: str) -> Iterator[None]:
        """What goes wrong within costs this language and no other; in English, which all need, it is raised."""
        try:
            yield
        except Exception as error:
            if code == self._project.source.code:
                raise
            message = f"cannot be made: {type(error).__name__}: {' '.join(str(error).split())}"
            folder = self._project.root / "translations" / code
            self._stopped[code] = error if isinstance(error, BookError) else SiteError(message, folder)

    def _refused(self) -> tuple[set[str], set[tuple[str, str]]]:
        """The languages and the cells that are not made as they are read."""
        cells = {
            (code, context) for code, edition_build in self._builds.items() for context in edition_build.edition.refused
        }
        return set(self._stopped), cells

    def _left(self) -> list[str]:
        return [code for code in self._codes if code not in self._stopped]

    def _of_all_languages(self) -> AllLanguages:
        """What pages show of all languages. Of one that is stopped they show what was published of it before."""
        readable = [edition_build.edition for edition_build in self._builds.values()]
        as_written = frozenset(self._english.edition.refused)
        for edition in readable:
            if not as_written <= edition.refused.keys():
                edition.refuse(as_written)  # without a word about it: the English side has one
        now = translated_pages(readable)
        before = {code: stored(self._project.build / "doctrees" / code) for code in self._stopped}
        translated = {}
        for page in self._project.pages:
            kept = {code for code, found in before.items() if found and page in found.translated}
            there = kept | (set(now[page]) - set(self._stopped))
            translated[page] = [each.code for each in self._project.editions if each.code in there]
        return AllLanguages(translated, report(readable), cards(self._english.edition), as_written)

    def _jobs(self) -> dict[str, Job]:
        jobs: dict[str, Job] = {}
        for code in self._left():
            with self._sparing(code):
                if job := self._builds[code].prepare(self._all_languages):
                    jobs[code] = job
        return jobs

    def _write_notebooks(self, codes: Iterable[str]) -> None:
        for code in codes:
            with self._sparing(code):
                self._builds[code].write_notebooks()
        for kept in (parts, skeleton, as_jupyter_reads):  # the cells are made; of a large book it is much
            kept.cache_clear()

    def _count(self, code: str) -> int:
        return len(self._builds[code].edition.refused)

    def _ran(self, edition_build: EditionBuild, done: Done) -> bool:
        """Did Sphinx come to its end? What it warned of is kept."""
        code = edition_build.edition.language.code
        with self._sparing(code):
            if done.failure:
                raise SiteError(f"Sphinx failed: {done.failure}", self._project.build / "source" / code)
            edition_build.note_warnings(done)
        return not done.failure

    def _judge(self, edition_build: EditionBuild, done: Done, last: bool) -> None:
        """Refuse what does not speak only, of what a run has made: a cell, or the page where none is found to do it.

        In the `last` round the language is stopped.
        """
        refused, unexplained = set[tuple[str, str]](), dict[str, Difference]()
        with self._sparing(edition_build.edition.language.code):
            for page, found in self._faults(edition_build, done):
                suspects = [] if last else self._suspects(page, found)
                others = suspects[1:] if refused.isdisjoint(suspects) else []
                culprits = (each for each in [*suspects[:1], *others] if edition_build.refuse(*each, found.message))
                refused.update(islice(culprits, 1))
                if refused.isdisjoint(suspects):
                    unexplained.setdefault(page, found)
            if refused:  # the rest may come from it
                return
            for page, found in unexplained.items():
                if last or not edition_build.refuse_page(page, found):
                    raise self._error(edition_build, page, found)

    def _suspects(self, page: str, found: Difference) -> list[tuple[str, str]]:
        """Page and id of the cells that may have brought a difference."""
        cells = [(page, cell) for cell in found.cells]
        for link in found.links:
            title = page if link == "#" else self._linked(page, link)
            prose = (text for text in self._english.edition.texts.get(title, []) if text.kind == PROSE)
            cells += [(title, text.cell_id) for text in islice(prose, 1)]
        return cells

    def _linked(self, page: str, link: str) -> str:
        """The page to which a page has a link."""
        here = posixpath.dirname(self._project.document(page))
        return self._project.page_of(posixpath.normpath(posixpath.join(here, unquote(link.removesuffix(".html")))))

    def _faults(self, edition_build: EditionBuild, done: Done) -> Iterator[tuple[str, Difference]]:
        """Page by page what is wrong; where Sphinx has done without a cell, the pages are not whole yet."""
        if done.faults:
            known = self._english.edition.refused if edition_build is not self._english else {}
            faults = ((self._project.page_of(each.document), each) for each in done.faults)
            for page, each in faults:
                if f"{page}/{each.cell_id}" not in known:
                    yield page, Difference(each.message, (each.cell_id,))
        elif edition_build is not self._english:
            yield from self._proof.lessons(edition_build.edition, edition_build.output)

    def _error(self, edition_build: EditionBuild, page: str, found: Difference) -> SiteError:
        """What is wrong where no translation could be left out for it."""
        edition, cell = edition_build.edition, next(iter(found.cells), "")
        line = edition.lines(page).get(cell)
        if edition_build is self._english:
            place = f"cell `{cell}`" if cell else "the page"
            return SiteError(f"{place}: {found.message}; change it", self._project.notebook(page), line)
        where = f"`{page}/{cell}`" if cell else f"page `{page}`"
        message = f"{where}: {found.message}; the language is not published"
        return SiteError(message, self._project.catalog(edition.language, page), line)

    def _publish(self, edition_build: EditionBuild) -> None:
        if edition_build.is_as_it_was():
            return
        edition_build.complete(self._all_languages)
        for name, found in self._proof.further_pages(edition_build.edition, edition_build.output):
            file = self._project.catalog(edition_build.edition.language, SITE)
            raise SiteError(f"page `{name}`: {found.message}; the language is not published", file)
        edition_build.publish()

    def _write_root(self) -> None:
        """What stands above the languages. Where one that has a site cannot be read, the pages that name it stay."""
        project, shared, english = self._project, self._all_languages, self._english.edition
        home, there = project.pages[0], self._at_root()
        unread = [each.code for each in project.editions if each.code not in self._builds]
        if not any((project.html / code).exists() for code in unread) or not (project.html / "index.html").exists():
            write_entrance(project, there, entrance_head(english, shared.translated[home], shared.cards.get(home)))
            write_not_found(project, there, shared.translated)
        write_sitemap(project, shared.translated)
        write_cards(project, shared.cards)
        write_atomic(project.html / "status.json", as_json(shared.report))
        write_assets(project.html, self._english.output / ASSETS, self._cache)  # last: it looks at all pages

    def _at_root(self) -> list[Edition]:
        """The languages that the pages above them name: those that have a site, and those that were not asked for."""
        found = []
        for code, edition_build in self._builds.items():
            with self._sparing(code):
                if not only_speaks(edition_build.edition, self._all_languages.translated):
                    file = self._project.catalog(edition_build.edition.language, SITE)
                    raise SiteError("the title or what stands beside it does more than speak; mend it", file)
                if code not in self._stopped or html(edition_build.edition).exists():
                    found.append(edition_build.edition)
        return found


def _read_whole(edition: Edition, *, localized: bool) -> None:
    """Read all that the edition is made from; what cannot be read is said now."""
    assert edition.interface
    for page in edition.project.pages if localized else ():
        edition.cells(page)


def _remove_former_languages(project: Project) -> None:
    codes = {each.code for each in project.editions}
    for folder in (project.build / "doctrees").glob("*"):
        if folder.name not in codes:
            for kind in KEPT:
                shutil.rmtree(project.build / kind / folder.name, ignore_errors=True)
