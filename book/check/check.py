"""Every rule, over notebooks and translations: one line a finding."""

from __future__ import annotations

from functools import partial
from itertools import chain

from book.check import own_settings
from book.check.out_of_sync import OutOfSync
from book.check.page import Checked, check_page, read_page, settled
from book.check.report import Report, report_of
from book.check.share import check_share, shares_of
from book.check.unlisted import UNLISTED, unlisted
from book.findings import Finding, Suppressed
from book.language.language import Language
from book.notebook.ipynb import has_sound_ids
from book.po import cell_ids
from book.processes import mapped
from book.project import Project
from book.source import source_of


def check(project: Project, languages: list[Language]) -> Report:
    """All findings, by file and line. Rules about texts are left out where a notebook or PO file cannot be read.

    Where ids are missing, the texts are looked at all the same, under the ids that they had before.

    One language is held in memory at a time, and the outputs of one notebook, in each of the processes at work.
    """
    read = dict(zip(project.pages, mapped(partial(read_page, project), project.pages), strict=True))
    pages = {name: page for name, page in read.items() if isinstance(page, Checked)}
    found: list[Finding | Suppressed] = [page for page in read.values() if isinstance(page, Finding)]
    contents = {name: page.content for name, page in pages.items()}
    about_ids = list(cell_ids.findings(project, contents))
    found += [*own_settings.findings(project), *about_ids]
    off = own_settings.rules_off(project)
    found += unlisted(project) if UNLISTED not in off else ()
    if project.pages[0] not in pages:
        return report_of([*found, *(each for page in pages.values() for each in settled(page, page.found, off))])
    source = source_of(project, {name: page.page for name, page in pages.items()})
    found += [project.finding_of(error) for error in source.unusable.values()]
    found += chain.from_iterable(mapped(partial(check_page, source, off), list(pages.items())))
    out_of_sync = OutOfSync(source, _of_doubtful_ids(pages, about_ids))
    shares = shares_of(languages, len(pages))
    found_in_shares = mapped(partial(check_share, out_of_sync), shares, len(pages) * len(languages))
    for share, (in_share, changes) in zip(shares, found_in_shares, strict=True):
        found += in_share
        if changes:
            out_of_sync.add(share.language, changes)
    return report_of([*found, *out_of_sync.findings()])


def _of_doubtful_ids(pages: dict[str, Checked], about_ids: list[Finding]) -> set[str]:
    """The pages with whose ids something is wrong: what is said of them is what `sync` waits for."""
    named = {finding.file for finding in about_ids}
    return {name for name, page in pages.items() if page.file in named or not has_sound_ids(page.content)}
