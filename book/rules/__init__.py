"""What a translation must keep of its source, and how its language is written: a registry of small rules.

A rule is a generator over a `Pair` (the English text and its translation) that yields what is wrong. Its docstring
says what it wants and shows a bad and a good example. A translation that breaks a rule marked `safety` is never
shown: the English stands in its place. A module here is one kind of rule. Those about the English notebooks, which
`notebooks` registers, are apart: a reviewer may allow what they find.
"""

from book.rules import letters, safety, structure, typography, words
from book.rules.registry import RULES, Pair, Rule, as_manual, findings, of_source, rule, safe

__all__ = [
    "RULES",
    "Pair",
    "Rule",
    "as_manual",
    "findings",
    "letters",
    "of_source",
    "rule",
    "safe",
    "safety",
    "structure",
    "typography",
    "words",
]
