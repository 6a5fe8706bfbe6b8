"""The whole chain from a PO file to the page, fed with hostile text: PO → notebook → HTML, by the real Sphinx.

The page with hostile translations may show other words than the English one, and nothing else.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

from bs4 import BeautifulSoup, Tag
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode

from book.cli import main
from book.language.language import Language
from book.notebook import code, ipynb
from book.po import catalog
from tests.small_book import Book, markdown

CELLS = 60
ENGLISH = ("The loss falls{n}.", "## What falls {n}\n\nSee [here](index.ipynb) for $L$ and `x`.", "- One {n}\n- Two\n")
PIECES = [
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b onclick=alert(1)>", "</div>", "</p>", "<!--"),
    *("-->", "<style>*{display:none}</style>", "&lt;script&gt;", "</svg>", "]]>", '" onmouseover="alert(1)', "'"),
    *("```", "```{raw} html\n", "```{eval-rst}\n", ".. raw:: html\n\n   <script>alert(1)</script>", "{raw}`x`"),
    *("[x](javascript:alert(1))", "[falls]: javascript:alert(1)", "[here]: https://elsewhere.org", ":::", "<", "\\"),
    *("<javascript:alert(1)>", "<https://elsewhere.org>", "https://elsewhere.org", "![x](https://elsewhere.org/x.png)"),
    *("{{ 7 * 7 }}", "{% raw %}", "% book-cell other translated", "+++", "(x)=", "[^1]", "[^1]: x", "---", "==="),
    *("[here](index.ipynb)", "\n", "\n\n", "    ", "# ", "- ", "> ", "|", "|-|\n", "$", "$$", "$L$", "`", "`x`", "*"),
    *("**", "_", "~", "{", "}", "{size}", "\u202e", "\u2028", "\x0b", "\x1b[31m", "%s", "${x}", "import os", "#"),
    *(r"$\text{<script>alert(1)</script>}$", r"$\href{javascript:alert(1)}{x}$", r"\style{color:red}{x}"),
    *("손실이 ", "줄어듭니다", "x", "1"),
]
HOSTILE = st.lists(st.sampled_from(PIECES), min_size=1, max_size=7).map("".join)
ADDRESSES = ("src", "href", "style", "action", "formaction", "srcset", "data")
INSIDE = re.compile(r"#[\w-]*$|\.\./_images/\w+\.svg$")  # a place on the page, a figure of the build
VARIES = re.compile(r"\?v=.*|(?<=\?plain=1)#L\d+$")  # a file's version, and the line of an entry in a PO file
PROSE_TAGS = {
    *("p", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "hr", "br", "div", "span"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}


def add_cells(book: Book, english: list[str]) -> None:
    def change(page: NotebookNode) -> None:
        page.cells[2:2] = [markdown(f"cell-{n}", text) for n, text in enumerate(english)]

    book.edit("loss", change)
    assert main(["sync"]) == 0


def attack(book: Book, said: list[str]) -> None:
    """Fill every entry of the Korean PO files, header included, with hostile text."""
    texts = iter(said * 20)
    for page in ("loss", "site", "index"):
        path = book.project.catalog(Language("ko"), page)
        made = catalog.load(path)
        for entry in made:
            entry.msgstr = next(texts)
        made.metadata["X-Reviewed-By"] = " ".join(next(texts).split())
        path.write_text(str(made), encoding="utf-8")


def shape(path: Path) -> set[tuple[str, ...]]:
    """Every kind of element with its attributes; scripts, styles and addresses whole. Words of a page may differ."""
    found: set[tuple[str, ...]] = set()
    for tag in BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").find_all(True):
        assert isinstance(tag, Tag)
        addresses = {name: VARIES.sub("", str(tag[name])) for name in ADDRESSES if tag.has_attr(name)}
        found |= {(tag.name, name, where) for name, where in addresses.items() if not INSIDE.match(where)}
        if tag.get("type") == "application/ld+json":
            assert isinstance(json.loads(tag.get_text()), dict)  # words may differ; nothing ends it or runs in it
        elif tag.name in ("script", "style"):
            found.add((tag.name, tag.get_text()))
        if tag.name not in PROSE_TAGS or set(tag.attrs) - {"id", "class", "lang", "dir"}:
            found.add((tag.name, *sorted(tag.attrs)))
    return found


def figure_shapes(page: NotebookNode) -> list[list[tuple[str, ...]]]:
    shown = [output.get("data", {}) for cell in page.cells for output in cell.get("outputs", [])]
    svgs = [ElementTree.fromstring(each["image/svg+xml"]) for each in shown if "image/svg+xml" in each]
    return [[(each.tag, *sorted(each.attrib)) for each in svg.iter()] for svg in svgs]


def built(book: Book) -> dict[str, set[tuple[str, ...]]]:
    assert main(["build", "ko"]) == 0
    pages = [*(book.project.html / "ko").rglob("*.html"), book.project.html / "index.html"]
    return {str(path): shape(path) for path in pages}


@settings(
    max_examples=3,
    phases=[Phase.explicit, Phase.generate],  # a build takes seconds: what fails is shown as it is
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.large_base_example],
    deadline=None,
)
@given(said=st.lists(HOSTILE, min_size=CELLS, max_size=CELLS, unique=True))
def test_hostile_translations_change_nothing_but_words(book: Book, said: list[str]) -> None:
    start = book.files()
    try:
        add_cells(book, [ENGLISH[n % len(ENGLISH)].format(n=n) for n in range(CELLS)])
        allowed = built(book)
        attack(book, said)
        for path, found in built(book).items():
            assert found <= allowed[path], f"{path}: {found - allowed[path]}"
        english, made = book.page("loss"), ipynb.read(book.project.localized(Language("ko"), "loss"))
        assert [cell.id for cell in made.cells] == [cell.id for cell in english.cells]
        assert code.skeleton(made.cells[-1].source) == code.skeleton(english.cells[-1].source)
        assert made.cells[-1].outputs[0] == english.cells[-1].outputs[0]
        assert figure_shapes(made) == figure_shapes(english)
    finally:
        for name, data in start.items():
            (book.root / name).write_bytes(data)


def test_the_fuzzer_would_notice_a_script(book: Book) -> None:
    allowed = built(book)
    page = book.project.html / "ko/notebooks/loss.html"
    for harm in (
        "<script>alert(1)</script>",
        '<p onclick="x">',
        '<a href="javascript:x">',
        '<img src="https://a.org/x">',
    ):
        page.write_text(page.read_text(encoding="utf-8") + harm, encoding="utf-8")
        assert not shape(page) <= allowed[str(page)]
        page.write_text(page.read_text(encoding="utf-8").removesuffix(harm), encoding="utf-8")
