"""Keeping PO files in line with texts that come, change, go and come back."""

from __future__ import annotations

import pytest

from book.cli import main
from book.files import write_atomic
from book.language.language import Language
from book.notebook import ipynb
from book.notebook.texts import PROSE, Text
from book.po import catalog
from book.po.sync import plan
from tests.po.edits import FALLS, obsolete, rename_cell, rename_page, sync
from tests.small_book import Book


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


def test_a_translators_own_mark_stays_when_a_wording_comes_back(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    tmp_book.doubt("ko", "loss/what-falls")
    before = tmp_book.files()
    for old, new in (("falls.", "drops."), ("drops.", "sinks."), ("sinks.", "falls.")):
        tmp_book.reword("loss", "what-falls", old, new)
        sync()
        entry = tmp_book.entry("ko", "loss/what-falls")
        assert (entry.fuzzy, entry.previous_msgid) == (True, FALLS if new != "falls." else None)
    assert tmp_book.files() == before


def test_a_translators_own_mark_stays_when_an_id_is_given_back(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    tmp_book.doubt("ko", "loss/what-falls")
    before = tmp_book.files()
    for old, new in (("what-falls", "what-sinks"), ("what-sinks", "what-falls")):
        rename_cell(tmp_book, "loss", old, new)
        sync()
    assert tmp_book.files() == before


def test_a_translators_own_mark_stays_with_a_cell_that_changed_went_and_came_back(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    tmp_book.doubt("ko", "loss/what-falls")
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
    tmp_book.doubt("ko", "loss/what-falls")
    tmp_book.reword("loss", "what-falls", "falls.", "drops.")
    sync()
    tmp_book.translate("ko", "loss/what-falls", "떨어집니다")
    for old, new in (("drops.", "sinks."), ("sinks.", "drops.")):
        tmp_book.reword("loss", "what-falls", old, new)
        sync()
    assert not tmp_book.entry("ko", "loss/what-falls").fuzzy


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
