"""The table of contents, `_toc.yml`: which pages the book has, in order, and what it calls them and its parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from sphinx_external_toc.parsing import MalformedError, parse_toc_data

from book.errors import ProjectError
from book.files import SETTINGS, read_text
from book.settings import read_settings

SITE = "site"  # no page's name: a PO file so called has the site's own texts
FRAME_IDS = re.compile(r"book-(?:copy|said)|pst-.*|main-content|searchbox")  # no cell's: ids of a page's own elements
_WORDS = {"caption", "title"}
_PAGE = re.compile(rf"notebooks/(?!{SITE}$)([\w-]{{1,100}})")


def read_toc(root: Path) -> list[str]:
    """Names of the pages of the book in `root`, in order, without folder and suffix. Raises ProjectError."""
    toc = root / "_toc.yml"
    content = read_settings(toc)
    try:
        documents = list(parse_toc_data(content))
    except (MalformedError, AttributeError, TypeError, ValueError) as error:  # the last three for other shapes of YAML
        raise ProjectError(f"cannot be read: {' '.join(str(error).split())}", toc) from error
    return [_page(toc, document) for document in documents]


def toc_text(root: Path, left_out: frozenset[str] = frozenset(), say: Mapping[str, str] = MappingProxyType({})) -> str:
    """The table of contents of the book in `root` as the stock tool reads it, without the pages `left_out`.

    `say` has other words for what it calls pages and parts. Raises ProjectError.
    """
    files = {f"notebooks/{page}" for page in left_out}
    content = read_settings(root / "_toc.yml")
    made = _with_words(_without(content, files), lambda words: say.get(words, words))
    if made == content:
        return read_text(root / "_toc.yml", SETTINGS)
    return yaml.safe_dump(made, allow_unicode=True, sort_keys=False)


def _without(value: Any, files: set[str]) -> Any:
    """A part of the table of contents without the entries of these files."""
    if isinstance(value, dict):
        return {key: _without(each, files) for key, each in value.items()}
    if isinstance(value, list):
        return [_without(each, files) for each in value if not (isinstance(each, dict) and each.get("file") in files)]
    return value


def read_words(root: Path) -> list[str]:
    """Captions of parts, and titles that pages have there besides their own, each once. Raises ProjectError."""
    found: dict[str, None] = {}
    _with_words(read_settings(root / "_toc.yml"), lambda words: found.setdefault(words) or words)
    return list(found)


def _with_words(value: Any, replace: Callable[[str], str]) -> Any:
    """The content of the file with its captions and titles replaced."""
    if isinstance(value, list):
        return [_with_words(each, replace) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: replace(each) if key in _WORDS and isinstance(each, str) and each.strip() else _with_words(each, replace)
        for key, each in value.items()
    }


def _page(toc: Path, document: str) -> str:
    match = _PAGE.fullmatch(document)
    if match and (toc.parent / f"{document}.ipynb").exists():
        return match[1]
    if match:
        fault = f"there is no {document}.ipynb; add the notebook, or correct or drop the line"
    else:
        fault = f"a page stands in notebooks/ itself, under letters, digits, - and _, not as `{SITE}`; rename it"
    before, _, _ = read_text(toc, SETTINGS).partition(document)
    raise ProjectError(f"names `{document}`, but {fault}", toc, before.count("\n") + 1)
