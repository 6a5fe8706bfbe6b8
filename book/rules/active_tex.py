"""What formulas can do besides showing something: link, load, set styles and attributes."""

from __future__ import annotations

import re

from book.rules.active_content import ACTIVE, Effect

_COMMAND = re.compile(r"\\([A-Za-z@]+|.)", re.DOTALL)  # as TeX reads it: a word, or one sign
# What MathJax, KaTeX and the site know of links, pictures, styles, attributes and further files; and what hides them.
_COMMANDS = {"bbox", "class", "csname", "cssId", "data", "href", "html", "htmlClass", "htmlData", "htmlId",
             "htmlStyle", "include", "includegraphics", "input", "mathtip", "mmlToken", "require", "style", "texttip",
             "toggle", "url"}  # fmt: skip


def tex_effects(formula: str) -> list[Effect]:
    """The commands of a formula, or of words around one, that bring links, pictures, styles or attributes."""
    used = dict.fromkeys(command for command in _COMMAND.findall(formula) if command in _COMMANDS)
    return [(ACTIVE, f"`\\{command}` in a formula") for command in used]
