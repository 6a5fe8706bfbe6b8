"""The notebooks that people download or open in Colab: made from the English ones, never kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from book.errors import NotebookError
from book.files import write_atomic
from book.interface import english_interface
from book.language.language import SOURCE_LANGUAGE, Language
from book.localize.cells import Cell
from book.localize.edition import Edition
from book.localize.translations import State
from book.notebook import ipynb
from book.notebook.data_files import data_files, read_data_file
from book.notebook.markdown import as_jupyter_reads, escaped, excess, skeleton
from book.toc import SITE
from book.urls import Links, links, with_site_links

CLAIMS = "claims"  # in a cell's metadata: which stored results it rests on; for the tests alone
_LABELS = ("cell-untranslated", "cell-outdated", "read-on-site", "open-in-colab", "view-source", "translation-file")


def publish(edition: Edition, pages: list[str]) -> list[Path]:
    """Write the notebooks of `pages` and the files that they read below `_build/notebooks/LANG`; what changed.

    Notebooks of pages that the book no longer has are removed. A file that cannot be read is left out: `check` says so.
    """
    paths = {page: edition.project.localized(edition.language, page) for page in pages}
    made = {page: ipynb.dumps(published(edition, page)) for page in pages}
    for path in edition.project.localized(edition.language, "").parent.glob("*.ipynb"):
        if path.stem not in edition.project.pages:
            path.unlink()
    written = [path for page, path in paths.items() if write_atomic(path, made[page])]
    return written + [path for page in pages for path in _publish_data_files(edition, page)]


def _publish_data_files(edition: Edition, page: str) -> Iterator[Path]:
    """Put the files that a page reads beside its notebook; the paths of those that changed."""
    target = edition.project.localized(edition.language, page).parent
    source = edition.project.notebook(page).parent
    for name in data_files(edition.english(page)):
        with suppress(NotebookError):
            if write_atomic(target / name, read_data_file(source, name)):
                yield target / name


def published(edition: Edition, page: str) -> NotebookNode:
    """The notebook of a page in the edition's language, for a reader who has nothing but the notebook."""
    english = edition.english(page)
    made = nbformat.from_dict({**english, "cells": [], "nbformat": 4, "nbformat_minor": 5})
    for number, (cell, source) in enumerate(zip(edition.cells(page), english.cells, strict=True)):
        node = cell.copy()
        node.metadata.pop(CLAIMS, None)
        if node.cell_type == "markdown":
            node.source = _proved(edition, page, cell, source.source, with_links=number == 0)
        made.cells.append(node)
    return made


def _proved(edition: Edition, page: str, cell: Cell, english: str, *, with_links: bool) -> str:
    """A Markdown cell as it is published: in all but words what the project makes of the English text.

    Where a label of the site that is put beside it, or else the translation, would bring more, the English stands in
    its place.
    """
    say, plain = edition.interface.texts(), english_interface()
    english, untranslated = edition.with_live_links(english), replace(cell, state=State.UNTRANSLATED)

    def made(text: str, cell: Cell, labels: Mapping[str, str]) -> str:
        return _framed(text, cell, labels, edition, page if with_links else "")

    if excess(made(english, cell, plain)):  # nobody has translated it, and nobody can tell what it is put together of
        return made(english, untranslated, plain)
    wanted = _bones(made(english, cell, plain))
    if _bones(found := made(cell.node.source, cell, say)) == wanted:
        return found
    for key in _LABELS:
        if _bones(escaped(say[key])) != _bones(escaped(plain[key])):
            edition.refuse([f"{SITE}/{key}"], "in a notebook it would be more than words")
    if _bones(found := made(cell.node.source, cell, plain)) == wanted:
        return found
    reason = "in the notebook it would be put together otherwise than the English"
    edition.refuse([f"{page}/{cell.node.id}"], reason)
    return made(english, untranslated, plain)


def _bones(text: str) -> object:
    """All that a text is but words, as the site and as Jupyter reads it."""
    return excess(text) or (skeleton(text), as_jupyter_reads(text))


def _framed(text: str, cell: Cell, labels: Mapping[str, str], edition: Edition, links_to: str) -> str:
    """The text as the notebook shows it: links to other pages, language, state, and below it links to the page."""
    language = edition.language
    text = with_site_links(text, edition.project, language)
    text = _shown_right(text, cell, labels, language)
    if links_to:
        text += "\n\n" + _link_line(labels, language, links(edition.project, language, links_to))
    return text


def _shown_right(text: str, cell: Cell, labels: Mapping[str, str], language: Language) -> str:
    """Prose with its language and direction where these are not the reader's or not Colab's left to right."""
    if language.code == SOURCE_LANGUAGE:
        return text
    if cell.state is State.UNTRANSLATED:
        label = f"*{escaped(labels['cell-untranslated'])}*"
        return f"{_wrapped(label, language)}\n\n{_wrapped(text, Language(SOURCE_LANGUAGE))}"
    if cell.state is State.OUTDATED:
        text = f"*{escaped(labels['cell-outdated'])}*\n\n{text}"
    return _wrapped(text, language)


def _wrapped(text: str, language: Language) -> str:
    if language.direction == "ltr" and language.code != SOURCE_LANGUAGE:
        return text
    return f'<div lang="{language.tag}" dir="{language.direction}">\n\n{text}\n\n</div>'


def _link_line(labels: Mapping[str, str], language: Language, address: Links) -> str:
    named = {"read-on-site": address.site, "open-in-colab": address.colab, "view-source": address.source}
    if language.code != SOURCE_LANGUAGE:
        named["translation-file"] = address.edit
    line = " · ".join(f"[{escaped(labels[key])}]({url})" for key, url in named.items())
    return line if language.code == SOURCE_LANGUAGE else _wrapped(line, language)
