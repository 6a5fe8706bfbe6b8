"""Keeping PO files in line with pages that are renamed, joined and removed, and who is named in their headers."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell

from book.files import write_atomic
from book.language.language import Language
from book.notebook import ipynb
from tests.po.edits import FALLS, change_header, obsolete, remove_page, rename_page, sync
from tests.small_book import Book, markdown, write_page


def test_a_renamed_page_keeps_everything_under_its_new_name(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_book.translate("ko", "loss/what-falls", "줄어듭니다")
    tmp_book.translate("ko", "loss/plot", "손실을 그립니다.", "Draw the loss.")
    tmp_book.reword("loss", "plot", "Draw the loss.", "Draw all.")
    sync()
    header = change_header(tmp_book, "loss")
    before = {(e.msgid, e.msgstr, e.fuzzy, e.obsolete) for e in tmp_book.po("ko", "loss")}
    rename_page(tmp_book, "loss", "losses")
    capsys.readouterr()
    sync()
    printed = capsys.readouterr().out
    assert not tmp_book.project.catalog(Language("ko"), "loss").exists()
    assert "wrote translations/ko/losses.po\n" in printed
    assert "removed translations/ko/loss.po\n" in printed
    made = tmp_book.po("ko", "losses")
    assert {(e.msgid, e.msgstr, e.fuzzy, e.obsolete) for e in made} == before
    assert all(e.msgctxt.startswith("losses/") for e in made if not e.obsolete)
    assert (made.metadata["X-Reviewed-By"], made.metadata["Last-Translator"], made.header) == header


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


@pytest.mark.parametrize("smaller", ["aaa", "zzz"])
@pytest.mark.parametrize("title_is_translated", [False, True])
def test_of_two_pages_that_become_one_the_smaller_leaves_its_credits_or_keeps_its_file(
    tmp_book: Book, smaller: str, title_is_translated: bool
) -> None:
    """Its title is on no page any more: where that was translated, the file stays for it, and so does the header."""
    change_header(tmp_book, "loss")
    write_page(tmp_book.root, smaller, [markdown("title", f"# {smaller}"), markdown("part", "A part of it.")])
    toc = tmp_book.root / "_toc.yml"
    toc.write_text(toc.read_text() + f"- file: notebooks/{smaller}\n")
    sync()
    path = tmp_book.project.catalog(Language("ko"), smaller)
    path.write_text(path.read_text(encoding="utf-8").replace('-By: \\n"', '-By: Another\\n"'), encoding="utf-8")
    titles = [f"{smaller}/title"] if title_is_translated else []
    for context in (f"{smaller}/part", "loss/title", "loss/what-falls", *titles):
        tmp_book.translate("ko", context, context)
    cells = tmp_book.page("loss").cells + tmp_book.page(smaller).cells[1:]
    remove_page(tmp_book, smaller)
    rename_page(tmp_book, "loss", "both")
    tmp_book.edit("both", lambda page: page.update(cells=cells))
    sync()
    made = tmp_book.po("ko", "both")
    assert made.metadata["X-Reviewed-By"] == "A reviewer"
    assert path.exists() is title_is_translated
    if title_is_translated:
        assert tmp_book.po("ko", smaller).metadata["X-Reviewed-By"] == "Another"
    assert (f"{smaller}.po: X-Reviewed-By: Another" in made.header.splitlines()) is not title_is_translated


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
