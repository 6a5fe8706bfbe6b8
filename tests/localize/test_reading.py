"""What is read again after a save is the same as what is read anew, whatever was saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode

from book.cache import Cache
from book.cli import main
from book.errors import BookError
from book.localize.edition import Edition
from book.localize.notebooks import localized_notebook
from book.localize.reading import Reading
from book.localize.review import reviewers
from book.notebook import ipynb
from book.project import Project
from book.site.build import build
from book.site.fingerprint import read_inputs
from tests.small_book import Book, markdown, write_page


def read(book: Book, reading: Reading) -> list[Edition]:
    project = Project(book.root)
    return reading.editions(project, read_inputs(book.root).contents, Cache())


def made_of(edition: Edition) -> dict[str, Any]:
    """All that is made of an edition before there is a site, or why nothing is."""
    try:
        pages = edition.project.pages
        cells = {page: [(c.node, c.state, c.changes, c.refused) for c in edition.cells(page)] for page in pages}
        return {
            "cells": cells,
            "notebooks": {page: ipynb.dumps(localized_notebook(edition, page)) for page in pages},
            "lines": {page: edition.lines(page) for page in pages},
            "interface": (edition.interface.texts(), edition.interface.theme, edition.interface.title),
            "refused": edition.refused,
            "reviewers": [reviewers(edition, page) for page in pages],
        }
    except BookError as error:
        return {"error": str(error)}


def all_of(book: Book, reading: Reading) -> list[dict[str, Any]]:
    return [made_of(each) for each in read(book, reading)]


def files_of(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != "status.json")  # it tells the time
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def add_page(book: Book) -> None:
    write_page(book.root, "gain", [markdown("title", "# Gain\n\nSee [the loss](loss.ipynb).")])
    toc = book.root / "_toc.yml"
    toc.write_text(toc.read_text(encoding="utf-8") + "- file: notebooks/gain\n", encoding="utf-8")


def leave_page_out(book: Book) -> None:
    (book.root / "_toc.yml").write_text("format: jb-book\nroot: notebooks/index\n")


def break_po(book: Book) -> None:
    (book.root / "translations" / "ko" / "loss.po").write_text('msgid "x\n')


def break_notebook(book: Book) -> None:
    (book.root / "notebooks" / "loss.ipynb").write_text("{")


def reword_and_sync(book: Book) -> None:
    book.reword("loss", "what-falls", "falls.", "drops.")
    assert main(["sync"]) == 0


def leave_unsafe(book: Book) -> None:
    book.translate("ko", "loss/what-falls", "## 감소\n\n<script>alert(1)</script>")


SAVES: dict[str, Callable[[Book], object]] = {
    "nothing": lambda book: None,
    "a translation": lambda book: book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다."),
    "an unsafe translation": leave_unsafe,
    "an English cell": lambda book: book.reword("loss", "what-falls", "falls.", "drops."),
    "an English cell, and its translations brought in line": reword_and_sync,
    "the title of the book": lambda book: (book.root / "_config.yml").write_text(
        "title: Another\nrepository:\n  url: https://github.com/owner/small\n"
    ),
    "an interface text": lambda book: book.translate("ko", "site/copied", "복사함"),
    "the conventions": lambda book: (book.root / "translations/ko/conventions.toml").write_text('quotes = "“”"\n'),
    "a new page": add_page,
    "a page left out": leave_page_out,
    "a new language": lambda book: (book.root / "translations" / "tr").mkdir(),
    "a catalog that is gone": lambda book: (book.root / "translations" / "ko" / "loss.po").unlink(),
    "a catalog that cannot be read": break_po,
    "a notebook that cannot be read": break_notebook,
}


@pytest.mark.parametrize("save", SAVES.values(), ids=SAVES.keys())
def test_what_is_read_again_is_what_is_read_anew(tmp_book: Book, save: Callable[[Book], object]) -> None:
    tmp_book.translate("ko", "index/title", "# 시작\n\n[손실](loss.ipynb)에 관한 책입니다.")
    before, reading = files_of(tmp_book.root), Reading()
    all_of(tmp_book, reading)
    save(tmp_book)
    assert all_of(tmp_book, reading) == all_of(tmp_book, Reading())
    for name in files_of(tmp_book.root).keys() - before.keys():
        (tmp_book.root / name).unlink()
    for name, content in before.items():  # and back: what was read in between is not taken for it
        (tmp_book.root / name).write_bytes(content)
    assert all_of(tmp_book, reading) == all_of(tmp_book, Reading())


@pytest.mark.parametrize("save", [SAVES["a translation"], break_po], ids=["a translation", "a broken catalog"])
def test_what_was_saved_shows(tmp_book: Book, save: Callable[[Book], object]) -> None:
    reading = Reading()
    first = all_of(tmp_book, reading)
    save(tmp_book)
    assert all_of(tmp_book, reading) != first


def test_only_what_was_saved_is_read_again(tmp_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, opened = Reading(), list[Path]()
    for each in read(tmp_book, reading):
        made_of(each)
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다.")
    took = ipynb.read

    def watched(path: Path) -> NotebookNode:
        opened.append(path)
        return took(path)

    monkeypatch.setattr(ipynb, "read", watched)
    for each in read(tmp_book, reading):
        made_of(each)
    assert opened == []
    tmp_book.reword("loss", "what-falls", "falls.", "drops.")
    opened.clear()
    for each in read(tmp_book, reading):
        made_of(each)
    assert [path.stem for path in opened] == ["loss"]


def test_a_site_built_again_and_again_is_as_one_built_from_nothing(tmp_book: Book) -> None:
    reading, project = Reading(), tmp_book.project
    sites = list[dict[str, bytes]]()
    for save in ("a translation", "an unsafe translation", "an English cell, and its translations brought in line"):
        SAVES[save](tmp_book)
        build(Project(tmp_book.root), project.choose_editions(["ko"]), reading)
    sites.append(files_of(project.html))
    project.build.rename(project.root / "warm")
    build(Project(tmp_book.root), project.choose_editions(["ko"]))
    sites.append(files_of(project.html))
    assert sites[0].keys() == sites[1].keys()
    assert [name for name, content in sites[0].items() if sites[1][name] != content] == []
