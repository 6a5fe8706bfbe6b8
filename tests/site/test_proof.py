"""The proof alone, with every earlier defence switched off: what a translation brings to a page is not published.

Sphinx takes seconds, so each build meets many attacks at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from markupsafe import Markup
from nbformat.v4 import new_code_cell, new_output
from selectolax.lexbor import LexborHTMLParser, LexborNode

from book.cli import main
from book.localize.edition import Edition
from book.site.handoff import CellInfo, Done, Job
from book.site.proof.differences import Difference
from book.site.proof.proof import Proof
from book.site.source import head as heads
from book.site.sphinx import pool
from book.site.sphinx_ext.builder import PageBuilder, faults
from tests.small_book import SVG, Book, markdown, write_page

ATTACKS = {
    "script": "## 대본\n\n<script>alert(1)</script>",
    "attribute": '## 속성\n\n<b onclick="alert(1)">굵게</b>',
    "style": "## 모양\n\n<style>* { display: none }</style>",
    "link": "## 고리\n\n[딴 곳](https://elsewhere.org)",
    "picture": "## 그림\n\n![x](https://elsewhere.org/pixel.png)",
    "anchor": '## 표\n\n<p id="book-said">x</p>',
    "notice": '## 알림\n\nx\n\n<p class="cell-state reviewed">Ada</p>',
    "order": "자리\n\n## 바꿈",
    "code": "## 코드\n\n```\nimport os\n```",
    "comment": "## 주석\n\n<!-- x",
    "end": "## 끝\n\n</section></article></main>",
    "formula": "## 수식\n\n$x$",
    "fails": "## 실패\n\n```{hlist}\n:columns: 0\n- x\n```",
}
SAID = {
    "script": "brings `<script>`",
    "attribute": "onclick='alert(1)'",
    "style": "brings `<style>`",
    "link": "href='https://elsewhere.org'",
    "picture": "pixel.png",
    "anchor": "id='book-said'",
    "notice": "a notice that is not the project's",
    "code": "brings `<div class='highlight",
    "fails": "Sphinx fails at it (ZeroDivisionError",
}
PLAIN = "## 그대로\n\n손실이 줄어듭니다."


@pytest.fixture
def undefended(tmp_book: Book, monkeypatch: pytest.MonkeyPatch) -> Book:
    """The small book with a page of many cells, and no rule, no parser and no notebook's proof that looks at them."""
    plot = new_code_cell("# Draw.\nax.set_title('Loss by epoch')\nplt.show()")
    plot["id"] = "plot"
    plot.outputs = [new_output("display_data", {"image/svg+xml": SVG, "text/plain": "<Figure>"})]
    cells = [markdown(name, f"## The {name}\n\nIt falls.") for name in (*ATTACKS, "plain")]
    write_page(tmp_book.root, "attacked", [markdown("title", "# Attacked\n\nIt is."), *cells, plot])
    toc = tmp_book.root / "_toc.yml"
    toc.write_text(toc.read_text() + "- file: notebooks/attacked\n")
    assert main(["sync"]) == 0
    monkeypatch.setattr("book.localize.translations.safe", lambda text, translation: True)
    monkeypatch.setattr("book.localize.notebooks._differ_in_words", lambda *texts: True)
    monkeypatch.setattr("book.site.source.tree.CellInfo", held_against_nothing)
    monkeypatch.setattr("book.localize.svg.escape", lambda text, quote=True: text)
    return tmp_book


def held_against_nothing(*given: Any) -> CellInfo:
    """What is known of a cell, but not what it translates: the parser then holds it against nothing."""
    return replace(CellInfo(*given), translates="")


def alive(page: str) -> list[str]:
    """What on a page acts, restyles or loads, and comes from an attack."""
    nodes = [node for node in cast(LexborNode, LexborHTMLParser(page).root).traverse() if node.is_element_node]
    names = [name for node in nodes for name in node.attributes if name.startswith("on")]
    addresses = [value for node in nodes for name, value in node.attributes.items() if name in ("href", "src")]
    code = [node.text() for node in nodes if node.tag in ("script", "style")]
    return names + [
        each for each in (*addresses, *code) if each and re.search(r"elsewhere|alert\(|\* \{ display", each)
    ]


def published(tmp_book: Book, code: str) -> dict[str, bytes]:
    folder = tmp_book.project.html / code
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_each_cell_that_brings_something_is_shown_in_english_and_named(
    undefended: Book, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_book = undefended
    for name, said in ATTACKS.items():
        tmp_book.translate("ko", f"attacked/{name}", said)
    tmp_book.translate("ko", "attacked/plain", PLAIN)
    tmp_book.translate("ko", "attacked/plot", "에포크</text><script>alert(1)</script><text>", "Loss by epoch")
    tmp_book.translate("ko", "index/title", "# 시작 <script>alert(1)</script>\n\n[손실](loss.ipynb)에 관한 책입니다.")
    capsys.readouterr()
    assert main(["build"]) == 1
    *lines, withheld = capsys.readouterr().err.splitlines()
    refused = {line.split("`")[1]: line for line in lines}
    assert refused.keys() == {*(f"attacked/{name}" for name in ATTACKS), "attacked/plot", "index/title"}
    assert len(lines) == len(refused), "each is said once"
    assert withheld == f"ko: {len(refused)} translations are not shown: `book check ko` says why"
    for name, said in SAID.items():
        assert said in refused[f"attacked/{name}"], name
    for context, line in refused.items():
        page = context.split("/")[0]
        number = int(line.removeprefix(f"translations/ko/{page}.po:").split(":")[0])
        text = (tmp_book.root / "translations" / "ko" / f"{page}.po").read_text(encoding="utf-8").splitlines()
        assert f'msgctxt "{context}"' in text[number - 1 : number + 5]
        assert line.endswith("; shown in English (made)")

    # The other cells are translated, other languages are made, and nothing lives on any page, in no figure either.
    pages = {str(path): path.read_text(encoding="utf-8") for path in tmp_book.project.html.rglob("*.html")}
    assert str(tmp_book.project.html / "ar" / "notebooks" / "attacked.html") in pages
    attacked = pages[str(tmp_book.project.html / "ko" / "notebooks" / "attacked.html")]
    assert "손실이 줄어듭니다." in attacked
    assert attacked.count('lang="en" dir="ltr">It falls.') == len(ATTACKS)
    assert [found for page in pages.values() for found in alive(page)] == []
    assert not [path for path in tmp_book.project.html.rglob("*.svg") if "alert" in path.read_text(encoding="utf-8")]
    notebook = json.loads((tmp_book.project.html / "ko" / "notebooks" / "attacked.ipynb").read_text(encoding="utf-8"))
    assert "alert" not in json.dumps(notebook)

    # What was refused stays refused without work, and is said again; what is mended is shown.
    jobs: list[Job] = []
    run = pool.run

    def counted(asked: list[Job], meanwhile: Callable[[], object]) -> dict[Job, Done]:
        jobs.extend(asked)
        return run(asked, meanwhile)

    monkeypatch.setattr(pool, "run", counted)
    assert main(["build"]) == 1
    assert capsys.readouterr().err.splitlines() == [*lines, withheld]
    assert jobs == []
    for name in ATTACKS:
        tmp_book.translate("ko", f"attacked/{name}", PLAIN)
    tmp_book.translate("ko", "attacked/plot", "에포크", "Loss by epoch")
    tmp_book.translate("ko", "index/title", "# 시작\n\n[손실](loss.ipynb)에 관한 책입니다.")
    assert main(["build"]) == 0
    assert capsys.readouterr().err == ""
    attacked = (tmp_book.project.html / "ko" / "notebooks" / "attacked.html").read_text(encoding="utf-8")
    assert attacked.count("손실이 줄어듭니다.") == len(ATTACKS) + 1


def test_where_no_cell_is_found_to_do_it_the_page_is_shown_in_english_and_the_others_are_published(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = Proof.lessons

    def lessons(self: Proof, edition: Edition, output: Path) -> Iterator[tuple[str, Difference]]:
        yield from compared(self, edition, output)
        if "손실이" in (output / "notebooks" / "loss.html").read_text(encoding="utf-8"):
            yield "loss", Difference("does what nobody can place")

    monkeypatch.setattr(Proof, "lessons", lessons)
    tmp_book.translate("ko", "index/title", "# 시작\n\n[손실](loss.ipynb)에 관한 책입니다.")
    tmp_book.translate("ko", "loss/what-falls", PLAIN)
    for _ in range(2):  # what was refused stays refused, and is said again
        capsys.readouterr()
        assert main(["build", "ko"]) == 1
        (line,) = [each for each in capsys.readouterr().err.splitlines() if each.endswith("(made)")]
        assert (
            "`loss/what-falls`: does what nobody can place; as no one cell is found to do it, all of the page" in line
        )
        assert line.endswith("is; shown in English (made)")
        made = tmp_book.project.html / "ko" / "notebooks"
        assert "The loss falls." in (made / "loss.html").read_text(encoding="utf-8")
        assert "손실이" not in (made / "loss.ipynb").read_text(encoding="utf-8")
        assert "에 관한 책입니다" in (made / "index.html").read_text(encoding="utf-8")


def test_where_no_cell_is_at_fault_the_language_stays_as_it_was_and_the_others_are_made(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["build"]) == 0
    before = published(tmp_book, "ko")
    tmp_book.translate("ko", "loss/what-falls", PLAIN)
    tmp_book.translate("ar", "loss/what-falls", "## ما ينخفض\n\nتنخفض الخسارة.")

    def head(edition: Edition, *arguments: Any) -> str:
        return heads.head(edition, *arguments) + "<script>alert(1)</script>" * (edition.language.code == "ko")

    monkeypatch.setattr("book.site.source.tree.head", head)
    capsys.readouterr()
    assert main(["build"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "/translations/ko/index.po:1: page `index`: around its cells brings " in line
    assert line.endswith("; the language is not published (site)")
    assert published(tmp_book, "ko") == before
    assert "تنخفض الخسارة" in (tmp_book.project.html / "ar" / "notebooks" / "loss.html").read_text(encoding="utf-8")

    # A page that is no lesson; it is put together when Sphinx is through.
    monkeypatch.setattr("book.site.source.tree.head", heads.head)
    style = Markup("<p>words</p><img src=x>")
    monkeypatch.setattr("book.site.pages.translate._style", lambda edition: style * (edition.language.code == "ko"))
    assert main(["build"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "/translations/ko/site.po:1: page `translate`: brings `<img src='x'>`" in line
    assert published(tmp_book, "ko") == before

    # Mended.
    monkeypatch.undo()
    monkeypatch.chdir(tmp_book.root)
    assert main(["build"]) == 0
    assert "손실이 줄어듭니다." in (tmp_book.project.html / "ko" / "notebooks" / "loss.html").read_text(
        encoding="utf-8"
    )


@pytest.fixture
def reading(tmp_path: Path) -> Iterator[PageBuilder]:
    """A builder whose page has the cells `a` to `h`."""
    path = tmp_path / "page.ipynb"
    path.write_text(json.dumps({"cells": [{"id": name} for name in "abcdefgh"]}))
    builder = PageBuilder.__new__(PageBuilder)
    builder.env = cast(Any, SimpleNamespace(doc2path=lambda docname: str(path)))
    builder._left_out = {}
    faults.clear()
    yield builder
    faults.clear()


@pytest.mark.parametrize(
    ("fails", "named"),
    [
        (lambda cells: "c" in cells, "c"),
        (lambda cells: bool({"a", "h"} & cells), "ah"),
        (lambda cells: bool({"b", "c", "d"} & cells), "bcd"),
        (lambda cells: {"b", "f"} <= cells, "f"),
        (lambda cells: len(cells) > 6, "gh"),
    ],
)
def test_the_cells_at_which_sphinx_fails_are_left_out(reading: PageBuilder, fails: Any, named: str) -> None:
    def attempt() -> None:
        left_out = reading._left_out.get("notebooks/page", set())
        if fails({name for number, name in enumerate("abcdefgh") if number not in left_out}):
            raise ZeroDivisionError("by zero")

    reading._carefully("notebooks/page", attempt, attempt)
    assert "".join(fault.cell_id for fault in faults) == named
    assert {(each.document, each.message) for each in faults} == {
        ("notebooks/page", "Sphinx fails at it (ZeroDivisionError: by zero)")
    }


def test_what_no_cell_is_to_blame_for_is_raised(reading: PageBuilder) -> None:
    def attempt() -> None:
        raise ZeroDivisionError("the theme")

    with pytest.raises(ZeroDivisionError, match="the theme"):
        reading._carefully("notebooks/page", attempt, attempt)
    assert faults == []


def test_an_english_cell_that_sphinx_fails_at_is_shown_as_it_is_written_and_named_at_each_build(
    tmp_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_book.edit("loss", lambda page: page.cells[1].update(source=ATTACKS["fails"]))
    assert main(["sync"]) == 0
    tmp_book.translate("ko", "index/title", "# 시작\n\n[손실](loss.ipynb)에 관한 책입니다.")
    for _ in range(2):
        capsys.readouterr()
        assert main(["build", "ko", "ar"]) == 1
        (line,) = [each for each in capsys.readouterr().err.splitlines() if "Sphinx fails" in each]
        assert re.search(r"notebooks/loss\.ipynb:\d+: `loss/what-falls`: Sphinx fails at it \(ZeroDivisionError", line)
        assert line.endswith("shown as it is written (made)")
    for code in ("en", "ko", "ar"):
        page = LexborHTMLParser((tmp_book.project.html / code / "notebooks" / "loss.html").read_text(encoding="utf-8"))
        shown = page.css_first("#what-falls")
        assert shown
        assert ":columns: 0" in shown.text()
        assert page.css_first("article .cell")
    assert "책입니다" in (tmp_book.project.html / "ko" / "notebooks" / "index.html").read_text(encoding="utf-8")
    number = int(line.split(":")[1])
    assert (
        '"cell_type"'
        in (tmp_book.root / "notebooks" / "loss.ipynb").read_text(encoding="utf-8").splitlines()[number - 1]
    )
    tmp_book.edit("loss", lambda page: page.cells[1].update(source="## Mended\n\nIt falls."))
    assert main(["sync"]) == 0
    assert main(["build", "ko", "ar"]) == 0


@pytest.mark.parametrize("again", [False, True])
def test_an_english_id_that_stands_twice_is_told_at_each_build_and_stops_nothing(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], again: bool
) -> None:
    tmp_book.edit("loss", lambda page: page.cells[1].update(source='<a id="x"></a>\n\n## X\n\n<b id="x">falls</b>'))
    assert main(["sync"]) == 0
    for _ in range(1 + again):
        capsys.readouterr()
        assert main(["build", "ko"]) == 0
    assert re.search(r"loss\.ipynb:\d+: cell `what-falls`: gives the id `x` twice", capsys.readouterr().err)


def test_a_process_that_dies_costs_its_language(tmp_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two jobs at once nobody can tell which has ended the processes: each is run again, alone."""
    asked: list[tuple[list[str], int]] = []

    def run_all(jobs: list[Job], at_once: int, meanwhile: object = None) -> dict[Job, Done]:
        asked.append(([job.code for job in jobs], at_once))
        return {job: Done() for job in jobs if len(jobs) == 1 and job.code != "ko"}

    monkeypatch.setattr(pool, "_run_all", run_all)
    jobs = [Job(code, Path(), Path(), Path()) for code in ("en", "ko")]
    done = pool.run(jobs)
    assert asked == [(["en", "ko"], 2), (["en"], 1), (["ko"], 1)]
    assert [bool(done[job].failure) for job in jobs] == [False, True]
