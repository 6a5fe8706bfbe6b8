"""What a page in another language may have that the English one has not, and what it may not: on a small page."""

from __future__ import annotations

import pytest

from book.site.proof.differences import Difference, doubled_ids, figure, of_further_page, of_lesson
from book.site.proof.may_differ import OwnAddresses
from book.site.proof.page_reader import skeleton, speaks, vocabulary
from book.site.proof.skeleton import Figure, Skeleton, Source

BASE = "https://owner.github.io/small/"
REPOSITORY = "https://github.com/owner/small"
TAGS = ("en", "ko", "ar")
CODE_OF_CELLS = {"plot": '# Draw the loss.\nax.set_title("Loss by epoch")'}
CELLS = {"title": False, "what-falls": False, "plot": True, "end": False}

ENGLISH = """<!DOCTYPE html>
<html dir="ltr" lang="en" data-content_root="../">
<head>
<meta charset="utf-8">
<title>Loss – A small book</title>
<link rel="canonical" href="https://owner.github.io/small/en/notebooks/loss.html">
<link rel="next" title="After" href="after.html">
<meta name="description" content="It falls.">
<link rel="alternate" hreflang="en" href="https://owner.github.io/small/en/notebooks/loss.html">
<link rel="alternate" hreflang="ko" href="https://owner.github.io/small/ko/notebooks/loss.html">
<meta property="og:title" content="Loss"><meta property="og:type" content="article">
<meta property="og:url" content="https://owner.github.io/small/en/notebooks/loss.html">
<meta property="og:locale" content="en_US"><meta property="og:locale:alternate" content="ko_KR">
<script type="application/ld+json">{"@id": "https://owner.github.io/small/en/notebooks/loss.html", "name": "Loss",
"inLanguage": "en", "workTranslation": [{"@id": "https://owner.github.io/small/ko/notebooks/loss.html"}]}</script>
<script>run("as it is");</script>
</head>
<body>
<nav aria-label="Pages"><ul><li class="toctree-l1"><a class="reference internal" href="index.html">Start</a></li>
<li class="toctree-l1 current"><a class="reference internal" href="#">Loss</a></li></ul></nav>
<a class="book-colab" href="https://colab.research.google.com/en/loss" title="Open in Colab"><span>Open</span></a>
<details class="book-languages"><summary>English</summary><ul>
<li><a href="../../en/notebooks/loss.html" hreflang="en" lang="en" dir="ltr" aria-current="true">English</a></li>
<li><a href="../../ko/notebooks/loss.html" hreflang="ko" lang="ko" dir="ltr">한국어</a></li>
</ul></details>
<article class="bd-article">
<section id="title">
<span id="loss"></span><h1>Loss<a class="edit-here" href="https://github.com/owner/small/edit/L7" title="Edit"></a>\
<a class="headerlink" href="#title" title="Link to this heading">#</a></h1>
<p>The loss is <math><mi>L</mi></math> with <code><span class="pre">axis=3</span></code>, see <a href="index.html">the
<em>start</em></a>.</p>
<p>More of it.</p>
<section id="what-falls">
<h2>What falls</h2>
<ul class="simple"><li><p>First.</p></li><li><p>Second.</p></li></ul>
<section id="by-halves"><h3>By halves<a class="headerlink" href="#by-halves">#</a></h3><p>So.</p></section>
<div class="cell docutils container"><div class="cell_input docutils container"><div class="highlight"><pre \
style="--lines: 2"><span class="c1"># Draw the loss.</span>
ax<span class="o">.</span>set_title(<span class="s2">"Loss by epoch"</span>)
</pre></div></div>
<div class="cell_output docutils container"><pre>done
</pre>
<img alt="A falling line." src="../_images/english.svg" width="100" height="50" style="aspect-ratio: 100/50"></div>
</div>
<p id="end">The end.</p>
</section>
</section>
</article>
<p class="foot"><a href="../../en/status.html">State</a></p>
<template id="book-copy"><button title="Copy"></button></template>
<output id="book-said" data-copied="Copied"></output>
</body>
</html>
"""
SVG = (
    '<svg width="100pt" height="50pt" viewBox="0 0 100 50"><text x="1">Loss by epoch</text><text x="2">0.5</text></svg>'
)
KOREAN_SVG = SVG.replace("Loss by epoch", "에포크별 손실").replace('"100pt"', '"120pt"').replace("0 0 100", "-20 0 120")
FILES = {"../_images/english.svg": SVG, "../_images/korean.svg": KOREAN_SVG}

# The page in Korean, before whatever a test does to it.
HERE, THERE = (f"https://owner.github.io/small/{code}/notebooks/loss.html" for code in ("ko", "en"))
ALTERNATE = '<link rel="alternate" hreflang="en" href="{}">'
LOCALES = 'content="{}"><meta property="og:locale:alternate" content="{}"'
TRANSLATED = [
    ('lang="en" data', 'lang="ko" data'),
    ("Loss – A small book", "손실 – 작은 책"),
    (THERE, HERE),
    (ALTERNATE.format(HERE), ALTERNATE.format(THERE)),
    ('content="Loss"', 'content="손실"'),
    (LOCALES.format("en_US", "ko_KR"), LOCALES.format("ko_KR", "en_US")),
    ('"name": "Loss"', '"name": "손실"'),
    ('"inLanguage": "en", "workTranslation": [{"@id"', '"inLanguage": "ko", "translationOfWork": [{"@id"'),
    ("google.com/en/loss", "google.com/ko/loss"),
    (' aria-current="true">English', ">English"),
    ('dir="ltr">한국어', 'dir="ltr" aria-current="true">한국어'),
    ("owner/small/edit/L7", "owner/small/po/L21"),
    ("../../en/status.html", "../../ko/status.html"),
    ('<span id="loss">', '<span id="id1">'),
    ('"by-halves"', '"id2"'),
    ("#by-halves", "#id2"),
    ("</a></h1>", '</a></h1>\n<p class="cell-state draft">기계 <a href="../translate.html#review">검토</a></p>'),
]
NOTICES = {"title": ["draft"], "what-falls": [], "plot": [], "end": []}


def own(code: str, edit: str) -> OwnAddresses:
    named = {f"https://colab.research.google.com/{code}/loss": "{colab}"}
    return OwnAddresses(code, BASE, named, f"{REPOSITORY}/{edit}/L", TAGS)


def find(address: str) -> Figure | None:
    return figure(FILES[address]) if address in FILES else None


def replaced(page: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in page, old
        page = page.replace(old, new)
    return page


KOREAN = replaced(ENGLISH, *TRANSLATED)


def english() -> Skeleton:
    return skeleton(ENGLISH, own("en", "edit"), Source(CELLS, find, code=CODE_OF_CELLS, printed={"plot": {"done"}}))


def korean(*pairs: tuple[str, str], notices: dict[str, list[str]] | None = None) -> list[Difference]:
    source = Source(CELLS, find, code=CODE_OF_CELLS, printed={"plot": {"done", "끝"}})
    made = skeleton(replaced(KOREAN, *pairs), own("ko", "po"), source, english())
    return of_lesson(english(), made, notices or NOTICES)


NOT_TRANSLATED = '<p class="cell-state in-english">영어 <a href="https://github.com/owner/small/po/L9">돕기</a></p>'
OUTDATED = (
    '<div class="cell-state outdated"><details><summary>옛것</summary><p>전</p><blockquote lang="en" dir="ltr"><p>It '
    "<del>falls</del></p></blockquote><p>후</p><blockquote><p>It <ins>drops</ins></p></blockquote></details>"
    '<p><a href="https://github.com/owner/small/po/L9">돕기</a></p></div>'
)
FIGURES = '<math dir="ltr" xmlns="http://www.w3.org/1998/Math/MathML" display="inline"><mrow>{}</mrow></math>'
FORMULA, CODE = "<math><mi>L</mi></math>", '<code><span class="pre">axis=3</span></code>'
COMMENT = '<span class="c1"># {}</span>'
ALLOWED: dict[str, list[tuple[str, str]]] = {
    "nothing but the language": [],
    "other words": [("The loss is", "손실은"), ("More of it.", "더.")],
    "words in another order": [(f"is {FORMULA} with {CODE}", f"{CODE}, {FORMULA}")],
    "no emphasis, more of it, a line break": [("<em>start</em>", "start"), ("First.", "<strong>하나</strong><br>")],
    "code in the words of a link": [(f"with {CODE}, see", "와"), ("<em>start</em></a>", f"{CODE} 시작</a>")],
    "a formula said again, and not again": [(f"is {FORMULA} with", f"{FORMULA} {FORMULA}"), ("More", f"{FORMULA} 더")],
    "figures in a formula": [("More of it.", f"{FIGURES.format('<mn>3</mn><mo>&#x000D7;</mo><mn>4</mn>')} 더")],
    "blanks around code": [(CODE, f"{CODE[:6]} {CODE[6:-7]}&nbsp; </code>")],
    "what stays on one line": [(FORMULA, f'<span class="together">{FORMULA}은</span>')],
    "a paragraph parted": [("More of it.", "더</p><p>많이")],
    "two paragraphs in one": [(".</p>\n<p>More of it.", ". ")],
    "two paragraphs in an item": [("<p>First.</p>", "<p>하나</p><p>둘</p>"), (' class="simple"', "")],
    "a part in English": [("<p>More", '<p lang="en" dir="ltr">More'), ("<ul class", '<ul lang="en" dir="ltr" class')],
    "words in attributes": [('title="Edit"', 'title="고치기"'), ('alt="A falling line."', 'alt=""')],
    "what a script says": [('data-copied="Copied"', 'data-copied="복사함"')],
    "a page not translated yet": [
        (ALTERNATE.format(THERE), ""),
        (ALTERNATE.format(HERE).replace('"en"', '"ko"'), ""),
        (f'"canonical" href="{HERE}', f'"canonical" href="{THERE}'),
        (f', "translationOfWork": [{{"@id": "{HERE}"}}]', ""),
    ],
    "a comment over two lines": [
        (COMMENT.format("Draw the loss."), COMMENT.format("손실을") + "\n" + COMMENT.format("그립니다.")),
        ("--lines: 2", "--lines: 3"),
    ],
    "a text of a figure": [
        ("english.svg", "korean.svg"),
        ('"100" height', '"120" height'),
        ("100/50", "120/50"),
        ("Loss by epoch", "에포크별 손실"),
    ],
    "a printed text": [("done\n", "끝\n")],
}


@pytest.mark.parametrize("pairs", ALLOWED.values(), ids=ALLOWED.keys())
def test_a_translation_may_differ_in(pairs: list[tuple[str, str]]) -> None:
    assert korean(*pairs) == []


STRAY = '<p class="cell-state reviewed">Reviewed by Ada</p>'
HARM: dict[str, tuple[tuple[str, str], str, str]] = {
    "a script": (("More of it.", "<script>alert(1)</script>"), "title", "brings `<script>`"),
    "an attribute": (("<p>More", '<p onclick="alert(1)">More'), "title", "onclick"),
    "a style": (("<p>More", '<p style="display: none">More'), "title", "style"),
    "a class": (("<p>More", '<p class="book-search">More'), "title", "book-search"),
    "a foreign link": (('href="index.html">the', 'href="https://elsewhere.org">the'), "title", "elsewhere.org"),
    "another link": (("More of it.", '<a href="index.html">x</a>'), "title", "index.html"),
    "a link less": (('<a href="index.html">the\n<em>start</em></a>', "the start"), "title", "lacks `<a href"),
    "a picture": (("More of it.", '<img src="https://elsewhere.org/p.png">'), "title", "p.png"),
    "an id": (("<p>More", '<p id="mine">More'), "title", "mine"),
    "an id of the frame": (('<h2>', '<span id="book-said"></span><h2>'), "what-falls", "id `book-said` twice"),
    "an id of another cell": (('<h2>', '<span id="end"></span><h2>'), "what-falls", "id `end` twice"),
    "another formula": (("<mi>L</mi>", "<mi>M</mi>"), "title", "<mi>M</mi>"),
    "a script in a formula": (("<mi>L</mi>", "<mtext><script>x</script></mtext>"), "title", "<math>"),
    "a letter beside figures": (("More", FIGURES.format("<mn>3</mn><mi>x</mi>")), "title", "<math"),
    "figures with an attribute": (("More", FIGURES.format("<mn onclick='x'>3</mn>")), "title", "<math"),
    "a formula of figures with an attribute": (
        ("More", FIGURES.format("<mn>3</mn>").replace("<math", "<math href='x'")), "title", "href"
    ),
    "a formula on lines of its own again": (
        ("<p>More", f"<div class='math-block' tabindex='0'>{FORMULA}</div><p>More"), "title", "brings `<math>"
    ),
    "a blank in code": (("axis=3", "axis= 3"), "title", "axis= 3"),
    "other code in words": (("axis=3", "rm -rf"), "title", "rm -rf"),
    "a block of code": (("<p>More of it.</p>", "<pre>import os</pre>"), "title", "<pre>"),
    "an item more": (("<li><p>Second.", "<li><p>x</p></li><li><p>Second."), "what-falls", "`<li>`"),
    "an item less": (("<li><p>Second.</p></li>", ""), "what-falls", "lacks `<li>`"),
    "a comment": (("</ul>\n<section", "</ul><!-- --><section"), "what-falls", "<!--"),
    "a comment that swallows the rest": (("More of it.", "<!-- "), "title", "<!--"),
    "an attribute that swallows the rest": (("More of it.", '<i title="'), "title", "<i title"),
    "an end of the article": (("Second.", "x</p></li></ul></section></section></section></article>"), "what-falls", ""),
    "a cell of its own": (("<p>More of it.</p>", '<div class="cell">x</div>'), "title", "end where the English does"),
    "other code in a cell": (("set_title", "set_text"), "plot", "brings code"),
    "code in a comment": (("# Draw the loss.", "# Draw\nimport os"), "plot", "brings code"),
    "an element in code": (("# Draw the loss.", "<img src=x>"), "plot", "<img src"),
    "a token that is more than a token": (('class="c1"', 'class="c1" onclick="x"'), "plot", "onclick"),
    "a word that the cell does not print": (("done", "끝 2"), "plot", "brings `끝 2`"),
    "an element in an output": (("done", "<b>done</b>"), "plot", "`<b>`"),
    "a picture of another size": (('style="aspect-ratio: 100/50"', 'style="position: fixed"'), "plot", "fixed"),
    "another picture": (("english.svg", "other.svg"), "plot", "other.svg"),
    "an attribute by a quotation mark": (('alt="A falling line."', 'alt="x" onload="alert(1)"'), "plot", "onload"),
    "a notice in a cell": (("<p>More of it.</p>", STRAY), "title", "a notice"),
    "a notice on the next cell": (("<p>More of it.</p>", f"<p>More of it.</p>{STRAY}"), "title", "a notice"),
    "another notice": (("cell-state draft", "cell-state reviewed"), "title", "a notice"),
    "a notice that leads elsewhere": (("../translate.html#review", "https://elsewhere.org"), "title", "a notice"),
    "a notice with more in it": (("기계", "<img src=x>"), "title", "a notice"),
}  # fmt: skip


@pytest.mark.parametrize(("pair", "cell", "said"), HARM.values(), ids=HARM.keys())
def test_a_cell_may_not_bring(pair: tuple[str, str], cell: str, said: str) -> None:
    found = korean(pair)
    assert found[0].cells[0] == cell
    assert said in found[0].message


def differences_of(english: str, made: str) -> list[Difference]:
    """What the Korean page `made` does and the page `english` does not."""
    wanted = skeleton(english, own("en", "edit"), Source(CELLS, find))
    return of_lesson(wanted, skeleton(made, own("ko", "po"), Source(CELLS, find), wanted), NOTICES)


LIST, PARAGRAPH = '<ul><li><a href="a.html">x</a></li></ul>', '<p><a href="b.html">y</a></p>'
ORDERS = {
    "as in English": ([], 0),
    "the paragraph first": ([(LIST + PARAGRAPH, PARAGRAPH + LIST)], 1),
    "links exchanged": ([("a.html", "b.html"), ('b.html">y', 'a.html">y')], 1),
}


@pytest.mark.parametrize(("pairs", "number"), ORDERS.values(), ids=ORDERS.keys())
def test_blocks_stay_in_their_order(pairs: list[tuple[str, str]], number: int) -> None:
    page = replaced(ENGLISH, ("<p>More of it.</p>", LIST + PARAGRAPH))
    assert len(differences_of(page, replaced(page, *TRANSLATED, *pairs))) == number


FORMULA_BLOCK = "<div class='math-block' dir='ltr' tabindex='0'><math><mi>{}</mi></math></div>"
PARTED = f"<p>Plot {CODE}</p>{FORMULA_BLOCK.format('x')}<p>over {FORMULA}.</p>{FORMULA_BLOCK.format('y')}"
ANOTHER_PLACE = {
    "the formula last": (
        f"<p>{FORMULA}에서 {CODE} 그리기</p>{FORMULA_BLOCK.format('x')}{FORMULA_BLOCK.format('y')}",
        0,
    ),
    "the formula first": (f"{FORMULA_BLOCK.format('x')}{FORMULA_BLOCK.format('y')}<p>{FORMULA} {CODE}</p>", 0),
    "formulas exchanged": (PARTED.replace("<mi>x", "<mi>z").replace("<mi>y", "<mi>x").replace("<mi>z", "<mi>y"), 1),
    "another formula": (PARTED.replace("<mi>x", "<mi>z"), 1),
    "a formula less": (PARTED.removesuffix(FORMULA_BLOCK.format("y")), 1),
    "code less": (PARTED.replace(CODE, ""), 1),
    "a style on it": (PARTED.replace("tabindex='0'", "tabindex='0' style='position: fixed'", 1), 1),
    "a script in it": (PARTED.replace("<mi>x</mi>", "<mi>x</mi><script>x</script>"), 1),
    "a paragraph of another class": (PARTED.replace("<p>over", "<p class='book-search'>over"), 1),
}


LISTED = FIGURES.format("<mi>a</mi><mo>,</mo><mrow><mo>(</mo><mi>b</mi><mo>,</mo><mn>2</mn><mo>)</mo></mrow>")
A, B = FIGURES.format("<mi>a</mi>"), "<mrow><mo>(</mo><mi>b</mi><mo>{}</mo><mn>2</mn><mo>)</mo></mrow>"
LISTS = {
    "one by one": (f"{A}와 {FIGURES.format(B.format(','))}", 0),
    "with the language's comma": (LISTED.replace("<mo>,</mo>", "<mi>،</mi>"), 0),
    "one less": (A, 1),
    "another": (LISTED.replace("<mi>a", "<mi>c"), 1),
    "a part of brackets": (LISTED.replace("<mo>)</mo>", ""), 1),
    "a link in it": (LISTED.replace("<mi>a</mi>", "<mi href='x'>a</mi>"), 1),
    "a script behind it": (LISTED.replace("</math>", "<mtext><script>x</script></mtext></math>"), 1),
}


@pytest.mark.parametrize(("made", "number"), LISTS.values(), ids=LISTS.keys())
def test_a_list_of_formulas_may_have_words_in_it(made: str, number: int) -> None:
    page = replaced(ENGLISH, ("More of it.", LISTED))
    assert len(differences_of(page, replaced(KOREAN, ("More of it.", made)))) == number


@pytest.mark.parametrize(("made", "number"), ANOTHER_PLACE.values(), ids=ANOTHER_PLACE.keys())
def test_a_formula_on_lines_of_its_own_may_part_a_sentence_elsewhere(made: str, number: int) -> None:
    page = replaced(ENGLISH, ("<p>More of it.</p>", f"<p>So.</p><ul><li>a</li></ul>{PARTED}"))
    korean_page = replaced(KOREAN, ("<p>More of it.</p>", f"<p>So.</p><ul><li>a</li></ul>{made}"))
    assert len(differences_of(page, korean_page)) == number


@pytest.mark.parametrize(
    ("pair", "harm"),
    [
        (("if 2 of&nbsp;", "wenn&nbsp;2"), False),
        (("if 2 of&nbsp;", "wenn 3"), True),
        (("if 2 of&nbsp;", "<b>2</b>"), True),
        (("<mi>x</mi>", "<mi>y</mi>"), True),
        (("# Draw.", "# Zeichnen."), False),
        (("# Draw.", "import os"), True),
        (("# Draw.", "# type: ignore"), True),
        (("# Draw.", "<img src=x>"), True),
        (('mi">3', 'mi">4'), True),
        (('highlight-python"', 'highlight-ruby"'), True),
    ],
)
def test_words_in_formulas_and_comments_in_blocks_of_python_may_differ(pair: tuple[str, str], harm: bool) -> None:
    formula = "<p><math><mtext>if 2 of&nbsp;</mtext><mi>x</mi></math></p>"
    code = '<pre><span class="c1"># Draw.</span>\nx = <span class="mi">3</span>\n</pre>'
    page = replaced(ENGLISH, ("<p>More of it.</p>", f'{formula}<div class="highlight-python">{code}</div>'))
    assert bool(differences_of(page, replaced(page, *TRANSLATED, pair))) is harm


@pytest.mark.parametrize(("address", "number"), [("#by-halves", 0), ("#id2", 0), ("#end", 1)])
def test_a_link_within_the_page_leads_where_the_english_one_leads(address: str, number: int) -> None:
    page = replaced(ENGLISH, ("More of it.", '<a href="#by-halves">there</a>'))
    made = replaced(page, *TRANSLATED, ('<a href="#id2">there', f'<a href="{address}">there'))
    assert len(differences_of(page, made)) == number


@pytest.mark.parametrize(
    ("notices", "pair"),
    [
        ({**NOTICES, "what-falls": ["in-english"]}, ("</h2>", f"</h2>{NOT_TRANSLATED}")),
        ({**NOTICES, "what-falls": ["outdated"]}, ("</h2>", f"</h2>{OUTDATED}")),
        ({**NOTICES, "plot": ["in-english"]}, ('<div class="cell ', f'{NOT_TRANSLATED}<div class="cell ')),
        ({**NOTICES, "end": ["in-english"]}, ('<p id="end">', f'{NOT_TRANSLATED}<p id="end">')),
        ({**NOTICES, "title": ["draft", "in-english"]}, ("검토</a></p>", f"검토</a></p>{NOT_TRANSLATED}")),
    ],
)
def test_a_notice_of_the_projects_belongs_where_it_stands(notices: dict[str, list[str]], pair: tuple[str, str]) -> None:
    assert korean(pair, notices=notices) == []
    assert [each.message for each in korean(notices=notices)] == ["has a notice that is not the project's"]
    assert [each.message for each in korean(pair)] == ["has a notice that is not the project's"]


CANONICAL = '"canonical" href="https://{}.github.io/small/ko'
KOREAN_ALTERNATE = 'hreflang="ko" href="https://{}.github.io'
REFRESH = '<meta http-equiv="refresh" content="0; url=https://elsewhere.org">'
FRAME: dict[str, tuple[tuple[str, str], str, tuple[str, ...]]] = {
    "a script in the head": (("<title>", "<script>alert(1)</script><title>"), "<script>", ("#",)),
    "a title that ends": (("손실 – 작은 책", "</title><script>alert(1)</script>"), "<script>", ("#",)),
    "another script": (("as it is", "otherwise"), "otherwise", ("#",)),
    "a foreign canonical": ((CANONICAL.format("owner"), CANONICAL.format("another")), "another", ()),
    "a foreign alternate": ((KOREAN_ALTERNATE.format("owner"), KOREAN_ALTERNATE.format("x")), "other languages", ()),
    "a meta element": (('<meta property="og:type"', f'{REFRESH}<meta property="og:type"'), "refresh", ()),
    "structured data with more": (('"name": "손실"', '"name": "손실", "a": "elsewhere"'), '{"@id"', ()),
    "structured data that leads elsewhere": ((f'{{"@id": "{HERE}"', '{"@id": "elsewhere"'), "elsewhere", ()),
    "a link in the list of pages": (
        ('internal" href="index.html"', 'internal" href="end.html"'),
        "end.html",
        ("end.html", "#"),
    ),
    "the title of another page": (("Start", "<script>x</script>"), "<script>", ("index.html", "#")),
    "the title of the page": (('href="#">Loss', 'href="#"><b>Loss</b>'), "<b>", ("#", "#")),
    "the menu": (('href="../../en/notebooks/loss.html"', 'href="../../ko/notebooks/loss.html"'), "ko/notebooks", ()),
    "the link of a button": (("google.com/ko/loss", "google.com/en/loss"), "google.com/en", ()),
    "what a script copies": (('<button title="Copy">', '<button title="" onclick="x">'), "onclick", ()),
    "the foot": (("../../ko/status.html", "../../ar/status.html"), "ar/status", ()),
}


@pytest.mark.parametrize(("pair", "said", "links"), FRAME.values(), ids=FRAME.keys())
def test_nor_may_differ_what_is_around_the_cells(pair: tuple[str, str], said: str, links: tuple[str, ...]) -> None:
    (found,) = korean(pair)
    assert found.cells == ()
    assert said in found.message
    assert found.links[: len(links)] == links


def test_a_number_in_a_figure_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    file = "../_images/number.svg"
    monkeypatch.setitem(FILES, file, SVG.replace(">0.5<", ">0.7<"))
    (found,) = korean(("../_images/english.svg", file))
    assert found == Difference("shows `0.7` in a figure where the English has `0.5`", ("plot", "what-falls"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Loss by epoch", "x</text><script>alert(1)</script><text>"),
        ("<text x=", '<text onclick="x" x='),
        ('height="50pt"', 'height="500pt"'),
        ('<text x="2">0.5</text>', ""),
    ],
)
def test_a_figure_has_other_words_and_nothing_else(old: str, new: str) -> None:
    assert figure(KOREAN_SVG).form == figure(SVG).form
    assert figure(SVG.replace(old, new)).form != figure(SVG).form


def test_an_id_that_stands_twice_is_found_in_english_too() -> None:
    page = skeleton(replaced(ENGLISH, ("<p>More", '<p id="book-said">More')), own("en", "edit"), Source(CELLS, find))
    assert list(doubled_ids(page)) == [Difference("gives the id `book-said` twice; rename one", ("title",))]
    assert list(doubled_ids(english())) == []


FURTHER = (
    '<html><body><article><h1>State</h1><ul><li><a href="../ko/status.html">x</a></li></ul>'
    '<p><code dir="ltr">a</code></p></article></body></html>'
)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<ul>", "<ul><li>more of them</li>", ""),
        ("<p>", "<blockquote><p>a <em>note</em> on style</p></blockquote><p>", ""),
        ("<h1>", f'<a href="{REPOSITORY}/edit/main/translations/ko/loss.po">a file</a><h1>', ""),
        ("State", "<script>alert(1)</script>", "`<script>alert(1)`"),
        ("State", "<img src=x>", "`<img src='x'>`"),
        ("State", '<a href="https://elsewhere.org">x</a>', "elsewhere"),
        ("State", '<p class="book-search">x</p>', "book-search"),
        ("</article>", "</article><p>x</p>", "around its cells"),
    ],
)
def test_a_page_that_is_no_lesson_may_say_more_and_do_no_more(old: str, new: str, said: str) -> None:
    files = OwnAddresses(named={f"{REPOSITORY}/edit/main/translations/ko/loss.po": "{file}"}, tags=TAGS)
    page, place = replaced(FURTHER, (old, new)), OwnAddresses("ko", BASE)
    words = vocabulary(FURTHER, files), vocabulary(page, files)
    found = of_further_page(skeleton(FURTHER, place), skeleton(page, place), words)
    assert len(found) == bool(said)
    assert all(said in each.message for each in found)


@pytest.mark.parametrize(
    ("title", "harmless"), [("책", True), ("a &lt;b&gt;", True), ("<b>책</b>", False), ('" onclick="x', False)]
)
def test_a_page_for_all_languages_does_the_same_with_other_words(title: str, harmless: bool) -> None:
    def page(said: str) -> str:
        data = said.replace("<", "\\u003c").replace('"', "\\u0022")
        return f'<p title="{said}">{said}</p><script>\n  var languages = [{{"title": "{data}"}}];\n  run();</script>'

    assert speaks(page(title), page("")) is harmless
    assert not speaks(page("").replace("run()", "walk()"), page(""))
