"""A formula as a line of plain text, with the signs that tell powers, fractions and roots: for lists of results."""

from __future__ import annotations

import re
import unicodedata
from xml.etree.ElementTree import Element, ParseError, fromstring

_RAISED = dict(zip("0123456789+−-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+−-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_PRIMES = "′″‴"
_ACCENTS = {"^": "\u0302", "~": "\u0303", "¯": "\u0304", "‾": "\u0304", "_": "\u0304", "˙": "\u0307", "→": "\u20d7"}
# Whether what follows the base stands below it.
_SCRIPTS = {
    **dict.fromkeys(("msub", "munder"), (True,)),
    **dict.fromkeys(("msup", "mover"), (False,)),
    **dict.fromkeys(("msubsup", "munderover"), (True, False)),
}
_ONE = re.compile(r"\d+|\w[\u0300-\u036f\u20d7]*")
_WITH_SCRIPTS = re.compile(
    rf"\d+|\w[\u0300-\u036f\u20d7{_PRIMES}{''.join(_RAISED.values())}{''.join(_LOWERED.values())}]*"
)


def plain_formula(mathml: str) -> str:
    """The formula such as `y=γ(x−μ)/√(σ²+ε)`; nothing where its MathML is no XML."""
    try:
        return " ".join(_text(fromstring(mathml)).split())
    except ParseError:  # a sign in it that XML has not
        return ""


def _text(node: Element) -> str:
    tag, parts = _tag(node), list(node)
    if tag in _SCRIPTS and parts:
        return _with_scripts(tag, parts)
    match tag, parts:
        case "mfrac", [above, below] if node.get("linethickness") == "0":
            return f"{_text(above)}, {_text(below)}"  # a binomial, which has brackets of its own
        case "mfrac", [above, below]:
            return f"{_grouped(above)}/{_grouped(below)}"
        case "msqrt", _:
            return f"√{_in_brackets(_joined(parts), _ONE)}"
        case "mroot", [base, degree]:
            return f"{_script(_text(degree), _RAISED, '')}√{_in_brackets(_text(base), _ONE)}"
        case "mtable", rows:
            return "; ".join(", ".join(filter(None, map(_text, row))) for row in rows)
        case "mspace" | "mphantom", _:
            return " "
    return _joined(parts) if parts else node.text or ""


def _tag(node: Element) -> str:
    return node.tag.rpartition("}")[2]


def _joined(parts: list[Element]) -> str:
    """The parts in a row; names of several letters stand apart from the letters beside them."""
    line = ""
    for text in map(_text, parts):
        is_name = any(len(each) > 1 and each.isalpha() for each in (text, line.rpartition(" ")[2]))
        line += " " * (is_name and line[-1:].isalnum() and text[:1].isalnum()) + text
    return line


def _with_scripts(tag: str, parts: list[Element]) -> str:
    """A base with what stands below and above it; of braces and lines over more than a letter nothing is said."""
    (line, *scripts), is_lowered = map(_text, parts), _SCRIPTS[tag]
    for lowered, text in zip(is_lowered, scripts, strict=False):
        if tag.startswith(("mu", "mo")) and len(text) == 1 and not text.isalnum():
            accent = _ACCENTS.get(text, "") if len(line) == 1 else ""
            line = unicodedata.normalize("NFC", line + accent)
        else:
            line += _script(text, _LOWERED, "_") if lowered else _script(text, _RAISED, "^")
    return line


def _script(text: str, signs: dict[str, str], mark: str) -> str:
    """A text raised or lowered, by its own signs where there are such for each letter."""
    if all(each in _PRIMES for each in text):
        return text
    if all(each in signs for each in text):
        return "".join(signs[each] for each in text)
    return mark + _in_brackets(text, _ONE)


def _grouped(node: Element) -> str:
    """A part of a fraction: a root needs no brackets."""
    while _tag(node) == "mrow" and len(node) == 1:
        node = node[0]
    return _text(node) if _tag(node) == "msqrt" else _in_brackets(_text(node), _WITH_SCRIPTS)


def _in_brackets(text: str, one: re.Pattern[str]) -> str:
    """What is more than `one` number or letter stands in brackets."""
    return text if one.fullmatch(unicodedata.normalize("NFD", text)) else f"({text})"
