"""The formulas of a page: made to MathML together, since macros, numbers and labels run through it."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

from book.maths.page import Formula, Typeset, fault_message, typeset
from book.site.handoff import KEY
from book.site.markup import element

logger = logging.getLogger(__name__)

_TYPESET = "typeset"  # what a formula is shown as, on its node
_FIRST = 300  # Sphinx calls handlers in order of priority; titles and contents, which may show formulas, come at 500


def set_formulas(app: Sphinx, doctree: nodes.document) -> None:
    """Make all formulas of a page, and put links in the place of references to them."""
    found = list(doctree.findall(lambda node: isinstance(node, nodes.math | nodes.math_block)))
    formulas = [_formula(node) for node in found]
    for node, formula, result in zip(found, formulas, typeset(formulas, app.config[KEY].macros), strict=True):
        node[_TYPESET] = result
        if result.fault:
            logger.warning("%s", fault_message(formula, result.fault), location=node)
        _name(app, node, result)
        if result.refers_to and not result.fault:
            words = node.parent[node.parent.index(node)] = nodes.reference(
                "", result.words, refid=_id(result.refers_to), internal=True
            )
            words.line, words.source = node.line, node.source


def _formula(node: nodes.Element) -> Formula:
    display = isinstance(node, nodes.math_block)
    return Formula(node.astext(), display, node.get("label") or "")


def _name(app: Sphinx, node: nodes.Element, result: Typeset) -> None:
    """Give a formula the ids of its labels; Sphinx has given one that MyST labels its own, and a number besides."""
    own = node.get("label")
    node["ids"] += [_id(label) for label in result.labels if label != own]
    if own and (known := app.env.get_domain("math").data["objects"].get(own)):
        app.env.get_domain("math").data["objects"][own] = (known[0], result.number.strip("()"))


def _id(label: str) -> str:
    return str(nodes.make_id(f"equation-{label}"))


def _typeset(node: nodes.Element) -> Typeset:
    """What has been made of a formula; one that Sphinx has put together since is made now."""
    return node[_TYPESET] if _TYPESET in node else next(iter(typeset([_formula(node)])))


def visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    self.body += _shown(_typeset(node), node.astext())
    raise nodes.SkipNode


def visit_block(self: HTML5Translator, node: nodes.math_block) -> None:
    result = _typeset(node)
    inside = isinstance(node.parent, nodes.TextElement)  # where HTML has no `div`
    tag = "span" if inside else "div"
    hidden = {} if result.mathml or result.fault else {"hidden": "hidden"}  # it defines macros
    self.body.append(self.starttag(node, tag, "", CLASS="math-block", dir="ltr", tabindex="0", **hidden))
    self.body += _shown(result, node.astext())
    self.body.append(f"</{tag}>")
    raise nodes.SkipNode


def _shown(result: Typeset, latex: str) -> Iterator[str]:
    yield result.mathml if not result.fault else element("code", latex.strip(), class_="latex")


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    app.connect("doctree-read", set_formulas, priority=_FIRST)
    return {"parallel_read_safe": True}
