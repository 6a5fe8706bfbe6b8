"""What HTML and formulas can do besides showing words and pictures: run, restyle the page, load from elsewhere.

HTML is parsed as browsers parse it. What passes is a list of elements and attributes that only structure and mark;
everything else is named. `active_svg` does so for pictures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from book.notebook.pictures import attachment_name
from book.rules.alignment import aligns, aligns_tables

ACTIVE, STYLE, REMOTE = "active-content", "page-style", "remote-content"
Effect = tuple[str, str]  # the rule that it breaks, and what does so
SCHEMES = {"", "http", "https", "mailto"}
_ELEMENTS = {"html", "head", "body", "main", "article", "section", "a", "abbr", "b", "bdi", "bdo", "blockquote", "br",
             "caption", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em",
             "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark",
             "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "summary",
             "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var",
             "wbr"}  # fmt: skip
# `id` is not here: a page's own elements have ids, and its script asks for them.
_ATTRIBUTES = {"abbr", "align", "alt", "border", "cellpadding", "cellspacing", "class", "colspan", "datetime", "dir",
               "headers", "height", "lang", "loading", "nowrap", "open", "rel", "reversed", "role", "rowspan",
               "scope", "span", "start", "target", "title", "translate", "type", "valign", "value",
               "width"}  # fmt: skip
_COMMAND = re.compile(r"\\([A-Za-z@]+|.)", re.DOTALL)  # as TeX reads it: a word, or one sign
# What MathJax, KaTeX and the site know of links, pictures, styles, attributes and further files; and what hides them.
_COMMANDS = {"bbox", "class", "csname", "cssId", "data", "href", "html", "htmlClass", "htmlData", "htmlId",
             "htmlStyle", "include", "includegraphics", "input", "mathtip", "mmlToken", "require", "style", "texttip",
             "toggle", "url"}  # fmt: skip
_AROUND = ("main", "article", "section", "details", "div")  # what an output may stand in, and could close
_OPENED = "".join(f"<{tag}>" for tag in _AROUND)
_CLOSED = "".join(f"</{tag}>" for tag in reversed(_AROUND))
_SHOWN = 80
_BLANKS = "".join(map(chr, range(33)))
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
# Parsers of HTML take time that grows with the square of the depth, and of tags left open. These bounds are counted
# roughly, before the parser judges.
_TAGS, MOST_OPEN = 10_000, 100
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def scheme(address: str) -> str:
    """The scheme of an address as browsers see it, in small letters; empty for one within the site or the page."""
    found = _SCHEME.match(_plain(address))
    return found[1].lower() if found else ""


def is_remote(address: str) -> bool:
    """Does the address lead to another host? `//host` does, and browsers take a backslash for a slash."""
    return scheme(address) in ("http", "https") or _plain(address).replace("\\", "/").startswith("//")


def _plain(address: str) -> str:
    """An address without the blanks that browsers leave out (https://url.spec.whatwg.org/#url-parsing)."""
    return re.sub(r"[\t\n\r]", "", address).strip(_BLANKS)


def short(address: str) -> str:
    """An address in a message: some hold a picture."""
    return address if len(address) <= _SHOWN else f"{address[:_SHOWN]}…"


def html_effects(html: str) -> list[Effect]:
    """What a piece of HTML can do on a page."""
    if _is_endless(html):
        return [(ACTIVE, f"more than {_TAGS} tags, or more than {MOST_OPEN} open at a time")]
    tree = LexborHTMLParser(f"<!DOCTYPE html><body>{_OPENED}{html}<hr>{_CLOSED}<hr>")
    found = [effect for node in elements(tree) for effect in _html_element(node)]
    if not _stays_inside(tree):
        found.append((ACTIVE, "something that is not closed, or closes what it has not opened"))
    return list(dict.fromkeys(found))


def _stays_inside(tree: LexborHTMLParser) -> bool:
    """Does what follows the HTML still stand where it stood: one `<hr>` at the end of `_AROUND`, one behind it?"""
    node = tree.body
    for tag in _AROUND:
        children = [each.tag for each in node.iter(include_text=True)] if node else []
        if not node or children != ([tag, "hr"] if node.tag == "body" else [tag]):
            return False
        node = node.first_child
    last = node.last_child if node else None
    return last is not None and last.tag == "hr"


def _is_endless(html: str) -> bool:
    count, by_name = 0, Counter[str]()
    for number, tag in enumerate(_TAG.finditer(html), 1):
        name = tag[2].lower()
        step = (-1 if by_name[name] else 0) if tag[1] else int(name not in _VOID)
        by_name[name] += step
        count += step
        if count > MOST_OPEN or number > _TAGS:
            return True
    return False


def elements(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    return (node for node in tree.root.traverse() if node.is_element_node) if tree.root else iter(())


def _html_element(node: LexborNode) -> Iterator[Effect]:
    tag = node.tag or ""
    if tag == "style":
        if not aligns_tables(node.text()):
            yield STYLE, "`<style>`"
    elif tag not in _ELEMENTS:
        yield ACTIVE, f"`<{tag}>`"
    else:
        for name, value in node.attributes.items():
            yield from _html_attribute(tag, name, value or "")


def _html_attribute(tag: str, name: str, value: str) -> Iterator[Effect]:
    if name == "style":
        if not aligns(value):
            yield STYLE, f"`style` of `<{tag}>`"
    elif name == "href" and tag == "a":
        if scheme(value) not in SCHEMES:
            yield ACTIVE, f"the address `{short(value)}`"
    elif name == "src" and tag == "img":
        if not (PICTURE.fullmatch(value) or attachment_name(value) or _is_beside(value)):
            yield (REMOTE if scheme(value) in ("", "http", "https") else ACTIVE), f"the picture `{short(value)}`"
    elif name not in _ATTRIBUTES and not name.startswith("aria-"):
        yield ACTIVE, f"`{name}` of `<{tag}>`"


def _is_beside(address: str) -> bool:
    """Does the address lead to a file beside the page, or in a folder beside it?"""
    path = unquote(_plain(address)).replace("\\", "/")
    return not scheme(address) and not path.startswith("/") and ".." not in path.split("/")


def tex_effects(formula: str) -> list[Effect]:
    """The commands of a formula, or of words around one, that bring links, pictures, styles or attributes."""
    used = dict.fromkeys(command for command in _COMMAND.findall(formula) if command in _COMMANDS)
    return [(ACTIVE, f"`\\{command}` in a formula") for command in used]
