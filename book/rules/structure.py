"""Rules about what Markdown is made of: formulas, code, headings, lists, tables, numbers, emphasis."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections import Counter
from collections.abc import Iterator
from functools import reduce

from book.notebook.markdown.latex_form import latex_form
from book.notebook.markdown.parts import Block, Parts, skeleton
from book.notebook.markdown.prose import HOLE
from book.notebook.texts import PROSE
from book.rules.moved import moved
from book.rules.number_words import number_words, said_otherwise
from book.rules.numbers import decades, in_names, numbers, plurals, powers
from book.rules.numerals import said_in_words
from book.rules.paragraphs import paragraphs
from book.rules.registry import Pair, rule

_TABLE = {"tr", "td", "th"}
_CALLED = {  # several, one
    "ul": ("lists with dots", "list with dots"),
    "ol": ("lists with numbers", "list with numbers"),
    "li": ("items", "item"),
    "blockquote": ("quotations", "quotation"),
    "hr": ("lines across", "line across"),
}
_WAYS_OF_SPEAKING = {"0", "1", "2"}  # non-negative, another, both
_ROW = re.compile(r"(?<=[(\[])\d+(?:,\d+)+(?=[)\]])")
_MONTHS = [*zip(month_name, month_abbr, strict=True)]  # by number; of "", too, which is the 0th
# A mark at the edge of a word, where Markdown would have taken it for emphasis, code or a formula had it a partner.
# Money, such as US$ 50 or a dollar sign before what a role or code says, has none, nor has the `_` of `<<_AName>>`.
# And what would stand between the words and the address of a link, which Markdown has left in a line.
_LOOSE = re.compile(
    rf"(?<!\w)(?<!<(?=_))(?!\$[\d{HOLE}])[*_`$]+(?=[\w{HOLE}])|(?<=[\w{HOLE}])(?!\$\s?\d)[*_`$]+(?!\w)|\*\*+|``+|\$\$"
    rf"|(?<=\[{HOLE})\]\(|\]\((?={HOLE})"
)
_NO_LINK = "makes no link; write [words](address), the address without blanks and with all its brackets closed"
_NO_PARTNER = "opens or closes nothing; give it its partner, and put a space or a sign next to the outer side"


@rule("heading", PROSE, safety=True)
def same_headings(pair: Pair) -> Iterator[str]:
    """A heading stays a heading of the same level.

    Bad: ## Group norm → # Gruppennorm
    Good: ## Group norm → ## Gruppennorm
    """
    if pair.english.headings != pair.parts.headings:
        translated, english = _listed(pair.parts.headings), _listed(pair.english.headings)
        yield f"headings are {translated}, in English {english}; begin each with as many `#`, and a space, as there"


@rule("lists", PROSE, safety=True)
def same_lists(pair: Pair) -> Iterator[str]:
    """Lists and quotations keep their shape: as many items, as deep.

    Bad: a list of three items → a list of two
    Good: a list of three items → a list of three
    """
    if _lists(pair.english) != _lists(pair.parts):
        said, english = _counted(_lists(pair.parts)), _counted(_lists(pair.english))
        there = f"{said}; in English {english}" if said != english else "those of the English in another order"
        yield f"lists: {there}; keep as many as in English, and their order"


@rule("tables", PROSE, safety=True)
def same_tables(pair: Pair) -> Iterator[str]:
    """Tables keep their shape: as many rows and columns.

    Bad: a table of two columns → a table of three
    Good: a table of two columns → a table of two
    """
    translated, english = ([each for each in part.blocks if each in _TABLE] for part in (pair.parts, pair.english))
    if translated != english:
        size = [f"{tags.count('tr')} rows and {len(tags) - tags.count('tr')} cells" for tags in (translated, english)]
        yield f"tables have {size[0]}, in English {size[1]}; keep rows and columns"


@rule("order", PROSE, safety=True)
def same_order(pair: Pair) -> Iterator[str]:
    """Headings, paragraphs, lists and formulas follow one another as in English, each with its own links and code.

    Words around a formula on lines of its own may stand before or behind it, and code in the words of a link or beside.

    Bad: a formula, then a list → the list, then the formula
    Good: the words within a paragraph in any order; “plot”, a formula, “from 0 on” → “from 0 on, plot”, the formula
    """
    translated, english = _skeletons(pair)
    if translated != english and _consists_of(pair.english) == _consists_of(pair.parts):  # else other rules speak
        yield moved(english, translated)


@rule("paragraphs", PROSE)
def same_paragraphs(pair: Pair) -> Iterator[str]:
    """Paragraphs stay as many: a lost one is lost content.

    To part or to join some is a way of speaking, where no sentence is lost and none is added; so is a short word beside
    code or a formula, such as the `and` in a list, and whether a sentence goes on behind a formula. Where HTML has
    become words, the rule `html` tells it.

    Bad: two paragraphs → the first one
    Good: two paragraphs → two paragraphs, whatever their sentences
    """
    said, in_english = (paragraphs(pair.translation), paragraphs(pair.text.text))
    if len(said.lines) > len(in_english.lines):
        said = said.without_tags()
    fewer, more = sorted((said, in_english), key=lambda each: len(each.lines))
    left = len(more.lines) - len(fewer.lines) - max(0, more.optional - fewer.optional)
    if left > 0 and more.sentences > fewer.sentences and _shape(pair.english) == _shape(pair.parts):
        do = "look which one is missing" if fewer is said else "look which one the English has not"
        yield f"paragraphs: {len(said.lines)}, in English {len(in_english.lines)}; {do}"


@rule("numbers")
def same_numbers(pair: Pair) -> Iterator[str]:
    """Numbers keep their value; native digits and the language's separators are fine.

    A translation may say once what the English says twice, and the other way round. A month may be its number, and a
    number may be said in words, a square too; tens and thousands (10s, 1000's) may be left to words. That 0, 1 or 2
    stands there without a number in English is a way of speaking, where no number is missing.

    Bad: 0.86 → 0.68
    Good: 0.86 of 10,000 → 0,86 von 10 000
    """
    text, said_text = "\n".join(pair.english_lines), "\n".join(pair.lines)
    english, translated = numbers(text), numbers(_apart(said_text, pair.text.text))
    left = list(translated)
    in_words = set(number_words(pair.text.text)) | in_names(pair.text.text) | decades(pair.text.text)
    said = said_in_words(said_text) | in_names(pair.translation)
    said |= {value for each in translated for value in each.values} | plurals(text) | powers(text)
    instead = {number: after for number, after in said_otherwise(text).items() if after in said}
    said |= instead.keys()
    missing = []
    english_counts, counts = (
        Counter(each.values for each in numbers(text)) for text in (pair.text.text, pair.translation)
    )
    for number in english:
        same = next((each for each in left if each.values & number.values), None)
        if same is not None:
            left.remove(same)
            continue
        in_code = counts[number.values] >= english_counts[number.values]
        if not number.values & said and not in_code:
            missing.append(number)
    yield from (f"number `{each.written}` is missing; keep its value" for each in missing)
    words = set(re.findall(r"\w+", pair.text.text))
    months = {str(n) for n, names in enumerate(_MONTHS) if words.intersection(names)}
    with_code = {value for values in english_counts for value in values}
    known = months | in_words | with_code | {value for each in english for value in each.values} | set(instead.values())
    known |= set() if missing else _WAYS_OF_SPEAKING
    more = (each.written for each in left if not each.values & known)
    yield from (f"number `{each}` is not in the English text; remove it" for each in more)


@rule("unclosed", PROSE, source=True)
def all_marks_are_closed(pair: Pair) -> Iterator[str]:
    """What opens emphasis, code, a formula or a link has its partner, where Markdown sees it.

    Bad: the **mean → das **Mittel
    Good: the **mean** → das **Mittel**
    """
    for mark in _loose(pair.lines) - _loose(pair.english_lines):
        yield f"`{mark}` {_NO_LINK if mark == '](' else _NO_PARTNER}"


def _apart(said: str, english: str) -> str:
    """`said` with blanks in rows such as `(100,2)`, which is not 100.2 where the English has `100, 2`."""
    spaced = ((row, row.replace(",", ", ")) for row in _ROW.findall(said) if row not in english)
    return reduce(lambda left, pair: left.replace(*pair), (pair for pair in spaced if pair[1] in english), said)


def _loose(lines: list[str]) -> Counter[str]:
    return Counter(mark for line in lines for mark in _LOOSE.findall(line))


def _consists_of(part: Parts) -> list[Counter[str]]:
    """All of a text that a rule compares, in whatever order; formulas may be said again."""
    compared = {**vars(part), "maths": set(map(latex_form, part.maths))}
    return [Counter(each) for name, each in compared.items() if name not in ("words", "wordless")]


def _skeletons(pair: Pair) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Of the translation and of the English."""
    return skeleton(pair.translation, pair.text.definitions), skeleton(pair.text.text, pair.text.definitions)


def _shape(part: Parts) -> tuple[list[str], list[str]]:
    return part.headings, part.blocks


def _lists(part: Parts) -> list[str]:
    return [each for each in part.blocks if each not in _TABLE]


def _counted(tags: list[str]) -> str:
    counted = [f"{number} {_CALLED[tag][number == 1]}" for tag, number in sorted(Counter(tags).items())]
    return ", ".join(counted) or "no lists"


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "none"
