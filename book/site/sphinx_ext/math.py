"""Formulas as MathML, which browsers show by themselves: no script, no fonts, and screen readers can read it."""

from __future__ import annotations

import re
from functools import cache
from xml.etree import ElementTree

from docutils import nodes
from latex2mathml.converter import convert
from latex2mathml.exceptions import MissingSuperScriptOrSubscriptError
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

from book.site.markup import element

logger = logging.getLogger(__name__)

MATHML = "http://www.w3.org/1998/Math/MathML"

# What latex2mathml leaves to the browser, which gets it wrong: beside a slash bars grow, and "ln 10" has no space.
_BAR, _BAR_AS_HIGH_AS_LETTERS = "<mo>&#x02016;</mo>", '<mo stretchy="false">&#x02016;</mo>'
_NAME, _THIN_SPACE = re.compile(r"(<mi>[a-z]{2,}</mi>)(?=<m[in])"), r'\1<mspace width="0.1667em"></mspace>'


@cache
def mathml(latex: str, display: str) -> str:
    """A formula as a `<math>` element, left to right in every language; `display` is `inline` or `block`."""
    try:
        made = str(convert(latex, display=display))
        refused = _foreign(made)
    except (
        MissingSuperScriptOrSubscriptError,
        ElementTree.ParseError,
        IndexError,
        ValueError,
        KeyError,
        AttributeError,
        StopIteration,
    ) as error:
        refused = str(error) or type(error).__name__
    if refused:
        logger.warning("cannot set the formula %r: %s", latex, refused)
        return element("code", latex)
    return _NAME.sub(_THIN_SPACE, made.replace(_BAR, _BAR_AS_HIGH_AS_LETTERS)).replace("<math ", '<math dir="ltr" ', 1)


def _foreign(made: str) -> str:
    """What in a formula is more than a formula: latex2mathml passes on the markup in `\\text`, links and styles."""
    for part in ElementTree.fromstring(made).iter():
        name = part.tag.removeprefix(f"{{{MATHML}}}")
        if not name.startswith("m") or {"href", "style"} & set(part.attrib):
            return f"`{name}` with {', '.join(part.attrib) or 'no attributes'} is no MathML"
    return ""


def visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    self.body.append(mathml(node.astext(), "inline"))
    raise nodes.SkipNode


def visit_block(self: HTML5Translator, node: nodes.math_block) -> None:
    self.body.append(self.starttag(node, "div", CLASS="math-block", dir="ltr", tabindex="0"))
    self.body.append(mathml(node.astext(), "block"))
    self.body.append("</div>")
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    return {"parallel_read_safe": True}
