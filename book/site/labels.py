"""The quiet labels on a page: who has reviewed it, and what of it is not translated or out of date."""

from __future__ import annotations

from difflib import SequenceMatcher
from html import escape

from book.edition import Edition
from book.localize import Cell, State
from book.project import SOURCE_LANGUAGE


def review(edition: Edition, page: str) -> str:
    """Who has reviewed the page's translation; nobody, to begin with."""
    said = escape(review_state(edition, page))
    if edition.reviewers(page):
        return f'<p class="cell-state reviewed">{said}</p>'
    link = _link("../translate.html#review", edition.interface["invite-review"])
    return f'<p class="cell-state draft">{said} {link}</p>'


def review_state(edition: Edition, page: str) -> str:
    """The same in a sentence; nothing for English."""
    if edition.language.code == SOURCE_LANGUAGE:
        return ""
    names = edition.reviewers(page)
    return f"{edition.interface['reviewed-by']} {names}" if names else edition.interface["machine-draft"]


def state(cell: Cell, edition: Edition, edit: str) -> str:
    """What a reader should know about the cell's translation; empty where it is up to date.

    `edit` is the address at which it can be translated.
    """
    if cell.state is State.TRANSLATED or edition.language.code == SOURCE_LANGUAGE:
        return ""
    link = _link(edit, edition.interface["help-translate"])
    return _outdated(cell, edition, link) if cell.state is State.OUTDATED else _untranslated(edition, link)


def _link(address: str, said: str) -> str:
    return f'<a href="{escape(address)}">{escape(said)}</a>'


def _untranslated(edition: Edition, link: str) -> str:
    return f'<p class="cell-state in-english">{escape(edition.interface["cell-untranslated"])} · {link}</p>'


def _outdated(cell: Cell, edition: Edition, link: str) -> str:
    """A label that opens to show the English text then and now, with the words that changed marked."""
    say = edition.interface
    rows = "".join(
        f'<p>{escape(say[key])}</p><blockquote lang="en" dir="ltr"><p>{text}</p></blockquote>'
        for change in cell.changes
        for key, text in zip(("english-then", "english-now"), word_difference(*change), strict=True)
        if text
    )
    summary = f"<summary>{escape(say['cell-outdated'])}</summary>"
    return f'<div class="cell-state outdated"><details>{summary}{rows}</details><p>{link}</p></div>'


def word_difference(then: str, now: str) -> tuple[str, str]:
    """Both texts as HTML, with the words only one of them has in `<del>` and `<ins>`.

    A translator may doubt a translation of today's text: then there is no text of before, and nothing to mark.
    """
    if not then:
        return "", escape(now)
    old, new = then.split(), now.split()
    left, right = [], []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = escape(" ".join(old[i:j])), escape(" ".join(new[k:m]))
        left.append(before if kind == "equal" or not before else f"<del>{before}</del>")
        right.append(after if kind == "equal" or not after else f"<ins>{after}</ins>")
    return " ".join(filter(None, left)), " ".join(filter(None, right))
