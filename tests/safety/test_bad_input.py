"""Damaged files of every kind through every command: a clear line, nothing lost, and no other language the worse."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from book.cli import main
from tests.small_book import Book

Damage = Callable[[bytes], bytes]


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def without_lines(content: bytes) -> bytes:
    return content.replace(b"\n", b" ")


DAMAGES: dict[str, Damage] = {
    "empty": lambda content: b"",
    "blank": lambda content: b" \n\t\n",
    "cut in half": half,
    "cut inside a letter": lambda content: half(content) + "손".encode()[:2],
    "zeros": lambda content: b"\0" * 100,
    "a zero inside": lambda content: content[:40] + b"\0" + content[40:],
    "another encoding": lambda content: "Zażółć gęślą".encode("utf-16") + content,
    "latin letters of one byte": lambda content: content + b"\n\xe9\xff\n",
    "half a surrogate": lambda content: content.replace(b"o", b"\xed\xa0\x80", 1),
    "a byte order mark": lambda content: b"\xef\xbb\xbf" + content,
    "Windows' line ends": lambda content: content.replace(b"\n", b"\r\n"),
    "old Macs' line ends": lambda content: content.replace(b"\n", b"\r"),
    "one line": without_lines,
    "twice": lambda content: content + content,
    "a long line": lambda content: content + b"x" * 300_000,
    "many brackets": lambda content: b"[" * 20_000,
    "many braces": lambda content: b'{"a":' * 20_000,
    "a list": lambda content: b"[1, 2]",
    "a number": lambda content: b"3",
    "a word": lambda content: b"words",
    "null": lambda content: b"null",
    "a mapping": lambda content: b'{"a": {"b": 1}}',
    "an alias of itself": lambda content: b"a: &a [*a]\n",
    "a tag of Python": lambda content: b"!!python/object/apply:os.system ['true']\n",
    "merge marks": lambda content: b"<<<<<<< HEAD\n" + content + b"=======\n" + content + b">>>>>>> other\n",
    "escapes of a terminal": lambda content: b"\x1b[31m" + content,
    "quotes gone": lambda content: content.replace(b'"', b""),
    "digits for letters": lambda content: re.sub(rb"[a-z]", b"7", content),
}
OF_THE_BOOK = ("_toc.yml", "_config.yml", "notebooks/loss.ipynb")
OF_A_LANGUAGE = ("loss.po", "site.po", "glossary.csv", "conventions.toml", "STYLE.md")
COMMANDS = ("check", "status", "localize", "sync")
LINE = re.compile(r"[^\x00-\x1f]*\([a-z-]+\)")  # `file:line: message (rule)`


@pytest.fixture
def damaged(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, Damage, str], tuple[int, str]]:
    """Run a command on the book with one file damaged: its status, and what it said on standard error."""
    kept = tmp_path_factory.mktemp("kept") / "book"
    shutil.copytree(tmp_book.root, kept)

    def run(name: str, damage: Damage, command: str) -> tuple[int, str]:
        for folder in ("notebooks", "translations", "_build"):
            shutil.rmtree(tmp_book.root / folder, ignore_errors=True)
        shutil.copytree(kept, tmp_book.root, dirs_exist_ok=True)
        path = tmp_book.root / name
        path.write_bytes(damage(path.read_bytes() if path.exists() else b"words\n"))
        before = tmp_book.files()
        capsys.readouterr()
        status = main([command])
        said = capsys.readouterr()
        if command != "sync" or status == 2:
            assert tmp_book.files() == before
        assert "Traceback" not in said.out + said.err
        return status, said.err

    return run


def require_clear(status: int, said: str, name: str) -> None:
    """Done, or findings, or a line that names the file."""
    assert status in (0, 1, 2)
    assert "(bug)" not in said
    if status == 2:
        lines = said.splitlines()
        assert 1 <= len(lines) <= 3
        assert all(LINE.fullmatch(line) and len(line) < 600 for line in lines)
        assert any(name in line for line in lines)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
@pytest.mark.parametrize("name", OF_THE_BOOK)
def test_a_damaged_file_of_the_book_is_told_of(
    damaged: Callable[[str, Damage, str], tuple[int, str]], name: str, damage: Damage
) -> None:
    for command in COMMANDS:
        require_clear(*damaged(name, damage, command), name)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
@pytest.mark.parametrize("file", OF_A_LANGUAGE)
def test_a_damaged_file_of_a_language_is_told_of_and_costs_no_other_language(
    damaged: Callable[[str, Damage, str], tuple[int, str]], tmp_path: Path, file: str, damage: Damage
) -> None:
    name = f"translations/ko/{file}"
    for command in COMMANDS:
        require_clear(*damaged(name, damage, command), name)
        if command == "localize":
            assert (tmp_path / "_build" / "notebooks" / "ar" / "loss.ipynb").exists()


@pytest.mark.parametrize("name", ["translations/ko", "translations/.hidden", "theirs"])
def test_folders_within_folders_may_be_as_deep_as_a_path_is_long(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    folders = [tmp_book.root / name]
    for _ in range(1200):  # more than Python calls within calls
        folders.append(folders[-1] / "a")
    for folder in folders:
        folder.mkdir(exist_ok=True)
    try:
        (folders[-1] / "index.md").write_text("# 시작\n")
        capsys.readouterr()
        for command in ["adopt ko theirs"] if name == "theirs" else ["check", "sync", "status", "build en"]:
            assert main(command.split()) in (0, 1)
        assert "(bug)" not in capsys.readouterr().err
    finally:  # what removes the folders of tests calls itself for each
        (folders[-1] / "index.md").unlink(missing_ok=True)
        for folder in reversed(folders):
            with suppress(OSError):  # it was there before
                folder.rmdir()


def test_what_is_well_is_not_told_of(damaged: Callable[[str, Damage, str], tuple[int, str]]) -> None:
    for command in ("status", "localize", "sync"):
        assert damaged("_toc.yml", lambda content: content, command) == (0, "")
