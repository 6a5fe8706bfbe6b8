"""The grammar of hostile text: pieces that have a meaning to some reader of a translation, and ways to join them.

A piece with room for it carries the number of its text, so that what is made of it tells whose it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

Pieces = tuple[str, ...]

HOST = "elsewhere.org"


@dataclass(frozen=True)
class Surroundings:
    """What there is to reach for: a file that nobody may read, and an address that nobody may ask."""

    canary: str  # its path
    up: str  # its path from where the site's builder reads pages
    address: str  # http://127.0.0.1:PORT


ADDRESSES = (
    "https://elsewhere.org/{n}", "http://elsewhere.org/{n}", "HTTPS://elsewhere.org/{n}", "//elsewhere.org/{n}",
    "ftp://elsewhere.org/{n}", "www.elsewhere.org/{n}", "mailto:a{n}@elsewhere.org", "tel:+{n}",
    "javascript:alert({n})", "JaVaScRiPt:alert({n})", "&#106;avascript:alert({n})", "java\tscript:alert({n})",
    "javascript&colon;alert({n})", "%6Aavascript:alert({n})", "vbscript:x{n}",
    "data:text/html,<script>alert({n})</script>", "file://{canary}", "{canary}", "{up}", "{address}/{n}.png",
    "nope{n}.ipynb", "index.ipynb", "index.ipynb#x{n}", "loss.ipynb", "../{n}", "#book-said",
    "attachment:{n}.png", "blob:{n}", "xmpp:a{n}@elsewhere.org", "ipfs://{n}",
)  # fmt: skip

BARE = (
    "https://elsewhere.org/{n}", "HTTP://elsewhere.org/{n}", "www.elsewhere.org/{n}", "ftp://elsewhere.org/{n}",
    "a{n}@elsewhere.org", "mailto:a{n}@elsewhere.org", "<https://elsewhere.org/{n}>", "<a{n}@elsewhere.org>",
    "<javascript:alert({n})>", "<mailto:a{n}@elsewhere.org>", "https\\://elsewhere.org/{n}",
    "https&colon;//elsewhere.org/{n}", "http\\s://elsewhere.org/{n}", "w\\ww.elsewhere.org/{n}",
    "www\\.elsewhere.org/{n}", "a{n}\\@elsewhere.org",
)  # fmt: skip

TAGS = (
    "<script>alert({n})</script>", "<script src=https://elsewhere.org/{n}.js></script>",
    "<img src=x onerror=alert({n})>", "<img src=https://elsewhere.org/{n}.png>", "<b onclick=alert({n})>x</b>",
    "<svg/onload=alert({n})>", "<b>{n}</b>", "<a href=https://elsewhere.org/{n}>x</a>",
    "<iframe src=https://elsewhere.org/{n}></iframe>", "<u>", "</div>", "</p>", "</section>", "</article>",
    "</main>", "</script>", "</title>", "</svg>", "</template>", "</textarea>", "</pre>", "</code>",
    "</blockquote>", "</h1>", "</a>", "</table>", "</details>", "</text><script>alert({n})</script>",
    "<style>*{{display:none}}</style>", "<base href=https://elsewhere.org/{n}/>",
    "<link rel=stylesheet href=//elsewhere.org/{n}>",
    "<meta http-equiv=refresh content=0;url=//elsewhere.org/{n}>",
    "<form action=//elsewhere.org/{n}><input name=x></form>", "<details open ontoggle=alert({n})>",
    "<video src=//elsewhere.org/{n} autoplay>", "<object data=//elsewhere.org/{n}>", "<!-- {n}", "-->",
    "<!-- {n} -->", "<![CDATA[", "]]>", "<?php {n} ?>", "<!DOCTYPE x{n}>", "<x-{n}>", "<plaintext>",
    '" onmouseover="alert({n})', "' autofocus onfocus='alert({n})", "<div id=book-said>",
    "<p class=cell-state>{n}</p>", "<div hidden>", "<math><mtext><img src=x onerror=alert({n})></mtext></math>",
    "<noscript>", "<template>", "<title>", '<div class="cell tag_hide-cell">', "<br>", "<hr>", "<wbr>",
    "<label for=x{n}>", "<details><summary>{n}</summary>",
)  # fmt: skip

DIRECTIVES = (
    "raw", "eval-rst", "include", "literalinclude", "csv-table", "figure", "image", "table", "list-table",
    "toctree", "code-block", "code-cell", "admonition", "note", "math", "only", "class", "role", "default-role",
    "container", "highlight", "contents", "sectnum", "meta", "title", "replace", "unicode", "date",
    "parsed-literal", "topic", "rubric", "margin", "sidebar", "epigraph", "compound", "line-block", "glossary",
    "productionlist", "index", "download", "eval", "glue:figure", "glue", "mermaid", "iframe", "card",
    "dropdown", "tab-set", "bibliography", "autoclass", "py:function", "js:function", "currentmodule", "tip",
    "seealso", "versionadded", "centered", "hlist", "tabularcolumns", "footnotes", "jupyter-execute",
    "nb-exec-table", "substitution", "myst", "subfigure", "proof",
)  # fmt: skip

ARGUMENTS = (
    "html", "", "{canary}", "{up}", "https://elsewhere.org/{n}.png", "{address}/{n}.png", "python", "x{n}",
    "latex",
)  # fmt: skip

OPTIONS = (
    "", ":file: {canary}\n", ":url: {address}/{n}\n", ":name: x{n}\n", ":class: cell-state\n",
    ":target: https://elsewhere.org/{n}\n", ":parser: rst\n", ":figclass: x{n}\n", "---\nname: x{n}\n---\n",
    ":tags: [remove-cell]\n", ":header-rows: 1\n",
)  # fmt: skip

BODIES = (
    "<script>alert({n})</script>\n", ".. raw:: html\n\n   <script>alert({n})</script>\n",
    ".. raw:: html\n   :file: {canary}\n", ".. raw:: html\n   :url: {address}/{n}\n", ".. include:: {canary}\n",
    ".. csv-table::\n   :file: {canary}\n", ".. image:: https://elsewhere.org/{n}.png\n", "x{n}\n", "",
    "`x <https://elsewhere.org/{n}>`_\n", ".. literalinclude:: {up}\n", "alert({n})\n",
    ".. role:: x(raw)\n   :format: html\n\n:x:`<script>alert({n})</script>`\n",
    "[x](https://elsewhere.org/{n})\n",
)  # fmt: skip

FENCES = ("```", "~~~", ":::", "````")

ROLES = (
    "{{raw}}`<b>{n}</b>`", "{{download}}`x <{canary}>`", "{{download}}`x{n} <{up}>`", "{{doc}}`index`",
    "{{ref}}`title`", "{{eval}}`7*{n}`", "{{glue:text}}`x{n}`", "{{glue:}}`x{n}`", "{{kbd}}`{n}`",
    "{{abbr}}`x (y{n})`", "{{index}}`x{n}`", "{{cite}}`x{n}`", "{{sub-ref}}`today`", "{{any}}`x{n}`",
    "{{pep}}`8`", "{{rfc}}`{n}`", "{{math}}`x_{n}`", "{{code}}`x{n}`", "{{external:py:func}}`print`",
    "{{literal}}`x{n}`", "{{strong}}`x{n}`", "{{sup}}`{n}`", "{{file}}`{canary}`", "{{guilabel}}`x{n}`",
    "{{command}}`x{n}`", "{{term}}`x{n}`", "{{numref}}`title`", "{{py:class}}`int`", "{{nb-exec}}`x`",
    "{{eval-rst}}`x{n}`", "{{numref}}`what-0`", "{{any}}`what-0`", "{{user}}`x{n}`",
)  # fmt: skip

LINKS = (
    "[x]({a})", "[x](<{a}>)", '[x]({a} "y")', "[x\\]({a})", "\\[x]({a})", "[x][r{n}]\n\n[r{n}]: {a}",
    "![x]({a})", "[![x]({a})]({a})", "]({a})", "]({a}) ![]({a}) [", "[falls]: {a}", "\n\n[word]: {a}\n\n",
    "[here]: {a}", "[paper]: {a}", "[손실]: {a}", "[word][]\n\n[word]: <{a}>", "[^{n}]", "[^{n}]: {a}",
    "[^{n}]: x", "[x]( {a} )", "[x]({a}", "[[x]({a})]({a})", "![x][paper]", "[x][paper]", "[paper]",
    "[x]:\n  {a}\n", "[x](nope{n}.ipynb)", "[x\\](nope{n}.ipynb)", "[x](nope{n}.ipynb#a)",
    "`[x](nope{n}.ipynb)`", "[`x](nope{n}.ipynb)`", "[x](index.ipynb)", "[x\\](index.ipynb)",
    "[](nope{n}.ipynb)", "[\\](nope{n}.ipynb)", "`[x](index.ipynb)`", "[x](index.ipynb){{.x #y{n}}}",
    "[x]{{.cls #id{n}}}", "{{.cls #id{n}}}\n", "{{#book-said}}\n", "[*](nope{n}.ipynb)", "[`](nope{n}.ipynb)",
    "[$](nope{n}.ipynb)", "[\\\\](nope{n}.ipynb)", "[x](nope{n}.ipynb)(https://elsewhere.org/{n})",
    "[](nope{n}.ipynb)[x]({a})", "[[x](nope{n}.ipynb)]({a})", "!{{x}}[x]({a})", "[<](nope{n}.ipynb)",
    "[&](nope{n}.ipynb)lt;", "![x](index.ipynb)", "![x\\](index.ipynb)", "![x](nope{n}.ipynb)",
    "[x](LOSS.ipynb)", "[x](loss.ipynb?{n})", "[](#title)", "[x](#title)",
)  # fmt: skip

FORMULAS = (
    "${m}$", "$${m}$$", "\\\\({m}\\\\)", "\\\\[{m}\\\\]", "\\({m}\\)", "\\[{m}\\]",
    "\\begin{{equation}}{m}\\end{{equation}}", "\\begin{{align*}}\n{m}\n\\end{{align*}}", "\\${m}\\$",
    "&#36;{m}&#36;", "&dollar;{m}&dollar;", "$\n{m}\n$", "$$\n{m}\n$$ (x{n})", "\n\n$$\n{m}\n$$\n\n",
    "{{math}}`{m}`", "\\\\begin{{equation}}{m}\\\\end{{equation}}", "$`{m}`$", "\\begin{{CD}}{m}\\end{{CD}}",
    "&#92;({m}&#92;)", "&bsol;\\({m}&bsol;\\)", "\\\\\\({m}\\\\\\)", "\\begin{{x{n}}}", "\\\\(", "\\\\)", "$",
    "$$", "\\begin{{", "@@0@@", "\\$",
)  # fmt: skip
MATHS = (
    "x_{n}", "L", "\\href{{{a}}}{{x}}", "\\style{{color:red}}{{x}}", "\\class{{x{n}}}{{y}}",
    "\\cssId{{x{n}}}{{y}}", "\\text{{<script>alert({n})</script>}}", "\\require{{html}}", "\\unicode{{x{n}}}",
    "\\url{{{a}}}", "\\includegraphics{{{a}}}", "\\htmlData{{x={n}}}{{y}}", "\\text{{a <b}}",
)  # fmt: skip

BLOCKS = (
    "# ", "## ", "- ", "1. ", "> ", "* * *", "---", "***", "===", "+++", "+++ {{}}", "    ", "\t",
    "| a | b |\n|---|---|\n| c | d |", "|", "|-|\n", "% x{n}", "% book-cell other translated x", "(x{n})=",
    "(book-said)=", "```", "~~~", ":::", "`", "``", "*", "**", "_", "__", "~", "~~", "{{", "}}", "#", "##",
    "- [ ] ", "1) ", "+ ", "\\", "---\ntitle: x{n}\n---\n", "{{{{ x }}}}", "{{{{ 7 * {n} }}}}", "{{% raw %}}",
    "{{# x #}}", "[[", "]]", ":", "term\n: definition", "x\n---", "x\n===", "> x\ny", "- x\n  y",
    "    code {n}", "```python\nx = {n}\n```", "`x{n}`", "`import os`", "$L$", "\\\n", "  \n", "#book",
    "## book-copy", "## book-said", "## id1", "## pst-primary-sidebar", "## x {{#book-said}}",
    "{{#x{n}}}\n## y", "1986. ", "0. ", "=", "x[^1]", ":x: y", ".. raw:: html", "::", "$x$: $y$", "\\[ \\]",
    "*x*{{.y}}", "^x^", "H~2~O", "==x==", "++x++", "-- ", "(c)", "\"x\"", "...",
)  # fmt: skip

COMMENTS = (
    '@title x{n}', "@title", '@param {{type:"string"}}', '@param ["a", "b"]',
    "@markdown [x](https://elsewhere.org/{n})", "@markdown", "#@title x{n}", "# @param", "  @title x",
    "@ title", "@Title x", "@hidden_cell", "@hide", "x #@param {{}}", "x # @title y", "%% bash", "%%html",
    "%% [markdown]", "%matplotlib", "!rm -r x{n}", "type: ignore", "noqa", "noqa: E501", "fmt: off",
    "-*- coding: utf-7 -*-", "vim: set fileencoding=utf-7 :", "coding=utf-7", "!/bin/sh", "pragma: no cover",
    "pylint: disable=all", "mypy: ignore-errors", "ruff: noqa", "isort: skip", "nosec", "\\", "\nimport os",
    "\rimport os", "\x0cimport os", "\u2028import os", "\x85import os", "\x1eimport os", "In[{n}]:",
    "<codecell>", "+ x", "region", "| export", "|hide", "default_exp x", "TODO", '"""', "'''", "#", "##",
    "yapf: disable", "pyright: ignore", "cython: x", "type:ignore", "NOQA", "\uff20title x", "\u200b@title x",
    "//", "--",
)  # fmt: skip

FIGURES = (
    "{{size}}", "{{size!r}}", "{{__import__('os')}}", "{{x}}", "{{0}}", "{{}}", "{{{{", "}}}}", "\\", '"', "'",
    "\n", "$", "$x$", "$\\input{{x}}$", "_x", "_", "\\N{{BULLET}}", "%s", "%(x)s",
    "</text><script>alert({n})</script>", "]]>", "&lt;", "&#60;script&#62;", "<tspan>", "\\x41", "\t", "\r",
    "{{size:{n}}}", '"); import os; ("', '" + str({n}) + "', "\\u0041", "\u2028", "{{size}}{{size}}", "2.0",
    "1.0", "batch 32", "<!--", "-->", "&amp;lt;", "\\n",
)  # fmt: skip

FORMER = (
    "{{size}}", "{{x}}", "2.0", "1.0", "0.5", "32", "batch 32", "axis {{size}}", "", " ", ".", ".+", "batch",
    "{{size}} {{size}}", "Loss by epoch", "scale", "2.0\n1.0", "loss", "{{size}}.0", "batch {{size}}",
    "{{size}}{{x}}", "<script>alert({n})</script>", "(.*)", "\\d+",
    "loss/cell-1", "index/title", "loss/cell-1 (earlier)", " (doubted)", "loss/title (doubted)",
)  # fmt: skip

HEADERS = (
    "Name {n}", "\n", "\n\n", "\nX-Reviewed-By: B{n}", "\nX-Foo: x{n}",
    "\nContent-Type: text/plain; charset=UTF-7", "\n\n```{{include}} {canary}\n```\n",
    "\n\n```{{eval-rst}}\n.. raw:: html\n   :file: {canary}\n```\n", "\n\n# x{n}\n\n", "\n\n- x",
    "no colon {n}", ":", "Language: x{n}", "<a{n}@elsewhere.org>", "\nLanguage: tr",
    "\nPlural-Forms: nplurals=99999; plural=n;", "\nPlural-Forms: nplurals=2; plural=__import__('os');",
    "\nX-Reviewed-By:",
)  # fmt: skip

CHARACTERS = (
    "\u202e", "\u2066", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1b[31m", "\x7f", "\u200b", "\u200c",
    "\u200d", "\ufeff", "\u00a0", "\u2067", "\u0130", "\u017f", "\u212a", "\uff1cscript\uff1e", "\u02bcx",
    "\x00", "\x01", "\ufffe", "\U000e0041", "\u3164", "\r", "\r\n", "\t", "\u0338", "\ufe0f", "\u2800",
)  # fmt: skip

WORDS = (
    "손실 ", "감소", "خسارة", "x{n}", "{n}", " ", "\n", "\n\n", ".", ", ", "!", "?", "::error file=x::y{n}", "%0A",
    "${{x}}", "$(x)", "&amp;", "&lt;", "&",
)  # fmt: skip

JOINTS = (
    "", "", "", " ", " ", "\n", "\n\n", "\n\n", "\n> ", "\n- ", "\n1. ", "\n    ", "\n\n> ", "\n\n- ",
    "\n\n1. ", "\\", "> ", "- ", "1. ", "# ",
)  # fmt: skip

Draw = Callable[[Random], str]


def _one_of(texts: Sequence[str]) -> Draw:
    return lambda random: random.choice(texts)


def _link(random: Random) -> str:
    return random.choice(LINKS).replace("{a}", random.choice(ADDRESSES))


def _formula(random: Random) -> str:
    return random.choice(FORMULAS).replace("{m}", random.choice(MATHS)).replace("{a}", random.choice(ADDRESSES))


def _directive(random: Random) -> str:
    fence, name, argument = random.choice(FENCES), random.choice(DIRECTIVES), random.choice(ARGUMENTS)
    form = random.choice(["{{name}}", "{{name}}", "{{name}}", "name", "{{{{name}}}}"]).replace("name", name)
    before, after = random.choice([("", ""), ("\n\n", "\n\n"), ("\n\n", "\n\n")])
    return f"{before}{fence}{form} {argument}\n{random.choice(OPTIONS)}{random.choice(BODIES)}{fence}{after}"


def _opened(random: Random) -> str:
    """A directive that nothing ends."""
    before, fence = random.choice(["", "\n\n"]), random.choice(FENCES)
    return f"{before}{fence}{{{{{random.choice(DIRECTIVES)}}}}} {random.choice(ARGUMENTS)}\n"


def _disguised(random: Random) -> str:
    """A tag, a link or a formula that is plain words until something is taken away in front of it, or decoded."""
    text = random.choice([_one_of(TAGS), _link, _one_of(BARE), _formula, _one_of(BLOCKS)])(random)
    disguises: list[Callable[[str], str]] = [_escaped, _backslashed, html.escape, _entities, _twice]
    return random.choice(disguises)(text)


def _tricked(random: Random) -> str:
    """Something that a rewriting of links may shorten, and right behind it what is disguised."""
    return random.choice([each for each in LINKS if "nope" in each or "index" in each]) + _disguised(random)


def _escaped(text: str) -> str:
    return re.sub(r"([<>\[\]`$*_])", r"\\\1", text)


def _twice(text: str) -> str:
    return html.escape(html.escape(text))


def _backslashed(text: str) -> str:
    return "\\" + text


def _entities(text: str) -> str:
    return re.sub(r"[<>\[\]`$:@]", lambda found: f"&#{ord(found[0])};", text)


KINDS: dict[str, Draw] = {
    "tag": _one_of(TAGS),
    "link": _link,
    "bare address": _one_of(BARE),
    "formula": _formula,
    "directive": _directive,
    "opened directive": _opened,
    "role": _one_of(ROLES),
    "disguised": _disguised,
    "tricked": _tricked,
    "block": _one_of(BLOCKS),
    "comment": _one_of(COMMENTS),
    "figure": _one_of(FIGURES),
    "former": _one_of(FORMER),
    "header": _one_of(HEADERS),
    "character": _one_of(CHARACTERS),
    "words": _one_of(WORDS),
}
# Of what a field is most likely to be taken for; every field gets every kind.
LIKELY = {
    "comment": ("comment",) * 8,
    "figure": ("figure", "former") * 4,
    "header": ("header", "header", "directive", "link") * 2,
    "interface": ("directive", "directive", "opened directive", "link", "role", "block", "formula") * 2,
    "prose": ("tricked", "disguised", "formula", "bare address", "block", "link") * 2,
}
MARKUP = re.compile(r'[<>"&]')  # an interface text with one of these is refused at once


def hostile(random: Random, field: str, number: int, harmless: str, around: Surroundings) -> Pieces:
    """A text for `field` as pieces; often the harmless one with something put into it, so that it may be accepted."""
    values = {"n": number, "canary": around.canary, "up": around.up, "address": around.address}

    def piece() -> str:
        drawn = KINDS[random.choice([*KINDS, *LIKELY.get(field, ())])](random)
        if field == "interface" and MARKUP.search(drawn) and random.random() < 0.8:
            return piece()
        return _filled(drawn, values)

    if field == "previous msgid" and random.random() < 0.7:
        return (_filled(random.choice(FORMER), values) or "x",)
    return tuple(each for each in _joined(random, re.findall(r"\w+|\s+|[^\w\s]+", harmless), piece) if each)


def _joined(random: Random, tokens: list[str], piece: Callable[[], str]) -> list[str]:
    """Hostile pieces in the midst of harmless tokens, after or before them, or alone."""
    few = [piece() for _ in range(random.choice([1, 1, 1, 2, 2, 3]))]
    match random.choice(["inside", "inside", "inside", "after", "after", "before", "instead", "alone"]):
        case "inside":
            for each in few:
                tokens.insert(random.randrange(len(tokens) + 1), each)
        case "after":
            tokens += [text for each in few for text in (random.choice(JOINTS), each)]
        case "before":
            tokens = [*few, random.choice(JOINTS), *tokens]
        case "instead":
            tokens[random.randrange(len(tokens))] = few[0]
        case _:
            many = few + [piece() for _ in range(random.randrange(3))]
            tokens = [text for each in many for text in (random.choice(JOINTS), each)]
    return tokens


def _filled(text: str, values: dict[str, object]) -> str:
    """`text` with its names filled in; doubled braces are braces."""
    names = "|".join(values)
    return re.sub(
        rf"\{{({names})\}}|\{{\{{|\}}\}}", lambda found: str(values[found[1]]) if found[1] else found[0][0], text
    )
