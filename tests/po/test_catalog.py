"""PO files that cannot be read, and those that can."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import polib
import pytest

from book.cli import main
from book.errors import CatalogError
from book.language.language import Language
from book.po import catalog, credits
from book.po.file_format import Catalog
from tests.small_book import Book

GOOD = 'msgid ""\nmsgstr "Language: ko\\n"\n\n#. a hint\nmsgctxt "loss/a"\nmsgid "one \\"two\\""\nmsgstr ""\n"하나"\n'


def load(folder: Path, text: str) -> Catalog:
    path = folder / "page.po"
    path.write_text(text, encoding="utf-8")
    return catalog.load(path)


def test_a_sound_file_is_read(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD)[0].msgstr == "하나"


def test_a_fuzzy_entry_with_its_previous_text_is_read(tmp_path: Path) -> None:
    text = GOOD + '\n#, fuzzy\n#| msgid "before"\nmsgctxt "loss/b"\nmsgid "after"\nmsgstr "뒤"\n'
    text += '\n#~ msgctxt "loss/c"\n#~ msgid "gone"\n#~ msgstr "없음"\n'
    made = load(tmp_path, text)
    assert (made[1].previous_msgid, made[1].fuzzy, made[2].obsolete) == ("before", True, True)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (GOOD + '\nmsgid "no end\nmsgstr ""\n', 10),
        (GOOD + '\nmsgctxt "loss/b"\nmsgid "nothing follows"\n', 11),
        (GOOD + '\nmsgid "one"\n\nmsgid "two"\nmsgstr ""\n', 10),
        (GOOD + "\nnot PO at all\n", 10),
        (GOOD.replace('"하나"', '하나"'), 8),
        (GOOD.replace("하나", "하나 $\\gamma$"), 8),
        (GOOD.replace("하나", '하나 "둘" 셋'), 8),
    ],
    ids=["open-string", "cut-off", "no-translation-line", "other-text", "no-opening-quote", "latex", "quotes"],
)
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(CatalogError) as error:
        load(tmp_path, text)
    assert error.value.line == line


def test_quotes_and_backslashes_are_read_as_po_writes_them(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD.replace("하나", r"하나 $\\gamma$ \"둘\" 셋"))[0].msgstr == r'하나 $\gamma$ "둘" 셋'


def test_who_writes_latex_into_a_file_is_told_how(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"\\ is written \\\\\)"):
        load(tmp_path, GOOD.replace("하나", r"하나 $\sigma$"))


def test_a_doubled_entry_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="defined twice"):
        load(tmp_path, GOOD + '\nmsgctxt "loss/a"\nmsgid "one \\"two\\""\nmsgstr ""\n')


def test_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "page.po"
    path.write_bytes(GOOD.encode() + "msgid 'é'".encode("latin-1"))
    with pytest.raises(CatalogError, match="UTF-8") as error:
        catalog.load(path)
    assert error.value.line == 9


def test_line_wrapping_by_other_tools_does_not_count_as_a_change() -> None:
    made = catalog.new(Language("ko"))
    made.append(polib.POEntry(msgctxt="loss/a", msgid="word " * 40, msgstr="낱말 " * 40, comment="hint " * 40))
    narrow = polib.pofile(str(made), wrapwidth=40)
    assert str(narrow) != catalog.dumps(made)
    assert catalog.content(narrow) == catalog.content(made)


KEPT_APART = """
# note of a translator
#, fuzzy, no-wrap, unheard-of
#~| msgid "before"
#~ msgctxt "loss/gone"
#~ msgid "after"
#~ msgstr "뒤"

#~ msgctxt "loss/a"
#~ msgid "one \\"two\\""
#~ msgstr "둘"

#~ msgctxt "loss/gone"
#~ msgid "twice"
#~ msgstr "한 번"

#~ msgctxt "loss/gone"
#~ msgid "twice"
#~ msgstr "두 번"

#~ msgctxt "loss/gone"
#~ msgid "twice"
#~ msgstr "두 번"

#, c-format
msgctxt "loss/files"
msgid "a file"
msgid_plural "%d files"
msgstr[0] "파일"
msgstr[1] "파일들"
"""


def saved(tmp_book: Book, text: str) -> Path:
    """The Korean page `loss` with more text at its end, as other tools or a merge in git leave it."""
    path = tmp_book.project.catalog(Language("ko"), "loss")
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return path


def test_what_other_tools_leave_is_kept_as_gettext_allows_it(tmp_book: Book) -> None:
    path = saved(tmp_book, KEPT_APART)
    assert main(["sync"]) == 0
    entries = {(e.msgctxt, e.msgid): e for e in tmp_book.po("ko", "loss").obsolete_entries()}
    assert {e.msgstr or e.msgstr_plural[0] for e in entries.values()} == {"뒤", "둘", "한 번", "두 번", "파일"}
    after = entries["loss/gone", "before"]
    assert (after.msgstr, after.tcomment, after.flags) == ("뒤", "note of a translator", ["no-wrap", "unheard-of"])
    assert entries["loss/gone", "twice"].msgstr == "한 번"
    assert entries["loss/gone (earlier)", "twice"].msgstr == "두 번"
    plural = entries["loss/files", "a file"]
    assert (plural.msgid_plural, plural.msgstr_plural, plural.flags) == (
        *("%d files", {0: "파일", 1: "파일들"}),
        ["c-format"],
    )
    before = tmp_book.files()
    assert main(["sync"]) == 0
    assert tmp_book.files() == before
    if msgfmt := shutil.which("msgfmt"):
        done = subprocess.run([msgfmt, "-c", "-o", os.devnull, path], capture_output=True, text=True, check=False)
        assert "duplicate" not in done.stderr


def test_an_outdated_entry_with_plural_forms_stays_valid_when_it_becomes_obsolete(tmp_book: Book) -> None:
    former = '#| msgid "one"\n#| msgid_plural "many"\n'
    path = saved(tmp_book, f'\n#, fuzzy\n{former}msgid "a"\nmsgid_plural "b"\nmsgstr[0] "하나"\nmsgstr[1] "여럿"\n')
    assert main(["sync"]) == 0
    text = path.read_text(encoding="utf-8")
    assert '\n#~ msgid "one"\n#~ msgid_plural "many"\n#~ msgstr[0] "하나"\n#~ msgstr[1] "여럿"\n' in text
    assert "#~|" not in text


def test_an_obsolete_entry_before_the_same_current_one_is_no_doubled_entry(tmp_path: Path) -> None:
    obsolete = '\n#~ msgctxt "loss/b"\n#~ msgid "b"\n#~ msgstr "비"\n\nmsgctxt "loss/b"\nmsgid "b"\nmsgstr "나"\n'
    assert [e.msgstr for e in load(tmp_path, GOOD + obsolete)] == ["하나", "비", "나"]


def test_a_comment_after_the_last_entry_is_not_dropped_in_silence(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="a comment without an entry") as error:
        load(tmp_path, GOOD + "\n# ask about this\n")
    assert error.value.line == 10


@pytest.mark.parametrize("mark", ["#TODO look", "#todo: look", "#=sticky"])
def test_comments_that_gettext_allows_are_read(tmp_path: Path, mark: str) -> None:
    made = load(tmp_path, GOOD + f'\n{mark}\nmsgctxt "loss/b"\nmsgid "b"\nmsgstr "나"\n')
    assert mark.lstrip("#=") in (made[1].tcomment, *made[1].flags)


def test_a_byte_order_mark_and_other_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "page.po"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert catalog.load(path)[0].msgstr == "하나"


@pytest.mark.parametrize(
    "options", [[], ["--no-wrap"], ["--width=200"], ["--no-location"], ["--force-po"]], ids=" ".join
)
def test_a_file_that_gettext_saved_needs_no_sync(tmp_book: Book, options: list[str]) -> None:
    msgcat = shutil.which("msgcat")
    if not msgcat:
        pytest.skip("gettext is not installed")
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 " + "줄어들고 " * 30 + "맙니다.")
    tmp_book.reword("loss", "what-falls", "falls.", "drops.")
    assert main(["sync"]) == 0
    for path in sorted((tmp_book.root / "translations" / "ko").glob("*.po")):
        subprocess.run([msgcat, *options, "-o", path, path], check=True)
    before = tmp_book.files()
    assert main(["sync"]) == 0
    assert tmp_book.files() == before


def test_a_file_with_windows_line_ends_needs_no_sync(tmp_book: Book) -> None:
    path = saved(tmp_book, "")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = tmp_book.files()
    assert main(["sync"]) == 0
    assert tmp_book.files() == before


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["X-Reviewed-By: "], ()),
        (["X-Reviewed-By: A. Person"], ("A. Person",)),
        (["X-Reviewed-By: A. Person,  Another <b@example.org>; A. Person"], ("A. Person", "Another")),
        (["X-Reviewed-By: One", "Language: ko", "X-Reviewed-By: Two"], ("One", "Two")),
        (["X-Reviewed-By: One", "  Two, on a line of her own", "x-reviewed-by: Three"], ("One",)),
        (["X-Reviewed-By: One\u2028Two\tThree\u00a0Four\x0bFive"], ("One Two Three Four Five",)),
        (["X-Reviewed-By: \u202eOne\x1b[31m \u200bTwo\ufeff\x07"], ("One[31m Two",)),
        (["X-Reviewed-By: \u0915\u094d\u200d\u0937, \u200d, -, \u202e"], ("\u0915\u094d\u200d\u0937",)),
        (["X-Reviewed-By: [One](x) <b>**Two**</b> {{3}}"], ("[One](x) <b>**Two**</b> {{3}}",)),
        (["X-Reviewed-By: One, [Two](javascript:x), www.example.org, three@example.org"], ("One",)),
        (["X-Reviewed-By: محمد، سارة"], ("محمد", "سارة")),
    ],
)
def test_reviewers_are_a_plain_list_of_names(tmp_path: Path, lines: list[str], names: tuple[str, ...]) -> None:
    header = "".join(f'"{line}\\n"\n' for line in lines).replace("\t", "\\t").replace("\x0b", "\\v").replace("\x07", "")
    assert credits.reviewers(load(tmp_path, f'msgid ""\nmsgstr ""\n{header}').header_text) == names


def test_a_list_of_reviewers_has_an_end(tmp_path: Path) -> None:
    names = [f"{number} {'x' * 300}" for number in range(30)]  # of a header of the length that is read
    made = load(tmp_path, f'msgid ""\nmsgstr "X-Reviewed-By: {", ".join(names)}\\n"\n')
    shown = credits.reviewers(made.header_text)
    assert len(", ".join(shown)) < 1300
    assert shown[0] == f"0 {'x' * 57}…"
    assert catalog.dumps(made).count("x") == 9_000, "in the file all stays"


def test_the_status_names_all_reviewers_in_one_line(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_book.project.catalog(Language("ko"), "loss")
    two = '"X-Reviewed-By: One\u2028\x1b[2J\\n"\n"X-Reviewed-By: Two\\n"'
    path.write_text(path.read_text(encoding="utf-8").replace('"X-Reviewed-By: \\n"', two), encoding="utf-8")
    capsys.readouterr()
    assert main(["status"]) == 0
    shown = capsys.readouterr().out
    assert re.search(r"^ko +loss .* One \[2J, Two$", shown, re.MULTILINE)
    assert main(["sync"]) == 0
    assert two in path.read_text(encoding="utf-8")
