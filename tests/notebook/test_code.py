"""Finding and replacing the texts of code cells."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.notebook.code import translatable
from book.notebook.code.code_text import LINE_LENGTH
from book.notebook.code.columns import width
from book.notebook.code.ipython import as_python, is_runnable
from book.notebook.code.page_code import code_of_cells
from book.notebook.code.put_together import put_together

CELL = """\
%matplotlib inline
import keras  # the library
fig, ax = plt.subplots()
ax.set_title(f"Loss é {x:.2f} of {d['a']}")
ax.bar(["none", "β"], heights, label="Hi \\"you\\"")
ax.text(1, 2, "one " "text")  # noqa: E501
# type: ignore
print("not for figures", sep="label")
"""


def found(source: str) -> list[str]:
    return [each.text for each in translatable.texts(source)]


def test_comments_and_figure_texts_are_found_in_order() -> None:
    expected = ["the library", "Loss é {x:.2f} of {d['a']}", "none", 'Hi "you"', "one text"]
    assert found(CELL) == expected


def test_directives_printed_texts_and_single_letters_are_not_translatable() -> None:
    assert not {"noqa: E501", "type: ignore", "not for figures", "β"} & set(found(CELL))


def test_a_hash_in_a_string_is_not_a_comment() -> None:
    assert found('x = "# not a comment"') == []


def test_the_modulo_operator_is_not_a_magic() -> None:
    source = "x = (5\n     % 3)  # the rest"
    assert as_python(source) == source
    assert found(source) == ["the rest"]


def test_texts_in_lists_conditions_and_keywords_are_found() -> None:
    source = 'ax.legend(["first", "second"])\nax.set_ylabel("up" if up else "down")\nax.plot(x, label="line")'
    assert found(source) == ["first", "second", "up", "down", "line"]


def found_with_helpers(*cells: str) -> list[str]:
    page = code_of_cells(cells)
    return [each.text for cell in cells for each in translatable.texts(cell, page)]


HELPERS = """\
def curve(ax, runs, label, *, colour="red", **options):
    ax.plot(runs, label=label, color=colour, **options)

def titled(ax, text, unit=None):
    if unit is not None:
        text = f"{text} in {unit}"
    ax.set_title(f"{text}")

class Board:
    def head(self, words):
        print(words)
        self.ax.set_title(words)

def both(name):
    curve(plt.gca(), [1], name)

def keyed(name):
    results[name] = 1
    plt.title(name)
"""


def test_a_text_handed_to_a_function_of_the_page_that_draws_it_is_found() -> None:
    calls = (
        'curve(ax, runs, label="no norm")\ncurve(ax, runs, "with norm")\nboard.head("the head")\nboth("a name")\n'
        'keyed("a key")\ntitle("not a figure")'
    )
    assert found_with_helpers(HELPERS, calls) == ["no norm", "with norm", "the head", "a name"]


@pytest.mark.parametrize(
    "source",
    [
        'data = image_dataset_from_directory(folder, labels="inferred", label_mode="int")',
        'size = pd.cut(x, 2, labels=["small one", "large one"])',
        'train = tfdf.keras.pd_dataframe_to_tf_dataset(frame, label="survived")',
        'book = Book(title="A title")',
        'show(label="some words")',
        'frame.rename(columns={"one": "two"}, label="words here")',
        'dbutils.widgets.text("name", "world", "Your name")',
    ],
)
def test_a_label_of_a_call_that_draws_nothing_is_the_programs(source: str) -> None:
    assert found(source) == []
    assert translatable.skeleton(source) != translatable.skeleton(source.replace("e", "é"))


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ('ax.set_xticks([0, 1], ["first one", "second one"])', ["first one", "second one"]),
        ('ax.legend([a, b], ["first line", "second line"])', ["first line", "second line"]),
        ('ax.set(title="The loss", xlabel="epoch")', ["The loss", "epoch"]),
        ('frame.plot(title="The loss", ylabel="value", y="column")', ["The loss", "value"]),
        ('fig.update_layout(title_text="The loss", xaxis_title="Epoch")', ["The loss", "Epoch"]),
        ('px.line(frame, x="epoch", title="The loss")', ["The loss"]),
        ('fig.add_trace(go.Scatter(x=x, name="a run"))', ["a run"]),
        ('sns.histplot(x, label="a run")', ["a run"]),
        ('grid.set_axis_labels("the x", "the y")', ["the x", "the y"]),
        ('ax.add_patch(Rectangle(xy, 1, 1, label="a box"))', ["a box"]),
        ('ax.text(0, "high", "a peak")', ["a peak"]),
        ('ax.pie(x, labels=["one", "two"])', ["one", "two"]),
    ],
)
def test_texts_of_calls_that_draw_are_found(source: str, texts: list[str]) -> None:
    assert found(source) == texts


@pytest.mark.parametrize(
    "text",
    ['"Epoch %d" % n', '"Epoch {}".format(n)', '"Loss of " + name', 'name + (" by epoch" + x)', '" and ".join(names)'],
)
def test_a_text_that_is_put_together_otherwise_than_by_an_f_string_is_told(text: str) -> None:
    assert found(f"plt.title({text})") == []
    ((line, shown),) = put_together(f"x = 1\nplt.title({text})")
    assert line == 2
    assert ast.unparse(ast.parse(shown)) == ast.unparse(ast.parse(text))


@pytest.mark.parametrize("text", ["name", "str(n)", '"$" + x', "names[0]", 'f"{name} loss"', '"The loss"'])
def test_a_text_that_can_be_translated_or_has_no_words_is_not_told(text: str) -> None:
    assert put_together(f"plt.title({text})") == []


IPYTHON = {  # each with a part of what IPython runs
    "help": ("len?\n# a comment", "len"),
    "help in front": ("?len\n# a comment", "len"),
    "shell": ("!pip install \\\n  numpy\n# a comment", "numpy"),
    "shell assigned": ("files = !ls\n# a comment", "ls"),
    "magic assigned": ("t = %timeit -o f()\n# a comment", "timeit"),
    "magic": ("%matplotlib inline\n# a comment", "matplotlib"),
    "magic in a block": ("if x:\n    %time f()\n# a comment", "time"),
    "magic and modulo": ("%time f()\nx = (5\n % 3)\n# a comment", "time"),
    "cell magic over Python": ("%%time\n# a comment\nf()", "time"),
    "quick help": ("tf.keras.layers.Dense??\n# a comment", "Dense"),
    "blank lines around": ("\n\n# a comment\n!ls\n  \n\n", "ls"),
    "blank lines before a cell magic": ("\n \n  %%time\n# a comment\nf()\n ", "time"),
    "indented": ("  # a comment\n  if x:\n      len(x)\n", "len"),
    "indented by a tab": ("\n\tx = 1  # a comment\n\ty = 2", "y"),
    "indented, with a shell command": (" !ls\n # a comment\n", "ls"),
    "indented in part": ("    x = 1  # a comment\ny = 2", "y"),
}


@pytest.mark.parametrize(("source", "command"), IPYTHON.values(), ids=IPYTHON.keys())
def test_what_ipython_runs_is_kept_and_the_rest_is_translated(source: str, command: str) -> None:
    assert is_runnable(source)
    assert found(source) == ["a comment"]
    made = translatable.replace(source, {"a comment": "주석"})
    assert made == source.replace("a comment", "주석")
    assert translatable.skeleton(made) == translatable.skeleton(source)
    assert translatable.skeleton(source.replace(command, "other")) != translatable.skeleton(source)


@pytest.mark.parametrize("source", ["%%bash\nls -l | head -3  # a comment", "%%writefile a.csv\n# a, b", "%%html\n<b>"])
def test_a_cell_in_another_language_is_left_alone(source: str) -> None:
    assert is_runnable(source)
    assert found(source) == []
    assert translatable.skeleton(source) != translatable.skeleton(source + " ")


@pytest.mark.parametrize("source", ["x = (", "print 'x'", "def f(:\n  # a comment", "'\0"])
def test_a_cell_that_is_no_program_is_left_alone(source: str) -> None:
    assert not is_runnable(source)
    assert found(source) == []
    assert translatable.skeleton(source) != translatable.skeleton(source + " ")


BLOCK = """\
# The model is trained on the data that
# the first cell has downloaded.
#
# It is then saved.
x = 1  # one
if x:
    # Indented, and alone.
    pass
# noqa
# A last one.
"""


def test_lines_of_comment_that_follow_one_another_are_one_text() -> None:
    assert found(BLOCK) == [
        "The model is trained on the data that\nthe first cell has downloaded.",
        "It is then saved.",
        "one",
        "Indented, and alone.",
        "A last one.",
    ]


def test_a_translated_comment_may_have_other_lines_and_long_ones_are_wrapped() -> None:
    first = "The model is trained on the data that\nthe first cell has downloaded."
    long = "가나다라 " * 12
    made = translatable.replace(BLOCK, {first: "eins\nzwei\ndrei", "Indented, and alone.": long.strip(), "one": "eins"})
    assert made.startswith("# eins\n# zwei\n# drei\n#\n# It is then saved.\nx = 1  # eins\n")
    wrapped = [line for line in made.splitlines() if "가나" in line]
    assert len(wrapped) == 2
    assert all(line.startswith("    # ") and width(line) <= LINE_LENGTH for line in wrapped)
    assert translatable.skeleton(made) == translatable.skeleton(BLOCK)


@pytest.mark.parametrize(
    "comment",
    ["NBVAL_IGNORE_OUTPUT", "isort: skip", "nosec B101", "| label: fig", "pyright: basic", "doctest: +SKIP", "%% cell",
     "@title A form", "docs_infra: no_execute", "Copyright 2024 The Authors.", "hide", "region of code", "SPDX-Li",
     "pytype: disable=all", "pyre-ignore", "noinspection PyUnresolved", "MAGIC %sh ls",
     "MAGIC ## Heading", "+ [markdown]", "/// script"],
)  # fmt: skip
def test_a_mark_for_a_tool_is_no_text(comment: str) -> None:
    assert found(f"# {comment}\nx = 1  # {comment}") == []


def test_what_a_script_says_it_needs_is_no_text() -> None:
    """What PEP 723 defines is obeyed: its packages are installed."""
    assert found('# First words.\n# /// script\n# dependencies = ["x"]\n# ///\n# Last words.') == [
        "First words.",
        "Last words.",
    ]


@pytest.mark.parametrize(
    "comment",
    [
        "adjust(x, y, bbox)",
        "import numpy as np",
        "plt.plot(x, label='loss')\n# plt.show()",
        "größe.append(3)",
        "for each in range(3):",
    ],
)
def test_code_that_is_not_to_run_is_no_text(comment: str) -> None:
    assert found(f"# {comment}\nx = 1") == []


@pytest.mark.parametrize(
    "comment",
    [
        "output = input * weight",
        "Output (optional)",
        "Draw it:\n# draw(x)",
        "mean(x) of the batch",
        "rows, columns = shape(x)",
        "身長(メートル)",
        "계산(배치)",
    ],
)
def test_words_that_look_like_code_are_a_text(comment: str) -> None:
    assert found(f"# {comment}\nx = 1") == [comment.replace("# ", "")]


@pytest.mark.parametrize("comment", ["hide the axis", "type of x", "export the model", "regional means", "exam: one"])
def test_words_that_look_like_a_mark_for_a_tool_are_a_text(comment: str) -> None:
    assert found(f"# {comment}") == [comment]


def test_maths_alone_is_not_translatable_but_words_around_it_are() -> None:
    assert found(r'ax.set_title(r"$\gamma$")' + "\n" + r'ax.set_xlabel(r"scale $\gamma$")') == [r"scale $\gamma$"]


def test_a_replaced_text_keeps_the_rest_of_the_cell() -> None:
    made = translatable.replace(CELL, {"the library": "라이브러리", "none": "없음"})
    assert "import keras  # 라이브러리\n" in made
    assert '["없음", "β"]' in made
    assert translatable.skeleton(made) == translatable.skeleton(CELL)


def test_placeholders_may_change_places() -> None:
    made = translatable.replace(CELL, {"Loss é {x:.2f} of {d['a']}": "{d['a']} का {x:.2f}"})
    assert """ax.set_title(f"{d['a']} का {x:.2f}")""" in made
    assert translatable.skeleton(made) == translatable.skeleton(CELL)


@pytest.mark.parametrize("said", ["loss {x:.2f}", "loss {x:.2f} {d['a']} {x:.2f}", "loss"])
def test_a_missing_or_added_placeholder_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="placeholders"):
        translatable.replace(CELL, {"Loss é {x:.2f} of {d['a']}": said})


def test_new_braces_in_a_translation_are_text_not_code() -> None:
    made = translatable.replace('ax.set_title(f"batch {n}")', {"batch {n}": "{n} {__import__('os')}"})
    assert translatable.skeleton(made) == translatable.skeleton('ax.set_title(f"batch {n}")')
    assert "{{__import__('os')}}" in made


def test_a_comment_with_a_line_break_is_refused() -> None:
    with pytest.raises(ValueError, match="one line"):
        translatable.replace("x = 1  # one", {"one": "eins\nimport os"})


def test_other_code_has_another_skeleton() -> None:
    for changed in (CELL.replace("none", 'none", "more'), CELL.replace("heights", "widths"), CELL + "import os\n"):
        assert translatable.skeleton(changed) != translatable.skeleton(CELL)
    assert translatable.skeleton(CELL.replace("not for figures", "für Abbildungen")) != translatable.skeleton(CELL)
    assert translatable.skeleton(CELL.replace("%matplotlib inline", "%pylab")) != translatable.skeleton(CELL)


@given(comment=st.text(), title=st.text(), label=st.text())
def test_no_translation_changes_what_runs(comment: str, title: str, label: str) -> None:
    source = 'x = 1  # the first\nax.set_title("The loss")\nax.plot(x, label=f"batch {x}")\n'
    said = {"the first": comment, "The loss": title, "batch {x}": label}
    try:
        made = translatable.replace(source, said)
    except ValueError:
        return
    assert translatable.skeleton(made) == translatable.skeleton(source)
    shown = ast.parse(made).body[1].value.args[0].value  # type: ignore[attr-defined]
    assert shown == title


def test_a_long_comment_of_an_indented_cell_keeps_its_indent() -> None:
    made = translatable.replace("   # a comment\n   x = 1", {"a comment": "word " * 30 + "end"})
    assert len(made.split("\n")) > 2
    assert all(line.startswith(("   # ", "   x")) for line in made.split("\n"))


@pytest.mark.parametrize("source", ["x = 1\n  y = 2  # a comment", "  x = '''\n  a'''  # a comment"])
def test_blanks_that_mean_something_are_left_alone(source: str) -> None:
    assert found(source) == []
