"""A save in a translator's tool changes the edited entry and nothing else; `sync` mends what a tool has reflowed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from translate.storage.pypo import pofile

from book.cli import main
from book.language.language import Language
from book.po import catalog
from book.project import Project
from tests import ROOT
from tests.small_book import Book

CATALOGS = sorted((ROOT / "translations").glob("*/*.po"))
GETTEXT = pytest.mark.skipif(not shutil.which("msgcat"), reason="gettext is not installed")
MSGCAT = [["msgcat"], ["msgcat", "--width=77"], ["msgcat", "--no-wrap"], ["msgcat", "--force-po", "--no-wrap"]]
LONG = "## 감소\n\n" + "손실 $\\gamma\\,\\frac{x - \\mu}{\\sigma} + \\beta$이 천천히 줄어듭니다. " * 4
REFLOWED = [
    ["msgcat", "--width=40"],
    ["sed", "/^#, no-wrap$/d;s/, no-wrap$//"],
    ["sed", "s/^#, no-wrap$/#,no-wrap/"],
    ["sed", "s/, fuzzy, no-wrap$/, no-wrap,fuzzy/"],
]


def output(command: list[str], *paths: Path) -> str:
    return subprocess.run([*command, *paths], capture_output=True, text=True, encoding="utf-8", check=True).stdout


def entries(text: str) -> list[str]:
    return text.rstrip("\n").split("\n\n")


def differing(before: str, after: str) -> list[tuple[str, str]]:
    """The entries that differ, header and all, in two files with the same number of them."""
    pairs = list(zip(entries(before), entries(after), strict=True))
    return [pair for pair in pairs if pair[0] != pair[1]]


def long_page(book: Book) -> Path:
    """The Korean page `loss` with a long text, an outdated one, one that is gone and a header with a long line."""
    book.translate("ko", "loss/title", LONG)
    book.translate("ko", "loss/what-falls", LONG)
    book.reword("loss", "what-falls", "falls.", "falls " + "and falls " * 20 + "again.")
    path = book.project.catalog(Language("ko"), "loss")
    made = catalog.load(path)
    made.metadata["X-Reviewed-By"] = ", ".join(f"Person number {number}" for number in range(9))
    made.append(polib.POEntry(msgctxt="loss/gone", msgid="word " * 30, msgstr="낱말 " * 30, obsolete=True))
    path.write_text(catalog.dumps(made), encoding="utf-8")
    assert main(["sync"]) == 0
    return path


@GETTEXT
@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_our_files_stand_in_the_form_that_gettext_writes(path: Path) -> None:
    assert output(["msgcat"], path) == path.read_text(encoding="utf-8")


@GETTEXT
@pytest.mark.parametrize("command", MSGCAT, ids=" ".join)
def test_msgcat_changes_nothing(tmp_book: Book, command: list[str]) -> None:
    path = long_page(tmp_book)
    text = path.read_text(encoding="utf-8")
    assert all(mark in text for mark in ("#, no-wrap\nmsgid", "#, no-wrap\nmsgctxt", "#, fuzzy, no-wrap\n#|", "\n#~ "))
    assert output(command, path) == text


@GETTEXT
def test_msgmerge_changes_nothing(tmp_book: Book) -> None:
    path = long_page(tmp_book)
    assert output(["msgmerge", "--quiet", "--previous"], path, path) == path.read_text(encoding="utf-8")


@GETTEXT
def test_msgmerge_with_what_sync_writes_for_a_new_language_spares_long_texts(tmp_book: Book) -> None:
    """It takes the flag from there, so a text that is long in the translation alone is broken; ours are rarely."""
    tmp_book.reword("loss", "what-falls", "falls.", "falls " + "and falls " * 20 + "again.")
    (tmp_book.root / "translations" / "fr").mkdir()
    assert main(["sync"]) == 0
    tmp_book.translate("ko", "loss/what-falls", LONG)
    path, template = (tmp_book.project.catalog(Language(code), "loss") for code in ("ko", "fr"))
    assert output(["msgmerge", "--quiet", "--previous"], path, template) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [77, 65_535, -1], ids=["default", "as-xgettext-no-wrap", "one-line"])
@pytest.mark.parametrize("said", ["짧게.", LONG.replace("천천히", "빨리")], ids=["short", "long"])
def test_weblate_changes_the_header_and_the_edited_entry(tmp_book: Book, width: int, said: str) -> None:
    path = long_page(tmp_book)
    before = path.read_text(encoding="utf-8")
    store = pofile.parsefile(str(path))
    store.wrapper.width = width
    store.updateheader(add=True, X_Generator="Weblate 5.8", PO_Revision_Date="2026-01-02 03:04+0000")
    next(unit for unit in store.units if unit.getcontext() == "loss/title").target = said
    path.write_bytes(bytes(store))
    changed = differing(before, path.read_text(encoding="utf-8"))
    assert [("X-Generator" in new, "loss/title" in new) for _, new in changed] == [(True, False), (False, True)]
    assert main(["sync"]) == 0
    text = path.read_text(encoding="utf-8")
    (_, header), (_, edited) = differing(before, text)
    assert '"X-Generator: Weblate 5.8\\n"' in header
    assert header.count("\n") == entries(before)[0].count("\n") + 1
    assert edited.endswith(f'\nmsgstr "{said}"' if said == "짧게." else f'\n"{polib.escape(said.split(chr(10))[-1])}"')
    assert tmp_book.entry("ko", "loss/title").msgstr == said


def test_poedit_finds_no_broken_line_and_so_breaks_none(tmp_book: Book) -> None:
    """It has msgcat write the file without breaking lines (above) where no line goes on that has no line break."""
    lines = [line.removeprefix("#~ ").removeprefix("#| ") for line in long_page(tmp_book).read_text().split("\n")]
    before = [lines[number - 1] for number, line in enumerate(lines) if line.startswith('"')]
    assert len(before) > 10
    assert [line for line in before if not line.endswith(('\\n"', ' ""'))] == []


@GETTEXT
@pytest.mark.parametrize("command", REFLOWED, ids=" ".join)
def test_sync_gives_back_the_form_that_a_tool_has_changed(tmp_book: Book, command: list[str]) -> None:
    paths = [long_page(tmp_book), *sorted((tmp_book.root / "translations" / "ar").glob("*.po"))]
    before = tmp_book.files()
    for path in paths:
        path.write_bytes(output(command, path).encode())
    assert tmp_book.files() != before
    assert main(["check"]) == main(["check", "ko"])
    assert main(["sync"]) == 0
    assert tmp_book.files() == before


def test_sync_gives_back_the_form_of_all_files_in_one_run(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    long_page(tmp_book)
    before = tmp_book.files()
    for path in sorted((tmp_book.root / "translations").glob("*/*.po")):
        polib.pofile(str(path), wrapwidth=40).save(str(path))
    capsys.readouterr()
    assert main(["sync"]) == 0
    assert capsys.readouterr().out.count("wrote translations/") > 2
    # polib marks a header as fuzzy that has another flag.
    mended = {
        name: text.replace(b'#, fuzzy, no-wrap\nmsgid ""', b'#, no-wrap\nmsgid ""')
        for name, text in tmp_book.files().items()
    }
    assert mended == before
    assert main(["sync"]) == 0
    assert capsys.readouterr().out == "nothing to change\n"


def test_a_file_in_another_form_is_no_finding(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_book.project.catalog(Language("ko"), "loss")
    main(["check"])
    before = capsys.readouterr().out
    polib.pofile(str(path), wrapwidth=20).save(str(path))
    main(["check"])
    assert "out-of-step" not in capsys.readouterr().out.replace(before, "")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\nb", 'msgstr ""\n"a\\n"\n"b"\n'),
        ("a\n", 'msgstr "a\\n"\n'),
        ("\n", 'msgstr "\\n"\n'),
        ("\n\n", 'msgstr ""\n"\\n"\n"\\n"\n'),
        ("", 'msgstr ""\n'),
        ("a\u2028b\x0bc\x85d", 'msgstr "a\u2028b\\vc\x85d"\n'),
        ("\\n is no line break", 'msgstr "\\\\n is no line break"\n'),
    ],
)
@GETTEXT
def test_a_text_breaks_where_it_has_a_line_break(tmp_path: Path, text: str, written: str) -> None:
    made = catalog.new(Language("ko"))
    made.append(polib.POEntry(msgid="m", msgstr=text))
    path = tmp_path / "page.po"
    path.write_text(catalog.dumps(made), encoding="utf-8")
    assert path.read_text(encoding="utf-8").endswith(f'\nmsgid "m"\n{written}')
    assert output(["msgcat"], path) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("letters", "is_long"), [("x" * 63, False), ("x" * 64, True), ("가" * 31, False), ("가" * 32, True)]
)
def test_the_flag_stands_where_a_tool_would_break_a_line(letters: str, is_long: bool) -> None:
    made = catalog.new(Language("ko"))
    made.append(polib.POEntry(msgid="m", msgstr=letters))
    assert ("\n#, no-wrap\n" in catalog.dumps(made)) is is_long


def test_the_project_knows_its_catalogs() -> None:
    assert {path.parent.name for path in CATALOGS} == {each.code for each in Project(ROOT).languages}
