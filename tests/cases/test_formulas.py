"""Formulas, money and definitions as notebooks have them: shown as Jupyter shows them, in every language, or told."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup, Tag
from nbformat.v4 import new_code_cell, new_output

from book.cli import main
from tests.cases.books import Case
from tests.small_book import Book, markdown, write_page


def write(book: Book, **cells: str) -> None:
    """Give the page `loss` these Markdown cells below its title, and sync."""
    kept = [markdown("title", "# Loss"), *(markdown(name.replace("_", "-"), text) for name, text in cells.items())]
    write_page(book.root, "loss", kept)
    assert main(["sync"]) == 0


def found(capsys: pytest.CaptureFixture[str], *rules: str) -> list[str]:
    """What `check` finds by these rules, by any if none is given."""
    capsys.readouterr()
    main(["check"])
    lines = capsys.readouterr().out.splitlines()
    return [line for line in lines if not rules or line.rpartition("(")[2].rstrip(")") in rules]


def built(book: Book, capsys: pytest.CaptureFixture[str], language: str = "en") -> tuple[BeautifulSoup, list[str]]:
    """The built page `loss`, and what the build says to standard error."""
    capsys.readouterr()
    assert main(["build", language]) == 0
    html = (book.project.html / language / "notebooks" / "loss.html").read_text(encoding="utf-8")
    return BeautifulSoup(html, "html.parser"), capsys.readouterr().err.splitlines()


def cell(page: BeautifulSoup, name: str) -> Tag:
    """The element that bears the id of a cell."""
    element = page.find(id=name)
    assert isinstance(element, Tag)
    return element


def shown(element: Tag) -> str:
    return re.sub(r"\s+", "", element.get_text())


def line_of(book: Book, page: str, name: str) -> int:
    lines = book.project.notebook(page).read_text(encoding="utf-8").splitlines()
    places = [number for number, line in enumerate(lines, 1) if '"cell_type"' in line]
    return places[[each.id for each in book.page(page).cells].index(name)]


ALIGN = "\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}"


def test_environments_are_formulas_with_and_without_dollars(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        tmp_book,
        aligned="$$\n\\begin{aligned}\na &= b \\\\\n  &= c\n\\end{aligned}\n$$",
        bare=f"The sum is\n\n{ALIGN}\n\nand so on.",
        close=f"The sum is\n{ALIGN}\nand so on.",
        inside="So \\begin{equation*}e = f\\end{equation*} holds, and $$g$$ too.",
        cases="$$f = \\begin{dcases} 1 & x \\\\ 0 & y \\end{dcases}$$",
        item="- an item:\n  \\begin{gather*}\n  a \\\\ b\n  \\end{gather*}\n- another",
        nested="```{note}\nIn a note:\n\n\\begin{multline*}\na \\\\ b\n\\end{multline*}\n```",
        directive="```{math}\na = b \\\\\nc = d\n```",
    )
    assert found(capsys) == []
    page, said = built(tmp_book, capsys)
    assert said == []
    article = page.find("article")
    assert isinstance(article, Tag)
    assert len(article.find_all("mtable")) == 7
    assert len(article.find_all("math")) == 9
    assert not re.search(r"\\|&|\$", article.get_text())
    assert article.find_all("p", string=re.compile("and so on")) != []


def test_numbers_run_on_and_references_lead_to_them(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        tmp_book,
        first="$$\\begin{align} a &= b \\\\ c &= d \\end{align}$$",
        second="$$\\begin{align} e &= f \\label{sum} \\\\ g &= h \\end{align}$$",
        myst="$$ x $$ (energy)",
        words="See \\eqref{sum}, $\\ref{sum}$ and {eq}`energy`.",
    )
    assert found(capsys) == []
    page, said = built(tmp_book, capsys)
    assert said == []
    tags = [tag.get_text() for tag in page.find_all("mtd", class_="tag")]
    assert tags == ["(1)", "(2)", "(3)", "(4)", "(5)"]
    links = cell(page, "words").find_all("a")
    assert [link.get_text() for link in links] == ["(3)", "3", "(5)"]
    for link in links:
        assert page.find(id=str(link["href"]).removeprefix("#"))


def test_labels_give_way_to_cells_and_headings_to_labels(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        tmp_book,
        first="$$ a \\tag{1} \\label{one} $$ \n\n## Equation two\n\n$$ b \\tag{2} \\label{two} $$",
        equation_one="Words, see \\eqref{one} and \\eqref{two}.",
        again="$$ c \\label{two} \\tag{3} $$",
    )
    (finding,) = found(capsys)
    assert "cell `again`" in finding
    assert "has the label `two`, which a formula before it has (formula)" in finding
    page, said = built(tmp_book, capsys)
    assert len(said) == 1
    links = cell(page, "equation-one").find_all("a")
    assert [link["href"] for link in links] == ["#equation-one", "#equation-two"]
    assert shown(cell(page, "equation-two")) == "b(2)"


def test_formulas_that_code_shows_are_set(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    shows = new_code_cell("x**2", execution_count=1)
    shows["id"] = "shows"
    data = {"text/latex": "$\\displaystyle \\begin{aligned} x^{2} \\end{aligned}$", "text/plain": "x**2"}
    shows.outputs = [new_output("execute_result", data, execution_count=1)]
    wrong = new_code_cell("y", execution_count=2)
    wrong["id"] = "wrong"
    wrong.outputs = [new_output("execute_result", {"text/latex": "$y_1_2$", "text/plain": "y"}, execution_count=2)]
    write_page(tmp_book.root, "loss", [markdown("title", "# Loss"), shows, wrong])
    (finding,) = found(capsys, "formula")
    assert "cell `wrong`: the formula `y_1_2` cannot be set: double subscripts" in finding
    page, said = built(tmp_book, capsys)
    assert len(said) == 1
    assert len(page.find_all("mtable")) == 1


def test_macros_hold_in_later_cells(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        tmp_book,
        before="Undefined: $\\norm{x}$.",
        macros="$\\newcommand{\\norm}[1]{\\lVert #1 \\rVert} \\def\\R{\\mathbb{R}}$",
        block="$$\n\\DeclareMathOperator*{\\argmin}{arg\\,min}\n$$",
        use="The $\\norm{x}$ of $x \\in \\R$, $\\argmin_k p_k$ and $\\arg\\max_k p_k$.",
    )
    (finding,) = found(capsys)
    assert "cell `before`: the formula `\\norm{x}` has `\\norm`, which is not known" in finding
    page, said = built(tmp_book, capsys)
    assert len(said) == 1
    assert shown(cell(page, "use")) == "The‖x‖ofx∈ℝ,argminkpkandargmaxkpk."
    assert shown(cell(page, "macros")) == ""
    assert cell(page, "block").has_attr("hidden")


def test_macros_that_html_hides_hold_in_later_cells(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        tmp_book,
        hidden="<div class='x'>\n$\\newcommand{\\R}{\\mathbb{R}}$\n$$\\def\\T{\\top}$$\n</div>",
        use="All of $\\R^\\T$.",
    )
    assert found(capsys, "formula", "maths") == []
    page, said = built(tmp_book, capsys)
    assert said == []
    assert shown(cell(page, "use")) == "Allofℝ⊤."


def test_macros_of_the_settings_hold_on_every_page(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_book, use="The $\\floor{x}$.")
    assert len(found(capsys, "formula")) == 1
    with (tmp_book.root / "_config.yml").open("a") as config:
        config.write("sphinx:\n  config:\n    mathjax3_config:\n      tex:\n        macros:\n")
        config.write('          "floor": ["\\\\lfloor #1 \\\\rfloor", 1]\n')
    assert found(capsys, "formula") == []
    page, said = built(tmp_book, capsys)
    assert said == []
    assert shown(cell(page, "use")) == "The⌊x⌋."


UNSET = {
    "two indices": ("$x_i_j$", "x_i_j", "cannot be set: double subscripts"),
    "an unknown command": ("$\\unknown{x}$", "\\unknown{x}", "has `\\unknown`, which is not known"),
    "an end that is missing": ("$$\\begin{aligned} a$$", "\\begin{aligned} a", "has no `\\end{aligned}`"),
    "an unknown environment": ("\\begin{CD}\nA\n\\end{CD}", "\\begin{CD} A \\end{CD}", "has the environment `CD`"),
    "a reference to nothing": ("\\eqref{gone}", "\\eqref{gone}", "refers to `gone`"),
}


def test_what_cannot_be_set_is_told_and_stops_nothing(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_book, **{f"c{n}": f"A slip: {text}\n\nOr $y$." for n, (text, _, _) in enumerate(UNSET.values())})
    told = found(capsys)
    page, said = built(tmp_book, capsys)
    assert len(told) == len(said) == len(UNSET)
    for number, (_, latex, why) in enumerate(UNSET.values()):
        line = line_of(tmp_book, "loss", f"c{number}")
        place = f"notebooks/loss.ipynb:{line}: cell `c{number}`: the formula `{latex}` {why}"
        assert [line for line in told if line.startswith(place) and line.endswith("(formula)")] != []
        assert [line for line in said if line.startswith(place)] != []
    codes = [" ".join(code.get_text().split()) for code in page.find_all("code", class_="latex")]
    assert codes == [latex for _, latex, _ in UNSET.values()]
    assert len(page.find_all("math")) == len(UNSET)


def test_an_environment_without_an_end_is_told(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_book, open="So \\begin{align} a &= b")
    (finding,) = found(capsys, "formula")
    assert "cell `open`: `\\begin{align}` has no partner, so that no formula comes of it; give it one" in finding


def test_a_finding_about_a_formula_can_be_allowed(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_book, bad="A slip: $x_i_j$")
    allowed = {"allow": {"formula": "it shows what a slip looks like"}}
    tmp_book.edit("loss", lambda page: page.cells[1].metadata.update(book=allowed))
    assert found(capsys) == []


def test_formulas_are_kept_in_translations_blanks_are_not(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_book, bare=f"The sum is\n\n{ALIGN}\n\nand $a +  b$.", other=f"So\n\n{ALIGN}\n\nit is, see \\eqref{{x}}.")
    tmp_book.translate("ko", "loss/bare", "합은\n\n\\begin{align}\na &= b\\\\\nc &=  d\n\\end{align}\n\n및 $a+b$.")
    tmp_book.translate(
        "ko", "loss/other", "그래서\n\n\\begin{align}\na &= x \\\\\nc &= d\n\\end{align}\n\n입니다 \\eqref{y}."
    )
    told = [line for line in found(capsys, "maths") if "/ko/" in line]
    assert len(told) == 4
    assert all("`loss/other`" in line for line in told)
    page, _ = built(tmp_book, capsys, "ko")
    assert "합은" in shown(page)
    assert "그래서" not in shown(page)


MONEY = "It costs $5 and later $10 in all."


def test_money_is_money_and_told_where_jupyter_makes_a_formula_of_it(
    tmp_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_book, bare=MONEY, escaped=MONEY.replace("$", "\\$"), words="It costs $5 and the rest $nothing.")
    told = found(capsys)
    assert len(told) == 2
    assert (
        "cell `bare`: `$5 and later $` is money here and a formula in Jupyter; write `\\$` for `$` (money)" in told[0]
    )
    assert "cell `words`: `$5 and the rest $` is a formula; if it is none, write `\\$` for `$` (money)" in told[1]
    page, said = built(tmp_book, capsys)
    assert said == []
    assert cell(page, "bare").get_text() == cell(page, "escaped").get_text() == MONEY


@pytest.mark.parametrize("text", ["Set $HOME and $PATH.", "It is 5$ and 10$ now."])
def test_words_between_dollars_are_told(tmp_book: Book, capsys: pytest.CaptureFixture[str], text: str) -> None:
    write(tmp_book, words=text, formulas="So $x $ is $ MSE $, and $ a b$ is $\\max x $ of $ N = 10$.")
    assert [line.split("`")[1] for line in found(capsys)] == ["words"]


@pytest.mark.parametrize("english", [MONEY, MONEY.replace("$", "\\$")])
@pytest.mark.parametrize("said", ["모두 $5, 나중에는 \\$10입니다.", "모두 \\$5, 나중에는 \\$10입니다."])
def test_translations_escape_money_or_not(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], english: str, said: str
) -> None:
    write(tmp_book, bare=english)
    tmp_book.translate("ko", "loss/bare", said)
    told = [line for line in found(capsys) if "translations/ko" in line]
    assert told == []
    page, _ = built(tmp_book, capsys, "ko")
    assert cell(page, "bare").get_text() == "모두 $5, 나중에는 $10입니다."


def draw(book: Book, source: str, drawn: str) -> None:
    """Give the page `loss` a figure."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{drawn}</svg>'
    plot = new_code_cell(source, metadata={"mystnb": {"image": {"alt": "A line."}}}, execution_count=1)
    plot["id"] = "plot"
    plot.outputs = [new_output("display_data", {"image/svg+xml": svg, "text/plain": "<Figure>"})]
    write_page(book.root, "loss", [markdown("title", "# Loss"), plot])
    assert main(["sync"]) == 0


DRAWN, ESCAPED = "지금 $5 입니다", "지금 \\$5 입니다"


@pytest.mark.parametrize(
    ("english", "said"), [("costs $5 now", DRAWN), ("costs $5 now", ESCAPED), ("costs \\$5 now", ESCAPED)]
)
def test_dollars_in_figures_are_drawn_as_matplotlib_draws_them(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], english: str, said: str
) -> None:
    draw(tmp_book, f"ax.set_title({english!r})", '<text x="1">costs $5 now</text>')
    tmp_book.translate("ko", "loss/plot", said, english)
    assert [line for line in found(capsys) if "translations/ko" in line] == []
    assert main(["build", "ko"]) == 0
    drawn = "".join(path.read_text() for path in (tmp_book.project.html / "ko" / "_images").glob("*.svg"))
    assert DRAWN in drawn


def test_a_dollar_more_than_the_english_draws_is_told(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    draw(tmp_book, r"ax.set_title('costs \\$5 now')", '<text x="1">costs $5 now</text>')
    tmp_book.translate("ko", "loss/plot", DRAWN, "costs \\$5 now")
    assert len([line for line in found(capsys) if "translations/ko" in line]) == 1


LETTERS = '<!-- Loss of $\\beta$ --><g><text><tspan x="0">L</tspan><tspan x="7">o</tspan></text></g>'


def test_a_figures_text_with_a_formula_is_told_and_not_counted(
    tmp_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    draw(tmp_book, 'ax.set_title(r"Loss of $\\beta$")\nax.set_xlabel("epoch")\nax.legend([r"$\\beta$"])', LETTERS)
    texts = [entry.msgid for entry in tmp_book.po("ko", "loss") if entry.msgctxt == "loss/plot" and not entry.obsolete]
    assert texts == ["epoch", "A line."]
    (finding,) = found(capsys)
    place = (
        f"notebooks/loss.ipynb:{line_of(tmp_book, 'loss', 'plot')}: cell `plot`: its line 1 draws `Loss of $\\beta$`"
    )
    assert finding.startswith(place)
    assert finding.endswith("draw the words by themselves, to translate them (figure-formula)")


def test_each_cell_has_its_own_definitions(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        tmp_book,
        fa="First claim[^1].\n\n[^1]: Proof of the first.",
        fb="Second claim[^1], and again[^1].\n\n[^1]: Proof of the second.",
        fc="Third claim[^own].\n\n[^own]: Proof of the third.",
        ra="Read [the paper][1].\n\n[1]: https://example.org/first",
        rb="Read [the other][1] and [one more][two].\n\n[1]: https://example.org/second",
        rc="Words, and a definition for the cell before.\n\n[two]: https://example.org/third",
    )
    assert found(capsys) == []
    page, said = built(tmp_book, capsys)
    assert said == []
    notes = {}
    for name in ("fa", "fb", "fc"):
        link = cell(page, name).find("a", class_="footnote-reference")
        assert isinstance(link, Tag)
        notes[name] = cell(page, str(link["href"]).removeprefix("#")).get_text()
    assert ["first" in notes["fa"], "second" in notes["fb"], "third" in notes["fc"]] == [True] * 3
    links = {name: [str(a["href"]) for a in cell(page, name).find_all("a")] for name in ("ra", "rb")}
    assert links == {
        "ra": ["https://example.org/first"],
        "rb": ["https://example.org/second", "https://example.org/third"],
    }


def test_definitions_stay_with_their_cells_in_translations(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        tmp_book,
        ra="Read [the paper][1], it says[^a].\n\n[1]: https://example.org/first\n[^a]: The first.",
        rb="Read [the other][1], it says[^a].\n\n[1]: https://example.org/second\n[^a]: The second.",
    )
    tmp_book.translate(
        "ko", "loss/rb", "[다른 글][1]을 읽으세요[^a].\n\n[1]: https://example.org/second\n[^a]: 두 번째."
    )
    assert [line for line in found(capsys) if "/ko/" in line] == []
    page, said = built(tmp_book, capsys, "ko")
    assert said == []
    other = page.find("a", string="다른 글")
    assert isinstance(other, Tag)
    assert other["href"] == "https://example.org/second"
    assert "두 번째." in page.get_text()


def test_a_blank_line_in_a_translated_formula_is_found_as_jupyter_breaks_it_off_there(case: Case) -> None:
    case.write(("body", "The square:\n\n$$\ny = x^2\n$$\n\nIt grows."))
    case.translate("body", ("The square:", "제곱:"), ("It grows.", "커집니다."), ("y = x^2", "y =\n\nx^2"))
    assert case.rules() == {"jupyter"}
    case.translate("body", ("The square:", "제곱:"), ("It grows.", "커집니다."), ("y = x^2", "y =\nx^2"))
    assert case.rules() == set()
