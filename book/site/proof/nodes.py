"""What a node of a made page is: an anchor, a notice, a token of code; and what stands around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from book.site.proof.may_differ import ANCHOR, TOKEN


def anchors(page: LexborHTMLParser, cells: Mapping[str, bool]) -> Iterator[tuple[str, str]]:
    """The ids that headings made of their words, each with what stands for it."""
    for number, section in enumerate(page.css("article section[id]")):
        if section.id and section.id not in cells:
            yield section.id, f"section {number}"
    for node in page.css("article section > span[id]"):
        if node.id and node.id not in cells and is_anchor(node):
            yield node.id, ANCHOR


def is_anchor(node: LexborNode) -> bool:
    """Is it the empty element by which a section has a second id?"""
    parent = node.parent
    inside = node.tag == "span" and parent is not None and parent.tag == "section"
    return inside and list(node.attributes) == ["id"] and node.first_child is None


def children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def classes_around(node: LexborNode) -> set[str]:
    found: set[str] = set()
    while (parent := node.parent) is not None and parent.is_element_node:
        found.update((parent.attributes.get("class") or "").split())
        node = parent
    return found


def kind_of_notice(node: LexborNode) -> str:
    first, _, kind = (node.attributes.get("class") or "").partition(" ")
    return kind if first == "cell-state" else ""


def is_highlighted(pre: LexborNode) -> bool:
    """Is there nothing in it but code, some of it in elements that colour a token?"""
    return all(node.is_text_node or _is_of_token(node) for node in children(pre))


def _is_of_token(node: LexborNode) -> bool:
    attributes, text = node.attributes, node.first_child
    named = not attributes or (list(attributes) == ["class"] and bool(TOKEN.fullmatch(attributes["class"] or "")))
    return node.tag == "span" and named and (text is None or (text.is_text_node and text.next is None))
