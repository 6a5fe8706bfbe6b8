"""MathML as browsers have it: MathML Core, in which style sheets set columns and lines, and letters are characters.

The marks of `environments` become classes here.
"""

from __future__ import annotations

import unicodedata
from xml.etree.ElementTree import Element

MATHML = "http://www.w3.org/1998/Math/MathML"
_NAMED = f"{{{MATHML}}}"

_DISPLAYED = ("align", "gather", "multline", "dcases", "eqnarray")
_LIMITS = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
_LARGE = set("∏∐∑⋀⋁⋂⋃⨀⨁⨂⨃⨄⨅⨆")
_NAMES = {"lim", "max", "min", "sup", "inf"}
_STYLES = {"bold": "BOLD", "italic": "ITALIC", "bold-italic": "BOLD ITALIC", "double-struck": "DOUBLE-STRUCK",
           "script": "SCRIPT", "fraktur": "FRAKTUR", "sans-serif": "SANS-SERIF", "monospace": "MONOSPACE",
           "sans-serif-italic": "SANS-SERIF ITALIC"}  # fmt: skip
_LINES = {"mover": "‾", "munder": "_"}  # those that fonts make as wide as what is below or above them
_AROUND_LABELS = "0.4em"  # of arrows, which grow with them
_OLDER_NAMES = {"DOUBLE-STRUCK": "DOUBLE-STRUCK", "SCRIPT": "SCRIPT", "FRAKTUR": "BLACK-LETTER"}  # of Unicode's
_DIGITS = ("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE")


def tag(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).removeprefix(_NAMED)


def settled(tree: Element) -> bool:
    """Write in MathML Core what latex2mathml writes otherwise. Has anything changed?"""
    before = repr([(part.tag, part.attrib, part.text) for part in tree.iter()])
    for parent in list(tree.iter()):
        for child in list(parent):
            if child.get("class", "").startswith("+"):
                _settle(child.attrib.pop("class")[1:], child, parent, tree)
    for table in tree.iter(f"{_NAMED}mtable"):
        _rule_columns(table)
    _set_limits(tree, tree.get("display") == "block")
    for part in tree.iter():
        _style(part)
        _stretch(part)
    return before != repr([(part.tag, part.attrib, part.text) for part in tree.iter()])


def _settle(mark: str, marked: Element, parent: Element, tree: Element) -> None:
    """Put in the place of a mark what it means."""
    if mark == "tag":
        parent.set("class", mark)
    elif mark == "ruled":
        row = next(row for row in tree.iter(f"{_NAMED}mtr") if parent in list(row))
        row.set("class", mark)
        parent.remove(marked)
    elif mark in ("operator", "limits"):
        words = "".join(marked.itertext())
        marked.clear()
        marked.tag, marked.text = f"{_NAMED}mo", words.replace("\xa0", "\u2009")
        if mark == "limits":
            marked.set("movablelimits", "true")
    else:
        table = next(marked.iter(f"{_NAMED}mtable"))
        table.set("class", mark)
        if mark in _DISPLAYED:
            table.set("displaystyle", "true")
        # A sign at the start of a cell stands between two things, the first of which is in the cell before.
        for cell in [cell for row in table for cell in list(row)[1::2]] if mark == "align" else []:
            if cell.get("columnalign") == "left":
                cell.insert(0, Element(f"{_NAMED}mi"))


def _rule_columns(table: Element) -> None:
    lines = table.get("columnlines", "").split()
    for row in table:
        for line, cell in zip(lines, list(row)[1:], strict=False):
            if line != "none":
                cell.set("class", f"{cell.get('class', '')} ruled".strip())


def _set_limits(element: Element, display: bool) -> None:
    """Have sums and their like bear their limits above and below in displayed formulas; the browser knows when not."""
    display = element.get("displaystyle", str(display).lower()) == "true"
    for child in element:
        _set_limits(child, display)
    if display and tag(element) in _LIMITS and tag(element[0]) == "mo":
        base = element[0]
        if base.text in _NAMES or base.get("movablelimits") == "true":
            base.set("movablelimits", "true")
        elif base.text not in _LARGE:
            return
        element.tag = _NAMED + _LIMITS[tag(element)]


def _style(part: Element) -> None:
    """Letters that are bold, script and so on, which in MathML Core are characters of their own."""
    style = _STYLES.get(part.get("mathvariant", ""))
    if style and part.text and tag(part) in ("mi", "mn", "mo"):
        made = [_styled(character, style) for character in part.text]
        if all(made):
            del part.attrib["mathvariant"]
            part.text = "".join(made)


def _styled(character: str, style: str) -> str:
    """The mathematical character; empty where there is none, and the character itself where it has no styles."""
    if not (character.isalpha() or character.isdigit()):
        return character
    name = unicodedata.name(character, "")
    plain = name.replace("LATIN ", "").replace("GREEK ", "").replace(" LETTER", "")
    if character.isascii() and character.isdigit():
        plain = f"DIGIT {_DIGITS[int(character)]}"
    for prefix in (f"MATHEMATICAL {style}", _OLDER_NAMES.get(style, "")):
        try:
            return unicodedata.lookup(f"{prefix} {plain}") if prefix else ""
        except KeyError:
            continue
    return ""


def _stretch(part: Element) -> None:
    """Say which signs grow: those of `\\big` and its like, lines over and under letters, arrows with what they say."""
    name, children = tag(part), list(part)
    if name == "mo" and "minsize" in part.attrib:
        part.set("stretchy", "true")
    elif name in _LINES and children[1].text == "―":
        children[1].attrib, children[1].text = {"stretchy": "true"}, _LINES[name]
    elif name in ("mover", "munder", "munderover") and any(tag(each) == "mpadded" for each in children[1:]):
        arrow = next(children[0].iter(f"{_NAMED}mo"))
        part.remove(children[0])
        part.insert(0, arrow)
        arrow.set("stretchy", "true")
        for label in children[1:]:
            words = label[0]
            label.clear()
            label.tag = f"{_NAMED}mrow"
            label.extend([_space(), words, _space()])


def _space() -> Element:
    return Element(f"{_NAMED}mspace", {"width": _AROUND_LABELS})
