"""Ways in which a translation once did more than speak: each is shut, and so are its neighbours.

Every text is sent in through the files that a translator edits, the site is built and the notebooks are made by the
command line, and all that is made is held against what is made of harmless translations (`tests.safety.fuzz`): its
pages as a browser parses them, its notebooks as MyST, Jupyter and Colab read them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_output

from book.cli import main
from tests.safety.fuzz.attack import Shot, write
from tests.safety.fuzz.judge import Judge
from tests.safety.fuzz.target import LANGUAGES, Entry, attacked
from tests.small_book import Book, markdown

FOREIGN = "https://elsewhere.org/x"


@dataclass
class Sender:
    """Sends hostile texts in, and looks at what is made of them."""

    judge: Judge

    def entry(self, context: str, language: str = "ko", english: str | None = None) -> Entry:
        """The entry of a text; `context` is as in the PO file."""
        found = [each for each in self.judge.target.entries if (each.language, each.context) == (language, context)]
        return next(each for each in found if english in (None, each.english))

    def texts(self, kind: str, page: str, language: str = "ko") -> list[Entry]:
        """The entries of a kind on a page that may be hostile."""
        entries = [each for each in self.judge.target.entries if attacked(each)]
        return [each for each in entries if (each.language, each.kind, each.page) == (language, kind, page)]

    def filled(self, text: str) -> str:
        """A text with the file that nobody may read, and the address that nobody may ask."""
        around = self.judge.target.around
        return text.replace("CANARY", around.canary).replace("UP", around.up).replace("ADDRESS", around.address)

    def require_words(self, shots: list[Shot], *, build: bool = True) -> None:
        """What is made of hostile texts has nothing but words; in notebooks alone if not to `build` the site."""
        assert shots
        write(self.judge.target, shots)
        found = self.judge.verdict(build=build)
        said = [f"{each.kind} in {each.place} ({each.file}): {each.detail}"[:600] for each in found]
        assert not said, "\n".join(said)

    def is_named(self, entry: Entry) -> bool:
        """Has `check` told of the entry, and ended with the exit status of findings?"""
        findings = json.loads(self.judge.checked.out)["findings"]
        file = f"translations/{entry.language}/{entry.page}.po"
        found = [each for each in findings if each["file"] == file and f"`{entry.context}`" in each["message"]]
        return self.judge.checked.status == 1 and bool(found)


@pytest.fixture(scope="module")
def sender(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sender]:
    judge = Judge.make(tmp_path_factory.mktemp("holes").resolve())
    yield Sender(judge)
    judge.listener.close()


def in_entry(entry: Entry, text: str, *, fuzzy: bool = False, field: str = "") -> Shot:
    return Shot(0, entry.language, field or entry.kind, entry.name, (text,), entry, fuzzy)


def in_file(language: str, field: str, where: str, text: str) -> Shot:
    return Shot(0, language, field, f"translations/{language}/{where}", (text,))


def both(*contexts: str) -> list[tuple[str, str]]:
    """Contexts in both languages."""
    return [(context, language) for context in contexts for language in LANGUAGES]


def in_parts(texts: Sequence[str], size: int) -> list[Sequence[str]]:
    """What fits into one build, several times."""
    return [texts[start : start + size] for start in range(0, len(texts), size)]


# --- an interface text that ends the block into which it is put

NOTICES = both(
    *("site/machine-draft", "site/invite-review", "site/cell-untranslated", "site/help-translate"),
    *("site/cell-outdated", "site/english-then", "site/reviewed-by"),
)
MARKUP = (
    "```{eval-rst}\n.. raw:: html\n   :file: CANARY\n```",
    "```{eval-rst}\n.. raw:: html\n   :url: ADDRESS/x\n```",
    "~~~{eval-rst}\n.. include:: CANARY\n~~~",
    "```{raw} html\n:file: CANARY\n```",
    "```{include} CANARY\n```",
    "```{include} UP\n```",
    "```{literalinclude} UP\n```",
    "```{csv-table}\n:file: CANARY\n```",
    "```{figure} UP\n```",
    "```{image} ADDRESS/x.png\n```",
    ":::{raw} html\n:file: CANARY\n:::",
    "{download}`x <UP>`",
    "![x](UP)",
    f"![x]({FOREIGN}.png)",
    f"[x]({FOREIGN})",
    f"[x][y]\n\n[y]: {FOREIGN}",
    "# x",
    "- x",
    "(book-said)=\n\nx",
    "% book-cell other translated x",
    "+++",
    "***",
    "---\nx: y\n---",
    "$$x$$",
    "{doc}`index`",
    "x[^1]\n\n[^1]: y",
    "    x",
    "`x`",
    "{{ x }}",
    "```{toctree}\nindex\n```",
    "```{code-block} python\nx\n```",
    "```{math}\nx\n```",
    "```{note}\nx\n```",
)


@pytest.mark.parametrize("texts", in_parts(MARKUP, len(NOTICES)))
def test_an_interface_text_is_not_markdown(sender: Sender, texts: Sequence[str]) -> None:
    entries = [sender.entry(*where) for where in NOTICES]
    pairs = list(zip(entries, texts, strict=False))
    shots = [in_entry(entry, f"{entry.harmless}\n\n{sender.filled(text)}\n\n") for entry, text in pairs]
    sender.require_words(shots)
    assert [entry.name for entry, text in pairs if "{eval-rst}" in text and not sender.is_named(entry)] == []


# --- a rewriting of links that leaves a backslash

DEAD_LINKS = (
    "[x\\](nope.ipynb)\\<img src=x onerror=alert()>",
    "[x\\](nope.ipynb)\\<script>alert()\\</script>",
    "[\\](nope.ipynb)\\<b onclick=alert()>",
    "[\\\\\\](nope.ipynb)\\<b>",
    f"[x\\](nope.ipynb)\\[y]({FOREIGN})",
    f"[x\\](nope.ipynb)\\![y]({FOREIGN}.png)",
    "[x\\](nope.ipynb#a)\\`y\\`",
    "[x\\](nope.ipynb)\\$y$",
    "[x\\](nope.ipynb)\\{raw}`<b>`",
    "`[x](nope.ipynb)` \\<b>",
    "[`](nope.ipynb)<b onclick=alert()>`",
    "`` [x](nope.ipynb)` <b onclick=alert()> ``",
    "[&](nope.ipynb)lt;b>",
    "[<](nope.ipynb)b onclick=alert()>",
    "[<b onclick=alert](nope.ipynb)()>",
    f"[![x](nope.ipynb)]({FOREIGN})",
    f"[](nope.ipynb)[x]({FOREIGN})",
    f"[[x](nope.ipynb)]({FOREIGN})",
    "[#](nope.ipynb) x",
    "x\n[-](nope.ipynb) y",
    "[x\\](index.ipynb)\\<img src=x onerror=alert()>",
    "![x\\](index.ipynb)\\<b>",
    "![x](nope.ipynb)",
    "[x](NOPE.ipynb)",
    "[x](no-pe.ipynb)",
    "[x](<nope.ipynb>)",
    "[x][nope]\n\n[nope]: nope.ipynb",
    "$[x](nope.ipynb)$",
    "![x](index.ipynb)",
    '[x](index.ipynb "y")',
)


def test_a_link_to_no_page_leaves_only_words(sender: Sender) -> None:
    pairs = list(zip(sender.texts("prose", "loss")[1:], DEAD_LINKS, strict=False))
    assert len(pairs) == len(DEAD_LINKS)
    sender.require_words([in_entry(entry, f"{entry.harmless} {text}") for entry, text in pairs])


# --- titles on other pages than their own

TITLES = (
    "\\<script>alert()\\</script>",
    "&lt;script&gt;alert()&lt;/script&gt;",
    "&amp;lt;script&amp;gt;alert()&amp;lt;/script&amp;gt;",
    "&#60;img src=x onerror=alert()&#62;",
    "\\<img src=x onerror=alert()\\>",
    "`<b onclick=alert()>`",
    "\\</a>\\<a href=https://elsewhere.org>",
    '" onmouseover="alert()',
    "\\</title>\\</head>\\<body onload=alert()>",
    "\\</script>\\<script>alert()",
    "\\<!-- x",
    "{{ 7 * 7 }} {% raw %}",
    "${x} {count}",
    "\\*x\\* \\[y\\](z)",
)


PAGE_TITLES = both("index/title", "loss/title", "drawn/title")


@pytest.mark.parametrize("texts", in_parts(TITLES, len(PAGE_TITLES)))
def test_a_title_is_words_wherever_it_stands(sender: Sender, texts: Sequence[str]) -> None:
    entries = [sender.entry(*where) for where in PAGE_TITLES]
    shots = [
        in_entry(entry, entry.harmless.replace("\n", f" {text}\n", 1))
        for entry, text in zip(entries, texts, strict=False)
    ]
    named = [sender.entry(*where) for where in both("site/title", "site/author")]
    shots += [in_entry(entry, f"{entry.harmless} {text}") for entry, text in zip(named, texts, strict=False)]
    sender.require_words(shots)


# --- headers

NAMES = (
    "Kim\n\n```{include} CANARY\n```",
    "Kim\n\n```{eval-rst}\n.. raw:: html\n   :file: CANARY\n```\n",
    "Kim\n\n[x](https://elsewhere.org)\n\n# y\n\n- z",
    "Kim\n\n![x](ADDRESS/x.png)",
    "<script>alert()</script>",
    "&lt;script&gt;alert()&lt;/script&gt;",
    "Kim</p><img src=x onerror=alert()><p>",
    '" onmouseover="alert()',
    "`x` $y$ *z* {raw}`<b>`",
    "Kim <kim@elsewhere.org> https://elsewhere.org",
    "\n\n# x",
    "Kim\n+++\n% book-cell other translated x",
)


HEADED = [(page, language) for page in ("index", "loss", "drawn") for language in LANGUAGES]


@pytest.mark.parametrize("texts", in_parts(NAMES, len(HEADED)))
def test_a_header_is_words(sender: Sender, texts: Sequence[str]) -> None:
    fields = ("X-Reviewed-By", "Last-Translator", "Language-Team")
    shots = [
        in_file(language, "header", f"{page}.po {name}", sender.filled(text))
        for (page, language), text in zip(HEADED, texts, strict=False)
        for name in fields
    ]
    sender.require_words(shots)


# --- the notebook's line of links

BETWEEN_LINKS = (
    f"]({FOREIGN}) ![]({FOREIGN}.png) [",
    f"]({FOREIGN})",
    "](javascript:alert()) [",
    f"x][y]\n\n[y]: {FOREIGN}\n\n[z",
    f"]: {FOREIGN}",
    f"![]({FOREIGN}.png)",
    FOREIGN,
    "www.elsewhere.org",
    "x@elsewhere.org",
    "ftp://elsewhere.org/x",
    "\\",
    "x\\](y",
    "`",
    "$x$",
    "\\\\(x\\\\)",
    "\\begin{equation}x\\end{equation}",
    "\n\n# x\n\n",
    "\n\n    x\n\n",
    "\n***\n",
    "*\n\n*x",
    "&#91;x&#93;(y)",
    "@@0@@",
)
IN_NOTEBOOKS = both(
    *("site/read-on-site", "site/open-in-colab", "site/view-source", "site/translation-file"),
    *("site/cell-untranslated", "site/cell-outdated"),
)


@pytest.mark.parametrize("texts", in_parts(BETWEEN_LINKS, len(IN_NOTEBOOKS)))
def test_the_line_of_links_in_a_notebook_has_no_others(sender: Sender, texts: Sequence[str]) -> None:
    pairs = list(zip([sender.entry(*where) for where in IN_NOTEBOOKS], texts, strict=False))
    sender.require_words([in_entry(entry, f"{entry.harmless}{text}") for entry, text in pairs], build=False)
    foreign = [entry for entry, text in pairs if text.startswith("](") or text == FOREIGN]
    assert [entry.name for entry in foreign if not sender.is_named(entry)] == []


# --- the former wording of a figure's text

FORMER = (
    *("2.0", "{size}", "{x}", "1.0", "axis", "0.5", "{size}.0", "2.0\n1.0", "", "{x} and {y:.1f}", "batch 32", "."),
    *("{size} {size}", "words {size} to draw", "{y}", "series {y}"),
)


@pytest.mark.parametrize("start", [0, len(FORMER) // 2])
def test_the_former_wording_of_a_figures_text_replaces_nothing_else(sender: Sender, start: int) -> None:
    texts = cycle(FORMER[start:] + FORMER[:start])
    entries = [entry for language in LANGUAGES for entry in sender.texts("figure", "drawn", language)]
    shots = [in_entry(entry, next(texts), field="previous msgid", fuzzy=True) for entry in entries]
    sender.require_words(shots)
    made = json.loads((sender.judge.build / "notebooks/ko/drawn.ipynb").read_text(encoding="utf-8"))
    svg = "".join(made["cells"][1]["outputs"][1]["data"]["image/svg+xml"])
    assert all(f">{kept}<" in svg for kept in ("2.0", "1.0", "0.5", "axis"))


# --- comments that Colab and other tools obey

OBEYED = (
    "@title x",
    '@param {type:"string"}',
    '@param ["a", "b"] {allow-input: true}',
    f"@markdown [x]({FOREIGN})",
    "  @title x",
    "@ title x",
    "x #@title y",
    "x # @param {}",
    "#@markdown x",
    "@hidden_cell",
    "%% bash",
    "%%html",
    "%matplotlib",
    "!rm -r x",
    "type: ignore",
    "noqa",
    "fmt: off",
    "pragma: no cover",
    "pylint: disable=all",
    "-*- coding: utf-7 -*-",
    "vim: set fileencoding=utf-7 :",
    "!/bin/sh",
    "\u2028import os",
    "\x0cimport os",
    "\rimport os",
    "x\nimport os",
    "\\\nimport os",
)


@pytest.mark.parametrize("fuzzy", [False, True])
def test_no_tool_obeys_a_translated_comment(sender: Sender, fuzzy: bool) -> None:
    pairs = list(zip(sender.texts("comment", "drawn"), OBEYED, strict=False))
    assert len(pairs) == len(OBEYED)
    sender.require_words([in_entry(entry, text, fuzzy=fuzzy) for entry, text in pairs], build=False)
    made = (sender.judge.build / "notebooks/ko/drawn.ipynb").read_text(encoding="utf-8")
    english = (sender.judge.target.book / "notebooks/drawn.ipynb").read_text(encoding="utf-8")
    assert all(made.count(name) == english.count(name) for name in ("@title", "@param", "@markdown"))
    assert sender.is_named(sender.entry("drawn/plot"))
    assert sender.is_named(sender.entry("drawn/commented"))


# --- the style note, glossary and conventions

NOTES = (
    f"[x]({FOREIGN}) ![x]({FOREIGN}.png) <{FOREIGN}>",
    f"[x][y]\n\n[y]: {FOREIGN}",
    "<script>alert()</script>\n\n<img src=x onerror=alert()>",
    "&lt;script&gt;alert()&lt;/script&gt;",
    f'[x](javascript:alert()) ![x](data:text/html,x) [x]({FOREIGN} "y")',
    "</details><script>alert()</script>",
    "```{include} CANARY\n```\n\n```{raw} html\n<b>\n```",
    f"{FOREIGN} www.elsewhere.org x@elsewhere.org",
    "# x {#book-said}\n\n{.x #y}\n\n(book-copy)=\n\n## book-copy",
    "<a@elsewhere.org>",
)


def test_a_style_note_has_no_addresses_pictures_or_html(sender: Sender) -> None:
    texts = [sender.filled(text) for text in NOTES]
    shots = [in_file("ko", "STYLE.md", "STYLE.md", "\n\n".join(texts))]
    shots += [in_file("ar", "STYLE.md", "STYLE.md", "\n\n".join(reversed(texts)))]
    shots += [in_file("ko", "glossary", f"glossary.csv {n}", text) for n, text in enumerate(texts[:6])]
    shots += [in_file("ko", "conventions", f"conventions.toml {n}", text) for n, text in enumerate(texts[:5])]
    sender.require_words(shots)


# --- plain words for MyST, links and formulas for Jupyter and Colab

PLAIN_FOR_MYST = (
    "elsewhere.org",
    FOREIGN,
    "HTTPS://ELSEWHERE.ORG",
    "www.elsewhere.org",
    "ftp://elsewhere.org/x",
    "x@elsewhere.org",
    "mailto:x@elsewhere.org",
    f"손실{FOREIGN}",
    f"({FOREIGN})",
    "https\\://elsewhere.org",
    "https&colon;//elsewhere.org",
    "\\\\(x\\\\)",
    "\\\\[x\\\\]",
    f"\\\\(\\href{{{FOREIGN}}}{{x}}\\\\)",
    "\\begin{equation}x\\end{equation}",
    f"\\begin{{equation}}\\href{{{FOREIGN}}}{{x}}\\end{{equation}}",
    "\\begin{align*}\n\\style{color:red}{x}\n\\end{align*}",
    "\\$x\\$",
    f"\\$\\href{{{FOREIGN}}}{{x}}\\$",
    "&#36;x&#36;",
    "&dollar;\\style{x}{y}&dollar;",
    "&#92;(x&#92;)",
    "$x$",
    "$$x$$",
    "x~~y~~",
    "- [ ] x",
    "\\\\begin{equation}x\\\\end{equation}",
    "`$` x $",
    "\\`$x$\\`",
)

NOT_WORDS = (*PLAIN_FOR_MYST[:9], *PLAIN_FOR_MYST[11:17])  # in Jupyter's eyes


@pytest.mark.parametrize("fuzzy", [False, True])
def test_a_notebook_has_the_links_and_formulas_of_the_english_for_every_reader(sender: Sender, fuzzy: bool) -> None:
    pairs = list(zip(sender.texts("prose", "loss")[1:], PLAIN_FOR_MYST, strict=False))
    assert len(pairs) == len(PLAIN_FOR_MYST)
    shots = [in_entry(entry, f"{entry.harmless} {text}", fuzzy=fuzzy) for entry, text in pairs]
    sender.require_words(shots, build=False)
    assert [entry.name for entry, text in pairs if text in NOT_WORDS and not sender.is_named(entry)] == []


# --- what an English notebook brings


def show(text: str, kind: str = "text/html") -> tuple[str, Callable[[NotebookNode], None]]:
    """Have the cell `plot` show it."""

    def change(page: NotebookNode) -> None:
        page.cells[2].outputs.append(new_output("display_data", {kind: text, "text/plain": "x"}))

    return "plot", change


def write_in(text: str) -> tuple[str, Callable[[NotebookNode], None]]:
    """Add a cell `added` with the text."""

    def change(page: NotebookNode) -> None:
        page.cells.insert(2, markdown("added", f"Words.\n\n{text}"))

    return "added", change


ENGLISH = {
    "a script in an output": show("<script>alert()</script>"),
    "a handler in an output": show("<img src=x onerror=alert()>"),
    "a frame in an output": show(f"<iframe src={FOREIGN}></iframe>"),
    "JavaScript as an output": show("alert()", "application/javascript"),
    "a raw directive": write_in("```{raw} html\n<script>alert()</script>\n```"),
    "reStructuredText": write_in("```{eval-rst}\n.. raw:: html\n\n   <b>\n```"),
    "an inclusion": write_in("```{include} /etc/hostname\n```"),
    "a colon fence": write_in(":::{raw} html\n<b>\n:::"),
    "a directive in a quotation": write_in("> ```{raw} html\n> <b>\n> ```"),
    "a raw role": write_in("{raw}`<b>`"),
    "a file read as it is": write_in("```{literalinclude} /etc/hostname\n```"),
}


@pytest.mark.parametrize(("cell", "change"), ENGLISH.values(), ids=ENGLISH.keys())
def test_a_reviewer_of_an_english_notebook_is_told_of_scripts_and_raw_directives(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], cell: str, change: Callable[[NotebookNode], None]
) -> None:
    capsys.readouterr()
    main(["check", "--format", "json"])
    known = json.loads(capsys.readouterr().out)["findings"]
    tmp_book.edit("loss", change)
    main(["sync"])
    capsys.readouterr()
    assert main(["check", "--format", "json"]) == 1
    new = [each for each in json.loads(capsys.readouterr().out)["findings"] if each not in known]
    assert [each for each in new if each["file"] == "notebooks/loss.ipynb" and f"`{cell}`" in each["message"]]


# --- what docutils cannot take

BUILD_STOPPERS = (
    "> ---",
    "1. ***",
    "- ---",
    "> # x",
    "- # x",
    "> > ***",
    "1. > ---",
    "- - - -",
    "***\n\n***",
    "---",
    "# x\n\n---",
    "> - ***",
    "[^1]: ---\n\n[^1]",
    "x\n===\n\n---\n\n# y",
    "###### x\n\n# y",
    "| a |\n|---|\n| --- |",
    "(x)=\n\n---",
    "* * *\n+++\n* * *",
    "[^1]: [^1]",
    "[^x]",
    "[x]: <>",
    "```{math}\n:label: x\ny\n```",
)


@pytest.mark.parametrize("texts", in_parts(BUILD_STOPPERS, 8))
def test_no_construct_stops_the_build(sender: Sender, texts: Sequence[str]) -> None:
    entries = iter(sender.texts("prose", "loss")[1:])
    instead = [(next(entries), text) for text in texts]
    behind = [(next(entries), text) for text in texts]
    shots = [in_entry(entry, text) for entry, text in instead]
    sender.require_words([*shots, *(in_entry(each, f"{each.harmless}\n\n{text}") for each, text in behind)])
    assert [entry.name for entry, _ in instead if not sender.is_named(entry)] == []


# --- headings that take the ids of the page's own elements

OWN_IDS = (
    "book-copy",
    "book-said",
    "pst-primary-sidebar",
    "pst-secondary-sidebar",
    "main-content",
    "searchbox",
    "cell-2",
    "title",
    "id1",
    "rtd-footer-container",
)


def test_a_heading_takes_no_id_of_the_page(sender: Sender) -> None:
    headed = [each for each in sender.texts("prose", "loss")[1:] if each.english.startswith("##")]
    shots = []
    for entry, own in zip(headed, OWN_IDS, strict=False):
        heading, _, rest = entry.harmless.partition("\n")
        shots.append(in_entry(entry, f"{heading.partition(' ')[0]} {own}\n{rest}"))
    assert len(shots) == len(OWN_IDS)
    sender.require_words(shots)


# --- words of one text that change what another means

NEIGHBOURS: Mapping[str, tuple[str, str]] = {
    "a definition that makes a link of another cell's words": ("[손실]: https://elsewhere.org", "[손실] 감소"),
    "the English definition used elsewhere": ("[손실][paper] 감소", "감소 [paper]"),
    "a comment over two cells": ("손실 <!--", "--> 감소"),
    "a fence that is not closed": ("손실\n\n```", "감소"),
    "a fence with tildes": ("손실\n\n~~~{raw} html", "<b>감소</b>\n\n~~~"),
    "a formula over two cells": ("손실 $$x", "y$$ 감소"),
    "a footnote defined elsewhere": ("손실[^1]", "[^1]: 감소"),
    "an abbreviation of a page": ("손실 {doc}`index`", "감소"),
    "a block of HTML that is not closed": ("<div hidden>", "감소"),
    "front matter": ("---\nsubstitutions:\n  x: <b>\n---", "감소 {{ x }}"),
    "attributes of a block": ("{.cell-state #book-said}\n손실", "[감소]{.x}"),
    "an attribute on a link": ('{onclick="alert()"}\n손실', "감소"),
    "a line that continues a quotation": ("> 손실\n감소", "감소"),
    "a heading by underlining": ("손실\n===", "감소\n---"),
    "code by indentation": ("    손실", "\t감소"),
    "a table": ("| 손실 |\n|---|\n| 감소 |", "| 감소"),
    "a line break at the end": ("손실\\", "감소\\\n"),
    "separators that only some count as lines": ("손실\u2028# x", "감소\x85- x"),
    "what cannot be seen": ("손\u202e실\u200b", "감\x00소\x1b[31m"),
    "look-alikes of markup": ("\uff1cscript\uff1e", "\u02cbx\u02cb \uff3bx\uff3d(y)"),
    "entities decoded twice": ("&amp;lt;script&amp;gt;", "&#38;#60;b&#38;#62;"),
    "a deflist": ("손실\n: 감소", ":감소: x"),
    "a target": ("(book-said)=\n손실", "(cell-3)=\n\n감소"),
    "a block break": ('손실\n\n+++ {"x": 1}\n\n감소', "% x\n\n감소"),
}


@pytest.mark.parametrize("way", ["instead", "in the other order", "behind"])
def test_a_text_changes_nothing_in_its_neighbours(sender: Sender, way: str) -> None:
    entries, shots = iter(sender.texts("prose", "loss")[1:]), []
    for pair in NEIGHBOURS.values():
        for text in reversed(pair) if way == "in the other order" else pair:
            entry = next(entries)
            shots.append(in_entry(entry, f"{entry.harmless}\n\n{text}" if way == "behind" else text))
    sender.require_words(shots)


def test_what_one_language_says_changes_no_other(sender: Sender) -> None:
    pages = [path for code in ("en", "ar") for path in (sender.judge.build / "html" / code / "notebooks").iterdir()]
    harmless = "감소 감소 층 0."
    sender.require_words([in_entry(sender.entry("loss/cell-0"), harmless)])
    for made in ("html/ko/notebooks/loss.html", "notebooks/ko/loss.ipynb"):  # what is sent in arrives
        assert harmless in (sender.judge.build / made).read_text(encoding="utf-8")
    before = {path: path.read_bytes() for path in pages}
    hostile = [in_entry(entry, f"{entry.harmless}\n\n# <b>x</b>") for entry in sender.texts("prose", "loss")]
    hostile += [in_entry(entry, f"{entry.harmless} x") for entry in sender.texts("interface", "site")]
    sender.require_words(hostile)
    assert {path: path.read_bytes() for path in pages} == before
