"""One Sphinx run for one language. The fork server imports this module, so that no run has to import Sphinx again.

Tried on Jupyter Book 1.0.4.post1, whose own command it calls, and sphinx-book-theme 1.3.0.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import re

import soupsieve
from IPython.lib.lexers import IPython3Lexer
from jupyter_book.sphinx import build_sphinx
from nbformat.validator import get_validator
from pygments.lexers import PythonLexer
from sphinx.application import builtin_extensions

from book.site.handoff import Done, Job, Warned
from book.site.sphinx_ext import builder, warnings

# Jupyter Book's own list without what no page uses (live code, comments, cards) and copying, which book.js does.
EXTENSIONS = [
    "myst_nb",
    "jupyter_book",
    "sphinx_external_toc",
    "sphinx_book_theme",
    "book.site.sphinx_ext.extension",
]
_COLOUR = re.compile(r"\x1b\[[\d;]*m")

# What extensions import only when Sphinx sets them up.
_LATER = [
    *("IPython.lib.lexers", "a11y_pygments", "myst_nb.core.lexers", "myst_nb.sphinx_ext", "sphinx.ext.intersphinx"),
    *("sphinx.ext.mathjax", "sphinx_external_toc.events", "sphinx_multitoc_numbering"),
    *("book.site.sphinx_ext.cells", "book.site.sphinx_ext.math", "book.site.sphinx_ext.translator"),
    "book.site.sphinx_ext.template_bridge",
]

for name in (*builtin_extensions, *EXTENSIONS, *_LATER):
    importlib.import_module(name)
# What is compiled at its first use: patterns of selectors and lexers, the schema of notebooks.
soupsieve.compile("div.a > a[href]:not(.b)")
for lexer in (PythonLexer, IPython3Lexer):
    lexer()
get_validator(4, 5)
gc.freeze()  # the garbage collector of a forked run need not look at all this
gc.set_threshold(50_000)  # new objects after which it looks: trees of pages have very many


def run(job: Job) -> Done:
    """Run Sphinx, and tell what came of it."""
    builder.faults.clear()
    warnings.clear()
    stderr = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(stderr):
        status = build_sphinx(
            str(job.source),
            str(job.output),
            path_config=str(job.source / "_config.yml"),
            doctreedir=str(job.doctrees),
            confoverrides={"latex_individualpages": False, "extensions": EXTENSIONS},
            noconfig=True,
            quiet=True,
        )
    if isinstance(status, BaseException):
        stderr.write(f"\n{type(status).__name__}: {status}")
    said = "; ".join(line.strip() for line in _COLOUR.sub("", stderr.getvalue()).splitlines() if line.strip())
    faults, warned = tuple(builder.faults), list(warnings.warned)
    if status:
        return Done(
            faults, failure="; ".join(filter(None, [*(each.message for each in warned), said])) or "without a word"
        )
    if said:  # by another than Sphinx
        warned.append(Warned("", None, said, reading=False))
    return Done(faults, "", tuple(warned), frozenset(warnings.read), frozenset(warnings.written))
