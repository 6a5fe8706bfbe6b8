"""Keeping PO files in line with code cells' comments; and what translators and tools write beside an entry."""

from __future__ import annotations

import polib
import pytest
from nbformat import NotebookNode

from book.cli import main
from book.language.language import Language
from book.po import catalog
from tests.po.edits import FALLS, rename_page, sync
from tests.small_book import Book


def plot(tmp_book: Book, source: str) -> None:
    def change(page: NotebookNode) -> None:
        page.cells[-1].source = source

    tmp_book.edit("loss", change)


def comments(tmp_book: Book) -> list[tuple[str, str, bool]]:
    entries = [e for e in tmp_book.po("ko", "loss") if e.msgctxt == "loss/plot" and not e.obsolete]
    return [(e.msgid, e.msgstr, e.fuzzy) for e in entries if e.comment.startswith(("comment", "figure"))]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# One falls.\n\n# Two rises.\nx = 1", [("One falls.", "하나", False), ("Two rises.", "둘", False)]),
        ("# Two rises.\n\n# One falls.\nx = 1", [("Two rises.", "둘", False), ("One falls.", "하나", False)]),
        ("# One falls.\n\n# Two rises.\n\n# One falls.", [("One falls.", "하나", False), ("Two rises.", "둘", False)]),
        ("# New here\n\n# Two rises.", [("New here", "", False), ("Two rises.", "둘", False)]),
        ("# Two rises now.\n\n# One falls.", [("Two rises now.", "둘", True), ("One falls.", "하나", False)]),
        ("# Two rises.", [("Two rises.", "둘", False)]),
        ('# One falls.\nax.set_title("Two rises.")', [("One falls.", "하나", False), ("Two rises.", "둘", False)]),
        ('ax.set_title("Two rises now.")', [("Two rises now.", "", False)]),
    ],
    ids=["as-before", "reordered", "repeated", "added", "changed", "removed", "comment-to-figure", "other-kind"],
)  # fmt: skip
def test_comments_and_figure_texts(tmp_book: Book, source: str, expected: list[tuple[str, str, bool]]) -> None:
    plot(tmp_book, "# One falls.\n\n# Two rises.\nx = 1")
    sync()
    tmp_book.translate("ko", "loss/plot", "하나", "One falls.")
    tmp_book.translate("ko", "loss/plot", "둘", "Two rises.")
    plot(tmp_book, source)
    sync()
    assert comments(tmp_book) == expected
    said = {e.msgstr for e in tmp_book.po("ko", "loss") if e.msgstr}
    assert {"하나", "둘"} <= said


def test_a_changed_comment_finds_its_translation_among_its_neighbours(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/plot", "손실을 그립니다.", "Draw the loss.")
    tmp_book.translate("ko", "loss/plot", "알립니다", "say so")
    tmp_book.reword("loss", "plot", "Draw the loss.", "Draw the loss now.")
    assert main(["sync"]) == 0
    entry = tmp_book.entry("ko", "loss/plot", "Draw the loss now.")
    assert (entry.msgstr, entry.fuzzy) == ("손실을 그립니다.", True)
    assert not tmp_book.entry("ko", "loss/plot", "say so").fuzzy


def test_a_translators_note_and_flags_survive(tmp_book: Book) -> None:
    path = tmp_book.project.catalog(Language("ko"), "loss")
    made = tmp_book.po("ko", "loss")
    made[0].tcomment, made[0].flags = "ask about this", ["no-wrap"]
    path.write_text(str(made), encoding="utf-8")
    tmp_book.reword("loss", "what-falls", "falls.", "drops.")
    assert main(["sync"]) == 0
    assert (tmp_book.po("ko", "loss")[0].tcomment, tmp_book.po("ko", "loss")[0].flags) == (
        "ask about this",
        ["no-wrap"],
    )


def write_hint(tmp_book: Book, context: str, line: str, *, first: bool = False) -> None:
    """Write into the extracted comments of an entry, as who does not know that they are not his."""
    path = tmp_book.project.catalog(Language("ko"), context.split("/")[0])
    made = tmp_book.po("ko", path.stem)
    entry = next(e for e in made if e.msgctxt == context)
    entry.comment = f"{line}\n{entry.comment}" if first else f"{entry.comment}\n{line}"
    path.write_text(catalog.dumps(made), encoding="utf-8")


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    ("context", "said"),
    [("loss/what-falls", "in: the office"), ("loss/plot", "ask Kim; page: 3"), ("site/copied", "a remark")],
)
def test_what_a_translator_writes_among_the_hints_becomes_a_comment(
    tmp_book: Book, context: str, said: str, first: bool
) -> None:
    hints = tmp_book.entry("ko", context).comment
    write_hint(tmp_book, context, said, first=first)
    sync()
    entry = tmp_book.entry("ko", context)
    assert (entry.comment, entry.tcomment) == (hints, said)


def test_what_a_translator_writes_among_the_hints_survives_all_that_changes_them(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    for context, line in (
        ("loss/what-falls", "of the prose"),
        ("loss/plot", "of the comment"),
        ("loss/title", "of it"),
    ):
        write_hint(tmp_book, context, line)
    tmp_book.reword("loss", "title", "# Loss", "# The loss, and how it is drawn")
    tmp_book.reword("loss", "what-falls", "falls.", "drops.")
    tmp_book.edit("loss", lambda page: page.cells.pop())
    rename_page(tmp_book, "loss", "losses")
    sync()
    # Untranslated texts do not show that the page is renamed: what was written at them stays in the former file.
    made = [*tmp_book.po("ko", "losses"), *tmp_book.po("ko", "loss")]
    assert {e.tcomment for e in made if e.tcomment} == {"of the prose", "of the comment", "of it"}
    assert tmp_book.entry("ko", "losses/what-falls").msgstr == "줄어듭니다"
    assert not [e for e in made if e.comment.startswith("of")]


def test_hints_that_a_tool_has_wrapped_are_no_translators_words(tmp_book: Book) -> None:
    section = "What falls, and why it falls so slowly after so many steps of the training"
    tmp_book.reword("loss", "what-falls", "What falls", section)
    tmp_book.reword("loss", "plot", "size}", "the_size_of_a_batch_of_samples_in_this_and_every_other_run}")
    sync()
    path = tmp_book.project.catalog(Language("ko"), "loss")
    before = tmp_book.files()
    polib.pofile(str(path), wrapwidth=78).save(str(path))
    assert "\n#. after so many steps of the training\n" in path.read_text(encoding="utf-8")
    sync()
    assert tmp_book.files() == before
    tmp_book.reword("loss", "what-falls", section, "Else")
    sync()
    assert [e.tcomment for e in tmp_book.po("ko", "loss") if e.tcomment] == []


def test_a_former_text_that_a_tool_leaves_at_an_entry_that_is_up_to_date_goes(tmp_book: Book) -> None:
    """Else it would pass for the text of a translation that its translator doubts later, and the doubt for `sync`'s."""
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    tmp_book.reword("loss", "what-falls", "falls.", "drops.")
    sync()
    path = tmp_book.project.catalog(Language("ko"), "loss")
    text = path.read_text(encoding="utf-8").replace("#, fuzzy\n#| msgid", "#| msgid")
    path.write_text(text.replace("줄어듭니다", "떨어집니다"), encoding="utf-8")
    assert tmp_book.entry("ko", "loss/what-falls").previous_msgid == FALLS
    sync()
    assert tmp_book.entry("ko", "loss/what-falls").previous_msgid is None
    tmp_book.doubt("ko", "loss/what-falls")
    tmp_book.reword("loss", "what-falls", "drops.", "falls.")
    sync()
    entry = tmp_book.entry("ko", "loss/what-falls")
    assert (entry.msgstr, entry.fuzzy) == ("떨어집니다", True)
