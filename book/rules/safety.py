"""Rules that keep a translation from bringing code, markup or addresses of its own. None of them can be silenced."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import unquote, urlsplit

from book.entities import unescaped
from book.language.invisible import NEEDED, hidden_in, named
from book.notebook.code.code_text import split_placeholders
from book.notebook.code.mathtext import dollars, has_formula
from book.notebook.code.tool_marks import tool_marks
from book.notebook.markdown.as_jupyter import DEFINED, bare_addresses, read_otherwise
from book.notebook.markdown.html_words import astray
from book.notebook.markdown.latex_form import latex_form
from book.notebook.markdown.myst import passes_through
from book.notebook.markdown.page_links import PageLink, with_addresses
from book.notebook.markdown.parts import fence_form
from book.notebook.pictures import attachment_name, is_data
from book.notebook.texts import ALT, COMMENT, FIGURE, INTERFACE, PRINTED, PROSE
from book.rules.active_content import SCHEMES
from book.rules.compare import differences
from book.rules.registry import Pair, rule

# Of msgcat, of git, and of nbdime, which puts them in bold type, in red.
_CONFLICT = re.compile(
    r"#-#-#-#-#.*?#-#-#-#-#|^[ \t]*(?:<span[^>\n]*>)?[*_`]{0,3}(?:<{7}|>{7})(?: .*)?$|^\|{7}(?: .*)?$", re.MULTILINE
)
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_BACKTICKS = re.compile(r"`[^`]*`?")
_ADDRESS_SIGN = re.compile(r"[!-/:-@\[-`{-~]")
_LIKE_ADDRESS = re.compile(r"\w[.:@/]+\w")
_RUNS_ON = r"[)\]\"'.,;:!?]*[^\x00-\x7f]"
_REASON = re.compile(r"(.+?) \(([a-z][^()]*)\)", re.DOTALL)  # that Jupyter shows it otherwise than MyST
_DOLLAR = re.compile(r"(?<!\\)\$")
_WORD = re.compile(r"[\w-]+")
_MARKUP = set('<>"&\\[]|$^~#*\n\r')


@rule("maths", PROSE, safety=True)
def same_maths(pair: Pair) -> Iterator[str]:
    r"""Formulas stay as they are.

    Words in them, such as `\text{if }`, are said in the language. One that is there may be said again, or not again.
    A list of them, `$a, b$`, may be said one by one. One of figures alone is no more than these: `$3 \times 4$`, 3x4.

    Bad: `$a \times b$` → `$a \mal b$`
    Good: `the mean $\mu$` → `Mittelwert $\mu$`
    """
    english, translated = pair.english.maths, pair.parts.maths
    if lost := _without_dollar(pair):
        yield f"formula `{lost}` has lost a `$`; write it between two, as in English"
        return
    one, other = (Counter(map(latex_form, each)) for each in (english, translated))
    known = set() if one - other and other - one else one.keys() & other.keys()  # said again, or not again
    english, translated = ([each for each in found if latex_form(each) not in known] for found in (english, translated))
    yield from differences("formula", english, translated, latex_form)


def _without_dollar(pair: Pair) -> str:
    """The first formula that a dollar too few or too many has made words, as it does with those behind it."""
    if len(_DOLLAR.findall(pair.translation)) % 2 == len(_DOLLAR.findall(pair.text.text)) % 2:
        return ""
    left = Counter(map(latex_form, pair.parts.maths))
    for each in pair.english.maths:
        if not left[latex_form(each)] and each in pair.translation:
            return each
        left[latex_form(each)] -= 1
    return ""


@rule("inline-code", PROSE, safety=True)
def same_inline_code(pair: Pair) -> Iterator[str]:
    """Code between backticks stays as it is.

    Bad: `axis=3` → `achse=3`
    Good: set `axis=3` → `axis=3` setzen
    """
    yield from differences("code", pair.english.code, pair.parts.code)


@rule("code-fence", PROSE, safety=True)
def same_fences(pair: Pair) -> Iterator[str]:
    """Blocks of code stay as they are.

    Comments in blocks of Python, and lines of `//` in Java, C and their like, are said in the language, line by line.

    Bad: a fenced block with another line in it
    Good: the same block, other words around it
    """
    yield from differences("code block", pair.english.fences, pair.parts.fences, fence_form)


@rule("link", PROSE, safety=True)
def same_links(pair: Pair) -> Iterator[str]:
    """Links lead where the English ones lead; only their words are translated.

    Bad: [Group norm](group_norm.ipynb) → [Gruppennorm](gruppennorm.ipynb)
    Good: [Group norm](group_norm.ipynb) → [Gruppennorm](group_norm.ipynb)
    """
    yield from differences("link", pair.english.links, pair.parts.links)
    for address in Counter(pair.parts.wordless) - Counter(pair.english.wordless):
        yield f"link `{address}` has no words to click on; write them between `[` and `]`"
    # Behind escapes and entities, what leads links of notebooks to the reader's language does not find an address.
    for address in dict.fromkeys(pair.english.links):
        if _WORD.fullmatch(address) and pair.translation.count(f"]({address})") >= pair.english.links.count(address):
            continue  # as a word it stands elsewhere, too
        if address in pair.parts.links and pair.translation.count(address) < pair.text.text.count(address):
            yield f"link `{address}` is written with other signs; copy it from the English"


@rule("link-scheme", PROSE, safety=True, source=True)
def allowed_schemes(pair: Pair) -> Iterator[str]:
    """Links use http, https, mailto, or lead to a page of the book, in whatever way they are written.

    Pictures may also come with the cell, as attachments or in their address (`data:`).

    Bad: [here](javascript:run)
    Good: [here](https://example.org)
    """
    defined = [each.partition("]: ")[2] for each in pair.parts.definitions]
    pictures = {each for each in (*pair.parts.images, *defined) if is_data(each) or attachment_name(each)}
    the_english = {*pair.english.links, *pair.english.images, *pair.english.definitions}  # whose author is told
    for target in dict.fromkeys(pair.parts.links + pair.parts.images + defined):
        if target in the_english or (target in pictures and target not in pair.parts.links):
            continue
        if not {_scheme(each) for each in (target, unquote(unescaped(target)))} <= SCHEMES:
            yield f"link `{target}` is not http, https or mailto; use one of these"


@rule("image", PROSE, safety=True)
def same_images(pair: Pair) -> Iterator[str]:
    """Images stay the same; their alternative text is translated.

    Bad: ![cube](cube.png) → ![Würfel](wuerfel.png)
    Good: ![cube](cube.png) → ![Würfel](cube.png)
    """
    yield from differences("image", pair.english.images, pair.parts.images)


@rule("html", PROSE, safety=True)
def same_html(pair: Pair) -> Iterator[str]:
    """A translation brings no HTML of its own.

    Bad: mean → <b>Mittelwert</b>
    Good: mean → Mittelwert
    """
    yield from differences("HTML", pair.english.html, pair.parts.html)
    for tag in Counter(astray(pair.parts.html)) - Counter(astray(pair.english.html)):
        yield f"`{tag}` stands without its partner; keep the order of the two"


@rule("markup", PROSE, safety=True)
def same_markup(pair: Pair) -> Iterator[str]:
    """No roles, directives, targets, footnotes, link definitions or comments that the English has not.

    Bad: the mean → {download}`Mittelwert <secret>`
    Good: the mean → Mittelwert
    """
    yield from differences("markup", pair.english.markup, pair.parts.markup)
    yield from differences("link definition", pair.english.definitions, pair.parts.definitions)


@rule("passes-through", PROSE, safety=True)
def nothing_passes_through(pair: Pair) -> Iterator[str]:
    """A cell with a directive or role that reads files, evaluates, or passes something through stays in English.

    Bad: a translation of a cell with a `{raw}` block in it
    Good: words in a cell, and the block, which has nothing to translate, in another
    """
    for name in dict.fromkeys(passes_through(pair.text.text)):
        yield f"the English has `{name}`, so the cell stays in English; part the words from it, or leave this empty"


@rule("jupyter", PROSE, COMMENT, FIGURE, PRINTED, ALT, safety=True)
def same_for_jupyter(pair: Pair) -> Iterator[str]:
    r"""Jupyter, Colab and GitHub, too, see no link, formula or tag that the English has not: not a bare address either.

    Editors and terminals make links of the addresses in comments and in what is printed, too.

    Bad: the mean → Mittelwert, siehe www.example.org
    Good: the mean → Mittelwert
    """
    if pair.text.kind != PROSE:
        one, other = bare_addresses(pair.text.text), bare_addresses(pair.translation)
        yield from _told([], _longest(list(other - one)), list(one - other), lambda found: "address")
        return
    both = (pair.english, pair.parts)
    parts = [
        [*set(map(latex_form, each.maths)), *each.html, *each.code, *map(fence_form, each.fences), *each.markup]
        for each in both
    ]
    if Counter(parts[0]) == Counter(parts[1]):  # else other rules speak of it
        missing, added = _for_jupyter(pair)
        missing = [each for each in missing if not each.startswith(DEFINED)]  # a note of more words is none for Jupyter
        notes = [each for each in added if each.startswith(DEFINED) and not _ADDRESS_SIGN.search(each[len(DEFINED) :])]
        for note in notes:
            yield f"`{note}` has no blank, so that Jupyter takes it for an address and hides it; put one between words"
        added = [each for each in added if each not in notes]
        yield from _told(missing, added, missing, _taken_for)


@rule("placeholders", FIGURE, PRINTED, INTERFACE, safety=True)
def same_placeholders(pair: Pair) -> Iterator[str]:
    """What stands in braces in a figure's or a label's text is filled in later, and stays.

    Bad: batch {size} → Stapel {groesse}
    Good: batch {size} → Stapel {size}
    """
    if pair.text.kind == INTERFACE:
        yield from differences("placeholder", _BRACES.findall(pair.text.text), _BRACES.findall(pair.translation))
    elif names := pair.text.placeholders:
        yield from differences("placeholder", list(names), split_placeholders(pair.translation, names)[1])


@rule("figure-text", FIGURE, safety=True)
def figure_text_is_drawn_alike(pair: Pair) -> Iterator[str]:
    r"""A figure's text brings no formula, which matplotlib would set, and begins with no `_`, which it would not show.

    An even number of dollars begin and end formulas. An English text with one is not translated.

    Bad: for 5 or 6 dollars → für $5 oder $6
    Good: for 5 or 6 dollars → für \$5 oder \$6
    """
    if pair.translation.startswith("_") and not pair.text.text.startswith("_"):
        yield "begins with `_`, which hides it from a legend; remove it"
    english, translated = dollars(pair.text.text), dollars(pair.translation)
    if translated > english or (translated < english and has_formula(pair.translation)):
        yield "has `$` otherwise than the English text, of which matplotlib may make formulas; for money write `\\$`"


@rule("printed-text", PRINTED, safety=True)
def printed_text_keeps_its_lines(pair: Pair) -> Iterator[str]:
    r"""What a cell prints has as many lines as in English, and no blanks at its ends; those of columns are set anew.

    Bad: means: → Mittelwerte:\n
    Good: means: → Mittelwerte:
    """
    for name, sign in (("line breaks", "\n"), ("tabs", "\t")):
        translated, english = pair.translation.count(sign), pair.text.text.count(sign)
        if translated != english:
            yield f"{name}: {translated}, in English {english}; write as many as there"
    if pair.translation.strip() != pair.translation:
        yield "begins or ends with blanks; leave them out, they are put there as the columns need them"


@rule("plain", INTERFACE, safety=True)
def plain_interface(pair: Pair) -> Iterator[str]:
    """What the site's buttons and labels say is plain text in one line, without the characters of HTML and Markdown.

    Bad: Download → <b>Herunterladen</b>
    Good: Download → Herunterladen
    """
    for character in sorted(_MARKUP & (set(pair.translation) - set(pair.text.text))):
        shown = "a line break" if character in "\n\r" else f"`{character}`"
        yield f"{shown} is not in the English text; write it without"
    yield from differences("code", _BACKTICKS.findall(pair.text.text), _BACKTICKS.findall(pair.translation))
    english, translated = ([each for each in found if each[0] not in _MARKUP] for found in _for_jupyter(pair))
    yield from differences("address", english, translated)


@rule("one-line", COMMENT, safety=True)
def one_line_comment(pair: Pair) -> Iterator[str]:
    r"""A comment in code that is one line stays one: what follows a line break would run. A long one is wrapped.

    Bad: scale it → skalieren\nimport os
    Good: scale it → skalieren
    """
    lines = pair.translation.split("\n")
    if pair.translation.splitlines() != lines or (len(lines) > 1 and "\n" not in pair.text.text):
        yield "a comment's translation must be one line; remove the line break"


@rule("tool-mark", COMMENT, safety=True)
def no_mark_for_tools(pair: Pair) -> Iterator[str]:
    """A comment speaks to people: it does not become a form of Colab's or an order to a checker of code.

    What is such an order in English stays.

    Bad: the number of groups → @param {type: "integer"}
    Good: the number of groups → die Zahl der Gruppen
    """
    known = set(tool_marks(pair.text.text))
    for mark in dict.fromkeys(tool_marks(pair.translation)):
        if mark not in known:
            yield f"`{mark}` says something to tools, and the English does not; remove it"
    for mark in known.difference(tool_marks(pair.translation)):
        yield f"`{mark}` says something to tools; keep it as it is in English"


@rule("conflict", safety=True, source=True)
def no_marks_of_a_merge(pair: Pair) -> Iterator[str]:
    """No marks that merging has left for people to settle: of git, of msgcat, of a notebook merge.

    Bad: #-#-#-#-#  a.po  #-#-#-#-#
    Good: one of the two texts, or a better third
    """
    for mark in dict.fromkeys(_CONFLICT.findall(pair.translation)):
        if mark not in pair.text.text:
            yield f"`{mark.strip()}` was left by a merge; decide what is to stand here, and remove it"


@rule("invisible", safety=True, source=True)
def no_invisible_characters(pair: Pair) -> Iterator[str]:
    """No characters that cannot be seen, save where a spelling, the direction of a line or an emoji needs them.

    Joiners stand beside a letter of a script that joins its letters (as in Unicode's rules for identifiers, UAX 31),
    word breaks beside a letter of a script without spaces, a soft hyphen between letters, a mark of direction in a text
    with letters that run right to left, joiners and selectors in the sequences of emoji (UTS 51).

    Bad: a word with U+202E in it
    Good: the word; the page sets the direction
    """
    is_markdown = pair.text.kind == PROSE  # in which a sign may be written as an entity
    english, said = map(unescaped if is_markdown else str, (pair.text.text, pair.translation))
    for character in sorted(hidden_in(said, set(english) - NEEDED | set("\n\t"))):
        latex = r", or write the \ of LaTeX as \\" if character in "\b\f\r\v" else ""
        yield f"{named(character)} cannot be seen; remove it{latex}"


def _for_jupyter(pair: Pair) -> tuple[list[str], list[str]]:
    """What Jupyter sees in the English text alone, and in the translation alone; of a formula not also its ends.

    Links to pages lead to the site in the notebooks that people open.
    """
    missing, added = read_otherwise(*(with_addresses(each, _on_site) for each in (pair.text.text, pair.translation)))
    return _longest(missing), _longest(added)


def _told(missing: list[str], added: list[str], running: list[str], called: Callable[[str], str]) -> Iterator[str]:
    """What is missing and what is too many; of `running` what goes on in the words behind it, as that."""
    told = set()
    for address, other in dict.fromkeys((one, other) for one in running for other in added):
        if _LIKE_ADDRESS.search(address) and re.match(rf"{re.escape(address)}{_RUNS_ON}", other):
            told |= {address, other}
            yield f"address `{address}` runs on into the words `{other.removeprefix(address)}`; put a space between"
    for reason in filter(None, map(_REASON.fullmatch, added)):
        told |= {reason[0], reason[1]}
        yield f"Jupyter shows `{reason[1]}` otherwise: {reason[2]}"
    for name in dict.fromkeys(map(called, missing + added)):
        less, more = (
            [each for each in found if each not in told and called(each) == name] for found in (missing, added)
        )
        yield from differences(name, less, more)


def _taken_for(found: str) -> str:
    name = "a link, a formula or a tag"
    if found.startswith("<"):
        name = "HTML"
    elif found.startswith(("$", "\\")):
        name = "a formula"
    elif _LIKE_ADDRESS.search(found):
        name = "a link"
    return f"what Jupyter takes for {name},"


def _on_site(link: PageLink) -> str:
    return f"https://site.example/{link.document}.html{link.part}" if link.is_sure else link.written


def _longest(found: list[str]) -> list[str]:
    return [each for each in found if not any(each != other and each in other for other in found)]


def _scheme(target: str) -> str:
    """The scheme of an address as a careless reader takes it: without blanks, look-alikes made plain."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", target) if c.isprintable() and not c.isspace())
    try:
        return urlsplit(plain).scheme.lower()
    except ValueError:
        return plain  # not an address at all
