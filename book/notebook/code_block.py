"""Blocks of Python in prose without what a translation may say its way in them: their comments."""

from __future__ import annotations

import ast
import io
import tokenize

from book.notebook.code_text import line_offsets
from book.notebook.tool_marks import tool_marks

LABELS = ("python", "python3", "py", "ipython", "ipython3")  # of the blocks whose comments are known


def without_comments(label: str, code: str) -> str:
    """The code with a bare `#` for each comment that speaks to people; as it is where it is no Python.

    Without a label it is some if Python can read it.
    """
    if label.strip() not in ("", *LABELS) or "#" not in code:
        return code
    try:
        if not label.strip() and not ast.parse(code).body:
            return code
        found = [token for token in tokenize.generate_tokens(io.StringIO(code).readline) if _speaks(token)]
    except (tokenize.TokenError, SyntaxError, ValueError, RecursionError, MemoryError):
        return code
    offsets = line_offsets(code)
    for token in reversed(found):
        start = offsets[token.start[0] - 1] + token.start[1]
        code = f"{code[:start]}#{code[start + len(token.string) :]}"
    return code


def _speaks(token: tokenize.TokenInfo) -> bool:
    return token.type == tokenize.COMMENT and token.string.startswith("# ") and not tool_marks(token.string[1:])
