"""The table of contents, `_toc.yml`: which pages the book has, in order, and what it calls them and its parts."""

from __future__ import annotations

import glob
import os
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from sphinx_external_toc.parsing import MalformedError, parse_toc_data

from book.errors import ProjectError
from book.files import SETTINGS, read_text
from book.settings import read_settings

SITE = "site"  # no page's name: a PO file so called has the site's own texts
TITLE, AUTHOR, LICENCE, TOC = (f"{SITE}/{name}" for name in ("title", "author", "licence", "toc"))  # the book's own
FRAME_IDS = re.compile(r"book-(?:copy|said)|pst-.*|main-content|searchbox")  # no cell's: ids of a page's own elements
_WORDS, _GLOB = {"caption", "title"}, "glob"
MARKDOWN = ".md"
SUFFIXES = (".ipynb", MARKDOWN)  # of pages; where there are several of a name, the first counts, as in Sphinx
_NAME = re.compile(r"[^\W_][\w .,+&()=@~-]{0,99}|_[\w.+-]{1,99}")  # of a page or a folder
BUILD = "_build"  # the folder of all that is made
# What the site has besides pages in a language's folder. Its own pages step aside for one of the same name.
SITE_PAGES = ("search", "status", "translate", "contributors")
_FOLDERS = {"pagefind", "_static", "_images", "_downloads", "_sources", BUILD}


def comes_with_program(context: str) -> bool:
    """Is it the context of a text of the site that is in English, whatever the language of the book is?"""
    return context.startswith(f"{SITE}/") and context not in (TITLE, AUTHOR, LICENCE, TOC)


def read_toc(root: Path) -> dict[str, str]:
    """The pages of the book in `root`, in order: by name the path of each below it. Raises ProjectError.

    A name is the path without the suffix, and without the folder in which all pages stand.
    """
    toc = root / "_toc.yml"
    content = _read(root)
    try:
        documents = list(parse_toc_data(content))
    except (MalformedError, AttributeError, TypeError, ValueError) as error:  # the last three for other shapes of YAML
        raise ProjectError(f"cannot be read: {' '.join(str(error).split())}", toc) from error
    files = [_file(toc, document) for document in documents]
    start = len(folder_of(files)) + 1 if folder_of(files) else 0
    pages = {without_suffix(file)[start:]: file for file in files}
    if SITE in pages:
        raise _fault(toc, without_suffix(pages[SITE]), f"`{SITE}` has the site's own texts; rename the page")
    return pages


def _read(root: Path) -> dict[str, Any]:
    """The content of the file, with the documents for which each `glob:` stands, in Sphinx's order, in its place.

    A document that another line names, or a pattern above, is not meant. Raises ProjectError.
    """
    content = read_settings(root / "_toc.yml")
    if not (patterns := list(_values(content, _GLOB))):
        return content
    from sphinx.util.matching import patfilter  # here: few books need it, and it takes long to load

    left = {without_suffix(path) for path in _page_files(root)}.difference(
        *(map(without_suffix, _values(content, key)) for key in ("root", "file"))
    )
    meant: dict[str, list[str]] = {}
    for pattern in dict.fromkeys(patterns):
        meant[pattern] = sorted(patfilter(left, pattern))
        left.difference_update(meant[pattern])
        if not meant[pattern]:
            raise _fault(root / "_toc.yml", pattern, "no page is called so; correct or drop the line")
    return {key: _with_documents(value, meant) for key, value in content.items()}


def _page_files(root: Path) -> Iterator[str]:
    """The paths of all files below the root that could be pages, by their endings."""
    for folder, folders, files in os.walk(root):
        folders[:] = [each for each in folders if not each.startswith((".", "_")) and each != "translations"]
        yield from (Path(folder, file).relative_to(root).as_posix() for file in files if file.endswith(SUFFIXES))


def _values(value: Any, key: str) -> Iterator[str]:
    """The texts that stand under `key`, however deep."""
    if isinstance(value, list):
        for each in value:
            yield from _values(each, key)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from ([each] if name == key and isinstance(each, str) else _values(each, key))


def _with_documents(value: Any, meant: dict[str, list[str]]) -> Any:
    if isinstance(value, dict):
        return {key: _with_documents(each, meant) for key, each in value.items()}
    if not isinstance(value, list):
        return value
    made: list[Any] = []
    for each in value:
        pattern = each.get(_GLOB) if isinstance(each, dict) else None
        made += [{"file": name} for name in meant.pop(pattern, [])] if pattern else [_with_documents(each, meant)]
    return made


def folder_of(files: list[str]) -> str:
    """The folder in which all these files stand, by its path; empty where they have none in common."""
    folders = [posixpath.dirname(file).split("/") for file in files]
    shared = takewhile(lambda names: len(set(names)) == 1, zip(*folders, strict=False))
    return "/".join(names[0] for names in shared)


def without_suffix(file: str) -> str:
    """A page's file as Sphinx names it."""
    return next((file.removesuffix(each) for each in SUFFIXES if file.endswith(each)), file)


def toc_text(root: Path, left_out: frozenset[str] = frozenset(), say: Mapping[str, str] = MappingProxyType({})) -> str:
    """The table of contents of the book in `root` as the stock tool reads it, without the documents `left_out`.

    Files have no suffixes, since Sphinx is given all pages as notebooks. `say` has other words for what it calls pages
    and parts. Raises ProjectError.
    """
    content = _read(root)
    made = _as_documents(_with_words(_without(content, left_out), lambda words: say.get(words, words)))
    if made == read_settings(root / "_toc.yml"):
        return read_text(root / "_toc.yml", SETTINGS)
    return yaml.safe_dump(made, allow_unicode=True, sort_keys=False)


def _as_documents(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _as_documents(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_documents(each) for each in value]
    return without_suffix(value) if key in ("root", "file") and isinstance(value, str) else value


def _without(value: Any, documents: frozenset[str]) -> Any:
    """A part of the table of contents without the entries of these documents; what stood below one moves up."""
    if isinstance(value, dict):
        made = {key: _without(each, documents) for key, each in value.items()}
        return {key: each for key, each in made.items() if each != [] or value[key] == []}
    if not isinstance(value, list):
        return value
    kept = []
    for each in value:
        if isinstance(each, dict) and without_suffix(str(each.get("file", ""))) in documents:
            kept += [below for key in ("sections", "chapters") for below in _without(each.get(key) or [], documents)]
        else:
            kept.append(_without(each, documents))
    return [each for each in kept if not (isinstance(each, dict) and "caption" in each and len(each) == 1)]


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


def _file(toc: Path, document: str) -> str:
    """The file of a page that `_toc.yml` names with or without its suffix."""
    name = without_suffix(document)
    found = [f"{name}{suffix}" for suffix in SUFFIXES if (toc.parent / f"{name}{suffix}").exists()]
    parts = name.split("/")
    if not _are_names(parts):
        allowed = "letters, digits, blanks and some signs such as - _ . and +"
        raise _fault(toc, document, f"a page's path has {allowed}, and leads into folders only; rename it")
    if _is_taken(parts):
        raise _fault(toc, document, f"the site has another `{parts[0]}`; rename it")
    if not found and (other := _of_another_kind(toc.parent, document)):
        remedy = "make a notebook of it (Jupytext reads many kinds), or drop the line"
        raise _fault(toc, document, f"{other} is neither a notebook nor a page in Markdown ({MARKDOWN}); {remedy}")
    if not found:
        raise _fault(toc, document, f"there is no {name}{SUFFIXES[0]}; add the notebook, or correct or drop the line")
    return document if document in found else found[0]


def _of_another_kind(root: Path, document: str) -> str:
    """The file that a line of the table means, where it is no page: a script, or a text of another kind."""
    path = root / document
    try:
        found = [path, *sorted(path.parent.glob(f"{glob.escape(path.name)}.*"))]
        return next((each.relative_to(root).as_posix() for each in found if each.is_file()), "")
    except (OSError, ValueError):  # no file can have the name
        return ""


def may_be_page(document: str) -> bool:
    """Could a page stand in that path, as far as its name goes?"""
    return _are_names(parts := document.split("/")) and not _is_taken(parts)


def _are_names(parts: list[str]) -> bool:
    return all(map(_NAME.fullmatch, parts)) and not any(part.endswith((".", " ")) for part in parts)


def _is_taken(parts: list[str]) -> bool:
    """Has the site something else there?"""
    return len(parts) > 1 and parts[0] in _FOLDERS


def _fault(toc: Path, document: str, fault: str) -> ProjectError:
    before, _, _ = read_text(toc, SETTINGS).partition(document)
    return ProjectError(f"names `{document}`, but {fault}", toc, before.count("\n") + 1)
