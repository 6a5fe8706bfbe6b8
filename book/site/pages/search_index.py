"""The search index of each language, made by Pagefind from the localized cells, not from the built pages.

So notices, labels, buttons and the foot of a page are no part of it, and it waits for nothing.
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pagefind_bin

from book.errors import SiteError
from book.files import write_atomic
from book.language.language import greek_name
from book.localize.edition import Edition
from book.site.pages.search_document import document, english_headings, headings, words_in
from book.site.pages.unspaced import has_unspaced, parted

TARGET = "pagefind"  # the folder of the index, in that of the language
_ABOUT = "words.json"  # what `search.js` is told of the book
# What a browser loads. The rest of Pagefind's files are interfaces, which we have our own of, and a worker.
_LOADED = ("pagefind.js", "pagefind-entry.json", "pagefind.*.pf_meta", "index", "fragment", "wasm.*.pagefind")


def write_index(edition: Edition) -> None:
    """Write the language's index to `LANG/pagefind`, if what is to be found there has changed. Raises SiteError."""
    project, code = edition.project, edition.language.code
    source, target = project.build / "search" / code, project.html / code / TARGET
    texts = {f"{project.document(page)}.html": document(edition, page) for page in project.pages}
    words = [word for text in texts.values() for word in words_in(text)]
    about: dict[str, Any] = {
        "pages": {url: _called(edition, page, texts[url]) for page, url in zip(project.pages, texts, strict=True)},
        "words": " ".join(sorted(set(words))),
        "length": len(words),
        "synonyms": dict(_synonyms(edition, set(words))),
    } | ({"unspaced": True} if has_unspaced(edition.language.name) else {})
    files = {name: parted(text) for name, text in texts.items()} | {_ABOUT: json.dumps(about, ensure_ascii=False)}
    changed = [name for name, text in files.items() if write_atomic(source / name, text)]
    gone = [path for path in source.rglob("*") if path.is_file() and str(path.relative_to(source)) not in files]
    for path in gone:
        path.unlink()
    if changed or gone or not (target / _ABOUT).exists():
        _run_pagefind(source, target, about)


def _called(edition: Edition, page: str, html: str) -> dict[str, list[str]]:
    """What the page is called and what its headings say, in the language and in English."""
    english = (cell.source for cell in edition.english(page).cells if cell.cell_type == "markdown")
    found = [headings(html), english_headings(tuple(english))]
    names = dict.fromkeys(each[0] for each in found if each)
    others = dict.fromkeys(heading for each in found for heading in each[1:])
    return {"names": list(names), "headings": list(others)}


def _synonyms(edition: Edition, words: set[str]) -> Iterator[tuple[str, str]]:
    """What readers may say, and what it is called in the book: terms of the glossary, Greek letters by their names."""
    for term in edition.conventions.terms:
        yield from ((said, meant) for said, meant in term.synonyms() if said != meant)
    yield from ((greek_name(word), word) for word in sorted(words) if len(word) == 1 and greek_name(word))


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
