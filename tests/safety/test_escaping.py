"""Escaping alone must hold: the rules of safety are taken away, every text is hostile, and the site is built once.

What no rule has stopped may be read as words. It makes no element and no attribute, reads no file, asks no host for
anything, and reaches no other cell.
"""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from nbformat import NotebookNode

from book.cli import main
from book.language.language import Language
from book.po import catalog
from book.rules import RULES
from tests.safety.test_safety import PROSE_ATTACKS
from tests.small_book import Book, make_book, markdown

SCRIPT = "<script>alert(1)</script>"
# It would end an element, an attribute in either kind of quotes, and a template's or a format's placeholder.
HOSTILE = (
    f"{SCRIPT} </title></style>--> \" onmouseover=\"alert(1)\" ' onfocus='alert(1)' {{{{x}}}} {{x}} {{count}} %s %(x)s"
)
SECRET, BESIDE = "words of a secret file", "words of a file that the English reads"
ADDRESS = "elsewhere.org"

ENGLISH = "The loss falls, see [here](index.ipynb)."
TITLES = {  # what the first cells of the pages say below their titles
    "index/title": "[손실](loss.ipynb)에 관한 책입니다.",
    "loss/title": "손실은 $L = 0.5$이고 `axis=3`입니다. [처음](index.ipynb)",
}
KOREAN = "손실이 줄어듭니다. [여기](index.ipynb)"
SHARED = "Words in brackets: [falls], [u] and [^note]."
READING = "It is read:\n\n```{literalinclude} ../../../../beside.txt\n```"


def attacks(host: str) -> list[str]:
    """Translations that do more than speak, most of them by Markdown that Sphinx acts on."""
    secret = "../../../../secret.txt"  # the project's folder, from that in which Sphinx finds the page
    added = [
        *PROSE_ATTACKS.values(),
        *(f"```{{{name}}} {secret}\n```" for name in ("include", "literalinclude", "download", "raw", "toctree")),
        f"```{{include}} /etc/passwd\n```\n\n~~~{{literalinclude}} {secret}\n~~~",
        f"```{{raw}} html\n:file: {secret}\n```",
        f"```{{raw}} html\n:url: http://{host}/raw\n```",
        f"```{{csv-table}} x\n:file: {secret}\n```",
        f"```{{csv-table}} x\n:url: http://{host}/table\n```",
        f"```{{eval-rst}}\n.. include:: {secret}\n\n.. csv-table::\n   :url: http://{host}/rst\n```",
        f"```{{eval-rst}}\n.. raw:: html\n   :file: {secret}\n```",
        f"```{{figure}} {secret}\nx\n```",
        f"````{{note}}\n```{{include}} {secret}\n```\n````",
        f"> ```{{include}} {secret}\n> ```\n\n- ```{{include}} {secret}\n  ```",
        f":::{{include}} {secret}\n:::",
        "```{code-cell} python\nopen('/tmp/x', 'w')\n```\n\n{eval}`1 + 1` {glue:}`x`\n\n```{glue} x\n```",
        "```{role} live(raw)\n:format: html\n```\n\n{live}`" + SCRIPT + "`",
        f"![x]({secret}) [x]({secret}) <path:{secret}> {{download}}`x <{secret}>` {{nb-download}}`{secret}`",
        f'![x](http://{host}/x.png "x") <http://{host}/auto> [x](http://{host}/link)',
        "(what-falls)=\n## what-falls\n\n(later)=\n",
        "## later\n\n## book-copy\n\n### book-said\n\n## pst-primary-sidebar",
        f"[falls]: https://{ADDRESS}/definition\n[u]: https://{ADDRESS}/definition",
        f"[^note]\n\n[^note]: <https://{ADDRESS}/footnote>",
        "% book-cell later untranslated https://elsewhere.org/edit\n\nx",
        '+++ {"id": "later", "english": true, "edit": "https://elsewhere.org/edit"}\n\nx',
        "> ---\n\n1. ***",
        "# \\<script>alert(1)\\</script>",
        f"`` ` ``{{raw}}`{SCRIPT}`",
    ]
    return [
        *(f"{KOREAN}\n\n{each}" for each in added),
        f"---\nhtml_meta:\n  refresh: 0;url=https://{ADDRESS}\nsubstitutions:\n  x: y\n---\n\n{KOREAN}",
        f"{KOREAN}\n[](){SCRIPT}{{.x onclick=alert(1)}}",
    ]


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """A host on this machine, and what it has been asked for."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SECRET.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def write_hostile(tmp_book: Book, host: str) -> None:
    """Fill the Korean translation with hostile texts, and the settings and headers that are shown as well."""
    said = attacks(host)

    def add(page: NotebookNode) -> None:
        page.cells[2:2] = [
            *(markdown(f"attack-{n}", ENGLISH) for n in range(len(said))),
            markdown("reads", READING),
            markdown("also-reads", READING),
            markdown("later", f"## Later\n\n{SHARED}"),
        ]

    (tmp_book.root / "secret.txt").write_text(f"{SECRET}\n{SCRIPT}")
    (tmp_book.root / "beside.txt").write_text(BESIDE)
    tmp_book.edit("loss", add)
    config = (tmp_book.root / "_config.yml").read_text()
    quoted = "'" + HOSTILE.replace("'", "''") + "'"
    config = config.replace("A small book", quoted).replace("Nobody", quoted) + f"  branch: {quoted}\n"
    (tmp_book.root / "_config.yml").write_text(f"{config}html:\n  baseurl: {quoted}\n")
    assert main(["sync"]) == 0
    for page in ("site", "index", "loss"):
        path = tmp_book.project.catalog(Language("ko"), page)
        made = catalog.load(path)
        for entry in made:
            entry.msgstr = (
                f"{HOSTILE}\n\n```{{eval-rst}}\n.. raw:: html\n   :file: ../../../../secret.txt\n```\n\n{SCRIPT}"
            )
            if entry.msgctxt in TITLES:
                title = HOSTILE.replace("<", "\\<").replace("{", "\\{")
                entry.msgstr = f"# {title}\n\n{TITLES[entry.msgctxt]}"
            elif entry.msgctxt == "loss/also-reads":
                entry.msgstr = READING.replace("It is read", "읽습니다")
            elif entry.msgctxt in ("loss/reads", "loss/later", "loss/what-falls"):
                entry.msgstr = ""
            elif match := re.fullmatch(r"loss/attack-(\d+)", str(entry.msgctxt)):
                entry.msgstr = said[int(match[1])]
            elif entry.msgctxt == "loss/plot":
                entry.msgstr = HOSTILE + " {size}" * ("{size}" in entry.msgid)
        made.metadata["X-Reviewed-By"] = f"{HOSTILE}\n\n```{{include}} ../../../../secret.txt\n```\n"
        path.write_text(catalog.dumps(made), encoding="utf-8")
    folder = tmp_book.root / "translations" / "ko"
    style = f"# x\n\n{HOSTILE} <https://{ADDRESS}> [a](https://{ADDRESS}) ![b](https://{ADDRESS}/x.png)\n"
    (folder / "STYLE.md").write_text(style, encoding="utf-8")
    row = ",".join('"' + HOSTILE.replace('"', '""') + '"' for _ in range(3))
    (folder / "glossary.csv").write_text(f"english,translation,note\n{row}\n", encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, list[str]]]:
    """The book, and the addresses that its build has asked for."""
    with pytest.MonkeyPatch.context() as patch, listening() as (host, asked):
        tmp_book = make_book(tmp_path_factory.mktemp("book"), patch)
        kept = list(RULES)
        RULES[:] = [rule for rule in RULES if not rule.safety]
        patch.setattr("book.localize.notebooks._differ_in_words", lambda *texts: True)  # the same look at the notebooks
        try:
            write_hostile(tmp_book, host)
            assert main(["build"]) == 1, "cells are shown in English, and named"
        finally:
            RULES[:] = kept
        yield tmp_book, asked


@pytest.fixture(scope="module")
def site(built: tuple[Book, list[str]]) -> Book:
    return built[0]


def pages(site: Book) -> dict[str, str]:
    return {str(path): path.read_text(encoding="utf-8") for path in site.project.html.rglob("*.html")}


def cell(site: Book, language: str, name: str) -> Tag:
    """The first element of a cell of the page `loss`."""
    path = site.project.html / language / "notebooks" / "loss.html"
    found = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select(f"#{name}")
    assert len(found) == 1
    return found[0]


def test_no_text_makes_an_element_or_an_attribute(site: Book) -> None:
    shown = 0
    for path, text in pages(site).items():
        assert SCRIPT not in text, path
        assert text.count("<script") == text.count("</script>"), "no text ends a script"
        for tag in BeautifulSoup(text, "html.parser").find_all(True):
            handlers = [name for name in tag.attrs if name.startswith("on")]
            assert handlers == [], f"{path}: {tag}"
            addresses = [str(tag.get(name, "")) for name in ("href", "src", "content")]
            assert not any(ADDRESS in address for address in addresses), f"{path}: {tag}"
        shown += "&lt;script&gt;" in text
    redirects = len(list(site.project.html.glob("*/index.html")))
    assert shown == len(pages(site)) - redirects, "the hostile texts are on every page, as words"


def test_structured_data_says_the_words_as_they_are(site: Book) -> None:
    text = (site.project.html / "ko" / "notebooks" / "loss.html").read_text("utf-8")
    data = json.loads(BeautifulSoup(text, "html.parser").select('script[type="application/ld+json"]')[0].get_text())
    assert SCRIPT in data["name"]
    assert SCRIPT in data["author"]["name"]


def test_every_place_that_shows_a_title_shows_its_words(site: Book) -> None:
    page = BeautifulSoup((site.project.html / "ko" / "notebooks" / "loss.html").read_text("utf-8"), "html.parser")
    places = (
        *("title", "h1", ".logo__title", ".bd-docs-nav li:first-child a", ".bd-docs-nav ul.current a", ".left-prev"),
        *('meta[property="og:title"]', 'meta[property="og:site_name"]', 'link[rel="prev"]', ".cell-state"),
        *(".book-foot", ".search-button-field", ".headerlink", ".edit-here", "#book-said"),
    )
    for place in places:
        found = page.select_one(place)
        assert found, place
        assert SCRIPT in " ".join([found.get_text(), *map(str, found.attrs.values())]), place


def test_nothing_is_fetched(built: tuple[Book, list[str]]) -> None:
    assert built[1] == []


def test_no_file_is_read_and_none_is_published(site: Book) -> None:
    made = [path for path in site.project.build.rglob("*") if path.is_file()]
    found = [path for path in made if SECRET.encode() in path.read_bytes() or b"root:x:0" in path.read_bytes()]
    assert found == []
    assert not any(Path(site.project.html, code, "_downloads").exists() for code in ("en", "ar", "ko"))


@pytest.mark.parametrize("name", ["reads", "also-reads"])
@pytest.mark.parametrize("language", ["en", "ar", "ko"])
def test_what_the_english_reads_is_read_where_the_cell_is_in_english(site: Book, language: str, name: str) -> None:
    text = cell(site, language, name)
    block = text.find_next_sibling("div")
    assert isinstance(block, Tag)
    assert BESIDE in block.get_text()
    assert (text.get_text(), text.get("lang")) == ("It is read:", None if language == "en" else "en")


def test_a_translation_reaches_no_other_cell(site: Book) -> None:
    later = cell(site, "ko", "later")
    words = later.select_one("p[lang=en]")
    assert words
    assert words.get_text() == SHARED
    assert not words.select("a")
    assert "in-english" in str(later.select_one(".cell-state"))
    assert later.name == "section"
    falls = cell(site, "ko", "what-falls")
    assert falls.name == "section"
    assert falls.select_one("h2 > .edit-here[href*='/translations/ko/loss.po?plain=1#L']")


def test_a_cell_that_does_more_than_speak_is_in_english_and_says_so(site: Book) -> None:
    shown = [cell(site, "ko", f"attack-{n}") for n in range(len(attacks("x")))]
    english = [each for each in shown if each.get("lang") == "en"]
    assert all(each.get_text() == ENGLISH.replace("[here](index.ipynb)", "here") for each in english)
    assert all("in-english" in str(each.find_previous_sibling()) for each in english)
    # To MyST the rest are words: addresses that it refuses, formulas, code, `:::`, headings, rules, settings.
    assert len(shown) - len(english) <= 11


def test_every_anchor_stands_once_and_those_of_the_frame_are_kept_for_it(site: Book) -> None:
    from book.toc import FRAME_IDS

    for path, text in pages(site).items():
        page = BeautifulSoup(text, "html.parser")
        ids = Counter(str(tag["id"]) for tag in page.select("[id]"))
        assert [name for name, count in ids.items() if count > 1] == [], path
        if "/notebooks/" not in path:
            continue
        inside = {str(tag["id"]) for tag in page.select("article [id]")}
        assert not any(FRAME_IDS.fullmatch(name) for name in inside)
        assert all(FRAME_IDS.fullmatch(name) for name in set(ids) - inside)
