"""The nodes of a page as HTML: figures with their size, English with its direction, tables, code."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from pygments import highlight
from pygments.lexers import PythonLexer
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from book.site.handoff import KEY
from book.site.sphinx_ext.highlighting import Formatter

SOURCE = r"""
Page
====

.. image:: https://a.org/elsewhere.png

.. image:: one.svg
   :alt: A

.. image:: one.svg

.. rst-class:: language-en

Loss.

.. list-table::
   :header-rows: 1

   * -
     - Loss
   * - First
     - 1
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("book")
    (folder / "index.rst").write_text(SOURCE)
    (folder / "one.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="460.8pt" height="259.2pt"></svg>')
    made = folder / "made"
    settings = {"extensions": ["book.site.sphinx_ext.translator"], "html_theme": "basic"}
    with patch_docutils(), docutils_namespace():
        app = Sphinx(folder, None, made, made, "html", confoverrides=settings, status=None, warningiserror=True)
        app.add_config_value(KEY, SimpleNamespace(source="en", source_direction="ltr"), "env")
        app.build()
    return Path(made, "index.html").read_text(encoding="utf-8")


def test_a_figure_has_its_size_in_pixels(page: str) -> None:
    size = 'width="614" height="346" style="aspect-ratio: 614/346"'
    assert f'<img alt="A" src="_images/one.svg" {size} loading="lazy" />' in page


def test_all_figures_but_the_first_are_loaded_late(page: str) -> None:
    images = re.findall("<img[^>]*>", page)
    assert ['loading="lazy"' in each for each in images] == [False, True, True]


def test_an_image_that_is_not_the_books_has_no_size(page: str) -> None:
    assert '<img alt="https://a.org/elsewhere.png" src="https://a.org/elsewhere.png" />' in page


def test_a_text_in_english_is_read_from_the_left(page: str) -> None:
    assert '<p lang="en" dir="ltr">Loss.</p>' in page


def test_an_empty_corner_of_a_table_heads_nothing(page: str) -> None:
    corner, head = re.findall("<t[hd] .*", page)[:2]
    assert corner == '<td class="head"></td>'
    assert head.startswith('<th class="head">')


def test_code_says_how_many_lines_it_has_and_names_have_no_tags() -> None:
    made = highlight("# why\nx = f(1)\n", PythonLexer(), Formatter())
    name = 'x <span class="o">=</span> f(<span class="mi">1</span>)'
    assert (
        made == f'<div class="highlight"><pre style="--lines: 2"><span class="c1"># why</span>\n{name}\n</pre></div>\n'
    )
