"""The small book as a site, built by the real Sphinx with the real theme."""

from __future__ import annotations

import json
import re
import signal
from multiprocessing import forkserver
from types import SimpleNamespace
from typing import cast

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx.application import Sphinx

from book.cli import main
from book.maths.mathml import mathml
from book.site.handoff import KEY
from book.site.source.notices import word_difference
from book.site.sphinx import pool
from book.site.sphinx_ext.line_breaks import (
    keep_equations_whole,
    keep_formulas_with_words,
    keep_particles_with_brackets,
    keep_words_with_next,
)
from tests.small_book import Book


@pytest.fixture
def built(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> Book:
    """The book in English, Arabic and Korean, where Korean is in part translated, in part out of date."""
    tmp_book.translate("ko", "loss/title", "# 손실\n\n손실은 $L = 0.5$이고 `axis=3`입니다. [처음](index.ipynb)")
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다.")
    tmp_book.translate("ko", "site/copied", "복사함")
    tmp_book.reword("loss", "what-falls", "falls.", "drops fast.")
    capsys.readouterr()
    assert main(["build"]) == 0
    assert capsys.readouterr().err == "", "Sphinx had something to say"
    return tmp_book


def html(tmp_book: Book, path: str) -> str:
    return (tmp_book.root / "_build" / "html" / path).read_text(encoding="utf-8")


def book_line(tmp_book: Book, language: str, context: str) -> int:
    """The line of the PO file at which an entry begins, with its hints."""
    lines = (tmp_book.root / "translations" / language / "loss.po").read_text(encoding="utf-8").splitlines()
    line = lines.index(f'msgctxt "{context}"')
    while lines[line - 1].startswith("#"):
        line -= 1
    return line + 1


def test_the_site_says_what_is_translated_and_what_is_not(built: Book) -> None:
    """One build, many looks: Sphinx takes seconds."""
    korean = html(built, "ko/notebooks/loss.html")
    arabic = html(built, "ar/notebooks/loss.html")

    # Language and direction of the page, and of what is not in its language.
    assert re.search(r'<html dir="ltr" lang="ko"', korean)
    assert re.search(r'<html dir="rtl" lang="ar"', arabic)
    assert re.search(r'<p[^>]* lang="en" dir="ltr">The loss drops fast\.', arabic)
    assert 'class="cell-state in-english"' in arabic
    line = book_line(built, "ar", "loss/what-falls")
    assert (
        f'href="https://github.com/owner/small/blob/main/translations/ar/loss.po?plain=1#L{line}">Translate it'
        in arabic
    )
    assert korean.count('class="cell-state in-english"') == 1, "only the code's comments are in English"

    # An outdated cell shows its translation, and the English then and now.
    assert "손실이 줄어듭니다." in korean
    assert "<del>falls.</del>" in korean
    assert "<ins>drops fast.</ins>" in korean
    assert 'class="cell-state draft"' in korean

    # Cells are anchors in every language.
    assert 'id="what-falls"' in korean
    assert 'id="what-falls"' in arabic

    # Formulas are MathML, links lead to pages, and no other host is asked for anything.
    assert '<math dir="ltr"' in korean
    assert re.search(r'<a class="reference internal" href="index.html">.*?처음', korean)
    loaded = re.findall(r'<(?:script|img|link rel="stylesheet")[^>]*(?:src|href)="(https?:[^"]*)', korean)
    assert loaded == []

    # The notebook lies beside the page, and what scripts say is in its language.
    notebook = json.loads(html(built, "ko/notebooks/loss.ipynb"))
    assert [cell["id"] for cell in notebook["cells"]] == ["title", "what-falls", "plot", "previous-and-next"]
    assert 'data-copied="복사함"' in korean

    # hreflang names the languages in which the page can really be read.
    assert 'hreflang="ko" href="https://owner.github.io/small/ko/notebooks/loss.html"' in korean
    assert '<link rel="alternate" hreflang="ar"' not in korean
    assert '<link rel="alternate" hreflang="x-default"' in korean

    # The entrance lists every language.
    entrance = html(built, "index.html")
    assert all(f'href="{code}/notebooks/index.html"' in entrance for code in ("en", "ko", "ar"))

    # A second build of one language leaves the others.
    assert main(["build", "ko"]) == 0
    assert html(built, "ar/notebooks/loss.html") == arabic


def test_ctrl_c_is_for_the_build_to_answer_and_not_for_the_server_that_imports_sphinx(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blocked: list[set[int]] = []

    def start() -> None:
        blocked.append(set(signal.pthread_sigmask(signal.SIG_BLOCK, [])))

    monkeypatch.setattr(forkserver, "ensure_running", start)
    pool.warm_up()
    start()
    assert [signal.SIGINT in each for each in blocked] == [True, False]


def test_words_of_one_letter_stay_with_the_next_word() -> None:
    words = nodes.paragraph("", "", nodes.Text("W tym i\nw każdym razie: a, z "), nodes.literal("", "w x"))
    document = new_document("page")
    document += words
    for letters, said in (
        ("", "W tym i\nw każdym razie: a, z w x"),
        ("aiwz", "W\u00a0tym i\u00a0w\u00a0każdym razie: a, z\u00a0w x"),
    ):
        app = SimpleNamespace(config={KEY: SimpleNamespace(keep_with_next=letters)})
        keep_words_with_next(cast(Sphinx, app), document)
        assert words.astext() == said


def test_what_is_written_onto_a_formula_or_short_code_stays_with_it() -> None:
    words = nodes.paragraph("", "", nodes.math("", "v"), nodes.Text("가 크면 z\u00a0"), nodes.math("", "b"))
    words += [
        nodes.Text(". "),
        nodes.literal("", "x" * 40),
        nodes.Text("에 "),
        nodes.literal("", "site.po"),
        nodes.Text("에"),
    ]
    document = new_document("page")
    document += words
    before = words.astext()
    keep_formulas_with_words(cast(Sphinx, None), document)
    assert [each.astext() for each in words.findall(nodes.inline)] == ["v가", "z\u00a0b.", "site.po에"]
    assert words.astext() == before


def test_a_particle_stays_with_its_bracket_and_an_equation_whole() -> None:
    words = nodes.paragraph("", "", nodes.Text("정규화(batch norm)는 γ = 1 과 (β = 0.5)에서, “값”은 끝(end)."))
    document = new_document("page")
    document += words
    keep_equations_whole(cast(Sphinx, None), document)
    keep_particles_with_brackets(cast(Sphinx, None), document)
    assert [each.astext() for each in words.findall(nodes.inline)] == [")는", ")에서,", "”은"]
    assert words.astext() == "정규화(batch norm)는 γ\u00a0=\u00a01 과 (β\u00a0=\u00a00.5)에서, “값”은 끝(end)."


def test_a_formula_is_left_to_right_in_every_language() -> None:
    made = mathml(r"\frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}}", "block")
    assert made.startswith('<math dir="ltr"')
    assert "<mfrac>" in made
    assert "<msqrt>" in made


def test_a_difference_marks_words_and_escapes_them() -> None:
    then, now = word_difference("a <b> falls", "a <b> drops now")
    assert then == "a &lt;b&gt; <del>falls</del>"
    assert now == "a &lt;b&gt; <ins>drops now</ins>"
    assert word_difference("", "a <b> falls") == ("", "a &lt;b&gt; falls"), "no text of before, nothing to mark"
