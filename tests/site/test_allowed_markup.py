"""What a translation may do on a page, told from the tokens that Sphinx is given."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from book.notebook.markdown.syntax import SYNTAX
from book.site.sphinx_ext.allowed_markup import definitions, not_allowed

# As the site has it, and as the settings of a book may have it: what acts is known by what it is not, words.
EXTENSIONS = {*SYNTAX, "colon_fence", "substitution", "attrs_block", "attrs_inline", "deflist", "fieldlist", "amsmath"}
ENGLISH = "The *loss* falls, see [here](index.ipynb), ![a line](line.png) and `x` in $y$."
KOREAN = "손실이 *줄어듭니다*. $y$의 `x`와 ![선](line.png), [여기](index.ipynb)를 보세요."


@pytest.fixture(params=["site", "all"])
def parser(request: pytest.FixtureRequest) -> MarkdownIt:
    extensions = set(SYNTAX) if request.param == "site" else EXTENSIONS
    return create_md_parser(MdParserConfig(enable_extensions=extensions), RendererHTML)


def found(parser: MarkdownIt, english: str, translation: str) -> str:
    return not_allowed(parser, english, translation, definitions(parser, [english, "[other]: elsewhere.ipynb"]))


@pytest.mark.parametrize(
    ("english", "translation"),
    [
        (ENGLISH, KOREAN),
        ("- One\n- Two\n\n> Three\n\n| a |\n|---|\n| b |", "- 하나\n\n***\n\n## 둘\n\n    셋"),
        ("Press {kbd}`x`, then {py:func}`y`", "{py:func}`y`, {kbd}`x`"),
        ("```{note}\nx\n```\n\n```python\ny\n```", "가\n\n```python\ny\n```\n\n```{note}\nx\n```"),
        ("See [here][a] and [there].\n\n[a]: b.ipynb", "[여기][a]\n\n[a]: b.ipynb"),
        ("One[^1].\n\n[^1]: Two", "하나[^1].\n\n[^1]: 둘"),
        ("<b>one</b>", "<b>하나</b>"),
    ],
)
def test_words_and_what_the_english_does_are_allowed(parser: MarkdownIt, english: str, translation: str) -> None:
    assert found(parser, english, translation) == ""


@pytest.mark.parametrize(
    "added",
    [
        *("[here](index.ipynb)", "[x](secret.txt)", "![x](secret.png)", "<https://elsewhere.org>", "<b>", "<!-- x -->"),
        *("[x](index.ipynb 'title')", "[other]", "[other]: index.ipynb", "[new]: index.ipynb", "[^1]\n\n[^1]: x"),
        *("```{note}\nx\n```", "~~~{include} x\n~~~", "```python\nimport os\n```", "{kbd}`x`", "(x)=", "% x", "+++ {}"),
        *("| a |\n|:-:|\n| b |", "7. seven"),
    ],
)
def test_anything_else_is_found(parser: MarkdownIt, added: str) -> None:
    assert found(parser, ENGLISH, f"{KOREAN}\n\n{added}")


@pytest.mark.parametrize(
    "added", ["{{ x }}", "{.x}\nx", "`x`{.y}", "[x]{.y}", ":::{include} x\n:::", "x\n: y", ":x: y", "$$x$$ (y)"]
)
def test_what_settings_add_to_the_syntax_is_found(added: str) -> None:
    parser = create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS), RendererHTML)
    assert found(parser, ENGLISH, f"{KOREAN}\n\n{added}")


@pytest.mark.parametrize(
    "reading",
    [
        *("```{include} x\n```", "```{literalinclude} x\n```", "```{raw} html\n<b>\n```", "~~~~{eval-rst}\nx\n~~~~"),
        *(
            "```{csv-table}\n:file: x\n```",
            "```{code-cell} python\nx\n```",
            "```{glue} x\n```",
            "```{role} x(raw)\n```",
        ),
        *("{download}`x`", "{nb-download}`x`", "{eval}`x`", "{glue:text}`x`", "{raw}`x`"),
    ],
)
def test_what_reads_runs_or_passes_on_is_not_allowed_even_where_the_english_does_it(
    parser: MarkdownIt, reading: str
) -> None:
    assert found(parser, f"One\n\n{reading}", f"하나\n\n{reading}")


def test_a_substitution_is_not_allowed_even_where_the_english_has_it() -> None:
    parser = create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS), RendererHTML)
    assert found(parser, "One {{ x }}", "하나 {{ x }}")
