"""What the report says of each page, and that it says only what it can know."""

from __future__ import annotations

import json
import os
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from book.cache import Cache
from book.cli import main
from book.language.language import Language
from book.localize.edition import editions
from book.po import catalog
from book.status.git_history import History
from book.status.report import KEYS, PageStatus, as_table, report
from tests.small_book import Book

DAY = {name: datetime(2026, 11, int(name[1:]), 12, tzinfo=UTC) for name in ("d1", "d2", "d3", "d4", "d5")}


def git(root: Path, *arguments: str, day: str = "d1") -> None:
    who = ["-c", "user.name=Someone", "-c", "user.email=someone@example.org", "-c", "commit.gpgsign=false"]
    dates = {f"GIT_{kind}_DATE": DAY[day].isoformat() for kind in ("AUTHOR", "COMMITTER")}
    subprocess.run(["git", *who, *arguments], cwd=root, env={"PATH": "/usr/bin:/bin"} | dates, check=True)


def commit(tmp_book: Book, day: str) -> None:
    """Sync and commit everything, on a day of November."""
    assert main(["sync"]) == 0
    git(tmp_book.root, "add", ".", day=day)
    git(tmp_book.root, "commit", "--quiet", "--message", day, day=day)


@pytest.fixture
def dated(tmp_book: Book) -> Book:
    """The book on the first day: everything new. On the second: a part of `loss` in Korean."""
    git(tmp_book.root, "init", "--quiet", "--initial-branch", "main")
    commit(tmp_book, "d1")
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다.")
    commit(tmp_book, "d2")
    return tmp_book


def state(tmp_book: Book, language: str = "ko", page: str = "loss") -> PageStatus:
    return report(editions(tmp_book.project, tmp_book.project.languages)).of(language)[page]


def test_a_page_counts_translated_outdated_and_missing_texts(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다.")
    tmp_book.translate("ko", "loss/plot", "손실을 그립니다", "Draw the loss.")
    tmp_book.reword("loss", "what-falls", "falls.", "drops.")
    row = state(tmp_book)
    assert (row.translated, row.outdated, row.untranslated, row.total) == (1, 1, 5, 7)
    assert (row.behind, row.percent) == (6, 14)


def test_a_translation_that_is_not_safe_to_show_is_missing(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n<script>alert(1)</script>")
    assert state(tmp_book).translated == 0


def test_findings_that_a_comment_allows_are_counted(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 3 줄어듭니다.")
    assert main(["check"]) == 1
    assert state(tmp_book).silenced == 0
    comment = "# book: allow numbers -- the number is a word in this idiom\n"
    path = tmp_book.project.catalog(Language("ko"), "loss")
    text = path.read_text(encoding="utf-8")
    at = text.rindex("#. ", 0, text.index('msgctxt "loss/what-falls"'))
    path.write_text(text[:at] + comment + text[at:], encoding="utf-8")
    capsys.readouterr()
    assert main(["check"]) == 0
    assert "1 silenced" in capsys.readouterr().err
    assert (state(tmp_book).silenced, state(tmp_book, page="index").silenced, state(tmp_book, "ar").silenced) == (
        1,
        0,
        0,
    )


def test_days_are_those_of_the_words(dated: Book) -> None:
    row = state(dated)
    assert (row.english_changed, row.translation_changed) == (DAY["d1"], DAY["d2"])
    assert state(dated, "ar").translation_changed is None


def test_a_new_output_is_no_change_of_the_english(dated: Book) -> None:
    dated.edit("loss", lambda page: page.cells[2].outputs[0].update(text="finished\n"))
    commit(dated, "d3")
    assert state(dated).english_changed == DAY["d1"]


def test_sync_is_no_change_of_a_translation(dated: Book) -> None:
    dated.reword("loss", "what-falls", "falls.", "drops.")
    commit(dated, "d3")
    assert dated.entry("ko", "loss/what-falls").fuzzy
    row = state(dated)
    assert (row.english_changed, row.translation_changed) == (DAY["d3"], DAY["d2"])


def test_a_page_is_as_many_commits_behind_as_brought_what_it_lacks(dated: Book) -> None:
    dated.translate("ko", "loss/title", "# 손실\n\n손실은 $L = 0.5$이고 `axis=3`입니다. [처음](index.ipynb)")
    for text in ("Draw the loss.", "Loss by epoch", "batch {size}", "say so", "A falling line."):
        dated.translate("ko", "loss/plot", text, text)
    commit(dated, "d2")
    assert state(dated).commits_behind == 0
    dated.reword("loss", "what-falls", "falls.", "drops.")
    commit(dated, "d3")
    dated.edit("loss", lambda page: page.cells[2].outputs[0].update(text="finished\n"))
    commit(dated, "d4")
    dated.reword("loss", "plot", "# Draw the loss.", "# Draw it.")
    commit(dated, "d5")
    assert (state(dated).behind, state(dated).commits_behind) == (2, 2)


def test_a_renamed_page_keeps_its_days(dated: Book) -> None:
    git(dated.root, "mv", "notebooks/loss.ipynb", "notebooks/losses.ipynb")
    toc = dated.root / "_toc.yml"
    toc.write_text(toc.read_text().replace("notebooks/loss", "notebooks/losses"))
    commit(dated, "d3")
    assert state(Book(type(dated.project)(dated.root)), page="losses").english_changed == DAY["d1"]


def test_texts_that_are_not_committed_have_no_day(dated: Book) -> None:
    dated.reword("loss", "what-falls", "falls.", "drops.")
    dated.translate("ko", "loss/plot", "손실을 그립니다", "Draw the loss.")
    row = state(dated)
    assert (row.english_changed, row.translation_changed) == (None, None)


def save_as(tmp_book: Book, who: str) -> None:
    """Save the Korean page as an editor of this name does."""
    path = tmp_book.project.catalog(Language("ko"), "loss")
    made = catalog.load(path)
    made.metadata["Last-Translator"] = who
    path.write_text(catalog.dumps(made), encoding="utf-8")


def test_all_who_saved_a_translation_are_named_newest_first(dated: Book) -> None:
    for who, day in (("Kim <kim@example.org>", "d2"), ("Lee <lee@example.org>", "d3"), ("Kim <new@example.org>", "d3")):
        save_as(dated, who)
        commit(dated, day)
    save_as(dated, "Park <park@example.org>")
    assert state(dated).translated_by == "Park, Kim, Lee"
    assert state(dated, page="index").translated_by == "", "a machine and nobody else"
    assert main(["build", "en", "ko"]) in (0, 1)
    shown = (dated.project.html / "ko" / "status.html").read_text(encoding="utf-8")
    assert "<bdi>Park, Kim, Lee</bdi>" in shown
    assert "example.org" not in shown


def test_without_git_the_file_itself_names_its_translator(tmp_book: Book) -> None:
    save_as(tmp_book, "Kim <kim@example.org>")
    assert state(tmp_book).translated_by == "Kim"


def test_without_git_no_day_is_made_up(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    made = as_json(capsys)
    assert "no git repository" in made["undated"]
    assert made["commit"] is None
    assert {row["english_changed"] for row in made["pages"]} == {None}
    assert {row["commits_behind"] for row in made["pages"]} == {None}


def test_a_folder_that_git_does_not_trust_is_told_with_what_to_do(
    dated: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    for name, value in {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "de_DE.UTF-8"}.items():
        monkeypatch.setenv(name, value)
    capsys.readouterr()
    told = f"run `git config --global --add safe.directory {dated.root}`"
    assert told in as_json(capsys)["undated"]
    settings = dated.root / "_config.yml"
    settings.write_text(re.sub(r"url: .*", 'url: ""', settings.read_text()))
    assert main(["build", "ko"]) == 0
    assert told in capsys.readouterr().err


def test_a_shallow_clone_has_no_days(dated: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "1", dated.root.as_uri(), "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    made = report(editions(type(dated.project)(Path.cwd()), dated.project.languages))
    assert "shallow" in made.undated
    assert {row.translation_changed for row in made.pages} == {None}


def test_what_a_shallow_clone_lacked_is_known_when_it_is_fetched(dated: Book, tmp_path: Path) -> None:
    folder = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth", "1", dated.root.as_uri(), "shallow")
    project, cache = type(dated.project)(folder), Cache()
    assert report(editions(project, project.languages, cache)).undated
    git(folder, "fetch", "--quiet", "--unshallow")
    whole = report(editions(dated.project, dated.project.languages)).pages
    assert report(editions(project, project.languages, cache)).pages == whole
    assert {row.translation_changed for row in whole} != {None}


def test_what_git_does_not_have_at_hand_is_asked_for_again(dated: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """A partial clone has no contents while it is offline."""
    cache = Cache()
    whole = report(editions(dated.project, dated.project.languages)).pages
    with monkeypatch.context() as offline:
        offline.setattr(History, "_fetch", lambda *_: None)
        assert report(editions(dated.project, dated.project.languages, cache)).pages != whole
    assert report(editions(dated.project, dated.project.languages, cache)).pages == whole


def never(*_: object) -> None:
    raise AssertionError("this was read before")


def test_what_git_keeps_is_read_once(dated: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache()
    before = report(editions(dated.project, dated.project.languages, cache)).pages
    monkeypatch.setattr(History, "content", never)
    monkeypatch.setattr(History, "versions", property(never))
    assert report(editions(dated.project, dated.project.languages, cache)).pages == before


def as_json(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["status", "--json"]) == 0
    made: dict[str, Any] = json.loads(capsys.readouterr().out)
    return made


def test_the_json_explains_each_of_its_keys(dated: Book, capsys: pytest.CaptureFixture[str]) -> None:
    made = as_json(capsys)
    used = {*made, *(key for row in made["pages"] for key in row)}
    assert used - {"keys"} == set(made["keys"]) == set(KEYS)
    row = next(row for row in made["pages"] if (row["language"], row["page"]) == ("ko", "loss"))
    assert row["translation_changed"] == "2026-11-02T12:00:00+00:00"
    assert datetime.fromisoformat(made["made"]) <= datetime.now(UTC)
    assert len(made["commit"]) == 40


def test_the_table_counts_what_is_marked_as_doubtful(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다.")
    tmp_book.doubt("ko", "loss/what-falls")
    head, *rows = as_table(report(editions(tmp_book.project, tmp_book.project.languages))).splitlines()
    [row] = [each for each in rows if each.startswith("ko        loss")]
    assert row[head.index("doubtful") :].split()[:3] == ["1", "0", "6"]
