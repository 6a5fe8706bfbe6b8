"""Formulas in Markdown where Jupyter finds them, not MyST: environments without dollars, references, `\\\\(…\\\\)`.

Money is left alone: `$5 and $10`, where a dollar before a figure is closed by a dollar before a figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath.index import math_block_dollar, math_inline_dollar
from mdit_py_plugins.utils import is_code_block

INLINE, DISPLAYED, ENVIRONMENT = "math_inline", "math_inline_double", "amsmath"
_BEGIN = re.compile(r"\\begin\{([A-Za-z]+\*?)\}")
_REFERENCE = re.compile(r"\\(?:eq)?ref\{[^{}\n]+\}")
_DOLLAR = re.compile(r"(?<!\\)\$")
_SUM = re.compile(r"[ \u00a0]?\d")  # `$50`, and in other languages `US$ 50`
_MONEY = re.compile(r"(?<!\\)\$\d[^$\\^_{}\n]*[^$\\^_{}\n\w.]\$(?=\d)")
_WORDS = re.compile(r"\d[^\\^_{}=<>]*\s[^\W\d_]{2,}(?:\s|$)")
_PLAIN_WORDS = re.compile(r"\s*(?=[^\\]*[^\W\d_]{2})[^\\^_{}=<>\s]+(?:\s+[^\\^_{}=<>\s]+)+\s*")
_PAIRS = {"\\\\(": ("\\\\)", INLINE), "\\\\[": ("\\\\]", DISPLAYED)}

# Jupyter sees a formula before it looks for paragraphs and lists.
_INTERRUPTS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list", "footnote_def"]}

_in_dollars: Callable[[StateInline, bool], bool] = math_inline_dollar(allow_double=True)
_CLOSING = re.compile(r"(?<!\\)\$\$")
_DEFINED = re.compile(
    r"(?<!\\)\${1,2}(\s*\\(?:(?:re)?new|provide)command\b[^$]*|\s*\\(?:[gx]?def|let|DeclareMathOperator)\b[^$]*)\${1,2}"
)
_LABEL = re.compile(r"\s*\([^()$\n]+\)\s*")
_between_dollars: Callable[[StateBlock, int, int, bool], bool] = math_block_dollar(allow_blank_lines=True)


def use_formulas(parser: MarkdownIt) -> MarkdownIt:
    """Have a parser that knows `dollarmath` find the formulas that Jupyter finds."""
    parser.inline.ruler.at("math_inline", _formula_in_dollars)
    parser.inline.ruler.before("escape", "jupyter_formula", _formula)
    parser.block.ruler.at("math_block", _block_in_dollars, _INTERRUPTS)
    parser.block.ruler.before("blockquote", "jupyter_environment", _environment, _INTERRUPTS)
    parser.core.ruler.after("block", "macros_in_html", _see_macros_in_html)
    return parser


def with_escaped_money(text: str) -> str:
    """The text with the dollars of sums of money escaped: where two make a pair for Jupyter, or it has only one."""
    for money in dict.fromkeys(sums_of_money(text)):
        text = text.replace(money, money.replace("$", "\\$"))
    dollars = [match.start() for match in _DOLLAR.finditer(text)]
    if len(dollars) == 1 and _SUM.match(text, dollars[0] + 1):
        text = f"{text[: dollars[0]]}\\{text[dollars[0] :]}"
    return text


def sums_of_money(text: str) -> list[str]:
    """What are two sums of money in a text, and a formula for Jupyter."""
    return [match[0] for match in _MONEY.finditer(text)]


def is_like_money(latex: str) -> bool:
    """Is a formula rather words that stand between two dollars: a figure, and then words, or words up to a blank?"""
    is_open = latex[:1].isspace() != latex[-1:].isspace()  # `5$ and 10$`, `$HOME and $PATH`
    return _WORDS.match(latex) is not None or (is_open and _PLAIN_WORDS.fullmatch(latex) is not None)


def _block_in_dollars(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """MyST's own rule, which may also end a paragraph; asked for no more than whether it would, it leaves no trace.

    Where words follow the dollars that end the formula, MyST looks on for others; Jupyter does not.
    """
    followed = _followed_by_words(state, start, end)
    if followed and (silent or followed[0] == start):
        return followed[0] > start  # in one line it stands in a paragraph
    if followed:
        _push_before_words(state, start, *followed)
        return True
    line, tokens = state.line, len(state.tokens)
    found = _between_dollars(state, start, end, silent)
    if silent:
        state.line = line
        del state.tokens[tokens:]
    return found


def _see_macros_in_html(state: StateCore) -> None:
    """Have macros defined that stand between dollars in HTML, which hides them in Jupyter: it reads them there, too."""
    for at in range(len(state.tokens) - 1, -1, -1):
        block = state.tokens[at]
        if block.type == "html_block" and (found := _DEFINED.findall(block.content)):
            token = Token(
                "math_block", "math", 0, content="\n".join(found), map=block.map, level=block.level, block=True
            )
            state.tokens.insert(at + 1, token)


def _followed_by_words(state: StateBlock, start: int, end: int) -> tuple[int, int] | None:
    """The line and the place of the dollars that end the formula, if words follow them; a label in brackets is none."""
    if is_code_block(state, start) or not state.src.startswith("$$", state.bMarks[start] + state.tShift[start]):
        return None
    for line in range(start, end):
        first = state.bMarks[line] + state.tShift[line]
        if line > start and first < state.eMarks[line] and state.sCount[line] < state.blkIndent:
            return None  # the list in which it begins ends before it
        if closing := _CLOSING.search(state.src, first + 2 * (line == start), state.eMarks[line]):
            words = state.src[closing.end() : state.eMarks[line]]
            return (line, closing.start()) if words.strip() and not _LABEL.fullmatch(words) else None
    return None


def _push_before_words(state: StateBlock, start: int, line: int, at: int) -> None:
    """Take the formula that ends in `line` at the place `at`, and have the words after it begin that line."""
    token = state.push("math_block", "math", 0)
    token.block, token.markup, token.map = True, "$$", [start, line + 1]
    here = state.src[state.bMarks[line] + state.tShift[line] : at]
    token.content = f"{state.getLines(start, line, state.sCount[start], True).lstrip()[2:]}{here}"
    state.bMarks[line] = at + 2
    state.tShift[line] = len(state.src[at + 2 : state.eMarks[line]]) - len(
        state.src[at + 2 : state.eMarks[line]].lstrip()
    )
    state.sCount[line] = state.blkIndent
    state.line = line


def _formula_in_dollars(state: StateInline, silent: bool) -> bool:
    if money := _MONEY.match(state.src, state.pos):
        if not silent:
            state.pending += money[0]
        state.pos = money.end()
        return True
    return _in_dollars(state, silent)


def _formula(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "\\":
        return False
    if found := _REFERENCE.match(state.src, state.pos):
        return _push(state, INLINE, found[0], found.end(), silent)
    if found := _BEGIN.match(state.src, state.pos):
        close = f"\\end{{{found[1]}}}"
        end = state.src.find(close, found.end())
        content = state.src[state.pos : end + len(close)]
        return end >= 0 and _push(state, DISPLAYED, content, end + len(close), silent)
    if pair := _PAIRS.get(state.src[state.pos : state.pos + 3]):
        end = state.src.find(pair[0], state.pos + 3)
        return end >= 0 and _push(state, pair[1], state.src[state.pos + 3 : end], end + 3, silent)
    return False


def _push(state: StateInline, kind: str, latex: str, end: int, silent: bool) -> bool:
    if not silent:
        token = state.push(kind, "math", 0)
        token.content, token.markup = latex, "\\"
    state.pos = end
    return True


def _environment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """An environment that begins a line and ends one."""
    if is_code_block(state, start):
        return False
    found = _BEGIN.match(state.src, state.bMarks[start] + state.tShift[start])
    if not found:
        return False
    close = f"\\end{{{found[1]}}}"
    for line in range(start, end):
        here = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
        if line > start and here and state.sCount[line] < state.blkIndent:
            return False  # the list in which it begins ends before it
        if close in here:
            if not here.rstrip().endswith(close):
                return False  # words follow: it stands in a paragraph
            if not silent:
                _push_block(state, start, line, found[1])
            state.line = line + 1
            return True
    return False


def _push_block(state: StateBlock, start: int, last: int, name: str) -> None:
    token = state.push(ENVIRONMENT, "math", 0)
    token.block = True
    token.content = state.getLines(start, last + 1, state.sCount[start], False).strip()
    token.map = [start, last + 1]
    token.meta = {"environment": name.removesuffix("*"), "numbered": "*" * name.endswith("*")}
