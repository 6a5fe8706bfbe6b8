"""Taking the translations that a file or folder has into a language's PO files, and telling what became of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from book.adopt.files import Found, find
from book.adopt.sphinx import Paragraphs, assemble, read_paragraphs
from book.adopt.texts import LEFT, Adopted, FromPage, from_page
from book.errors import BookError, CatalogError
from book.findings import Finding
from book.language.language import Language
from book.notebook import ipynb
from book.notebook.pasted import pasted_apart
from book.notebook.texts import Key
from book.po import catalog
from book.po.credits import TRANSLATOR
from book.po.known_interface import fill_interface
from book.po.sync import Plan, sync
from book.processes import mapped
from book.project import Project
from book.source import Page, Source, source_files

TAKEN, DOUBTFUL = "taken", "doubtful"
_NOTE = "adopted, to be looked at: "


@dataclass
class Report:
    """What became of what was found, by page; `told` is what somebody should know, line by line."""

    written: list[Path] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    told: list[Finding] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """What to tell: what is doubtful, was left or has drifted, a line each; then counts of texts, by page."""
        yield from map(str, self.told)
        for page, counts in [*self.counts.items(), ("in all", sum(self.counts.values(), Counter[str]()))]:
            if any(counts.values()):
                yield f"{page}: {', '.join(f'{number} {what}' for what, number in counts.items() if number)}"


def adopt(project: Project, language: Language, path: Path, source: Source, translator: str = "") -> Report:
    """Take what `path` has into the PO files of `language`, where nothing is said yet; the files are written as one.

    `translator` is put into the headers of files without a translation. Raises what finding files and `sync` raise.
    """
    found, report = find(source.project, language, path), Report()
    adopted = _from_pages(source, found, report)
    _from_catalogs(source, found, language, adopted, report)
    for stranger, reason in found.strangers:
        report.told.append(project.finding(stranger, 1, f"{reason}; name it alone, or rename it", LEFT))
    done = sync(
        project,
        [language],
        lambda: (source.project, source.texts),
        source_files(project),
        partial(_fill, project, language, adopted, translator, report),
    )
    report.written = done.written
    report.told = sorted(set(report.told))  # of a cell's comments one may be told what the other is
    return report


def _from_pages(source: Source, found: Found, report: Report) -> dict[Key, Adopted]:
    items = [(page, path) for page, path in found.pages.items() if page in source.pages]
    adopted: dict[Key, Adopted] = {}
    for (name, path), made in zip(items, mapped(partial(_read_page, source.pages), items), strict=True):
        if isinstance(made, BookError):
            report.told.append(source.project.finding(path, made.line or 1, made.message, LEFT))
            continue
        counts = report.counts.setdefault(name, Counter())
        counts.update({"in English there": made.same, "missing there": made.missing})
        counts.update(each.how.value for each in made.adopted if each.how)
        adopted |= {each.key: each for each in made.adopted}
        report.told += [source.project.finding(path, each.line, each.message, each.kind) for each in made.remarks]
    return adopted


def _read_page(pages: Mapping[str, Page], item: tuple[str, Path]) -> FromPage | BookError:
    name, path = item
    try:
        return from_page(pages[name], pasted_apart(ipynb.read(path)), path, ipynb.cell_lines(path))
    except BookError as error:
        return error


def _from_catalogs(
    source: Source, found: Found, language: Language, adopted: dict[Key, Adopted], report: Report
) -> None:
    """Add what Sphinx's catalogs say for texts of which no page says anything."""
    left: list[CatalogError] = []
    paragraphs = read_paragraphs(found.catalogs, language, left)
    report.told += [source.project.finding(Path(str(e.file)), e.line or 1, e.message, LEFT) for e in left]
    for name in source.texts if paragraphs else ():
        counts = report.counts.setdefault(name, Counter())
        for key, made, missing in _assembled(source, name, paragraphs):
            if made and key not in adopted and made.said != key[1]:
                adopted[key] = made
                counts["from catalogs"] += 1
            elif missing and key not in adopted:
                counts["missing there"] += 1


def _assembled(source: Source, name: str, paragraphs: Paragraphs) -> Iterator[tuple[Key, Adopted | None, int]]:
    for text in source.texts[name]:
        yield text.key, *assemble(text, paragraphs)


def _fill(
    project: Project,
    language: Language,
    adopted: Mapping[Key, Adopted],
    translator: str,
    report: Report,
    planned: Plan,
) -> None:
    """Put what is adopted into the entries that say nothing yet, fuzzy and with a note where it is doubtful."""
    for page, made in planned.catalogs.items():
        is_new = not any(entry.msgstr for entry in made)
        counts = Counter[str]()
        for number, entry in enumerate(made):
            its = adopted.get((entry.msgctxt or "", entry.msgid))
            if its is None or entry.obsolete:
                continue
            if entry.msgstr:
                counts["there already"] += entry.msgstr != its.said
                continue
            notes = [entry.tcomment] if entry.tcomment else []
            note = "\n".join([*notes, *(f"{_NOTE}{doubt}" for doubt in its.doubts)])
            flags = [*entry.flags, "fuzzy"] if its.doubts else entry.flags
            made[number] = catalog.copy_of(entry, msgstr=its.said, flags=flags, tcomment=note)
            counts[DOUBTFUL if its.doubts else TAKEN] += 1
            if its.doubts:
                report.told.append(project.finding(*its.place, f"`{its.key[0]}`: {'; '.join(its.doubts)}", DOUBTFUL))
        if is_new and (counts[TAKEN] or counts[DOUBTFUL]):
            made.metadata = {**made.metadata, TRANSLATOR: translator}
        if counts:
            report.counts.setdefault(page, Counter()).update(counts)
    fill_interface(language, planned)
