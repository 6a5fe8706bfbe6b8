"""`book adopt`: translated notebooks, as people have them, become PO entries; what is doubtful says why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import polib
import pytest
from nbformat import NotebookNode

from book.adopt.markup import as_marked_there
from book.cli import main
from book.language.language import Language
from book.notebook import ipynb
from book.po import catalog, credits
from tests.small_book import Book, failure, markdown

TITLE = "# Verlust\n\nDer Verlust ist $L = 0.5$ mit `axis=3`, siehe [den Anfang](index.ipynb)."
FALLS = "## Was fällt\n\nDer Verlust fällt."
PLOT = (
    '# Den Verlust zeichnen.\nax.set_title("Verlust je Epoche")\nax.plot(y, label=f"Stapel {size}")\n'
    'print("✓")  # sag es'
)


def translated(book: Book, *changes: Callable[[NotebookNode], None], name: str = "loss") -> Path:
    """The page `loss` in German, in a folder of its own, with these changes."""
    made = book.page("loss")
    for cell, source in zip(made.cells, (TITLE, FALLS, PLOT), strict=True):
        cell.source = source
    made.cells[2].metadata["mystnb"]["image"]["alt"] = "Eine fallende Linie."
    for change in changes:
        change(made)
    path = book.root.parent / f"{book.root.name}-de" / f"{name}.ipynb"
    path.parent.mkdir(exist_ok=True)
    path.write_text(nbformat.writes(made, version=nbformat.NO_CONVERT), encoding="utf-8")
    return path


def without_ids(notebook: NotebookNode) -> None:
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"{number:08x}"


@pytest.fixture
def adopt(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, list[str]]]:
    """Run `book adopt de` on a path: its exit status, and what it says line by line."""

    def run(path: Path, *options: str) -> tuple[int, list[str]]:
        capsys.readouterr()
        status = main(["adopt", "de", str(path), *options])
        return status, capsys.readouterr().out.splitlines()

    return run


Adopt = Callable[..., tuple[int, list[str]]]


def entries(book: Book) -> dict[tuple[str, str], polib.POEntry]:
    """The entries of the page in German, by cell and the kind of their text."""
    loaded = catalog.load(book.project.catalog(Language("de"), "loss"))
    return {(str(e.msgctxt).partition("/")[2], e.comment.partition(";")[0]): e for e in loaded if e.msgstr}


def said(book: Book) -> list[str]:
    return [str(each.msgstr) for each in entries(book).values()]


@pytest.mark.parametrize("change", [lambda made: None, without_ids], ids=["ids", "no ids"])
def test_all_texts_of_a_translated_page_are_taken(
    tmp_book: Book, adopt: Adopt, change: Callable[[NotebookNode], None]
) -> None:
    status, lines = adopt(translated(tmp_book, change))
    loaded = catalog.load(tmp_book.project.catalog(Language("de"), "loss"))
    assert [e.msgstr for e in loaded] == [
        *(TITLE, FALLS, "Den Verlust zeichnen.", "Verlust je Epoche", "Stapel {size}", "sag es"),
        "Eine fallende Linie.",
    ]
    assert not any(e.fuzzy for e in loaded)
    assert status == 0
    assert any(line.startswith("loss: ") and "7 taken" in line for line in lines)
    assert main(["sync"]) == 0
    assert adopt(translated(tmp_book))[1][-1] == "nothing to change"


def test_a_folder_per_language_and_names_with_the_code(tmp_book: Book, adopt: Adopt) -> None:
    path = translated(tmp_book, name="loss.de")
    folder = path.parent / "docs" / "de" / "notebooks"
    folder.mkdir(parents=True)
    path.rename(folder / path.name)
    (path.parent / "docs" / "ko").mkdir()
    assert adopt(path.parent / "docs")[0] == 0
    assert TITLE in said(tmp_book)


def test_what_is_in_the_folder_of_another_language_is_not_taken(tmp_book: Book, adopt: Adopt) -> None:
    path = translated(tmp_book)
    for name in ("fr", "de_AT", "new"):
        (path.parent / name).mkdir()
    path.rename(path.parent / "fr" / path.name)
    (path.parent / "new" / "index.ipynb").write_bytes(tmp_book.project.notebook("index").read_bytes())
    status, lines = adopt(path.parent)
    assert status == 1
    assert any("fr:1: is the folder of another language than `de`; name it alone, or rename it" in one for one in lines)
    assert TITLE not in said(tmp_book)
    (path.parent / "fr" / path.name).rename(path.parent / "de_AT" / path.name)
    adopt(path.parent)
    assert TITLE in said(tmp_book)


def test_a_folder_that_is_named_is_taken_whatever_it_is_called(tmp_book: Book, adopt: Adopt) -> None:
    path = translated(tmp_book)
    (path.parent / "my").mkdir()
    path.rename(path.parent / "my" / path.name)
    adopt(path.parent / "my")
    assert TITLE in said(tmp_book)


def test_code_that_has_drifted_is_told_and_its_texts_are_doubtful(tmp_book: Book, adopt: Adopt) -> None:
    def drift(made: NotebookNode) -> None:
        made.cells[2].source = made.cells[2].source.replace("ax.plot(y", "ax.plot(x, y")

    path = translated(tmp_book, drift)
    status, lines = adopt(path)
    assert status == 1
    drifts = [line for line in lines if line.endswith("(drift)")]
    assert len(drifts) == 1
    assert f"{path}:" in drifts[0]
    assert "`ax.plot(x, y" in drifts[0]
    assert len(set(lines)) == len(lines), "a cell with several texts is told once"
    comment = entries(tmp_book)["plot", "comment"]
    assert comment.fuzzy
    assert "the code of the cell was another" in comment.tcomment
    assert not entries(tmp_book)["title", "prose"].fuzzy
    assert main(["localize", "de"]) == 0
    made = tmp_book.root / "_build" / "notebooks" / "de" / "loss.ipynb"
    assert "ax.plot(y" in ipynb.read(made).cells[2].source  # the English code runs


def test_a_cell_that_stands_elsewhere_is_found_by_its_code_and_no_other_is_taken_for_sure(
    tmp_book: Book, adopt: Adopt
) -> None:
    def turn(made: NotebookNode) -> None:
        made.cells.append(markdown("after", "Er steigt wieder."))
        made.cells = [made.cells[number] for number in (2, 3, 1, 0)]
        without_ids(made)

    path = translated(tmp_book, turn)
    tmp_book.edit("loss", lambda page: page.cells.append(markdown("after", "It rises again.")))
    assert main(["sync"]) == 0
    adopt(path)
    found = entries(tmp_book)
    sure = {each.msgstr for each in found.values() if not each.fuzzy}
    assert {TITLE, "sag es"} <= sure
    right = {"loss": TITLE, "what-falls": FALLS, "after": "Er steigt wieder."}
    assert all(each.fuzzy or right.get(cell) in (None, each.msgstr) for (cell, _), each in found.items())


def test_what_a_rule_of_safety_refuses_is_kept_as_doubtful_with_the_reason(tmp_book: Book, adopt: Adopt) -> None:
    def change(made: NotebookNode) -> None:
        made.cells[0].source = TITLE.replace("axis=3", "achse=3")

    status, lines = adopt(translated(tmp_book, change))
    entry = entries(tmp_book)["title", "prose"]
    assert status == 1
    assert entry.fuzzy
    assert "achse=3" in entry.msgstr
    assert "`axis=3` is missing; keep it as it is in English (inline-code)" in entry.tcomment
    assert any("loss/title" in line and line.endswith("(doubtful)") for line in lines)


def test_wrappers_of_direction_are_stripped(tmp_book: Book, adopt: Adopt) -> None:
    def wrap(made: NotebookNode) -> None:
        made.cells[0].source = f'<div lang="ar" dir="rtl">\n\n{TITLE}\n\n</div>'
        made.cells[
            1
        ].source = '<div dir=rtl>\n\n## Was fällt\n\n</div>\n<p align="right">\n\nDer Verlust fällt.\n\n</p>'

    assert adopt(translated(tmp_book, wrap))[0] == 0
    assert said(tmp_book)[:2] == [TITLE, FALLS]


def test_a_translation_that_has_the_original_above_each_paragraph_is_taken_without_it(
    tmp_book: Book, adopt: Adopt
) -> None:
    def quote(made: NotebookNode) -> None:
        made.cells[1].source = "## What falls\n\n## Was fällt\n\n> The loss fell.\n\nDer Verlust fällt."

    adopt(translated(tmp_book, quote))
    assert FALLS in said(tmp_book)
    assert not entries(tmp_book)["what-falls", "prose"].fuzzy


@pytest.mark.parametrize(
    ("english", "german", "taken"),
    [
        ("It *falls*: `axis`.", "Es <em>fällt</em>: <code>axis</code>.", "Es *fällt*: `axis`."),
        ("The [`axis`](a.md).", '<a href="a.md" data-md-type="link">Die `axis`</a>.', "[Die `axis`](a.md)."),
        ("The *axis*.", 'Die <em data-md-type="emphasis">Achse</em>.', "Die *Achse*."),
        ("A <b>cube</b>.", "Ein <b>Würfel</b>.", "Ein <b>Würfel</b>."),
        ("See:\n\n```ipython\nlen?\n```", "Siehe:\n\n``` python\nlen?\n```", "Siehe:\n\n```ipython\nlen?\n```"),
        ("See:\n\n```ipython\nlen?\n```", "Siehe:\n\n```python\nlen\n```", "Siehe:\n\n```python\nlen\n```"),
        ("* one:\n * two", "- eins:\n    - zwei", "* eins:\n * zwei"),
        ("* one:\n    * two", "- eins:\n- zwei", "* eins:\n    * zwei"),
        ("*   one:\n   *   two", "- eins:\n    - zwei", "*   eins:\n   *   zwei"),
        ("3. three", "1. drei", "3. drei"),
        (r"Put \<your name\> in.", "Setze &lt;dein Name&gt; ein.", r"Setze \<dein Name\> ein."),
        (r"Put \<x\> or &lt;y.", "Setze &lt;x&gt;.", r"Setze &lt;x\>."),
        ("###Falls\n\nIt falls.", "### Fällt\n\nEs fällt.", "###Fällt\n\nEs fällt."),
        ("It is\n$$x = 1$$\nwhere", "Es ist $$x=1$$ wo", "Es ist\n$$x=1$$\nwo"),
        ("It is $$x = 1$$ so", "Es ist $$x=1$$ so", "Es ist $$x=1$$ so"),
        ('<img src="a.png"\n width="5">', '<img src="a.png" width="5">', '<img\nsrc="a.png" width="5">'),
        ("* one\n* two", "- eins\n    - zwei\n    - drei", "- eins\n    - zwei\n    - drei"),
    ],
)
def test_markup_of_translating_tools_is_written_as_the_original_has_it(english: str, german: str, taken: str) -> None:
    assert as_marked_there(german, english) == taken


def test_a_comment_of_one_line_that_needed_two_is_one_again(tmp_book: Book, adopt: Adopt) -> None:
    def two_lines(made: NotebookNode) -> None:
        made.cells[2].source = made.cells[2].source.replace("# Den Verlust zeichnen.", "# Den Verlust\n# zeichnen.")

    adopt(translated(tmp_book, two_lines))
    loaded = catalog.load(tmp_book.project.catalog(Language("de"), "loss"))
    assert "Den Verlust zeichnen." in [entry.msgstr for entry in loaded if not entry.fuzzy]


def test_a_quotation_that_the_original_has_stays(tmp_book: Book, adopt: Adopt) -> None:
    def quote(made: NotebookNode) -> None:
        made.cells[1].source = "## Was fällt\n\n> The loss falls."

    adopt(translated(tmp_book, quote))
    assert "## Was fällt\n\n> The loss falls." in said(tmp_book)


def test_an_existing_translation_stays(tmp_book: Book, adopt: Adopt) -> None:
    (tmp_book.root / "translations" / "de").mkdir()
    assert main(["sync", "de"]) == 0
    tmp_book.translate("de", "loss/what-falls", "## Mein Titel\n\nMein Satz.")
    _, lines = adopt(translated(tmp_book))
    assert entries(tmp_book)["what-falls", "prose"].msgstr == "## Mein Titel\n\nMein Satz."
    assert any("1 there already" in line for line in lines)


def test_what_has_no_counterpart_is_left_and_told(tmp_book: Book, adopt: Adopt) -> None:
    def add(made: NotebookNode) -> None:
        made.cells.insert(2, markdown("extra", "Ein Satz, den es nur hier gibt."))
        made.cells[3].source += "\n# Noch etwas."

    status, lines = adopt(translated(tmp_book, add))
    left = [line for line in lines if line.endswith("(left)")]
    assert status == 1
    assert len(left) == 2
    assert "`Ein Satz, den es nur hier gibt.` belongs to no cell of the page" in left[0]
    assert "comment `Noch etwas.` has no place in the English cell" in left[1]
    assert said(tmp_book)[:2] == [TITLE, FALLS]


def test_what_is_still_english_is_not_taken(tmp_book: Book, adopt: Adopt) -> None:
    def keep(made: NotebookNode) -> None:
        made.cells[1].source = tmp_book.page("loss").cells[1].source

    _, lines = adopt(translated(tmp_book, keep))
    assert ("what-falls", "prose") not in entries(tmp_book)
    assert any("1 in English there" in line for line in lines)


def test_one_page_that_cannot_be_read_costs_no_other(tmp_book: Book, adopt: Adopt) -> None:
    path = translated(tmp_book)
    (path.parent / "index.ipynb").write_text("{")
    (path.parent / "nowhere.ipynb").write_text("{}")
    status, lines = adopt(path.parent)
    assert status == 1
    assert TITLE in said(tmp_book)
    assert any("index.ipynb:1: is not valid JSON" in line for line in lines)
    assert any("nowhere.ipynb:1: is called like no page of the book" in line for line in lines)


def test_nobody_passes_for_a_machine(tmp_book: Book, adopt: Adopt) -> None:
    adopt(translated(tmp_book), "--translator", "A. Person")
    header = catalog.load(tmp_book.project.catalog(Language("de"), "loss"))
    assert credits.translators(header.header_text) == ("A. Person",)
    untouched = catalog.load(tmp_book.project.catalog(Language("de"), "index"))
    assert credits.is_machine_draft(untouched.header_text)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["de", "nowhere"], "is not there; name a file or a folder"),
        (["de", "_config.yml"], "has no translation of a page"),
        (["en", "notebooks"], "is the notebooks' own language"),
        (["no-such", "notebooks"], "unknown language"),
    ],
)
def test_what_cannot_be_adopted_is_said_in_one_line(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    before = tmp_book.files()
    assert message in failure(capsys, "adopt", *arguments)
    assert tmp_book.files() == before


def test_a_catalog_that_says_it_is_in_another_language_is_not_taken(tmp_book: Book, adopt: Adopt) -> None:
    path = tmp_book.root.parent / f"{tmp_book.root.name}-locale" / "loss.po"
    path.parent.mkdir()
    po = polib.POFile()
    po.append(polib.POEntry(msgid="What falls", msgstr="Ce qui baisse"))
    po.append(polib.POEntry(msgid="The loss falls.", msgstr="La perte baisse."))
    po.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": "fr"}
    po.save(str(path))
    _, lines = adopt(path)
    assert any("loss.po:1: its header `Language` says `fr`, which is not `de` (left)" in line for line in lines)
    assert ("what-falls", "prose") not in entries(tmp_book)
    po.metadata["Language"] = "de_CH"
    po.save(str(path))
    adopt(path)
    assert entries(tmp_book)["what-falls", "prose"].msgstr == "## Ce qui baisse\n\nLa perte baisse."


def test_catalogs_of_sphinx_translate_cells_paragraph_by_paragraph(tmp_book: Book, adopt: Adopt) -> None:
    folder = tmp_book.root.parent / f"{tmp_book.root.name}-locale" / "locale" / "de" / "LC_MESSAGES" / "notebooks"
    folder.mkdir(parents=True)
    pairs = [
        ("Loss", "Verlust", False),
        ("The loss is $L = 0.5$ with `axis=3`, see [the start](index.ipynb).", TITLE.partition("\n\n")[2], False),
        ("What falls", "Was fällt", True),
        ("The loss falls.", "Der Verlust fällt.", False),
    ]
    po = polib.POFile()
    po.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    po.extend(
        polib.POEntry(msgid=english, msgstr=german, flags=["fuzzy"] * fuzzy, occurrences=[("../loss.ipynb", "1")])
        for english, german, fuzzy in pairs
    )
    po.save(str(folder / "loss.po"))
    status, lines = adopt(folder.parents[3])
    found = entries(tmp_book)
    assert found["title", "prose"].msgstr == TITLE
    assert not found["title", "prose"].fuzzy
    assert found["what-falls", "prose"].msgstr == FALLS
    assert found["what-falls", "prose"].fuzzy
    assert status == 1
    assert any("marked its translation as fuzzy" in line for line in lines)
