"""LaTeX to MathML, which browsers show by themselves: no script, no fonts, and screen readers can read it.

Tried on latex2mathml 3.81.1.
"""

from __future__ import annotations

import re
from functools import cache
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert
from latex2mathml.symbols_parser import convert_symbol

from book.maths.browsers import MATHML, settled, tag
from book.maths.latex import LatexError

# What latex2mathml leaves to the browser, which gets it wrong: beside a slash bars grow, and "ln 10" has no space.
_BAR, _BAR_AS_HIGH_AS_LETTERS = "<mo>&#x02016;</mo>", '<mo stretchy="false">&#x02016;</mo>'
_NAME, _THIN_SPACE = re.compile(r"(<mi>[a-z]{2,}</mi>)(?=<m[in])"), r'\1<mspace width="0.1667em"></mspace>'
_RAW = re.compile(r"\\(?:[A-Za-z]+|\S)")


@cache
def mathml(latex: str, display: str) -> str:
    """A formula as a `<math>` element, left to right in every language; `display` is `inline` or `block`.

    Raises LatexError where it cannot be set, or not whole.
    """
    try:
        made = str(convert(latex, display=display)).replace(_BAR, _BAR_AS_HIGH_AS_LETTERS)
        tree = ElementTree.fromstring(made)
    except Exception as error:  # it has many, and few of its own
        raise LatexError(f"cannot be set: {str(error) or _words(type(error).__name__)}") from error
    is_mended = _mend_delimiters(tree)
    _require_whole(tree)
    if settled(tree) or is_mended:
        for part in tree.iter():
            part.tag = tag(part)
        tree.attrib = {"xmlns": MATHML, **tree.attrib}
        made = ElementTree.tostring(tree, encoding="unicode")
    return _NAME.sub(_THIN_SPACE, made).replace("<math ", '<math dir="ltr" ', 1)


def _words(name: str) -> str:
    """The name of an exception as words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.removesuffix("Error")).lower()


def _mend_delimiters(tree: Element) -> bool:
    """Set the signs behind `\\big` and its like, of which latex2mathml knows brackets alone; were there any?"""
    found = [(part, convert_symbol(part.text)) for part in tree.iter() if part.text and _RAW.fullmatch(part.text)]
    for part, code in found:
        if code and tag(part) == "mo":
            part.text = chr(int(code, 16))
    return bool(found)


def _require_whole(tree: Element) -> None:
    """Raises LatexError for what is more than a formula, or less.

    latex2mathml passes on markup in `\\text`, links and styles, and makes letters of commands that it does not know.
    """
    for part in tree.iter():
        if not tag(part).startswith("m") or {"href", "style"} & set(part.attrib):
            raise LatexError(f"has `{tag(part)}` with {', '.join(part.attrib) or 'no attributes'}, which is no MathML")
        if raw := _RAW.match(part.text or ""):
            raise LatexError(f"has `{raw[0]}`, which is not known; define it by `\\newcommand`, or write it otherwise")
