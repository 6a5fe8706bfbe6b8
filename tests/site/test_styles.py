"""The style sheet is reduced to what pages can use, and to nothing less."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.site.theme import stylesheet

NAMES = {"p", "table", "card", "open", "main-content"}


@pytest.mark.parametrize(
    "rule",
    [
        "p{color:red}",
        ".card p:hover::before{color:red}",
        "#main-content>.card{color:red}",
        "p:not(.unknown){color:red}",
        '[data-theme="dark"] p{color:red}',
        "[unknown],.card{color:red}",
        ":is(.unknown,.card) p{color:red}",
        ":root{color:red}",
        "@media print{.card{color:red}}",
        "@page{margin:1cm}",
        "p:nth-child(odd){color:red}",
        ".card.open{color:red!important}",
    ],
)
def test_a_rule_that_can_match_stays(rule: str) -> None:
    assert stylesheet.reduced(rule, NAMES) == rule


@pytest.mark.parametrize(
    "rule",
    [
        "li{color:red}",
        ".card .unknown{color:red}",
        "#unknown p{color:red}",
        ":is(.unknown,#other) p{color:red}",
        "@media print{.unknown{color:red}}",
        ".card.unknown:hover{color:red}",
        "@font-face{font-family:Icons;src:url(vendor/fontawesome/icons.woff2)}",
        '@charset "UTF-8";',
    ],
)
def test_a_rule_that_matches_nothing_goes(rule: str) -> None:
    assert stylesheet.reduced(rule, NAMES) == ""


def test_of_a_list_of_selectors_the_possible_ones_stay() -> None:
    assert stylesheet.reduced(".unknown,p,.card li{color:red}", NAMES) == "p{color:red}"


def test_custom_properties_stay_while_a_value_leads_to_them() -> None:
    sheet = ":root{--a:var(--b);--b:red;--c:var(--d);--d:blue}p{color:var(--a)}.unknown{color:var(--c)}"
    assert stylesheet.reduced(sheet, NAMES) == ":root{--a:var(--b);--b:red}\np{color:var(--a)}"


def test_animations_stay_while_a_rule_names_them() -> None:
    sheet = "@keyframes fade{from{opacity:0}}@keyframes spin{to{rotate:1turn}}p{animation:fade 1s}"
    assert stylesheet.reduced(sheet, NAMES) == "@keyframes fade{from{opacity:0}}\np{animation:fade 1s}"


@given(st.sets(st.sampled_from(["p", "li", "card", "open"])), st.permutations(["p", "li", ".card", ".open", "p.card"]))
def test_more_names_never_lose_a_rule_and_reducing_twice_is_reducing_once(names: set[str], heads: list[str]) -> None:
    sheet = "".join(f"{head}{{color:red}}" for head in heads)
    once = stylesheet.reduced(sheet, names)
    assert stylesheet.reduced(once, names) == once
    assert set(once.split("\n")) - {""} <= set(stylesheet.reduced(sheet, names | {"p"}).split("\n"))


def test_the_sheet_is_made_anew_only_when_a_page_asks_for_more(tmp_path: Path) -> None:
    built = tmp_path / "en" / "_static"
    (built / "styles").mkdir(parents=True)
    (built / "styles" / "pydata-sphinx-theme.css").write_text(".note{color:red}.grid{color:blue}")
    page = tmp_path / "en" / "page.html"
    page.write_text('<p class="note">')
    stylesheet.write_assets(tmp_path, built)
    target = tmp_path / stylesheet.NAME
    first, stamp = target.read_text(), target.stat().st_mtime_ns
    assert ".note{" in first
    assert ".grid{" not in first
    page.write_text('<p class="note other-class">')
    stylesheet.write_assets(tmp_path, built)
    assert target.stat().st_mtime_ns == stamp
    page.write_text('<p class="note"><div class="grid">')
    stylesheet.write_assets(tmp_path, built)
    assert ".grid{" in target.read_text()


def test_the_icons_of_nested_lists_of_pages_are_drawn() -> None:
    """Our own pages are in one list; those of other books open and close."""
    theme = find_spec("pydata_sphinx_theme.toctree")
    assert theme
    assert theme.origin
    names = set(re.findall(r"fa-solid (fa-[\w-]+)", Path(theme.origin).read_text(encoding="utf-8")))
    css = (Path(stylesheet.__file__).parent / "static" / "book.css").read_text(encoding="utf-8")
    assert names
    assert all(f".{name} {{ --icon: url(" in css for name in names)
