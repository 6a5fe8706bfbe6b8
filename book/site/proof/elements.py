"""How an element stands in a skeleton: its name with its attributes, without what may differ."""

from __future__ import annotations

from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from book.site.proof.may_differ import SIMPLE, WORDS, OwnAddresses, may_differ
from book.site.proof.skeleton import Figure


class Elements:
    """Those of a page. `ids` tells which there are, each with the cells in which it stands."""

    def __init__(self, own: OwnAddresses, links: Mapping[str, str] | None = None) -> None:
        self.own = own
        self.ids: dict[str, list[str]] = {}
        self._anchors: Mapping[str, str] = {}
        self._links = links or {}
        self._noted: set[int] = set()

    def know(self, anchors: Mapping[str, str]) -> None:
        """Call the page's anchors by these names, which are the same in all languages."""
        self._anchors = anchors
        self._links = {**self._links, **anchors}

    def form(self, node: LexborNode, cell: str = "", figure: Figure | None = None) -> str:
        attributes = node.attributes
        kept = [self._attribute(node, name, attributes[name], cell, figure) for name in sorted(attributes)]
        return f"<{' '.join([node.tag or '', *filter(None, kept)])}>"

    def _attribute(
        self, node: LexborNode, name: str, value: str | None, cell: str, figure: Figure | None
    ) -> str | None:
        """An attribute as it is compared; None where it is not."""
        if name == "id" and value is not None:
            if node.mem_id not in self._noted:  # an element may be looked at more than once
                self._noted.add(node.mem_id)
                self.ids.setdefault(value, []).append(cell)
            return f"id={self._anchors.get(value, value)!r}"
        if may_differ(node, name, value or "", self.own.tags, bool(figure)):
            return None
        if value is None or name in WORDS:
            return name
        if name == "class" and node.tag in ("ul", "ol", "dl"):
            value = " ".join(each for each in value.split() if each != SIMPLE)
        elif name == "src" and figure:
            value = figure.form
        elif value.startswith("#"):
            value = f"#{self._links.get(value[1:], value[1:])}"
        return f"{name}={self.own.plain(value)!r}" if value or name != "class" else None
