"""Exercises and their solutions, as lectures have them: blocks with a title in the page's language.

Those of sphinx-exercise, without its numbers. Of one that goes on over cells of code, from `-start` to `-end`, what
stands in the first cell is a block, or else the title alone, and nothing of it is folded.
"""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from book.site.handoff import KEY

_START = "-start"


class Exercise(SphinxDirective):
    """An exercise, with a title of its own behind the name, if it has one."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[OptionSpec] = {
        "class": directives.class_option,
        "label": directives.unchanged,
        "name": directives.unchanged,
        "nonumber": directives.flag,
    }
    word = "exercise"

    def run(self) -> list[nodes.Node]:
        words = [nodes.Text(self.config[KEY].interface[self.word]), *self._own_words()]
        goes_on = self.name.lower().endswith(_START)
        if goes_on and not self.content:
            made: nodes.Element = nodes.rubric("", "", *words, classes=[self.word])
        else:
            made = nodes.admonition("", nodes.title("", "", *words), classes=[self.word])
            made["classes"] += [] if goes_on else self.options.get("class", [])
            self.state.nested_parse(self.content, self.content_offset, made)
        self.set_source_info(made)
        if label := self.options.pop("label", ""):
            self.options.setdefault("name", label)
        self.add_name(made)
        return [made]

    def _own_words(self) -> list[nodes.Node]:
        if not self.arguments:
            return []
        words, _ = self.state.inline_text(self.arguments[0], self.lineno)
        return [nodes.Text(": "), *words]


class Solution(Exercise):
    """A solution. Which exercise it is of is not said: it stands behind that."""

    word = "solution"

    def _own_words(self) -> list[nodes.Node]:
        return []


class End(SphinxDirective):
    """Where one ends that goes on over several cells."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        return []


def setup(app: Sphinx) -> dict[str, bool]:
    for made in (Exercise, Solution):
        app.add_directive(made.word, made)
        app.add_directive(f"{made.word}{_START}", made)
        app.add_directive(f"{made.word}-end", End)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
