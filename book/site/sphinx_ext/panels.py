"""What sphinx-design folds or puts in tabs: folds stand open, and tabs below one another.

So nothing of them is hidden where there are no scripts, and on paper. What they say of their looks is left aside.
"""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

_LOOKS = ("animate", "chevron", "class-body", "class-container", "class-content", "class-label", "class-title", "color",
          "icon", "margin", "selected", "sync", "sync-group")  # fmt: skip
_NO_TITLE = "…"


class _Panel(SphinxDirective):
    """A block with a title behind its name, if it has one."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[OptionSpec] = {
        **dict.fromkeys(_LOOKS, directives.unchanged),
        "class": directives.class_option,
        "name": directives.unchanged,
        "open": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        made = self._block()
        made["classes"] += self.options.get("class", [])
        self.set_source_info(made)
        self.add_name(made)
        self.state.nested_parse(self.content, self.content_offset, made)
        return [made]

    def _block(self) -> nodes.Element:
        raise NotImplementedError

    def _title(self) -> list[nodes.Node]:
        return self.state.inline_text(self.arguments[0], self.lineno)[0] if self.arguments else [nodes.Text(_NO_TITLE)]


class Dropdown(_Panel):
    """A note, which elsewhere opens when its title is pressed."""

    def _block(self) -> nodes.Element:
        return nodes.admonition("", nodes.title("", "", *self._title()), classes=["note", "dropdown"])


class TabSet(_Panel):
    """Tabs."""

    def _block(self) -> nodes.Element:
        return nodes.container()


class TabItem(_Panel):
    """What stands in a tab, below the words that are on it."""

    def _block(self) -> nodes.Element:
        return nodes.container("", nodes.rubric("", "", *self._title()))


def setup(app: Sphinx) -> dict[str, bool]:
    for name, made in (("dropdown", Dropdown), ("tab-set", TabSet), ("tab-item", TabItem)):
        app.add_directive(name, made)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
