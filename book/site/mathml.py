"""Formulas as MathML, which browsers show by themselves: no script, no fonts, and screen readers can read it."""

from __future__ import annotations

from functools import cache

from docutils import nodes
from latex2mathml.converter import convert
from latex2mathml.exceptions import MissingSuperScriptOrSubscriptError
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)


@cache
def mathml(latex: str, display: str) -> str:
    """A formula as a `<math>` element, left to right in every language; `display` is `inline` or `block`."""
    try:
        made = convert(latex, display=display)
    except (
        MissingSuperScriptOrSubscriptError,
        IndexError,
        ValueError,
        KeyError,
        AttributeError,
        StopIteration,
    ) as error:
        logger.warning("cannot set the formula %r: %s", latex, error)
        return f"<code>{nodes.unescape(latex)}</code>"
    return str(made).replace("<math ", '<math dir="ltr" ', 1)


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
