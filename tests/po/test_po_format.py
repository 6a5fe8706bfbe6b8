"""What gettext reads in a PO file is not lost when it is read and written here; its own msgcat is the judge."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from book.errors import CatalogError
from book.po import catalog

BARE = 'msgid ""\nmsgstr ""\n"Language: ko\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
HEAD = f"# A comment.\n{BARE}"


def dumped(folder: Path, data: str | bytes) -> str:
    path = folder / "page.po"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return catalog.dumps(catalog.load(path))


def refusal(folder: Path, data: str) -> tuple[str, int | None]:
    with pytest.raises(CatalogError) as error:
        dumped(folder, data)
    return error.value.message, error.value.line


@pytest.mark.parametrize(
    "line",
    [
        "X-Reviewed-By: A second one",
        "A line without a colon",
        "  continued, as in a letter",
        "x-reviewed-by: of another case",
        "X-Odd:no blank",
        ": no name",
        "X-Separators: one\u2028two\x0bthree\x85four",
    ],
)
def test_a_header_line_stays_whatever_it_is(tmp_path: Path, line: str) -> None:
    text = HEAD + f'"X-Reviewed-By: One\\n"\n"{line}\\n"\n"X-Last: ko\\n"\n'
    (tmp_path / "page.po").write_text(dumped(tmp_path, text), encoding="utf-8")
    assert catalog.load(tmp_path / "page.po").header_text.split("\n")[2:] == [
        *("X-Reviewed-By: One", line, "X-Last: ko", ""),
    ]


def test_a_header_field_is_one_line_and_the_first_of_its_name(tmp_path: Path) -> None:
    path = tmp_path / "page.po"
    path.write_text(HEAD + '"X-A: 1: 2\u2028X-B: 3\\n"\n"  more\\n"\n"X-A: 4\\n"\n"x-a: 5\\n"\n', encoding="utf-8")
    made = catalog.load(path)
    assert made.metadata == {
        "Language": "ko",
        "Content-Type": "text/plain; charset=UTF-8",
        "X-A": "1: 2\u2028X-B: 3",
        "x-a": "5",
    }
    made.metadata["X-A"] = "changed"
    made.metadata["X-New"] = "added"
    del made.metadata["x-a"]
    text = catalog.dumps(made)
    assert text == HEAD + '"X-A: changed\\n"\n"  more\\n"\n"X-A: 4\\n"\n"X-New: added\\n"\n'


def test_comments_and_flags_of_the_header_stay(tmp_path: Path) -> None:
    text = f"# above\n#. extracted\n#, fuzzy, no-wrap\n{BARE}"
    assert dumped(tmp_path, text) == text
    assert dumped(tmp_path, f"#, fuzzy\n# below\n{BARE}") == f"# below\n#, fuzzy\n{BARE}"
    assert dumped(tmp_path, BARE) == dumped(tmp_path, f"#\n{BARE}") == f"#\n{BARE}"


def test_a_file_without_a_header_gets_none(tmp_path: Path) -> None:
    assert dumped(tmp_path, 'msgid "a"\nmsgstr "b"\n') == 'msgid "a"\nmsgstr "b"\n'


@pytest.mark.parametrize(
    ("comment", "kept"),
    [
        ("#,no-wrap", "#, no-wrap"),
        ("#, fuzzy no-wrap,,unheard-of", "#, fuzzy, no-wrap, unheard-of"),
        ("#, fuzzy\n#, range: 0..9", "#, fuzzy, range: 0..9"),
        ("#:a.py:1  b.py:2", "#: a.py:1 b.py:2"),
        ("#: a*b.py:1 c-d.py:2", "#: a*b.py:1 c-d.py:2"),
        ("#\n# one\n#\n#  two", "#\n# one\n#\n#  two"),
        ("#TODO", "# TODO"),
        ("## twice", "# # twice"),
        ("#. one\n#.\n#. three\n#.four", "#. one\n#.\n#. three\n#. four"),
        ("# " + "a long-winded comment " * 9, "# " + "a long-winded comment " * 9),
        ("# , not a flag", "# , not a flag"),
        ('#| msgid "e"\n#| "f"', '#| msgid "ef"'),
    ],
)
def test_comments_of_an_entry_stay(tmp_path: Path, comment: str, kept: str) -> None:
    assert dumped(tmp_path, f'{HEAD}\n{comment}\nmsgid "a"\nmsgstr "b"\n') == f'{HEAD}\n{kept}\nmsgid "a"\nmsgstr "b"\n'


def test_an_obsolete_entry_keeps_its_comments_and_what_it_was(tmp_path: Path) -> None:
    comments = '# note\n#. hint\n#: a.py:1\n#, fuzzy\n#~| msgctxt "c"\n#~| msgid "d"\n'
    entry = f'{comments}#~ msgctxt "e"\n#~ msgid "f"\n#~ msgstr "g"\n'
    assert dumped(tmp_path, f"{HEAD}\n{entry}") == f"{HEAD}\n{entry}"


def test_a_backslash_at_the_end_of_a_comment_does_not_swallow_the_next_line(tmp_path: Path) -> None:
    """For gettext the line goes on; a line of code in a hint may well end with one."""
    made = dumped(tmp_path, f'{HEAD}\n#. in: x = 1 + \\\nmsgid "a"\nmsgstr "b"\n')
    assert '#. in: x = 1 + \\ \nmsgid "a"\n' in made
    assert dumped(tmp_path, made) == made


def test_many_plural_forms_stay(tmp_path: Path) -> None:
    forms = "".join(f'msgstr[{number}] "{number}"\n' for number in range(12))
    text = f'{HEAD}\nmsgid "a"\nmsgid_plural "b"\n{forms}'
    assert dumped(tmp_path, text) == text


@pytest.mark.parametrize(
    "text",
    [
        'msgid "a" "b" msgstr\n"c"\n',
        'msgid"ab"msgstr"c"',
        '  msgid\t"ab"\n\n\tmsgstr\n"c"  \n',
        '\nmsgid "a"\n\n"b"\nmsgstr "" "c"',
    ],
)
def test_blanks_and_line_ends_count_as_little_as_for_gettext(tmp_path: Path, text: str) -> None:
    assert dumped(tmp_path, f"{HEAD}\n{text}") == f'{HEAD}\nmsgid "ab"\nmsgstr "c"\n'


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbf" + HEAD.encode(), HEAD),
        (HEAD.replace("\n", "\r\n").encode(), HEAD),
        (HEAD.rstrip("\n").encode(), HEAD),
        (b"", "\n"),
    ],
    ids=["byte-order-mark", "windows", "no-last-line-end", "empty"],
)
def test_forms_of_files_are_read(tmp_path: Path, data: bytes, expected: str) -> None:
    assert dumped(tmp_path, data) == expected


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[0] "d"\n', 10, "plural forms"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"\n', 9, "plural forms"),
        ('msgid "a"\nmsgid_plural ""\nmsgstr[0] "c"\n', 9, "`msgid_plural` is empty"),
        ('msgid "a"\nmsgstr[0] "c"\n', 7, "no valid PO"),
        ('msgid "a"\nmsgstr "c"\nmsgstr "d"\n', 9, "no valid PO"),
        ('msgid "a"\n# between\nmsgstr "c"\n', 7, "no valid PO"),
        ('msgid "a"\nmsgstr\n', 8, "no valid PO"),
        ('#~ msgid "a"\nmsgstr "c"\n', 8, "obsolete"),
        ('#~ msgid "a"\n"b"\n#~ msgstr "c"\n', 8, "obsolete"),
        ('domain "other"\nmsgid "a"\nmsgstr "c"\n', 7, "domain"),
        ('msgid "a"\nmsgstr "\\x41"\n', 8, "no valid PO"),
        ('msgid "a"\nmsgstr "b"\n\n# left alone\n', 10, "a comment without an entry"),
        ('#| msgid "a"\n', 7, "no valid PO"),
        ('msgid ""\nmsgstr ""\n"X-A: 1\\n"\n', 7, "the header stands here again"),
        ('msgstr "a"\n', 7, "no valid PO"),
        (
            'msgid "a"\n<<<<<<< HEAD\nmsgstr "b"\n=======\nmsgstr "c"\n>>>>>>> theirs\n',
            8,
            "a conflict of git's stands here",
        ),
        ('msgid "a"\nmsgstr "b"\n||||||| 0a1b2c3\nmsgstr "c"\n', 9, "a conflict of git's stands here"),
        ('msgid "a"\nmsgstr "b"\n=======\nmsgstr "c"\n', 9, "keep one side, and take out the marks"),
        ('msgid "a"\nmsgstr "b"\n>>>>>>> theirs\n', 9, "a conflict of git's stands here"),
        ('msgid "a"\nmsgstr "b"\n========\n', 9, "no valid PO"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    message, found = refusal(tmp_path, f"{HEAD}\n{text}")
    assert said in message
    assert found == line


TEXT = st.text(st.sampled_from('ab -:,.#~|"\\\n\t\r\v\u2028\x85é손'), max_size=9)
LINE = st.text(
    st.sampled_from('ab -:,.#~|[]"\tfuzzy\u2028é손'), max_size=9
)  # a backslash at its end, for gettext, joins lines
NAME = st.sampled_from(["X-Reviewed-By", "Language", "x-odd", "", "a b"])


def quoted(keyword: str, text: str, mark: str = "") -> str:
    """A field with the text in one string or more, on one line or more."""
    escaped = text
    for sign, written in (("\\", r"\\"), ('"', r"\""), ("\n", r"\n"), ("\t", r"\t"), ("\r", r"\r"), ("\v", r"\v")):
        escaped = escaped.replace(sign, written)
    if len(text) % 3 or "\\" in escaped:
        return f'{mark}{keyword} "{escaped}"\n'
    half = len(text) // 2
    return f'{mark}{keyword} ""\n{mark}"{escaped[:half]}" "{escaped[half:]}"\n'


@st.composite
def entries(draw: st.DrawFn, number: int) -> str:
    comments = draw(
        st.lists(st.tuples(st.sampled_from(["# ", "#", "#. ", "#.", "#: ", "#, ", "#,"]), LINE), max_size=4)
    )
    mark = draw(st.sampled_from(["", "", "", "#~ "]))
    made = "".join(
        f"{sign}{line}\n" for sign, line in comments if not f"{sign}{line}".startswith(("#~", "#|", "#=", "#!"))
    )
    if draw(st.booleans()):
        made += quoted("msgctxt", draw(TEXT), "#~| " if mark else "#| ") if draw(st.booleans()) else ""
        made += quoted("msgid", draw(TEXT), "#~| " if mark else "#| ")
    if draw(st.booleans()):
        made += quoted("msgctxt", draw(TEXT), mark)
    made += quoted("msgid", f"{number} {draw(TEXT)}", mark)
    if draw(st.integers(0, 4)):
        return made + quoted("msgstr", draw(TEXT), mark)
    forms = draw(st.lists(TEXT, min_size=1, max_size=3))
    made += quoted("msgid_plural", "more", mark)
    return made + "".join(quoted(f"msgstr[{form}]", text, mark) for form, text in enumerate(forms))


@st.composite
def files(draw: st.DrawFn) -> bytes:
    fields = draw(st.lists(st.tuples(NAME, st.sampled_from([":", ": ", ""]), LINE), max_size=5))
    lines = ["".join(field) for field in fields if "charset=" not in field[2]]
    head = quoted("msgstr", "".join(f"{line}\n" for line in ["Content-Type: text/plain; charset=UTF-8", *lines]))
    made = [f'# {draw(LINE)}\nmsgid ""\n{head}', *(draw(entries(number)) for number in range(draw(st.integers(0, 4))))]
    text = draw(st.sampled_from(["\n", "", "\n\n"])).join(made)
    return draw(st.sampled_from([text, text.rstrip("\n"), text.replace("\n", "\r\n")])).encode()


def gettext(tool: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([tool, *arguments], capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.skipif(not shutil.which("msgcat"), reason="gettext is not installed")
@settings(max_examples=60)
@given(data=files())
def test_gettext_reads_the_same_before_and_after(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "before.po"), Path(folder, "after.po")
        before.write_bytes(data)
        if gettext("msgfmt", "-o", os.devnull, before).returncode:
            return
        after.write_text(catalog.dumps(catalog.load(before)), encoding="utf-8")
        before.write_bytes(data.replace(b"\r\n", b"\n"))  # msgcat takes the first of the two for a part of comments
        said = [without_blank_comments(gettext("msgcat", "--no-wrap", path).stdout) for path in (before, after)]
        assert said[0] == said[1]


def without_blank_comments(text: str) -> list[str]:
    """The lines without comments that say nothing, and with single blanks between places in the code."""
    said = [line for line in text.split("\n") if line.strip() not in ("#", "#.", "#:")]
    return [re.sub("[ \t]+", " ", line.strip(" \t")) if line.startswith("#:") else line for line in said]
