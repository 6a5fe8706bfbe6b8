"""The skeleton of a made notebook: Markdown as MyST and as Jupyter and Colab read it, code, outputs, figures."""

from __future__ import annotations

import ast
import contextlib
import difflib
import io
import json
import re
import tokenize
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import nbformat
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser
from nbformat import NotebookNode

from book.maths.in_markdown import use_formulas
from tests.safety.fuzz.jupyter import remove_maths
from tests.safety.fuzz.violations import Violation

Skeleton = tuple[tuple[str, ...], frozenset[tuple[str, int]]]  # blocks in order, the rest in any order
Readings = tuple[Skeleton, Skeleton]  # as MyST reads a cell, and as Jupyter and Colab do

SVG_MIME, NUMBERS_MIME = "image/svg+xml", "application/vnd.book.numbers+json"
PNG_MIME, PNG_BEGINS = "image/png", "iVBORw0KGgo"
BESIDE = "previous-and-next"  # the id of the cell that a published notebook has besides the page's own
# What GitHub's dialect makes a link of without any sign, wherever it stands in a word (as `marked` does).
BARE = re.compile(r"(?:https?://|ftp://|www\.)[^\s<]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
# What MathJax takes for a formula in the text of a page that has been made of Markdown.
TYPESET = re.compile(r"\$\$.+?\$\$|\$[^$]+\$|\\\(.*?\\\)|\\\[.*?\\\]|\\begin\{.*?\}", re.DOTALL)
# Commands with which a formula links, loads, styles or names; in whatever they stand.
ESCAPED = "\ufdd0"  # stands around what was escaped
COMMANDS = re.compile(r"\\(?:begin|end|href|url|style|class|cssId|require|unicode|includegraphics|html[A-Z]\w*)\b")
# What Colab and other tools obey behind a `#`, wherever in the line it stands.
DIRECTIVE = re.compile(
    r"#+\s*(?:@\s*\w*|%|!|\||type:|noqa\b|fmt:|pragma\b|pylint:|mypy:|ruff:|isort:|yapf:|pyright:|nosec\b|-\*-|In\[|<codecell>)",
    re.IGNORECASE,
)
_WORDS_IN_FORMULA = re.compile(r"(?<=\\text)\{[^\W_]*(?:\s[^\W_]*)*\}")
CODING = re.compile(r"coding[:=][ \t]*[-\w.]+", re.ASCII)  # as Python looks for it in the first two lines (PEP 263)


# --- Markdown


def read(text: str) -> Readings:
    """The skeletons of a cell's Markdown."""
    return _of_tokens(_myst(text)), _jupyter(text)


@cache
def _myst_parser() -> MarkdownIt:
    extensions = {"colon_fence", "dollarmath", "linkify", "strikethrough", "tasklist"}  # as the site
    config = MdParserConfig(
        enable_extensions=extensions, disable_syntax=["myst_line_comment"], dmath_double_inline=True
    )
    parser = use_formulas(create_md_parser(config, RendererHTML))  # where formulas end, as the site has it
    assert parser.linkify
    parser.linkify.set({"fuzzy_link": False})
    return _keeping_links(parser)


@cache
def _github_parser() -> MarkdownIt:
    parser = MarkdownIt("gfm-like", {"html": True, "linkify": True})
    parser.disable("text_join")  # so that it is seen what was escaped: no reader makes a bare address of that
    return _keeping_links(parser)


def _keeping_links(parser: MarkdownIt) -> MarkdownIt:
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def _myst(text: str) -> list[tuple[str, str]]:
    environment: dict[str, Any] = {}
    found = list(_items(_myst_parser().parse(text, environment)))
    return [*found, *_definitions(environment)]


@lru_cache(maxsize=4096)
def _jupyter(text: str) -> Skeleton:
    """Formulas first, as Jupyter takes them out before Markdown sees them; then GitHub's Markdown; then MathJax."""
    without, formulas = remove_maths(text)
    environment: dict[str, Any] = {}
    tokens = _github_parser().parse(without, environment)
    found = [*_items(tokens), *_definitions(environment), *(("maths", _tight(each)) for each in formulas)]
    for words in _paragraphs(tokens):
        found += [("bare address", each) for each in BARE.findall(words)]
        found += [("typeset", _tight(each)) for each in TYPESET.findall(words.replace(ESCAPED, ""))]
    found += [("command", each) for each in COMMANDS.findall(text)]
    return _of_tokens(found)


def _of_tokens(found: list[tuple[str, str]]) -> Skeleton:
    # Paragraphs side by side count as one: a sentence may be parted from another.
    values = [value for kind, value in found if kind == "block"]
    blocks = tuple(each for before, each in pairwise(["", *values]) if (before, each) != (_PARAGRAPH, _PARAGRAPH))
    rest = Counter(f"{kind} {value}" for kind, value in found if kind != "block")
    return blocks, frozenset(rest.items())


_PARAGRAPH = "paragraph_open p"
_WORDING = {
    *("text", "text_special", "softbreak", "hardbreak", "inline", "em_open", "em_close", "strong_open", "strong_close"),
    *("s_open", "s_close"),  # words struck through
}


def _items(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """(kind, value) of all that is more than words: `block`s, and what stands in them."""
    for token in tokens:
        if token.type == "inline":
            yield from _items(token.children or [])
        elif token.type == "link_open":
            yield "link", f"{token.attrs.get('href')} {token.attrs.get('title', '')}"
        elif token.type == "image":
            yield "image", f"{token.attrs.get('src')} {token.attrs.get('title', '')}"
        elif token.type == "math_inline_double":  # shown like one that stands alone
            yield "block", f"math_block math   {_tight(token.content)}"
        elif token.type.startswith("math_inline"):
            yield "maths", _tight(token.content)
        elif token.nesting >= 0 and token.type not in _WORDING:
            named = token.meta.get("name", "") if token.meta else ""
            content = _tight(token.content) if token.type.startswith("math_block") else token.content
            content = " ".join(content.split()) if token.type == "code_inline" else content  # as browsers show it
            if token.type == "fence" and token.info.strip() == "python":  # where nothing runs, comments are words
                content = re.sub("# [^\\n]*", "# ", content)
            info = "" if token.type == "list_item_open" else token.info.strip()  # browsers count items themselves
            value = f"{token.type} {token.tag} {info} {named} {content}"
            inline = token.type in ("html_inline", "code_inline", "myst_role", "footnote_ref")
            attributes = json.dumps(dict(token.attrs), sort_keys=True, default=str) if token.attrs else ""
            yield ("inline" if inline else "block"), f"{value} {attributes}".strip()


def _tight(formula: str) -> str:
    """A formula without blanks, which change nothing in it, and without the words in its texts."""
    return "".join(_WORDS_IN_FORMULA.sub("{}", formula).split())


def _definitions(environment: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, to in environment.get("references", {}).items():
        yield "definition", f"{name} {to['href']}"


def _paragraphs(tokens: list[Token]) -> Iterator[str]:
    """The words of each block, as they stand on the page: entities and escapes read, code and links left out."""
    for token in tokens:
        if token.type == "inline":
            said, depth = "", 0
            for child in token.children or []:
                depth += (child.type == "link_open") - (child.type == "link_close")
                said += "" if depth else _word(child)
            yield said


def _word(token: Token) -> str:
    if token.type == "text_special":
        return f"{ESCAPED}{token.content}{ESCAPED}"
    if token.type == "text":
        return token.content
    return {"softbreak": "\n", "hardbreak": "\n", "code_inline": "\ufffc"}.get(token.type, "")


# --- code


def code_differences(english: str, made: str, shown: set[str]) -> Iterator[str]:
    """How made code differs from the English code, besides the words of comments and of the texts in `shown`."""
    yield from _tree_differences(english, made, shown)
    obeyed = {found for _, comment in _comments(english) for found in _obeyed(1, comment)}
    for line, comment in _comments(made):
        if set(_obeyed(line, comment)) - obeyed:
            yield f"a comment that a tool obeys: {comment!r}"


def _obeyed(line: int, comment: str) -> Iterator[str]:
    """What a tool obeys in a comment."""
    yield from (found[0] for found in DIRECTIVE.finditer(comment))
    if line <= 2:
        yield from (found[0] for found in CODING.finditer(comment))


def _masked(source: str) -> str:
    return re.sub(r"^([ \t]*)[%!].*$", lambda found: f"{found[1]}pass", source, flags=re.MULTILINE)


def _comments(source: str) -> list[tuple[int, str]]:
    """Each comment and its line; those before a place that is no Python."""
    found = []
    with contextlib.suppress(tokenize.TokenError, SyntaxError):
        for token in tokenize.generate_tokens(io.StringIO(_masked(source)).readline):
            if token.type == tokenize.COMMENT:
                found.append((token.start[0], token.string))
    return found


def _tree_differences(english: str, made: str, shown: set[str]) -> Iterator[str]:
    magics = [re.findall(r"^[ \t]*[%!].*$", each, re.MULTILINE) for each in (english, made)]
    if magics[0] != magics[1]:
        yield f"other magics: {magics[1]}"
    try:
        trees = ast.parse(_masked(english)), ast.parse(_masked(made))
    except SyntaxError as error:
        yield f"does not parse: {error}"
        return
    yield from _node_differences(*trees, shown)


def _node_differences(english: Any, made: Any, shown: set[str]) -> Iterator[str]:
    """Where two syntax trees differ but in texts of `shown`; such a text stays a string, with its placeholders."""
    if isinstance(english, ast.JoinedStr) and isinstance(made, ast.JoinedStr) and _pattern(english) in shown:
        if _placeholders(english) != _placeholders(made):
            yield f"other placeholders: {ast.unparse(made)}"
    elif isinstance(english, ast.Constant) and english.value in shown and isinstance(made, ast.Constant):
        yield from [] if isinstance(made.value, str) else [f"no string: {made.value!r}"]
    elif type(english) is not type(made):
        yield f"{type(made).__name__} for {type(english).__name__}"
    elif isinstance(english, list | ast.AST):
        before, after = _parts(english), _parts(made)
        if len(before) != len(after):
            yield f"{len(after)} for {len(before)} parts"
        for one, other in zip(before, after, strict=False):
            yield from _node_differences(one, other, shown)
    elif english != made:
        yield f"{made!r} for {english!r}"


def _parts(node: Any) -> list[Any]:
    return node if isinstance(node, list) else [getattr(node, name, None) for name in node._fields]


def _placeholders(joined: ast.JoinedStr) -> list[str]:
    return sorted(ast.dump(value) for value in joined.values if isinstance(value, ast.FormattedValue))


def _pattern(joined: ast.JoinedStr) -> str:
    """An f-string as the English text of its PO entry."""
    parts = [
        str(v.value) if isinstance(v, ast.Constant) else ast.unparse(ast.JoinedStr([v]))[2:-1] for v in joined.values
    ]
    return "".join(parts)


# --- outputs


def output_differences(english: list[Any], made: list[Any], shown: set[str], printed: set[str]) -> Iterator[str]:
    """How made outputs differ from the English ones, besides the texts that the English source declares."""
    if len(english) != len(made):
        yield f"{len(made)} outputs for {len(english)}"
        return
    for one, other in ((dict(one), dict(other)) for one, other in zip(english, made, strict=True)):
        before, after = (dict(each.get("data", {})) for each in (one, other))
        yield from svg_differences(before.pop(SVG_MIME, ""), after.pop(SVG_MIME, ""), shown)
        yield from _name_differences(before.pop(NUMBERS_MIME, None), after.pop(NUMBERS_MIME, None), shown)
        if SVG_MIME in one.get("data", {}):  # a picture of it for programs that show no SVG, and its words for these
            if not after.pop(PNG_MIME, PNG_BEGINS).startswith(PNG_BEGINS):
                yield "a figure's picture is none"
            told = {key: value for key, value in other["metadata"].items() if key != PNG_MIME}
            if isinstance(other["metadata"].get(PNG_MIME, {"alt": ""}).get("alt"), str):
                other["metadata"] = told
        lines = [each.pop("text", "").split("\n") for each in (one, other)]
        same = len(lines[0]) == len(lines[1]) and all(_declared(a, b, printed) for a, b in zip(*lines, strict=True))
        if {**one, "data": before} != {**other, "data": after} or not same:
            yield f"an output: {json.dumps({**other, 'data': after}, ensure_ascii=False)[:200]}"


def svg_differences(english: str, made: str, shown: set[str]) -> Iterator[str]:
    """How a figure differs from the English one, besides the declared texts and the canvas's size."""
    if not english or not made:
        yield from ["a figure is missing or new"] if english != made else []
        return
    try:
        trees = [list(ElementTree.fromstring(each).iter()) for each in (english, made)]
    except ElementTree.ParseError as error:
        yield f"a figure is no XML: {error}"
        return
    if [each.tag for each in trees[0]] != [each.tag for each in trees[1]]:
        yield "a figure has other elements"
        return
    for one, other in zip(*trees, strict=True):
        sized = {"width", "viewBox"} if one.tag.endswith("}svg") else set()
        yield from _attribute_differences(dict(one.attrib), dict(other.attrib), sized)
        if not _declared(one.text or "", other.text or "", shown) or one.tail != other.tail:
            yield f"a figure's text {one.text!r} became {other.text!r}"


def _attribute_differences(english: dict[str, str], made: dict[str, str], sized: set[str]) -> Iterator[str]:
    for name in sized:
        if name in made and not re.fullmatch(r"[-\d.e ]+(pt)?", made.pop(name)):
            yield f"a figure's {name} is no size"
        english.pop(name, None)
    if english != made:
        yield f"a figure's attributes became {made}"


def _declared(english: str, made: str, shown: set[str]) -> bool:
    """Is the text as it was, or one that the source declares, with the values that a run has put in?"""
    if english == made or made.strip("\u2066\u2067\u2068\u2069") == english:
        return True
    for text in shown:
        parts = re.split(r"(\{[^}]*\})", text)
        pattern = "".join("(.+)" if part[:1] == "{" else re.escape(part) for part in parts)
        if found := re.fullmatch(pattern, english):
            return all(value in made for value in found.groups())
    return False


def _name_differences(english: Any, made: Any, shown: set[str]) -> Iterator[str]:
    if isinstance(english, str) and isinstance(made, str):
        if not _declared(english, made, shown):
            yield f"a figure's name {english!r} became {made!r}"
    elif isinstance(english, dict) and isinstance(made, dict) and list(english) == list(made):
        for key, value in english.items():
            yield from _name_differences(value, made[key], shown)
    elif isinstance(english, list) and isinstance(made, list) and len(english) == len(made):
        for one, other in zip(english, made, strict=True):
            yield from _name_differences(one, other, shown)
    elif english != made:
        yield f"a figure's numbers became {made!r}"


# --- comparing


def differences(
    name: str,
    english: NotebookNode,
    made: NotebookNode,
    known: dict[str, list[Readings]],
    shown: set[str],
    printed: set[str],
) -> Iterator[Violation]:
    """What a made notebook in the file `name` has besides words.

    `known` are each cell's readings with harmless texts, `shown` and `printed` the texts that the English source
    declares: of figures, and printed.
    """
    english = _as_published(english)
    if _metadata(english) != _metadata(made):
        yield Violation("notebook", "metadata", "ids, types or metadata of cells differ", name)
        return
    for one, other in zip(english.cells, made.cells, strict=True):
        cell = frozenset({str(other.id)})
        if one.cell_type == "code":
            for detail in code_differences(one.source, other.source, shown | printed):
                yield Violation("notebook", "code", f"cell {other.id}: {detail}", name, cell, detail.partition(":")[0])
            for detail in output_differences(one.outputs, other.outputs, shown, printed):
                yield Violation("notebook", "output", f"cell {other.id}: {detail}", name, cell)
        else:
            for kind, detail, made_of in _reading_differences(known[other.id], read(other.source)):
                yield Violation("notebook", kind, f"cell {other.id}: {detail}", name, cell, made_of)


def _as_published(english: NotebookNode) -> NotebookNode:
    """The English notebook with what is told to the programs that open it, and with the cell of the pages beside it."""
    made: NotebookNode = nbformat.from_dict(json.loads(json.dumps(english)))
    made.metadata["colab"] = {**made.metadata.get("colab", {}), "toc_visible": True}
    for cell in made.cells:
        tags = cell.metadata.get("tags", [])
        folded = {"jupyter": {"source_hidden": True}, "cellView": "form", "_kg_hide-input": True}
        if "hide-input" in tags:
            cell.metadata |= folded
        if "hide-cell" in tags:
            cell.metadata |= {**folded, "jupyter": {"source_hidden": True, "outputs_hidden": True}}
            cell.metadata |= {"collapsed": True, "_kg_hide-output": True}
    made.cells.append(nbformat.from_dict({"cell_type": "markdown", "id": BESIDE, "metadata": {}, "source": ""}))
    return made


def _reading_differences(known: list[Readings], found: Readings) -> Iterator[tuple[str, str, str]]:
    """Where a reading is none of those that the cell may have: what kind it is, what differs, and what that is."""
    for reader, number in (("MyST", 0), ("Jupyter", 1)):
        if found[number] not in [each[number] for each in known]:
            changes = min((_changes(each[number], found[number]) for each in known), key=lambda each: len(str(each)))
            came = {re.sub(r" .*", "", each[2:]) for each in changes if each[:1] == "+"}
            yield f"{reader}: {_kind(changes)}", " | ".join(changes), " ".join(sorted(came))


def _changes(old: Skeleton, new: Skeleton) -> list[str]:
    blocks = [line.rstrip() for line in difflib.ndiff(old[0], new[0]) if line[:1] in "+-"]
    return [
        *blocks,
        *(f"+ {each} ×{n}" for each, n in new[1] - old[1]),
        *(f"- {each} ×{n}" for each, n in old[1] - new[1]),
    ]


def _kind(changes: list[str]) -> str:
    """The worst of what came or went."""
    for kind, pattern in (
        ("HTML", r"html_(inline|block)"),
        ("directive", r"fence code \{|colon_fence|myst_role|substitution"),
        ("address", r"^[+-] (link|image|bare address|definition)"),
        ("formula", r"^[+-] (maths|typeset|command|math_)"),
    ):
        if any(re.search(pattern, each) for each in changes):
            return kind
    return "structure"


def _metadata(notebook: NotebookNode) -> list[Any]:
    """Everything about a notebook that is neither source nor output, less the words for figures."""
    cells = []
    for cell in notebook.cells:
        about = json.loads(json.dumps(cell.metadata))
        about.pop("printed", None)  # the record of the run, which is not published
        if "alt" in about.get("mystnb", {}).get("image", {}):
            about["mystnb"]["image"]["alt"] = "…"
        cells.append(
            {**{key: value for key, value in cell.items() if key not in ("source", "outputs")}, "metadata": about}
        )
    return [{key: value for key, value in notebook.items() if key != "cells"}, cells]
