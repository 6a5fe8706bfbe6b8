"""`book new`: a book that checks, builds and syncs at once; nothing that is there is overwritten."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from book.cli import main
from book.files import stage
from tests import ROOT
from tests.small_book import failure


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which the command runs."""
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_new_book_checks_and_syncs_and_builds_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["new", "book", "--language", "ko"]) == 0
    book = folder / "book"
    monkeypatch.chdir(book)
    before = {path: path.read_bytes() for path in book.rglob("*") if path.is_file()}
    assert main(["check"]) == 0
    assert main(["sync"]) == 0
    assert {path: path.read_bytes() for path in before} == before
    assert main(["build"]) == 0
    page = (book / "_build" / "html" / "ko" / "notebooks" / "first-page.html").read_text(encoding="utf-8")
    assert "The first page" in page
    assert 'lang="ko"' in page


@pytest.mark.parametrize(("code", "search"), [("ko", "검색"), ("ar", "بحث"), ("pl", "Szukaj")])
def test_a_new_book_has_its_interface_in_the_languages_in_which_the_program_has_it(
    folder: Path, code: str, search: str
) -> None:
    assert main(["new", "--language", code]) == 0
    made = polib.pofile(str(folder / "translations" / code / "site.po"))
    left = [each.msgctxt for each in made.untranslated_entries()]
    assert set(left) <= {"site/title", "site/author", "site/toc"}
    assert (
        made.metadata["Last-Translator"]
        == polib.pofile(str(ROOT / "translations" / code / "site.po")).metadata["Last-Translator"]
    )
    assert next(each.msgstr for each in made if each.msgid == "Search") == search


def test_a_language_in_which_the_program_says_nothing_begins_with_nothing(folder: Path) -> None:
    assert main(["new", "--language", "fr"]) == 0
    assert not polib.pofile(str(folder / "translations" / "fr" / "site.po")).translated_entries()


def test_the_languages_own_name_and_code_are_used_and_no_placeholder_is_left(folder: Path) -> None:
    assert main(["new", "--language", "pt_BR"]) == 0
    assert (folder / "translations" / "pt_BR" / "first-page.po").exists()
    texts = [path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file() and path.suffix != ".po"]
    assert not any("OWNER/PROGRAM" in text for text in texts)


def test_a_new_repository_keeps_its_files(folder: Path) -> None:
    (folder / "README.md").write_text("# Mine\n")
    (folder / ".git").mkdir()
    assert main(["new"]) == 0
    assert (folder / "README.md").read_text() == "# Mine\n"
    assert (folder / "notebooks" / "index.ipynb").exists()


def test_a_folder_with_files_is_left_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "thesis.tex").write_text("years of work")
    assert "has files already (`thesis.tex`)" in failure(capsys, "new")
    assert [path.name for path in folder.iterdir()] == ["thesis.tex"]


def test_a_language_that_nobody_knows_is_refused_before_anything_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "unknown language `nowhere`" in failure(capsys, "new", "book", "--language", "nowhere")
    assert not (folder / "book").exists()


@pytest.mark.parametrize("number", [1, 4, 9])
def test_a_book_that_cannot_be_written_to_its_end_is_taken_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int
) -> None:
    (folder / "old").mkdir()
    (folder / "old" / "LICENSE").write_text("Mine.\n")
    for name in ("old", "made"):
        left = iter(range(number))

        def full(path: Path, content: str, left: Iterator[int] = left) -> Path:
            if next(left, None) is None:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return stage(path, content)

        for module in ("files", "transaction"):
            monkeypatch.setattr(f"book.{module}.stage", full)
        assert "No space left on device" in failure(capsys, "new", name)
    assert [path.name for path in folder.iterdir()] == ["old"]
    assert [path.name for path in (folder / "old").iterdir()] == ["LICENSE"]
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    assert main(["new", "old"]) == 0


def run(*arguments: str, cwd: Path, **environment: str) -> str:
    env = {**os.environ, "PIP_NO_INDEX": "1", "PYTHONSAFEPATH": "1", **environment}
    done = subprocess.run([sys.executable, *arguments], cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


SDIST = "from setuptools import build_meta; build_meta.build_sdist('..')"


def test_a_wheel_that_is_made_from_a_source_distribution_has_all_that_the_program_needs(tmp_path: Path) -> None:
    files = subprocess.run(["git", "ls-files", "book"], cwd=ROOT, capture_output=True, text=True, check=True)
    names = files.stdout.split()
    texts = ("pyproject.toml", "setup.py", "README.md", "LICENSE", "LICENSE-TEXT", "translations/ar/site.po")
    for name in (*names, *texts):
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((ROOT / name).read_bytes())
    quiet = ["-q", "--no-deps", "--disable-pip-version-check"]
    run("-c", SDIST, cwd=tmp_path / "source")
    (packed_sources,) = tmp_path.glob("book-*.tar.gz")
    run("-m", "pip", "wheel", *quiet, "--no-build-isolation", "-w", "wheels", str(packed_sources), cwd=tmp_path)
    (wheel,) = (tmp_path / "wheels").glob("book-*.whl")
    with zipfile.ZipFile(wheel) as packed:
        assert set(names) <= set(packed.namelist())
    run("-m", "pip", "install", *quiet, "--target", "installed", str(wheel), cwd=tmp_path)
    installed = str(tmp_path / "installed")
    where = run("-c", "import book; print(book.__file__)", cwd=tmp_path, PYTHONPATH=installed)
    assert where.startswith(installed)
    run("-m", "book", "new", "made", "--language", "ar", cwd=tmp_path, PYTHONPATH=installed)
    interface = polib.pofile(str(tmp_path / "made" / "translations" / "ar" / "site.po"))
    assert next(each.msgstr for each in interface if each.msgid == "Search") == "بحث"
    run("-m", "book", "check", cwd=tmp_path / "made", PYTHONPATH=installed)
    said = run("-m", "book", "build", "ar", cwd=tmp_path / "made", PYTHONPATH=installed)
    assert re.search(r"_build/html/ar/notebooks/index\.html", said)


def test_the_workflow_of_a_new_book_uses_what_ours_use() -> None:
    pinned = re.compile(r"uses: (\S+@[0-9a-f]{40})")
    ours = {
        name for path in (ROOT / ".github" / "workflows").glob("*.yml") for name in pinned.findall(path.read_text())
    }
    template = ROOT / "book" / "new" / "template" / "dot-github" / "workflows" / "book.yml"
    assert set(pinned.findall(template.read_text())) <= ours
