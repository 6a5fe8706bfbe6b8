"""The notebooks that people download or open in Colab: made from the English ones, never kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from book.cache import Cache
from book.errors import NotebookError
from book.files import write_atomic
from book.interface import english_interface
from book.language.language import Language
from book.localize.cells import Cell
from book.localize.edition import Edition
from book.localize.navigation import NEXT, PREVIOUS, neighbour_links, run_line
from book.localize.pictures import Pictures
from book.localize.translations import State
from book.localize.viewers import FOR_TESTS, tell_viewers
from book.notebook import ipynb
from book.notebook.code.printed import RECORD
from book.notebook.data_files import data_files, read_data_file
from book.notebook.markdown.as_jupyter import DEFINED, read_otherwise
from book.notebook.markdown.parts import skeleton
from book.notebook.markdown.tokens import escaped, excess
from book.notebook.page_files import read_page_file
from book.notebook.pasted import paste_again
from book.toc import SITE
from book.urls import Links, links, with_site_links

_LAST = "previous-and-next"  # the id of the last cell, which no page has
_LABELS = (
    "cell-untranslated",
    "cell-outdated",
    "cell-doubted",
    "read-on-site",
    "open-in-colab",
    "view-source",
    "translation-file",
    "run-on",
    "no-gpu",
    PREVIOUS,
    NEXT,
)


def publish(edition: Edition, pages: list[str]) -> list[Path]:
    """Write the notebooks of `pages`, and the files that they read, show and link, below `_build/notebooks/LANG`.

    It has the folder of the book in which all pages stand; what they show from outside of it is only on the site.
    The paths of what changed. What the book no longer has is removed. A file that cannot be read is left out: `check`
    says so.
    """
    paths = {page: edition.project.localized(edition.language, page) for page in pages}
    pictures = Pictures(edition.project.build / "pictures" / edition.language.code)
    made = {page: ipynb.dumps(_with_pictures(localized_notebook(edition, page), pictures)) for page in pages}
    if set(pages) == set(edition.project.pages):
        pictures.tidy()
    folder, above = edition.project.localized(edition.language, "").parent, edition.project.pages_folder
    written = [path for page, path in paths.items() if write_atomic(path, made[page])]
    kept = {folder / f"{page}.ipynb" for page in edition.project.pages}
    for name, content in files_beside(edition):
        if not above or name.startswith(f"{above}/"):
            path = folder / name.removeprefix(f"{above}/")
            kept.add(path)
            written += [path] * write_atomic(path, content)
    kept |= {folder / f"{page}.ipynb" for page in edition.project.left_out}
    for path in (each for each in folder.rglob("*") if each.is_file() and each not in kept):
        if path.suffix == ".ipynb" or not edition.project.left_out:  # which files are theirs is not known now
            path.unlink()
    return written


def files_beside(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """The files that pages read, show and link, by their paths below the root; none that cannot be read."""
    root = edition.project.root
    pages = set(map(edition.project.file, edition.project.pages))
    for page in edition.source.pages.values():
        for name in (each for each in page.files if each not in pages):
            with suppress(NotebookError):
                yield name, read_page_file(root, name)
        for path, name in zip(page.data_files, data_files(page.notebook), strict=True):
            with suppress(NotebookError):
                yield path, read_data_file(page.path.parent, name)


def _with_pictures(notebook: NotebookNode, pictures: Pictures) -> NotebookNode:
    for cell in notebook.cells:
        if cell.cell_type == "code":
            pictures.add(cell)
    return notebook


def localized_notebook(edition: Edition, page: str) -> NotebookNode:
    """The notebook of a page in the edition's language, for a reader who has nothing but the notebook."""
    english = edition.english(page)
    made = nbformat.from_dict({**english, "cells": [], "nbformat": 4, "nbformat_minor": 5})
    there = made.metadata.get("colab")
    colab = {**there, "toc_visible": True} if isinstance(there, dict) else {"toc_visible": True}
    if runtime := edition.project.own.colab_runtime:
        colab["runtime_attributes"] = {"runtime_version": runtime}
    made.metadata["colab"] = colab
    for number, (cell, source) in enumerate(zip(edition.cells(page), english.cells, strict=True)):
        node = cell.copy()
        for key in (RECORD, *FOR_TESTS):
            node.metadata.pop(key, None)
        if node.cell_type == "code":
            tell_viewers(node)
        elif node.cell_type == "markdown":
            node.source = _safe_text(edition, page, cell, source.source, with_links=number == 0)
            if "attachments" in node:
                paste_again(node)
        made.cells.append(node)
    if last := _last_text(edition, page):
        made.cells.append(nbformat.from_dict({"cell_type": "markdown", "id": _LAST, "metadata": {}, "source": last}))
    return made


def _last_text(edition: Edition, page: str) -> str:
    """What stands below a page's last cell: the pages before and after it. Empty in a book of one page."""
    both = edition.interface.texts(), english_interface(edition.project.source)
    found, expected = (" · ".join(neighbour_links(edition, page, labels, with_colab=True)) for labels in both)
    safe = found if _differ_in_words(expected, found) else expected
    return safe if not safe or edition.is_source else _wrapped(safe, edition.language)


def _safe_text(edition: Edition, page: str, cell: Cell, english: str, *, with_links: bool) -> str:
    """A Markdown cell as it is published: in all but words what the project makes of the English text.

    Where a label of the site that is put beside it, or else the translation, would bring more, the English stands in
    its place.
    """
    own_labels, english_labels = edition.interface.texts(), english_interface(edition.project.source)
    english, untranslated = edition.with_live_links(english, page), replace(cell, state=State.UNTRANSLATED)

    def made(text: str, cell: Cell, labels: Mapping[str, str]) -> str:
        return _shown_text(text, cell, labels, edition, page, with_links=with_links)

    expected, found = made(english, cell, english_labels), made(cell.node.source, cell, own_labels)
    if excess(expected):  # nobody has translated it, and nobody can tell what it is put together of
        return made(english, untranslated, english_labels)
    if found == expected:
        return found
    if _are_alike(expected, found, edition.cache):
        return found
    for key in _LABELS:
        if not _are_alike(escaped(english_labels[key]), escaped(own_labels[key]), edition.cache):
            edition.refuse([f"{SITE}/{key}"], "in a notebook it would be more than words")
    if _are_alike(expected, found := made(cell.node.source, cell, english_labels), edition.cache):
        return found
    reason = "in the notebook it would be put together otherwise than the English"
    edition.refuse([f"{page}/{cell.node.id}"], reason)
    return made(english, untranslated, english_labels)


def _are_alike(expected: str, found: str, cache: Cache) -> bool:
    """Do two texts differ in words alone?"""
    pair = repr((expected, found)).encode("utf-8", "surrogatepass")
    return cache.answer("alike", pair, lambda: _differ_in_words(expected, found))


def _differ_in_words(expected: str, found: str) -> bool:
    """In nothing else, as the site and as Jupyter reads them? Of definitions a rule speaks."""
    if excess(found) or skeleton(expected) != skeleton(found):
        return False
    return all(each.startswith(DEFINED) for read in read_otherwise(expected, found) for each in read)


def _shown_text(
    text: str, cell: Cell, labels: Mapping[str, str], edition: Edition, page: str, *, with_links: bool
) -> str:
    """The text as the notebook shows it: links to other pages, language, state; below the title its run, and links."""
    language = edition.language
    text = with_site_links(text, edition.project, language, edition.source.pages[page].folder)
    stays = edition.stays(page, cell) and cell.state is State.TRANSLATED
    text = _always_wrapped(text, edition.project.source) if stays else _labelled(text, cell, labels, edition)
    if with_links:
        line = _link_line(labels, edition, links(edition.project, language, page))
        line = " · ".join([line, *neighbour_links(edition, page, labels)])
        below = "\n\n".join(filter(None, [run_line(edition, page, labels, language), line]))
        text += f"\n\n{below if edition.is_source else _wrapped(below, language)}"
    return text


def _labelled(text: str, cell: Cell, labels: Mapping[str, str], edition: Edition) -> str:
    """Prose with its language and direction where these are not the reader's or not Colab's left to right."""
    if edition.is_source:
        return text
    if cell.state is State.UNTRANSLATED:
        label = f"*{escaped(labels['cell-untranslated'])}*"
        return f"{_wrapped(label, edition.language)}\n\n{_always_wrapped(text, edition.project.source)}"
    if marked := {State.OUTDATED: "cell-outdated", State.DOUBTED: "cell-doubted"}.get(cell.state):
        text = f"*{escaped(labels[marked])}*\n\n{text}"
    return _wrapped(text, edition.language)


def _wrapped(text: str, language: Language) -> str:
    return text if language.direction == "ltr" else _always_wrapped(text, language)


def _always_wrapped(text: str, language: Language) -> str:
    return f'<div lang="{language.tag}" dir="{language.direction}">\n\n{text}\n\n</div>'


def _link_line(labels: Mapping[str, str], edition: Edition, address: Links) -> str:
    named = {"read-on-site": address.site, "open-in-colab": address.colab, "view-source": address.source}
    if not edition.is_source:
        named["translation-file"] = address.edit
    return " · ".join(f"[{escaped(labels[key])}]({url})" for key, url in named.items())
