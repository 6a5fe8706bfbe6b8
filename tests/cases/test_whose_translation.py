"""What readers are told of a translation: whose it is, and whether its translators are sure of it."""

from __future__ import annotations

import re

import pytest

from book.cli import main
from book.interface import english_interface
from book.language.language import Language
from book.po import catalog
from book.project import Project
from tests import ROOT
from tests.small_book import Book

SAY = english_interface(Project(ROOT).source)
DRAFT, NOT_REVIEWED, REVIEWED = SAY["machine-draft"], SAY["not-reviewed"], SAY["reviewed-by"]
TRANSLATED = SAY["translated-by"]
UNTRANSLATED, OUTDATED, DOUBTED = SAY["cell-untranslated"], SAY["cell-outdated"], SAY["cell-doubted"]
WHOSE = {DRAFT, NOT_REVIEWED, REVIEWED}


def head(tmp_book: Book, language: str, page: str, **fields: str) -> None:
    """Put fields in the header of a PO file, or drop those that are empty."""
    path = tmp_book.project.catalog(Language(language), page)
    made = catalog.load(path)
    for name, value in fields.items():
        made.metadata[name.replace("_", "-")] = value
    path.write_text(catalog.dumps(made), encoding="utf-8")


def pages(tmp_book: Book, *names: str) -> list[str]:
    """The Korean pages as they are published, in words."""
    assert main(["build", "en", "ko"]) in (0, 1)
    files = [tmp_book.project.html / "ko" / "notebooks" / f"{name}.html" for name in names]
    return [" ".join(re.sub("<[^>]+>", " ", path.read_text(encoding="utf-8")).split()) for path in files]


def said(page: str, *sentences: str) -> list[str]:
    return [sentence for sentence in sentences if sentence in page]


def translate(tmp_book: Book) -> None:
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다.")


def test_a_page_without_a_translation_is_no_draft(tmp_book: Book) -> None:
    """The other page has one, which nobody has touched since `sync` made its file."""
    translate(tmp_book)
    index, loss = pages(tmp_book, "index", "loss")
    assert said(index, *WHOSE) == []
    assert index.count(UNTRANSLATED) == 2  # above its only cell, and at its foot
    assert said(loss, *WHOSE) == [DRAFT]


@pytest.mark.parametrize(
    ("translator", "told"),
    [
        ("Kim <kim@example.org>", NOT_REVIEWED),
        ("", NOT_REVIEWED),
        ("FULL NAME <EMAIL@ADDRESS>", NOT_REVIEWED),
        ("Machine draft, no reviewer yet", DRAFT),
        ("machine translation, then nobody", DRAFT),
    ],
)
def test_a_page_says_whose_translation_it_is(tmp_book: Book, translator: str, told: str) -> None:
    translate(tmp_book)
    head(tmp_book, "ko", "loss", Last_Translator=translator)
    (loss,) = pages(tmp_book, "loss")
    assert said(loss, *WHOSE) == [told]
    assert loss.count(told) == 2  # under its title and at its foot


def test_translations_that_people_bring_along_are_no_drafts(tmp_book: Book) -> None:
    """A PO file from elsewhere need not name anybody."""
    translate(tmp_book)
    path = tmp_book.project.catalog(Language("ko"), "loss")
    header, _, rest = path.read_text(encoding="utf-8").partition("\n\n")
    kept = [line for line in header.split("\n") if "Last-Translator" not in line and "X-Reviewed" not in line]
    path.write_text("\n".join(kept) + "\n\n" + rest, encoding="utf-8")
    assert main(["sync"]) == 0
    (loss,) = pages(tmp_book, "loss")
    assert said(loss, *WHOSE) == [NOT_REVIEWED]


def test_a_reviewed_page_names_who_reviewed_it(tmp_book: Book) -> None:
    translate(tmp_book)
    head(tmp_book, "ko", "loss", X_Reviewed_By="Kim, Lee")
    (loss,) = pages(tmp_book, "loss")
    assert said(loss, *WHOSE) == [REVIEWED]
    assert "Kim, Lee" in loss


@pytest.mark.parametrize(
    ("translator", "name"),
    [
        ("Kim Min <kim@example.org>", "Kim Min"),
        ("Kim & Söhne <b>", "Kim &amp; Söhne"),
        ("kim@example.org", ""),
        ("<kim@example.org>", ""),
        ("FULL NAME <EMAIL@ADDRESS>", ""),
        ("Automatically generated", ""),
        ("", ""),
    ],
)
@pytest.mark.parametrize("reviewer", ["", "Lee"])
def test_a_page_credits_who_translated_it_without_an_address(
    tmp_book: Book, translator: str, name: str, reviewer: str
) -> None:
    translate(tmp_book)
    head(tmp_book, "ko", "loss", Last_Translator=translator, X_Reviewed_By=reviewer)
    (loss,) = pages(tmp_book, "loss")
    assert "example.org" not in loss
    told = f"{REVIEWED} Lee" if reviewer else NOT_REVIEWED
    assert (f"{TRANSLATED} {name} · {told}" in loss) is bool(name)
    assert (TRANSLATED in loss) is bool(name)


def test_a_machine_is_not_credited(tmp_book: Book) -> None:
    translate(tmp_book)
    head(tmp_book, "ko", "loss", X_Reviewed_By="Lee")
    (loss,) = pages(tmp_book, "loss")
    assert said(loss, TRANSLATED, REVIEWED) == [REVIEWED]


def mark(tmp_book: Book, previous: str = "") -> None:
    path = tmp_book.project.catalog(Language("ko"), "loss")
    made = catalog.load(path)
    entry = next(e for e in made if e.msgctxt == "loss/what-falls")
    entry.flags.append("fuzzy")
    entry.previous_msgid = previous or None
    path.write_text(catalog.dumps(made), encoding="utf-8")


def test_a_mark_of_doubt_is_no_change_of_the_english(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    translate(tmp_book)
    mark(tmp_book)
    (loss,) = pages(tmp_book, "loss")
    assert said(loss, OUTDATED, DOUBTED) == [DOUBTED]
    assert "손실이 줄어듭니다." in loss
    assert main(["localize", "ko"]) == 0
    made = (tmp_book.project.build / "notebooks" / "ko" / "loss.ipynb").read_text(encoding="utf-8")
    assert said(made, OUTDATED, DOUBTED) == [DOUBTED]
    capsys.readouterr()
    assert main(["status", "--json"]) == 0
    assert '"doubted": 1' in capsys.readouterr().out


def test_a_mark_with_another_english_is_a_change_of_it(tmp_book: Book) -> None:
    translate(tmp_book)
    mark(tmp_book, "## What drops\n\nThe loss drops.")
    assert said(pages(tmp_book, "loss")[0], OUTDATED, DOUBTED) == [OUTDATED]


def test_a_doubtful_translation_whose_english_changes_is_out_of_date(tmp_book: Book) -> None:
    translate(tmp_book)
    mark(tmp_book)
    tmp_book.reword("loss", "what-falls", "falls.", "falls fast.")
    assert main(["sync"]) == 0
    assert said(pages(tmp_book, "loss")[0], OUTDATED, DOUBTED) == [OUTDATED]


FALLS, SHRINKS = "## 감소\n\n손실.", "## 줄기\n\n손실."
MERGED = {
    "msgcat": f"#-#-#-#-#  a.po (book)  #-#-#-#-#\n{FALLS}\n#-#-#-#-#  b.po (book)  #-#-#-#-#\n{SHRINKS}",
    "msgcat without a name": f"#-#-#-#-#  a.po  #-#-#-#-#\n{FALLS}\n#-#-#-#-#  b.po  #-#-#-#-#\n{SHRINKS}",
    "git": f"<<<<<<< HEAD\n{FALLS}\n=======\n{SHRINKS}\n>>>>>>> theirs",
    "git diff3": "## 감소\n\n<<<<<<< ours\n손실.\n||||||| base\n손.\n=======\n실.\n>>>>>>> theirs",
    "git, indented": "## 감소\n\n  <<<<<<< ours\n  손실.\n  =======\n  실.\n  >>>>>>> theirs",
    "nbdime": '## 감소\n\n<span style="color:red">**<<<<<<< local**</span>\n\n손실.',
    "nbdime, within a cell": "## 감소\n\n**<<<<<<< local**\n\n손실.\n\n**>>>>>>> remote**",
}


@pytest.mark.parametrize("text", MERGED.values(), ids=MERGED)
@pytest.mark.parametrize("doubted", [False, True], ids=["", "fuzzy"])
def test_marks_of_a_merge_are_findings_and_never_published(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], text: str, doubted: bool
) -> None:
    tmp_book.translate("ko", "loss/title", "# 손실\n\n손실은 $L = 0.5$ 이고 `axis=3`, [시작](index.ipynb).")
    tmp_book.translate("ko", "loss/what-falls", text)
    if doubted:
        mark(tmp_book)
    capsys.readouterr()
    assert main(["check"]) == 1
    assert "(conflict)" in capsys.readouterr().out
    (loss,) = pages(tmp_book, "loss")
    assert "손실은" in loss
    assert not any(sign in loss for sign in ("#-#", "&lt;&lt;&lt;", "&gt;&gt;&gt;", "====", "줄기"))


def test_marks_of_a_merge_in_a_lesson_are_findings(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_book.reword("loss", "what-falls", "The loss falls.", "<<<<<<< local\n\nThe loss falls.\n\n>>>>>>> remote")
    capsys.readouterr()
    assert main(["check"]) == 1
    assert "(conflict)" in capsys.readouterr().out
