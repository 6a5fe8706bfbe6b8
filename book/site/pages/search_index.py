"""The search index of each language, made by Pagefind from the localized cells, not from the built pages.

So notices, labels, buttons and the foot of a page are no part of it, and it waits for nothing. A cell's id is the
anchor of what is found in it. Folded cells are left out: their code draws figures or gives answers away.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import Any

import pagefind_bin
from markdown_it import MarkdownIt
from markdown_it.token import Token

from book.errors import SiteError
from book.files import write_atomic
from book.localize.cells import Cell
from book.localize.edition import Edition
from book.maths.page import Formula, typeset
from book.notebook.directives import expanded
from book.notebook.syntax import markdown_parser
from book.site.pages.unspaced import has_unspaced, parted, without_unspaced

TARGET = "pagefind"  # the folder of the index, in that of the language
_FOLDED = {"hide-input", "remove-input", "hide-cell", "remove-cell"}
_TAG = re.compile(r"<[^>]+>")
_HEADING = re.compile(r"<h([1-3])[^>]*>(.*?)</h\1>", re.DOTALL)  # the first is what Pagefind calls the page
_ABOUT = "words.json"  # what `search.js` is told of the book
_CODE_WEIGHT = 0.5  # of a word in code, beside 1 in prose; in headings it is more
_SOURCE_WEIGHT = 0.2  # in a list of sources, which names what other pages are about
# What a browser loads. The rest of Pagefind's files are interfaces, which we have our own of, and a worker.
_LOADED = ("pagefind.js", "pagefind-entry.json", "pagefind.*.pf_meta", "index", "fragment", "wasm.*.pagefind")


def write_index(edition: Edition) -> None:
    """Write the language's index to `LANG/pagefind`, if what is to be found there has changed. Raises SiteError."""
    project, code = edition.project, edition.language.code
    source, target = project.build / "search" / code, project.html / code / TARGET
    texts = {f"{project.document(page)}.html": document(edition, page) for page in project.pages}
    about: dict[str, Any] = {"unspaced": True} if has_unspaced(edition.language.name) else {}
    about["pages"] = {url: _called(edition, page, texts[url]) for page, url in zip(project.pages, texts, strict=True)}
    about["words"] = " ".join(sorted({word for text in texts.values() for word in words_in(text)}))
    files = {name: parted(text) for name, text in texts.items()} | {_ABOUT: json.dumps(about, ensure_ascii=False)}
    changed = [name for name, text in files.items() if write_atomic(source / name, text)]
    gone = [path for path in source.rglob("*") if path.is_file() and str(path.relative_to(source)) not in files]
    for path in gone:
        path.unlink()
    if changed or gone or not (target / _ABOUT).exists():
        _run_pagefind(source, target, about)


def document(edition: Edition, page: str) -> str:
    """The page as Pagefind reads it: headings with the ids of their cells, prose, and code with its comments."""
    shown = (cell for cell in edition.cells(page) if not _FOLDED.intersection(cell.node.metadata.get("tags", [])))
    body = "\n".join(
        _prose(cell.node.source, cell.node.id) if cell.node.cell_type == "markdown" else _code(cell) for cell in shown
    )
    return f'<!DOCTYPE html>\n<html lang="{edition.language.tag}"><body>\n{body}\n</body></html>\n'


def _prose(source: str, anchor: str) -> str:
    parser = _parser()
    tokens = list(expanded(parser.parse(source), parser.parse, parser.parseInline))
    for token in tokens:
        token.hidden = False  # an item of a list has a paragraph, whether blank lines part the items or not
        if token.type == "heading_open":
            token.attrSet("id", anchor)
    for item in _sources(tokens):
        item.attrSet("data-pagefind-weight", str(_SOURCE_WEIGHT))
    return str(parser.renderer.render(tokens, parser.options, {}))


def _sources(tokens: list[Token]) -> Iterator[Token]:
    """The items of lists that link another site."""
    item: Token | None = None
    for token in tokens:
        if token.type == "list_item_open":
            item = token
        elif item and any("://" in str(child.attrGet("href")) for child in token.children or []):
            yield item


def _code(cell: Cell) -> str:
    return f'<pre data-pagefind-weight="{_CODE_WEIGHT}">{escape(cell.node.source)}</pre>'


@cache
def _parser() -> MarkdownIt:
    parser = markdown_parser()
    for displayed in ("math_inline_double", "amsmath"):
        parser.add_render_rule(displayed, lambda self, tokens, i, options, env: "")
    parser.add_render_rule("math_inline", lambda self, tokens, i, options, env: _formula(tokens[i].content))
    parser.add_render_rule("math_block", lambda self, tokens, i, options, env: "")
    return parser


@cache
def _formula(latex: str) -> str:
    """The letters and signs of a formula; nothing where it cannot be set by itself."""
    (result,) = typeset([Formula(latex, display=False)])
    return escape(unescape(_TAG.sub("", result.mathml)))


def _called(edition: Edition, page: str, html: str) -> dict[str, list[str]]:
    """What the page is called and what its headings say, in the language and in English."""
    english = (cell.source for cell in edition.english(page).cells if cell.cell_type == "markdown")
    found = [_headings(html), _english_headings(tuple(english))]
    names = dict.fromkeys(each[0] for each in found if each)
    headings = dict.fromkeys(heading for each in found for heading in each[1:])
    return {"names": list(names), "headings": list(headings)}


@cache  # every language asks for the same
def _english_headings(cells: tuple[str, ...]) -> tuple[str, ...]:
    return _headings("".join(_prose(cell, "") for cell in cells))


def _headings(html: str) -> tuple[str, ...]:
    return tuple(plain(text) for _, text in _HEADING.findall(html))


def plain(html: str) -> str:
    """The text of a piece of HTML."""
    return " ".join(unescape(_TAG.sub("", html)).split())


def words_in(text: str) -> Iterator[str]:
    """The words of a document, in small letters; of compounds as Python writes them the parts too.

    What is written without spaces is not among them: it is found letter by letter.
    """
    spaced = without_unspaced(unescape(_TAG.sub(" ", text)))
    parts = "".join(each if _is_part(each) else " " for each in spaced)
    for word in parts.split():
        yield word.lower()
        yield from (part.lower() for part in re.findall(r"[A-Z]?[a-z]+", word) if word.isascii())


@cache
def _is_part(character: str) -> bool:
    """Is it a letter, a mark such as a vowel sign, a digit, or the underscore?"""
    return character == "_" or unicodedata.category(character)[0] in "LMN"


def _run_pagefind(source: Path, target: Path, about: dict[str, Any]) -> None:
    """Index `source` and put what browsers load in `target`, whole or not at all; with it what `search.js` is told."""
    made = source.with_name(f".{source.name}")
    shutil.rmtree(made, ignore_errors=True)
    command = [pagefind_bin.get_executable(), "--site", source, "--output-path", made, "--keep-index-url", "--silent"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        shutil.rmtree(source)  # so that the next build tries again
        raise SiteError(f"Pagefind failed: {' '.join(done.stderr.decode('utf-8', 'replace').split())}", source)
    (language,) = json.loads((made / "pagefind-entry.json").read_text(encoding="utf-8"))["languages"].values()
    stemmed = bool(language["wasm"])
    ids = _ids(made)
    pages = [{"id": ids[url], **names} for url, names in about["pages"].items() if url in ids]
    found = json.dumps({"stemmed": stemmed, **about, "pages": pages}, ensure_ascii=False)
    (made / _ABOUT).write_text(found, encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    unused = "wasm.unknown.pagefind" if stemmed else ""
    for path in (path for pattern in (*_LOADED, _ABOUT) for path in made.glob(pattern)):
        if path.name != unused:
            path.rename(target / path.name)
    shutil.rmtree(made)


def _ids(made: Path) -> dict[str, str]:
    """What Pagefind calls each page, by its address; a result says no more of its page until that is loaded.

    A page without a word has none.
    """
    found = {}
    for path in (made / "fragment").iterdir():
        _, _, content = gzip.decompress(path.read_bytes()).partition(b"pagefind_dcd")
        found[json.loads(content)["url"].lstrip("/")] = path.stem
    return found
