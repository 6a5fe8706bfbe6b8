"""What a translation must keep of its source, and how its language is written: a registry of small rules.

A rule is a generator over a `Pair` (the English text and its translation) that yields what is wrong. Its docstring
says what it wants and shows a bad and a good example. A translation that breaks a rule marked `safety` is never
shown: the English stands in its place. Those about the English notebooks are apart: a reviewer may allow what they
find.

`registry` is what a rule is and how rules are asked. `safety`, `structure`, `typography`, `letters` and `words` have
the rules for translations, `notebooks` those for the English side. What they look at: `compare` tells what two texts
do not share, `moved` what has another form in the two; `paragraphs` counts those, `numbers` are those in digits,
`number_words` what English says in words, `numerals` what other languages say; `pieces` are the parts of a notebook,
`active_content` and `active_svg` what HTML, formulas and drawings can do, `alignment` which styles do nothing to a
page.
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
