"""Formulas that are the same, and those that are no more than figures."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Which MathJax and the site set alike by name and by letter.
_GREEK = dict(
    zip(
        (
            *("alpha", "beta", "gamma", "delta", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi"),
            *("pi", "rho", "sigma", "tau", "upsilon", "chi", "psi", "omega"),
            *("Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega"),
        ),
        "αβγδζηθικλμνξπρστυχψωΓΔΘΛΞΠΣΥΦΨΩ",
        strict=True,
    )
)
_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"), ("<m", "</m"))  # of MathML, too
_COMMAS = str.maketrans("،，、", ",,,")
_COMMA = re.compile(r"(?<!\\)[,،，、]")
_GREEK_NAME = re.compile(rf"\\({'|'.join(_GREEK)})(?![A-Za-z])")
_BLANKS = re.compile(r"(\\\\)\s+(?![\[*])|(\\[A-Za-z]+)\s+(?=[A-Za-z])|(?<!\\)\s+")
_SAID = re.compile(r"(?!\s)[^0-9]*[^0-9\s]")  # but for digits, and blanks at the ends, which part it from the formula
_LATEX_TEXT = re.compile(r"(\\(?:text\w*|mbox|operatorname)\s*\{[^{}]*\})")
_LATEX_WORDS = re.compile(r"\\(text|textrm|textbf|textit|textnormal|mbox)\s*\{([^\\$<>&#%^_~*`|\[\]]*)\}")
_FIGURES = re.compile(r"(?=[^\d]*\d)(?:[\d\s.,:+*/=()-]|\\(?:times|cdot)(?![A-Za-z]))+")


def latex_form(latex: str) -> str:
    """A formula without what a translation may write otherwise.

    Without the blanks that change nothing in it, as those in texts and behind commands do; with Greek letters in the
    place of their names, and commas in that of other languages' commas; and without the words in its texts, such as
    `\\text{if }`, but for their digits.
    """
    parts = _LATEX_TEXT.split(latex.strip())
    for at in range(0, len(parts), 2):
        plain = _GREEK_NAME.sub(lambda name: _GREEK[name[1]], parts[at].translate(_COMMAS))
        parts[at] = _BLANKS.sub(lambda blanks: blanks[1] or (f"{blanks[2]} " if blanks[2] else ""), plain)
    for at in range(1, len(parts), 2):
        if (found := _LATEX_WORDS.fullmatch(parts[at])) and any(map(str.isalpha, found[2])):
            parts[at] = f"\\{found[1]}{{{_SAID.sub('…', found[2])}}}"
    return "".join(parts)


def pieces(latex: str) -> list[str]:
    """The formulas of a list of them within a line, `a` and `b` of `a, b`: languages have words between. No figures."""
    parts = [latex] if "\\begin" in latex else joined_in_brackets(_COMMA.split(latex), ",")
    return [part.strip() for part in parts if part.strip() and not figures(part)]


def joined_in_brackets(parts: Iterable[str], joint: str) -> list[str]:
    """The parts, those put together again that a bracket holds together."""
    found: list[str] = []
    for part in parts:
        if found and any(found[-1].count(opens) != found[-1].count(closes) for opens, closes in _BRACKETS):
            found[-1] += joint + part
        else:
            found.append(part)
    return found


def figures(latex: str) -> str:
    """A formula of figures and signs alone as words, `3 × 4` of `3 \\times 4`, which say no less; or nothing."""
    return latex.replace("\\times", "×").replace("\\cdot", "·") if _FIGURES.fullmatch(latex) else ""
