"""The notices on a page and above its cells: who has reviewed it, and what of it is not translated or out of date."""

from __future__ import annotations

from difflib import SequenceMatcher

from markupsafe import Markup

from book.localize.cells import Cell
from book.localize.edition import Edition
from book.localize.review import Review, review, reviewers, translators
from book.localize.translations import State
from book.site.markup import element, escaped, joined


def of_page(edition: Edition, page: str) -> Markup:
    """Who has reviewed the page's translation, or whose it is.

    Empty for English, and for a page that is all still English: each of its cells says so.
    """
    sentence, state = review_sentence(edition, page), review(edition, page)
    if state in (Review.ENGLISH, Review.UNTRANSLATED):
        return Markup()
    if state is Review.REVIEWED:
        return element("p", sentence, class_="cell-state reviewed")
    above = "../" * edition.project.document(page).count("/")
    address = f"{above}{edition.project.site_prefix}translate.html#review"
    link = element("a", edition.interface["invite-review"], href=address)
    return element("p", sentence, " ", link, class_="cell-state draft")


def review_sentence(edition: Edition, page: str) -> str:
    """The same in a sentence; nothing for English."""
    say = edition.interface
    match review(edition, page):
        case Review.ENGLISH:
            return ""
        case Review.UNTRANSLATED:
            return say["cell-untranslated"]
        case Review.REVIEWED:
            return f"{_credit(edition, page)}{say['reviewed-by']} {reviewers(edition, page)}"
        case Review.DRAFT:
            return say["machine-draft"]
        case Review.UNREVIEWED:
            return f"{_credit(edition, page)}{say['not-reviewed']}"


def _credit(edition: Edition, page: str) -> str:
    """Who translated the page, where that is said."""
    names = translators(edition, page)
    return f"{edition.interface['translated-by']} {names} · " if names else ""


def of_cell(cell: Cell, edition: Edition, edit: str) -> Markup:
    """What a reader should know about the cell's translation; empty where it is up to date.

    `edit` is the address at which it can be translated.
    """
    if edition.is_source:
        return Markup()
    if cell.state is State.TRANSLATED:
        label = edition.interface["picture-untranslated"]
        return element("p", label, class_="cell-state picture") if cell.fixed_picture else Markup()
    return _untranslated(edition, edit) if cell.state is State.UNTRANSLATED else _outdated(cell, edition, edit)


def _untranslated(edition: Edition, edit: str) -> Markup:
    return element(
        "p", edition.interface["cell-untranslated"], " · ", _help(edition, edit), class_="cell-state in-english"
    )


def _outdated(cell: Cell, edition: Edition, edit: str) -> Markup:
    """A label that opens to show the English text then and now, with the words that changed marked.

    Where the translation is only in doubt, it shows the English, which has not changed.
    """
    say, source = edition.interface, edition.project.source
    label = say["cell-outdated" if cell.state is State.OUTDATED else "cell-doubted"]
    rows = [
        joined(element("p", say[key]), element("blockquote", element("p", text), lang=source.tag, dir=source.direction))
        for change in cell.changes
        for key, text in zip(("english-then", "english-now"), word_difference(*change), strict=True)
        if text
    ]
    details = element("details", element("summary", label), *rows)
    return element("div", details, element("p", _help(edition, edit)), class_="cell-state outdated")


def _help(edition: Edition, edit: str) -> Markup:
    return element("a", edition.interface["help-translate"], href=edit)


def word_difference(then: str, now: str) -> tuple[Markup, Markup]:
    """Both texts, with the words only one of them has in `<del>` and `<ins>`.

    A translator may doubt a translation of today's text: then there is no text of before, and nothing to mark.
    """
    if not then:
        return Markup(), escaped(now)
    old, new = then.split(), now.split()
    left, right = [], []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = " ".join(old[i:j]), " ".join(new[k:m])
        left.append(escaped(before) if kind == "equal" or not before else element("del", before))
        right.append(escaped(after) if kind == "equal" or not after else element("ins", after))
    return Markup(" ").join(filter(None, left)), Markup(" ").join(filter(None, right))
