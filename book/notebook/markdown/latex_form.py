"""Formulas that are the same, and those that are no more than figures."""

from __future__ import annotations

import re

from markdown_it.token import Token

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
_GREEK_NAME = re.compile(rf"\\({'|'.join(_GREEK)})(?![A-Za-z])")
_BLANKS = re.compile(r"(\\\\)\s+(?![\[*])|(\\[A-Za-z]+)\s+(?=[A-Za-z])|(?<!\\)\s+")
_SAID = re.compile(r"(?!\s)[^0-9]*[^0-9\s]")  # but for digits, and blanks at the ends, which part it from the formula
_LATEX_TEXT = re.compile(r"(\\(?:text\w*|mbox|operatorname)\s*\{[^{}]*\})")
_LATEX_WORDS = re.compile(r"\\(text|textrm|textbf|textit|textnormal|mbox)\s*\{([^\\$<>&#%^_~*`|\[\]]*)\}")
_FIGURES = re.compile(r"(?=[^\d]*\d)(?:[\d\s.,:+*/=()-]|\\(?:times|cdot)(?![A-Za-z]))+")


def latex_form(latex: str) -> str:
    """A formula without what a translation may write otherwise.

    Without the blanks that change nothing in it, as those in texts and behind commands do; with Greek letters in the
    place of their names; and without the words in its texts, such as `\\text{if }`, but for their digits.
    """
    parts = _LATEX_TEXT.split(latex.strip())
    for at in range(0, len(parts), 2):
        plain = _GREEK_NAME.sub(lambda name: _GREEK[name[1]], parts[at])
        parts[at] = _BLANKS.sub(lambda blanks: blanks[1] or (f"{blanks[2]} " if blanks[2] else ""), plain)
    for at in range(1, len(parts), 2):
        if (found := _LATEX_WORDS.fullmatch(parts[at])) and any(map(str.isalpha, found[2])):
            parts[at] = f"\\{found[1]}{{{_SAID.sub('…', found[2])}}}"
    return "".join(parts)


def figures(latex: str) -> str:
    """A formula of figures and signs alone as words, `3 × 4` of `3 \\times 4`, which say no less; or nothing."""
    return latex.replace("\\times", "×").replace("\\cdot", "·") if _FIGURES.fullmatch(latex) else ""


def of_figures(token: Token) -> bool:
    """Is it a formula of figures and signs alone, within a line?"""
    return token.type == "math_inline" and bool(figures(token.content))
