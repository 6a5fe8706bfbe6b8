"""The quiet labels on a page: who has reviewed it, and what of it is not translated or out of date."""

from __future__ import annotations

from difflib import SequenceMatcher
from html import escape

from book.edition import Edition
from book.links import links
from book.localize import Cell, State
from book.project import SOURCE_LANGUAGE


def review(edition: Edition, page: str) -> str:
    """Who has reviewed the page's translation; nobody, to begin with."""
    say = edition.interface
    if names := edition.reviewers(page):
        return f'<p class="cell-state reviewed">{escape(say["reviewed-by"])} {escape(names)}</p>'
    link = f'<a href="../translate.html#review">{escape(say["invite-review"])}</a>'
    return f'<p class="cell-state draft">{escape(say["machine-draft"])} {link}</p>'


def state(cell: Cell, edition: Edition, page: str) -> str:
    """What a reader should know about the cell's translation; empty where it is up to date."""
    if cell.state is State.TRANSLATED or edition.language.code == SOURCE_LANGUAGE:
        return ""
    return _outdated(cell, edition) if cell.state is State.OUTDATED else _untranslated(edition, page)


def _untranslated(edition: Edition, page: str) -> str:
    say, edit = edition.interface, links(edition.project, edition.language, page).edit
    link = f'<a href="{escape(edit)}">{escape(say["help-translate"])}</a>'
    return f'<p class="cell-state in-english">{escape(say["cell-untranslated"])} · {link}</p>'


def _outdated(cell: Cell, edition: Edition) -> str:
    """A label that opens to show the English text then and now, with the words that changed marked."""
    say = edition.interface
    rows = "".join(
        f'<p>{escape(say[key])}</p><blockquote lang="en" dir="ltr"><p>{text}</p></blockquote>'
        for change in cell.changes
        for key, text in zip(("english-then", "english-now"), word_difference(*change), strict=True)
        if text
    )
    return f'<details class="cell-state outdated"><summary>{escape(say["cell-outdated"])}</summary>{rows}</details>'


def word_difference(then: str, now: str) -> tuple[str, str]:
    """Both texts as HTML, with the words only one of them has in `<del>` and `<ins>`."""
    old, new = then.split(), now.split()
    left, right = [], []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = escape(" ".join(old[i:j])), escape(" ".join(new[k:m]))
        left.append(before if kind == "equal" or not before else f"<del>{before}</del>")
        right.append(after if kind == "equal" or not after else f"<ins>{after}</ins>")
    return " ".join(filter(None, left)), " ".join(filter(None, right))
