"""Translations of the site's own texts that come with the program: a book that begins in such a language has them.

They are those of this repository's own book. `setup.py` puts them into the package; in a checkout they are read where
they are.
"""

from __future__ import annotations

from pathlib import Path

from book.language.language import Language
from book.po import catalog
from book.po.credits import REVIEWERS, TRANSLATOR
from book.po.sync import Plan
from book.toc import SITE

_PACKAGE = Path(__file__).parents[1]


def fill_interface(language: Language, planned: Plan) -> None:
    """Put them into the file of the site's own texts, where it says nothing yet. Raises CatalogError."""
    installed = _PACKAGE / "interface-translations" / f"{language.code}.po"
    path = installed if installed.exists() else _PACKAGE.parent / "translations" / language.code / f"{SITE}.po"
    if SITE not in planned.catalogs or not path.exists():
        return
    made, theirs = planned.catalogs[SITE], catalog.load(path)
    is_new = not any(entry.msgstr for entry in made)
    known = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in theirs if entry.msgstr and not entry.fuzzy}
    for number, entry in enumerate(made):
        said = known.get((entry.msgctxt, entry.msgid))
        if said and not (entry.msgstr or entry.obsolete):
            made[number] = catalog.copy_of(entry, msgstr=said)
    if is_new:
        credits = {name: theirs.metadata.get(name, "") for name in (TRANSLATOR, REVIEWERS)}
        made.metadata = {**made.metadata, **credits}
