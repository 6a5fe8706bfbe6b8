"""Pages that were renamed: their former addresses lead on, in every language."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from book.cli import main
from tests.cases.books import Case
from tests.cases.test_settings import set_up

FORMER = "notebooks/former.html"


def test_a_former_address_leads_on_in_the_readers_language(case: Case) -> None:
    set_up(case.book, "book:", "  moved: {notebooks/former: notebooks/case, old/place.ipynb: notebooks/case}")
    case.write(("body", "Words."))
    case.translate("title", ("A case", "حالة"), language="ar")
    assert case.check() == case.build("en", "ar") == []
    site = case.book.root / "_build" / "html"
    for language, direction, name in (("en", "ltr", "A case"), ("ar", "rtl", "حالة")):
        page = BeautifulSoup((site / language / FORMER).read_text(encoding="utf-8"), "html.parser")
        root, link = page.select("html")[0], page.select("main a")[0]
        assert (root["lang"], root["dir"], link.get_text()) == (language, direction, name)
        assert page.select("meta[http-equiv=refresh]")[0]["content"] == "0; url=case.html"
        assert str(page.select("link[rel=canonical]")[0]["href"]).endswith(f"/{language}/notebooks/case.html")
        assert page.select("meta[name=robots]")[0]["content"] == "noindex"
        further = BeautifulSoup((site / language / "old" / "place.html").read_text(encoding="utf-8"), "html.parser")
        assert further.select("main a")[0]["href"] == "../notebooks/case.html"
        beside = site / language / "notebooks"
        assert (beside / "former.ipynb").read_bytes() == (beside / "case.ipynb").read_bytes()
    assert "former" not in (site / "sitemap.xml").read_text()


def test_an_address_that_leads_on_no_more_is_gone(case: Case) -> None:
    settings = case.book.root / "_config.yml"
    before = settings.read_text()
    set_up(case.book, "book:", "  moved: {notebooks/former: notebooks/case}")
    case.write(("body", "Words."))
    case.build("en")
    page = case.book.root / "_build" / "html" / "en" / FORMER
    assert page.exists()
    settings.write_text(before)
    case.build("en")
    assert not page.exists()


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        ("{notebooks/former: notebooks/gone}", "`moved` has `notebooks/gone`, which is no page of `_toc.yml`; correct"),
        ("{notebooks/index: notebooks/case}", "`moved` has `notebooks/index`, which is a page of `_toc.yml`; drop"),
        ("{a/b: a/c, a/c: a/b}", "`moved` has `a/c`, which is no page of `_toc.yml`; name the page that it is today"),
        ("{../former: notebooks/case}", "`moved` has `../former`, which is no path that a page can have"),
        ("{_static/x: notebooks/case}", "`moved` has `_static/x`, which is no path that a page can have"),
        ("[notebooks/former]", "`moved` does not say where pages have moved; write"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_built(case: Case, moved: str, said: str) -> None:
    case.write(("body", "Words."))
    set_up(case.book, "book:", f"  moved: {moved}")
    case.capsys.readouterr()
    assert main(["check"]) > 0
    assert main(["build", "en"]) == 2
    shown = case.capsys.readouterr()
    assert said in shown.err
    assert said in shown.out + shown.err
    assert "_config.yml:" in shown.err
