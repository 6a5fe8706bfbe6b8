"""Blocks of code in prose without what a translation may say its way in them: their comments.

Of Python all comments are known, of languages with `//` those that have a line of their own.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize

from book.notebook.code.code_text import line_offsets
from book.notebook.code.tool_marks import tool_marks

_PYTHON = ("python", "python3", "py", "ipython", "ipython3")
_SLASHES = ("java", "javascript", "js", "typescript", "ts", "c", "cpp", "c++", "go", "kotlin", "swift")
LABELS = (*_PYTHON, *_SLASHES)  # of the blocks whose comments are known, in small letters

_LINE = re.compile(r"^([ \t]*//) .*", re.MULTILINE)
_OVER_LINES = re.compile(r'"""|`|/\*|R"|\\$', re.MULTILINE)  # what may begin a text in which such a line is no comment


def without_comments(label: str, code: str) -> str:
    """The code with a bare mark for each comment that speaks to people; without a label it may be Python."""
    label = label.strip().lower()
    if label in _SLASHES:
        return code if _OVER_LINES.search(code) else _LINE.sub(r"\1", code)
    return _without_comments(label, code) if label in ("", *_PYTHON) and "#" in code else code


def _without_comments(label: str, code: str) -> str:
    """Python without comments; as it is where it is none."""
    try:
        if not label and not ast.parse(code).body:
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
