"""What makes a language be built again: each kind of input, and nothing else."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from queue import Queue
from typing import Any

import pytest

from book.cli import main
from book.language.language import Language
from book.localize.edition import editions
from book.preview.serve import serve
from book.project import Project
from book.site import build as builds
from book.site import edition_build
from book.site import fingerprint as stamps
from book.site.build import Built
from book.site.fingerprint import Stamp, listing, read_inputs, stamp
from book.site.handoff import CONTENT, FRAMES, FURTHER_PAGES, Done, Job, Warned
from book.site.proof.proof import Proof
from book.site.source.tree import translated_pages
from book.site.sphinx import pool
from book.site.sphinx.config import book_config
from book.status.report import report
from tests.small_book import Book


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in the place of this package."""
    folder = tmp_path / "program"
    folder.mkdir()
    for name in ("layout.html", "book.css", "book.js", "build.py"):
        (folder / name).write_text("as it was")
    monkeypatch.setattr(stamps, "PROGRAM", folder)
    stamps.program.cache_clear()
    yield folder
    stamps.program.cache_clear()


def korean(tmp_book: Book) -> Stamp:
    project = Project(tmp_book.root)  # as a new run reads it
    everything = editions(project, project.editions)
    edition = next(each for each in everything if each.language.code == "ko")
    inputs, report_now = read_inputs(project.root), report(everything)
    settings = book_config(edition, inputs.assets_version)
    return stamp(edition, settings, translated_pages(everything), report_now, listing(project.html / "ko"), inputs)


def write(path: str, text: str) -> Callable[[Book], object]:
    return lambda tmp_book: (tmp_book.root / path).write_text(text, encoding="utf-8")


ARABIC = "# ابدأ هنا\n\nكتاب عن [الخسارة](loss.ipynb)."
TOC = "format: jb-book\nroot: notebooks/{}\n"
OF_EVERY_PAGE: dict[str, Callable[[Book], object]] = {
    "a template": write("program/layout.html", "changed"),
    "a style": write("program/book.css", "changed"),
    "a script": write("program/book.js", "changed"),
    "a new template": write("program/new.html", "new"),
    "the order of pages": write("_toc.yml", TOC.format("loss") + "chapters:\n- file: notebooks/index\n"),
    "a page left out": write("_toc.yml", TOC.format("index")),
    "the title": write("_config.yml", "title: Another\nrepository:\n  url: https://github.com/owner/small\n"),
    "an interface text": lambda tmp_book: tmp_book.translate("ko", "site/copied", "복사함"),
    "a new language": lambda tmp_book: (tmp_book.root / "translations" / "tr").mkdir(),
}
OF_PAGES: dict[str, Callable[[Book], object]] = {
    "a translation": lambda tmp_book: tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다."),
    "an English cell": lambda tmp_book: tmp_book.reword("loss", "what-falls", "falls.", "drops."),
    "a page translated into another language": lambda tmp_book: tmp_book.translate("ar", "index/title", ARABIC),
    "a page removed from the translation": lambda tmp_book: (tmp_book.root / "translations/ko/loss.po").unlink(),
}


@pytest.mark.parametrize("change", OF_EVERY_PAGE.values(), ids=OF_EVERY_PAGE.keys())
def test_what_shapes_every_page_has_the_language_made_anew(
    tmp_book: Book, program: Path, change: Callable[[Book], object]
) -> None:
    before = korean(tmp_book)
    change(tmp_book)
    assert korean(tmp_book).frame != before.frame


@pytest.mark.parametrize("change", OF_PAGES.values(), ids=OF_PAGES.keys())
def test_what_a_page_says_has_the_pages_remade(tmp_book: Book, program: Path, change: Callable[[Book], object]) -> None:
    before = korean(tmp_book)
    change(tmp_book)
    assert korean(tmp_book).content != before.content
    assert korean(tmp_book).frame == before.frame


def test_another_version_of_a_package_has_the_language_made_anew(
    tmp_book: Book, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = korean(tmp_book)
    packages = stamps.installed()
    assert any(name.lower().startswith("sphinx-") for name in packages)
    monkeypatch.setattr(stamps, "installed", lambda: packages[1:])
    stamps.program.cache_clear()
    assert korean(tmp_book).frame != before.frame


def test_a_fork_has_the_language_made_anew(tmp_book: Book, program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = korean(tmp_book)
    monkeypatch.setenv("GITHUB_REPOSITORY", "fork/small")
    assert korean(tmp_book).frame != before.frame


def test_another_languages_words_change_nothing(tmp_book: Book, program: Path) -> None:
    tmp_book.translate("ar", "loss/what-falls", "## ما ينخفض\n\nتنخفض الخسارة.")
    before = korean(tmp_book)
    tmp_book.translate("ar", "loss/what-falls", "## ما ينخفض\n\nالخسارة تنخفض.")
    assert korean(tmp_book) == before


@pytest.fixture
def sphinx_runs(tmp_book: Book, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The languages that Sphinx is asked for, which makes a page of each; it warns where a Korean one says `warn`."""
    runs: list[str] = []

    def run(jobs: list[Job], meanwhile: Callable[[], object]) -> dict[Job, Done]:
        meanwhile()
        for job in jobs:
            runs.append(job.code)
            (job.output / "notebooks").mkdir(parents=True, exist_ok=True)
            (job.output / "notebooks" / "index.html").write_text("made")
            (job.doctrees / FRAMES).mkdir(parents=True, exist_ok=True)
            for name in FURTHER_PAGES:
                (job.doctrees / FRAMES / f"{name}.html").write_text(CONTENT)
        catalog = tmp_book.project.catalog(Language("ko"), "loss")
        says_warn = catalog.exists() and b"warn" in catalog.read_bytes()
        warnings = (Warned("loss", 0, "a warning", reading=True),) if says_warn else ()
        return {job: Done(warnings=warnings if job.code == "ko" else ()) for job in jobs}

    monkeypatch.setattr(pool, "run", run)
    for name in ("lessons", "further_pages", "lost"):  # with such pages nothing can be proved
        monkeypatch.setattr(Proof, name, lambda *arguments: iter(()))
    return runs


@pytest.mark.parametrize(
    ("run", "said"),
    [
        ({}, ""),
        ({"executed": "2026-11-01", "seconds": 3}, ""),
        ({"executed": "2026-11-01"}, "the metadata `book` is not as a run leaves it; run `book execute loss`"),
        ({"executed": "yesterday", "seconds": 3}, "the metadata `book` is not as a run leaves it"),
    ],
)
def test_a_record_of_a_run_in_another_form_is_one_line(
    tmp_book: Book, sphinx_runs: list[str], capsys: pytest.CaptureFixture[str], run: dict[str, object], said: str
) -> None:
    tmp_book.edit("loss", lambda page: page.metadata.update(book=run))
    capsys.readouterr()
    assert main(["build", "en"]) == (2 if said else 0)
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == bool(said)


def test_a_page_without_prose_stands_under_its_name(tmp_book: Book, sphinx_runs: list[str]) -> None:
    tmp_book.edit("loss", lambda page: page.update(cells=[]))
    assert main(["build", "en"]) == 0
    status = (tmp_book.project.html / "en" / "status.html").read_text(encoding="utf-8")
    assert re.search(r'loss\.html"[^>]*>loss</a>', status)


def test_what_is_as_it_was_is_left_alone(tmp_book: Book, sphinx_runs: list[str]) -> None:
    assert main(["build"]) == 0
    assert sphinx_runs == ["en", "ar", "ko"]
    assert main(["build"]) == 0
    assert sphinx_runs == ["en", "ar", "ko"]
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다.")
    assert main(["build"]) == 0
    assert sphinx_runs == ["en", "ar", "ko", "ko"]


def test_pages_are_shown_before_the_search_index_is_made(
    tmp_book: Book, sphinx_runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    page = tmp_book.project.html / "ko" / "notebooks" / "index.html"
    monkeypatch.setattr(edition_build, "write_index", lambda edition: order.append(edition.language.code))
    built = builds.build(
        tmp_book.project, [Language("ko")], on_pages=lambda: order.append(page.read_text(encoding="utf-8"))
    )
    assert order == ["made", "en", "ko"]
    assert built.pages == [page]
    order.clear()
    builds.build(tmp_book.project, [Language("ko")])
    assert order == [], "and what is as it was is left alone"


def test_the_state_of_one_language_shows_in_all_without_sphinx(tmp_book: Book, sphinx_runs: list[str]) -> None:
    assert main(["build"]) == 0
    page = tmp_book.project.html / "ko" / "status.html"
    before = page.read_text(encoding="utf-8")
    tmp_book.translate("ar", "site/copied", "تم النسخ")
    assert main(["build"]) == 0
    assert page.read_text(encoding="utf-8") != before
    assert sphinx_runs == ["en", "ar", "ko", "ar"]
    assert main(["build"]) == 0
    assert sphinx_runs == ["en", "ar", "ko", "ar"]


def test_a_file_that_somebody_touched_is_made_again(tmp_book: Book, sphinx_runs: list[str]) -> None:
    assert main(["build", "ko"]) == 0
    page = tmp_book.project.html / "ko" / "notebooks" / "index.html"
    os.utime(page, (0, 0))
    assert main(["build", "ko"]) == 0
    page.unlink()
    assert main(["build", "ko"]) == 0
    assert sphinx_runs == ["en", "ko", "ko", "ko"], "English too, which Korean is held against"
    assert page.exists()


def test_a_warning_is_given_again_without_another_run(
    tmp_book: Book, sphinx_runs: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_book.translate("ko", "loss/title", "# warn\n\n$L = 0.5$ `axis=3` [처음](index.ipynb)")
    line = tmp_book.entry("ko", "loss/title").linenum
    for _ in range(2):
        capsys.readouterr()
        assert main(["build", "ko"]) == 0
        assert capsys.readouterr().err == f"translations/ko/loss.po:{line}: cell `title`: a warning (sphinx)\n"
    assert sphinx_runs == ["en", "ko"]


def test_a_page_or_language_that_is_gone_leaves_nothing_behind(tmp_book: Book, sphinx_runs: list[str]) -> None:
    assert main(["build"]) == 0
    made = tmp_book.project.build
    (tmp_book.root / "_toc.yml").write_text(TOC.format("index"))
    for path in (tmp_book.root / "translations" / "ar").glob("*.po"):
        path.unlink()
    (tmp_book.root / "translations" / "ar").rmdir()
    assert main(["build"]) == 0
    left = [path for path in made.rglob("*") if path.stem == "loss" or path.name == "ar"]
    assert left == []
    assert tmp_book.project.localized(Language("ko"), "index").exists()


SAVES: dict[str, Callable[[Book], object]] = {
    **OF_PAGES,
    "the order of pages": OF_EVERY_PAGE["the order of pages"],
    "the title": OF_EVERY_PAGE["the title"],
    "an interface text": OF_EVERY_PAGE["an interface text"],
    "the glossary": write("translations/ko/glossary.csv", "english,translation,note\nloss,손실,\n"),
    "the note on style": write("translations/ko/STYLE.md", "# x\n\ny\n"),
    "the conventions": write("translations/ko/conventions.toml", 'quotes = "“”"\n'),
}


@pytest.mark.parametrize("save", SAVES.values(), ids=SAVES.keys())
def test_a_save_while_sphinx_runs_is_seen_by_the_next_build(
    tmp_book: Book, sphinx_runs: list[str], monkeypatch: pytest.MonkeyPatch, save: Callable[[Book], object]
) -> None:
    run, saved = pool.run, list[object]()

    def saving(jobs: list[Job], meanwhile: Callable[[], object]) -> dict[Job, Done]:
        done = run(jobs, meanwhile)
        if not saved:
            saved.append(save(tmp_book))
        return done

    monkeypatch.setattr(pool, "run", saving)
    assert main(["build", "ko"]) == 0
    assert main(["build", "ko"]) == 0
    assert sphinx_runs[-1:] == ["ko"]
    assert len(sphinx_runs) > 2
    ran = len(sphinx_runs)
    assert main(["build", "ko"]) == 0
    assert len(sphinx_runs) == ran


@pytest.mark.parametrize("save", SAVES.values(), ids=SAVES.keys())
def test_a_save_while_files_are_read_has_them_read_again(
    tmp_book: Book, sphinx_runs: list[str], monkeypatch: pytest.MonkeyPatch, save: Callable[[Book], object]
) -> None:
    read, saved = builds._read_whole, list[object]()

    def saving(*arguments: Any, **named: Any) -> None:
        read(*arguments, **named)
        if not saved:
            saved.append(save(tmp_book))

    monkeypatch.setattr(builds, "_read_whole", saving)
    assert main(["build", "ko"]) == 0
    source = {path: path.read_bytes() for path in (tmp_book.project.build / "source").rglob("*") if path.is_file()}
    ran = len(sphinx_runs)
    assert main(["build", "ko"]) == 0
    assert len(sphinx_runs) == ran, "the first build has seen it"
    monkeypatch.setattr(builds, "_read_whole", read)
    shutil.rmtree(tmp_book.project.build)
    assert main(["build", "ko"]) == 0
    assert {path: path.read_bytes() for path in source} == source


def test_a_save_before_anybody_watches_is_followed(tmp_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[int] = []

    def build(*arguments: object) -> Built:
        built.append(len(built))
        if len(built) == 2:
            raise KeyboardInterrupt
        tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다.")
        return Built()

    monkeypatch.setattr("book.preview.serve.build", build)
    monkeypatch.setattr("book.preview.serve._saved", lambda project: nullcontext(Queue()))
    serve(tmp_book.project, ["ko"], "127.0.0.1", 0)
    assert built == [0, 1]


@pytest.mark.parametrize("content", [b'msgid "x\n', "손실".encode("euc-kr")], ids=["cut off", "another encoding"])
def test_a_po_file_that_cannot_be_read_costs_its_language(
    tmp_book: Book, sphinx_runs: list[str], capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    tmp_book.translate("ko", "index/title", "# 시작\n\n[손실](loss.ipynb)에 관한 책입니다.")
    assert main(["build"]) == 0
    page = tmp_book.project.html / "ko" / "notebooks" / "index.html"
    page.write_text("as it was")
    path = tmp_book.root / "translations" / "ko" / "loss.po"
    before = path.read_bytes()
    path.write_bytes(content)
    tmp_book.translate("ar", "loss/what-falls", "## ما ينخفض\n\nتنخفض الخسارة.")
    capsys.readouterr()
    assert main(["build"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "translations/ko/loss.po:" in line
    assert sphinx_runs == ["en", "ar", "ko", "ar"], "what others say of Korean is as before"
    assert page.read_text() == "as it was"
    assert 'href="ko/notebooks/index.html"' in (tmp_book.project.html / "index.html").read_text(encoding="utf-8")
    path.write_bytes(before)
    assert main(["build"]) == 0
    assert page.read_text() == "made"
