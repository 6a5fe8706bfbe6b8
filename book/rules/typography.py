"""Rules about spaces, punctuation and quotation marks. What differs between languages stands in conventions.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

import regex

from book.language.conventions import Conventions
from book.language.language import script
from book.notebook.markdown.prose import HOLE
from book.notebook.markdown.tokens import tokens
from book.notebook.texts import ALT, COMMENT, FIGURE, INTERFACE, PRINTED, PROSE
from book.rules.registry import Pair, conventions_rule, rule

QUOTES = '"“”„‟«»‹›‘‛‚「」『』〝〞〟＂'
_QUESTION, _COLON = "?؟？;՞፧", ":：៖፦"
_GREEK_QUESTION = ";"
_ENDS = (_QUESTION, _COLON, "!！՜")  # by what they do, in whatever script
_STOP = regex.compile(r"[\p{Sentence_Terminal}։།༎…⋯]")  # what ends any other sentence
_CLOSING = regex.compile(r"[\p{Pe}\p{Pf}\s\"']+$")  # what may stand behind the sign
_TITLE = 5  # a last sentence of so few words is like a title, which other languages end without a sign
_ASKING = re.compile(
    r"(?:and|but|so|then|now)?,? ?(?:what|why|how|when|where|which|who|whose|do|does|did|is|are|was|were|can|could|will"
    r"|would|should|has|have)\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?:])\s+")
_DOUBLED = re.compile(r"[^\s.!?:;]( {2,})\S")
_SPACE_BEFORE = re.compile(r"(?<!\s)\s+[,.،。।)\]](?![\w.])")
_BOUND = r"\s*[A-Za-z0-9.+∞-]{1,8}\s*"
_INTERVAL = re.compile(rf"\[{_BOUND},{_BOUND}\)|\({_BOUND},{_BOUND}\]")
_OTHER_SPACE = regex.compile(  # U+3000 is the space between Han letters and kana
    r"[^\S \n\u00a0\u202f\u3000]"
    r"|(?<![\p{Han}\p{Kana}\p{Hira}\u3001-\u3011\uff01-\uff1f])\u3000(?![\p{Han}\p{Kana}\p{Hira}])"
)
_NOTES = {"heading_close", "bullet_list_close", "ordered_list_close"}
_WITHOUT_STOPS = {"THAI", "LAO"}  # scripts whose sentences end with a space


@rule("edges", COMMENT, FIGURE, INTERFACE, ALT)
def same_edges(pair: Pair) -> Iterator[str]:
    """Blanks and line breaks at the edges are as in English: texts are put together by them.

    In prose they change nothing, and are not looked at.

    Bad: ", " → ","
    Good: ", " → "، "
    """
    edges = [
        (each[: len(each) - len(each.lstrip())], each[len(each.rstrip()) :])
        for each in (pair.text.text, pair.translation)
    ]
    if edges[0] != edges[1]:
        yield "begins or ends with other blanks than the English; make them equal"


@rule("spaces", source=True)
def single_spaces(pair: Pair) -> Iterator[str]:
    """One space between words, an ordinary or a no-break one, and none before comma, full stop or closing bracket.

    Behind a sentence there may be two, and in a translation where the English has some. So may a space before a sign,
    and a space of another kind, such as a tab.

    Bad: der  Mittelwert , klein
    Good: der Mittelwert, klein
    """
    if pair.text.kind == INTERFACE and not pair.translation.strip(" ,،、"):
        return  # the separator of a list
    odd_in_english = set("".join(_OTHER_SPACE.findall("\n".join(pair.english_lines))))
    may_double = pair.text.kind == PRINTED or any(map(_DOUBLED.search, pair.english_lines))  # which sets columns there
    for line in pair.own_lines:
        doubled = _DOUBLED.search(line)
        if doubled and not may_double:
            yield f"has two spaces at `{_around(line, doubled.start(1))}`; keep one"
        if (match := _SPACE_BEFORE.search(line)) and not any(map(_SPACE_BEFORE.search, pair.english_lines)):
            yield f"has a space before `{match[0].strip()}` at `{_around(line, match.start())}`; remove it"
        odd = next((each for each in _OTHER_SPACE.finditer(line) if each[0] not in odd_in_english), None)
        if odd:
            yield f"has U+{ord(odd[0]):04X} at `{_around(line, odd.start())}`; use an ordinary space"


@conventions_rule("punctuation")
def own_punctuation(pair: Pair, conventions: Conventions) -> Iterator[str]:
    """Signs are the language's own after its own letters, and stand where it puts them.

    Bad: in Arabic: المتوسط, ثم
    Good: المتوسط، ثم
    """
    for line in pair.own_lines:
        letters = _letters_before(line) if any(sign in line for sign, _ in conventions.instead) else []
        for sign, right in conventions.instead:
            once = re.escape(sign)
            for match in re.finditer(rf"(?<!{once}){once}(?!{once})", line):
                at = match.start()
                if letters[at] and script(letters[at]) in conventions.language.scripts and not _is_in_number(line, at):
                    yield f"has `{sign}` at `{_around(line, at)}`; use `{right}`"
        if conventions.no_space_before and (
            found := re.search(rf"(?<!\s)\s+[{re.escape(conventions.no_space_before)}](?=\s|$)", line)
        ):
            yield f"has a space before `{found[0].strip()}` at `{_around(line, found.start())}`; remove it"


@conventions_rule("quotes", PROSE, INTERFACE)
def own_quotes(pair: Pair, conventions: Conventions) -> Iterator[str]:
    """Quotation marks are the language's own.

    Bad: in Polish: "norma"
    Good: „norma”
    """
    if conventions.quotes:
        for mark in sorted(set("".join(pair.own_lines)) & set(QUOTES) - set(conventions.quotes)):
            yield f"has the quotation mark `{mark}`; use {' '.join(conventions.quotes)}"


@rule("brackets")
def closed_brackets(pair: Pair) -> Iterator[str]:
    """Brackets that open also close, save where the English has a lone one too.

    Those of an interval, [0, 1), may be two of a kind.

    Bad: der Mittelwert (mean
    Good: der Mittelwert (mean)
    """
    translated, english = (_INTERVAL.sub("", "".join(lines)) for lines in (pair.lines, pair.english_lines))
    for opening, closing in ("()", "[]", "{}", "（）"):
        lone = translated.count(opening) - translated.count(closing)
        if lone not in (0, english.count(opening) - english.count(closing)):
            yield f"`{opening if lone > 0 else closing}` has no partner; add it"


@conventions_rule("ending", PROSE, ALT)
def same_ending(pair: Pair, conventions: Conventions) -> Iterator[str]:
    """A text ends like the English: no sentence is broken off, a question stays one.

    What is announced with a colon, languages announce in other ways, too; and few words in the manner of a title need
    no full stop. A question may stand within the last paragraph; one in passing, such as `right?`, may become none.

    Bad: Does it fall? → Er fällt.
    Good: Does it fall? → Fällt er?
    """
    english, translated = (_end(lines[-1]) if lines else "" for lines in (pair.english_lines, pair.lines))
    english = english.replace(_GREEK_QUESTION, "")  # in English it ends no sentence
    english_kind, translated_kind = _kind_of_end(english), _kind_of_end(translated)
    may_lack = english_kind == _COLON or _ends_in_note(pair) or conventions.language.scripts & _WITHOUT_STOPS
    if not translated and (may_lack or (english_kind == "." and _is_like_title(pair.english_lines[-1]))):
        return
    if translated_kind == _QUESTION and english_kind == _COLON and _begins_as_question(pair.english_lines[-1]):
        return  # How about this one:
    if (
        translated
        and english_kind == _QUESTION
        and (_asks(pair.lines[-1]) or not _begins_as_question(pair.english_lines[-1]))
    ):
        return
    if english and (not translated or (english_kind == _QUESTION) != (translated_kind == _QUESTION)):
        yield f"ends with {f'`{translated}`' if translated else 'no sign'}, the English with `{english}`; end it alike"


@conventions_rule("spelling")
def no_known_mistakes(pair: Pair, conventions: Conventions) -> Iterator[str]:
    """None of the mistakes that the language's conventions.toml lists under `avoid`.

    Bad: in Turkish: Ikinci
    Good: İkinci
    """
    for line in pair.own_lines:
        for mistake in conventions.avoid:
            found = mistake.found_in(line)
            yield from (f"has `{each}`; {mistake.advice}" for each in found if not _is_name(each, pair))


def _ends_in_note(pair: Pair) -> bool:
    """Does the English text end with a heading or a list, where many languages put no full stop?"""
    return pair.text.kind == PROSE and tokens(pair.text.text)[-1].type in _NOTES


def _is_like_title(line: str) -> bool:
    return len(_SENTENCES.split(line.strip())[-1].split()) <= _TITLE


def _asks(line: str) -> bool:
    """Has the line a question? In Japanese か, and then a full stop, makes one."""
    return any(sign in line for sign in _QUESTION if sign != _GREEK_QUESTION) or "か。" in line


def _begins_as_question(line: str) -> bool:
    """Does the last sentence of an English line ask, and not in passing, as `isn't it?` does?"""
    return bool(_ASKING.match(_SENTENCES.split(line.strip())[-1]))


def _is_name(word: str, pair: Pair) -> bool:
    return word.isalpha() and word in pair.text.text


def _letters_before(line: str) -> list[str]:
    """For each place in the line the last letter before it, whatever stands between: code, formulas, numbers."""
    return list(accumulate(line, lambda last, each: each if each.isalpha() else last, initial=""))


def _is_in_number(line: str, at: int) -> bool:
    return line[at - 1 : at].isdigit() and line[at + 1 : at + 2].isdigit()


def _end(line: str) -> str:
    last = _CLOSING.sub("", line)[-1:]
    return last if last and _kind_of_end(last) else ""


def _kind_of_end(sign: str) -> str:
    """All signs that do the same, or a full stop; empty for what ends no sentence."""
    alike = next((each for each in _ENDS if sign and sign in each), "")
    return alike or ("." if sign and _STOP.fullmatch(sign) else "")


def _around(line: str, at: int) -> str:
    return line[max(0, at - 12) : at + 12].replace(HOLE, "…").replace("\n", " ").strip()
