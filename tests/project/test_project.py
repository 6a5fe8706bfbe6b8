"""What the project's own files say, and what is said when they are wrong."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from book.cli import NOWHERE, main
from book.errors import PLACEHOLDER, PROGRAM
from book.language.language import Language
from book.project import Project
from book.urls import links
from tests import ROOT
from tests.small_book import Book, failure


def test_a_python_without_what_the_program_needs_is_named(tmp_path: Path) -> None:
    program = "import sys; sys.modules['babel'] = None; from book.cli import main; sys.exit(main(['new']))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith(f"`babel`, which the program needs, is not installed for `{sys.executable}`; run ")
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_names_and_directions_come_from_cldr() -> None:
    names = {code: (Language(code).name, Language(code).direction) for code in ("hi", "ko", "ar", "pl", "tr")}
    assert names == {
        "hi": ("हिन्दी", "ltr"),
        "ko": ("한국어", "ltr"),
        "ar": ("العربية", "rtl"),
        "pl": ("Polski", "ltr"),
        "tr": ("Türkçe", "ltr"),
    }


def test_an_unknown_page_or_language_lists_those_there_are(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no language `xx`; there are: ar, ko" in failure(capsys, "sync", "xx")
    assert "no page `nowhere`; there are: index, loss" in failure(capsys, "execute", "nowhere")
    assert "no language `fr`; there are: en, ar, ko" in failure(capsys, "build", "fr")


def test_a_folder_that_is_no_language_is_named(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_book.root / "translations" / "klingon-of-the-north").mkdir()
    assert "translations/klingon-of-the-north:1: unknown language" in failure(capsys, "sync")


def test_the_notebooks_own_language_is_no_translation(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_book.root / "translations" / "en").mkdir()
    assert "translations/en:1: is the notebooks' own language; remove the folder" in failure(capsys, "sync")


def test_a_hidden_folder_is_no_language(tmp_book: Book) -> None:
    (tmp_book.root / "translations" / ".ipynb_checkpoints").mkdir()
    assert [each.code for each in tmp_book.project.languages] == ["ar", "ko"]


def test_a_name_given_twice_counts_once(tmp_book: Book) -> None:
    assert [each.code for each in tmp_book.project.choose_languages(["ko", "ar", "ko"])] == ["ko", "ar"]


def test_a_book_without_translations_is_a_book(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(tmp_book.root / "translations")
    for command in ("sync", "check", "status", "localize"):
        assert main([command]) == 0
    assert (tmp_book.project.build / "notebooks" / "en" / "loss.ipynb").exists()


@pytest.mark.parametrize("code", ["sr@latin", "FR", "pt_br", "xx"])
def test_a_code_that_no_browser_knows_is_refused(tmp_book: Book, capsys: pytest.CaptureFixture[str], code: str) -> None:
    (tmp_book.root / "translations" / code).mkdir()
    assert f"translations/{code}:1: unknown language `{code}`; name the folder by" in failure(capsys, "sync")


@pytest.mark.parametrize("code", ["sr_Latn", "fr", "pt_BR", "pt-BR", "zh_Hant", "zh_TW", "es_419", "fil"])
def test_a_language_may_name_its_script_and_place(code: str) -> None:
    assert Language(code).name


def test_who_asks_for_a_new_language_is_told_how_it_begins(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert "a new one begins with its folder below translations/" in failure(capsys, "sync", "fa")


def test_a_page_without_a_notebook_is_named_with_its_line(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    toc = tmp_book.root / "_toc.yml"
    toc.write_text(toc.read_text() + "- file: notebooks/missing\n")
    assert "_toc.yml:5: names `notebooks/missing`, but there is no notebooks/missing.ipynb" in failure(capsys, "check")
    (toc.parent / "notebooks" / "missing.Rmd").write_text("# A page\n")
    said = failure(capsys, "check")
    assert "_toc.yml:5: names `notebooks/missing`, but notebooks/missing.Rmd is neither a notebook nor" in said
    toc.write_text(toc.read_text().replace("missing", "missing.Rmd"))
    assert said.partition(", but ")[2] == failure(capsys, "check").partition(", but ")[2]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("notebooks/site", "`site` has the site's own texts; rename the page"),
        ("notebooks/../../loss", "a page's path has letters, digits, blanks and some signs such as - _ . and +, and "),
        ("notebooks/.loss", "a page's path has letters"),
        ('notebooks/loss"><b>', "a page's path has letters"),
        ("_static/loss", "the site has another `_static`; rename it"),
    ],
)
def test_a_page_that_cannot_be_called_so_is_named(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], name: str, fault: str
) -> None:
    """`site` is the file of the site's own texts: a page of this name would take its translations' place."""
    toc, page = tmp_book.root / "_toc.yml", tmp_book.root / f"{name}.ipynb"
    page.parent.mkdir(exist_ok=True)
    page.write_bytes(tmp_book.project.notebook("loss").read_bytes())
    toc.write_text(yaml.safe_dump({"root": "notebooks/index", "chapters": [{"file": name}], "format": "jb-book"}))
    before = tmp_book.files()
    assert f"names `{name}`, but {fault}" in failure(capsys, "sync")
    assert tmp_book.files() == before
    page.unlink()


@pytest.mark.parametrize("content", ["root: Lüss".encode("latin-1"), None])
def test_a_broken_table_of_contents_is_one_line(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    toc = tmp_book.root / "_toc.yml"
    if content is None:
        toc.unlink()
        toc.mkdir()
    else:
        toc.write_bytes(content)
    assert f"{toc}:1: cannot be read: " in failure(capsys, "check")


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("_toc.yml", "format: jb-book\nroot: index\nchapters:\n- file: a\n    - file: b\n", 5),
        ("_toc.yml", "format: jb-book\nroot: [", 2),
        ("_config.yml", "title: A small book\nhtml:\n\tbaseurl: x\n", 3),
        ("_config.yml", "title: A small book\nauthor: 'Nobody\nlogo: x\n", 2),  # is open still where the file ends
    ],
)
def test_a_fault_in_yaml_is_told_with_its_line(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], file: str, text: str, line: int
) -> None:
    path = tmp_book.root / file
    path.write_text(text)
    said = failure(capsys, "check")
    assert f"{path}:{line}: cannot be read: " in said
    assert "unicode string" not in said


@pytest.mark.parametrize("name", ["repository", "html", "sphinx"])
def test_settings_of_another_shape_are_one_line(tmp_book: Book, capsys: pytest.CaptureFixture[str], name: str) -> None:
    config = tmp_book.root / "_config.yml"
    others = {"title": "A small book", "repository": {"url": "https://github.com/owner/small"}}
    config.write_text(yaml.safe_dump(others | {name: None}))
    assert Project(tmp_book.root).settings(name) == {}
    config.write_text(yaml.safe_dump(others | {name: ["a", "list"]}))
    said = failure(capsys, "build")
    assert said == f"{config}:1: `{name}` has no settings below it; indent them, or drop it (project)\n"


def test_outside_a_book_the_command_says_where_to_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "run this in the book's folder" in failure(capsys, "check")


def test_the_repository_is_the_one_at_hand(tmp_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tmp_book.project.repository == "owner/small"
    monkeypatch.setenv("GITHUB_REPOSITORY", "someone/fork")
    assert Project(tmp_book.root).repository == "someone/fork"


def test_links_lead_to_the_branch_that_the_settings_name(tmp_book: Book) -> None:
    loss = links(tmp_book.project, Language("ko"), "loss")
    assert loss.edit == "https://github.com/owner/small/edit/main/translations/ko/loss.po"
    with (tmp_book.root / "_config.yml").open("a") as settings:
        settings.write("  branch: lessons\n")
    loss = links(Project(tmp_book.root), Language("ko"), "loss")
    assert loss.edit == "https://github.com/owner/small/edit/lessons/translations/ko/loss.po"
    assert loss.source == "https://github.com/owner/small/blob/gh-pages/ko/notebooks/loss.ipynb"


def test_the_source_of_a_page_is_edited_where_it_shows(tmp_book: Book) -> None:
    source = tmp_book.project.source
    notebook = links(tmp_book.project, source, "loss")
    assert notebook.edit == "https://github.dev/owner/small/blob/main/notebooks/loss.ipynb"
    assert notebook.edit_at(7) == f"{notebook.edit}#L7"
    markdown = replace(notebook, file="notebooks/loss.md")
    assert markdown.edit == "https://github.com/owner/small/edit/main/notebooks/loss.md"
    assert markdown.edit_at(7) == "https://github.com/owner/small/blob/main/notebooks/loss.md?plain=1#L7"


def test_without_git_the_repository_is_the_configured_one(tmp_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert tmp_book.project.repository == "owner/small"


def test_a_repository_that_is_no_owner_and_name_is_one_line(
    tmp_book: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_REPOSITORY", "small")
    assert "GITHUB_REPOSITORY is `small`; set it to OWNER/NAME" in failure(capsys, "localize")


def test_a_folder_where_a_file_is_to_be_written_is_one_line(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_book.project.localized(Language("ko"), "loss")
    path.mkdir(parents=True)
    assert failure(capsys, "localize") == f"{path}:1: cannot be written: Is a directory; nothing changed (write)\n"


def test_a_new_language_is_a_folder(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_book.root / "translations" / "fr").mkdir()
    assert main(["sync", "fr"]) == 0
    assert sorted(p.name for p in (tmp_book.root / "translations" / "fr").iterdir()) == [
        "index.po",
        "loss.po",
        "site.po",
    ]
    assert main(["check"]) == 0
    capsys.readouterr()
    assert main(["status"]) == 0
    assert "fr        loss" in capsys.readouterr().out


def test_a_build_says_by_language_what_it_does_not_show_and_of_what_it_doubts(
    tmp_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n<script>alert(1)</script>")
    tmp_book.translate("ko", "loss/plot", "손실을 그립니다", "Draw the loss.")
    tmp_book.doubt("ko", "loss/plot", "Draw the loss.")
    capsys.readouterr()
    assert main(["build"]) == 0
    assert capsys.readouterr().err.splitlines() == [
        "ko: 1 translation is not shown: `book check ko` says why; "
        "1 translation is marked as doubtful: `book status` counts them by page"
    ]


@pytest.mark.parametrize(
    "url", ["", f"  url: https://github.com/{PLACEHOLDER}\n", "  url: https://example.org/x\n"],
    ids=["none", "the-made-up-one", "not-on-github"],
)  # fmt: skip
def test_a_build_says_once_that_no_repository_is_known(
    tmp_book: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str
) -> None:
    config = tmp_book.root / "_config.yml"
    config.write_text(f"title: A small book\nrepository:\n  branch: main\n{url}")
    capsys.readouterr()
    assert main(["build"]) == 0
    assert capsys.readouterr().err.splitlines() == [NOWHERE]
    monkeypatch.setenv("GITHUB_REPOSITORY", "someone/fork")
    assert main(["build"]) == 0
    assert capsys.readouterr().err == ""


def test_who_has_taken_the_made_up_address_is_believed(tmp_book: Book) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_book.root], check=True)
    origin = ["remote", "add", "origin", f"git@github.com:{PLACEHOLDER}.git"]
    subprocess.run(["git", "-C", tmp_book.root, *origin], check=True)
    assert Project(tmp_book.root).known_repository == PLACEHOLDER


def test_the_book_names_its_repository_in_one_place() -> None:
    """Elsewhere the address is taken from there, or is the program's own, for its faults."""
    listed = subprocess.run(
        ["git", "grep", "--files-with-matches", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("no git here")
    kept = {name for name in listed.stdout.split() if not name.startswith(("tests/", "notebooks/"))}
    assert kept == {"_config.yml", "book/errors.py", "MAINTAINING.md"}  # the last says how a fork puts its own there
