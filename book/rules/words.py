"""Rules about words: what was left in English, and what the glossary asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from book.language.conventions import Conventions
from book.language.glossary import folded, terms_in
from book.language.language import ENGLISH, greek_name
from book.notebook.code.comments import is_code
from book.notebook.markdown.prose import HOLE
from book.notebook.texts import ALT, COMMENT, PROSE
from book.rules.registry import Pair, conventions_rule
from book.toc import comes_with_program

# Words that hold English sentences together and are no words of the languages around it.
_ENGLISH = re.compile(r"the|and|with|that|this|from|which|their|these|those|than|each|when|where|what|how|into|its")
_ALSO = re.compile(_ENGLISH.pattern + r"|an?|of|is|are|was|by|for|in|on|to|it|as|at|or|not|so|has|have|be")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# What a program calls something, though nobody has marked it as code: `tf.float32`, `max_length`, `Dense(units=64)`,
# `filters=48`, `google/nnlm-en-dim50/2`; and what a menu says, `Runtime > Run all`.
_NAME = re.compile(
    r"\b\w+(?:[._]\w+)+(?:\([^()\s]*\))?|\b\w+\([^()\s]*\)|\b\w[\w.-]*(?:/[\w.-]*\w)+"
    r"|\b[\w-]+=\d[\d.]*|\b[A-Z][A-Za-z ]*(?: (?:>|→) [A-Z][A-Za-z ]*)+"
)
# How a paper is named: its year in brackets, `(2006).`, or at the end, its volume or pages, or where it is found.
_SOURCE = re.compile(
    rf"\((?:19|20)\d\d\)[.,]|\b(?:19|20)\d\d\)?[\s.,:{HOLE}]*$|\b\d+\(\d+\)"
    r"|\b(?:volume|vol\.|pages|pp\.) \d+"
    r"|\b(?:19|20)\d\d\b.*\b(?:doi|arxiv)\b|\b(?:doi|arxiv|et al)\b.*\b(?:19|20)\d\d\b",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)
# What it is given: `axis=3`. Only where nothing but that may be kept, as in prose `a=b` can be anything.
_ARGUMENT = re.compile(r"\b\w+=(?!=)")
# How words end that English builds of others, and names seldom do.
_ENDING = re.compile(r"(?:tions?|ments?|ness|ings?|ed|ly|[ai]ble|ity|ics|[ct]al)$")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_GLOSS = re.compile(r"\([^()]*\)")  # the English term behind the translated one
_GREEK = {greek_name(chr(each)) for each in range(0x3B1, 0x3CA)}  # alpha to omega
_PAUSE = re.compile(r"[^\w\s,]|[\d_]")
_SENTENCE = re.compile(r"(?<=[.!?;:।؟])\s+|\n")


@conventions_rule("english", PROSE, COMMENT, ALT)
def no_english_left(pair: Pair, conventions: Conventions) -> Iterator[str]:
    """No sentence stays in English, save for titles and references.

    Bad: The mean is shared. It is small. → Der Mittelwert ist gemeinsam. It is small.
    Good: The mean is shared. It is small. → Der Mittelwert ist gemeinsam. Er ist klein.
    """
    if pair.translation == pair.text.text:
        return  # which another rule sees
    pair = _without_code(pair) if pair.text.kind == COMMENT else pair
    left = [line for line in _without_names(pair.kept_lines) if _is_prose(line, conventions)]
    if conventions.language.locale.language == ENGLISH:  # of a book in another language, in which some may be English
        left = [line for line in left if not _is_english(line, conventions)]
    else:
        left += _left_in_english(pair, conventions)
    if left:
        more = f" and {len(left) - 1} more sentences are" if left[1:] else " is"
        yield f"`{_start(left[0])}`{more} English; translate {'them' if left[1:] else 'it'}"


def _left_in_english(pair: Pair, conventions: Conventions) -> Iterator[str]:
    """The sentences of a translation that are English, or have words in a row with the English text."""
    runs = {run for line in _without_names(pair.translated_lines) for run in _runs(line)}
    own = (line for line in pair.own_lines if not _SOURCE.search(line))
    for sentence in (each for line in _without_names(own) for each in _SENTENCE.split(line)):
        is_english = _is_english(sentence, conventions) or runs.intersection(_runs(sentence))
        if is_english and not _is_explained(sentence):
            yield sentence


@conventions_rule("identical")
def not_identical(pair: Pair, conventions: Conventions) -> Iterator[str]:
    """A text with words in it is not the English one again.

    Bad: Draw the loss. → Draw the loss.
    Good: Draw the loss. → Den Verlust zeichnen.
    """
    if conventions.language.locale.language == ENGLISH and comes_with_program(pair.text.context):
        return
    lines = (_ARGUMENT.sub(HOLE, line) for line in pair.english_lines)
    if pair.translation == pair.text.text and any(_words(line, conventions) for line in lines):
        yield "is the same as the English; translate it, leave it empty, or allow it: `# book: allow identical -- why`"


@conventions_rule("glossary", PROSE)
def glossary_terms(pair: Pair, conventions: Conventions) -> Iterator[str]:
    """One term for one thing: where a term of glossary.csv stands, its translation stands too, in any inflection.

    Bad: each batch → jede Ladung, where the glossary says Stapel
    Good: each batch → jeder Stapel
    """
    translated = folded("\n".join(pair.lines))
    for term in terms_in("\n".join(pair.translated_lines), conventions.terms):
        if not term.stands_in(translated):
            yield f"`{term.english[0]}` is `{term.translation}` in glossary.csv; use it here"


def _without_code(pair: Pair) -> Pair:
    """A comment and its translation without the lines that are code, as in an example."""
    code = set(filter(is_code, pair.text.text.split("\n")))
    english, said = (
        "\n".join(line for line in text.split("\n") if line not in code) for text in (pair.text.text, pair.translation)
    )
    return replace(pair, text=replace(pair.text, text=english), translation=said)


def _without_names(lines: Iterable[str]) -> list[str]:
    return [_NAME.sub(HOLE, line) for line in lines]


def _words(line: str, conventions: Conventions) -> list[str]:
    """The words of a line of English that are neither names, of Greek letters too, nor the language's words too."""
    words = [word for word in _WORD.findall(line) if word.islower() and len(word) > 1 and word not in _GREEK]
    return [word for word in words if folded(word) not in conventions.words]


def _is_prose(line: str, conventions: Conventions) -> bool:
    """Is a line of English more than names, a source or code: at least two words, and half of them to be translated?"""
    if _SOURCE.search(line) or line.count("=") > 1:
        return False
    line = _HYPHEN.sub("", line)
    words = _WORD.findall(line)
    if len(words) == 2 and words[0][0].isupper() and not (_of(_ALSO, words) or _ENDING.search(words[1])):
        return False  # it may be a name: Iris setosa
    return 2 * len(_words(line, conventions)) >= len(words) > 1


def _is_english(sentence: str, conventions: Conventions) -> bool:
    words = _WORD.findall(_GLOSS.sub(HOLE, sentence))
    if conventions.language.is_latin:
        return len(set(_of(_ENGLISH, words))) > 1 and 4 * len(_of(_ENGLISH, words)) >= len(words)
    return bool(_of(_ALSO, words)) and sum(word.isascii() and word.islower() for word in words) > max(2, len(words) / 2)


def _is_explained(sentence: str) -> bool:
    """Is its English a quotation, with a translation of about its length in brackets?"""
    said = sum(len(_WORD.findall(each)) for each in _GLOSS.findall(sentence))
    return 2 * said >= len(_WORD.findall(_GLOSS.sub("", sentence)))


def _runs(line: str) -> Iterator[tuple[str, ...]]:
    """Words that stand in a row, four each, most of them without a capital and one that only holds sentences together.

    No two languages share these. Without the latter they may be terms, which some languages keep in English.
    """
    for piece in _PAUSE.split(_GLOSS.sub(HOLE, line)):
        words = _WORD.findall(piece)
        for start in range(len(words) - 3):
            run = words[start : start + 4]
            if sum(word.islower() and len(word) > 1 for word in run) > 2 and _of(_ALSO, run):
                yield tuple(run)


def _of(pattern: re.Pattern[str], words: Iterable[str]) -> list[str]:
    return [word for word in map(str.casefold, words) if pattern.fullmatch(word)]


def _start(sentence: str) -> str:
    return " ".join(sentence.replace(HOLE, "…").split())[:40]
