"""The commands where the machine is not as one would like it: each succeeds, or says in a line what is in its way."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from book.cli import main
from book.project import Project
from tests import ROOT
from tests.site.test_rebuild import differing, site
from tests.small_book import Book

KEPT = ("notebooks", "translations", "_toc.yml", "_config.yml")
OFFLINE = ("unshare", "--map-root-user", "--net")  # no network at all


def run(*arguments: str, cwd: Path, prefix: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, in the locale C, with no program in reach."""
    given = {"PYTHONPATH": str(ROOT), "PATH": "/nowhere", "LC_ALL": "C"}
    command = [*prefix, sys.executable, "-m", "book", *arguments]
    return subprocess.run(command, cwd=cwd, env=given, capture_output=True, encoding="utf-8", check=False)


def copied(tmp_book: Book, root: Path) -> Book:
    """The book in another folder."""
    ignore = shutil.ignore_patterns("_build", root.name)
    return Book(Project(Path(shutil.copytree(tmp_book.root, root, ignore=ignore))))


def possible(*command: str) -> bool:
    """May this user do that on this machine?"""
    tool = shutil.which(command[0])
    return bool(tool) and subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_book_needs_no_network_no_git_no_locale_and_no_plain_path(tmp_book: Book) -> None:
    """All at once, as a build takes seconds."""
    moved = copied(tmp_book, tmp_book.root / "Бүх ном – 책 كتاب's #1 %41")
    offline = (str(shutil.which(OFFLINE[0])), *OFFLINE[1:]) if possible(*OFFLINE, "true") else ()
    for command in ("sync", "check", "status", "ids", "localize", "build"):
        done = run(command, cwd=moved.root, prefix=offline)
        assert done.returncode == 0, done.stderr
        assert done.stderr in ("", "0 findings\n") or command == "check"
    assert main(["build"]) == 0
    assert differing(site(moved), site(tmp_book)) == []


def test_windows_line_ends_everywhere_make_the_same_site(tmp_book: Book) -> None:
    """As a checkout with `core.autocrlf` has them."""
    for language, quotes in (("ar", "«»"), ("ko", "“”")):
        folder = tmp_book.root / "translations" / language
        (folder / "conventions.toml").write_text(f'quotes = "{quotes}"\n', encoding="utf-8")
        (folder / "glossary.csv").write_text("english,translation,note\nloss,손실,\n", encoding="utf-8")
        (folder / "STYLE.md").write_text("# Style\n\nBe kind.\n", encoding="utf-8")
    assert main(["build"]) == 0
    whole = site(tmp_book)
    shutil.rmtree(tmp_book.project.build)
    for path in [path for path in tmp_book.root.rglob("*") if path.is_file()]:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert main(["check"]) == 0
    assert main(["build"]) == 0
    assert differing(site(tmp_book), whole) == []


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    """A folder to mount something on, for who may."""
    folder = tmp_path / "mounted"
    folder.mkdir()
    yield folder
    if os.getuid() == 0:
        subprocess.run(["umount", "--lazy", str(folder)], capture_output=True, check=False)


def test_a_book_that_may_only_be_read_is_read_and_else_there_is_one_line(tmp_book: Book, mounted: Path) -> None:
    copy = copied(tmp_book, tmp_book.root / "copy")
    tmp_book.reword("loss", "what-falls", "falls.", "drops.")
    copy.reword("loss", "what-falls", "falls.", "drops.")
    if os.getuid() == 0:
        if not possible("mount", "--bind", "--options", "ro", str(copy.root), str(mounted)):
            pytest.skip("nothing can be mounted here")
        root = mounted
    else:
        root = copy.root
        for path in (root, *root.rglob("*")):
            path.chmod(path.stat().st_mode & 0o555)
    assert run("status", cwd=root).returncode == 0
    for command in ("check", "sync", "ids", "localize", "build"):
        done = run(command, cwd=root)
        assert done.returncode in (0, 1, 2)
        if done.returncode == 2:
            assert len(done.stderr.splitlines()) == 1, done.stderr
            assert "ead-only file system" in done.stderr or "ermission denied" in done.stderr
    assert copy.files() == tmp_book.files()


def test_a_disk_that_is_full_stops_a_build_in_a_line_and_the_next_goes_on(tmp_book: Book, mounted: Path) -> None:
    if not possible("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(mounted)):
        pytest.skip("a small file system can be mounted only by root")
    small = copied(tmp_book, mounted / "book")
    done = run("build", "ko", cwd=small.root)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "No space left on device" in done.stderr
    subprocess.run(["mount", "-o", "remount,size=200m", str(mounted)], check=True)
    assert run("build", cwd=small.root).returncode == 0
    assert main(["build"]) == 0
    assert differing(site(small), site(tmp_book)) == []


KILLED = """
import sys
from book.cli import main
sys.exit(killed(lambda: main(["build"]), int(sys.argv[1])))
"""


def test_a_build_that_is_killed_at_random_is_completed_by_the_next(tmp_book: Book) -> None:
    assert main(["build"]) == 0
    was_killed = []
    for step in random.Random(1).sample(range(40), 3):
        tmp_book.reword("loss", "what-falls", "falls", "falls and falls")
        build = [sys.executable, "-c", KILLED, str(step)]
        given = {**os.environ, "PYTHONPATH": str(ROOT)}
        was_killed.append(subprocess.run(build, env=given, capture_output=True, check=False).returncode)
    assert 1 in was_killed
    assert main(["build"]) == 0
    rebuilt = site(tmp_book)
    shutil.rmtree(tmp_book.project.build)
    assert main(["build"]) == 0
    assert differing(rebuilt, site(tmp_book)) == []
