"""Reads the skeleton of a made page from its HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from book.notebook.code import translatable
from book.notebook.markdown.code_block import LABELS, without_comments
from book.site.proof.data import structure, without_data
from book.site.proof.elements import Elements
from book.site.proof.may_differ import (
    CHANGE,
    CHANGED,
    META_LANGUAGES,
    META_WORDS,
    NOTICES,
    SPEAKING,
    OwnAddresses,
    formula_form,
    formulas_in_words,
)
from book.site.proof.nodes import anchors, children, classes_around, is_anchor, is_highlighted, kind_of_notice
from book.site.proof.skeleton import END, HEADINGS, NOTICE, PRINTS, RUNS, Figure, Skeleton, Source, Token, Tokens

# What stands in lines of words; an element that is not named here is a block, whose order counts.
_INLINE = {
    *("a", "abbr", "b", "bdi", "br", "button", "cite", "code", "del", "dfn", "em", "i", "img", "input", "ins", "kbd"),
    *("label", "mark", "math", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "svg", "u", "var"),
}
_SAID_ANYWHERE = ("<code>", "<code ", "<math>", "<math ")
_FORMULA_BLOCK = "<div class='math-block' "
_WHOLE = ("math", "svg")  # a formula is one of the English block's, to the last sign, its words aside
_LINE_END = "\n"
_BLANKS_AROUND = re.compile(r"^(?:\s|&nbsp;)+|(?:\s|&nbsp;)+$")  # as the rule `inline-code` lets them differ
_HIGHLIGHTED = {"": "highlight-default", **{label: f"highlight-{label}" for label in LABELS}}  # as Sphinx calls it
_MENUS = {"book-languages", "book-home-languages"}  # of languages
# A link to a page in a list, without an id, a part of a page or a whole address.
_ENTRY = re.compile(r'<li class="[\w -]*"><a class="[\w -]*" href="[^"#:]+">[^<]*</a>\s*</li>')
_Out = list[tuple[str, list[str]]]


def skeleton(html: str, own: OwnAddresses, source: Source | None = None, english: Skeleton | None = None) -> Skeleton:
    """The skeleton of a page. `english` is the English page's, whose anchors a link may still name."""
    return _Reader(own, source, english.anchors if english else None).page(LexborHTMLParser(html))


def speaks(html: str, plain: str) -> bool:
    """Does a page do what it does with other words in it?"""
    return skeleton(html, OwnAddresses()) == skeleton(plain, OwnAddresses())


def vocabulary(html: str, own: OwnAddresses) -> set[str]:
    """The elements in a page's article, each with its attributes; scripts and styles whole."""
    elements, article = Elements(own), LexborHTMLParser(html).css_first("article")
    nodes = [node for node in article.traverse() if node.is_element_node] if article else []
    return {elements.form(node) + (node.text() if node.tag in ("script", "style") else "") for node in nodes}


class _Reader:
    """Walks through a page; what it meets goes into `_out`, which is the list of the cell or of the frame at hand."""

    def __init__(self, own: OwnAddresses, source: Source | None = None, links: Mapping[str, str] | None = None) -> None:
        self._elements, self._source = Elements(own, links), source or Source()
        self._known = self._source.cells
        self._code_cells = iter([cell for cell, is_code in self._known.items() if is_code])
        self._out: _Out = []
        self._cell, self._inside, self._speaking = "", False, SPEAKING
        self._cells: dict[str, _Out] = {}
        self._figures: dict[str, list[Figure]] = {}
        self._alternates: list[tuple[str, str]] = []
        self._special = {
            **dict.fromkeys(HEADINGS, self._heading),
            **{"article": self._article, "link": self._link, "meta": self._meta, "p": self._paragraph},
            **{"pre": self._code, "script": self._script, "style": self._style, "template": self._template},
        }

    def page(self, page: LexborHTMLParser) -> Skeleton:
        named = dict(anchors(page, self._known))
        self._elements.know(named)
        if page.root:
            self._walk(page.root)
        cells = {cell: _frozen(out) for cell, out in self._cells.items()}
        alternates = tuple(sorted(self._alternates))
        return Skeleton(_frozen(self._out), cells, self._figures, named, self._elements.ids, alternates)

    def part(self, parent: LexborNode) -> str:
        """What is in `parent`, in one line."""
        with self._apart() as inner:
            self._walk(parent)
        return _joined(inner)

    def entry(self, item: LexborNode) -> _Out:
        """An item of a list, with what is in it."""
        with self._apart() as inner:
            self._container(item)
        return inner

    def _walk(self, parent: LexborNode) -> None:
        """Everything in `parent`: the blocks in order, and between them the inline elements side by side."""
        run: list[str] = []
        for node in children(parent):
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

    def _element(self, node: LexborNode, figure: Figure | None = None) -> str:
        return self._elements.form(node, self._cell, figure)

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
        return name if name in self._known and name not in self._cells and not is_anchor(node) else None

    def _inline(self, node: LexborNode) -> list[str] | None:
        """The inline elements that a node is or, if it only speaks, has in it; None for a block."""
        if not node.is_element_node:
            return [] if node.is_text_node else [node.html or "<!---->"]
        if node.tag not in _INLINE:
            return None
        if is_anchor(node):
            self._element(node)  # notes the id
            return []
        if node.tag == "math":
            return formulas_in_words(node.html or "")
        if node.tag == "a":
            return self._link_in_words(node)
        return self._shapes(node) if self._element(node) in self._speaking else [self._shape(node)]

    def _shapes(self, parent: LexborNode) -> list[str]:
        """What is in a paragraph, a heading, or an element that only speaks: inline elements, if nothing is amiss."""
        found: list[str] = []
        for node in children(parent):
            shapes = self._inline(node)
            found += [self._shape(node)] if shapes is None else shapes
        return found

    def _link_in_words(self, node: LexborNode) -> list[str]:
        """A link with what is in it; code and formulas stand beside it as well as in its words."""
        shapes = self._shapes(node)
        beside = [shape for shape in shapes if shape.startswith(_SAID_ANYWHERE)]
        inside = sorted(shape for shape in shapes if not shape.startswith(_SAID_ANYWHERE))
        return [self._element(node) + (f"[{','.join(inside)}]" if inside else ""), *beside]

    def _shape(self, node: LexborNode) -> str:
        """An element with all that is in it."""
        if node.tag in _WHOLE:
            return formula_form(node.html or "") if node.tag == "math" else node.html or ""
        if node.tag == "img":
            return self._image(node)
        inner = _BLANKS_AROUND.sub("", node.inner_html or "") if node.tag == "code" else self.part(node)
        return f"{self._element(node)}{inner}"

    def _image(self, node: LexborNode) -> str:
        figure = self._source.figure(node.attributes.get("src") or "")
        if figure:
            self._figures.setdefault(self._cell, []).append(figure)
        return self._element(node, figure)

    @contextmanager
    def _apart(self) -> Iterator[_Out]:
        """Collect what is met meanwhile in a list of its own; no cell begins there."""
        out, inside = self._out, self._inside
        self._out, self._inside = [], False
        yield self._out
        self._out, self._inside = out, inside

    def _block(self, node: LexborNode) -> None:
        if self._inside and kind_of_notice(node):
            self._notice(node)
        elif node.tag == "li" and not self._inside and _ENTRY.fullmatch(html := node.html or ""):
            own = self._elements.own
            self._out += _entry(html, own.code, own.base, own.source)
        elif node.tag == "div" and "math-block" in (node.attributes.get("class") or "").split():
            self._formula(node)
        else:
            self._special.get(node.tag or "", self._container)(node)

    def _container(self, node: LexborNode) -> None:
        self._put(self._element(node), [])
        own = self._elements.own
        if node.attributes.get("class") in _MENUS:
            self._elements.own = OwnAddresses(tags=own.tags)  # it leads to every language, from every language alike
        self._walk(node)
        self._elements.own = own
        self._put(f"</{node.tag}>", [])

    def _heading(self, node: LexborNode) -> None:
        self._put(self._element(node), self._shapes(node))

    def _paragraph(self, node: LexborNode) -> None:
        element, shapes = self._element(node), self._shapes(node)
        at = len(self._out)
        while at > 1 and self._out[at - 2][0].startswith(_FORMULA_BLOCK):  # and the element's end
            at -= 2
        if element == "<p>" and at and self._out[at - 1][0].startswith(("<p>", "<p ")):
            self._out[at - 1][1].extend(shapes)
        else:
            self._out.insert(at if element == "<p>" else len(self._out), (element, shapes))

    def _formula(self, node: LexborNode) -> None:
        """A formula on lines of its own: what parts paragraphs may part a sentence, elsewhere in another language."""
        self._put(self._element(node), self._shapes(node))
        self._put("</div>", [])

    def _article(self, node: LexborNode) -> None:
        """The cells; what stands before the first has no id."""
        self._put(self._element(node), [])
        frame = self._out
        self._inside, self._out = True, self._cells.setdefault("", [])
        self._walk(node)
        self._cell, self._inside, self._out = "", False, frame
        self._put("</article>", [])

    def _notice(self, node: LexborNode) -> None:
        """A notice in the form in which the project makes it, or else whatever it is."""
        kind = kind_of_notice(node)
        speaking, self._speaking = self._speaking, self._speaking | (CHANGED if kind == "outdated" else frozenset())
        with self._apart() as inner:
            self._special.get(node.tag or "", self._container)(node)
        self._speaking = speaking
        if _joined(inner).replace(_form(CHANGE), "") == _form(NOTICES.get(kind, "")):
            self._put(f"{NOTICE}{kind}", [])
        else:
            self._out += inner

    def _code(self, node: LexborNode) -> None:
        """Code of a code cell as it runs, output by its elements and what it says, code in prose but for comments."""
        around = classes_around(node)
        if "cell_output" in around:
            shapes = [*self._shapes(node), self._prints(node)]
        else:
            shapes = [self._runs(node) if "cell_input" in around else _in_prose(node, around)]
        self._put(self._element(node), shapes)

    def _prints(self, pre: LexborNode) -> str:
        """What an output says, where that is not what the cell prints in the page's language."""
        said = pre.text().strip(_LINE_END)
        return f"{PRINTS}{'' if said in self._source.printed.get(self._cell, ()) else said}"

    def _runs(self, pre: LexborNode) -> str:
        """What highlighted code runs, where that is not what the cell runs in English.

        Where an element in it is more than a token's, all of it.
        """
        if not is_highlighted(pre):
            return pre.inner_html or ""
        said, english = pre.text().strip(_LINE_END), self._source.code.get(self._cell, "")
        if said == english:
            return RUNS
        runs, in_english = (translatable.skeleton(each, self._source.page_code) for each in (said, english))
        return RUNS if runs == in_english else f"{RUNS}{runs.hex()}"

    def _script(self, node: LexborNode) -> None:
        is_data = node.attributes == {"type": "application/ld+json"}
        text = structure(node.text(), self._elements.own) if is_data else without_data(node.text())
        self._put(self._element(node), [text])

    def _style(self, node: LexborNode) -> None:
        self._put(self._element(node), [node.text()])

    def _template(self, node: LexborNode) -> None:
        """What a script will copy from it is no part of the tree."""
        self._put(self._element(node), [self.part(each) for each in node.template_fragments()])

    def _meta(self, node: LexborNode) -> None:
        match node.attributes:
            case {"property": str(name), "content": _, **others} if name in META_LANGUAGES and not others:
                pass
            case {"name": str(name), "content": _, **others} | {"property": str(name), "content": _, **others} if (
                name in META_WORDS and not others
            ):
                self._put(f"<meta {name}>", [])
            case _:
                self._put(self._element(node), [])

    def _link(self, node: LexborNode) -> None:
        match node.attributes:
            case {"rel": "alternate", "hreflang": str(tag), "href": str(address), **others} if not others:
                self._alternates.append((tag, address))
            case _:
                self._put(self._element(node), [])


def _in_prose(pre: LexborNode, around: set[str]) -> str:
    """A block of code that does not run."""
    classes = {name.lower() for name in around}
    label = next((label for label, name in _HIGHLIGHTED.items() if name in classes), None)
    return without_comments(label, pre.text()) if label is not None and is_highlighted(pre) else pre.inner_html or ""


def _frozen(out: _Out) -> Tokens:
    return tuple(_token(opening, tuple(sorted(shapes))) for opening, shapes in out)


@lru_cache(maxsize=1 << 16)
def _token(opening: str, shapes: tuple[str, ...]) -> Token:
    """The token. The same few stand on every page: each is kept once. So is a formula that is said again."""
    formulas = {shape for shape in shapes if shape.startswith("<math")}
    return opening, tuple(sorted([*formulas, *(shape for shape in shapes if shape not in formulas)]))


@lru_cache(maxsize=1 << 14)  # every page lists all pages
def _entry(html: str, code: str, base: str, source: str) -> _Out:
    """What an entry in a list of links is read as, wherever it stands."""
    item = LexborHTMLParser(html).css_first("li")
    return _Reader(OwnAddresses(code, base, source=source)).entry(item) if item else []


def _joined(out: _Out) -> str:
    return "".join(f"{opening}[{','.join(sorted(shapes))}]" for opening, shapes in out)


@cache
def _form(html: str) -> str:
    """What HTML of ours is read as."""
    body = LexborHTMLParser(f"<body>{html}").body
    return _Reader(OwnAddresses()).part(body) if body else ""
