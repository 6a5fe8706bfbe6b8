"""What Jupyter, Colab and GitHub read in a Markdown text: links, formulas and HTML, though MyST may not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from linkify_it import LinkifyIt

from book.entities import unescaped
from book.maths.in_markdown import with_escaped_money
from book.notebook.markdown.latex_form import figures, latex_form, pieces
from book.notebook.markdown.parts import parts
from book.notebook.markdown.tokens import tokens

# What Jupyter, Colab and GitHub read as links, formulas and HTML, though MyST may not.
_CODE = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,}).*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<![\\`])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)
FORMULA = re.compile(
    r"(?<!\\)\$\$.+?\$\$|(?<![\\$])\$(?!\$)(?:(?!\n[ \t]*\n).)+?(?<!\\)\$"
    r"|\\begin\{(?P<name>\w+\*?)\}.*?\\end\{(?P=name)\}|\\\\\(.*?\\\\\)|\\\\\[.*?\\\\\]",
    re.DOTALL,
)
_TO_END = r"(?:(?!\]\()[^\s<>`])+"  # behind a link's words its address follows, which is another
_ADDRESS = (
    rf"(?:https?|ftps?|file|data|javascript|vbscript|mailto|xmpp):{_TO_END}|www\.{_TO_END}"  # GitHub's bare addresses
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
_ANY_SCHEME = r"(?:\w[\w+.-]*:)?//[\w-]+[.:\w][^\s<>`]*"
_PLAIN = r"[^\s!-/:-@\[-`{-~]+"  # a word without a sign that an address has
_BARE = re.compile(rf"{_ADDRESS}|{_ANY_SCHEME}", re.IGNORECASE)
_ACTIVE = re.compile(
    rf"{_ADDRESS}"
    r"|<[A-Za-z/!?][^\s<>`]*"  # a tag
    rf"|\]\((?=\s*{_PLAIN}\s+{_PLAIN}(?:[\s)]|$))"  # behind it are words, which no address is: how many it has counts
    r"|\]\(\s*[^\s()\"'][^\s)]*"  # a link for readers that nest brackets otherwise, or end no row of a table
    r"|~+(?=`)"  # what follows is no code for JupyterLab
    r"|^ {0,3}:(?=[ \t])"  # a definition for nbconvert, which may go on in what is code for others
    r"|\\(?:href|url|style|class|cssId|require|unicode|includegraphics|html[A-Za-z]+)\b"  # link, load, style or name
    r"|\\(?:begin|end)\b(?:\{[^}]*\}?)?|\\\\[()\[\]]|(?<!\\)\$",  # what begins or ends a formula
    re.IGNORECASE | re.MULTILINE,
)
_NOT_ENDED = re.compile(r"[^\n]")
# Code as JupyterLab's `latex.ts` finds it before it looks for formulas; the sign in front is taken along.
_JUPYTER_CODE = re.compile(r"(?:^|[^\\])(`+)[^\n]*?[^`\n]\1(?!`)", re.MULTILINE)
_MANY_TICKS = "`" * 13  # in a row, which take long to pair so
_SETTINGS = re.compile(r"\s*-[ \t]+(?:(?:[-+*>]|\d+[.)])[ \t]+)*---")  # MyST looks at the text's first sign alone
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_BLANK_IN_LINK, _BRACKET = re.compile(r"\]\([ \t]*\n?[ \t]*"), re.compile(r"[()]")
_APART = "\n\0\n"  # no address and no formula reaches over it
_BEHIND_FORMULA = re.compile(r"^(<[^$]*\$)[^\x00-\x7f]+$")  # the words behind `$i<n$` in a language without blanks
_NAME_OF_TAG = re.compile(r"(<[A-Za-z][A-Za-z0-9]*)/?")
_BREAKS = {"softbreak": "\n", "hardbreak": "\n"}
_END_OF_SENTENCE = "?!.,:;*_~'\")"  # what stands behind a bare address is no part of it
# In the words that are shown, entities and escapes resolved: what MathJax and makers of links look for there.
_ACTIVE_WORDS = re.compile(
    rf"\\(?:[A-Za-z]+|.)|{_ANY_SCHEME}"
    r"|`+"  # without a partner: JupyterLab takes brackets around it for no link
    r"|\$(?!\d)[^$\0]+\$",  # a formula; two sums of money are none
    re.DOTALL,
)
_FENCES = 8  # within one another: exercises in notes, and no more than that
_ABBREVIATION = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]+")
DEFINED = "]: "  # begins what is found of a definition
_DEFINITION = re.compile(  # at the begin of a line, in quotations and lists too; or a note
    r"^[ \t>]*(?:(?:[-+*]|\d+[.)])[ \t>]+)*\[(?:\\.|[^\[\]\\])+\]:[ \t]*\n?[ \t]*([^ \t\n]+)(?=[ \t]*$|\s+[\"'(])",
    re.MULTILINE,
)
_SIGNS = re.compile(r"[$+<=>^`|~]")
_MAY_BE_ADDRESS = re.compile(r"//|@|\.[^\W\d_]|localhost", re.IGNORECASE)  # looking for names of hosts takes long


@lru_cache(maxsize=1 << 15)
def as_jupyter_reads(text: str) -> Counter[str]:
    """The addresses, tags and formulas that Jupyter, Colab and GitHub see in a Markdown text, bare ones included.

    Formulas are sought where no code is. The rest is sought everywhere, since these readers may find code elsewhere;
    and in the words as they are shown, where MathJax finds what entities have made.
    """
    source, text = (
        text,
        _said_once(with_escaped_money(text), set()),
    )  # where Jupyter sets money, it has no more than words
    found = Counter(_formulas(text))
    if _SETTINGS.match(text):
        found["--- (first in a list it begins settings, which are not shown)"] += 1
    words = _APART.join(_words_of_paragraphs(text))
    links = parts(text).links + parts(text).images
    text = _BLANK_IN_LINK.sub("](", text)
    written = {*links, *(_BRACKET.sub(r"\\\g<0>", each) for each in links)}
    for address in sorted(written, key=len, reverse=True):  # one may begin another
        text = text.replace(f"]({address}", "]( ")  # a link for MyST too, and compared as such
    found.update(_plainly(match[0]) for match in _ACTIVE.finditer(text))
    found.update(match[0].rstrip(_END_OF_SENTENCE) or match[0] for match in _ACTIVE_WORDS.finditer(unescaped(words)))
    found.update(_names_of_hosts(words))
    found.update(_definitions(source))
    return found


def read_otherwise(english: str, said: str) -> tuple[list[str], list[str]]:
    """What Jupyter sees in the English text alone, and in the translation alone.

    An abbreviation such as `w.r.to`, which makers of links take for a host's name, another language says in words.
    """
    one, other = as_jupyter_reads(english), as_jupyter_reads(said)
    missing = [each for each in (one - other).elements() if not _ABBREVIATION.fullmatch(each)]
    return missing, list((other - one).elements())


def bare_addresses(text: str) -> Counter[str]:
    """The addresses in a text that is no Markdown: editors, terminals and outputs make links of them."""
    return Counter(match[0].rstrip(_END_OF_SENTENCE) for match in _BARE.finditer(text)) | Counter(_names_of_hosts(text))


def _names_of_hosts(words: str) -> Iterator[str]:
    if _MAY_BE_ADDRESS.search(words):  # signs that were written as entities may end one
        yield from (match.text for match in _linkify().match(_SIGNS.sub(" ", words)) or ())


def _definitions(text: str) -> Iterator[str]:
    """The addresses of what may define a link, where formulas are one word, as JupyterLab has it.

    For readers that have no footnotes one that begins with a line of one word does.
    """
    if "]:" in text:
        yield from (f"{DEFINED}{match[1]}" for match in _DEFINITION.finditer(FORMULA.sub("$$", text)))


def _formulas(text: str) -> Iterator[str]:
    """The formulas without blanks, and what has Jupyter show one as it is written, not set.

    A blank line breaks it off. And Jupyter looks for code by a rule of its own, so that a dollar may be one of code's.
    """
    coded = [match.span() for match in _JUPYTER_CODE.finditer(text)] if _MANY_TICKS not in text else [(0, len(text))]
    for found in FORMULA.finditer(_CODE.sub(lambda code: _NOT_ENDED.sub(" ", code[0]), text)):
        yield "".join(
            [
                latex_form(found[0]),
                " (a blank line breaks it off)" * bool(_BLANK_LINE.search(found[0])),
                " (taken for code; put blanks between)"
                * any(start <= at < end for start, end in coded for at in (found.start(), found.end() - 1)),
            ]
        )
    for code in _CODE.finditer(text):
        if code["ticks"] and "$" in code[0] and not _is_inside(code.span(), coded):
            yield f"{code[0]} (not taken for code; no code may go over the end of a line)"


def _said_once(text: str, seen: set[str], depth: int = 0) -> str:
    """The text with formulas of figures alone as words, lists of formulas one by one, and without a plain formula where
    it stands again: that only speaks. So in notes and exercises, which are fences to Jupyter; `seen` are those before.
    """
    if text.count("$") < 2 or depth > _FENCES:
        return text
    text = _CODE.sub(lambda code: _said_once_inside(code, seen, depth + 1), text)
    kept, end = [], 0
    for found in FORMULA.finditer(_CODE.sub(lambda code: _NOT_ENDED.sub(" ", code[0]), text)):
        formula = text[found.start() : found.end()]
        if formula != found[0] or [each[0] for each in _ACTIVE.finditer(formula)] != ["$", "$"] or "$$" in formula:
            continue
        inside = formula[1:-1]
        new = [piece for piece in pieces(inside) if latex_form(piece) not in seen]
        seen.update(map(latex_form, new))
        if new != [inside.strip()]:
            kept += [text[end : found.start()], f" {figures(inside)} ", *(f"${piece}$ " for piece in new)]
            end = found.end()
    return "".join([*kept, text[end:]])


def _said_once_inside(code: re.Match[str], seen: set[str], depth: int) -> str:
    label, sign, inside = code[0].partition("\n")
    return f"{label}{sign}{_said_once(inside, seen, depth)}" if code["fence"] and "{" in label else code[0]


def _is_inside(span: tuple[int, int], spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _plainly(found: str) -> str:
    """What was found without what stands behind it; of a tag that has a name alone, the name."""
    if match := _NAME_OF_TAG.fullmatch(found):
        return match[1].lower()
    return _BEHIND_FORMULA.sub(r"\1", found).rstrip(_END_OF_SENTENCE) or found


def _words_of_paragraphs(text: str) -> Iterator[str]:
    """The words as they are shown, by paragraph, heading and cell of a table; _APART where something else stands."""
    for block in tokens(text):
        children = block.children or []
        said = (_BREAKS.get(each.type, each.content if each.type == "text" else _APART) for each in children)
        yield "".join(said)


@cache
def _linkify() -> LinkifyIt:
    """What VS Code makes links of: names of hosts too, such as example.org."""
    return LinkifyIt()
