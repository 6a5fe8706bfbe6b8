"""`sync` comes to rest, whatever words its hints have, and however an editor has wrapped them."""

from __future__ import annotations

import textwrap
from pathlib import Path

import nbformat
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nbformat import NotebookNode

from book.cli import main
from book.language.language import Language
from book.notebook.texts import texts_of
from book.po import catalog, sync
from book.po.file_format import parse
from book.project import Project
from tests.small_book import Book, markdown

TITLES = {
    "hyphens": "Three-dimensional points-and-lines state-of-the-art well-known-and-much-loved in-place plots-",
    "chinese": "批量归一化层使均值接近零并且使方差接近一" * 6,
    "thai": "ชั้นการทำให้เป็นมาตรฐานทำให้ค่าเฉลี่ยใกล้ศูนย์" * 4,
    "one long word": "x" * 200,
    "long words": f"{'a' * 75} {'b' * 76} {'c' * 77}-{'d' * 80} e",
    "address": "See https://example.org/a-very/long-path/that-goes/on-and-on/without-any-blank?and=more&even-more=yes",
    "slashes": "either/or/and/or/with/without/" * 6,
    "dashes": "before — behind – between - after -- end --- " * 4,
    "soft": "Grafik\u00adprozessoren und Schnitt\u00adstellen­beschreibungen " * 4,
    "no-break": "a\u00a0b\u202fc\u00a0" * 30,
    "code": "`a-b` and `c--d` of `--option-with-dashes` " * 4,
    "like a hint": "prose; page: comment; section: in: interface; in: x",
    "rtl": "می‌خواهم کتاب‌هایمان را " * 6,
    "emoji": "👩‍💻-exercise ⚠️-careful 1️⃣-first " * 6,
}


def with_titles(book: Book) -> None:
    def add(page: NotebookNode) -> None:
        page.cells[0].source = f"# {TITLES['hyphens']}"
        for number, title in enumerate(TITLES.values()):
            page.cells.append(markdown(f"section-{number}", f"## {title}\n\nText {number}."))
            code = nbformat.v4.new_code_cell(f'ax.set_title("Loss {number}")  # {title}')
            code["id"] = f"code-{number}"
            page.cells.append(code)

    book.edit("loss", add)
    assert main(["sync"]) == 0


def comes_to_rest(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    before = book.files()
    capsys.readouterr()
    assert main(["sync"]) == 0
    assert capsys.readouterr().out == "nothing to change\n"
    assert book.files() == before
    main(["check"])
    assert "(out-of-step)" not in capsys.readouterr().out


def test_after_one_run_there_is_nothing_to_change(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    with_titles(tmp_book)
    comes_to_rest(tmp_book, capsys)


def rewrapped(path: Path, width: int, *, at_hyphens: bool) -> None:
    """Save the file as a tool does that breaks long comments: gettext's at blanks, polib's behind hyphens as well."""
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        is_hint = line.startswith("#. ") and len(line) > width
        broken = textwrap.wrap(line[3:], width - 3, break_long_words=False, break_on_hyphens=at_hyphens)
        lines += [f"#. {part}" for part in broken] if is_hint else [line]
    path.write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("width", [40, 76, 79])
@pytest.mark.parametrize("at_hyphens", [False, True], ids=["at blanks", "behind hyphens"])
def test_after_an_editor_has_wrapped_hints_it_comes_to_rest_too(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], width: int, at_hyphens: bool
) -> None:
    with_titles(tmp_book)
    for language in ("ko", "ar"):
        rewrapped(tmp_book.project.catalog(Language(language), "loss"), width, at_hyphens=at_hyphens)
    assert main(["sync"]) == 0
    comes_to_rest(tmp_book, capsys)
    remarks = [entry.tcomment for language in ("ko", "ar") for entry in tmp_book.po(language, "loss")]
    assert set(remarks) == {""}  # no part of a hint has become a remark of a translator


LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=200)


@given(title=LINE, section=LINE, code=LINE)
@example(title=TITLES["hyphens"], section=TITLES["long words"], code=TITLES["dashes"])
@example(title="a -", section="- b -- c", code="# x\\n")
def test_what_is_written_is_read_back_the_same(title: str, section: str, code: str) -> None:
    """Of any title, heading and line of code."""
    cells = [markdown("title", f"# {title}"), markdown("part", f"## {section}\n\nText.")]
    cells.append(nbformat.v4.new_code_cell(f'ax.set_title("Loss")  # {code}', id="code"))
    texts = {"p": texts_of("p", nbformat.v4.new_notebook(cells=cells))}
    project, language = Project(Path()), Language("ko")
    made = sync.plan(project, language, texts, {}).catalogs["p"]
    stored = parse(catalog.dumps(made))
    again = sync.plan(project, language, texts, {"p": stored})
    assert again.changed == {}
    assert catalog.dumps(again.catalogs["p"]) == catalog.dumps(made)
