"""Pages written in Markdown beside notebooks: a block is the unit, and it is to be had as a notebook's cell is."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from book.cli import main
from book.errors import NotebookError
from book.notebook import ipynb, markdown_page
from book.project import Project
from tests.cases.books import png
from tests.small_book import Book

PROSE = """\
---
title: of no concern
---
(start)=
# Welcome

Read [the other](lesson.md#second-part), {doc}`lesson`, {ref}`start`, [a][1] and a note[^n].
## Second

:::{note}
# 2026
:::

> # 2027

+++ {"tags": ["x"]}

A block of its own.

[1]: https://example.org
[^n]: the note
"""
LESSON = """\
---
jupytext:
  text_representation:
    format_name: myst
kernelspec:
  name: python3
---

# A lesson

```{code-cell} ipython3
:tags: [hide-input]

# Draw.
ax.set_title("Loss")
```

Between.

## Second part
```{code-cell}
---
mystnb:
  image:
    alt: A line.
---
x = 1
```

```{code-cell}
y = ":id: 1"
```

```
not a cell
```
"""
IDS = {
    "intro": ["start", "second", "block-own"],
    "lesson": ["a-lesson", "draw", "between", "second-part", "x", "y", "not-a-cell"],
}
HERE = Path("page.md")


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A book of two pages in Markdown, of which one is a notebook."""
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: intro\nchapters:\n- file: lesson.md\n")
    (tmp_path / "_config.yml").write_text("title: Written\nrepository:\n  url: https://github.com/owner/written\n")
    (tmp_path / "translations" / "ko").mkdir(parents=True)
    (tmp_path / "intro.md").write_text(PROSE)
    (tmp_path / "lesson.md").write_text(LESSON)
    return Book(Project(tmp_path))


def article(book: Book, code: str, page: str) -> BeautifulSoup:
    path = book.project.html / code / f"{page}.html"
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def ids(text: str) -> list[str]:
    return [block.id for block in markdown_page.blocks_of(text, HERE)]


def test_a_page_without_ids_is_told_and_gets_them(written: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 1
    assert "intro.md:8: 9 cells of 2 pages have no id; run `book ids`" in capsys.readouterr().out
    assert main(["ids"]) == 0
    assert {page: ids((written.root / f"{page}.md").read_text()) for page in IDS} == IDS


def test_nothing_but_ids_is_put_into_the_file_and_the_second_time_nothing(written: Book) -> None:
    assert main(["ids"]) == 0
    made = {page: (written.root / f"{page}.md").read_text() for page in IDS}
    for page, before in {"intro": PROSE, "lesson": LESSON}.items():
        left = [line for line in made[page].split("\n") if line.strip()]
        missing = [line for line in before.split("\n") if line.strip() and line not in left]
        assert missing == (['+++ {"tags": ["x"]}'] if page == "intro" else [])
        new = [line for line in left if line not in before.split("\n")]
        assert all(line.startswith(("+++ {", ":id: ", "id: ")) for line in new)
    assert main(["ids"]) == 0
    assert {page: (written.root / f"{page}.md").read_text() for page in IDS} == made


def test_line_breaks_stay_those_of_windows() -> None:
    made = markdown_page.with_ids("# One\r\n\r\ntext\r\n## Two\r\n", HERE, {0: "one", 1: "two"})
    assert made == '+++ {"id": "one"}\r\n\r\n# One\r\n\r\ntext\r\n\r\n+++ {"id": "two"}\r\n\r\n## Two\r\n'


def test_it_is_translated_checked_and_built_as_notebooks_are(written: Book) -> None:
    assert main(["ids"]) == 0
    assert main(["sync"]) == 0
    written.translate("ko", "intro/second", written.entry("ko", "intro/second").msgid.replace("Second", "둘째"))
    written.translate("ko", "lesson/draw", "손실", "Loss")
    written.translate("ko", "lesson/between", "사이.")
    assert main(["check"]) == 0
    assert main(["build"]) == 0
    made = article(written, "en", "intro")
    links = [a["href"] for a in made.select("article p a.internal")]
    assert links == ["lesson.html#second-part", "lesson.html", "#start"]
    assert [a["href"] for a in made.select("article p a.external")] == ["https://example.org"]
    assert "the note" in made.select("article aside")[0].get_text()
    assert "둘째" in article(written, "ko", "intro").select("article section h2")[0].get_text()
    lesson = article(written, "ko", "lesson")
    assert "사이." in lesson.get_text()
    assert 'ax.set_title("손실")' in lesson.get_text()
    cells = ipynb.read(written.root / "_build" / "notebooks" / "ko" / "lesson.ipynb").cells
    assert cells.pop().id == "previous-and-next"
    assert "".join(cell.cell_type[0] for cell in cells) == "mcmmccm"
    assert "lesson.md?plain=1#L" in str(article(written, "en", "lesson"))


def test_a_page_of_prose_alone_has_no_button_for_running_it(written: Book) -> None:
    assert main(["ids"]) == 0
    assert main(["build", "en"]) == 0
    assert not article(written, "en", "intro").select(".book-colab, .book-download")
    assert article(written, "en", "lesson").select(".book-colab")


def test_who_asks_to_run_a_page_in_markdown_is_told_that_it_has_nothing_to_run(
    written: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    before = written.files()
    for pages in (["lesson"], []):
        assert main(["execute", *pages]) == 0
        assert "lesson.md: nothing to run: a page in Markdown keeps no outputs" in capsys.readouterr().out
    assert written.files() == before


def test_a_finding_names_the_line_in_the_file(written: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ids"]) == 0
    path = written.root / "lesson.md"
    path.write_text(path.read_text().replace("Between.", "Between ![gone](gone.png)."))
    line = path.read_text().split("\n").index("Between ![gone](gone.png).") + 1
    capsys.readouterr()
    assert main(["check"]) == 1
    assert f"lesson.md:{line}: cell `between`: shows `gone.png`" in capsys.readouterr().out


def test_a_moved_and_reworded_block_keeps_its_translation(written: Book) -> None:
    assert main(["ids"]) == 0
    assert main(["sync"]) == 0
    written.translate("ko", "lesson/between", "사이.")
    path = written.root / "lesson.md"
    path.write_text(path.read_text().replace("Between.", "In between."))
    assert main(["sync"]) == 0
    entry = written.entry("ko", "lesson/between")
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("사이.", True, "Between.")


@pytest.mark.parametrize("name", ["0", "no", "1e5", "2026-01-01", "a-name"])
def test_an_id_is_read_back_whatever_yaml_takes_it_for(name: str) -> None:
    for text in ("```{code-cell}\nx = 1\n```", "```{code-cell}\n---\ntags: [a]\n---\nx = 1\n```"):
        made = markdown_page.with_ids(text, HERE, {0: name})
        assert ids(made) == [name]
        assert ids(markdown_page.with_ids(made, HERE, {0: "other"})) == ["other"]


def test_a_picture_may_be_named_from_the_books_root(written: Book) -> None:
    """As MyST has it: an address that begins with a slash leads from the folder of `_toc.yml`."""
    (written.root / "docs").mkdir()
    for name in ("shown.png", "_static/deep/shown.png"):
        (written.root / name).parent.mkdir(parents=True, exist_ok=True)
        (written.root / name).write_bytes(png(seed=len(name)))
    text = "(page)=\n# Page\n\n![a](/shown.png)\n\n```{figure} /_static/deep/shown.png\nWords.\n```\n"
    (written.root / "docs" / "page.md").write_text(text)
    (written.root / "_toc.yml").write_text(
        "format: jb-book\nroot: docs/page\nchapters:\n- file: intro\n- file: lesson\n"
    )
    assert main(["ids"]) == 0
    assert main(["sync"]) == 0
    assert main(["check"]) == 0
    assert main(["build", "en", "ko"]) == 0
    for code in ("en", "ko"):
        shown = [str(each["src"]) for each in article(written, code, "docs/page").select("article img")]
        assert len(shown) == 2
        folder = written.project.html / code / "docs"
        assert all((folder / unquote(each)).resolve().is_file() for each in shown)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("# T\n\n+++ {no json}\n\nText.\n", 3, "what follows `+++` is no JSON object"),
        ("# T\n\n```{code-cell}\n:a: [\n\nx\n```\n", 3, "the options of this cell are no YAML"),
        ("---\na: [\n---\n# T\n", 2, "what stands between the first two `---` is no YAML"),
        ("---\na: &a [*a]\n---\n# T\n", 1, "what stands between the first two `---` is no YAML"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_costs_the_page_alone(
    written: Book, capsys: pytest.CaptureFixture[str], text: str, line: int, said: str
) -> None:
    assert main(["ids"]) == 0
    (written.root / "lesson.md").write_text(text)
    capsys.readouterr()
    assert main(["check"]) == 1
    assert f"lesson.md:{line}: {said}" in capsys.readouterr().out
    with pytest.raises(NotebookError):
        markdown_page.notebook_of(text, HERE)


PIECES = [
    *("# H", "## H *2*", "(name)=", "+++", '+++ {"id": "x"}', "text", "", "", "- item", "> # q", "    # code", "==="),
    *("```{code-cell}", "```", ":tags: [a]", "---", "<div>", "</div>", ":::{note}", ":::", "~~~", "| a |", "[^1]: n"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=25), st.sampled_from(["\n", "\r\n"]))
def test_ids_that_are_given_are_read_back_and_change_no_cell(pieces: list[str], newline: str) -> None:
    """Whatever a page is put together of."""
    text = newline.join(pieces)
    try:
        before = markdown_page.blocks_of(text, HERE)
        wanted = {number: block.id or f"id-{number}" for number, block in enumerate(before)}
        made = markdown_page.with_ids(text, HERE, wanted)
    except NotebookError:
        return
    after = markdown_page.blocks_of(made, HERE)
    assert [(block.kind, block.source, block.id) for block in after] == [
        (block.kind, block.source, wanted[number]) for number, block in enumerate(before)
    ]
