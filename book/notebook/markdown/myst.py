"""What MyST Markdown does besides showing words: directives, roles, addresses, HTML, formulas.

Only directives and roles that are known to be harmless pass: they read no file, evaluate nothing, pass nothing through
to the page, define no role, and leave the rest of the page alone. Everything else is named, also what no extension of
the site knows, or not yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial

from markdown_it import MarkdownIt
from markdown_it.token import Token

from book.notebook.markdown.directives import FENCE, OPEN, directive, joined, split_options
from book.notebook.markdown.parts import parts
from book.notebook.markdown.roles import ROLE
from book.notebook.markdown.syntax import SYNTAX, markdown_parser
from book.notebook.markdown.tokens import tokens

# Directives by what stands in them: Markdown, code, a formula, the address of a picture (in a figure also Markdown).
_PROSE = {"admonition", "attention", "caution", "centered", "compound", "container", "csv-table", "danger",
          "deprecated", "dropdown", "epigraph", "error", "exercise", "exercise-end", "exercise-start", "figure-md",
          "highlights", "hint", "hlist", "important", "line-block", "list-table", "margin", "note", "parsed-literal",
          "pull-quote", "rubric", "seealso", "sidebar", "solution", "solution-end", "solution-start", "tab-item",
          "tab-set", "table", "tip", "topic", "versionadded", "versionchanged", "versionremoved",
          "warning"}  # fmt: skip
_CODE = {"code", "code-block", "sourcecode"}
_PICTURES = {"figure", "image"}
_UNSEEN = {"index"}  # entries for an index of words, which the site has not
HARMLESS_DIRECTIVES = _PROSE | _CODE | _PICTURES | _UNSEEN | {"math"}

HARMLESS_ROLES = {"abbr", "abbreviation", "acronym", "any", "code", "command", "dfn", "doc", "download", "emphasis",
                  "eq", "file", "guilabel", "index", "kbd", "keyword", "literal", "mailheader", "makevar", "manpage",
                  "math", "menuselection", "mimetype", "newsgroup", "numref", "option", "pep", "pep-reference",
                  "program", "ref", "regexp", "rfc", "rfc-reference", "samp", "strong", "sub", "subscript", "sup",
                  "superscript", "term", "title-reference", "token", "math:numref", "std:doc", "std:keyword",
                  "std:numref", "std:option", "std:ref", "std:term", "std:token"}  # fmt: skip

# Options of these directives, by what their values are. `csv-table` with `file` or `url` reads, so these are not here.
_OPTIONS = {"align", "alt", "animate", "chevron", "class", "class-body", "class-container", "class-content",
            "class-label", "class-title", "color", "dedent", "delim", "emphasize-lines", "escape", "figclass",
            "figwidth", "force", "header-rows", "height", "icon", "keepspace", "label", "lineno-start", "linenos",
            "margin", "name", "nonumber", "nowrap", "number-lines", "open", "quote", "scale", "selected",
            "stub-columns", "sync", "sync-group", "width", "widths"}  # fmt: skip
_PROSE_OPTIONS = {"caption", "header", "subtitle"}
_ADDRESS_OPTIONS = {"target"}

_TIMES = 20  # as long may all texts be together that are parsed for one, those within others; nobody nests so deep

Parse = Callable[[str], list[Token]]


@dataclass(frozen=True)
class Address:
    """Where a text leads, or what it shows; `loaded` by the page itself, `nested` in a directive or a role."""

    target: str
    loaded: bool
    nested: bool


@dataclass
class Reading:
    """What a text has besides words, that in its directives and roles included."""

    passing: list[str] = field(default_factory=list)  # directives and roles that are not known to be harmless
    addresses: list[Address] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)  # and words, in which Jupyter looks for more formulas


def passes_through(text: str) -> list[str]:
    """The directives and roles of a Markdown text that may read files, evaluate, or pass through: `{include}` …"""
    is_named = ("{" in text or "&" in text) and ("`" in text or "~" in text)  # a brace may be written as an entity
    return list(_passing(text)) if is_named or ":::" in text else []


@lru_cache(maxsize=1 << 15)  # the English texts are asked for again in every language
def _passing(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(read(text).passing))


def read(text: str, parse: Parse = tokens) -> Reading:
    """What the text has, as `parse` takes it apart: by default as the site does."""
    found, pending, seen = Reading(), [text], set[str]()
    left = _TIMES * (len(text) + 1000)
    while pending:
        each = pending.pop(0)
        if each in seen:
            continue
        left -= len(each)
        if left < 0:
            found.passing.append("directives within directives")
            break
        seen.add(each)
        nested = each is not text
        found.addresses += [Address(target, False, nested) for target in _definitions(each)]
        for token in _flat(parse(each)):
            pending += _take(token, found, nested)
    return found


def read_as_jupyter_book(text: str) -> Reading:
    """What the text has where Jupyter Book's own command reads it, which knows more syntax than the site."""
    return read(text, partial(_parsed, _STOCK))


def read_as_commonmark(text: str) -> Reading:
    """What the text has as plain CommonMark, in which myst-nb and Jupyter read Markdown that code has put out."""
    return read(text, commonmark_tokens)


def commonmark_tokens(text: str) -> list[Token]:
    """The text's blocks as plain CommonMark."""
    return _parsed(_COMMONMARK, text)


# `substitution` runs what stands between `{{` and `}}` as a template.
_STOCK = ("substitution", *SYNTAX)
_COMMONMARK = None


@cache
def _parser(extensions: tuple[str, ...] | None) -> MarkdownIt:
    return markdown_parser(extensions)


@lru_cache(maxsize=16)
def _parsed(extensions: tuple[str, ...] | None, text: str) -> list[Token]:
    return _parser(extensions).parse(text)


def _flat(blocks: Iterable[Token]) -> Iterator[Token]:
    for token in blocks:
        yield token
        if token.type == "inline":
            yield from token.children or []


def _definitions(text: str) -> Iterator[str]:
    """The addresses of link definitions, which hold for all cells of a page. A label may have `]: ` in it, too."""
    for each in parts(text).definitions:
        yield each.partition("]: ")[2]
        yield each.rpartition("]: ")[2]


def _take(token: Token, found: Reading, nested: bool) -> Iterable[str]:
    """Note what a token is, and return the Markdown texts in it."""
    if token.type in ("fence", "colon_fence", OPEN):
        return _fence(token.meta.get(FENCE, token), found)
    if token.type == "link_open":
        found.addresses.append(Address(str(token.attrs["href"]), False, nested))
    elif token.type == "image":
        found.addresses.append(Address(str(token.attrs["src"]), True, nested))
    elif token.type in ("html_inline", "html_block"):
        found.html.append(token.content)
    elif token.type == ROLE:
        _role(str(token.meta["name"]), token.content, found)
    elif token.type.startswith("substitution"):
        found.passing.append(f"{{{{{token.content}}}}}")
    elif token.type == "text" or token.type.startswith(("math", "amsmath")):
        found.formulas.append(token.content)
    return ()


def _fence(token: Token, found: Reading) -> Iterable[str]:
    """Note what a fenced block is, and return the Markdown texts in it."""
    if written := directive(token):
        return _directive(written.name, written.first, written.content, found)
    return [token.content] if token.type == "colon_fence" else ()


def _directive(name: str, first: str, content: str, found: Reading) -> Iterable[str]:
    if name not in HARMLESS_DIRECTIVES:
        found.passing.append(f"{{{name}}}")
        return ()
    options, body = split_options(content)
    unknown = options.keys() - _OPTIONS - _PROSE_OPTIONS - _ADDRESS_OPTIONS
    found.passing += [f"{{{name}}} with `:{option}:`" for option in sorted(unknown)]
    found.addresses += [Address(joined(options[each]), False, True) for each in _ADDRESS_OPTIONS & options.keys()]
    texts = [options[option] for option in _PROSE_OPTIONS & options.keys()]
    if name in _PICTURES:
        found.addresses.append(Address(joined(first), True, True))
        return [*texts, body, content]
    if name == "math":
        found.formulas += [first, content]
    if name in _PROSE:
        # Whether options are read and the first line belongs to the body is the directive's own affair.
        texts += [first, body, content, f"{first}\n{body}", f"{first}\n{content}"]
    return texts


def _role(name: str, content: str, found: Reading) -> None:
    name = name.lower()
    if name not in HARMLESS_ROLES:
        found.passing.append(f"{{{name}}}")
    elif name == "math":
        found.formulas.append(content)
    elif name == "download":
        target = content.rpartition("<")[2].rstrip(">") if content.endswith(">") else content
        found.addresses.append(Address(target, False, True))
