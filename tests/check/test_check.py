"""`book check` as a user runs it. The rules about translations have a folder of their own, tests/rules."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import NotebookNode

from book.cli import main
from book.language.language import Language
from book.notebook import ipynb
from tests.small_book import Book


def run(capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    capsys.readouterr()
    status = main(["check"])
    return status, capsys.readouterr().out.splitlines()


def test_a_sound_book_has_no_findings(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys) == (0, [])


def test_a_bad_translation_is_named_with_file_line_and_rule(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_book.translate("ko", "loss/title", "# 손실\n\n손실은 $L = 0.6$이고 `axis=3`, [처음](index.ipynb).")
    status, lines = run(capsys)
    path = tmp_book.root / "translations/ko/loss.po"
    line = path.read_text(encoding="utf-8").splitlines().index('"# 손실\\n"')  # counted from 0: the line before it
    assert status == 1
    place = f"translations/ko/loss.po:{line}: `loss/title`: "
    assert f"{place}formula `L = 0.5` is missing; keep it as it is in English (maths)" in lines


def test_the_language_of_the_pages_stands_for_them_alone(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_book.translate("ko", "loss/title", "# 손실\n\n손실은 $L = 0.6$이고 `axis=3`, [처음](index.ipynb).")
    tmp_book.edit("loss", lambda page: page.cells[0].update(source="# Loss\n\n[Gone](gone.ipynb)"))
    assert main(["sync"]) == 0
    capsys.readouterr()
    assert main(["check", "en"]) == 1
    (line,) = [each for each in capsys.readouterr().out.splitlines() if not each.endswith("silenced")]
    assert "links to `gone`" in line
    assert main(["check", "en", "ar"]) == 1
    assert main(["check", "xx"]) == 2


def test_a_changed_sentence_names_the_cell_and_every_language(
    tmp_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다.")
    tmp_book.reword("loss", "what-falls", "falls.", "drops.")
    status, lines = run(capsys)
    expected = "cell `what-falls` differs from what ar, ko translate; run `book sync` (out-of-step)"
    assert status == 1
    assert len(lines) == 1
    assert lines[0].startswith("notebooks/loss.ipynb:")
    assert lines[0].endswith(expected)
    number = int(lines[0].split(":")[1])
    file_lines = (tmp_book.root / "notebooks" / "loss.ipynb").read_text(encoding="utf-8").splitlines()
    assert '"id": "what-falls"' in "".join(file_lines[number - 1 : number + 2])
    assert main(["sync"]) == 0
    assert run(capsys) == (0, [])


def test_an_entry_without_a_context_is_out_of_step_on_its_page(
    tmp_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_book.root / "translations" / "ko" / "loss.po"
    path.write_text(path.read_text(encoding="utf-8") + '\nmsgid "Loss"\nmsgstr "손실"\n', encoding="utf-8")
    status, lines = run(capsys)
    assert status == 1
    assert len(lines) == 1
    assert lines[0].startswith("notebooks/loss.ipynb:")
    assert lines[0].endswith("the entries of ko are out of order or their hints are old; run `book sync` (out-of-step)")
    assert main(["sync"]) == 0
    assert run(capsys) == (0, [])


def test_old_hints_alone_are_said_to_be_so(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_book.root / "translations" / "ko" / "loss.po"
    path.write_text(
        path.read_text(encoding="utf-8").replace("section: What falls", "section: What fell"), encoding="utf-8"
    )
    status, lines = run(capsys)
    assert status == 1
    assert [line.rpartition(": ")[2] for line in lines] == [
        "the entries of ko are out of order or their hints are old; run `book sync` (out-of-step)"
    ]


def test_lines_that_a_tool_has_broken_are_no_change(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_book.reword(
        "loss", "what-falls", "## What falls", "## What machine-learning practitioners have seen falling-off"
    )
    assert main(["sync"]) == 0
    path = tmp_book.root / "translations" / "ko" / "loss.po"
    text = path.read_text(encoding="utf-8")
    broken = text.replace(
        "section: What machine-learning practitioners", "section: What machine-\n#. learning\n#. practitioners"
    )
    assert broken != text
    path.write_text(broken, encoding="utf-8")
    assert run(capsys) == (0, [])


def test_a_cell_that_is_gone_is_said_to_be_so(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다.")
    tmp_book.edit("loss", lambda page: page.cells.pop(1))
    _, (line,) = run(capsys)
    assert line.endswith(
        "cell `what-falls` has no text any more, but ar, ko translate it; run `book sync` (out-of-step)"
    )


def test_a_page_that_the_contents_do_not_name_is_said_to_be_so(
    tmp_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    toc = tmp_book.root / "_toc.yml"
    toc.write_text(toc.read_text().replace("chapters:\n- file: notebooks/loss\n", ""))
    _, lines = run(capsys)
    assert "_toc.yml:1: `loss` is no page of the book, but ar, ko translate it; run `book sync` (out-of-step)" in lines


def test_code_that_does_not_parse_is_named_with_the_line_of_its_cell(
    tmp_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_book.reword("loss", "plot", "ax.plot", "ax plot")
    path = tmp_book.project.notebook("loss")
    line = path.read_text(encoding="utf-8").splitlines().index('   "cell_type": "code",') + 1
    (before,) = (cell.source for cell in tmp_book.page("loss").cells if cell.id == "plot")
    assert main(["sync"]) == 0  # its texts wait as obsolete entries until it is mended
    status, (found,) = run(capsys)
    assert status == 1
    assert found.startswith(f"notebooks/loss.ipynb:{line}: cell `plot`: is no program that IPython runs")
    assert main(["localize", "ko"]) == 0
    made = ipynb.read(tmp_book.project.localized(Language("ko"), "loss"))
    assert [cell.source for cell in made.cells if cell.id == "plot"] == [before]


def test_a_message_is_one_line_and_no_command_to_a_terminal(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_book.translate("ko", "loss/title", "# 손실\n\n손실은 $L =\n0.6$이고 `\x1b[31m`, [처음](index.ipynb).")
    _, lines = run(capsys)
    assert all(line.startswith("translations/ko/loss.po:") and line.endswith(")") for line in lines)
    assert any("code `U+001B[31m` is not in the English text" in line for line in lines)
    assert any("formula `L = 0.6` is not in the English text" in line for line in lines)


def test_a_link_to_a_page_that_is_not_there_is_named(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_book.reword("loss", "title", "(index.ipynb)", "(nowhere.ipynb)")
    assert main(["sync"]) == 0
    status, lines = run(capsys)
    assert status == 1
    assert [line.endswith("(dead-link)") for line in lines] == [True]


def test_a_dead_link_does_not_hide_other_findings(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_book.reword("loss", "title", "(index.ipynb)", "(nowhere.ipynb)")
    assert main(["sync"]) == 0
    tmp_book.translate("ko", "loss/what-falls", "# 감소\n\n손실이 줄어듭니다.")
    assert {line.rpartition(" ")[2] for line in run(capsys)[1]} == {"(dead-link)", "(heading)"}


@pytest.mark.parametrize(
    ("english", "message"),
    [
        ("The **loss falls.", "`**` opens or closes nothing; give it its partner"),
        ("The <b>loss</b> falls.", "HTML `<b>`; write it in Markdown"),
        ("See [the loss](javascript:run).", "link `javascript:run` is not http, https or mailto"),
        ("The\u200b loss falls.", "U+200B (ZERO WIDTH SPACE) cannot be seen; remove it"),
        (
            "The cafe\u0301 falls.",
            "`cafe\u0301` is not in Unicode NFC; write the letters so, which look the same: `caf",
        ),
        ("The loss , it falls.", "has a space before `,`"),
        ("#### Deep\n\nThe loss falls.", "h4 follows h2; skip no level"),
    ],
    ids=["unclosed", "html", "scheme", "invisible", "nfc", "spaces", "heading"],
)
def test_the_english_keeps_the_rules_that_need_no_other_text(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], english: str, message: str
) -> None:
    tmp_book.reword("loss", "what-falls", "The loss falls.", english)
    assert main(["sync"]) == 0
    status, lines = run(capsys)
    assert status == 1
    found = [line for line in lines if line.startswith("notebooks/loss.ipynb:")]
    assert any(f": cell `what-falls`: {message}" in line for line in found)


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("glossary.csv", "english\nloss\n", "its first line must name the columns english,translation,note,forms,also"),
        ("glossary.csv", "english,translation\nloss,\n", "needs an English term and a translation in each line"),
        ("conventions.toml", "quotes = ", "cannot be read"),
        ("conventions.toml", "quots = '„”'", "has unknown keys ['quots']"),
        ("conventions.toml", "[[avoid]]\npattern = '('\nsay = 'x'", "cannot be read"),
        ("conventions.toml", "[[avoid]]\npattern = 'x'", "cannot be read"),
        ("conventions.toml", "avoid = 3", "cannot be read"),
        ("conventions.toml", "instead = 3", "cannot be read"),
    ],
)
def test_a_languages_broken_data_is_one_finding_and_costs_no_other_language(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], file: str, content: str, said: str
) -> None:
    (tmp_book.root / "translations" / "ko" / file).write_text(content, encoding="utf-8")
    tmp_book.translate("ar", "loss/what-falls", "## الهبوط\n\n<b>تهبط</b> الخسارة.")
    status, lines = run(capsys)
    assert status == 1
    (found,) = [line for line in lines if line.startswith(f"translations/ko/{file}:")]
    assert said in found
    assert any(line.startswith("translations/ar/loss.po:") and line.endswith("(html)") for line in lines)


def drop_id(page: NotebookNode) -> None:
    del page.cells[1]["id"]


def double_id(page: NotebookNode) -> None:
    page.cells[1].id = "title"


def random_id(page: NotebookNode) -> None:
    page.cells[1].id = "A1_b"


def take_id(page: NotebookNode) -> None:
    page.cells[1].id = "book-copy"


@pytest.mark.parametrize(
    ("change", "rule"),
    [(drop_id, "id-missing"), (double_id, "id-doubled"), (random_id, "id-form"), (take_id, "id-taken")],
    ids=["missing", "doubled", "ill-formed", "of the page's own"],
)
def test_ids_that_cannot_be_relied_on_are_findings(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], change: object, rule: str
) -> None:
    with (tmp_book.root / "_config.yml").open("a", encoding="utf-8") as config:
        config.write("book:\n  readable-ids: true\n")
    path = tmp_book.project.notebook("loss")
    page = json.loads(path.read_text(encoding="utf-8"))
    made = type(
        "Page", (), {"cells": [type("Cell", (dict,), {"__setattr__": dict.__setitem__})(c) for c in page["cells"]]}
    )()
    change(made)  # type: ignore[operator]
    page["cells"] = [dict(cell) for cell in made.cells]
    path.write_text(json.dumps(page, indent=1), encoding="utf-8")
    status, lines = run(capsys)
    assert status == 1
    assert [line.endswith(f"({rule})") for line in lines] == [True]


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:300])


def other_encoding(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"Loss", "Lüss".encode("latin-1")))


def old_format(path: Path) -> None:
    path.write_text('{"nbformat": 3, "worksheets": []}')


def strings_for_cells(path: Path) -> None:
    path.write_text('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": ["a"]}')


def too_deep(path: Path) -> None:
    path.write_text("[" * 100_000)


def word_for_an_image(path: Path) -> None:
    page = json.loads(path.read_text(encoding="utf-8"))
    page["cells"][2]["metadata"]["mystnb"]["image"] = "a line"
    path.write_text(json.dumps(page, indent=1), encoding="utf-8")


def replaced(old: str, new: str) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return damage


DAMAGES = {
    "truncated": truncate,
    "encoding": other_encoding,
    "old format": old_format,
    "strings for cells": strings_for_cells,
    "too deep": too_deep,
    "a number for an id": replaced('"id": "plot"', '"id": 5'),
    "a word for the minor": replaced('"nbformat_minor": 5', '"nbformat_minor": "5"'),
    "a word for an image": word_for_an_image,
    "half a character": replaced("The loss falls.", r"The loss \ud800 falls."),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_notebook_is_one_clear_line(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], damage: Callable[[Path], None]
) -> None:
    damage(tmp_book.project.notebook("loss"))
    before = tmp_book.files()
    status, lines = run(capsys)
    assert status == 1
    assert len(lines) == 1
    assert lines[0].startswith("notebooks/loss.ipynb:")
    assert main(["sync"]) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert tmp_book.files() == before


def link_outside(path: Path) -> None:
    path.symlink_to("/etc/hostname")


@pytest.mark.parametrize(
    ("name", "make", "expected"),
    [
        ("missing.json", None, "cannot be read: No such file or directory"),
        ("results/link.json", link_outside, "cannot be read: it is a symbolic link"),
        ("results/folder.json", Path.mkdir, "cannot be read: "),
        ("results/large.json", lambda path: path.write_bytes(b" " * 1_000_001), "has more than 1,000,000 bytes"),
        ("../_config.json", None, "is no name of a file that a page reads"),
        ("/etc/passwd.txt", None, "is no name of a file that a page reads"),
        ("results/page.html", None, "is no name of a file that a page reads"),
        ("index.ipynb", None, "is no name of a file that a page reads"),
    ],
)
def test_a_file_that_a_page_names_and_cannot_read_is_a_finding(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], name: str, make: Callable[[Path], object] | None, expected: str
) -> None:
    (tmp_book.root / "notebooks" / "results").mkdir()
    (tmp_book.root / "notebooks" / "results" / "loss.json").write_text("[1]")
    if make:
        make(tmp_book.root / "notebooks" / name)
    tmp_book.edit("loss", lambda page: page.metadata.update(book={"files": ["results/loss.json", name]}))
    status, (line,) = run(capsys)
    assert status == 1
    assert line.startswith(f"notebooks/loss.ipynb:1: the data file `{name}` {expected}")
    assert line.endswith("(data-file)")
