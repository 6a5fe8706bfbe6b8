"""The paragraphs of a text, as far as a translation must have as many."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import regex

from book.notebook.markdown.prose import HOLE, prose_lines
from book.notebook.markdown.tokens import tokens

_SENTENCE_END = regex.compile(r"[\p{Sentence_Terminal}:：](?=[\s\p{Pe}\p{Pf}\"']|$)|[。！？：]")
_LETTER = re.compile(r"[^\W\d_]")
_TAG = re.compile(r"\s*</?[A-Za-z]")
# A short word beside code or a formula: `In …:`, `…, and`
_JOINT = re.compile(rf"(?=[^{HOLE}]*{HOLE})[^\w.!?。！？]*[^\W\d_]{{1,5}}[^\w.!?。！？]*")
_WORD = re.compile(r"\s*[^\W\d_]{1,5}\s*")
_BETWEEN = {"math_block", "math_block_label", "amsmath", "fence", "code_block"}


@dataclass(frozen=True)
class Paragraphs:
    """Those that say something, a line each; `optional` of them another language may say without."""

    lines: list[str]
    optional: int

    @property
    def sentences(self) -> int:
        return sum(bool(_LETTER.search(sentence)) for line in self.lines for sentence in _SENTENCE_END.split(line))

    def without_tags(self) -> Paragraphs:
        """Without those that are HTML which has become words."""
        return replace(self, lines=[line for line in self.lines if not _TAG.match(line)])


def paragraphs(text: str) -> Paragraphs:
    """The paragraphs, headings, items and table cells of a Markdown text."""
    lines = [line for line in prose_lines(text, True) if _LETTER.search(line)]
    return Paragraphs(lines, sum(bool(_JOINT.fullmatch(line)) for line in lines) + _going_on(text))


def _going_on(text: str) -> int:
    """How many go on with a sentence that a formula or a block of code has parted, `Plot`, the formula, `from 0 on.`

    Letters without capitals go on where no sentence has ended before. So does a word alone in front, `where`.
    """
    blocks = [token for token in tokens(text) if token.type in ("inline", "heading_close") or token.type in _BETWEEN]
    count, ended = 0, True
    for before, token, after in zip([None, *blocks], blocks, [*blocks[1:], None], strict=False):
        if token.type != "inline":
            ended = ended or token.type == "heading_close"
            continue
        said, behind = token.content, before is not None and before.type in _BETWEEN
        goes_on = said[:1].islower() or (said[:1].lower() == said[:1].upper() and said[:1].isalpha() and not ended)
        alone = after is not None and after.type in _BETWEEN and _WORD.fullmatch(said)
        count += bool((behind and goes_on) or alone)
        ended = bool(_SENTENCE_END.search(said[-1:]))
    return count
