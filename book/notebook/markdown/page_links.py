"""Links from page to page in Markdown: found by the parser, so that code and escaped brackets are left alone."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from book.notebook.markdown.parts import Parts, parts
from book.notebook.markdown.tokens import excess

_ENDING = r"\.(?:ipynb|md)(?P<part>#[^\s()<>]*)?"
_WRITTEN = re.compile(  # with blanks between `<` and `>`
    r"(?P<before>(?:\]\(\s*|^[ >]*\[[^\]\n]+\]:\s*)(?P<angle><)?)"
    rf"(?P<page>(?(angle)[^<>?#:\n]+?|[^\s()<>?#:]+)){_ENDING}",
    re.MULTILINE,
)
_ADDRESS = re.compile(rf"(?P<page>[^<>?#:\n]+?){_ENDING}")
_MAY_LINK = re.compile("ipynb|md|&#")  # letters may be written as entities

Address = Callable[["PageLink"], "str | None"]


@dataclass(frozen=True)
class PageLink:
    """A link to a page: its path below the book's root, without suffix, and the part with the `#`, if one is named.

    `written` is how it is written. One to a file of Markdown may also lead to a file that is no page.
    """

    document: str
    part: str
    written: str

    @property
    def is_sure(self) -> bool:
        return self.written.partition("#")[0].endswith(".ipynb")


def page_links(text: str, folder: str = "") -> Iterator[PageLink]:
    """The links to pages in a Markdown text of a page in `folder`, as the site's parser finds them."""
    for address in _addresses(parts(text)) if _MAY_LINK.search(text) and not excess(text) else ():
        if match := _ADDRESS.fullmatch(address):
            yield _link(match, folder)


def with_addresses(text: str, address: Address, folder: str = "") -> str:
    """`text` with each link to a page leading to `address(link)`, or being plain words where that is None.

    The text stands on a page in `folder`.

    What only looks like a link, as in code, stays as it is: each is first marked, and only the marks that the parser
    then finds as addresses are links.
    """
    if not (".ipynb" in text or ".md" in text) or excess(text):
        return text
    marks: dict[str, re.Match[str]] = {}
    prefix = "page-link"
    while prefix in text:
        prefix += "-"

    def mark(match: re.Match[str]) -> str:
        name = f"{prefix}-{len(marks)}-"
        marks[name] = match
        return f"{match['before']}{name}"

    marked = _WRITTEN.sub(mark, text)
    found = set(_addresses(parts(marked)))
    for name, match in marks.items():
        link = _link(match, folder)
        written = match[0].removeprefix(match["before"])
        to = address(link) if name in found else written
        if to is None:
            marked = _as_words(marked, name)
        marked = marked.replace(name, written if to is None else to, 1)
    return marked


def _addresses(found: Parts) -> list[str]:
    return found.links + [each.partition("]: ")[2] for each in found.definitions]


def _link(match: re.Match[str], folder: str) -> PageLink:
    path = posixpath.join(folder, unquote(match["page"]))  # a slash in front means the book's root, as for MyST
    document = posixpath.normpath(path.removeprefix("/"))
    before = match.groupdict().get("before") or ""
    return PageLink(document, match["part"] or "", match[0].removeprefix(before))


def _as_words(text: str, address: str) -> str:
    """`text` without the link that leads to `address`; the words stay. As it is where that would change more."""
    opened, _, _ = text.partition(f"]({address}")
    closed = re.match(rf"\]\({address}[^)]*\)", text[len(opened) :])
    if not closed:
        return text
    for start in (match.start() for match in reversed(list(re.finditer(r"\[", opened)))):
        made = opened[:start] + opened[start + 1 :] + text[len(opened) + closed.end() :]
        if _without(parts(text), address) == _without(parts(made), address):
            return made
    return text


def _without(found: Parts, address: str) -> dict[str, list[str]]:
    kept = {**vars(found), "links": [each for each in found.links if each != address]}
    kept["words"] = ["".join(found.words)]
    return kept
