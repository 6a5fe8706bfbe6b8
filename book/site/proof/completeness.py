"""Whether all of an English cell is on its page: what Jupyter shows of the cell is sought in what was made of it.

Cells are read as plain CommonMark, as Jupyter reads them, and not by the site's own parser: what that one drops would
not be missed by it either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from markdown_it.token import Token
from nbformat import NotebookNode
from selectolax.lexbor import LexborHTMLParser

from book.entities import unescaped
from book.notebook.markdown.as_jupyter import FORMULA
from book.notebook.markdown.directives import directive, split_options
from book.notebook.markdown.html_words import TAG
from book.notebook.markdown.myst import commonmark_tokens
from book.notebook.tags import OUTPUT_REMOVED, REMOVED, has_tag

_WORD = re.compile(r"[^\W\d_]{3,}")
_COMMENT = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1>", re.DOTALL)
# What MyST reads as more than words, and what it then does with it is seen in the page: roles, targets, options.
_MARKUP = re.compile(
    r"\\(?:eq)?ref\{[^{}\n]+\}|(?<=\])\[[^\]\n]+\]|"  # numbers of formulas, names of definitions
    r"^[ \t>]*:{3,}\{(?:code(?:-block)?|container|figure(?:-md)?|image|math|solution(?:-start)?|sourcecode)\}.*$|"
    r"\{[\w:+-]+\}`[^`]*`|\[\^[^\]\s]+\]:?|^\([^()\n]+\)=[ \t]*$|^[ \t>]*:{3,}(?:\{[^}\n]*\}|\S+)?|^[ \t>]*:[\w-]+:.*$",
    re.MULTILINE,
)
_LABEL = re.compile(r"(?<=\$\$)[ \t]*\([^()\n$]+\)[ \t]*$", re.MULTILINE)  # of a formula
_SHOWN_BY_ATTRIBUTE = ("alt", "title")
_WITHOUT_OUTPUT = OUTPUT_REMOVED | {"remove-stdout", "remove-stderr"}
_SEEN = "img, svg, math, table, video, audio, canvas, iframe, object, hr"  # that show something without words
_NAMED = 5  # words in a message


def lost(cells: Iterable[NotebookNode], page: str) -> Iterator[tuple[str, str]]:
    """(cell, message) for what of the cells is not on the page."""
    cells = [cell for cell in cells if not has_tag(cell, REMOVED)]
    parts = _parts(LexborHTMLParser(page), {str(cell.id): cell.cell_type == "code" for cell in cells})
    notes = " ".join(parts.pop("", []))
    for cell in cells:
        text = " ".join(parts.get(str(cell.id), []))
        if cell.cell_type == "code":
            is_wanted = not has_tag(cell, _WITHOUT_OUTPUT)
            if is_wanted and any(map(_has_content, cell.outputs)) and _NOTHING in text:
                yield str(cell.id), "nothing of its outputs is on the page; have it put out another kind"
            continue
        there = set(_WORD.findall(f"{text} {notes}"))
        words = [word for word in dict.fromkeys(_words(cell)) if word not in there]
        if words:
            named = ", ".join(f"`{word}`" for word in words[:_NAMED]) + (" …" if len(words) > _NAMED else "")
            yield str(cell.id), f"{named} is not on the page, though Jupyter shows it; write it otherwise"


_NOTHING = "\0"  # stands for outputs of which nothing is seen


def _has_content(output: NotebookNode) -> bool:
    return bool(str(output.get("text", "")).strip() or output.get("data") or output.get("traceback"))


def _words(cell: NotebookNode) -> Iterator[str]:
    """The words that Jupyter shows of a cell, formulas left aside."""
    if cell.cell_type == "raw":
        yield from _WORD.findall(TAG.sub(" ", cell.source))
        return
    for token in commonmark_tokens(_as_words(_COMMENT.sub(" ", cell.source))):
        yield from _words_of(token)


def _as_words(text: str) -> str:
    """The text without formulas, their labels, and what MyST reads as more than words."""
    return _MARKUP.sub(" ", FORMULA.sub(" ", _LABEL.sub(" ", text)))


def _words_of(token: Token) -> Iterator[str]:
    if token.type in ("text", "code_inline", "code_block"):
        yield from _WORD.findall(token.content)
    elif token.type in ("html_inline", "html_block"):
        yield from _WORD.findall(unescaped(TAG.sub(" ", token.content)))
    elif token.type == "fence":
        found = directive(token)
        if found is None or found.name.startswith("code"):
            yield from _WORD.findall(split_options(token.content)[1] if found else token.content)
        elif found.name != "math":
            for inner in commonmark_tokens(_as_words(split_options(found.content)[1])):
                yield from _words_of(inner)
    for child in token.children or []:
        yield from _words_of(child)


def _parts(page: LexborHTMLParser, cells: Mapping[str, bool]) -> dict[str, list[str]]:
    """The texts of the page by cell; footnotes, which may stand elsewhere, under the empty name."""
    found: dict[str, list[str]] = {"": []}
    code = iter([cell for cell, is_code in cells.items() if is_code])
    article, here = page.css_first("article"), ""
    for node in article.traverse(include_text=True) if article else ():
        if node.is_text_node:
            found[here].append(node.text_content or "")
            continue
        attributes = node.attributes
        classes = (attributes.get("class") or "").split()
        name = attributes.get("id") or ""
        if node.tag == "div" and "cell" in classes:
            here = next(code, here)
        elif name in cells and not cells[name]:
            here = name
        found.setdefault(here, [])
        found[here] += [attributes.get(each) or "" for each in _SHOWN_BY_ATTRIBUTE]
        if "footnote" in classes or "footnote-list" in classes:
            found[""].append(node.text())
        if "cell_output" in classes and not node.text().strip() and node.css_first(_SEEN) is None:
            found[here].append(_NOTHING)
    return found
