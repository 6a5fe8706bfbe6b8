"""The comments of a code cell that speak to people: none that is for tools, a licence, or code that is not to run."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from book.notebook.code.code_text import COMMENT, WORD, CodeText, line_offsets
from book.notebook.code.tool_marks import DIRECTIVE

_LICENCE = re.compile(r"licensed under|copyright \(c\)|copyright \d{4}|all rights reserved", re.IGNORECASE)

_OF_CODE = (ast.Import, ast.ImportFrom, ast.Assign, ast.Call, ast.Attribute, ast.Subscript)
_REMARK = re.compile(r"\w \(")  # `Output (optional)` could be a call
_SCRIPT = "///"  # begins and ends what a script says of itself to tools (PEP 723), such as the packages that it needs


def comments(masked: str) -> Iterator[CodeText]:
    """The comments that speak to people; lines of comment that follow one another at one place are one text."""
    if "#" not in masked:
        return
    blocks: list[list[tokenize.TokenInfo]] = []
    for token in tokenize.generate_tokens(io.StringIO(masked).readline):
        if token.type != tokenize.COMMENT:
            continue
        if blocks and _continues(blocks[-1][-1], token):
            blocks[-1].append(token)
        else:
            blocks.append([token])
    offsets = line_offsets(masked)
    for block in blocks:
        if not any(_LICENCE.search(token.string) for token in block):
            yield from _comment_texts(block, offsets)


def _continues(before: tokenize.TokenInfo, token: tokenize.TokenInfo) -> bool:
    """Does a comment go on with the one before, on the next line and below it?"""
    alone = all(not each.line[: each.start[1]].strip() for each in (before, token))
    return alone and token.start == (before.start[0] + 1, before.start[1])


def _comment_texts(block: list[tokenize.TokenInfo], offsets: list[int]) -> Iterator[CodeText]:
    """The texts of a block of comments, which empty lines and what is meant for tools part."""
    lines: list[tuple[tokenize.TokenInfo, str]] = []
    in_script = False
    for token in [*block, None]:
        text = token.string.lstrip("#").strip() if token else ""
        in_script ^= text.startswith(_SCRIPT)
        if token and WORD.search(text) and not DIRECTIVE.match(text) and not in_script:
            lines.append((token, text))
        elif lines:
            if not all(_is_left_out(said) for _, said in lines):
                yield _comment_text(lines, offsets)
            lines = []


def _is_left_out(line: str) -> bool:
    """Is it code that is not to run, and no formula in words such as `output = input * weight`?"""
    return is_code(line) and ("(" in line or line.startswith(("import ", "from ")))


def is_code(line: str) -> bool:
    """Can Python read the line, which has more than names and signs between them?

    A remark such as `Output (optional)` or `身長(メートル)` is none, whose word names no function of a program, and
    neither is a list with one such as `rows, columns = shape(x)`.
    """
    try:
        tree = ast.parse(f"{line.strip()} pass" if line.rstrip().endswith(":") else line.strip())
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    called = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    if not all(each.id.isascii() for each in called if isinstance(each, ast.Name)):
        return False
    is_listed = any(isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Store) for node in ast.walk(tree))
    return not is_listed and not _REMARK.search(line) and any(isinstance(node, _OF_CODE) for node in ast.walk(tree))


def _comment_text(lines: list[tuple[tokenize.TokenInfo, str]], offsets: list[int]) -> CodeText:
    (first, text), (last, last_text) = lines[0], lines[-1]
    start = offsets[first.start[0] - 1] + first.start[1] + first.string.index(text)
    end = offsets[last.start[0] - 1] + last.start[1] + last.string.index(last_text) + len(last_text)
    before = first.line[: first.start[1]]
    before = before.replace("\f", " ")  # as `ipython.as_python` writes an indent that IPython does not count
    prefix = None if before.strip() else before + first.string[: first.string.index(text)]
    return CodeText(COMMENT, "\n".join(text for _, text in lines), start, end, first.start[0], prefix=prefix)
