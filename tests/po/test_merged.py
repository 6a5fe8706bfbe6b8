"""What a merge of git's has mixed is marked: one branch translated what the other reworded meanwhile."""

from __future__ import annotations

import subprocess
from pathlib import Path

import polib
import pytest

from book.cli import main
from book.language.language import Language
from book.po import catalog
from book.project import Project
from tests.small_book import Book


def git(root: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Someone", "-c", "user.email=someone@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(book: Book) -> None:
    git(book.root, "add", ".")
    git(book.root, "commit", "--quiet", "--message", "a state")


def title(book: Book) -> polib.POEntry:
    loaded = catalog.load(book.project.catalog(Language("ko"), "loss"))
    return next(entry for entry in loaded if entry.msgctxt == "loss/title")


def say(book: Book, translation: str) -> None:
    """Translate the title as a translator does, who takes the mark away."""
    path = book.project.catalog(Language("ko"), "loss")
    loaded = catalog.load(path)
    for number, entry in enumerate(loaded):
        if entry.msgctxt == "loss/title":
            flags = [flag for flag in entry.flags if flag != "fuzzy"]
            loaded[number] = catalog.copy_of(entry, msgstr=translation, flags=flags, previous_msgid=None)
    path.write_text(catalog.dumps(loaded), encoding="utf-8")


def reword(book: Book, end: str) -> None:
    book.edit("loss", lambda page: page.cells[0].update(source=f"# Loss\n\nThe loss.\n\n{end}"))
    assert main(["sync"]) == 0


@pytest.fixture
def merged(tmp_book: Book) -> Book:
    """The title was out of date; one branch translated it, the other reworded it once more; both were merged."""
    git(tmp_book.root, "init", "--quiet", "--initial-branch", "main")
    (tmp_book.root / ".gitignore").write_text("/_build/\n")
    reword(tmp_book, "It falls.")
    say(tmp_book, "# 손실\n\n손실이다.\n\n떨어진다.")
    reword(tmp_book, "It falls fast.")
    assert title(tmp_book).fuzzy
    commit(tmp_book)
    git(tmp_book.root, "switch", "--quiet", "--create", "translated")
    say(tmp_book, "# 손실\n\n손실이다.\n\n빨리 떨어진다.")
    commit(tmp_book)
    git(tmp_book.root, "switch", "--quiet", "main")
    reword(tmp_book, "It never falls.")
    commit(tmp_book)
    git(tmp_book.root, "merge", "--quiet", "--no-edit", "translated")
    return tmp_book


def test_a_translation_beside_an_english_that_it_was_not_made_from_is_marked(
    merged: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    assert title(merged).msgstr.endswith("빨리 떨어진다.")
    assert not title(merged).fuzzy
    capsys.readouterr()
    assert main(["check"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    place = f"translations/ko/loss.po:{title(merged).linenum}: `loss/title`: "
    assert line.startswith(
        f"{place}a merge has put this translation beside another English than its own; run `book sync`"
    )
    assert main(["sync"]) == 0
    assert title(merged).fuzzy
    assert (title(merged).previous_msgid or "").endswith("It falls fast.")
    assert title(merged).msgid.endswith("It never falls.")
    assert main(["sync"]) == 0
    assert main(["check"]) == 0


def test_so_it_is_where_the_book_is_a_folder_of_its_repository(
    merged: Book, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path_factory.mktemp("repository")
    git(root, "clone", "--quiet", str(merged.root), ".")
    parents = list[str]()
    for commit_of in ("HEAD^1", "HEAD^2", "HEAD"):
        git(root, "read-tree", "--empty")
        git(root, "read-tree", "--prefix=book/", commit_of)
        tree = git(root, "write-tree")
        parents.append(
            git(root, "commit-tree", tree, "-m", "moved", *(f"-p{each}" for each in parents if commit_of == "HEAD"))
        )
    git(root, "reset", "--quiet", "--hard", parents[-1])
    monkeypatch.chdir(root / "book")
    assert main(["sync"]) == 0
    assert title(Book(Project(root / "book"))).fuzzy


def test_who_says_that_it_fits_has_the_last_word(merged: Book) -> None:
    assert main(["sync"]) == 0
    commit(merged)
    said = title(merged).msgstr
    say(merged, said)
    assert main(["sync"]) == 0
    assert not title(merged).fuzzy


def test_a_new_translation_after_the_merge_stays(merged: Book) -> None:
    say(merged, "# 손실\n\n손실이다.\n\n결코 떨어지지 않는다.")
    assert main(["sync"]) == 0
    assert not title(merged).fuzzy


def test_branches_that_translate_apart_are_merged_without_a_mark(tmp_book: Book) -> None:
    git(tmp_book.root, "init", "--quiet", "--initial-branch", "main")
    (tmp_book.root / ".gitignore").write_text("/_build/\n")
    commit(tmp_book)
    git(tmp_book.root, "switch", "--quiet", "--create", "translated")
    say(tmp_book, "# 손실")
    commit(tmp_book)
    git(tmp_book.root, "switch", "--quiet", "main")
    tmp_book.reword("loss", "what-falls", "falls.", "drops.")
    assert main(["sync"]) == 0
    commit(tmp_book)
    git(tmp_book.root, "merge", "--quiet", "--no-edit", "translated")
    assert main(["sync"]) == 0
    assert title(tmp_book).msgstr == "# 손실"
    assert not title(tmp_book).fuzzy
