"""Marks cells in the document tree of a page: the id of each as anchor, and which parts of a translation are English.

`cells` notes where each begins. Ids that cells or the page's own elements have are taken from headings and formulas.
"""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from book.site.handoff import KEY
from book.toc import FRAME_IDS

# Blocks that are not shown, or as they are.
_WITHOUT_ID = (nodes.raw, nodes.target, nodes.system_message, nodes.comment)
_BEFORE_THEME = 400  # Sphinx calls handlers in order of priority; most stand at 500, the collector of contents too


class CellStart(nodes.Invisible, nodes.Element):  # type: ignore[misc]
    """Where a Markdown cell begins, with what is known of it; no Markdown makes such a node."""


def mark_cells(app: Sphinx, doctree: nodes.document) -> None:
    """Give each cell's first element the cell's id as anchor, and English parts of a translation their language.

    docutils writes the class `language-en` as the attribute `lang="en"`.
    """
    _drop_index(doctree)
    _give_way(doctree)
    cell, fresh = CellStart("", id="", edit="", english=False), False
    for node in list(doctree.findall(_is_block)):
        if isinstance(node, CellStart):
            cell, fresh = node, True
            node.parent.remove(node)
        elif isinstance(node, _WITHOUT_ID):
            fresh = fresh and "is_start" not in node
        elif "cell" in node["classes"]:
            cell["english"] = False
        else:
            if fresh:
                _name(node, cell)
                fresh = False
            if cell["english"]:
                node["classes"].append(f"language-{app.config[KEY].source}")
    for section in doctree.findall(nodes.section):
        if not section["ids"]:
            doctree.set_id(section)


def _drop_index(doctree: nodes.document) -> None:
    """Take out entries for an index, of which nothing is made, with the places to which it would lead."""
    entries = list(doctree.findall(addnodes.index))
    places = {place for entry in entries for each in entry["entries"] for place in each[2:3]}
    for entry in entries:
        entry.parent.remove(entry)
    for node in list(doctree.findall(nodes.Element)) if places else ():
        if isinstance(node, nodes.target) and places.intersection([*node["ids"], node.get("refid")]):
            node.parent.remove(node)
        else:
            node["ids"] = [each for each in node["ids"] if each not in places]


def _name(node: nodes.Element, cell: CellStart) -> None:
    holder = node.parent if isinstance(node, nodes.title) else node
    holder["ids"].insert(0, cell["id"])  # the first id is the one that contents and permalinks use
    if isinstance(node, nodes.title):
        node["edit"] = cell["edit"]


def _give_way(doctree: nodes.document) -> None:
    """Take from headings the ids, made of their words, that belong to a cell, a target or what is around the cells.

    From formulas those of their labels, that belong to a cell.
    """
    cells = {start["id"] for start in doctree.findall(CellStart)}
    targets = {nodes.make_id(name) for name, explicit in doctree.nametypes.items() if explicit}
    for formula in doctree.findall(nodes.math_block):
        formula["ids"] = [each for each in formula["ids"] if each not in cells]
        targets |= set(formula["ids"])
    for heading in doctree.findall(lambda node: isinstance(node, nodes.section | nodes.rubric)):
        own = {nodes.make_id(name) for name in heading["names"] if doctree.nametypes.get(name)}
        taken = cells | (targets - own)
        heading["ids"] = [each for each in heading["ids"] if each not in taken and not FRAME_IDS.fullmatch(each)]


def _is_block(node: nodes.Node) -> bool:
    inside = isinstance(node.parent, nodes.section | nodes.document)
    return inside and isinstance(node, nodes.Element) and not isinstance(node, nodes.section)


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("doctree-read", mark_cells, priority=_BEFORE_THEME)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
