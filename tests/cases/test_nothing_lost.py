"""What Jupyter shows of a cell is on its page, or the build says what is not, with file, line and cell."""

from __future__ import annotations

from nbformat.v4 import new_output

from tests.cases.books import Case, code_cell, shows

LOST = {
    "```{raw} latex\nhidden words\n```": "`hidden`, `words`",
    "+++ hidden words": "`hidden`, `words`",
    "Words.\n\n[^one]: hidden footnote": "`hidden`, `footnote`",
    "```{only} latex\nhidden words\n```": "`hidden`, `words`",
}


def test_words_that_are_lost_are_told_by_cell(case: Case) -> None:
    case.write(*((f"c-{number}", text) for number, text in enumerate(LOST)))
    said = [line for line in case.build("en") if line.endswith("(lost)")]
    for number, (line, words) in enumerate(zip(said, LOST.values(), strict=True)):
        assert line.startswith("notebooks/case.ipynb:")
        assert f"cell `c-{number}`: {words} is not on the page" in line


def test_outputs_of_which_nothing_is_shown_are_told_by_cell(case: Case) -> None:
    case.write(
        code_cell("one", "show()", shows({"application/vnd.plotly.v1+json": {}})),
        code_cell("two", "show()", shows({"text/plain": "words"})),
        code_cell("three", "show()", new_output("stream", text="words\n")),
        code_cell("four", "x = 1"),
    )
    assert [line.split("`")[1] for line in case.build("en") if line.endswith("(lost)")] == ["one"]


KEPT = [
    "# A *heading* of `code`\n\nWords with $x_{max}$ and [a link](index.ipynb), <b>bold</b>, https://example.org/path.",
    "| one | two |\n|---|---|\n| three | four |\n\n> quoted\n\n1. first\n2. second",
    "(target)=\n## Target\n\nSee {ref}`target`, {math}`y = x`, {doc}`index` and {sub}`low`.",
    "```python\ndef function():\n    return 'text'\n```\n\n    indented code",
    "Note[^note].\n\n[^note]: With a footnote.\n\n[other]: https://example.org/definition",
    "<!-- a comment -->\n<details>\n<summary>Summary</summary>\nInner words.\n</details>",
    '$$\n\\text{loss} = \\operatorname{mean}(x)\n$$\n\nDon\'t "quote" -- or dash... &copy; caf&eacute;',
    "```{admonition} Careful\n:class: tip\nBody.\n```\n\n:::{note}\n:name: named\nWords.\n:::",
    "Line with a\\\nbreak and \\*escaped\\* stars\n***\nafter",
    "% of all",
    "\\begin{align}\nalpha &= beta\n\\end{align}",
    "~~struck~~\n\n- [ ] task",
    "![alternative words](a.png 'titled')",
    "![the `axis` of\nmany $x$ words](a.png)",
    ":::{figure-md} name-of-it\n![alternative](a.png)\n\nA caption.\n:::",
    ":::{figure} a.png\n:alt: alternative\n\nA caption.\n:::",
    "```{list-table}\n:header-rows: 1\n\n* - one\n  - two\n* - three\n  - four\n```",
]


def test_ordinary_content_is_whole(case: Case) -> None:
    case.write(*((f"c-{number}", text) for number, text in enumerate(KEPT)), files={"a.png": b"x"})
    assert [line for line in case.build("en", "ko") if line.endswith("(lost)")] == []
    assert case.page().find("img", alt="the axis of many x words")
