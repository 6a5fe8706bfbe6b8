"""Ids of cells in books that others write: any that stay are good, and `book ids` gives them where there are none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from book.cli import main

Notebook = dict[str, Any]
PYTHON = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def cell(kind: str, source: str, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"cell_type": kind, "metadata": {}, "source": source, **more}
    return made if kind != "code" else {**made, "execution_count": None, "outputs": []}


def notebook(*cells: dict[str, Any], minor: int = 5) -> Notebook:
    return {"cells": list(cells), "metadata": PYTHON, "nbformat": 4, "nbformat_minor": minor}


class Book:
    """A book in the current folder, of the pages given."""

    def __init__(self, root: Path, pages: dict[str, Notebook], config: str | None = None) -> None:
        self.root = root
        first, *others = pages
        chapters = "".join(f"\n- file: notebooks/{name}" for name in others)
        (root / "_toc.yml").write_text(
            f"format: jb-book\nroot: notebooks/{first}\n" + (f"chapters:{chapters}\n" if others else "")
        )
        (root / "notebooks").mkdir()
        for name, page in pages.items():
            self.path(name).write_text(json.dumps(page, indent=1, sort_keys=True) + "\n")
        if config is not None:
            (root / "_config.yml").write_text(config)

    def path(self, page: str) -> Path:
        return self.root / "notebooks" / f"{page}.ipynb"

    def ids(self, page: str) -> list[str | None]:
        return [each.get("id") for each in json.loads(self.path(page).read_text(encoding="utf-8"))["cells"]]

    def language(self, code: str) -> Path:
        folder = self.root / "translations" / code
        folder.mkdir(parents=True)
        return folder


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    """The exit status of a command, and what it said, without the line that counts findings."""
    capsys.readouterr()
    status = main(list(arguments))
    shown = capsys.readouterr()
    return status, [line for line in (shown.out + shown.err).splitlines() if not line.endswith("silenced")]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


ANY_FORM = {
    "colab": "rX8mhOLljYeM",
    "jupyter": "3f2a1b4c",
    "uuid": "9b2c6a0e-3d1f-4c55-8a77-0123456789ab",
    "underscore": "A1_b",
}
SOURCE = "# Page\n\nSee [this](https://a.example) and $x$."
PO = """msgid ""
msgstr ""
"Language: ko\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "index/{id}"
msgid "# Page\\n\\nSee [this](https://a.example) and $x$."
msgstr "# 쪽\\n\\n[이것](https://b.example)과 $y$."
"""


@pytest.mark.parametrize("name", ANY_FORM.values(), ids=ANY_FORM)
@pytest.mark.parametrize("minor", [0, 5], ids=["in the metadata", "of the cell"])
def test_an_id_of_any_form_is_good_and_translations_are_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, minor: int
) -> None:
    """Colab and TensorFlow's writers keep ids in the metadata of notebooks of format 4.0."""
    where = {"metadata": {"id": name}} if minor == 0 else {"id": name}
    book = Book(tmp_path, {"index": notebook(cell("markdown", SOURCE, **where), minor=minor)})
    (book.language("ko") / "index.po").write_text(PO.format(id=name), encoding="utf-8")
    assert run(capsys, "sync")[0] == 0
    status, lines = run(capsys, "check")
    assert status == 1
    assert {line.rpartition(" ")[2] for line in lines} == {"(maths)", "(link)"}
    assert run(capsys, "ids") == (0, ["nothing to change"])


def test_bad_ids_do_not_keep_check_from_the_rest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One cell without an id, two that share one: told, and each translation is still looked at."""
    cells = [
        cell("markdown", SOURCE, id="title"),
        cell("markdown", "The mean is $m$.", id="mean"),
        cell("markdown", "The spread is $s$.", id="spread"),
    ]
    book = Book(tmp_path, {"index": notebook(*cells)})
    po = PO.format(id="title") + '\nmsgctxt "index/mean"\nmsgid "The mean is $m$."\nmsgstr "평균은 $n$."\n'
    (book.language("ko") / "index.po").write_text(po, encoding="utf-8")
    assert run(capsys, "sync")[0] == 0
    before = run(capsys, "check")[1]
    del cells[1]["id"]
    cells[2]["id"] = "title"
    book.path("index").write_text(json.dumps(notebook(*cells), indent=1))
    status, lines = run(capsys, "check")
    assert status == 1
    rules = [line.rpartition(" ")[2] for line in lines]
    assert rules.count("(id-missing)") == rules.count("(id-doubled)") == 1
    assert len(before) == 6  # a formula and a link for another, and a formula
    assert set(before) < set(lines)
    assert not [rule for rule in rules if rule == "(out-of-step)"]


def test_a_book_that_wants_readable_ids_says_which_are_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pages = {"index": notebook(cell("markdown", "# Page", id="rX8mhOLljYeM"))}
    Book(tmp_path, pages, "book:\n  readable-ids: true\n")
    status, (line,) = run(capsys, "check")
    assert status == 1
    assert "has the id `rX8mhOLljYeM`, which nobody chose" in line


def test_where_a_book_wants_readable_ids_random_ones_are_replaced_until_somebody_translates_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Jupyter gives each new cell eight random digits. In another book they are as good as any."""
    cells = [cell("markdown", "# Page", id="3f2a1b4c"), cell("code", "mean = 0", id="rX8mhOLljYeM")]
    cells += [cell("markdown", "Chosen.", id="what-it-is")]
    book = Book(tmp_path, {"index": notebook(*cells)}, "title: A book\n")
    assert run(capsys, "ids") == (0, ["nothing to change"])
    (tmp_path / "_config.yml").write_text("book:\n  readable-ids: true\n")
    [line] = [each for each in run(capsys, "check")[1] if each.endswith("(id-form)")]
    assert line.endswith("; `book ids index` gives them readable ones (id-form)")
    assert run(capsys, "ids") == (0, ["wrote notebooks/index.ipynb: 2 ids"])
    assert book.ids("index") == ["page", "mean", "what-it-is"]
    book.language("ko")
    assert run(capsys, "sync")[0] == 0
    again = [*cells[:1], cell("code", "mean = 0", id="mean"), cells[2], cell("markdown", "New.", id="0b9e7d11")]
    book.path("index").write_text(json.dumps(notebook(*again)))
    assert run(capsys, "ids") == (0, ["wrote notebooks/index.ipynb: 2 ids"])
    assert book.ids("index") == ["page", "mean", "what-it-is", "new"], "the first is known by its text"


def test_an_id_that_nobody_chose_stays_where_any_language_has_something_under_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Book(tmp_path, {"index": notebook(cell("markdown", SOURCE, id="3f2a1b4c"))}, "title: A book\n")
    book.language("ar")
    (book.language("ko") / "index.po").write_text(PO.format(id="3f2a1b4c"), encoding="utf-8")
    (tmp_path / "_config.yml").write_text("book:\n  readable-ids: true\n")
    assert run(capsys, "ids") == (0, ["nothing to change"])
    [line] = [each for each in run(capsys, "check")[1] if each.endswith("(id-form)")]
    assert line.endswith("has the id `3f2a1b4c`, which nobody chose; give it one of its own (id-form)")


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("book:\n  readable-ids: 3\n", "`readable-ids` is neither `true` nor `false`"),
        ("book:\n  readable-id: true\n", "`book` has no setting `readable-id`; known are"),
        ("book: [readable-ids]\n", "`book` has no settings below it"),
        ("book:\n  rules-off: ending\n", "`rules-off` is no list of rules"),
    ],
)
def test_settings_that_are_none_are_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], config: str, said: str
) -> None:
    Book(tmp_path, {"index": notebook(cell("markdown", "# Page", id="page"))}, config)
    status, (line,) = run(capsys, "check")
    assert status == 2
    assert "_config.yml" in line
    assert said in line


def without_ids() -> dict[str, Notebook]:
    index = [
        cell("markdown", "# Two ways to [plot](plot.ipynb)\n\nOne is `quick`."),
        cell("code", "import numpy as np\nfrom math import pi"),
        cell("code", "def buildModel(x):\n    return x"),
        cell("code", "# Draw the loss.\nplt.plot(y)"),
        cell("code", "x = 0"),
        cell("code", "x = 1"),
        cell("code", "%matplotlib inline"),
        cell("code", "!pip install tensorflow"),
        cell("code", "model.fit(x_train)"),
        cell("code", ""),
        cell("code", "this is (no program"),
        cell("markdown", "It is the mean of the layer that counts most."),
        cell("markdown", "## 정규화"),
        cell("markdown", "## main content"),
        cell("raw", "left alone"),
    ]
    return {"index": notebook(*index, minor=4), "other": notebook(cell("markdown", "# Other"), minor=2)}


def test_a_book_without_ids_is_one_line_that_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Book(tmp_path, without_ids())
    said = "16 cells of 2 pages have no id; run `book ids`, which gives them readable ones (id-missing)"
    status, lines = run(capsys, "check")
    assert (status, [line.partition(": ")[2] for line in lines if "(id-" in line]) == (1, [said])
    book.language("ko")
    for command in ("sync", "localize"):
        status, (line,) = run(capsys, command)
        assert status == 2
        assert said.partition(" (")[0] in line


def test_ids_are_given_from_headings_and_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = Book(tmp_path, without_ids())
    book.language("ko")
    said = ["wrote notebooks/index.ipynb: 15 ids", "wrote notebooks/other.ipynb: 1 id"]
    assert run(capsys, "ids") == (0, said)
    assert book.ids("index") == [
        *("two-ways-to-plot", "imports", "build-model", "draw-the-loss", "x", "x-2", "matplotlib-inline"),
        *("pip-install-tensorflow", "model-fit-x-train", "code", "this-is-no-program", "mean-layer-counts-most"),
        *("text", "main-content-2", "left-alone"),
    ]
    assert book.ids("other") == ["other"]
    assert run(capsys, "ids") == (0, ["nothing to change"])
    assert run(capsys, "sync")[0] == 0
    assert "(id-" not in "".join(run(capsys, "check")[1])


INDENTS: dict[str, dict[str, Any]] = {
    "one line": {"separators": (",", ":")},
    "jupyter": {"indent": 1, "sort_keys": True, "ensure_ascii": False},
    "colab": {"indent": 2},
    "four blanks": {"indent": 4},
}


@pytest.mark.parametrize("form", INDENTS.values(), ids=INDENTS)
def test_nothing_else_of_the_file_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: dict[str, Any]
) -> None:
    book = Book(tmp_path, without_ids())
    text = json.dumps({**without_ids()["index"], "metadata": {**PYTHON, "id": "not a cell's", "cells": []}}, **form)
    book.path("index").write_text(text, encoding="utf-8")
    assert run(capsys, "ids", "index")[0] == 0
    made = book.path("index").read_text(encoding="utf-8")
    nbformat.validate(nbformat.reads(made, as_version=nbformat.NO_CONVERT))
    for name in book.ids("index"):
        for colon in (": ", ":"):
            made = made.replace(f'"id"{colon}"{name}",', "", 1)
    assert "".join(made.split()) == "".join(text.split()).replace('"nbformat_minor":4', '"nbformat_minor":5')
    assert book.ids("other") == [None]


def test_the_same_ids_on_every_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = Book(tmp_path, without_ids())
    before = book.path("index").read_bytes()
    assert run(capsys, "ids")[0] == 0
    first = book.path("index").read_bytes()
    book.path("index").write_bytes(before)
    assert run(capsys, "ids")[0] == 0
    assert book.path("index").read_bytes() == first


def test_cells_that_lost_their_ids_get_those_back_and_no_other_cell_gets_a_used_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An editor that saves format 4.4 has dropped them; translations are filed under them."""
    kept = [cell("markdown", "# Page", id="what-it-is"), cell("markdown", "Gone.", id="new-cell")]
    book = Book(tmp_path, {"index": notebook(*kept)})
    book.language("ko")
    assert run(capsys, "sync")[0] == 0
    bare = [{key: value for key, value in each.items() if key != "id"} for each in kept]
    bare[1:] = [cell("markdown", "New cell")]
    book.path("index").write_text(json.dumps(notebook(*bare, minor=4)), encoding="utf-8")
    assert run(capsys, "ids")[0] == 0
    assert book.ids("index") == ["what-it-is", "new-cell-2"]


def test_ids_in_the_metadata_stay_the_ids(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In format 4.5 each cell has one of its own: what Colab called it, it is called still."""
    cells = [cell("markdown", "# Page", metadata={"id": "aBc_1"}), cell("code", "x = 0")]
    book = Book(tmp_path, {"index": notebook(*cells, minor=0)})
    assert run(capsys, "ids") == (0, ["wrote notebooks/index.ipynb: 1 id"])
    assert book.ids("index") == ["aBc_1", "x"]


@pytest.mark.parametrize("value", ["null", '""'])
def test_an_empty_id_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str], value: str) -> None:
    book = Book(tmp_path, {"index": notebook(cell("markdown", "# Page", id="here"))})
    text = book.path("index").read_text(encoding="utf-8").replace('"here"', value)
    book.path("index").write_text(text, encoding="utf-8")
    assert run(capsys, "ids")[0] == 0
    assert book.path("index").read_text(encoding="utf-8") == text.replace(f'"id": {value}', '"id": "page"')


def test_a_page_that_is_none_and_a_notebook_that_cannot_be_read_are_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Book(tmp_path, without_ids())
    assert run(capsys, "ids", "nowhere") == (2, ["no page `nowhere`; there are: index, other (project)"])
    book.path("index").write_text("{", encoding="utf-8")
    status, (line,) = run(capsys, "ids", "index")
    assert status == 2
    assert "notebooks/index.ipynb:1: is not valid JSON" in line


def test_a_cell_with_the_id_of_another_gets_one_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Copied cells bring their ids along. The one whose translations stand under the id keeps it."""
    monkeypatch.chdir(tmp_path)
    one, two = cell("markdown", "# One\n", id="same"), cell("markdown", "Two words", id="same")
    book = Book(tmp_path, {"index": notebook(one)})
    book.language("ko")
    assert main(["sync"]) == 0
    book.path("index").write_text(json.dumps(notebook(two, one, two), indent=1, sort_keys=True) + "\n")
    assert main(["check"]) == 1
    status, said = run(capsys, "ids")
    assert (status, said) == (0, ["wrote notebooks/index.ipynb: 2 ids"])
    assert book.ids("index") == ["two-words", "same", "two-words-2"]
    assert run(capsys, "ids") == (0, ["nothing to change"])


def test_a_given_id_is_none_that_something_on_the_page_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exercise = cell("markdown", "```{exercise} Add them\n:label: add-them\nTwo and three.\n```")
    figure = cell("markdown", ":::{figure} a.png\n:name: A falling line\nA falling line\n:::")
    target = cell("markdown", "(the-end)=\n## The end")
    book = Book(tmp_path, {"index": notebook(cell("markdown", "# Start"), exercise, figure, target)})
    monkeypatch.chdir(tmp_path)
    assert main(["ids"]) == 0
    assert book.ids("index") == ["start", "add-them-2", "falling-line", "the-end-2"]


def test_a_notebook_that_cannot_be_read_keeps_no_other_from_its_ids(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = {"index": notebook(cell("markdown", "# One"), minor=4), "z": notebook(cell("markdown", "# Two"), minor=4)}
    book = Book(tmp_path, {"index": pages["index"], "broken": pages["z"], "z": pages["z"]})
    (broken := book.root / "notebooks" / "broken.ipynb").write_text("{")
    assert main(["ids"]) == 2
    said = capsys.readouterr()
    assert said.out.splitlines() == ["wrote notebooks/index.ipynb: 1 id", "wrote notebooks/z.ipynb: 1 id"]
    assert [line.partition(":")[0] for line in said.err.splitlines()] == [str(broken)]
    assert broken.read_text() == "{"
