"""What may differ between a made page and the English one: all of it stands here, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from selectolax.lexbor import LexborNode

from book.entities import unescaped
from book.language.language import ENGLISH
from book.notebook.markdown.latex_form import joined_in_brackets

# Texts differ, and so do the attributes whose value is words; that they are there is compared.
WORDS = {
    *("alt", "aria-label", "placeholder", "title", "data-bs-title"),
    *("data-copied", "data-count", "data-failed", "data-file", "data-loading", "data-none"),  # what scripts say
    *("data-place", "data-place-of-weight", "data-said", "data-said-of-weight"),  # what the norm explorer says
}
# Of `<meta>`, by name or property. The other contents are sizes, kinds and addresses.
META_WORDS = {"description", "og:description", "og:image:alt", "og:site_name", "og:title"}
# Of structured data, by key; and all that `404.html` has its script know of the languages.
DATA_WORDS = {"description", "educationalLevel", "name", "teaches"}
DATA_LINE = re.compile(r"^( *var languages = )(.*);$", re.MULTILINE)
# The page's language and direction, also those of a part of it, and what tells of other languages: how many there are
# besides the page's own depends on whether it is translated. For the language's code in addresses see `OwnAddresses`.
DIRECTIONS = {"ltr", "rtl"}
META_LANGUAGES = {"og:locale", "og:locale:alternate"}
DATA_LANGUAGES = {"inLanguage", "translationOfWork", "workTranslation"}
# Elements that only speak: scripts without italics and bold drop them, a line may have to break elsewhere, `together`
# keeps words and formulas on one line. Paragraphs side by side count as one, since a sentence may be parted, and
# docutils marks a list as simple in which no item has two.
SPEAKING = frozenset(["<em>", "<strong>", "<s>", "<br>", "<span class='together'>"])
SIMPLE = "simple"
# The anchors that docutils makes from the words of a heading: a section's id, or an empty element before the heading.
# They are counted instead; `book.site.proof.proof` looks whether one is another's.
ANCHOR = "heading"
# In code cells the words of comments and of the strings that figures show: the code is compared as it runs.
TOKEN = re.compile(r"[a-z][a-z\d]{0,2}")  # how highlighted code names the kinds of its tokens
LINES = re.compile(r"--lines: \d+")  # a comment may need more lines
# In blocks of Python in prose the words of comments (`notebook.markdown.code_block`), in formulas those of their texts:
# what is letters, blanks and signs, and no element.
_FORMULA_TEXT = re.compile(r"(<mtext[^<>]*>)([^<>]*)(?=</mtext>)")
# Of formulas in the words figures and signs alone say no more than words do; lists of them have words in the place of
# commas; and one may be said again.
_IN_WORDS = re.compile(
    r'(<math dir="ltr" xmlns="http://www\.w3\.org/1998/Math/MathML" display="inline">)<mrow>(.*)</mrow></math>'
)
_FIGURES = re.compile(r"(?:</?m(?:row|n|o)>|[\d\s.,:+*/=()×⋅−-])*")
_COMMA = re.compile(r"<mo>,</mo>|<mi>[،，、]</mi>")
_DIGITS = re.compile(r"\d+")
# Of figures the words, and how wide they are with them; their files, named by content, are compared as `Figure`.
SIZES = {"width": re.compile(r"\d+"), "height": re.compile(r"\d+"), "style": re.compile(r"aspect-ratio: \d+/\d+")}
# What the project says of a cell's translation, where the cell begins: by kind, and in no other form.
REVIEW = "../translate.html#review"  # as it is seen from a page in one folder
EDIT = "{edit}"  # stands for the address at which the cell is edited
NOTICES = {
    "draft": f'<p class="cell-state draft"><a href="{REVIEW}"></a></p>',
    "reviewed": '<p class="cell-state reviewed"></p>',
    "picture": '<p class="cell-state picture"></p>',
    "in-english": f'<p class="cell-state in-english"><a href="{EDIT}"></a></p>',
    "outdated": '<div class="cell-state outdated"><details><summary></summary></details>'
    f'<p><a href="{EDIT}"></a></p></div>',
}
CHANGE = "<p></p><blockquote><p></p></blockquote>"  # in the notice of an outdated cell: the English then, or now
CHANGED = frozenset(["<del>", "<ins>"])  # there: words that only one of them has
# On the pages that are no lessons, what their templates say of a translation and not of English, and what Markdown in
# the language's note on style comes to: elements without addresses. How many elements there are differs, too.
FURTHER = re.compile(
    r"<(?:bdi|blockquote|br|code|details|em|h[1-6]|hr|li|ol|p|pre|small|span|strong|summary|ul)>"
    r"|<(?:table|tbody|td|th|thead|tr)>"
    r"|<a href='\{file\}'>|<h2 id='style'>|<div aria-label class='book-table' role='region' tabindex='0'>"
    r"|<table class='table'>|<th scope='(?:col|row)'>|<ol start='\d+'>|<code class='language-[\w+-]+'>"
    r"|<span class='together'>"
)


@dataclass(frozen=True)
class OwnAddresses:
    """What in a page's addresses is its language's own.

    `named` gives the addresses of the page's files in the repository and in Colab, each with a name that is the same in
    all languages, `edit_at` how those begin that lead to a line of its source. `tags` are the languages of the book,
    `source` is the code of the one in which it is written.
    """

    code: str = ""
    base: str = ""
    named: Mapping[str, str] = field(default_factory=dict)
    edit_at: str = ""
    tags: tuple[str, ...] = ()
    source: str = ENGLISH

    def plain(self, address: str) -> str:
        """The address with what is the language's own left open."""
        if name := self.named.get(address):
            return name
        if "/" not in address:
            return address
        if self.edit_at and address.startswith(self.edit_at) and address.removeprefix(self.edit_at).isdecimal():
            return EDIT
        return self._folder.sub(r"\1\2{language}/", address) if self.code else address

    @cached_property
    def _folder(self) -> re.Pattern[str]:
        """The language's folder, seen from a page or from anywhere; a page still in English names the English one."""
        near = rf"((?:\./)?(?:\.\./)+){re.escape(self.code)}/"
        far = rf"({re.escape(self.base)})(?:{re.escape(self.code)}|{re.escape(self.source)})/"
        return re.compile(rf"^(?:{near}|{far})")


def formula_form(math: str) -> str:
    """The HTML of a formula without the words of its texts, whose digits stay, and with commas as in English."""
    return _COMMA.sub("<mo>,</mo>", _FORMULA_TEXT.sub(_without_words, math))


def formulas_in_words(math: str) -> list[str]:
    """What a formula in the words is compared as: each formula of a list, and none that is figures and signs alone."""
    whole = formula_form(math)
    if not (match := _IN_WORDS.fullmatch(whole)):
        return [whole]
    parts = joined_in_brackets(_COMMA.split(match[2]), "<mo>,</mo>")
    return [match[1] + part for part in parts if not _FIGURES.fullmatch(part)]


def _without_words(text: re.Match[str]) -> str:
    words = unescaped(text[2])
    return text[1] + ("…".join(_DIGITS.findall(words)) if any(map(str.isalpha, words)) else text[2])


def may_differ(node: LexborNode, name: str, value: str, tags: tuple[str, ...], is_figure: bool) -> bool:
    """May an attribute of an element differ, or be missing? `tags` are the languages of the book."""
    if name in ("lang", "dir"):
        return value in DIRECTIONS or value in tags
    if name == "aria-current":
        return "hreflang" in node.attributes  # in the menu of languages
    if name == "open":
        return node.tag == "details" and node.attributes.get("class") == "book-status"  # the page's own language
    if name == "style" and node.tag == "pre":
        return bool(LINES.fullmatch(value))
    return is_figure and name in SIZES and bool(SIZES[name].fullmatch(value))
