"""The Markdown that the site reads: MyST's, with what Jupyter and Jupyter Book show by default."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from book.maths.in_markdown import use_formulas

# What the site's Markdown has beyond MyST's core. Not `substitution`: its templates would run code while building.
SYNTAX = ("colon_fence", "dollarmath", "linkify", "strikethrough", "tasklist")
# What it has not: lines that begin with `%` are no comments to Jupyter, and a Turkish sentence may begin with `%50`.
WITHOUT = ("myst_line_comment",)
CHECKBOX = "checkbox"  # the token of a task's box; its content is `x` where it is ticked

_BOXES = {
    f'<input class="task-list-item-checkbox" {ticked}disabled="disabled" type="checkbox">': "x" if ticked else " "
    for ticked in ("", 'checked="checked" ')
}
_END_OF_WWW = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[/?#][^\s<>`\"']*)?")


def markdown_parser(extensions: Iterable[str] | None = SYNTAX) -> MarkdownIt:
    """A parser for MyST with these extensions, as notebooks' cells are read; for plain CommonMark where that is None.

    Addresses are left as written: what is allowed in them is for the rules to say, not for the parser to drop.
    """
    config = MdParserConfig(commonmark_only=True)
    if extensions is not None:
        config = MdParserConfig(enable_extensions=set(extensions), disable_syntax=list(WITHOUT))
    parser = as_cells_are_read(create_md_parser(config, RendererHTML))
    parser.disable("wordcount")  # which nobody asks for here
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


def as_cells_are_read(parser: MarkdownIt) -> MarkdownIt:
    """MyST's parser with what the text of a cell needs otherwise."""
    parser.disable("front_matter", ignoreInvalid=True)  # in a notebook, `---` is a line or a heading
    if "math_inline" in parser.inline.ruler.get_all_rules():
        use_formulas(parser)
    if parser.linkify is not None:
        # Of addresses without a scheme only `www.`: `train.py` and `README.md` would be names of hosts.
        parser.linkify.set({"fuzzy_link": False})
        parser.linkify.add("//", None)
        parser.linkify.add("www.", {"validate": _www, "normalize": _with_scheme})
        parser.linkify.pretest = _may_have_address
    if "github-tasklists" in parser.core.ruler.get_all_rules():
        parser.core.ruler.after("github-tasklists", CHECKBOX, _checkboxes)
        parser.add_render_rule(CHECKBOX, lambda self, tokens, at, options, env: "")
    return parser


def _may_have_address(text: str) -> bool:
    """Linkify's own quick check looks for names of hosts too, which takes long."""
    return ":" in text or "@" in text or "www." in text.lower()


def _www(linkify: object, text: str, at: int) -> int:
    found = _END_OF_WWW.match(text, at)
    return len(found[0].rstrip("?!.,:;*_~'\")")) if found and text[at - 5 : at - 4].isalnum() is False else 0


def _with_scheme(linkify: object, match: object) -> None:
    match.url = f"http://{match.url}"  # type: ignore[attr-defined]


def _checkboxes(state: StateCore) -> None:
    """The extension makes HTML of a task's box, which would be taken for an author's."""
    for token in state.tokens:
        first = next(iter(token.children or []), None)
        if first and first.type == "html_inline" and first.content in _BOXES:
            token.children = [Token(CHECKBOX, "", 0, content=_BOXES[first.content]), *(token.children or [])[1:]]
