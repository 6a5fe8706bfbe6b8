"""The notebooks that people download or open in Colab: made from the English ones, never kept."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from book import notebook
from book.edition import Edition
from book.files import write_whole
from book.links import Links, links, with_site_links
from book.localize import Cell, State
from book.project import SOURCE_LANGUAGE, Language


def publish(edition: Edition, pages: list[str]) -> list[Path]:
    """Write the notebooks of `pages` below `_build/notebooks/LANG`; the paths of those that changed.

    Notebooks of pages that the book no longer has are removed.
    """
    paths = {page: edition.project.localized(edition.language, page) for page in pages}
    made = {page: notebook.dumps(published(edition, page)) for page in pages}
    for path in edition.project.localized(edition.language, "").parent.glob("*.ipynb"):
        if path.stem not in edition.project.pages:
            path.unlink()
    return [path for page, path in paths.items() if write_whole(path, made[page])]


def published(edition: Edition, page: str) -> NotebookNode:
    """The notebook of a page in the edition's language, for a reader who has nothing but the notebook.

    Raises TranslationError where its code would not be the English code.
    """
    english = edition.english(page)
    cells = edition.cells(page)
    made = nbformat.from_dict({**english, "cells": [], "nbformat": 4, "nbformat_minor": 5})
    address = links(edition.project, edition.language, page)
    for number, cell in enumerate(cells):
        node = cell.copy()
        if node.cell_type == "markdown":
            node.source = with_site_links(node.source, edition.project, edition.language)
            node.source = _shown_right(node.source, cell, edition)
            if number == 0:
                node.source += "\n\n" + _link_line(edition, address)
        made.cells.append(node)
    return made


def _shown_right(text: str, cell: Cell, edition: Edition) -> str:
    """Prose with its language and direction where these are not the reader's or not Colab's left to right."""
    if edition.language.code == SOURCE_LANGUAGE:
        return text
    if cell.state is State.UNTRANSLATED:
        label = f"*{edition.interface['cell-untranslated']}*"
        return f"{_wrapped(label, edition.language)}\n\n{_wrapped(text, Language(SOURCE_LANGUAGE))}"
    if cell.state is State.OUTDATED:
        text = f"*{edition.interface['cell-outdated']}*\n\n{text}"
    return _wrapped(text, edition.language)


def _wrapped(text: str, language: Language) -> str:
    if language.direction == "ltr" and language.code != SOURCE_LANGUAGE:
        return text
    return f'<div lang="{language.tag}" dir="{language.direction}">\n\n{text}\n\n</div>'


def _link_line(edition: Edition, address: Links) -> str:
    named = {"read-on-site": address.site, "open-in-colab": address.colab, "view-source": address.source}
    if edition.language.code != SOURCE_LANGUAGE:
        named["translation-file"] = address.edit
    line = " · ".join(f"[{edition.interface[key]}]({url})" for key, url in named.items())
    return line if edition.language.code == SOURCE_LANGUAGE else _wrapped(line, edition.language)
