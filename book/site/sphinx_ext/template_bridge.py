"""Sphinx's templates, in which texts are escaped: in ours by Jinja, in the theme's what they are given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache
from sphinx.builders import Builder
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.theming import Theme

from book.site.markup import TEMPLATES, escaped

# What Sphinx has made HTML of, and what `_config.yml` says in HTML; all else that templates are given is text.
_HTML = {"body", "title", "toc", "metatags", "theme_announcement", "theme_extra_footer"}


class Templates(BuiltinTemplateLoader):
    """The theme's templates escape some texts and not others: they are given them escaped, by gettext too.

    A text that is escaped already (`Markup`) is not escaped again. Compiled templates are kept beside the doctrees;
    Jinja compiles one anew when its source has changed.
    """

    def init(self, builder: Builder, theme: Theme | None = None, dirs: list[str] | None = None) -> None:
        super().init(builder, theme, dirs)
        ours = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")}
        compiled = Path(builder.doctreedir, "templates")
        compiled.mkdir(parents=True, exist_ok=True)
        self.environment.bytecode_cache = FileSystemBytecodeCache(str(compiled))
        self.environment.autoescape = lambda name: name in ours
        translator = builder.app.translator
        assert translator  # Sphinx has made it before the builder
        self.environment.globals["gettext"] = _escaping(translator.gettext)

    def render(self, template: str, context: dict[str, Any]) -> str:  # type: ignore[override]
        return super().render(template, with_texts_escaped(context))


def with_texts_escaped(context: dict[str, Any]) -> dict[str, Any]:
    """What a template is given, with its texts as HTML; those of the logo stand in a mapping of their own."""
    nested: dict[str, Any] = {"theme_logo": _texts_escaped(context.get("theme_logo") or {})}
    if "translate" in context:  # the theme's own gettext
        nested["translate"] = _escaping(context["translate"])
    return context | _texts_escaped({key: value for key, value in context.items() if key not in _HTML}) | nested


def _texts_escaped(values: dict[str, Any]) -> dict[str, Any]:
    return {key: escaped(value) if isinstance(value, str) else value for key, value in values.items()}


def _escaping(gettext: Callable[[str], str]) -> Callable[[str], str]:
    """`gettext`, whose texts are plain; of those with elements in them the site translates none."""
    return lambda text: str(gettext(text)) if "<" in text else escaped(str(gettext(text)))
