"""Links to pages and files, in every way in which Markdown writes them."""

from __future__ import annotations

import pytest
from nbformat import NotebookNode

from tests.cases.books import Case, base64_of, code_cell, png, shows

SITE = "https://owner.github.io/small"
TO_PAGES = [
    "[words](Batch-Norm.ipynb)",
    '[words](Batch-Norm.ipynb "A title")',
    "[words](./Batch-Norm.ipynb)",
    "[w [inner] words](Batch-Norm.ipynb)",
    "[words](<Batch-Norm.ipynb>)",
    "[words][ref]\n\n[ref]: Batch-Norm.ipynb",
    "[*words* `x`](Batch-Norm.ipynb)",
    "| a |\n|---|\n| [words](Batch-Norm.ipynb) |",
]
GONE = {
    "[words](gone-page.ipynb)": "dead-link",
    "[words](./gone.ipynb)": "dead-link",
    "[words](Gone/Page.ipynb)": "dead-link",
    "[words](gone.csv)": "missing-file",
    "[words](data/gone.py)": "missing-file",
    "[words](case.html)": "missing-file",
    '<a href="gone.csv">words</a>': "missing-file",
}
IN_CODE = [
    "Write `[words](gone.ipynb)` and `[words](loss.ipynb)`.",
    "```\n[see](gone.ipynb)\n```",
    "    [see](loss.ipynb)",
    "~~~md\n[see]: loss.ipynb\n~~~",
    "\\[words](gone.ipynb)",
]


def add_page(case: Case, name: str) -> None:
    notebooks = case.book.root / "notebooks"
    (notebooks / f"{name}.ipynb").write_text((notebooks / "index.ipynb").read_text())
    toc = case.book.root / "_toc.yml"
    toc.write_text(f"{toc.read_text()}- file: notebooks/{name}\n")


def test_links_lead_to_pages_and_in_notebooks_to_the_site(case: Case) -> None:
    add_page(case, "Batch-Norm")
    case.write(*((f"l-{number}", text) for number, text in enumerate(TO_PAGES)))
    assert case.check() == []
    assert case.build("en", "ko") == []
    for language in ("en", "ko"):
        links = [str(link["href"]) for link in case.page(language).select("a.internal")]
        assert links == ["Batch-Norm.html"] * len(TO_PAGES)
        cells = case.notebook(language)
        assert all(
            f"{SITE}/{language}/notebooks/Batch-Norm.html" in cells[f"l-{n}"].source for n in range(len(TO_PAGES))
        )


def test_links_to_what_is_not_there_are_found_and_are_words(case: Case) -> None:
    case.write(*((f"l-{number}", text) for number, text in enumerate(GONE)))
    found = [line for line in case.check() if not line.endswith("(html)")]
    assert [(line.split("`")[1], line.rpartition("(")[2][:-1]) for line in found] == [
        (f"l-{number}", rule) for number, rule in enumerate(GONE.values())
    ]
    case.build("en")
    assert case.page().get_text().count("words") == len(GONE)
    assert [str(link["href"]) for link in case.page().select("p a.reference")] == []


def test_names_without_an_ending_are_files_pages_or_parts(case: Case) -> None:
    text = "[licence](LICENSE), [make](src/Makefile), [start](index), [part](named).\n\n(named)=\n$$x$$"
    case.write(("a", text), files={"LICENSE": b"MIT", "src/Makefile": b"all:\n"})
    case.translate("a", ("licence]", "허가]"), ("make]", "만들기]"), ("start]", "처음]"), ("part]", "부분]"))
    assert case.check() == []
    assert case.build("en", "ko") == []
    for language in ("en", "ko"):
        links = [str(link["href"]) for link in case.page(language).select("p a.reference")]
        assert links == ["LICENSE", "src/Makefile", "index.html", "#named"]
        for folder in (f"html/{language}/notebooks", f"notebooks/{language}"):
            assert (case.book.project.build / folder / "src/Makefile").read_bytes() == b"all:\n"


@pytest.mark.parametrize("address", ["GONE", "data/GONE#part", "src"])
def test_names_without_an_ending_of_nothing_are_found(case: Case, address: str) -> None:
    case.write(("a", f"[words]({address})"), files={"src/Makefile": b"all:\n"})
    [line] = case.check()
    assert line.endswith(f": links to `{address}`, no file, page or part; mend it or remove the link (dead-link)")


def test_files_are_published_beside_pages_and_notebooks(case: Case) -> None:
    files = {"data.csv": b"a,b\n1,2\n", "src/My Script.py": b"print(1)\n", "notes.pdf": b"%PDF-1.4"}
    text = "[data](data.csv), [script](src/My%20Script.py), [notes](<notes.pdf>), [part](notes.pdf#page=2)."
    case.write(("a", text), files=files)
    case.translate("a", ("data]", "자료]"), ("script]", "글]"), ("notes]", "쪽지]"), ("part]", "부분]"))
    assert case.check() == []
    assert case.build("en", "ko") == []
    for language in ("en", "ko"):
        links = [str(link["href"]) for link in case.page(language).select("p a.reference.external")]
        assert links == ["data.csv", "src/My%20Script.py", "notes.pdf", "notes.pdf#page=2"]
        for folder in (f"html/{language}/notebooks", f"notebooks/{language}"):
            assert {name: (case.book.root / "_build" / folder / name).read_bytes() for name in files} == files


def test_files_that_a_browser_runs_are_not_published(case: Case) -> None:
    files = {"run.html": b"<script>run()</script>", "run.js": b"run()", ".secret": b"x"}
    case.write(("a", "[one](run.html), [two](run.js), [three](.secret)"), files=files)
    assert [line.rpartition("(")[2] for line in case.check()] == ["missing-file)"] * 3
    case.build("en")
    assert not [name for name in files if (case.book.root / "_build" / "html" / "en" / "notebooks" / name).exists()]


def test_links_in_code_are_code(case: Case) -> None:
    case.write(*((f"l-{number}", text) for number, text in enumerate(IN_CODE)))
    assert case.check() == []
    assert case.build("en") == []
    assert not case.page().select("p a.reference")
    assert [case.notebook("en")[f"l-{n}"].source for n in range(len(IN_CODE))] == IN_CODE
    assert case.page().get_text().count("gone.ipynb") == 3


def test_a_translation_links_where_the_english_does(case: Case) -> None:
    case.write(("a", "See [data](data.csv)."), files={"data.csv": b"1", "other.csv": b"2"})
    case.book.translate("ko", "case/a", "[자료](other.csv)를 보세요.")
    assert case.rules() == {"link"}
    case.build("en", "ko")
    assert not (case.book.root / "_build" / "html" / "ko" / "notebooks" / "other.csv").exists()


def test_a_target_names_the_cell_of_code_that_follows_it_in_every_language(case: Case) -> None:
    case.write(("place", "(the-code)="), code_cell("code", "# Draw.\nx = 1"), ("link", "See [it](#the-code)."))
    case.translate("link", ("See", "보기"), ("it", "그것"))
    assert case.check() == []
    assert case.build("en", "ko") == []
    for language in ("en", "ko"):
        assert len(case.page(language).select("#the-code")) == 1
        assert case.page(language).select('p a[href="#the-code"]')


ROLES = "See {doc}`the start <index>`, {ref}`a part\n<part>` and {any}`it <index>`."
TO_ROLES = [("See", "보세요:"), ("the start", "처음"), ("a part", "한 부분"), ("and", "및"), ("it <", "그것 <")]


def test_the_title_of_what_refers_to_something_is_words(case: Case) -> None:
    """Lectures link so; only what is referred to has to stay."""
    case.write(("target", "(part)=\n## A part"), ("roles", ROLES))
    case.translate("target", ("A part", "한 부분"))
    case.translate("roles", *TO_ROLES)
    assert case.check() == case.build("en", "ko") == []
    english, korean = ([(a["href"], a.get_text()) for a in case.page(code).select("#roles a")] for code in ("en", "ko"))
    assert [address for address, _ in korean] == [address for address, _ in english]
    assert [said.strip() for _, said in korean] == ["처음", "한 부분", "그것"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("<index>`,", "<loss>`,"), ("the start <", "! <"), ("the start <", "처음 <loss> <"), ("{doc}", "{ref}"),
     ("the start <index>", "index"), ("it <index>", "그것")],
    ids=["another-page", "no-link", "two-pages", "another-role", "no-title", "no-page"],
)  # fmt: skip
def test_what_is_referred_to_stays(case: Case, old: str, new: str) -> None:
    case.write(("target", "(part)=\n## A part"), ("roles", ROLES))
    case.translate("roles", (old, new))
    assert "markup" in case.rules()


def test_links_to_named_figures_and_notes_are_no_dead_ones(case: Case) -> None:
    figure = "```{figure} x.png\n:name: fig-x\nOf a figure.\n```\n\n:::{note}\n:name: my-note\nOf a note.\n:::"
    links = "The [figure](fig-x), the [note](my-note), [none](fig-y)."
    case.write(("m", figure), ("n", links), files={"x.png": png()})
    (found,) = case.check()
    assert "links to `fig-y`" in found


NAMED = [
    "(Part)=\n## A part",
    "```{code-block} python\n:name: Named Code\n:caption: Of code\nx = 1\n```",
    ":::{code-block} python\n:name: colon\n:caption: Of code\nx = 1\n:::",
    "```{table} A table\n:name: tab\n| a |\n|---|\n| 1 |\n```",
    "```{math}\n:label: first\na = b\n```\n\n$$\na = c\n$$ (second)",
    "```{figure-md} fig\n![A picture](a.png)\n\nOf a figure.\n```",
]
TO_NAMED = ["{ref}`part`", "{ref}`by name <Part>`", "{std:ref}`Named  code`", "{numref}`colon`", "{eq}`first`",
            "{numref}`Table %s <tab>`", "{math:numref}`second`", "{numref}`fig`", "{numref}`drawn`", "{any}`part`",
            "{any}`loss`", "{doc}`index`", "{doc}`/notebooks/loss`", "{ref}`!gone`", "{ref}`search`"]  # fmt: skip


def drawing() -> NotebookNode:
    """A cell whose figure has a name."""
    cell = code_cell("drawing", "x = 1", shows({"image/png": base64_of(png()), "text/plain": "A figure"}))
    cell.metadata["mystnb"] = {"figure": {"name": "drawn", "caption": "A figure"}}
    return cell


def test_roles_that_refer_to_what_is_there_are_let_be_by_check_and_by_the_build(case: Case) -> None:
    named = [(f"n-{number}", text) for number, text in enumerate(NAMED)]
    case.write(*named, drawing(), ("roles", f"See {', '.join(TO_NAMED)}."), files={"a.png": png()})
    assert not [line for line in case.check() if "dead-link" in line]
    assert case.build("en") == []


DEAD = {
    "{ref}`gone`": "`gone`, no part",
    "{ref}`title <gone>`": "`gone`, no part",
    "{numref}`Figure %s <gone>`": "`gone`, no part",
    "{ref}`A heading`": "`A heading`, no part",  # only a target in front of it makes it one
    "{eq}`gone`": "`gone`, no formula",
    "{doc}`gone`": "`gone`, no page",
    "{doc}`the start <index.ipynb>`": "`index.ipynb`, no page",
    "{doc}`/loss`": "`/loss`, no page",
    "{term}`loss`": "`loss`, no term",
    "{any}`gone`": "`gone`, no page or part",
}


@pytest.mark.parametrize("role", DEAD)
def test_a_role_that_refers_to_nothing_is_found_before_the_build_says_so(case: Case, role: str) -> None:
    case.write(("heading", "## A heading"), ("a", f"See {role} and `` {role} ``."))
    (line,) = case.check()
    name = role.partition("`")[0]
    assert f"`{name}` refers to {DEAD[role]} of the book; mend it, or write words in its place (dead-link)" in line
    (warned,) = case.build("en")
    assert warned.endswith("(sphinx)")


def test_what_may_be_in_another_book_is_no_dead_link(case: Case) -> None:
    case.write(("a", "See {doc}`other:page` and {ref}`there`, and {eq}`gone`."))
    config = case.book.root / "_config.yml"
    config.write_text(
        config.read_text() + "sphinx:\n  config:\n    intersphinx_mapping: {other: [https://example.org, null]}\n"
    )
    (line,) = case.check()
    assert "`{eq}` refers to `gone`" in line


def test_a_label_with_a_colon_is_no_address_of_another_kind(case: Case) -> None:
    """It leads to its part in every language; what the book has not is told."""
    parts = "(sec:intro)=\n## Intro\n\nWords of it."
    links = "See [the intro](sec:intro), and:\n\n:::{note}\n[there](sec:intro)\n:::"
    case.write(("a", parts), ("b", links), ("c", "[x](sec:gone) and [y](javascript:intro)"))
    assert [line.partition("cell `c`: ")[2] for line in case.check()] == [
        "link `javascript:intro` is not http, https or mailto; use one of these (link-scheme)",
        "link `sec:gone` is not http, https or mailto; use one of these (link-scheme)",
    ]
    case.write(("a", parts), ("b", links))
    case.translate("b", ("See", "보기:"), ("the intro", "처음"), ("there", "거기"))
    assert case.check() == []
    assert case.build("en", "ko") == []
    for code, said in (("en", "the intro"), ("ko", "처음")):
        page = case.page(code)
        (link,) = (each for each in page.select("a.reference") if each.get_text() == said)
        assert page.select_one(f"[id='{str(link['href']).removeprefix('#')}']")


@pytest.mark.parametrize("link", ["javascript:intro", "sec:other", "zoommtg:join"])
def test_a_translation_brings_no_scheme_that_the_english_has_not(case: Case, link: str) -> None:
    case.write(("a", "(sec:intro)=\n## Intro\n\nWords."), ("b", "See [the intro](sec:intro)."))
    case.translate("b", to=f"[처음]({link}) 보기.")
    assert case.rules() >= {"link-scheme", "link"}
    assert case.build("ko") == []
    assert link not in str(case.page("ko"))


def test_a_link_into_another_book_that_is_not_known_keeps_its_words(case: Case) -> None:
    case.write(("a", "See the [**whole** manual](inv:other#page) and <inv:other#part>."))
    case.translate("a", ("whole", "온"), ("manual", "설명서"))
    assert {line.rpartition("(")[2] for line in case.build("en", "ko")} <= {"sphinx)"}
    for language, said in (("en", "See the whole manual and"), ("ko", "See the 온 설명서 and")):
        assert said in case.page(language).get_text()
