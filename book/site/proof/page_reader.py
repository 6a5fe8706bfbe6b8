"""The skeleton of a made page: what a browser makes of its HTML, without what may differ between languages.

Pages with equal skeletons do the same: they have the same elements, attributes, classes, ids and addresses, blocks in
the same order, and within a block the same inline elements, nested alike, in any order, since languages order words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property
from sys import intern
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from book.language.language import ENGLISH
from book.notebook import code

# What may differ between a page and the English one: all of it stands here, each with its reason.
#
# Texts differ, and so do the attributes whose value is words; that they are there is compared.
WORDS = {
    *("alt", "aria-label", "placeholder", "title", "data-bs-title"),
    *("data-copied", "data-count", "data-failed", "data-file", "data-loading", "data-none"),  # what scripts say
    *("data-place", "data-place-of-weight", "data-said", "data-said-of-weight"),  # what the norm explorer says
}
# Of `<meta>`, by name or property. The other contents are sizes, kinds and addresses.
META_WORDS = {"description", "og:description", "og:image:alt", "og:site_name", "og:title"}
# Of structured data, by key; and all that `404.html` has its script know of the languages.
DATA_WORDS = {"description", "educationalLevel", "name", "teaches"}
DATA_LINE = re.compile(r"^( *var languages = )(.*);$", re.MULTILINE)
# The page's language and direction, also those of a part of it, and what tells of other languages: how many there are
# besides the page's own depends on whether it is translated. For the language's code in addresses see `Own`.
DIRECTIONS = {"ltr", "rtl"}
META_LANGUAGES = {"og:locale", "og:locale:alternate"}
DATA_LANGUAGES = {"inLanguage", "translationOfWork", "workTranslation"}
# Elements that only speak: scripts without italics and bold drop them, a line may have to break elsewhere, `together`
# keeps words and formulas on one line. Paragraphs side by side count as one, since a sentence may be parted, and
# docutils marks a list as simple in which no item has two.
SPEAKING = frozenset(["<em>", "<strong>", "<br>", "<span class='together'>"])
SIMPLE = "simple"
# The anchors that docutils makes from the words of a heading: a section's id, or an empty element before the heading.
# They are counted instead; `book.site.proof.proof` looks whether one is another's.
ANCHOR = "heading"
# In code cells the words of comments and of the strings that figures show: the code is compared as it runs.
TOKEN = re.compile(r"[a-z][a-z\d]{0,2}")  # how highlighted code names the kinds of its tokens
LINES = re.compile(r"--lines: \d+")  # a comment may need more lines
# Of figures the words, and how wide they are with them; their files, named by content, are compared as `Figure`.
SIZES = {"width": re.compile(r"\d+"), "height": re.compile(r"\d+"), "style": re.compile(r"aspect-ratio: \d+/\d+")}
# What the project says of a cell's translation, where the cell begins: by kind, and in no other form.
REVIEW = "../translate.html#review"  # as it is seen from a page in one folder
EDIT = "{edit}"  # stands for the address at which the cell is edited
NOTICES = {
    "draft": f'<p class="cell-state draft"><a href="{REVIEW}"></a></p>',
    "reviewed": '<p class="cell-state reviewed"></p>',
    "in-english": f'<p class="cell-state in-english"><a href="{EDIT}"></a></p>',
    "outdated": '<div class="cell-state outdated"><details><summary></summary></details>'
    f'<p><a href="{EDIT}"></a></p></div>',
}
CHANGE = "<p></p><blockquote><p></p></blockquote>"  # in the notice of an outdated cell: the English then, or now
CHANGED = frozenset(["<del>", "<ins>"])  # there: words that only one of them has
# On the pages that are no lessons, what their templates say of a translation and not of English, and what Markdown in
# the language's note on style comes to: elements without addresses. How many elements there are differs, too.
FURTHER = re.compile(
    r"<(?:bdi|blockquote|br|code|details|em|h[1-6]|hr|li|ol|p|pre|small|span|strong|summary|ul)>"
    r"|<(?:table|tbody|td|th|thead|tr)>"
    r"|<a href='\{file\}'>|<h2 id='style'>|<div aria-label class='book-table' role='region' tabindex='0'>"
    r"|<table class='table'>|<th scope='(?:col|row)'>|<ol start='\d+'>|<code class='language-[\w+-]+'>"
)

# What stands in lines of words; an element that is not named here is a block, whose order counts.
_INLINE = {
    *("a", "abbr", "b", "bdi", "br", "button", "cite", "code", "del", "dfn", "em", "i", "img", "input", "ins", "kbd"),
    *("label", "mark", "math", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "svg", "u", "var"),
}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
ALONE = {*_HEADINGS, "link", "meta", "p", "pre", "script", "style", "template"}  # one token each, with what is in them
_WHOLE = ("math", "svg")  # a formula is one of the English block's, to the last sign
END, _LINE_END = "</section>", "\n"
# They begin what stands for a notice, for code that runs, and for what it has printed.
NOTICE, RUNS, PRINTS = "notice ", "runs ", "prints "

Token = tuple[str, tuple[str, ...]]  # an element that begins or ends, and the inline elements in it, sorted
Tokens = tuple[Token, ...]
_Out = list[tuple[str, list[str]]]


@dataclass(frozen=True)
class Own:
    """What in a page's addresses is its language's own.

    `named` gives the addresses of the page's files in the repository and in Colab, each with a name that is the same in
    all languages, `edit_at` how those begin that lead to a line of its source. `tags` are the languages of the book,
    `source` is the code of the one in which it is written.
    """

    code: str = ""
    base: str = ""
    named: Mapping[str, str] = field(default_factory=dict)
    edit_at: str = ""
    tags: frozenset[str] = frozenset()
    source: str = ENGLISH

    def plain(self, address: str) -> str:
        """The address with what is the language's own left open."""
        if name := self.named.get(address):
            return name
        if "/" not in address:
            return address
        if self.edit_at and address.startswith(self.edit_at) and address.removeprefix(self.edit_at).isdecimal():
            return EDIT
        return self._folder.sub(r"\1\2{language}/", address) if self.code else address

    @cached_property
    def _folder(self) -> re.Pattern[str]:
        """The language's folder, seen from a page or from anywhere; a page still in English names the English one."""
        near = rf"((?:\./)?(?:\.\./)+){re.escape(self.code)}/"
        far = rf"({re.escape(self.base)})(?:{re.escape(self.code)}|{re.escape(self.source)})/"
        return re.compile(rf"^(?:{near}|{far})")


@dataclass(frozen=True)
class Figure:
    """A picture's file without what may differ: `form` is the same for all languages, `texts` are what it shows."""

    form: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """What is known of a lesson: of each cell, in order, whether it is code; its figures; what its code tells; and what
    each cell prints in the page's language.
    """

    cells: Mapping[str, bool] = field(default_factory=dict)
    figure: Callable[[str], Figure | None] = lambda address: None
    page_code: code.PageCode = code.NO_PAGE
    printed: Mapping[str, set[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Skeleton:
    """`frame` is what stands around the cells, `cells` each cell's part by its id, in order; notices are among them.

    `figures` are those of each cell. `anchors` are the ids that headings made of their words, each with what stands for
    it; `ids` gives for each id the cells in which it stands (empty: in none). `alternates` are the page's languages.
    """

    frame: Tokens
    cells: Mapping[str, Tokens]
    figures: Mapping[str, list[Figure]]
    anchors: Mapping[str, str]
    ids: Mapping[str, list[str]]
    alternates: tuple[tuple[str, str], ...]


def skeleton(html: str, own: Own, source: Source | None = None, english: Skeleton | None = None) -> Skeleton:
    """The skeleton of a page. `english` is the English page's, whose anchors a link may still name."""
    return _Reader(own, source, english.anchors if english else None).page(LexborHTMLParser(html))


def speaks(html: str, plain: str) -> bool:
    """Does a page do what it does with other words in it?"""
    return skeleton(html, Own()) == skeleton(plain, Own())


def vocabulary(html: str, own: Own) -> set[str]:
    """The elements in a page's article, each with its attributes; scripts and styles whole."""
    reader, article = _Reader(own), LexborHTMLParser(html).css_first("article")
    nodes = [node for node in article.traverse() if node.is_element_node] if article else []
    return {reader.element(node) + (node.text() if node.tag in ("script", "style") else "") for node in nodes}


class _Reader:
    """Walks through a page; what it meets goes into `_out`, which is the list of the cell or of the frame at hand."""

    def __init__(self, own: Own, source: Source | None = None, links: Mapping[str, str] | None = None) -> None:
        self._own, self._source = own, source or Source()
        self._known = self._source.cells
        self._code_cells = iter([cell for cell, is_code in self._known.items() if is_code])
        self._anchors: dict[str, str] = {}
        self._links: Mapping[str, str] = links or {}
        self._out: _Out = []
        self._cell, self._inside, self._speaking = "", False, SPEAKING
        self._cells: dict[str, _Out] = {}
        self._figures: dict[str, list[Figure]] = {}
        self._ids: dict[str, list[str]] = {}
        self._noted: set[int] = set()
        self._alternates: list[tuple[str, str]] = []
        self._special = {
            **dict.fromkeys(_HEADINGS, self._heading),
            **{"article": self._article, "link": self._link, "meta": self._meta, "p": self._paragraph},
            **{"pre": self._code, "script": self._script, "style": self._style, "template": self._template},
        }

    def page(self, page: LexborHTMLParser) -> Skeleton:
        self._anchors = dict(_anchors(page, self._known))
        self._links = {**self._links, **self._anchors}
        if page.root:
            self._walk(page.root)
        cells = {cell: _frozen(out) for cell, out in self._cells.items()}
        alternates = tuple(sorted(self._alternates))
        return Skeleton(_frozen(self._out), cells, self._figures, self._anchors, self._ids, alternates)

    def part(self, parent: LexborNode) -> str:
        """What is in `parent`, in one line."""
        with self._apart() as inner:
            self._walk(parent)
        return _joined(inner)

    def element(self, node: LexborNode, figure: Figure | None = None) -> str:
        """The element with its attributes, without what may differ."""
        attributes = node.attributes
        kept = [self._attribute(node, name, attributes[name], figure) for name in sorted(attributes)]
        return f"<{' '.join([node.tag or '', *filter(None, kept)])}>"

    def _walk(self, parent: LexborNode) -> None:
        """Everything in `parent`: the blocks in order, and between them the inline elements side by side."""
        run: list[str] = []
        for node in _children(parent):
            cell = self._cell_at(node) if self._inside and node.is_element_node else None
            shapes = None if cell else self._inline(node)
            if shapes is not None:
                run += shapes
                continue
            self._put("", run)
            run = []
            if cell:
                self._begin(cell)
            if node.tag in _INLINE:
                run += self._inline(node) or []
            else:
                self._block(node)
        self._put("", run)

    def _put(self, opening: str, shapes: list[str]) -> None:
        if opening or shapes:
            self._out.append((opening, shapes))

    def _begin(self, cell: str) -> None:
        """From here on it is this cell's part; the end of a section and notices before it belong to it already."""
        start = len(self._out)
        while start and (self._out[start - 1] == (END, []) or self._out[start - 1][0].startswith(NOTICE)):
            start -= 1
        self._cell, self._cells[cell] = cell, self._out[start:]
        del self._out[start:]
        self._out = self._cells[cell]

    def _cell_at(self, node: LexborNode) -> str | None:
        """The cell that begins at the node: its first element has its id; a code cell is an element of its own."""
        attributes = node.attributes
        if node.tag == "div" and "cell" in (attributes.get("class") or "").split():
            return next(self._code_cells, f"code cell {len(self._cells)}")
        name = attributes.get("id")
        return name if name in self._known and name not in self._cells and not _is_anchor(node) else None

    def _inline(self, node: LexborNode) -> list[str] | None:
        """The inline elements that a node is or, if it only speaks, has in it; None for a block."""
        if not node.is_element_node:
            return [] if node.is_text_node else [node.html or "<!---->"]
        if node.tag not in _INLINE:
            return None
        if _is_anchor(node):
            self.element(node)  # notes the id
            return []
        return self._shapes(node) if self.element(node) in self._speaking else [self._shape(node)]

    def _shapes(self, parent: LexborNode) -> list[str]:
        """What is in a paragraph, a heading, or an element that only speaks: inline elements, if nothing is amiss."""
        found: list[str] = []
        for node in _children(parent):
            shapes = self._inline(node)
            found += [self._shape(node)] if shapes is None else shapes
        return found

    def _shape(self, node: LexborNode) -> str:
        """An element with all that is in it."""
        if node.tag in _WHOLE:
            return node.html or ""
        if node.tag == "img":
            return self._image(node)
        inner = (node.inner_html or "") if node.tag == "code" else self.part(node)
        return f"{self.element(node)}{inner}"

    def _image(self, node: LexborNode) -> str:
        figure = self._source.figure(node.attributes.get("src") or "")
        if figure:
            self._figures.setdefault(self._cell, []).append(figure)
        return self.element(node, figure)

    @contextmanager
    def _apart(self) -> Iterator[_Out]:
        """Collect what is met meanwhile in a list of its own; no cell begins there."""
        out, inside = self._out, self._inside
        self._out, self._inside = [], False
        yield self._out
        self._out, self._inside = out, inside

    def _block(self, node: LexborNode) -> None:
        if self._inside and _kind_of_notice(node):
            self._notice(node)
        else:
            self._special.get(node.tag or "", self._container)(node)

    def _container(self, node: LexborNode) -> None:
        self._put(self.element(node), [])
        own = self._own
        if node.attributes.get("class") == "book-languages":
            self._own = Own(tags=own.tags)  # the menu leads to every language, from every language alike
        self._walk(node)
        self._own = own
        self._put(f"</{node.tag}>", [])

    def _heading(self, node: LexborNode) -> None:
        self._put(self.element(node), self._shapes(node))

    def _paragraph(self, node: LexborNode) -> None:
        element, shapes = self.element(node), self._shapes(node)
        if element == "<p>" and self._out and self._out[-1][0].startswith(("<p>", "<p ")):
            self._out[-1][1].extend(shapes)
        else:
            self._put(element, shapes)

    def _article(self, node: LexborNode) -> None:
        """The cells; what stands before the first has no id."""
        self._put(self.element(node), [])
        frame = self._out
        self._inside, self._out = True, self._cells.setdefault("", [])
        self._walk(node)
        self._cell, self._inside, self._out = "", False, frame
        self._put("</article>", [])

    def _notice(self, node: LexborNode) -> None:
        """A notice in the form in which the project makes it, or else whatever it is."""
        kind = _kind_of_notice(node)
        speaking, self._speaking = self._speaking, self._speaking | (CHANGED if kind == "outdated" else frozenset())
        with self._apart() as inner:
            self._special.get(node.tag or "", self._container)(node)
        self._speaking = speaking
        if _joined(inner).replace(_form(CHANGE), "") == _form(NOTICES.get(kind, "")):
            self._put(f"{NOTICE}{kind}", [])
        else:
            self._out += inner

    def _code(self, node: LexborNode) -> None:
        """Code of a code cell as it runs, output by its elements and what it says, code in prose as it is."""
        around = _classes_around(node)
        if "cell_output" in around:
            shapes = [*self._shapes(node), self._prints(node)]
        else:
            shapes = [self._runs(node) if "cell_input" in around else node.inner_html or ""]
        self._put(self.element(node), shapes)

    def _prints(self, pre: LexborNode) -> str:
        """What an output says, where that is not what the cell prints in the page's language."""
        said = pre.text().strip(_LINE_END)
        return f"{PRINTS}{'' if said in self._source.printed.get(self._cell, ()) else said}"

    def _runs(self, pre: LexborNode) -> str:
        """What highlighted code runs; where an element in it is more than a token's, all of it."""
        if all(node.is_text_node or _is_of_token(node) for node in _children(pre)):
            return f"{RUNS}{code.skeleton(pre.text().strip(_LINE_END), self._source.page_code).hex()}"
        return pre.inner_html or ""

    def _script(self, node: LexborNode) -> None:
        text = node.text()
        if node.attributes == {"type": "application/ld+json"}:
            text = json.dumps(self._data(_parsed(text)), sort_keys=True)
        self._put(self.element(node), [DATA_LINE.sub(_without_data, text)])

    def _style(self, node: LexborNode) -> None:
        self._put(self.element(node), [node.text()])

    def _template(self, node: LexborNode) -> None:
        """What a script will copy from it is no part of the tree."""
        self._put(self.element(node), [self.part(each) for each in node.template_fragments()])

    def _meta(self, node: LexborNode) -> None:
        match node.attributes:
            case {"property": str(name), "content": _, **others} if name in META_LANGUAGES and not others:
                pass
            case {"name": str(name), "content": _, **others} | {"property": str(name), "content": _, **others} if (
                name in META_WORDS and not others
            ):
                self._put(f"<meta {name}>", [])
            case _:
                self._put(self.element(node), [])

    def _link(self, node: LexborNode) -> None:
        match node.attributes:
            case {"rel": "alternate", "hreflang": str(tag), "href": str(address), **others} if not others:
                self._alternates.append((tag, address))
            case _:
                self._put(self.element(node), [])

    def _data(self, part: Any, key: str = "") -> Any:
        """Structured data: its keys, its addresses, and the kinds of its values."""
        if isinstance(part, dict):
            return {key: self._data(each, key) for key, each in part.items() if key not in DATA_LANGUAGES}
        if isinstance(part, list):
            return [self._data(each, key) for each in part]
        if isinstance(part, str):
            return "words" if key in DATA_WORDS else self._own.plain(part)
        return part

    def _attribute(self, node: LexborNode, name: str, value: str | None, figure: Figure | None) -> str | None:
        """An attribute as it is compared; None where it is not."""
        if name == "id" and value is not None:
            if node.mem_id not in self._noted:  # an element may be looked at more than once
                self._noted.add(node.mem_id)
                self._ids.setdefault(value, []).append(self._cell)
            return f"id={self._anchors.get(value, value)!r}"
        if self._may_differ(node, name, value or "", bool(figure)):
            return None
        if value is None or name in WORDS:
            return name
        if name == "class" and node.tag in ("ul", "ol", "dl"):
            value = " ".join(each for each in value.split() if each != SIMPLE)
        elif name == "src" and figure:
            value = figure.form
        elif value.startswith("#"):
            value = f"#{self._links.get(value[1:], value[1:])}"
        return f"{name}={self._own.plain(value)!r}" if value or name != "class" else None

    def _may_differ(self, node: LexborNode, name: str, value: str, is_figure: bool) -> bool:
        if name in ("lang", "dir"):
            return value in DIRECTIONS or value in self._own.tags
        if name == "aria-current":
            return "hreflang" in node.attributes  # in the menu of languages
        if name == "open":
            return node.tag == "details" and node.attributes.get("class") == "book-status"  # the page's own language
        if name == "style" and node.tag == "pre":
            return bool(LINES.fullmatch(value))
        return is_figure and name in SIZES and bool(SIZES[name].fullmatch(value))


def _parsed(text: str) -> Any:
    """What JSON says; other text as it is."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _without_data(line: re.Match[str]) -> str:
    return line[0] if _parsed(line[2]) == line[2] else f"{line[1]};"


def _anchors(page: LexborHTMLParser, cells: Mapping[str, bool]) -> Iterator[tuple[str, str]]:
    """The ids that headings made of their words, each with what stands for it."""
    for number, section in enumerate(page.css("article section[id]")):
        if section.id and section.id not in cells:
            yield section.id, f"section {number}"
    for node in page.css("article section > span[id]"):
        if node.id and node.id not in cells and _is_anchor(node):
            yield node.id, ANCHOR


def _is_anchor(node: LexborNode) -> bool:
    """Is it the empty element by which a section has a second id?"""
    parent = node.parent
    inside = node.tag == "span" and parent is not None and parent.tag == "section"
    return inside and list(node.attributes) == ["id"] and node.first_child is None


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _classes_around(node: LexborNode) -> set[str]:
    found: set[str] = set()
    while (parent := node.parent) is not None and parent.is_element_node:
        found.update((parent.attributes.get("class") or "").split())
        node = parent
    return found


def _kind_of_notice(node: LexborNode) -> str:
    first, _, kind = (node.attributes.get("class") or "").partition(" ")
    return kind if first == "cell-state" else ""


def _is_of_token(node: LexborNode) -> bool:
    attributes, text = node.attributes, node.first_child
    named = not attributes or (list(attributes) == ["class"] and bool(TOKEN.fullmatch(attributes["class"] or "")))
    return node.tag == "span" and named and (text is None or (text.is_text_node and text.next is None))


def _frozen(out: _Out) -> Tokens:
    # The same few strings stand on every page: each is kept once.
    return tuple((intern(opening), tuple(sorted(map(intern, shapes)))) for opening, shapes in out)


def _joined(out: _Out) -> str:
    return "".join(f"{opening}[{','.join(sorted(shapes))}]" for opening, shapes in out)


@cache
def _form(html: str) -> str:
    """What HTML of ours is read as."""
    body = LexborHTMLParser(f"<body>{html}").body
    return _Reader(Own()).part(body) if body else ""
