"""A page that is written in Markdown (MyST), as a notebook: its blocks are the cells.

A block begins at a mark `+++`, at a heading (with the targets `(name)=` right before it), and behind a cell of code,
which is a fence `{code-cell}` as Jupytext and MyST-NB have it. Its id is the `id` in the JSON behind its mark, or among
the options of its fence; without one, the name of the target with which it begins.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from book.errors import NotebookError
from book.notebook.json_text import WITH_IDS
from book.notebook.markdown.directives import options_block
from book.notebook.markdown.syntax import markdown_parser
from book.settings import YamlError, yaml_value

_FENCES = {"{code-cell}": "code", "{raw-cell}": "raw"}
_FRONT = re.compile(r"-{3,}[ \t]*\n(?P<yaml>.*?)^(?:-{3,}|\.{3})[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
# What of the front matter Sphinx, MyST or Jupyter act upon; the rest, such as a date, is for other tools.
_ACTED_UPON = {"kernelspec", "language_info", "book", "mystnb", "myst", "substitutions", "html_meta", "orphan",
               "tocdepth", "nosearch", "nocomments"}  # fmt: skip
_HTML = re.compile(r"<(/?)(?:center|details|div|figure|section|table)\b", re.IGNORECASE)
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ID_OPTION = re.compile(r"\s*:?id:(?:\s|$)")
_MARK = "+++"


@dataclass(frozen=True)
class Block:
    """A cell: its kind in a notebook, what it says, its metadata, and its lines in the file, counted from 0.

    `line` is where it begins, `mark` where its `+++` or its fence stands, if it has one.
    """

    kind: str
    source: str
    metadata: Mapping[str, Any]
    line: int
    mark: int | None = None
    target: str = ""

    @property
    def id(self) -> str:
        """Its id; empty if it has none."""
        found = self.metadata.get("id", "")
        name = str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""
        return name if _ID.fullmatch(name) else self.target


@dataclass
class _Reading:
    """Blocks as they are found; `start` is the line behind the last one."""

    lines: list[str]
    start: int
    blocks: list[Block] = field(default_factory=list)
    mark: int | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)

    def end_at(self, line: int) -> None:
        """Of what stands before `line`, if anything, a block is made."""
        here = range(self.start, line)
        said = [number for number in here if self.lines[number].strip()]
        if said:
            source = "\n".join(self.lines[said[0] : said[-1] + 1])
            self.blocks.append(Block("markdown", source, self.metadata, said[0], self.mark))
            self.mark, self.metadata = None, {}
        self.start = line


def blocks_of(text: str, path: Path) -> list[Block]:
    """The blocks of the page in `path`. Raises NotebookError where a mark or an option cannot be read."""
    text = text.replace("\r\n", "\n")
    front = _FRONT.match(text)
    first = len(front[0].splitlines()) if front else 0
    reading = _Reading(text.split("\n"), first)
    tokens: list[Token] = []
    _parser().block.parse("\n".join(reading.lines[first:]), _parser(), {}, tokens)
    open_html, level, targets = 0, 0, list[tuple[str, int]]()
    for token in tokens:
        at, end = (each + first for each in token.map or (0, 0))
        if level == 0 and token.type == "myst_target":
            targets.append((token.content, at))
            continue
        if level == 0 and token.type == "heading_open" and open_html <= 0:
            _begin(reading, targets, at)
        elif level == 0 and token.type == "myst_block_break":
            reading.end_at(at)
            reading.start, reading.mark, reading.metadata = end, at, _metadata(token, path, at + 1)
        elif level == 0 and (kind := _kind(token)):
            reading.end_at(at)
            reading.mark, reading.metadata, reading.start = None, {}, end
            options, source = _options(token, path, at + 1)
            reading.blocks.append(Block(kind, source.strip("\n"), options, at, at))
        elif token.type == "html_block":
            open_html += sum(-1 if slash else 1 for slash in _HTML.findall(token.content))
        level += token.nesting
        targets = []
    reading.end_at(len(reading.lines))
    return [replace(each, target=_target(each)) for each in reading.blocks]


def notebook_of(text: str, path: Path) -> dict[str, Any]:
    """The page as the content of a notebook file. Raises what `blocks_of` raises."""
    cells = [_cell(each) for each in blocks_of(text, path)]
    return {"cells": cells, "metadata": _front_matter(text, path), "nbformat": 4, "nbformat_minor": WITH_IDS}


def with_ids(text: str, path: Path, ids: Mapping[int, str]) -> str:
    """The page's text with ids for the blocks of these numbers. Raises what `blocks_of` raises."""
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(newline)
    blocks = blocks_of(text, path)
    for number, name in sorted(ids.items(), reverse=True):
        block = blocks[number]
        if block.id == name:
            continue
        if block.kind != "markdown":
            _put_option(lines, block, name)
        elif block.mark is not None:
            lines[block.mark] = _mark({**block.metadata, "id": name})
        else:
            before = [""] if block.line and lines[block.line - 1].strip() else []
            lines[block.line : block.line] = [*before, _mark({"id": name}), ""]
    return newline.join(lines)


def _put_option(lines: list[str], block: Block, name: str) -> None:
    """Put an id among the options of a fence, whose line is `block.mark`."""
    at = (block.mark or 0) + 1
    in_block = at < len(lines) and lines[at].startswith("---")
    value = name if yaml_value(name) == name else json.dumps(name)  # YAML takes `1` and `no` for other things
    made = f"id: {value}" if in_block else f":id: {value}"
    written = (number for number in range(at, len(lines)) if _ID_OPTION.match(lines[number]))
    if "id" in block.metadata:
        lines[next(written)] = made
    else:
        lines.insert(at + in_block, made)


def _mark(metadata: Mapping[str, Any]) -> str:
    return f"{_MARK} {json.dumps(metadata, ensure_ascii=False)}"


def _begin(reading: _Reading, targets: list[tuple[str, int]], heading: int) -> None:
    """Begin a block at a heading, with the targets right before it."""
    reading.end_at(targets[0][1] if targets else heading)


def _target(block: Block) -> str:
    """The name that the block's first line gives to what follows; empty if that is no id."""
    match = re.match(r"\(([^)\n]+)\)=[ \t]*\n", block.source)
    return match[1] if block.kind == "markdown" and match and _ID.fullmatch(match[1]) else ""


def _cell(block: Block) -> dict[str, Any]:
    metadata = {key: value for key, value in block.metadata.items() if key != "id"}
    made = {"cell_type": block.kind, "metadata": metadata, "source": block.source}
    made |= {"id": block.id} if block.id else {}
    return {**made, "execution_count": None, "outputs": []} if block.kind == "code" else made


def _kind(token: Token) -> str:
    """The kind of the cell that a fence is; empty if it is none."""
    return _FENCES.get(token.info.split(maxsplit=1)[0], "") if token.type == "fence" and token.info.strip() else ""


def _metadata(token: Token, path: Path, line: int) -> dict[str, Any]:
    """What stands behind a mark: JSON, or nothing."""
    if not token.content.strip():
        return {}
    try:
        made = json.loads(token.content)
    except (ValueError, RecursionError):
        made = None
    if not isinstance(made, dict):
        raise NotebookError('what follows `+++` is no JSON object; write `+++ {"id": "a-name"}`', path, line)
    return made


def _options(token: Token, path: Path, line: int) -> tuple[dict[str, Any], str]:
    """The options of a fence, as YAML, and what else is in it."""
    block, source = options_block(token.content)
    try:
        made = yaml_value(block) or {}
    except ValueError as error:
        raise NotebookError("the options of this cell are no YAML; mend them", path, line) from error
    return made if isinstance(made, dict) else {}, source


def _front_matter(text: str, path: Path) -> dict[str, Any]:
    """What the page says of itself before its first block, as far as it is the metadata of a notebook."""
    front = _FRONT.match(text.replace("\r\n", "\n"))
    try:
        found = yaml_value(front["yaml"]) if front else {}
    except ValueError as error:
        line = error.line + 1 if isinstance(error, YamlError) else 1  # it begins below the first `---`
        raise NotebookError("what stands between the first two `---` is no YAML; mend it", path, line) from error
    kept = {key: found[key] for key in found if key in _ACTED_UPON} if isinstance(found, dict) else {}
    kernel = kept.get("kernelspec")
    if isinstance(kernel, dict) and "name" in kernel:
        kept["kernelspec"] = {"display_name": str(kernel["name"]), **kernel}
    return kept


@cache
def _parser() -> MarkdownIt:
    return markdown_parser().disable(["reference", "footnote_def"])  # which may look ahead over the whole page
