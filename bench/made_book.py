"""A book of any size. Its cells and translations are the lessons' own, drawn with a seed, told apart by a formula."""

from __future__ import annotations

import random
import re
import shutil
from itertools import zip_longest
from pathlib import Path

import nbformat
import polib
from babel.localedata import locale_identifiers
from nbformat import NotebookNode

from book.language.language import Language
from book.notebook import ipynb
from book.notebook.texts import PROSE, Text, texts_of
from book.po import catalog
from book.project import Project
from book.source import read_source
from book.toc import SITE

SEED = 1
CELLS = 20  # a page
EMPTY = 0.1  # of the texts have no translation
CHANGED = 100  # every so many cells an author rewords one

Said = dict[tuple[str, str], tuple[str, str]]  # by cell and English: what a language says, and a translator's comment


def make_book(source: Project, root: Path, pages: int, languages: int) -> None:
    """Write a book of `pages` notebooks in `languages` languages."""
    choice = random.Random(SEED)
    stock = [(page, cell) for page in source.pages for cell in ipynb.read(source.notebook(page)).cells]
    titles = [(page, cell) for page, cell in stock if cell.id == "title"]
    (root / "notebooks").mkdir()
    shutil.copy(source.root / "_config.yml", root)
    names = [f"page_{number}" for number in range(pages)]
    listed = "".join(f"- file: notebooks/{name}\n" for name in names[1:])
    (root / "_toc.yml").write_text(f"format: jb-book\nroot: notebooks/{names[0]}\nchapters:\n{listed}")
    codes = _codes(source, languages)
    said = {language.code: _said(source, language) for language in source.languages}
    texts = read_source(source).interface
    for code in codes:
        shutil.copytree(source.root / "translations" / _like(code), root / "translations" / code, ignore=_catalogs)
        _write_catalog(root, code, SITE, texts, said[_like(code)])
    for number, name in enumerate(names):
        drawn = [choice.choice(titles), *(choice.choice(stock) for _ in range(CELLS - 1))]
        _write_page(root, name, number, drawn, codes, said, choice)


_catalogs = shutil.ignore_patterns("*.po")


def _codes(source: Project, count: int) -> list[str]:
    """The book's languages, then the same as spoken in other places, so that the rules fit: `ar_EG`, `ar-EG` …"""
    own = [language.code for language in source.languages]
    places = [code for code in locale_identifiers() if re.fullmatch("[a-z]{2}_[A-Z]{2}", code) and code[:2] in own]
    by_language = [sorted(code for code in places if code.startswith(code_of)) for code_of in own]
    others = [code for row in zip_longest(*by_language) for code in row if code]
    return [*own, *others, *(code.replace("_", "-") for code in others)][:count]


def _said(source: Project, language: Language) -> Said:
    files = sorted(source.catalog(language, SITE).parent.glob("*.po"))
    entries = [entry for path in files for entry in catalog.load(path) if not entry.fuzzy]
    return {(str(entry.msgctxt), entry.msgid): (entry.msgstr, entry.tcomment) for entry in entries}


def _write_page(
    root: Path,
    name: str,
    number: int,
    drawn: list[tuple[str, NotebookNode]],
    codes: list[str],
    said: dict[str, Said],
    choice: random.Random,
) -> None:
    made = nbformat.v4.new_notebook(metadata={"language_info": {"name": "python"}})  # Sphinx colours its code
    keys: dict[tuple[str, str], tuple[str, str]] = {}  # of the text from which a text was made
    for place, (page, original) in enumerate(drawn):
        cell = nbformat.from_dict({**original, "id": f"cell-{place}"})
        cell.source = _apart(cell.source, cell.cell_type, number, place)
        made.cells.append(cell)
        old, new = (texts_of("", NotebookNode(cells=[each])) for each in (original, cell))
        for before, after in zip(old, new, strict=True):
            keys[f"{name}/{cell.id}", after.text] = f"{page}/{original.id}", before.text
    (root / "notebooks" / f"{name}.ipynb").write_text(ipynb.dumps(made), encoding="utf-8")
    texts = texts_of(name, made)
    empty = {text.key for text in texts if choice.random() < EMPTY}
    for code in codes:
        words = said[_like(code)]
        its: Said = {}
        for text in texts:
            # a string that is drawn only here, by the function of another drawn cell, has no translation in the lessons
            here, comment = words.get(keys.get(text.key, text.key), ("", ""))
            if text.kind == PROSE and here:
                here = _apart(here, "markdown", number, int(text.cell_id.removeprefix("cell-")))
            its[text.key] = ("" if text.key in empty else here, comment)
        _write_catalog(root, code, name, texts, its)


def _like(code: str) -> str:
    """The language of the book that the made language `code` takes its words from."""
    return code[:2]


def _apart(source: str, kind: str, page: int, place: int) -> str:
    """The source made unlike that of every other page, in all languages alike."""
    if kind == "code":
        return f"{source}\nn_{page}_{place} = {page}"
    linked = re.sub(r"\]\([a-z_]+\.ipynb[^)]*\)", f"](page_{page // 2}.ipynb)", source)
    return f"{linked}\n\n$n_{{{page}, {place}}}$"


def _write_catalog(root: Path, code: str, page: str, texts: list[Text], said: Said) -> None:
    made = catalog.new(Language(code))
    for text in texts:
        hints = "\n".join(text.hints)
        here, comment = said.get(text.key, ("", ""))
        made.append(polib.POEntry(msgctxt=text.context, msgid=text.text, msgstr=here, comment=hints, tcomment=comment))
    (root / "translations" / code / f"{page}.po").write_text(catalog.dumps(made), encoding="utf-8")


def reword(root: Path) -> None:
    """Change the prose of every so many cells, as authors do."""
    for number, path in enumerate(sorted((root / "notebooks").iterdir())):
        page = ipynb.read(path)
        if number % (CHANGED // CELLS) == 0:
            cell = next(cell for cell in page.cells if cell.cell_type == "markdown")
            cell.source += " Reworded."
            path.write_text(ipynb.dumps(page), encoding="utf-8")
