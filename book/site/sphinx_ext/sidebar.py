"""The list of all pages beside each page: the theme makes it once a language, since for many pages it takes long.

From page to page only addresses and the mark of the page itself differ.
Tried on Sphinx 7.4.7 and pydata-sphinx-theme 0.17.1.
"""

from __future__ import annotations

import html
import re
from itertools import chain

from sphinx.util.osutil import relative_uri

from book.entities import unescaped

_TAG = re.compile(r"<(?:(/)(?:ul|li)|(ul|li|a|details)\b[^>]*)>")
_LINK = re.compile(r'(<a\b[^>]*\bclass="reference internal"[^>]*\bhref=")([^"]*)(")')
_LEVEL = re.compile(r'(class="toctree-l\d+)')

Mark = tuple[int, int, str]  # from where to where in the list which tag stands on the page itself


class Sidebar:
    """The list, made as it is seen from the site's root by a page that is not in it."""

    def __init__(self, listed: str) -> None:
        self._listed = listed
        self._by_folder: dict[str, tuple[str, dict[str, list[Mark]]]] = {}

    def seen_from(self, address: str) -> str:
        """The list on the page at `address`, marked if it is in it."""
        folder = address[: address.rfind("/") + 1]
        if folder not in self._by_folder:
            moved = _LINK.sub(lambda link: f"{link[1]}{_moved(link[2], folder)}{link[3]}", self._listed)
            self._by_folder[folder] = moved, _marks(moved)
        listed, marks = self._by_folder[folder]
        its_marks = marks.get(relative_uri(folder, address), [])
        starts, ends = [0, *(end for _, end, _ in its_marks)], [*(start for start, *_ in its_marks), len(listed)]
        kept = [listed[start:end] for start, end in zip(starts, ends, strict=True)]
        return "".join(chain.from_iterable(zip(kept, [*(tag for *_, tag in its_marks), ""], strict=True)))


def _moved(address: str, folder: str) -> str:
    return html.escape(relative_uri(folder, unescaped(address)))


def _marks(listed: str) -> dict[str, list[Mark]]:
    """By address the marks on the page there: on the link to it, and on the lists and items in which that stands."""
    found: dict[str, list[list[Mark]]] = {}
    around: list[list[Mark]] = []  # of each list and item its own, with that of its fold, which comes after its link
    for tag in _TAG.finditer(listed):
        mark = (tag.start(), tag.end(), _current(tag[0], tag[2]))
        if tag[1]:
            around.pop()
        elif tag[2] in ("ul", "li"):
            around.append([mark])
        elif tag[2] == "details":
            around[-1].append(mark)
        elif link := _LINK.match(tag[0]):
            found[unescaped(link[2])] = [*around, [mark]]
    return {address: sorted(chain.from_iterable(marks)) for address, marks in found.items()}


def _current(tag: str, name: str) -> str:
    """The tag as the theme has it around the page at hand."""
    if name == "li":
        return _LEVEL.sub(r"\1 current active", tag, count=1)
    if name == "details":
        return '<details open="open">'
    if name == "a":
        tag = _LINK.sub(r"\1#\3", tag)
    return tag.replace('class="', 'class="current ', 1) if 'class="' in tag else '<ul class="current">'
