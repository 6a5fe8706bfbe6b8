"""The small programs of the workflows: which pages read otherwise, which links to other sites lead nowhere."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

from tests import ROOT

PAGES = runpy.run_path(str(ROOT / ".ci" / "changed_pages.py"))
LINKS = runpy.run_path(str(ROOT / ".ci" / "outside_links.py"))


def site(folder: Path, pages: dict[str, str], frame: str = "menu") -> Path:
    for name, text in pages.items():
        language, page = name.split("/")
        path = folder / language / "notebooks" / f"{page}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<nav>{frame}</nav><article class='bd-article'>{text}</article>", encoding="utf-8")
    return folder


def listed(capsys: pytest.CaptureFixture[str], *folders: Path) -> tuple[int, str]:
    status = PAGES["main"]([str(each) for each in folders])
    return status, capsys.readouterr().out


def test_changed_pages_are_listed_by_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = site(
        tmp_path / "a", {"en/loss": "one", "ko/loss": "하나", "ko/index": "차례", "ko/old": "x", "pl/loss": "raz"}
    )
    after = site(
        tmp_path / "b", {"en/loss": "one", "ko/loss": "둘", "ko/index": "차례", "ko/new_one": "y", "pl/loss": "dwa"}
    )
    assert listed(capsys, before, after) == (
        0,
        "4 of 5 pages read otherwise than before:\n\n- ko: loss, new\\_one (new), old (gone)\n- pl: loss\n",
    )


def test_a_change_of_the_frame_alone_is_no_change_of_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = (site(tmp_path / frame, {"en/loss": "one"}, frame) for frame in ("old", "new"))
    assert listed(capsys, before, after) == (0, "None of the 1 pages reads otherwise than before.\n")


def test_a_folder_without_pages_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert PAGES["main"]([str(tmp_path / "none"), str(site(tmp_path / "b", {"en/loss": "one"}))]) == 2
    assert capsys.readouterr().err == f"{tmp_path / 'none'} has no pages; build the site first\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see [this](https://a.org/x#part), and <https://b.org>.", {"https://a.org/x", "https://b.org"}),
        ("bare: https://c.org/y. And (https://d.org/z).", {"https://c.org/y", "https://d.org/z"}),
        ("[our own](loss.ipynb) and `code` mailto:x@y.org", set()),
    ],
)
def test_links_to_other_sites_are_found(text: str, found: set[str]) -> None:
    assert LINKS["links"](text) == found


def test_links_are_looked_for_in_the_prose_of_notebooks(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["[a]", "(https://a.org)"]},
        {"cell_type": "code", "source": "url = 'https://code.org'"},
    ]
    (tmp_path / "page.ipynb").write_text(json.dumps({"cells": cells}))
    assert LINKS["links"](LINKS["prose"](tmp_path / "page.ipynb")) == {"https://a.org"}


def test_a_link_is_dead_that_is_so_each_time_it_is_asked() -> None:
    asked = list[str]()

    def ask(link: str) -> str:
        asked.append(link)
        return "404" if link == "gone" or (asked.count(link) == 1 and link == "slow") else ""

    assert LINKS["dead"](["gone", "slow", "there"], ask, 0) == {"gone": "404"}
    assert (asked.count("gone"), asked.count("slow"), asked.count("there")) == (3, 2, 1)


def test_the_project_has_links_to_follow() -> None:
    pages = sorted((ROOT / "notebooks").glob("*.ipynb"))
    assert any(LINKS["links"](LINKS["prose"](page)) for page in pages)
