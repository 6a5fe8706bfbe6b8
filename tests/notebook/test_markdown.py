"""The parts of a Markdown text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.notebook.markdown.as_jupyter import as_jupyter_reads
from book.notebook.markdown.latex_form import latex_form
from book.notebook.markdown.parts import parts, skeleton
from book.notebook.markdown.tokens import escaped
from book.notebook.markdown.words import description, has_words, heading, headings

TEXT = """# Norm `x`

A mean $\\mu$ of 3.5 and [a *link*](https://example.org), ![cube](cube.png).

$$
y = x
$$

- one
- two 4

| a | b |
|---|---|
| 1 | 2 |
"""


def test_every_part_is_listed() -> None:
    made = parts(TEXT)
    assert (made.maths, made.code, made.links, made.images) == (
        ["\\mu", "y = x"],
        ["x"],
        ["https://example.org"],
        ["cube.png"],
    )
    assert made.headings == ["h1"]
    assert made.blocks.count("li") == 2
    assert made.blocks.count("td") == 2


def test_a_dangerous_link_is_seen_not_dropped() -> None:
    assert parts("[x](javascript:alert(1))").links == ["javascript:alert(1)"]


def test_html_is_seen() -> None:
    assert parts("a <b>c</b>\n\n<script>d</script>").html == ["<b>", "</b>", "<script>d</script>"]


def test_description_and_heading_are_plain_words() -> None:
    assert heading(TEXT) == "Norm x"
    assert description("# T\n\nOne *two*\nthree.\n\nFour.") == "One two three."
    assert description("# T") == "T"


def test_a_description_has_no_latex() -> None:
    assert description(
        "# T\n\nHere $n = 3$. Then $\\frac{x}{\\sigma}$ is it! `axis=3` stays."
    ) == "Here n = 3. `axis=3` stays.".replace("`", "")
    assert description("# T\n\n$x_1$ alone.\n\nWords.") == "Words."


@pytest.mark.parametrize(
    "other",
    [
        '# Norma `x`\n\nSee [*there*](a.ipynb "a title") **and** $m$.\n\nMore.',
        "# `x` norm\n\n$m$ comes first.\n\nThen, *as* [said](a.ipynb 'y').",
    ],
)
def test_the_skeleton_leaves_words_emphasis_and_their_order_free(other: str) -> None:
    assert skeleton(other) == skeleton("# Norm `x`\n\nSee [there](a.ipynb 'x') and $m$.")


@pytest.mark.parametrize(
    "other",
    [
        "## Norm `x`\n\nSee [there](a.ipynb 'x') and $m$.",
        "# Norm\n\nSee `x` [there](a.ipynb) and $m$.",
        "# Norm `x`\n\nSee [there](b.ipynb) and $m$.",
        "# Norm `x`\n\n> See [there](a.ipynb 'x') and $m$.",
        "# Norm `x`\n\nSee [there](a.ipynb) and $m$.\n\n---",
        "# Norm `x`\n\nSee [there](a.ipynb) and $m$.\n\n1. ***",
        "# Norm `x`\n\nSee [there](a.ipynb) and $m$.\n\n+++ {}",
        "# Norm `x`\n\nSee [there](a.ipynb) and $m$ {abbr}`x`.",
        "# Norm `x`\n\nSee [there](a.ipynb) and $m$<br>.",
    ],
)
def test_the_skeleton_sees_every_block_link_formula_and_their_places(other: str) -> None:
    assert skeleton(other) != skeleton("# Norm `x`\n\nSee [there](a.ipynb) and $m$.")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("see https://example.org/a, then", "https://example.org/a"),
        ("WWW.example.org", "WWW.example.org"),
        ("ask me@example.org.", "me@example.org"),
        (r"\\(x\\)", r"\\(x\\)"),
        (r"\\[x", r"\\["),
        (r"&#92;(\require{html}x", r"\("),
        (r"\begin{", r"\begin"),
        (r"https\&#58;//example.org/a", "https://example.org/a"),
        ("\\begin{equation}\nx\n\\end{equation}", "\\begin{equation}x\\end{equation}"),
        (r"\<script>", "<script>"[:-1]),
        ("`a` <!-- b", "<!--"),
        ("```\n<b>\n", "<b"),
    ],
)
def test_what_jupyter_would_make_a_link_a_formula_or_a_tag_is_seen(text: str, seen: str) -> None:
    assert as_jupyter_reads(text)[seen]


@pytest.mark.parametrize("text", ["a < b", "Data: x", r"5 \$", "a.b.c", "user@home", "e.g. this"])
def test_ordinary_words_are_nothing_to_jupyter(text: str) -> None:
    assert not as_jupyter_reads(text)


@given(st.text(alphabet=st.sampled_from(list("ab \\`*_[]<>()&$~|#+-.!1\n:/@{}")), max_size=40))
def test_escaped_words_are_nothing_but_words(text: str) -> None:
    made = parts(f"x {escaped(text)} y")
    assert [name for name, found in vars(made).items() if found] == ["words"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a +  b", "a+b", True),
        (r"\alpha x", r"\alphax", False),
        (r"\text{if } x", r"\text{if} x", False),
        (r"a\ b", r"a\b", False),
        ("x_1\n+ 2", "x_1 + 2", True),
    ],
)
def test_blanks_count_in_a_formula_only_where_they_change_it(one: str, other: str, same: bool) -> None:
    assert (latex_form(one) == latex_form(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("<td><a href='x'>View</a></td>", "<td><a href='x'>보기</a></td>", True),
        ('<img src="x" alt="a cube">', '<img src="x" alt="정육면체">', True),
        ("<td>View</td>", "<td onclick='x'>View</td>", False),
        ("<td>View</td>", "<td>View<script></td>", False),
        ("<td>View</td>", "<td>a < b</td>", False),
        ("<script>a</script>", "<script>b</script>", False),
        ("<div>View<pre>x</pre></div>", "<div>보기<pre>x</pre></div>", True),
        ("<div>View<pre>x</pre></div>", "<div>View<pre>y</pre></div>", False),
        ("<!-- a -->", "<!-- b -->", False),
        ('<a title="x">', '<a title="x" onclick="y">', False),
        ('<a title="x">', "<a title=\"'x\" onclick='y'>", False),
    ],
)
def test_words_in_html_are_free_and_nothing_else(one: str, other: str, same: bool) -> None:
    assert (parts(f"{one}\n").html == parts(f"{other}\n").html) is same


@pytest.mark.parametrize("text", ["$$\ny = x\n$$", "`code`", "---", "![](a.png)", "1 2 3", "```\nwords\n```"])
def test_what_has_no_words_is_not_to_be_translated(text: str) -> None:
    assert not has_words(text)


@pytest.mark.parametrize("text", ["# A", "<td>words</td>", "![words](a.png)", "가", "- `x` is *it*"])
def test_what_has_words_is(text: str) -> None:
    assert has_words(text)


def test_a_line_that_begins_with_a_percent_sign_is_words() -> None:
    assert parts("%50'den fazlası\n\n- %90'ı").words == ["%50'den fazlası", "%90'ı"]


def test_a_comment_in_code_is_no_heading() -> None:
    assert headings("## One `x`\n\n```python\n# two\n```\n\nThree\n=====") == ["One `x`", "Three"]


def test_fences_within_fences_without_end_are_read() -> None:
    assert as_jupyter_reads("````{note}\n$a$\n" * 600)["$"] > 0
