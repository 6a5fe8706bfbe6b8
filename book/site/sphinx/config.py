"""The settings of Jupyter Book and Sphinx for one language: the book's `_config.yml`, and what the language changes."""

from __future__ import annotations

from typing import Any

from book.localize.edition import Edition
from book.maths.macros import macros_in
from book.notebook.markdown.syntax import SYNTAX, WITHOUT
from book.site.handoff import KEY, BookInfo, MenuEntry
from book.site.markup import TEMPLATES
from book.site.source.theme_texts import theme_text
from book.urls import base_url


def book_config(edition: Edition, assets_version: str) -> dict[str, Any]:
    """The book's `_config.yml`, with what the language changes.

    `assets_version` is a fingerprint of templates, styles and scripts, which Sphinx overlooks: a change of it remakes
    every page.
    """
    project, language, say = edition.project, edition.language, edition.interface
    settings = project.settings("sphinx").get("config") or {}
    # What the book asks of the stock tool's theme is nothing to ours.
    settings = {key: value for key, value in settings.items() if not key.startswith("html_")}
    made = {
        "language": language.tag,
        "locale_dirs": [str(project.build / "source" / language.code / "locale")],
        "template_bridge": "book.site.sphinx_ext.template_bridge.Templates",
        "templates_path": [str(TEMPLATES)],
        "myst_disable_syntax": list(WITHOUT),  # Jupyter Book would not pass it on
        # As Jupyter Book has it (`_config.yml` asks more of the stock tool), what costs no more than some colours, and
        # what `check` says.
        "suppress_warnings": ["myst.domains", "misc.highlighting_failure", "image.not_readable"],
        "html_math_renderer": "mathml",
        "math_numfig": False,  # `math` numbers formulas, as MathJax does, and not all that has an id
        "html_title": say.title,
        "html_baseurl": f"{base_url(project)}{language.code}/",
        "html_copy_source": False,
        "html_use_index": False,
        "html_show_copyright": False,
        "html_theme_options": _theme_options(edition),
        KEY: _book_info(edition, assets_version, macros_in(settings)).to_json(),
    }
    return {
        "title": say.title,
        "author": project.config.get("author") or "",
        "only_build_toc_files": True,
        "execute": {"execute_notebooks": "off"},
        "parse": {"myst_enable_extensions": list(SYNTAX)},  # what the rules can see, and no more
        "sphinx": {"config": {**settings, **made}},
    }


def _book_info(edition: Edition, assets_version: str, macros: dict[str, Any]) -> BookInfo:
    """What the extension inside Sphinx is told of the book in this language."""
    project, language = edition.project, edition.language
    return BookInfo(
        code=language.code,
        direction=language.direction,
        source=project.source.tag,
        source_direction=project.source.direction,
        latin=language.is_latin,
        keep_with_next=edition.conventions.keep_with_next,
        interface=edition.interface.texts(),
        editions=tuple(MenuEntry(e.code, e.tag, e.name, e.direction, e == language) for e in project.editions),
        base_url=base_url(project),
        site_prefix=project.site_prefix,
        assets_version=assets_version,
        macros=macros,
    )


def _theme_options(edition: Edition) -> dict[str, Any]:
    say = edition.interface
    return {
        "navbar_persistent": [],
        "back_to_top_button": False,  # it covers text, and every device has its own way
        "primary_sidebar_end": [],  # the theme's place for advertisements
        "home_page_in_toc": True,
        "article_header_start": ["book-toggle-menu.html", "book-search.html"],
        "article_header_end": [
            "book-actions.html",
            "book-languages.html",
            "theme-switcher.html",
            "book-toggle-contents.html",
        ],
        "article_footer_items": ["book-foot.html"],
        "footer_content_items": [],
        "toc_title": theme_text(edition, "Contents"),
        "secondary_sidebar_items": ["page-toc", "book-unclear.html"],
        "show_toc_level": 2,
        "logo": {"text": say.title},
    }
