"""The skeleton of a made HTML page, as a browser parses it: everything but its words.

A skeleton is a list of lines, one for each block, in order. A line has the block's element with its attributes, and the
inline elements inside it in any order, since languages order words differently.
"""

from __future__ import annotations

import difflib
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.safety.fuzz.target import LANGUAGES, STYLE_MARK
from tests.safety.fuzz.violations import Violation

INLINE = {
    *("a", "abbr", "b", "bdi", "cite", "code", "del", "i", "img", "ins", "kbd", "mark", "q", "s", "small", "span"),
    *("sub", "sup", "u", "wbr"),
}
WORDING = {"em", "strong", "br"}  # a language stresses and breaks as it likes
# Attributes whose value a reader reads or hears.
SAID = {
    *(
        "title",
        "aria-label",
        "alt",
        "placeholder",
        "data-loading",
        "data-count",
        "data-none",
        "data-failed",
        "data-file",
    ),
    *("data-copied", "data-bs-title"),
}
SAID_META = {"description", "og:description", "og:title", "og:site_name", "og:image:alt", "author", "twitter:title"}
SAID_DATA = {"name", "description", "educationalLevel", "teaches"}  # keys of the structured data
DIRECTIONS = {"lang": {"en", *LANGUAGES}, "dir": {"ltr", "rtl", "auto"}}
VARIES = (
    (re.compile(r"\?v=\w+"), ""),  # a file's version
    (re.compile(r"(?<=\?plain=1)#L\d+$"), ""),  # the line of an entry in a PO file
    (re.compile(r"\b_images/[0-9a-f]{16,}\.svg$"), "_images/*.svg"),  # named by its content
    (re.compile(r"^#id\d+$"), "#id*"),  # what docutils numbers
    (re.compile(r"^--lines: \d+$"), "--lines: *"),  # the height of a block of code
    (re.compile(r"\b(translations)/\w+/\w+\.po(?=\?plain=1$)"), r"\1/*.po"),  # where a notice leads
)
SIZE = re.compile(r"(width|height)=\d+|style=aspect-ratio: \d+/\d+")
STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
HARM = re.compile(
    r"(script|style|iframe|object|embed|base|meta|link|form|input|video|audio|svg|math)\b|.*\[on\w+=|.*javascript:"
)
ADDRESS = re.compile(r"\[(?:href|src|action|data|srcset|formaction|poster|xlink:href)=")
NAMES = re.compile(r"^[+-]\d+ ([a-z]\w*)| ([a-z]\w*)\[")
FURTHER = ("status.html", "translate.html", "contributors.html")
CREDIT = re.compile(r"bdi|small|code|a\[href=(?:\.\./\w+/notebooks/\w+|(?:\.\./\w+/)?translate)\.html(?:#review)?\]")
GLOSSARY = re.compile(
    r"details|summary|div\[[^<>]*class=book-table\]\S*|table\[class=table\]|thead|tbody|tr|td|th\[scope=\w+\]"
)
COLOUR = re.compile(r"[a-z][a-z0-9]{0,2}")  # a class of the highlighter, which sees comments and strings
PLAIN_STYLE = {  # what a note in Markdown consists of
    *(
        "p",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "em",
        "strong",
        "code",
        "pre",
        "blockquote",
        "hr",
        "br",
    ),
    *("table", "thead", "tbody", "tr", "th", "td"),
}


@dataclass
class Line:
    """A block: where it stands, its element, the inline elements in it, and the id that stands before it."""

    region: str
    step: int  # how much deeper it lies than the block before it
    shown: str
    cell: str
    inline: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return " ".join([f"{self.region}: {self.step:+d} {self.shown}", *sorted(self.inline)])


@dataclass
class Page:
    """A page's skeleton; apart from it what the project says about a translation's state, ids, and the style note."""

    blocks: list[Line] = field(default_factory=list)
    notices: set[str] = field(default_factory=set)
    ids: Counter[str] = field(default_factory=Counter)
    styled: list[str] = field(default_factory=list)  # what STYLE.md brought and a note cannot have

    @cached_property
    def lines(self) -> list[str]:
        return [str(block) for block in self.blocks]


class _Reader:
    def __init__(self, name: str) -> None:
        self.page = Page()
        self._cell, self._depth = "", 0
        self.name = name  # of the file

    def read(self, html: str) -> Page:
        root = LexborHTMLParser(html).root
        if root is not None:
            self._walk(root, "page", None)
        return self.page

    def _walk(self, node: LexborNode, region: str, block: list[str] | None) -> None:
        """Add a node to its region; `block` collects the inline elements of the block that it stands in."""
        if node.tag == "-comment":
            self.page.blocks.append(Line(region, 0, f"<!--{node.html}", self._cell))
        elif not _is_text(node):
            self._element(node, _region(node, region), block)

    def _element(self, node: LexborNode, region: str, block: list[str] | None) -> None:
        tag, given = str(node.tag), dict(node.attributes)
        if "cell-state" in (given.get("class") or "").split():
            self.page.notices.update(_notice(node))
            return
        if tag == "details" and STYLE_MARK in node.text():
            self._style_note(node, region)
            return
        if self._is_wording(tag, given, region):
            self._count_id(given)
            self._children(node, region, block)
            return
        self._count_id(given)
        shown = self._shown(tag, given, node, region)
        if tag in INLINE and block is not None:
            block.append(shown)
            self._children(node, region, block)
        elif tag in ("math", "svg") and block is not None:
            block.append(_whole(node))
        else:
            self._block(node, region, shown)

    def _block(self, node: LexborNode, region: str, shown: str) -> None:
        start, before, depth = len(self.page.blocks), self._depth, _depth(node)
        step, self._depth = depth - self._depth, depth  # a step, so that what follows a change is as it was
        last = self.page.blocks[-1] if self.page.blocks else None
        if last and shown == last.shown == "p" and step == 0:  # a sentence may be parted from another
            line = last
        else:
            self.page.blocks.append(line := Line(region, step, shown, self._cell))
        self._children(node, region, line.inline)
        if self.name == "status.html":  # who has reviewed a page, where somebody has
            line.inline[:] = [each for each in line.inline if each not in ("small", "bdi")]
        if self.name == "translate.html":  # an example from the language's own translations, where there is one
            line.inline[:] = [each for each in line.inline if each != "span"]
        is_plain = all(GLOSSARY.fullmatch(each.shown) and not each.inline for each in self.page.blocks[start:])
        if (self.name, shown) == ("translate.html", "details") and is_plain:
            del self.page.blocks[start:]  # a glossary: rows that may not be shown are left out
            self._depth = before
        if self.name == "translate.html" and self._cell == "style" and shown in ("h2", "p") and not line.inline:
            del self.page.blocks[start:]  # what introduces the note on style and the glossary, where there is one
            self._depth = before
        if self.name == "contributors.html" and region == "body" and shown in ("p", "ul", "li"):
            made = [each for block in self.page.blocks[start:] for each in block.inline]
            if all(map(CREDIT.fullmatch, made)):  # who is named, and for which pages
                del self.page.blocks[start:]
                self._depth = before

    def _children(self, node: LexborNode, region: str, block: list[str] | None) -> None:
        if node.tag == "template":  # its content is a document of its own
            inside = LexborHTMLParser(re.sub(r"^<template[^>]*>|</template>$", "", node.html or "")).body
            node = inside if inside is not None else node
        for child in node.iter(include_text=True):
            self._walk(child, region, block)

    def _count_id(self, given: dict[str, str | None]) -> None:
        if name := given.pop("id", None):
            self.page.ids[name] += 1
            self._cell = name

    def _is_wording(self, tag: str, given: dict[str, str | None], region: str) -> bool:
        """Is it an element that a translation may have or lack, as it changes nothing but a word's look?"""
        names = set(given) - set(DIRECTIONS)
        if tag in WORDING:
            return not names
        if tag == "span" and (names == {"id"} or given.get("class") == "together"):
            return True  # an anchor, as ids are counted; and words that no line parts
        if tag == "span" and region == "body code":
            return not names or (names == {"class"} and bool(COLOUR.fullmatch(given["class"] or "")))
        return tag == "code" and not names and self.name in FURTHER  # words in backticks

    def _shown(self, tag: str, given: dict[str, str | None], node: LexborNode, region: str) -> str:
        """The element with its attributes, less what is said and what varies from build to build."""
        made = {name: self._value(tag, name, value or "", given) for name, value in given.items()}
        if tag == "img" and made.get("src", "").endswith("_images/*.svg"):  # as wide as its words
            made = {name: value for name, value in made.items() if not SIZE.fullmatch(f"{name}={value}")}
        if tag != "html":
            made = {name: value for name, value in made.items() if value not in DIRECTIONS.get(name, ())}
        made.pop("data-pagefind-weight", None)  # told from where links stand
        if not made.get("class"):  # no class left is as none given
            made.pop("class", None)
        text = ""
        if tag in ("script", "style"):
            text = _script(node.text(), given, self.name)
        elif tag == "code" and region == "body":
            text = node.text().strip()  # blanks around code change nothing in it
        return "".join(
            [tag, *(f"[{name}={value}]" for name, value in sorted(made.items())), repr(text) if text else ""]
        )

    @staticmethod
    def _value(tag: str, name: str, value: str, given: dict[str, str | None]) -> str:
        if name in SAID or (tag == "meta" and name == "content" and _about(given) in SAID_META):
            return "…"
        for pattern, instead in VARIES:
            value = pattern.sub(instead, value)
        if name == "class":  # docutils calls a list simple if no item has two paragraphs
            return " ".join(sorted({*value.split()} - ({"simple"} if tag in ("ul", "ol") else set())))
        return value

    def _style_note(self, node: LexborNode, region: str) -> None:
        for each in node.css("*"):
            names = set(each.attributes) - {"start"}
            if each.tag == "code" and re.fullmatch(r"language-\S*", each.attributes.get("class") or ""):
                names -= {"class"}
            if each.tag not in PLAIN_STYLE | {"details", "summary"} or names:
                self.page.styled.append(f"{region}: {self._shown(str(each.tag), dict(each.attributes), each, region)}")


def skeleton(html: str, name: str) -> Page:
    """The skeleton of a page in a file called `name`."""
    return _Reader(name).read(html)


def _is_text(node: LexborNode) -> bool:
    """Is it no element? Such nodes have tags like `-text`."""
    return (node.tag or "-").startswith(("-", "_"))


def _about(given: dict[str, str | None]) -> str:
    return given.get("name") or given.get("property") or ""


def _region(node: LexborNode, region: str) -> str:
    """The part of the page that a node begins, else the one it stands in."""
    given = node.attributes
    classes = set((given.get("class") or "").split())
    if node.tag == "head":
        return "head"
    if given.get("id") == "pst-primary-sidebar":
        return "sidebar"
    if given.get("id") == "pst-secondary-sidebar":
        return "contents"
    if node.tag == "article":
        return "body"
    if "highlight" in classes and region == "body":
        return "body code"
    if node.tag == "footer" or "book-foot" in classes:
        return "foot"
    return {"header": "header", "dialog": "search box"}.get(str(node.tag), region)


def _depth(node: LexborNode) -> int:
    depth, parent = 0, node.parent
    while parent is not None:
        depth, parent = depth + 1, parent.parent
    return depth


def _notice(node: LexborNode) -> set[str]:
    """What a notice on a translation's state consists of; how many words it marks as changed does not count."""
    shown = [each for each in [node, *node.css("*")] if each.attributes or each.tag not in ("del", "ins")]
    return {_Reader("")._shown(str(each.tag), dict(each.attributes), each, "") for each in shown}


def _whole(node: LexborNode) -> str:
    """A formula or drawing with all that is in it; of a drawing not the words."""
    return node.html or "" if node.tag == "math" else re.sub(r">[^<]*<", "><", node.html or "")


def _script(text: str, given: dict[str, str | None], name: str) -> str:
    """A script or style, less the words in it."""
    if given.get("type") == "application/ld+json":
        return json.dumps(_unsaid(json.loads(text)), sort_keys=True)
    if name in ("404.html", "index.html"):  # their scripts have the pages' titles in strings
        return STRING.sub('""', text)
    return text


def _unsaid(data: Any) -> Any:
    if isinstance(data, dict):
        return {
            key: "…" if key in SAID_DATA and isinstance(value, str) else _unsaid(value) for key, value in data.items()
        }
    return [_unsaid(each) for each in data] if isinstance(data, list) else data


# --- comparing


def differences(name: str, harmless: Page, made: Page, notices: set[str], used: set[str]) -> Iterator[Violation]:
    """What a page in a file called `name` has that the harmless one has not, or lacks.

    A heading's words may become its id, unless it is one that the site uses: `used`.
    """
    place = _place(name)
    for region, lines, cells in _changes(harmless, made):
        detail = "\n".join(lines[:12])
        yield Violation(f"{place}, {region}", _kind(lines), detail, name, frozenset(cells), _names(lines))
    for region, came in (("notice", sorted(made.notices - notices)), ("style note", made.styled)):
        for line in came:
            yield Violation(f"{place}, {region}", _kind([f"+{line}"]), line, name, made_of=line.partition("[")[0])
    for each, number in made.ids.items():
        if number > max(harmless.ids[each], 1):
            yield Violation(f"{place}, ids", "id twice", each, name)
        elif each in used and each not in harmless.ids:
            yield Violation(f"{place}, ids", "id", each, name)


def _place(name: str) -> str:
    """What kind of page a file is."""
    stem = Path(name).stem
    if name.startswith("search/"):
        return "search document"
    if stem in ("search", "status", "translate", "404"):
        return f"{stem} page"
    return "entrance" if name == "html/index.html" else "page"


def _changes(old: Page, new: Page) -> Iterator[tuple[str, list[str], set[str]]]:
    """Changes from page to page: the region, the lines that came (`+`) and went (`-`), and the cells near them."""
    if old.lines == new.lines:
        return
    changes = difflib.SequenceMatcher(None, old.lines, new.lines, autojunk=False).get_opcodes()
    for i, j, k, m in ((i, j, k, m) for kind, i, j, k, m in changes if kind != "equal"):
        lines = [*(f"+{line}" for line in new.lines[k:m]), *(f"-{line}" for line in old.lines[i:j])]
        near = [*old.blocks[max(i - 1, 0) : j + 1], *new.blocks[max(k - 1, 0) : m + 1]]
        cells = {block.cell for block in near}
        yield lines[0][1:].partition(": ")[0], lines, cells


def _kind(lines: list[str]) -> str:
    """The worst of what came with some lines."""
    went = [word for line in lines if line[:1] == "-" for word in line[1:].split(" ")]
    came = Counter(word for line in lines if line[:1] == "+" for word in line[1:].split(" ")) - Counter(went)
    if any(HARM.match(each) for each in came):
        return "script"
    if any(ADDRESS.search(each) for each in came):
        return "address"
    if any("<!--" in each for each in came):
        return "comment"
    return "attribute" if any("[" in each for each in came) else "structure"


def _names(lines: list[str]) -> str:
    """The names of the elements that came."""
    found = [name for line in lines if line[:1] == "+" for name in NAMES.findall(line[1:].partition(": ")[2])]
    return " ".join(sorted({one or other for one, other in found}))
