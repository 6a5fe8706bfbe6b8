"""The rules about notebooks as an author meets them: `book check` on a notebook of fixtures/xfail or fixtures/xpass.

A fixture is called RULE.ipynb. In one that fails, the metadata of each cell says under `expect` what is found in it,
and that of the first cell under `expect_of_notebook` what is found in the notebook's own metadata.
"""

from __future__ import annotations

import importlib
import pkgutil
import shutil
from pathlib import Path

import docutils.parsers.rst.languages as docutils_languages
import pytest
from docutils.parsers.rst.directives import misc
from hypothesis import given
from hypothesis import strategies as st
from myst_nb.core.config import NbParserConfig, Section
from myst_parser.parsers.directives import parse_directive_text
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from book.cli import main
from book.notebook import ipynb
from book.notebook.markdown.directives import split_options
from book.notebook.markdown.myst import HARMLESS_DIRECTIVES, HARMLESS_ROLES, passes_through
from book.po.suppressions import RULE as SILENCE
from book.rules.notebooks import LOOK_KEYS, NOTEBOOK_RULES, findings
from tests.small_book import Book

FIXTURES = Path(__file__).parent / "fixtures"
FAILING = sorted((FIXTURES / "xfail").glob("*.ipynb"))
PASSING = sorted((FIXTURES / "xpass").glob("*.ipynb"))


def checked(tmp_book: Book, capsys: pytest.CaptureFixture[str], fixture: Path) -> tuple[int, list[str], str]:
    """Exit status, findings and count of `book check` on the small book with the fixture as its page `case`."""
    shutil.copy(fixture, tmp_book.project.notebook("case"))
    with (tmp_book.root / "_toc.yml").open("a") as toc:
        toc.write("- file: notebooks/case\n")
    (tmp_book.root / "notebooks" / "cube.png").write_bytes(b"a picture")
    assert main(["sync"]) == 0
    capsys.readouterr()
    status = main(["check"])
    shown = capsys.readouterr()
    return status, shown.out.splitlines(), shown.err.strip()


def test_every_rule_has_a_fixture_of_both_kinds_and_a_docstring_with_both_examples() -> None:
    names = {rule.name for rule in NOTEBOOK_RULES} | {SILENCE}
    assert {path.stem for path in FAILING} == {path.stem for path in PASSING} == names
    assert all("Bad:" in rule.doc and "Good:" in rule.doc for rule in NOTEBOOK_RULES)


@pytest.mark.parametrize("fixture", FAILING, ids=lambda path: path.stem)
def test_a_fault_is_named_with_cell_and_rule(tmp_book: Book, capsys: pytest.CaptureFixture[str], fixture: Path) -> None:
    content, lines = ipynb.read(fixture), ipynb.cell_lines(fixture)
    expected = [f"1: {each}" for each in content.cells[0].metadata.get("expect_of_notebook", [])]
    for cell, line in zip(content.cells, lines, strict=True):
        expected += [f"{line}: cell `{cell.id}`: {each}" for each in cell.metadata.get("expect", [])]
    status, found, _ = checked(tmp_book, capsys, fixture)
    assert status == 1
    of_rule = [line for line in found if line.endswith(f"({fixture.stem})")]
    assert sorted(of_rule) == sorted(f"notebooks/case.ipynb:{each}" for each in expected) != []
    assert all(cell.metadata.get("expect") for cell in content.cells[1:]), "each case fails"


@pytest.mark.parametrize("fixture", PASSING, ids=lambda path: path.stem)
def test_good_work_passes_every_rule(tmp_book: Book, capsys: pytest.CaptureFixture[str], fixture: Path) -> None:
    content = ipynb.read(fixture)
    allowed = [each.metadata.get("book", {}).get("allow", {}) for each in (content, *content.cells)]
    status, found, count = checked(tmp_book, capsys, fixture)
    assert (status, found) == (0, [])
    assert count.endswith(", 0 silenced") != any(allowed)


def test_what_is_found_in_a_notebook_does_not_hide_behind_another_one_s_faults(
    tmp_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_book.reword("index", "title", "A book", "{raw-html}`x` A book")
    path = tmp_book.project.notebook("loss")
    path.write_text(path.read_text(encoding="utf-8").replace('"nbformat": 4', '"nbformat": 3'), encoding="utf-8")
    capsys.readouterr()
    assert main(["check"]) == 1
    rules = [line.rpartition(" ")[2] for line in capsys.readouterr().out.splitlines()]
    assert rules == ["(out-of-step)", "(directive)", "(notebook)"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Words with `{include}` and\n\n```python\n{eval}`x`\n```", []),
        ("```{note}\nWords.\n```", []),
        ("```{include} a.md\n```", ["{include}"]),
        ("~~~{EVAL-RST}\n.. raw:: html\n~~~", ["{eval-rst}"]),
        ("1. {raw-html}`x`\n2. {raw-html}`y` {eval}`z`", ["{raw-html}", "{eval}"]),
        ("````{tip} A title with {eval}`x`\n\n> ```{figure} a.png\n> :target: b\n> {glue}`y`\n> ```\n````",
         ["{eval}", "{glue}"]),
        ("```{csv-table}\n---\nfile: ../secret.csv\n---\n```", ["{csv-table} with `:file:`"]),
    ],
)  # fmt: skip
def test_what_passes_through_is_named_wherever_it_stands(text: str, names: list[str]) -> None:
    assert passes_through(text) == names


def test_directives_within_directives_have_an_end() -> None:
    text = "words"
    for depth in range(3, 90):
        text = f"{'`' * depth}{{note}}\n{text}\n{'`' * depth}"
    assert passes_through(text) == ["directives within directives"]


def test_in_no_language_does_docutils_take_a_harmless_name_for_another_thing() -> None:
    """Sphinx reads the names of directives and roles in the language of the edition, too."""
    modules = [module.name for module in pkgutil.iter_modules(docutils_languages.__path__)]
    assert len(modules) > 20
    for name in modules:
        language = importlib.import_module(f"{docutils_languages.__name__}.{name}")
        assert {language.directives.get(each, each) for each in HARMLESS_DIRECTIVES} <= HARMLESS_DIRECTIVES
        assert {language.roles.get(each, each) for each in HARMLESS_ROLES} <= HARMLESS_ROLES


def test_the_keys_of_a_cell_are_those_that_myst_nb_reads() -> None:
    fields = [f for f in NbParserConfig.get_fields() if Section.cell_lvl in f.metadata.get("sections", ())]
    assert {f.metadata.get("cell_key", f.name) for f in fields} == LOOK_KEYS


OPTION_LINES = ["---", "----", ":a: b", " :c:", ":d: |", "  e", "f: g", ":", ": m", ":a: 'i", "'j: k'", "l: >-"]
LINES = st.sampled_from([*OPTION_LINES, "words", "", "# h"])


@given(st.lists(LINES, max_size=6).map("\n".join))
def test_options_and_body_of_a_directive_are_taken_apart_as_myst_does(content: str) -> None:
    parsed = parse_directive_text(misc.TestDirective, "", content)
    options, body = split_options(content)
    lines = body.splitlines()
    assert options == parsed.options
    assert (lines[1:] if lines and not lines[0].strip() else lines) == parsed.body


def test_a_message_is_one_line_whatever_stands_in_the_metadata(
    tmp_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    def change(page: NotebookNode) -> None:
        page.cells[0].metadata["book"] = {"allow": {"a\n::error::b\x1b[31m": "why"}}
        page.metadata["c\r\nd"] = 1

    tmp_book.edit("loss", change)
    capsys.readouterr()
    assert main(["check"]) == 1
    found = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in found] == ["notebooks/loss.ipynb"] * 2
    assert "`a ::error::bU+001B[31m` is no rule that can be allowed" in found[1]


PIECES = st.sampled_from(
    ["<", ">", "/", '"', "=", "&#0;", "\0", "\x1b", "\n", "<script", "<p ", "</p>", "<td", "onload", "javascript:",
     "<!--", "-->", "<![CDATA[", "]]>", "<?", "<!DOCTYPE [", '<svg xmlns="http://www.w3.org/2000/svg">', "</svg>",
     "<style>", "</style>", "{", "}", "(", "url(", "@import", "\\", "fill:", "<g>", "</g>", "```{note}", "{raw}`", "`",
     "```", "---", ":file: x", "$", "{{", "}}", ":::{x}", "- ", "[a](", "[c]: ", "words"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_whatever_stands_in_an_output_is_judged(text: str) -> None:
    cell = new_code_cell("")
    kinds = ("text/html", "image/svg+xml", "text/markdown", "text/latex")
    cell.outputs = [new_output("display_data", {kind: text}) for kind in kinds]
    found = list(findings(new_notebook(cells=[cell])))
    assert any(each.message.startswith("output 2 (image/svg+xml) has ") for each in found) or "</svg>" in text
