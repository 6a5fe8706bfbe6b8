"""The list of pages is made once, and stands on each page as the theme would make it there."""

from __future__ import annotations

import re

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from book.site.markup import TEMPLATES
from book.site.sphinx_ext.sidebar import Sidebar

PAGES = {
    "notebooks/index": """
        .. toctree::
           :caption: First & foremost
           :numbered:

           one
           parts/two

        .. toctree::
           :caption: Then
           :hidden:

           A site <https://a.org/one.html?a=1&b=2>
           three
        """,
    "notebooks/one": "",
    "notebooks/parts/two": """
        .. toctree::

           deep
           deeper/under
        """,
    "notebooks/parts/deep": "",
    "notebooks/parts/deeper/under": """
        .. toctree::

           /notebooks/one-more
        """,
    "notebooks/one-more": "",
    "notebooks/three": "",
}
LISTED = re.compile("<!--theirs-->(.*?)<!--end-->", re.DOTALL)


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """By address the list as the theme makes it on that page, the search page among them."""
    folder = tmp_path_factory.mktemp("book")
    for name, listed in PAGES.items():
        path = folder / f"{name}.rst"
        path.parent.mkdir(parents=True, exist_ok=True)
        title = f"Of {name} <&> *more*"
        toctree = re.sub("^ {8}", "", listed, flags=re.MULTILINE)
        path.write_text(f"{title}\n{'=' * len(title)}\n\nSection\n-------\n\n{toctree}\n")
    ours = (TEMPLATES / "sbt-sidebar-nav.html").read_text(encoding="utf-8")
    options = re.search(r"generate_toctree_html, (.*?)\)", ours)
    assert options
    template = f"<!--theirs-->{{{{ generate_toctree_html({options[1]}) }}}}<!--end-->"
    (folder / "conf.py").touch()
    (folder / "templates").mkdir()
    (folder / "templates" / "sbt-sidebar-nav.html").write_text(template)
    made = folder / "made"
    settings = {"html_theme": "sphinx_book_theme", "root_doc": "notebooks/index", "templates_path": ["templates"]}
    with patch_docutils(), docutils_namespace():
        Sphinx(folder, folder, made, made, "html", confoverrides=settings, status=None, warning=None).build()
    found = {}
    for name in (*PAGES, "search"):
        listed_there = LISTED.search((made / f"{name}.html").read_text(encoding="utf-8"))
        assert listed_there
        found[f"{name}.html"] = listed_there[1]
    return found


@pytest.mark.parametrize("page", [*PAGES, "search"])
def test_the_list_is_as_the_theme_makes_it_on_the_page(lists: dict[str, str], page: str) -> None:
    assert Sidebar(lists["search.html"]).seen_from(f"{page}.html") == lists[f"{page}.html"]


def test_a_page_that_is_in_the_list_is_marked_with_what_is_around_it(lists: dict[str, str]) -> None:
    made = Sidebar(lists["search.html"]).seen_from("notebooks/parts/deep.html")
    assert made.count("current") == 5, "the link, its item and list, and the item and list in which these stand"
    assert '<a class="current reference internal" href="#">' in made
    assert 'href="../one-more.html"' in made
    assert 'href="https://a.org/one.html?a=1&amp;b=2"' in made
    assert "current" not in Sidebar(lists["search.html"]).seen_from("status.html")
