"""Pages may be called like the site's own, which then step aside; and `glob:` stands for the pages that it matches."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell

from book.cli import main
from book.project import Project
from book.toc import SITE_PAGES
from tests.small_book import Book, markdown, write_page

NAMES = ("intro", *SITE_PAGES, "site-status", "genindex", "index", "deep/search")


def written(folder: Path, toc: str, *names: str) -> Book:
    """A book of pages by these names, each with its name as a title, and a Korean translation that says nothing yet."""
    (folder / "_toc.yml").write_text(f"format: jb-book\n{toc}")
    (folder / "_config.yml").write_text("title: Names\nrepository:\n  url: https://github.com/owner/names\n")
    (folder / "translations" / "ko").mkdir(parents=True)
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_page(folder, name, [markdown("title", f"# About {name}")], folder="")
    return Book(Project(folder))


def test_pages_called_like_the_sites_own_are_built_and_every_link_leads_somewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    monkeypatch.chdir(tmp_path)
    chapters = "".join(f"- file: {name}\n" for name in NAMES[1:])
    book = written(tmp_path, f"root: intro\nchapters:\n{chapters}", *NAMES)
    assert main(["sync"]) == 0
    book.translate("ko", "status/title", "# 상태")
    assert main(["check"]) == 0
    assert main(["build"]) == 0
    prefix = book.project.site_prefix
    assert not {f"{prefix}{name}" for name in SITE_PAGES}.intersection(NAMES)
    site = book.project.html
    for path in site.glob("*/**/*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for link in page.select("a[href], form[action]"):
            to = unquote(str(link.get("href") or link.get("action")).partition("#")[0].partition("?")[0])
            assert not to or ":" in to or (path.parent / to).exists(), (path, to)
    for code in ("en", "ko"):
        for name in NAMES:
            page = BeautifulSoup((site / code / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
            title = page.select("article h1")[0].get_text()
            assert title.startswith("상태" if (code, name) == ("ko", "status") else f"About {name}")
            menu = [each.get_text().strip() for each in page.select("nav.bd-links a")]
            assert ("About status" if code == "en" else "상태") in menu
            assert menu.count("About search") == 1
            actions = {str(each["action"]) for each in page.select("form")}
            assert actions == {f"{'../' * name.count('/')}{prefix}search.html"}
        own = BeautifulSoup((site / code / f"{prefix}status.html").read_text(encoding="utf-8"), "html.parser")
        assert own.select("article table")


def test_a_page_that_was_called_like_one_of_the_sites_leads_on(case_like: Book) -> None:
    settings = case_like.root / "_config.yml"
    settings.write_text(f"{settings.read_text()}book:\n  moved: {{status: intro}}\n")
    assert main(["build", "en"]) == 0
    assert 'url=intro.html"' in (case_like.project.html / "en" / "status.html").read_text()
    assert (case_like.project.html / "en" / "site-status.html").exists()


@pytest.fixture
def case_like(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A book of pages in folders, of which `_toc.yml` names two, and means the others by patterns."""
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    monkeypatch.chdir(tmp_path)
    toc = "root: intro\nparts:\n- caption: Some\n  chapters:\n  - glob: some/*\n- caption: Rest\n  chapters:\n"
    toc += "  - file: some/b\n    sections:\n    - glob: rest/**\n"
    names = ("intro", "some/c", "some/a", "some/b", "rest/deep/x", "rest/y", "other/z", "_build/some/d", ".old/e")
    return written(tmp_path, toc, *names)


def test_a_pattern_stands_for_the_pages_that_no_other_line_names(case_like: Book) -> None:
    assert case_like.project.pages == ["intro", "some/a", "some/c", "some/b", "rest/deep/x", "rest/y"]
    assert main(["sync"]) == 0
    assert main(["build", "ko"]) == 0
    page = (case_like.project.html / "ko" / "intro.html").read_text(encoding="utf-8")
    menu = BeautifulSoup(page, "html.parser").select("nav.bd-links a.internal")
    assert [each.get_text().strip() for each in menu] == [f"About {name}" for name in case_like.project.pages]


def test_a_page_that_is_added_is_found_by_the_pattern(case_like: Book) -> None:
    assert main(["sync"]) == 0
    write_page(case_like.root, "some/aa", [markdown("title", "# Further")], folder="")
    assert main(["check"]) == 1
    assert main(["sync"]) == 0
    assert main(["check"]) == 0
    assert Project(case_like.root).pages[2] == "some/aa"


def test_a_pattern_without_pages_is_one_line(case_like: Book, capsys: pytest.CaptureFixture[str]) -> None:
    toc = case_like.root / "_toc.yml"
    toc.write_text(toc.read_text().replace("rest/**", "gone/*"))
    assert main(["check"]) == 2
    assert "_toc.yml:11: names `gone/*`, but no page is called so; correct or drop the line" in capsys.readouterr().err


LICENCE = "##### Copyright 2020 *The* Authors"


def test_a_small_heading_before_the_title_is_no_title(case_like: Book) -> None:
    """As a licence's is in books that begin each page with one."""
    cells = [
        markdown("licence", f"{LICENCE}\n\nIn words."),
        markdown("title", "# Tensors\n\nOf numbers."),
        markdown("x", "## Further"),
    ]
    write_page(case_like.root, "some/a", cells, folder="")
    assert main(["sync"]) == 0
    case_like.translate("ko", "some/a/licence", "##### 저작권 2020 *The* Authors\n\n말로.")
    case_like.translate("ko", "some/a/title", "# 텐서\n\n숫자의 것.")
    assert main(["check"]) == 0
    assert main(["build", "ko"]) == 0
    for code, licence, title in (
        ("en", "Copyright 2020 The Authors", "Tensors"),
        ("ko", "저작권 2020 The Authors", "텐서"),
    ):
        site = case_like.project.html / code
        page = BeautifulSoup((site / "some" / "a.html").read_text(encoding="utf-8"), "html.parser")
        assert page.select("article p.rubric")[0].get_text() == licence
        headings = [each.get_text() for each in page.select("article h1")]
        assert [each.startswith(title) for each in headings] == [True]
        menu = [each.get_text().strip() for each in page.select("nav.bd-links a.internal")]
        assert menu[1] == title
        status = BeautifulSoup((site / "status.html").read_text(encoding="utf-8"), "html.parser")
        assert "텐서" in [each.get_text() for each in status.select("th a")] or code == "en"


def test_a_page_without_a_heading_is_told_and_stands_in_the_menu_by_its_name(
    case_like: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    """Sphinx calls it `<no title>`, and no list of pages has it."""
    write_page(case_like.root, "some/a", [new_code_cell("x = 1", id="draw"), markdown("text", "Words.")], folder="")
    assert main(["sync"]) == 0
    case_like.translate("ko", "some/a/text", "말.")
    capsys.readouterr()
    assert main(["check"]) == 1
    told = "cell `draw`: the page has no title; begin it with `# …` (no-title)"
    assert told in capsys.readouterr().out
    assert main(["build", "ko"]) == 0
    for code in ("en", "ko"):
        page, *others = (
            BeautifulSoup((case_like.project.html / code / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
            for name in ("some/a", *case_like.project.pages[:1])
        )
        assert page.title
        assert page.title.get_text().startswith("a ")
        for each in (page, *others):
            menu = {link.get_text().strip(): str(link["href"]) for link in each.select("nav.bd-links a.internal")}
            assert menu["a"] in ("#", "some/a.html", "a.html")
        assert "no title" not in "".join(each.get_text() for each in (page, *others))
