"""Pages in the folders and under the names that people give them: `_toc.yml` says where they are, and that is kept."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from book.cli import main
from book.project import Project
from tests.cases.books import png
from tests.small_book import Book, markdown, write_page

TOC = """\
format: jb-book
root: Intro
parts:
- caption: First steps
  chapters:
  - file: chapters/01.00-Begin here.ipynb
    sections:
    - file: chapters/deep/C++-and-R
- caption: Further
  chapters:
  - file: other/01.00-Begin here
"""
PAGES = ["Intro", "chapters/01.00-Begin here", "chapters/deep/C++-and-R", "other/01.00-Begin here"]
DEEP = """\
# Deep

[up](../01.00-Begin%20here.ipynb#begin), [home](../../Intro.ipynb), [beside](../../other/01.00-Begin%20here.ipynb)

![a cube](../../pictures/cube.png) and [data](../../pictures/d.csv)"""


@pytest.fixture
def foldered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A book whose pages stand at its root and in folders, two under the same name."""
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    (tmp_path / "_toc.yml").write_text(TOC)
    (tmp_path / "_config.yml").write_text("title: Folders\nrepository:\n  url: https://github.com/owner/folders\n")
    (tmp_path / "translations" / "ko").mkdir(parents=True)
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "cube.png").write_bytes(png())
    (tmp_path / "pictures" / "d.csv").write_text("a,b\n")
    texts = {
        PAGES[0]: "# Intro\n\nGo to [deep](chapters/deep/C++-and-R.ipynb).",
        PAGES[1]: "# Begin\n\nThe first.",
        PAGES[2]: DEEP,
        PAGES[3]: "# Begin\n\nThe other.",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        write_page(tmp_path, name, [markdown("begin", text)], folder="")
    monkeypatch.chdir(tmp_path)
    assert main(["sync"]) == 0
    return Book(Project(tmp_path))


def opened(book: Book, code: str, page: str) -> BeautifulSoup:
    return BeautifulSoup((book.project.html / code / f"{page}.html").read_text(encoding="utf-8"), "html.parser")


def test_pages_are_named_by_their_paths_and_filed_in_the_same_folders(foldered: Book) -> None:
    assert foldered.project.pages == PAGES
    made = (foldered.root / "translations" / "ko").rglob("*.po")
    names = {str(path.relative_to(foldered.root / "translations" / "ko")) for path in made}
    assert names == {f"{page}.po" for page in (*PAGES, "site")}
    assert foldered.entry("ko", f"{PAGES[1]}/begin").msgid == "# Begin\n\nThe first."
    assert foldered.entry("ko", f"{PAGES[3]}/begin").msgid == "# Begin\n\nThe other."


def test_the_folder_in_which_all_pages_stand_is_no_part_of_their_names(tmp_book: Book) -> None:
    assert (tmp_book.project.pages_folder, tmp_book.project.pages) == ("notebooks", ["index", "loss"])
    assert tmp_book.project.document("loss") == "notebooks/loss"


def test_a_command_takes_a_page_by_its_name(foldered: Book, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ids", PAGES[2]]) == 0
    capsys.readouterr()
    assert main(["ids", "C++-and-R"]) == 2
    assert f"no page `C++-and-R`; there are: {', '.join(PAGES)}" in capsys.readouterr().err


def test_the_book_is_checked_and_built_with_every_link_and_file(foldered: Book) -> None:
    said = DEEP
    for english, korean in {"Deep": "깊이", "[up]": "[위]", "[home]": "[처음]", "[beside]": "[옆]"}.items():
        said = said.replace(english, korean)
    said = said.replace("a cube", "정육면체").replace("[data]", "[자료]").replace(" and ", " 그리고 ")
    foldered.translate("ko", f"{PAGES[2]}/begin", said)
    foldered.translate("ko", f"{PAGES[1]}/begin", "# 시작\n\n첫째.")
    foldered.translate("ko", "site/toc", "첫걸음", "First steps")
    assert main(["check"]) == 0
    assert main(["build"]) == 0
    for code in ("en", "ko"):
        for page in PAGES:
            made = opened(foldered, code, page)
            folder = (foldered.project.html / code / page).parent
            links = [str(each["href"]) for each in made.select("a[href]")]
            for link in links:
                path = unquote(link.partition("#")[0].partition("?")[0])
                if path and ":" not in path:
                    assert (folder / path).exists(), (page, link)
            for picture in made.select("article img"):
                assert (folder / unquote(str(picture["src"]))).exists()
        assert (foldered.project.html / code / "pictures" / "d.csv").read_text() == "a,b\n"
    assert "첫걸음" in opened(foldered, "ko", "Intro").get_text()
    deep = opened(foldered, "ko", PAGES[2])
    assert [unquote(str(a["href"])) for a in deep.select("article p a")][-4:] == [
        "../01.00-Begin here.html#begin",
        "../../Intro.html",
        "../../other/01.00-Begin here.html",
        "../../pictures/d.csv",
    ]
    root = (foldered.project.html / "index.html").read_text(encoding="utf-8")
    assert 'href="ko/Intro.html"' in root


def test_a_notebook_to_download_leads_to_the_site(foldered: Book) -> None:
    assert main(["localize"]) == 0
    made = (foldered.root / "_build" / "notebooks" / "ko" / f"{PAGES[2]}.ipynb").read_text(encoding="utf-8")
    assert "https://owner.github.io/folders/ko/other/01.00-Begin%20here.html" in made
    assert (foldered.root / "_build" / "notebooks" / "ko" / "pictures" / "cube.png").exists()


def test_a_page_that_moves_to_another_folder_keeps_its_translations(foldered: Book) -> None:
    foldered.translate("ko", f"{PAGES[1]}/begin", "# 시작\n\n첫째.")
    new = "Moved/x"
    (foldered.root / "Moved").mkdir()
    foldered.project.notebook(PAGES[1]).rename(foldered.root / f"{new}.ipynb")
    toc = foldered.root / "_toc.yml"
    toc.write_text(toc.read_text().replace(f"{PAGES[1]}.ipynb", new))
    assert main(["sync"]) == 0
    assert Book(Project(foldered.root)).entry("ko", f"{new}/begin").msgstr == "# 시작\n\n첫째."
    assert not foldered.project.catalog(foldered.project.languages[0], PAGES[1]).exists()


@pytest.mark.parametrize(
    ("address", "rule"), [("../../../secret.png", "outside-file"), ("../../pictures/gone.png", "missing-file")]
)
def test_files_are_of_the_book_and_there(
    foldered: Book, capsys: pytest.CaptureFixture[str], address: str, rule: str
) -> None:
    foldered.reword(PAGES[2], "begin", "../../pictures/cube.png", address)
    assert main(["sync"]) == 0
    capsys.readouterr()
    assert main(["check"]) == 1
    said = capsys.readouterr().out
    assert re.search(rf"^chapters/deep/C\+\+-and-R\.ipynb:\d+: .*\({rule}\)$", said, re.MULTILINE)


def test_a_folder_that_is_a_link_is_not_followed(foldered: Book, capsys: pytest.CaptureFixture[str]) -> None:
    (foldered.root / "other").rename(foldered.root.parent / "elsewhere")
    (foldered.root / "other").symlink_to(foldered.root.parent / "elsewhere", target_is_directory=True)
    assert main(["check"]) == 1
    assert "other:1: cannot be read: it is a symbolic link" in capsys.readouterr().out


def test_a_page_that_cannot_be_used_leaves_its_sections_in_the_book(foldered: Book) -> None:
    foldered.project.notebook(PAGES[1]).write_text("{")
    assert main(["build", "en"]) == 2
    assert not (foldered.project.html / "en" / f"{PAGES[1]}.html").exists()
    menu = opened(foldered, "en", PAGES[2]).select_one("nav.bd-links")
    assert menu
    assert "Deep" in menu.get_text()
