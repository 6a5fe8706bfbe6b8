"""What the book uses of other packages beyond what they document is where it was: with a new version it may move."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from jupyter_book.sphinx import build_sphinx
from mdit_py_plugins.dollarmath.index import math_block_dollar, math_inline_dollar
from myst_nb.core.execute import NotebookClientBase
from myst_nb.core.loggers import SphinxDocLogger
from myst_nb.core.nb_to_tokens import notebook_to_tokens
from myst_nb.core.render import load_renderer
from myst_nb.sphinx_ import SphinxNbRenderer, visit_HideCellInput
from myst_parser.config.main import merge_file_level
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from myst_parser.parsers.mdit import create_md_parser
from nbclient import NotebookClient
from pygments.formatters import HtmlFormatter
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.domains.std import StandardDomain
from sphinx.environment.adapters import toctree
from sphinx.highlighting import PygmentsBridge
from sphinx.util import logging
from sphinx.util.logging import NAMESPACE
from sphinx.writers.html5 import HTML5Translator
from sphinx_external_toc.parsing import parse_toc_data

from book.runtime.datasets import MODULES
from book.site.markup import TEMPLATES
from book.site.sphinx_ext.cells import LABEL
from tests import ROOT

# Each with the first of its parameters, or those that are given by name.
CALLED: list[tuple[Callable[..., Any], list[str]]] = [
    (build_sphinx, ["sourcedir", "outputdir", "path_config", "doctreedir", "confoverrides", "noconfig", "quiet"]),
    (NotebookClientBase, ["notebook", "path", "nb_config", "logger"]),
    (SphinxDocLogger, ["document"]),
    (notebook_to_tokens, ["notebook", "mdit_parser", "mdit_env", "logger"]),
    (load_renderer, ["name"]),
    (merge_file_level, ["config", "topmatter", "warning"]),
    (create_md_parser, ["config", "renderer"]),
    (visit_HideCellInput, ["self", "node"]),
    (parse_toc_data, ["data"]),
    (PygmentsBridge, ["dest", "stylename"]),
    (math_inline_dollar, ["allow_double"]),
    (math_block_dollar, ["allow_blank_lines"]),
    (StandaloneHTMLBuilder._get_local_toctree, ["docname"]),
]
OVERRIDDEN: list[tuple[type, str, list[str]]] = [
    (StandaloneHTMLBuilder, "_read_serial", ["self", "docnames"]),
    (StandaloneHTMLBuilder, "_write_serial", ["self", "docnames"]),
    (StandaloneHTMLBuilder, "init_highlighter", ["self"]),
    (StandaloneHTMLBuilder, "update_page_context", ["self", "pagename", "templatename", "ctx", "event_arg"]),
    (StandaloneHTMLBuilder, "gen_additional_pages", ["self"]),
    (StandaloneHTMLBuilder, "copy_static_files", ["self"]),
    (StandaloneHTMLBuilder, "copy_image_files", ["self"]),
    (HTML5Translator, "starttag", ["self", "node", "tagname", "suffix", "empty", "attributes"]),
    (HTML5Translator, "add_permalink_ref", ["self", "node", "title"]),
    (HTML5Translator, "visit_entry", ["self", "node"]),
    (HTML5Translator, "visit_image", ["self", "node"]),
    (SphinxNbRenderer, "render_nb_cell_markdown", ["self", "token"]),
    (SphinxNbRenderer, "render_nb_cell_code", ["self", "token"]),
    (SphinxNbRenderer, "render_hr", ["self", "token"]),
    (SphinxNbRenderer, "render_amsmath", ["self", "token"]),
    (HtmlFormatter, "format_unencoded", ["self", "tokensource", "outfile"]),
    (HtmlFormatter, "wrap", ["self", "source"]),
    (NotebookClient, "_cleanup_kernel", ["args", "kwargs"]),
]


@pytest.mark.parametrize(("called", "parameters"), CALLED, ids=[each.__name__ for each, _ in CALLED])
def test_what_is_called_takes_what_it_is_given(called: Callable[..., Any], parameters: list[str]) -> None:
    found = inspect.signature(called).parameters
    by_name = [name for name in parameters if name in found]
    assert by_name == parameters


@pytest.mark.parametrize(("owner", "name", "parameters"), OVERRIDDEN, ids=[name for _, name, _ in OVERRIDDEN])
def test_what_is_overridden_is_there(owner: type, name: str, parameters: list[str]) -> None:
    assert list(inspect.signature(getattr(owner, name)).parameters) == parameters


def test_names_of_headings_are_kept_where_links_look_for_them() -> None:
    source = inspect.getsource(DocutilsRenderer)
    assert "self._heading_slugs[slug] = (node.line, node[" in source
    assert '["myst_slugs"]' in source


def test_warnings_go_through_a_handler_of_sphinx_that_can_be_replaced() -> None:
    assert NAMESPACE == "sphinx"
    assert "warning_handler = WarningStreamHandler(" in inspect.getsource(logging.setup)


def test_names_that_sphinx_keeps_for_its_own_pages_are_where_they_are_taken_from_it() -> None:
    assert isinstance(vars(StandardDomain)["_virtual_doc_names"], dict)
    assert "StandardDomain._virtual_doc_names" in inspect.getsource(toctree)


def test_the_label_that_is_taken_away_is_there() -> None:
    assert LABEL in inspect.getsource(visit_HideCellInput)


def themes() -> dict[str, str]:
    """The templates of the theme and those that it extends, by name; of one name all in one."""
    found: dict[str, str] = {}
    for package in ("sphinx_book_theme", "pydata_sphinx_theme", "sphinx"):
        spec = find_spec(package)
        assert spec
        assert spec.origin
        for path in Path(spec.origin).parent.glob("theme*/*/**/*.html"):
            found[path.name] = found.get(path.name, "") + path.read_text(encoding="utf-8")
    return found


OURS = [path for path in TEMPLATES.rglob("*.html") if not path.name.startswith("book-") and path.parent.name != "pages"]


@pytest.mark.parametrize("template", OURS, ids=[path.relative_to(TEMPLATES).as_posix() for path in OURS])
def test_a_template_that_takes_the_place_of_the_themes_has_its_name_and_its_blocks(template: Path) -> None:
    theirs = themes()
    assert template.name in theirs
    blocks = re.findall(r"{%-? block (\w+)", template.read_text(encoding="utf-8"))
    everything = "".join(theirs.values())
    assert [name for name in blocks if not re.search(rf"block {name}\b", everything)] == []


def test_what_the_layout_replaces_in_the_themes_is_there() -> None:
    layout = themes()["layout.html"]
    replaced = re.findall(r"replace\('(<[^']*)'", (TEMPLATES / "layout.html").read_text(encoding="utf-8"))
    assert len(replaced) == 4
    assert [part for part in replaced if part not in layout] == []


@pytest.mark.parametrize("module", MODULES)
def test_keras_loaders_fetch_their_files_by_get_file(module: str) -> None:
    found = list(ROOT.glob(f".venv-*/lib/python*/site-packages/{module.replace('.', '/')}.py"))
    if not found:
        pytest.skip("the runtimes are not installed: run `make runtimes`")
    assert all("import get_file\n" in path.read_text(encoding="utf-8") for path in found)
