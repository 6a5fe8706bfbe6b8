"""The list that `book check --rules` shows: each name that can stand in brackets behind a message, of any command."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from book.errors import BookError
from book.rules import RULES
from book.rules.notebooks import NOTEBOOK_RULES
from book.rules.registry import Documented, as_manual

# What is asked of the book as a whole, of ids, of pages in English, and what the other commands tell.
_FURTHER = {
    "id-missing": "Every cell has an id, under which its translations are filed.",
    "id-doubled": "No two cells share an id; on the made page neither.",
    "id-changed": "Ids stay: with a new one, translators look at their translations again.",
    "id-taken": "No cell has an id of the page's own elements.",
    "id-signs": "An id has signs that a notebook may have: letters, digits, - and _.",
    "id-form": "With the setting `readable-ids`: an id is one that somebody chose, such as `what-groups-share`.",
    "id-format": "Notebooks are of format 4.5 or newer; in older ones editors drop ids.",
    "out-of-step": "The PO files have the texts of today's pages; `book sync` brings them in line.",
    "settings": "What `_config.yml` has below `book` means something.",
    "silence": "A comment `book: allow` names rules that the text breaks, and a reason.",
    "name": "The header `X-Reviewed-By` has names of people, without addresses.",
    "dead-link": "A link or a role within the book leads to a page of `_toc.yml`, and to a part that is there.",
    "missing-file": "Files that a page shows or links are there.",
    "data-file": "Files that a page's metadata names below `files` can be read.",
    "formula": "A formula can be set: its commands are known, and its marks have partners.",
    "money": "A sum in dollars is no formula to Jupyter; `\\$` says so.",
    "not-run": "Each cell of code was run; `book execute` does so.",
    "stale-outputs": "The outputs are those of today's code, as far as `book execute` has noted which code it ran.",
    "alt-text": "With the setting `alt-texts`: what a picture shows is said in words, for those who do not see it.",
    "not-in-toc": "A notebook beside pages is one, or `exclude_patterns` in the settings leave it out.",
    "figure-format": "Figures with words are stored as SVG with its text as text, so that they can be translated.",
    "no-program": "Code can be read as Python, so that its comments and texts are found.",
    "drawn-by-name": "A text of a figure stands in the call that draws it, where a translation reaches it.",
    "no-title": "A page has a title: without one, links and lists of pages call it by the name of its file.",
    "block-words": "Words stand in blocks that a translation reaches: no `{csv-table}`, no caption of code.",
    "put-together": "A text that is shown is not put together of pieces where no translation reaches it.",
    "too-long": "Texts and cells are as long as can be looked through.",
    "figure-formula": "Words are drawn by themselves, and not within a formula of a figure.",
    "printed-word": "With the setting `printed-words`: each word that a cell prints can be translated.",
    "code": "A cell of code runs as the English one, save for its comments and the words that are shown.",
    "made": "What is made of a translation has all of the English but the words; else the English stands there.",
    "lost": "`book build`: nothing of a cell is lost on its page.",
    "sphinx": "`book build`: what Sphinx warns of.",
    "doubtful": "`book adopt`: taken, but marked fuzzy, with the reason in a note.",
    "left": "`book adopt`: not taken.",
    "drift": "`book adopt`: the translated page's code differs; the English runs.",
}


@dataclass(frozen=True)
class _Entry:
    title: str
    doc: str


def manual() -> str:
    """Every rule with what it wants; those that a text can break have examples."""
    return as_manual([*RULES, *NOTEBOOK_RULES, *further()])


def further() -> Iterator[Documented]:
    """The rules that are functions of no registry, and the errors that end a command or cost a page."""
    yield from (_Entry(name, doc) for name, doc in _FURTHER.items())
    below = [kind for kind in BookError.__subclasses__() if kind.__module__ == BookError.__module__]
    kinds: list[type[BookError]] = [BookError, *below]
    yield from (_Entry(kind.rule, kind.__doc__ or "") for kind in kinds)
