"""No-break spaces and spans where a line of a page must not end, which browsers do not know by themselves."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.application import Sphinx

from book.language.no_break import PARTICLE, keep_together
from book.site.handoff import KEY

_WRITTEN_BEFORE, _WRITTEN_AFTER = re.compile(r"[^ \n]*\u00a0$"), re.compile(r"\S{1,10}(?=\s|$)")
_EQUATION = re.compile(r"(?<![^\s(])([^\W\d_]{1,2}) = (?=[-−+]?[\d.,]{1,6}(?!\w))")
_SHORT = 24  # characters of code; longer code may be broken
_AS_WRITTEN = (nodes.literal, nodes.math, nodes.FixedTextElement, nodes.raw)


def keep_equations_whole(app: Sphinx, doctree: nodes.document) -> None:
    """No line ends within what is written as `β = 0`."""
    for text in list(doctree.findall(nodes.Text)):
        if not isinstance(text.parent, _AS_WRITTEN) and _EQUATION.search(text):
            text.parent.replace(text, nodes.Text(_EQUATION.sub("\\1\u00a0=\u00a0", text)))


def keep_particles_with_brackets(app: Sphinx, doctree: nodes.document) -> None:
    """No line ends between a bracket or quotation mark and the Korean particle written onto it."""
    for text in list(doctree.findall(nodes.Text)):
        if not isinstance(text.parent, _AS_WRITTEN) and PARTICLE.search(text):
            parts = enumerate(PARTICLE.split(text))
            made = [nodes.inline("", part, classes=["together"]) if n % 2 else nodes.Text(part) for n, part in parts]
            text.parent.replace(text, [each for each in made if each.astext()])


def keep_words_with_next(app: Sphinx, doctree: nodes.document) -> None:
    """No line ends with a word that the page's language keeps with the next one."""
    letters = app.config[KEY].keep_with_next
    for text in list(doctree.findall(nodes.Text)) if letters else []:
        if not isinstance(text.parent, _AS_WRITTEN):
            text.parent.replace(text, nodes.Text(keep_together(text, letters)))


def keep_formulas_with_words(app: Sphinx, doctree: nodes.document) -> None:
    """No line ends between a formula or short code and what is written onto it, where browsers would break.

    That is a Korean particle, a no-break space, behind a formula also a full stop.
    """
    for node in list(doctree.findall(lambda node: isinstance(node, nodes.math | nodes.literal))):
        siblings, place = [None, *node.parent.children, None], node.parent.index(node) + 1
        before, after = siblings[place - 1], siblings[place + 1]
        head = _WRITTEN_BEFORE.search(before) if isinstance(before, nodes.Text) else None
        tail = _WRITTEN_AFTER.match(after) if isinstance(after, nodes.Text) else None
        if (not head and not tail) or (isinstance(node, nodes.literal) and len(node.astext()) > _SHORT):
            continue
        together = nodes.inline("", "", node.deepcopy(), classes=["together"])
        if head:
            together.insert(0, nodes.Text(head[0]))
            node.parent.replace(before, nodes.Text(before[: head.start()]))
        if tail:
            together += nodes.Text(tail[0])
            node.parent.replace(after, nodes.Text(after[tail.end() :]))
        node.replace_self(together)


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("doctree-read", keep_words_with_next, priority=400)  # before Sphinx collects the contents, at 500
    app.connect("doctree-read", keep_equations_whole, priority=400)
    app.connect("doctree-read", keep_formulas_with_words, priority=401)
    app.connect("doctree-read", keep_particles_with_brackets, priority=402)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
