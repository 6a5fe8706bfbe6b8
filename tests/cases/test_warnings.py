"""What Sphinx warns of: it names what its author can look at, and does not have everything built again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

from book.cli import main
from book.site.handoff import Done, Job
from book.site.sphinx import pool
from tests.cases.books import Case
from tests.small_book import Book, markdown, write_page

UNKNOWN = "```{nonsense}\nwords\n```"


def code(cell_id: str, source: str) -> NotebookNode:
    made = new_code_cell(source, outputs=[new_output("stream", text="1\n")], execution_count=1)
    made["id"] = cell_id
    return made


@pytest.fixture
def sphinx_runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The languages for which Sphinx has run."""
    runs: list[str] = []
    run = pool.run

    def noted(jobs: list[Job], meanwhile: Callable[[], object]) -> dict[Job, Done]:
        runs.extend(job.code for job in jobs)
        return run(jobs, meanwhile)

    monkeypatch.setattr(pool, "run", noted)
    return runs


def built(capsys: pytest.CaptureFixture[str], *languages: str) -> list[str]:
    """The lines that a build says to standard error."""
    capsys.readouterr()
    assert main(["build", *languages]) == 0
    return capsys.readouterr().err.splitlines()


def lines_of(book: Book, page: str) -> dict[str, int]:
    path = book.project.notebook(page)
    numbered = list(enumerate(path.read_text(encoding="utf-8").splitlines(), 1))
    types = [number for number, line in numbered if '"cell_type"' in line]
    return dict(zip((cell.id for cell in book.page(page).cells), types, strict=True))


def test_a_warning_names_notebook_and_cell_and_is_kept_until_it_is_mended(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], sphinx_runs: list[str]
) -> None:
    words = [markdown("title", "# Loss"), markdown("fine", "Words."), markdown("odd", UNKNOWN)]
    write_page(tmp_book.root, "loss", words)
    line = lines_of(tmp_book, "loss")["odd"]
    warning = f"notebooks/loss.ipynb:{line}: cell `odd`: Unknown directive type: 'nonsense' [myst.directive_unknown]"
    for _ in range(2):
        assert built(capsys, "en") == [f"{warning} (sphinx)"]
    assert sphinx_runs == ["en"], "the second build has nothing to do"
    tmp_book.reword("loss", "fine", "Words.", "Other words.")
    assert len(built(capsys, "en")) == 1
    tmp_book.reword("index", "title", "A book", "A small book")
    assert len(built(capsys, "en")) == 1, "Sphinx has not read the page again"
    tmp_book.reword("loss", "odd", "nonsense", "note")
    assert built(capsys, "en") == []
    assert sphinx_runs == ["en"] * 4


def test_what_is_said_of_the_english_is_not_said_again_of_each_language(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], sphinx_runs: list[str]
) -> None:
    write_page(tmp_book.root, "loss", [markdown("title", "# Loss"), markdown("odd", UNKNOWN)])
    assert len(built(capsys)) == 1
    assert len(built(capsys)) == 1
    assert sphinx_runs == ["en", "ar", "ko"]


SHELL = ["!pip install -q keras\nprint(1)", "%%bash\necho $HOME | wc -l", "%timeit f(1)\nlist?", "a = !ls *.py\n$ no"]


@pytest.mark.parametrize("about", [None, {"name": "python"}, {"name": "ipython", "version": "3"}])
def test_lines_for_a_shell_are_code_like_any_other(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], sphinx_runs: list[str], about: dict[str, str] | None
) -> None:
    cells = [code(f"c{number}", source) for number, source in enumerate(SHELL)]
    write_page(tmp_book.root, "loss", [markdown("title", "# Loss"), *cells])
    if about is not None:
        tmp_book.edit("loss", lambda page: page.metadata.update(language_info=about))
    assert built(capsys, "en") == []
    assert built(capsys, "en") == []
    assert sphinx_runs == ["en"]


def test_ipython_lines_have_their_colours_where_a_notebook_does_not_say_what_it_is_in(tmp_book: Book) -> None:
    write_page(tmp_book.root, "loss", [markdown("title", "# Loss"), code("c", "%timeit f(1)\nreturn_1 = 1")])
    tmp_book.edit("loss", lambda page: page.metadata.pop("kernelspec"))
    assert main(["build", "en"]) == 0
    made = (tmp_book.project.html / "en" / "notebooks" / "loss.html").read_text(encoding="utf-8")
    assert '<div class="highlight-ipython3' in made
    assert 'class="err"' not in made


PARTS = {
    "the id of a cell": "#what-falls",
    "the id of a cell of another page": "index.ipynb#below",
    "the id of a cell without a heading": "#plain",
    "a heading's words": "#where-it-falls-its-depth",
    "a heading's words in another page": "index.ipynb#further-down",
    "a heading as Jupyter names it": "#What-Falls",
    "a heading of another page as Jupyter names it": "index.ipynb#Further-down",
    "a cell as Colab names it": "#scrollTo=what-falls",
    "a target": "#here",
    "a target of another page": "#over-there",
    "an anchor in HTML": "#html-a",
    "the page itself": "#",
    "the top of the page": "#top",
}
GONE = {
    "#nowhere": "no part of the page; name a cell's id, or remove it",
    "index.ipynb#no": "no part of page `index`; name a cell's id, or remove it",
    "#what-Falls": "no part of the page; write `#What-Falls`",
    "#plot": "no part of the page; name a cell's id, or remove it",  # the id of code
}


def with_link(tmp_book: Book, link: str) -> None:
    cells = [
        markdown("title", f"# Loss\n\nSee {link}."),
        markdown("what-falls", "## What Falls\n\nIt falls."),
        markdown("plain", "Words, and <a name='html-a'></a> a place."),
        markdown("several", "(here)=\n## Where it falls: its depth\n\n### More\n\nWords."),
        code("plot", "print(1)"),
    ]
    write_page(tmp_book.root, "loss", cells)
    start = [
        markdown("title", "# Start"),
        markdown("below", "## Further down"),
        markdown("t", "(over-there)=\n\nWords"),
    ]
    write_page(tmp_book.root, "index", start)
    assert main(["sync"]) == 0


def dead_links(capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    main(["check"])
    return [line for line in capsys.readouterr().out.splitlines() if line.endswith("(dead-link)")]


def test_links_to_parts_of_pages_lead_there_in_silence(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    with_link(tmp_book, ", ".join(f"[{kind}]({target})" for kind, target in PARTS.items()))
    assert dead_links(capsys) == []
    assert built(capsys, "en") == []


def test_links_to_parts_that_pages_do_not_have_are_findings(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    with_link(tmp_book, ", ".join(f"[x]({target})" for target in GONE))
    place = f"notebooks/loss.ipynb:{lines_of(tmp_book, 'loss')['title']}: cell `title`"
    expected = [f"{place}: links to `#{each.partition('#')[2]}`, {said} (dead-link)" for each, said in GONE.items()]
    assert dead_links(capsys) == sorted(expected)


def test_a_link_by_a_headings_words_leads_there_in_every_language(tmp_book: Book) -> None:
    with_link(tmp_book, "[below](#what-falls-here)")
    tmp_book.reword("loss", "what-falls", "What Falls", "What falls here")
    assert main(["sync"]) == 0
    tmp_book.translate("ko", "loss/title", "# 손실\n\n[아래](#what-falls-here)를 보세요.")
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n줄어듭니다.")
    assert main(["build", "ko"]) == 0
    made = (tmp_book.project.html / "ko" / "notebooks" / "loss.html").read_text(encoding="utf-8")
    assert 'href="#what-falls">' in made
    assert "아래" in made


def test_a_warning_that_names_no_place_names_the_page_that_is_read(
    tmp_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    write_page(
        tmp_book.root, "loss", [markdown("title", "# Loss"), markdown("odd", UNKNOWN.replace("nonsense", "a:b"))]
    )
    told = [line for line in built(capsys, "en") if "unknown directive or role name" in line]
    assert [line.partition(":")[0] for line in told] == ["notebooks/loss.ipynb"]


BLOCKS = ["prf:theorem", "prf:proof", "bibliography", "footbibliography", "card", "card-carousel", "grid", "grid-item",
          "grid-item-card", "button-link", "button-ref", "toggle", "mermaid", "iframe", "youtube",
          "gallery", "proof", "theorem"]  # fmt: skip
ROLES = ["prf:ref", "cite", "cite:t", "footcite", "footcite:p", "bdg", "bdg-primary-line", "bdg-link-info",
         "bdg-ref-info", "octicon", "fab", "fas", "far", "material-regular", "button-ref"]  # fmt: skip


def test_what_only_other_extensions_know_is_called_so_by_check_and_unknown_to_the_build(case: Case) -> None:
    """Whatever the book asks the stock tool to use, the site uses what is its own."""
    config = case.book.root / "_config.yml"
    config.write_text(f"{config.read_text()}sphinx:\n  extra_extensions: [sphinx_design, sphinx_togglebutton]\n")
    blocks = [(f"b-{number}", f"```{{{name}}} Words\nMore.\n```") for number, name in enumerate(BLOCKS)]
    roles = [(f"r-{number}", f"Words {{{name}}}`more`.") for number, name in enumerate(ROLES)]
    case.write(*blocks, *roles)
    told = [line for line in case.check() if "which the site does not know, and shows as written" in line]
    assert [line.split("`")[3] for line in told] == [f"{{{name}}}" for name in (*BLOCKS, *ROLES)]
    warned = [line for line in case.build("en") if "nknown" in line]
    assert [name for name in (*BLOCKS, *ROLES) if not any(name in line for line in warned)] == []
    shown = case.page().get_text()
    assert (shown.count("More."), shown.count("more")) == (len(BLOCKS), len(ROLES))
