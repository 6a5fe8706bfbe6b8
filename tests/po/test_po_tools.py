"""Our PO files in the tools that translators use: translate-toolkit (Pootle, Virtaal, Weblate) and polib."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polib
import pytest
from translate.storage.pypo import pofile

from book.cli import main
from book.language.language import Language
from book.po import catalog
from book.project import Project
from tests import ROOT
from tests.small_book import Book

PROJECT = Project(ROOT)
CATALOGS = sorted((PROJECT.root / "translations").glob("*/*.po"))
# pofilter's guesses about style, which know neither Markdown nor our texts. Rules of `book check` stand in their place.
GUESSES = {
    "brackets": "a translator may put the English term in brackets behind a new one",
    "doublequoting": "languages have quotation marks of their own",
    "doublewords": "rows of a table repeat words",
    "endpunc": "Hindi ends with a danda",
    "filepaths": "takes 8/10 for a path",
    "hassuggestion": "an entry whose English has changed has the former one: its state, no fault",
    "newlines": "a comment breaks its lines anew; we compare the parts of a text",
    "numbers": "takes a comment's `0.99 **` for another number when the order of words changes; we compare values",
    "printf": "takes the sign in `24.1 % with` for a variable; we compare values",
    "puncspacing": "takes the colon of a table's rule for punctuation",
    "purepunc": "a table's cell may be a dash",
    "sentencecount": "a sentence may become two",
    "short": "a word in Hangul may be one letter",
    "simplecaps": "languages differ in capitals",
    "simpleplurals": "English `(s)` has no counterpart",
    "singlequoting": "takes the apostrophe of a plural for a quotation mark",
    "startcaps": "languages differ in capitals",
    "startpunc": "word order differs",
    "unchanged": "names such as Adam stay",
    "untranslated": "a page may be translated in part",
    "urls": "takes the full stop after a link for a part of it; we compare the targets of links",
}


@pytest.mark.parametrize("language", PROJECT.languages, ids=lambda each: each.code)
def test_pofilter_has_no_complaint(language: Language, tmp_path: Path) -> None:
    assert complaints(PROJECT.root / "translations" / language.code, language, tmp_path) == {}


def complaints(folder: Path, language: Language, target: Path) -> dict[str, list[str]]:
    left_out = [f"--excludefilter={each}" for each in GUESSES]
    options = [f"--language={language.code}", *left_out, "--nofuzzy", "--progress=none"]
    subprocess.run([sys.executable, "-m", "translate.filters.pofilter", *options, folder, target], check=True)
    return {each.name: [e.tcomment for e in polib.pofile(str(each))] for each in target.glob("*.po")}


def test_pofilter_sees_what_it_should(tmp_book: Book, tmp_path: Path) -> None:
    tmp_book.translate("ko", "loss/plot", "묶음 {size} ", "batch {size}")
    found = complaints(tmp_book.root / "translations" / "ko", Language("ko"), tmp_path / "out")
    assert "endwhitespace" in "".join(found["loss.po"])


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_round_trip_changes_nothing(path: Path, tmp_path: Path) -> None:
    by_toolkit, by_polib = tmp_path / "toolkit.po", tmp_path / "polib.po"
    store = pofile.parsefile(str(path))
    by_toolkit.write_bytes(bytes(store))
    polib.pofile(str(path)).save(str(by_polib))
    assert kept(by_toolkit) == kept(path)
    assert kept(by_polib) == kept(path)


def kept(path: Path) -> list[tuple[object, ...]]:
    """What a file says besides hints: `sync` writes these anew, while tools break them anywhere or leave them out."""
    return [(*said, notes) for *said, _, notes in catalog.content(catalog.load(path))]


def test_what_weblate_adds_to_a_file_stays(tmp_book: Book) -> None:
    """Weblate's header lines, its line width, and an entry that it saved."""
    path = tmp_book.project.catalog(Language("ko"), "loss")
    store = pofile.parsefile(str(path))
    store.updateheader(
        add=True,
        X_Generator="Weblate 5.8",
        Last_Translator="A person <a@example.org>",
        Plural_Forms="nplurals=1; plural=0;",
        PO_Revision_Date="2026-01-02 03:04+0000",
    )
    unit = next(each for each in store.units if each.source.startswith("## What falls"))
    unit.target = "## 감소\n\n손실이 줄어듭니다."
    store.wrapper.width = 100
    path.write_bytes(bytes(store))
    before = tmp_book.files()
    assert main(["sync"]) == 0
    assert tmp_book.files() == before
    tmp_book.reword("loss", "what-falls", "falls.", "drops.")
    assert main(["sync"]) == 0
    made = tmp_book.po("ko", "loss")
    assert made.metadata["X-Generator"] == "Weblate 5.8"
    assert made.metadata["Last-Translator"] == "A person <a@example.org>"
    entry = tmp_book.entry("ko", "loss/what-falls")
    assert (entry.msgstr, entry.fuzzy) == ("## 감소\n\n손실이 줄어듭니다.", True)
