"""The Markdown of cells as nodes, where MyST-Parser shows less than Jupyter does, or refuses to show it.

Tried on MyST-Parser 3.0.1 and MyST-NB 1.4.0.
"""

from __future__ import annotations

import base64
import hashlib
import mimetypes
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from docutils import nodes
from docutils.parsers.rst import directives, roles
from markdown_it.tree import SyntaxTreeNode
from myst_nb.sphinx_ import SphinxNbRenderer

from book.notebook.pictures import Picture, attachment_name, picture_at
from book.site.handoff import KEY
from book.site.markup import element

_ATTACHED = re.compile(r"""(?<=\bsrc=)(["']?)(attachment:[^"'\s<>]+)\1""", re.IGNORECASE)
_BREAKS = ("softbreak", "hardbreak")
_ENDING = re.compile(r"\.\w{1,5}$")


class MarkdownRenderer(SphinxNbRenderer):  # type: ignore[misc]
    """MyST-NB's renderer, with pictures, task lists, struck-out words and what no extension knows.

    `attachments` are those of the cell at hand.
    """

    attachments: Mapping[str, Any] = {}

    def render_image(self, token: SyntaxTreeNode) -> None:
        """A picture; what an address holds, and what is attached, becomes a file as outputs do."""
        super().render_image(token)
        image = self.current_node[-1]
        image["uri"] = self._picture(image["uri"])

    def renderInlineAsText(self, tokens: list[SyntaxTreeNode]) -> str:  # noqa: N802  # MyST's name
        """The alternative text of a picture; MyST leaves out code and formulas, and the blank of a line break."""
        return "".join(
            " " if each.type in _BREAKS else self.renderInlineAsText(each.children) if each.children else each.content
            for each in tokens
        )

    def render_link_inventory(self, token: SyntaxTreeNode) -> None:
        """A link into another book; its words where nothing is known of that, which MyST leaves out."""
        start = len(self.current_node)
        super().render_link_inventory(token)
        if not any(isinstance(node, nodes.reference) for node in self.current_node[start:]):
            self.render_children(token)

    def render_html_block(self, token: SyntaxTreeNode) -> None:
        """HTML as it is, but for pictures that are attached to the cell."""
        start = len(self.current_node)
        super().render_html_block(token)
        for node in self.current_node[start:] if self.attachments else ():
            if isinstance(node, nodes.raw):
                made = _ATTACHED.sub(self._embedded, node.astext())
                node.parent.replace(node, nodes.raw("", made, format="html"))

    def render_amsmath(self, token: SyntaxTreeNode) -> None:
        """An environment, which `math` gives its numbers; MyST would give it one besides, and a new name each time."""
        node = nodes.math_block(token.content, token.content, nowrap=True, number=None)
        self.add_line_and_source_path(node, token)
        self.current_node.append(node)

    def render_s(self, token: SyntaxTreeNode) -> None:
        """Words that are struck out; MyST warns that no other output than HTML has them."""
        self.current_node.append(nodes.raw("", "<s>", format="html"))
        self.render_children(token)
        self.current_node.append(nodes.raw("", "</s>", format="html"))

    def render_checkbox(self, token: SyntaxTreeNode) -> None:
        """The box of a task, with its state for those who do not see it."""
        ticked = token.content == "x"
        say = self.sphinx_env.config[KEY].interface
        box = element(
            "input",
            class_="task-list-item-checkbox",
            **({"checked": "checked"} if ticked else {}),
            disabled="disabled",
            type="checkbox",
            aria_label=say["task-done" if ticked else "task-open"],
        )
        self.current_node.append(nodes.raw("", box, format="html"))

    def render_myst_role(self, token: SyntaxTreeNode) -> None:
        """A role; of one that no extension knows, what is written, since the words in it would be lost."""
        known, _ = roles.role(token.meta["name"], self.language_module_rst, 0, self.reporter)
        super().render_myst_role(token)
        if not known:
            written = f"{{{token.meta['name']}}}`{token.content}`"
            self.current_node.append(nodes.literal(written, written))

    def render_directive(self, token: SyntaxTreeNode, name: str, arguments: str, **more: Any) -> None:
        """A directive; of one that no extension knows, what is written."""
        known, _ = directives.directive(name, self.language_module_rst, self.document)
        start = len(self.current_node)
        super().render_directive(token, name, arguments, **more)
        for node in self.current_node[start:]:
            for image in node.findall(nodes.image):
                image["uri"] = self._picture(image["uri"])
            for admonition in node.findall(nodes.admonition):
                _forget_class_of_title(admonition)
        if not known:
            written = f"{{{name}}} {arguments}".strip() + f"\n{token.content}"
            self.current_node.append(nodes.literal_block(written, written, language="none"))

    def render_link_unknown(self, token: SyntaxTreeNode) -> None:
        """A link to a file beside the notebook, which is published beside the page too; to none, its words.

        What has no ending may be the name of a page or of a part: then MyST says where it leads.
        """
        address = str(token.attrGet("href") or "")
        path = PurePosixPath(unquote(address.partition("#")[0].partition("?")[0]))
        is_there = Path(self.sphinx_env.srcdir, self.sphinx_env.docname).parent.joinpath(path).is_file()
        if is_there and path.suffix != ".ipynb":
            self.render_link_url(token)
        elif not _ENDING.search(path.name) or path.suffix == ".ipynb":
            super().render_link_unknown(token)
        else:
            self.render_children(token)

    def _picture(self, address: str) -> str:
        """Where Sphinx finds a picture; an address that is written with signs for blanks and letters is read as one."""
        found = picture_at(address, self.attachments)
        if found is None:
            return address if ":" in address else unquote(address)
        name = hashlib.sha256(found.content).hexdigest() + found.ending
        return str(self.nb_renderer.write_file([name], found.content, exists_ok=True))

    def _embedded(self, match: re.Match[str]) -> str:
        found = picture_at(match[2], self.attachments) if attachment_name(match[2]) else None
        return f'"{_as_data(found)}"' if found else match[0]


def _forget_class_of_title(admonition: nodes.admonition) -> None:
    """docutils makes a class of the words of a title, so that a translation would have another one."""
    made = f"admonition-{nodes.make_id(admonition[0].astext())}"
    admonition["classes"] = [name for name in admonition["classes"] if name != made]


def _as_data(picture: Picture) -> str:
    kind = mimetypes.guess_type(f"picture{picture.ending}")[0]
    return f"data:{kind};base64,{base64.b64encode(picture.content).decode()}"
