"""Keeping PO files in line with a living source."""

from __future__ import annotations

import re

import polib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_raw_cell

from book.cli import main
from book.files import write_atomic
from book.language.language import Language
from book.notebook import ipynb
from book.notebook.texts import PROSE, Text
from book.po import catalog
from book.po.sync import plan
from tests.small_book import PLOT, Book, markdown, write_page


def texts_of_entries(tmp_book: Book, language: str, page: str) -> set[str]:
    return {e.msgstr for e in tmp_book.po(language, page) if e.msgstr}


def test_a_new_language_gets_every_text(tmp_book: Book) -> None:
    contexts = {e.msgctxt for e in tmp_book.po("ko", "loss")}
    assert contexts == {"loss/title", "loss/what-falls", "loss/plot"}
    plot = {e.msgid for e in tmp_book.po("ko", "loss") if e.msgctxt == "loss/plot"}
    assert plot == {"Draw the loss.", "Loss by epoch", "batch {size}", "say so", "A falling line."}


def test_entries_tell_a_translator_where_they_stand(tmp_book: Book) -> None:
    def hints(context: str, text: str | None = None) -> list[str]:
        return str(tmp_book.entry("ko", context, text).comment).splitlines()

    tmp_book.reword("loss", "plot", "# Draw the loss.", "# Draw the loss.\n\n# As it falls.")
    assert main(["sync"]) == 0
    in_title = 'in: ax.set_title("Loss by epoch")'
    assert hints("loss/title") == ["prose; page: Loss"]
    assert hints("loss/plot", "Loss by epoch") == ["figure text; page: Loss; section: What falls", in_title]
    assert hints("loss/plot", "Draw the loss.")[1] == hints("loss/plot", "As it falls.")[1] == in_title
    assert hints("site/copied") == ["interface; after the copy button was pressed"]


def test_nothing_is_written_when_nothing_changed(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    before = tmp_book.files()
    assert main(["sync"]) == 0
    assert tmp_book.files() == before
    assert capsys.readouterr().out == "nothing to change\n"


def test_a_reworded_text_is_fuzzy_with_the_text_that_was_translated(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다.")
    tmp_book.reword("loss", "what-falls", "falls.", "drops.")
    tmp_book.reword("loss", "what-falls", "drops.", "sinks.")
    assert main(["sync"]) == 0
    entry = tmp_book.entry("ko", "loss/what-falls")
    assert entry.fuzzy
    assert entry.previous_msgid == "## What falls\n\nThe loss falls."
    assert entry.msgstr == "## 감소\n\n손실이 줄어듭니다."


def test_a_second_rewording_keeps_the_first_previous_text(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    for old, new in (("falls.", "drops."), ("drops.", "sinks.")):
        tmp_book.reword("loss", "what-falls", old, new)
        assert main(["sync"]) == 0
    assert tmp_book.entry("ko", "loss/what-falls").previous_msgid == "## What falls\n\nThe loss falls."


def test_a_wording_that_comes_back_is_not_fuzzy_any_more(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    before = tmp_book.files()
    for old, new in (("falls.", "drops."), ("drops.", "falls.")):
        tmp_book.reword("loss", "what-falls", old, new)
        assert main(["sync"]) == 0
    assert tmp_book.files() == before


def doubt(tmp_book: Book, context: str) -> None:
    """Mark a translation as fuzzy, as a translator does who is not sure of it."""
    path = tmp_book.project.catalog(Language("ko"), context.split("/")[0])
    made = catalog.load(path)
    next(e for e in made if e.msgctxt == context and not e.obsolete).flags.append("fuzzy")
    path.write_text(catalog.dumps(made), encoding="utf-8")


def test_a_translators_own_mark_stays_when_a_wording_comes_back(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    doubt(tmp_book, "loss/what-falls")
    before = tmp_book.files()
    for old, new in (("falls.", "drops."), ("drops.", "sinks."), ("sinks.", "falls.")):
        tmp_book.reword("loss", "what-falls", old, new)
        sync()
        entry = tmp_book.entry("ko", "loss/what-falls")
        assert (entry.fuzzy, entry.previous_msgid) == (True, FALLS if new != "falls." else None)
    assert tmp_book.files() == before


def test_a_translators_own_mark_stays_when_an_id_is_given_back(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    doubt(tmp_book, "loss/what-falls")
    before = tmp_book.files()
    for old, new in (("what-falls", "what-sinks"), ("what-sinks", "what-falls")):
        rename_cell(tmp_book, "loss", old, new)
        sync()
    assert tmp_book.files() == before


def test_a_translators_own_mark_stays_with_a_cell_that_changed_went_and_came_back(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    doubt(tmp_book, "loss/what-falls")
    kept, before = tmp_book.page("loss"), tmp_book.files()
    tmp_book.reword("loss", "what-falls", "falls.", "drops.")
    sync()
    tmp_book.edit("loss", lambda page: page.cells.pop(1))
    sync()
    assert obsolete(tmp_book, "loss") == [("loss/what-falls", FALLS, "줄어듭니다")]
    write_atomic(tmp_book.project.notebook("loss"), ipynb.dumps(kept))
    sync()
    assert tmp_book.files() == before


def test_a_mark_that_a_translator_takes_away_does_not_come_back(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    doubt(tmp_book, "loss/what-falls")
    tmp_book.reword("loss", "what-falls", "falls.", "drops.")
    sync()
    tmp_book.translate("ko", "loss/what-falls", "떨어집니다")
    for old, new in (("drops.", "sinks."), ("sinks.", "drops.")):
        tmp_book.reword("loss", "what-falls", old, new)
        sync()
    assert not tmp_book.entry("ko", "loss/what-falls").fuzzy


def test_an_untranslated_text_that_changes_is_not_fuzzy(tmp_book: Book) -> None:
    tmp_book.reword("loss", "what-falls", "falls.", "drops.")
    assert main(["sync"]) == 0
    assert not tmp_book.entry("ko", "loss/what-falls").fuzzy


def test_a_removed_cell_is_kept_as_obsolete_and_revived(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    kept = tmp_book.page("loss")
    tmp_book.edit("loss", lambda page: page.cells.pop(1))
    assert main(["sync"]) == 0
    assert [e.msgstr for e in tmp_book.po("ko", "loss").obsolete_entries()] == ["줄어듭니다"]
    write_atomic(tmp_book.project.notebook("loss"), ipynb.dumps(kept))
    assert main(["sync"]) == 0
    entry = tmp_book.entry("ko", "loss/what-falls")
    assert (entry.msgstr, entry.fuzzy) == ("줄어듭니다", False)


def sync(capsys: pytest.CaptureFixture[str] | None = None) -> str:
    """Sync, and once more to see that nothing is left to do; what the first run printed."""
    if capsys:
        capsys.readouterr()
    assert main(["sync"]) == 0
    printed = capsys.readouterr().out if capsys else ""
    assert main(["sync", "ko"]) == 0
    if capsys:
        assert capsys.readouterr().out == "nothing to change\n"
    return printed


def rename_cell(tmp_book: Book, page: str, old: str, new: str) -> None:
    def change(content: NotebookNode) -> None:
        next(cell for cell in content.cells if cell.id == old).id = new

    tmp_book.edit(page, change)


def rename_page(tmp_book: Book, old: str, new: str) -> None:
    """As an author does: another file name, and every place that names it."""
    tmp_book.project.notebook(old).rename(tmp_book.project.notebook(new))
    for path in (tmp_book.root / "_toc.yml", *(tmp_book.root / "notebooks").iterdir()):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(f"notebooks/{old}", f"notebooks/{new}").replace(f"({old}.", f"({new}."))


def obsolete(tmp_book: Book, page: str) -> list[tuple[str, str, str]]:
    return [(e.msgctxt, e.msgid, e.msgstr) for e in tmp_book.po("ko", page).obsolete_entries()]


FALLS = "## What falls\n\nThe loss falls."


def test_an_added_cell_is_empty_and_the_others_stay(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    tmp_book.edit("loss", lambda page: page.cells.insert(1, markdown("before", "It comes before.")))
    sync()
    assert [e.msgctxt for e in tmp_book.po("ko", "loss")][:3] == ["loss/title", "loss/before", "loss/what-falls"]
    assert tmp_book.entry("ko", "loss/before").msgstr == ""
    assert tmp_book.entry("ko", "loss/what-falls").msgstr == "줄어듭니다"


def test_a_cell_that_moves_within_its_page_moves_its_entries(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    tmp_book.edit("loss", lambda page: page.cells.append(page.cells.pop(1)))
    sync()
    assert tmp_book.po("ko", "loss")[-1].msgctxt == "loss/what-falls"
    assert (tmp_book.po("ko", "loss")[-1].msgstr, tmp_book.po("ko", "loss")[-1].fuzzy) == ("줄어듭니다", False)


def test_a_cell_that_moves_to_another_page_takes_its_translation_along(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    moved = tmp_book.page("loss").cells[1]
    tmp_book.edit("loss", lambda page: page.cells.pop(1))
    tmp_book.edit("index", lambda page: page.cells.append(moved))
    sync()
    entry = tmp_book.entry("ko", "index/what-falls")
    assert (entry.msgstr, entry.fuzzy) == ("줄어듭니다", False)
    assert obsolete(tmp_book, "loss") == []


def test_cells_that_change_places_between_pages_take_their_translations_along(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    tmp_book.edit("index", lambda page: page.cells.append(markdown("what-rises", "The gain rises.")))
    sync()
    tmp_book.translate("ko", "index/what-rises", "늘어납니다")
    falls, rises = tmp_book.page("loss").cells[1], tmp_book.page("index").cells[1]
    tmp_book.edit("loss", lambda page: page.cells.__setitem__(1, rises))
    tmp_book.edit("index", lambda page: page.cells.__setitem__(1, falls))
    sync()
    assert tmp_book.entry("ko", "index/what-falls").msgstr == "줄어듭니다"
    assert tmp_book.entry("ko", "loss/what-rises").msgstr == "늘어납니다"
    assert obsolete(tmp_book, "loss") == obsolete(tmp_book, "index") == []


def test_a_new_id_keeps_the_translation_as_fuzzy_and_the_old_id_is_proposed(
    tmp_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    rename_cell(tmp_book, "loss", "what-falls", "what-sinks")
    printed = sync(capsys)
    entry = tmp_book.entry("ko", "loss/what-sinks")
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgctxt) == ("줄어듭니다", True, "loss/what-falls")
    assert re.match(r"notebooks/loss.ipynb: ids have changed: `what-sinks` was `what-falls`", printed)


def test_an_id_that_is_given_back_leaves_no_trace(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    before = tmp_book.files()
    rename_cell(tmp_book, "loss", "what-falls", "what-sinks")
    sync()
    rename_cell(tmp_book, "loss", "what-sinks", "what-falls")
    sync()
    assert tmp_book.files() == before


def test_a_split_cell_keeps_its_translation_in_the_likelier_part(tmp_book: Book) -> None:
    tmp_book.reword("loss", "what-falls", "The loss falls.", "The loss falls, and falls, and falls.")
    sync()
    tmp_book.translate("ko", "loss/what-falls", "손실이 줄고, 줄고, 또 줄어듭니다.")

    def split(page: NotebookNode) -> None:
        page.cells[1].source = "## What falls"
        page.cells.insert(2, markdown("it-falls", "The loss falls, and falls, and falls."))

    tmp_book.edit("loss", split)
    sync()
    heading, bulk = tmp_book.entry("ko", "loss/what-falls"), tmp_book.entry("ko", "loss/it-falls")
    assert (bulk.msgstr, bulk.fuzzy) == ("손실이 줄고, 줄고, 또 줄어듭니다.", True)
    assert bulk.previous_msgid == "## What falls\n\nThe loss falls, and falls, and falls."
    assert bulk.previous_msgctxt == "loss/what-falls"
    assert (heading.msgstr, heading.fuzzy) == ("", False)


def _split(book: Book, said: str) -> None:
    """Split `loss/what-falls`, two paragraphs that were translated as `said`, in two cells."""
    book.reword("loss", "what-falls", FALLS, "The loss falls fast at first.\n\nThe loss falls slowly later on.")
    sync()
    book.translate("ko", "loss/what-falls", said)
    book.reword("loss", "what-falls", "\n\nThe loss falls slowly later on.", "")
    book.edit("loss", lambda page: page.cells.insert(2, markdown("later", "The loss falls slowly later on.")))
    sync()


def test_the_parts_of_a_split_cell_take_their_paragraphs_with_them(tmp_book: Book) -> None:
    _split(tmp_book, "빠르게.\n\n천천히.")
    first, later = tmp_book.entry("ko", "loss/what-falls"), tmp_book.entry("ko", "loss/later")
    assert [(each.msgstr, each.fuzzy) for each in (first, later)] == [("빠르게.", True), ("천천히.", True)]
    assert later.previous_msgctxt == "loss/what-falls"
    assert first.previous_msgid == later.previous_msgid == f"{first.msgid}\n\n{later.msgid}"


def test_a_split_cell_that_is_joined_again_has_its_whole_translation(tmp_book: Book) -> None:
    said = "빠르게.\n\n천천히."
    _split(tmp_book, said)
    tmp_book.edit("loss", lambda page: page.cells.pop(2))
    tmp_book.reword("loss", "what-falls", "at first.", "at first.\n\nThe loss falls slowly later on.")
    sync()
    entry = tmp_book.entry("ko", "loss/what-falls")
    assert (entry.msgstr, entry.fuzzy) == (said, False)


def test_a_split_cell_whose_translation_has_other_paragraphs_keeps_it_under_its_id(tmp_book: Book) -> None:
    _split(tmp_book, "빠르게. 천천히.")
    assert tmp_book.entry("ko", "loss/what-falls").msgstr == "빠르게. 천천히."
    assert tmp_book.entry("ko", "loss/later").msgstr == ""


def test_joined_cells_keep_both_translations(tmp_book: Book) -> None:
    tmp_book.edit("loss", lambda page: page.cells.insert(2, markdown("later", "The loss falls slowly later on.")))
    sync()
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    tmp_book.translate("ko", "loss/later", "천천히")
    apart = tmp_book.files()
    tmp_book.reword("loss", "what-falls", FALLS, f"{FALLS} The loss falls slowly later on.")
    tmp_book.edit("loss", lambda page: page.cells.pop(2))
    sync()
    entry = tmp_book.entry("ko", "loss/what-falls")
    kept = {(entry.previous_msgid, entry.msgstr)} | {(english, said) for _, english, said in obsolete(tmp_book, "loss")}
    assert kept == {(FALLS, "줄어듭니다"), ("The loss falls slowly later on.", "천천히")}
    for name in ("notebooks/loss.ipynb",):
        (tmp_book.root / name).write_bytes(apart[name])
    sync()
    assert tmp_book.files() == apart, "taken apart again, all is as it was"


@pytest.mark.parametrize("kind", ["raw", "code"])
def test_a_cell_of_another_type_keeps_its_translations_for_its_return(tmp_book: Book, kind: str) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    tmp_book.translate("ko", "loss/plot", "손실을 그립니다.", "Draw the loss.")
    before, page = tmp_book.files(), tmp_book.page("loss")

    def retype(page: NotebookNode) -> None:
        make = new_raw_cell if kind == "raw" else new_code_cell
        page.cells[1] = make("# What it is\nlosses = []" if kind == "code" else FALLS, id="what-falls")
        page.cells[2] = markdown("plot", "Draw the loss.")

    tmp_book.edit("loss", retype)
    sync()
    assert ("loss/what-falls", FALLS, "줄어듭니다") in obsolete(tmp_book, "loss")
    assert tmp_book.entry("ko", "loss/plot").msgstr == "손실을 그립니다.", "the same text in the same cell"
    write_atomic(tmp_book.project.notebook("loss"), ipynb.dumps(page))
    sync()
    assert tmp_book.files() == before


def test_a_renamed_page_keeps_everything_under_its_new_name(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    tmp_book.translate("ko", "loss/plot", "손실을 그립니다.", "Draw the loss.")
    tmp_book.reword("loss", "plot", "Draw the loss.", "Draw all.")
    sync()
    header = change_header(tmp_book, "loss")
    before = {(e.msgid, e.msgstr, e.fuzzy, e.obsolete) for e in tmp_book.po("ko", "loss")}
    rename_page(tmp_book, "loss", "losses")
    printed = sync(capsys)
    assert not tmp_book.project.catalog(Language("ko"), "loss").exists()
    assert "wrote translations/ko/losses.po\n" in printed
    assert "removed translations/ko/loss.po\n" in printed
    made = tmp_book.po("ko", "losses")
    assert {(e.msgid, e.msgstr, e.fuzzy, e.obsolete) for e in made} == before
    assert all(e.msgctxt.startswith("losses/") for e in made if not e.obsolete)
    assert (made.metadata["X-Reviewed-By"], made.metadata["Last-Translator"], made.header) == header


def change_header(tmp_book: Book, page: str) -> tuple[str, str, str]:
    path = tmp_book.project.catalog(Language("ko"), page)
    made = tmp_book.po("ko", page)
    made.metadata |= {"X-Reviewed-By": "A reviewer", "Last-Translator": "A translator"}
    made.header += "\nAsk the reviewer first."
    path.write_text(catalog.dumps(made), encoding="utf-8")
    return "A reviewer", "A translator", made.header


def test_a_renamed_page_with_changed_cells_keeps_everything(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    tmp_book.translate("ko", "loss/title", "손실")
    rename_page(tmp_book, "loss", "losses")
    tmp_book.reword("losses", "what-falls", "falls.", "drops.")
    sync()
    entry = tmp_book.entry("ko", "losses/what-falls")
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("줄어듭니다", True, FALLS)
    assert tmp_book.entry("ko", "losses/title").msgstr == "손실"


def test_a_page_joined_to_another_leaves_it_its_credits(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    change_header(tmp_book, "loss")
    cells = tmp_book.page("loss").cells[1:]
    tmp_book.edit("index", lambda page: page.cells.extend(cells))
    remove_page(tmp_book, "loss")
    sync()
    assert tmp_book.entry("ko", "index/what-falls").msgstr == "줄어듭니다"
    assert not tmp_book.project.catalog(Language("ko"), "loss").exists()
    made = tmp_book.po("ko", "index")
    assert made.metadata["X-Reviewed-By"] == "", "nobody has reviewed this page"
    for line in ("X-Reviewed-By: A reviewer", "Last-Translator: A translator", "Ask the reviewer first."):
        assert f"loss.po: {line}" in made.header.splitlines()


@pytest.mark.parametrize("name", ["aaa", "zzz"])
@pytest.mark.parametrize("heir", ["index", "loss", "new"])
def test_the_header_of_a_removed_page_reaches_its_heir_whichever_name_is_first(
    tmp_book: Book, name: str, heir: str
) -> None:
    write_page(tmp_book.root, name, [markdown("title", f"# {name}"), markdown("part", "A part of it.")])
    toc = tmp_book.root / "_toc.yml"
    toc.write_text(toc.read_text() + f"- file: notebooks/{name}\n")
    sync()
    tmp_book.translate("ko", f"{name}/part", "일부")
    change_header(tmp_book, name)
    remove_page(tmp_book, name)
    if heir == "new":
        rename_page(tmp_book, "loss", heir)
    tmp_book.edit(heir, lambda page: page.cells.append(markdown("part", "A part of it.")))
    sync()
    assert tmp_book.entry("ko", f"{heir}/part").msgstr == "일부"
    lines = tmp_book.po("ko", heir).header.splitlines()
    for line in ("X-Reviewed-By: A reviewer", "Last-Translator: A translator", "Ask the reviewer first."):
        assert f"{name}.po: {line}" in lines


@pytest.mark.parametrize("first", ["aaa", "zzz"])
def test_of_two_pages_that_become_one_the_smaller_leaves_its_credits(tmp_book: Book, first: str) -> None:
    change_header(tmp_book, "loss")
    write_page(tmp_book.root, first, [markdown("title", f"# {first}"), markdown("part", "A part of it.")])
    toc = tmp_book.root / "_toc.yml"
    toc.write_text(toc.read_text() + f"- file: notebooks/{first}\n")
    sync()
    path = tmp_book.project.catalog(Language("ko"), first)
    path.write_text(path.read_text(encoding="utf-8").replace('-By: \\n"', '-By: Another\\n"'), encoding="utf-8")
    for context in (f"{first}/title", f"{first}/part", "loss/title", "loss/what-falls"):
        tmp_book.translate("ko", context, context)
    cells = tmp_book.page("loss").cells + tmp_book.page(first).cells[1:]
    remove_page(tmp_book, first)
    rename_page(tmp_book, "loss", "both")
    tmp_book.edit("both", lambda page: page.update(cells=cells))
    sync()
    made = tmp_book.po("ko", "both")
    assert made.metadata["X-Reviewed-By"] == "A reviewer"
    if not tmp_book.project.catalog(Language("ko"), first).exists():
        assert f"{first}.po: X-Reviewed-By: Another" in made.header.splitlines()
    else:
        assert tmp_book.po("ko", first).metadata["X-Reviewed-By"] == "Another"


def remove_page(tmp_book: Book, name: str) -> None:
    tmp_book.project.notebook(name).unlink()
    toc = tmp_book.root / "_toc.yml"
    toc.write_text(toc.read_text().replace(f"- file: notebooks/{name}\n", "").removesuffix("chapters:\n"))


def test_a_removed_page_keeps_its_translations_for_its_return(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    kept, toc, before = tmp_book.page("loss"), (tmp_book.root / "_toc.yml").read_text(), tmp_book.files()
    remove_page(tmp_book, "loss")
    sync()
    assert [e for e in tmp_book.po("ko", "loss") if not e.obsolete] == []
    assert obsolete(tmp_book, "loss") == [("loss/what-falls", FALLS, "줄어듭니다")]
    assert not tmp_book.project.catalog(Language("ar"), "loss").exists(), "nothing was translated"
    write_atomic(tmp_book.project.notebook("loss"), ipynb.dumps(kept))
    (tmp_book.root / "_toc.yml").write_text(toc)
    sync()
    assert tmp_book.files()["translations/ko/loss.po"] == before["translations/ko/loss.po"]


def test_a_removed_page_is_no_new_pages_former_name(tmp_book: Book) -> None:
    """One comment that two pages share makes neither the other, nor its reviewer a reviewer of the other."""
    tmp_book.translate("ko", "loss/plot", "손실을 그립니다.", "Draw the loss.")
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    change_header(tmp_book, "loss")
    write_page(
        tmp_book.root, "gain", [markdown("title", "# Gain"), new_code_cell("# Draw the loss.\nx = 1", id="plot")]
    )
    (tmp_book.root / "_toc.yml").write_text((tmp_book.root / "_toc.yml").read_text().replace("/loss", "/gain"))
    tmp_book.project.notebook("loss").unlink()
    sync()
    assert tmp_book.po("ko", "gain").metadata["X-Reviewed-By"] == ""
    assert tmp_book.po("ko", "loss").metadata["X-Reviewed-By"] == "A reviewer"
    assert obsolete(tmp_book, "loss") == [("loss/what-falls", FALLS, "줄어듭니다")]


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
    made = [
        *tmp_book.po("ko", "losses"),
        *tmp_book.po("ko", "loss"),
    ]  # untranslated texts do not show that it is renamed
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
    doubt(tmp_book, "loss/what-falls")
    tmp_book.reword("loss", "what-falls", "drops.", "falls.")
    sync()
    entry = tmp_book.entry("ko", "loss/what-falls")
    assert (entry.msgstr, entry.fuzzy) == ("떨어집니다", True)


def test_a_cell_that_was_rewritten_deleted_and_restored_has_its_outdated_translation_again(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    tmp_book.reword("loss", "what-falls", FALLS, "Nothing in common.")
    sync()
    kept, before = tmp_book.page("loss"), tmp_book.files()
    assert tmp_book.entry("ko", "loss/what-falls").fuzzy
    tmp_book.edit("loss", lambda page: page.cells.pop(1))
    sync()
    assert obsolete(tmp_book, "loss") == [("loss/what-falls", FALLS, "줄어듭니다")]
    write_atomic(tmp_book.project.notebook("loss"), ipynb.dumps(kept))
    sync()
    assert tmp_book.files() == before


def test_a_file_that_has_lost_its_header_gets_one(tmp_book: Book) -> None:
    path = tmp_book.project.catalog(Language("ko"), "loss")
    text = path.read_text(encoding="utf-8")
    path.write_text(text[text.index("#. ") :], encoding="utf-8")
    assert tmp_book.po("ko", "loss").metadata == {}
    sync()
    assert tmp_book.po("ko", "loss").metadata["Language"] == "ko"


def test_a_broken_po_file_stops_sync_before_anything_is_written(
    tmp_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_book.reword("loss", "what-falls", "falls.", "drops.")
    broken = tmp_book.project.catalog(Language("ko"), "loss")
    broken.write_text('msgid "no end\n', encoding="utf-8")
    before = tmp_book.files()
    assert main(["sync"]) == 2
    assert tmp_book.files() == before
    assert capsys.readouterr().err.startswith(f"{broken}:1: ")


WORDS = st.sampled_from(["falls", "drops", "sinks slowly", "rises", "stays"])
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("reword"), WORDS),
        st.tuples(st.just("remove"), st.just("")),
        st.tuples(st.just("add"), WORDS),
        st.tuples(st.just("translate"), WORDS),
        st.tuples(st.just("comment"), WORDS),
    ),
    max_size=8,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(edits=EDITS)
def test_no_history_of_edits_loses_a_translation(tmp_book: Book, edits: list[tuple[str, str]]) -> None:
    start = tmp_book.files()
    given_translations: set[str] = set()
    try:
        for number, (kind, word) in enumerate(edits):
            apply(tmp_book, kind, word, number, given_translations)
            assert main(["sync"]) == 0
            after = tmp_book.files()
            assert main(["sync"]) == 0
            assert tmp_book.files() == after, "a second sync changed something"
            assert given_translations <= texts_of_entries(tmp_book, "ko", "loss")
    finally:
        for name, data in start.items():
            (tmp_book.root / name).write_bytes(data)


def apply(tmp_book: Book, kind: str, word: str, number: int, said: set[str]) -> None:
    """One edit of the source, or one translation of whatever is untranslated."""

    def reword(page: NotebookNode) -> None:
        for cell in page.cells[1:-1]:
            cell.source = f"## What {word}\n\nThe loss {word}."

    def comment(page: NotebookNode) -> None:
        page.cells[-1].source = PLOT.replace("Draw the loss.", f"Draw what {word}.")

    def remove(page: NotebookNode) -> None:
        del page.cells[1 : min(2, len(page.cells) - 1)]

    def add(page: NotebookNode) -> None:
        page.cells.insert(1, markdown(f"cell-{number}", f"It {word}, {number}."))

    if kind == "translate":
        empty = next((e for e in tmp_book.po("ko", "loss") if not e.msgstr and not e.obsolete), None)
        if empty is not None:
            said.add(f"번역 {number}")
            tmp_book.translate("ko", empty.msgctxt, f"번역 {number}", empty.msgid)
    else:
        tmp_book.edit("loss", {"reword": reword, "comment": comment, "remove": remove, "add": add}[kind])


def test_the_order_of_pages_does_not_matter(tmp_book: Book) -> None:
    """Two new cells want one translation, whose own cell is gone: the same one gets it, whichever page comes first."""
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    new = [Text("gain/what-sinks", FALLS, PROSE), Text("index/what-sinks", FALLS, PROSE)]
    texts = {text.context.split("/")[0]: [text] for text in new}
    made = []
    for pages in (texts, dict(reversed(texts.items()))):
        catalogs = plan(tmp_book.project, Language("ko"), pages).catalogs
        made.append({page: catalog.content(each) for page, each in catalogs.items()})
    assert made[0] == made[1]
    assert [entry[3] for entries in made[0].values() for entry in entries if entry[3]] == ["줄어듭니다"]


def test_the_order_of_languages_does_not_matter(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    rename_page(tmp_book, "loss", "losses")
    before = tmp_book.files()
    assert main(["sync", "ko", "ar"]) == 0
    after = tmp_book.files()
    for name in after.keys() - before.keys():
        (tmp_book.root / name).unlink()
    for name, data in before.items():
        (tmp_book.root / name).write_bytes(data)
    assert main(["sync", "ar"]) == 0
    assert main(["sync", "ko"]) == 0
    assert tmp_book.files().keys() == after.keys()
    assert all(tmp_book.files()[name] == after[name] for name in after if "/ko/" in name)
