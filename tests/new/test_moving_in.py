"""The worked example of MOVING-IN.md: its commands, run one after the other on the book that it describes."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from book.cli import main
from book.settings import own_settings
from tests import ROOT

DOCUMENT = (ROOT / "MOVING-IN.md").read_text(encoding="utf-8")
COMMANDS = [shlex.split(line)[1:] for line in re.findall(r"^ {7}(book .*)$", DOCUMENT, re.MULTILINE)]

FIRST = "# First\n\nThe loss falls.\n\n```{code-cell}\n# Say it.\nprint(0.5)\n```\n\n## What next\n\nRead on.\n"
IN_KOREAN = (
    "# 첫째\n\n손실이 줄어듭니다.\n\n```{code-cell}\n# 말합니다.\nprint(0.5)\n```\n\n## 다음은\n\n계속 읽으세요.\n"
)


def notebook(path: Path, title: str, comment: str) -> None:
    """A page as old programs write it: format 4.4, no ids."""
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": title},
        {"cell_type": "code", "metadata": {}, "source": f"# {comment}\nx = 1", "outputs": [], "execution_count": 1},
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}), encoding="utf-8")


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The book of the document, with its translation beside it."""
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    book, translated = tmp_path / "my-book", tmp_path / "translated-ko"
    notebook(book / "index.ipynb", "# Start\n\nA book about loss.", "Begin.")
    notebook(translated / "index.ipynb", "# 시작\n\n손실에 관한 책입니다.", "시작합니다.")
    for folder, text in ((book, FIRST), (translated, IN_KOREAN)):
        (folder / "guide").mkdir()
        (folder / "guide" / "first.md").write_text(text, encoding="utf-8")
    (book / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n- file: guide/first\n")
    monkeypatch.chdir(book)
    return book


def test_the_commands_of_the_document_move_the_book_in(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [command[0] for command in COMMANDS] == ["ids", "adopt", "check", "build", "sync"]
    for command in COMMANDS:
        capsys.readouterr()
        status = main(command)
        said = capsys.readouterr()
        assert status == 0, (command, said)
    po = (example / "translations" / "ko" / "guide" / "first.po").read_text(encoding="utf-8")
    assert "손실이 줄어듭니다." in po
    assert "The Korean team" in po
    assert "fuzzy" not in po
    page = (example / "_build" / "html" / "ko" / "guide" / "first.html").read_text(encoding="utf-8")
    assert all(text in page for text in ("손실이 줄어듭니다.", "말합니다.", "계속 읽으세요."))


def test_the_document_has_every_setting(tmp_path: Path) -> None:
    named = set(re.findall(r"^\| `([a-z-]+):", DOCUMENT, re.MULTILINE))
    with pytest.raises(Exception, match="known are") as refused:
        own_settings({"book": {"no-such": 1}}, tmp_path / "_config.yml")
    assert named == set(re.findall(r"[a-z-]+", str(refused.value).partition("known are ")[2].partition(" (")[0]))
