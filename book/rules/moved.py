"""What a translation has in another form than the English: beside a link in place of its words, as a formula."""

from __future__ import annotations

import re
from collections import Counter

from book.notebook.markdown.parts import Block, Element
from book.rules.active_content import short

# How a thing stands, by the `info` or the type of its token.
_WAYS = {
    "auto": "as an address written out",
    "link_open": "as a link",
    "math_block": "as a formula on lines of its own",
    "math_inline_double": "as a formula within a line",
}
_FIGURES = re.compile(r"\d[\d\s.,×*/+=<>-]*")
_TIMES = str.maketrans("*xX", "×××")


def moved(english: tuple[Block, ...], translated: tuple[Block, ...]) -> str:
    """What to do with the first thing that stands in another way; empty where the order alone is another."""
    one, other = _elements(english), _elements(translated)
    elsewhere = {_name(element): element for element in other - one}
    for element in one - other:
        name = _name(element)
        if name and name in elsewhere:
            stands = f"{_way(element)} in English, {_way(elsewhere[name])} in the translation"
            return f"`{short(name)}` stands {stands}; write it as in English"
    return ""


def in_words(formula: str, words: str) -> str:
    """A formula of figures and signs as words, `3 × 4` of `3 \\times 4`, where some text has it so; or nothing."""
    plain = formula.replace("\\times", "×").strip()
    wanted, text = (re.sub(r"\s", "", each.translate(_TIMES)) for each in (plain, words))
    return plain if _FIGURES.fullmatch(plain) and re.search(rf"(?<!\d){re.escape(wanted)}(?!\d)", text) else ""


def _elements(blocks: tuple[Block, ...]) -> Counter[Element]:
    found: Counter[Element] = Counter()
    for block in blocks:
        found.update(block if isinstance(block, Counter) else [block])
    return found


def _name(element: Element) -> str:
    """The code, formula or HTML that it is, or the address that it leads to."""
    written = [each for each in element if isinstance(each, str)][-2]
    return written or next((str(each[1]) for each in element if isinstance(each, tuple) and each[0] == "href"), "")


def _way(element: Element) -> str:
    *around, kind, _, info, _, _ = (each for each in element if isinstance(each, str))
    return "in the words of a link" if around else _WAYS.get(info) or _WAYS.get(kind) or "by itself"
