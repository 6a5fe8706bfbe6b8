"""The parts of a Markdown text."""

from __future__ import annotations

from book.markdown import description, heading, numbers, parts, values
from book.prose import prose_lines

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


def numbers_in(text: str) -> list[str]:
    """The numbers of a text as the rules see them."""
    return numbers("\n".join(prose_lines(text, markdown=True)))


def test_numbers_are_read_in_every_notation() -> None:
    assert [values(number) for number in numbers_in("3.5 3,5 ٣٫٥ ३.५")] == [{"3.5"}] * 4
    assert all("10000" in values(number) for number in numbers_in("10,000 10.000 10\u00a0000"))
    assert not values("0.86") & values("8.6")


def test_a_tables_numbers_are_not_one_with_a_space_in_it() -> None:
    assert numbers_in("| a | b |\n|---|---|\n| 32 | 256 |") == ["32", "256"]
    assert values(numbers_in("10 000.5")[0]) == {"10000.5"}


def test_numbers_in_maths_and_code_do_not_count() -> None:
    assert numbers_in("$3$ `4` five") == []


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
