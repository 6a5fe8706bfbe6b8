"""Programs of every kind: what runs stays, whatever a translation says, and no command ends because of one cell."""

from __future__ import annotations

import json

import pytest
from nbformat.v4 import new_output

from book.cli import main
from tests.cases.books import Case, code_cell

DATA = [  # no texts of figures: names of columns, options, classes
    'image_dataset_from_directory(folder, labels="inferred", label_mode="int")',
    'pd_dataframe_to_tf_dataset(frame, label="survived")',
    'size = pd.cut(x, 2, labels=["small one", "large one"])\nprint((size == "large one").sum())',
    'frame.rename(columns={"title": "name"})\nNode(label="in", title="root")',
    'parser.add_argument("--x", title="words")\nclick.option("--y", label="words")',
    'widgets.IntSlider(description="words", label="more words")',
    'dict(title="words", xlabel="more words")',
    'model.compile(loss="words", metrics=["more words"])',
    'frame.rename(columns={"label": "words"}, title={"text": "words"})\nlayout = {"title": "words"}',
    'model.fit(x, labels={"x": "words"}, cbar_kws={"label": "words"})\nconfigure(layout={"title": "words"})',
    'frame.hist(**{"column": "words"})\nFigure(layout={"template": {"text": "words"}})',
]
DRAWN = {
    'ax.set_xticks([0, 1], ["zero", "one"])': ["zero", "one"],
    'ax.legend([a, b], ["first", "second"])': ["first", "second"],
    'plt.legend(handles, labels=["first", "second"])': ["first", "second"],
    'ax.set(title="Title", xlabel="Across")': ["Title", "Across"],
    'frame.plot(title="Title", xlabel="Across")': ["Title", "Across"],
    'px.scatter(frame, x="a", title="Title")': ["Title"],
    'fig.update_layout(title_text="Title", xaxis_title="Across")': ["Title", "Across"],
    'plt.plot(x, label="Line")\nplt.colorbar(label="Bar")': ["Line", "Bar"],
    'sns.heatmap(x, cbar_kws={"label": "Share", "shrink": "no words"})': ["Share"],
    'sns.regplot(x, y, line_kws=dict(label="Trend", color="no words"))': ["Trend"],
    'px.line(frame, x="no words", labels={"x": "Across", "no words": "Up"}, title={"text": "Title"})': [
        "Across",
        "Up",
        "Title",
    ],
    'fig.update_layout(title={"text": f"Title {n}", "font": {"family": "no words"}}, xaxis=dict(title="Across"))': [
        "Title {n}",
        "Across",
    ],
    'go.Figure(layout={"title": "Title", "yaxis": {"title": {"text": "Up"}}, "template": "no words"})': ["Title", "Up"],
    'Figure(data, layout=go.Layout(title="Title", annotations=[dict(text="Here", font=dict(text="no words"))]))': [
        "Title",
        "Here",
    ],
    'go.Heatmap(z=z, colorbar={"title": "Share"}, hovertemplate="no words")': ["Share"],
    'ax.set(**{"title": "Title", "xlabel": "Across", "gid": "no words"})': ["Title", "Across"],
    'plt.subplots(1, 2, subplot_kw={"title": "Title", "projection": "no words"})': ["Title"],
    'make_subplots(1, 2, subplot_titles=("Left", "Right"))\nfig.add_annotation(text="Here", name="no words")': [
        "Left",
        "Right",
        "Here",
    ],
}
DRAWN |= {
    'p = figure(title="Title", x_axis_label="Across", tools="no words")\np.line(x, y, legend_label="Line")': [
        "Title",
        "Across",
        "Line",
    ],
    'alt.Chart(frame).encode(x=alt.X("no words", title="Across")).properties(title="Title")': ["Across", "Title"],
    'sns.heatmap(x, xticklabels=["left", "right"])\nax.table(cells, colLabels=["Mean"])': ["left", "right", "Mean"],
}
PUT_TOGETHER = [
    'sns.heatmap(x, cbar_kws={"label": "Share of %d" % n})',
    'fig.update_layout(title={"text": "Loss of " + name})',
    'plt.title("Epoch %d" % n)',
    'plt.title("Epoch {}".format(n))',
    'ax.set_title("Loss of " + name)',
]
OF_IPYTHON = {  # with the comments that are offered
    "files = !ls -l\nn = %timeit -o f()  # no comment": [],
    "len?": [],
    "tf.keras.layers.Dense??": [],
    "?open": [],
    "!pip install \\\n  numpy  # no comment": [],
    "%%bash\n# no comment\nls": [],
    "%%writefile a.csv\n# no, comment\n1, 2": [],
    "%%html\n<b># no comment</b>": [],
    "%matplotlib inline\nx = (5\n % 3)\n# A comment.": ["A comment."],
    "%%time\n# A comment.\nx = 1": ["A comment."],
    "await fetch()  # A comment.": ["A comment."],
    "for i in range(3):\n    !echo {i}  # no comment\n    # A comment.\n    pass": ["A comment."],
}
MARKS = [
    "# NBVAL_IGNORE_OUTPUT",
    "import a  # isort: skip",
    "import b  # nosec B101",
    "x = 1  # noqa: E501",
    "# fmt: off",
    "# type: ignore",
    "# pyright: basic",
    "# doctest: +SKIP",
    "#| label: fig-x",
    "# docs_infra: no_execute",
    "# pylint: disable=all",
    "# pragma: no cover",
    "# Copyright 2024 The Authors.",
    "# SPDX-License-Identifier: MIT",
    "#@title Set up",
    'y = 2 #@param {type:"integer"}',
    "# -*- coding: utf-8 -*-",
    "# %%",
    "### BEGIN SOLUTION",
    "# END HIDDEN TESTS",
    "# codespell:ignore-this",
    "# sphinx_gallery_thumbnail_number = 2",
    "#hide_input",
    "#collapse-show",
]
OTHER_LANGUAGES = {  # each with a cell whose lines with # are no comments, or whose words are not ours to find
    "C++17": "#include <vector>",
    "csharp": '#r "nuget: Plotly.NET"',
    "R": '# A comment.\nprint("words")',
    "typescript": "// no Python at all\nconst x = 1;",
}


def offered(case: Case, number: int) -> list[str]:
    return [entry.msgid for entry in case.book.po("ko", "case") if entry.msgctxt == f"case/c-{number}"]


def test_data_is_not_offered_for_translation(case: Case) -> None:
    case.write(*(code_cell(f"c-{number}", source) for number, source in enumerate(DATA)))
    assert [offered(case, number) for number in range(len(DATA))] == [[]] * len(DATA)


def test_texts_of_figures_are_offered(case: Case) -> None:
    case.write(*(code_cell(f"c-{number}", source) for number, source in enumerate(DRAWN)))
    assert [offered(case, number) for number in range(len(DRAWN))] == list(DRAWN.values())


def test_texts_of_figures_that_are_put_together_are_found(case: Case) -> None:
    case.write(*(code_cell(f"c-{number}", source) for number, source in enumerate(PUT_TOGETHER)))
    found = case.check()
    assert [line.split("`")[1] for line in found] == [f"c-{number}" for number in range(len(PUT_TOGETHER))]
    assert all(line.endswith("(put-together)") for line in found)


BY_NAME = {  # each with the texts that are found
    'title = "Loss by epoch"\nplt.title(title)': ["Loss by epoch"],
    'for ax, title in zip(axes, ["First one", "$x$", "Second one"]):\n    ax.set_title(title)': [
        "First one",
        "Second one",
    ],
    'words = {"a": "Loss by epoch"}\nfor key, title in words.items():\n    plt.plot(data[key], label=title)': [
        "Loss by epoch"
    ],
    'plt.title("Loss by epoch")\nname = "no words"\nplt.plot(frame[name], label=name)': [],
}


def test_texts_of_figures_that_stand_elsewhere_are_found(case: Case) -> None:
    case.write(*(code_cell(f"c-{number}", source) for number, source in enumerate(BY_NAME)))
    found = case.check()
    assert all(line.endswith("(drawn-by-name)") for line in found)
    for number, texts in enumerate(BY_NAME.values()):
        assert [line.split("`")[3] for line in found if f"`c-{number}`" in line] == texts


def test_a_value_that_readers_choose_in_a_form_is_not_offered(case: Case) -> None:
    """The form has a list of them, in which a translation would not be."""
    chosen, other = 'name = "Ann" #@param ["Ann", "Bob"]', 'other = "Some words"'
    case.write(code_cell("c-0", f'{chosen}\n{other}\nprint(f"Good day {{name}}")\nprint(other)'))
    assert offered(case, 0) == ["Some words", "Good day {name}"]


def test_cells_that_ipython_runs_are_left_alone(case: Case) -> None:
    case.write(*(code_cell(f"c-{number}", source) for number, source in enumerate(OF_IPYTHON)))
    assert [offered(case, number) for number in range(len(OF_IPYTHON))] == list(OF_IPYTHON.values())
    assert case.check() == []
    assert case.build("en", "ko") == []
    assert main(["status"]) == 0
    assert [case.notebook("ko")[f"c-{n}"].source for n in range(len(OF_IPYTHON))] == list(OF_IPYTHON)


def test_a_cell_that_nothing_runs_is_shown_and_found(case: Case) -> None:
    case.write(code_cell("c", 'print "python 2"\n# A comment.'), ("m", "Words."))
    assert case.rules() == {"no-program"}
    case.book.translate("ko", "case/m", "말입니다.")
    case.build("en", "ko")
    assert 'print "python 2"' in case.page("ko").get_text()
    assert "말입니다." in case.page("ko").get_text()


def test_a_cell_that_shows_an_error_of_syntax_on_purpose_is_shown_and_left_alone(case: Case) -> None:
    error = new_output("error", ename="SyntaxError", evalue="invalid syntax", traceback=["SyntaxError: invalid syntax"])
    taught = code_cell("taught", "3 * * 4", error)
    taught.metadata["tags"] = ["raises-exception"]
    case.write(taught, code_cell("slip", "3 * * 5", error))
    (found,) = (line for line in case.check() if line.endswith("(no-program)"))
    assert "`slip`" in found
    assert "or tag it `raises-exception` if it is to fail" in found
    case.build("en", "ko")
    assert "3 * * 4" in case.page("ko").get_text()
    assert "SyntaxError: invalid syntax" in case.page("ko").get_text()


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_code_in_another_language_than_python_is_left_alone(case: Case, language: str) -> None:
    source = OTHER_LANGUAGES[language]
    case.write(code_cell("c", source), ("m", "Words."))
    path = case.book.project.notebook("case")
    content = json.loads(path.read_text())
    content["metadata"] = {"language_info": {"name": language}}
    path.write_text(json.dumps(content))
    assert main(["sync"]) == 0
    assert [entry.msgid for entry in case.book.po("ko", "case") if not entry.obsolete] == ["# A case", "Words."]
    assert case.rules() == set()
    assert main(["localize", "ko"]) == 0
    assert case.notebook("ko")["c"].source == source


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_cells_may_have_the_line_breaks_of_any_system(case: Case, end: str) -> None:
    case.write(("a", "First.\n\n- Second."), code_cell("c", "# A comment.\nprint('a')\nx = 1  # Tail."))
    path = case.book.project.notebook("case")
    path.write_text(path.read_text().replace("\\n", end.encode("unicode_escape").decode()))
    assert main(["sync"]) == 0
    assert case.rules() == set()
    case.book.translate("ko", "case/c", "설명.", "A comment.")
    assert main(["localize", "ko"]) == 0
    assert case.notebook("ko")["c"].source == "# 설명.\nprint('a')\nx = 1  # Tail."


def test_marks_for_tools_are_not_offered(case: Case) -> None:
    case.write(*(code_cell(f"c-{number}", f"{source}\nz = 3") for number, source in enumerate(MARKS)))
    assert [offered(case, number) for number in range(len(MARKS))] == [[]] * len(MARKS)


def test_a_mark_for_tools_behind_a_comment_stays(case: Case) -> None:
    case.write(code_cell("c", "x = 1  # the mean  # noqa: E501"))
    english = case.book.entry("ko", "case/c").msgid
    case.book.translate("ko", "case/c", "평균", english)
    assert "tool-mark" in case.rules()
    assert main(["localize", "ko"]) == 0
    assert case.notebook("ko")["c"].source == "x = 1  # the mean  # noqa: E501"
    case.book.translate("ko", "case/c", english.replace("the mean", "평균"), english)
    assert "tool-mark" not in case.rules()
    assert main(["localize", "ko"]) == 0
    assert case.notebook("ko")["c"].source == "x = 1  # 평균  # noqa: E501"


def test_the_lines_of_a_comment_are_one_text(case: Case) -> None:
    source = "# The model is trained on\n# the data, and it is\n# then saved.\nx = 1\n\n# One.\n\n# Two.\ny = 2  # tail"
    case.write(code_cell("c-0", source))
    assert offered(case, 0) == ["The model is trained on\nthe data, and it is\nthen saved.", "One.", "Two.", "tail"]
    case.book.translate("ko", "case/c-0", "자료로 모델을 학습하고 저장합니다.", offered(case, 0)[0])
    assert main(["localize", "ko"]) == 0
    made = case.notebook("ko")["c-0"].source
    assert made.splitlines()[0] == "# 자료로 모델을 학습하고 저장합니다."
    assert [line for line in made.splitlines() if not line.startswith("#")] == ["x = 1", "", "", "y = 2  # tail"]


@pytest.mark.parametrize("indent", [None, 0, 1, 4])
def test_a_notebook_may_be_written_in_one_line(case: Case, indent: int | None) -> None:
    case.write(("a", "See [gone](gone.ipynb)."), code_cell("c", 'plt.title("Loss")'))
    path = case.book.project.notebook("case")
    content = json.loads(path.read_text())
    path.write_text(json.dumps(content, indent=indent, separators=(",", ":") if indent is None else None))
    assert main(["sync"]) == 0
    assert case.rules() == {"dead-link"}
    case.build("en", "ko")
    assert "See gone." in case.page("ko").get_text()


def test_a_notebook_may_begin_with_a_mark_of_byte_order(case: Case) -> None:
    case.write(("a", "See [gone](gone.ipynb)."))
    path = case.book.project.notebook("case")
    path.write_text(f"\ufeff{path.read_text()}", encoding="utf-8")
    assert case.rules() == {"dead-link"}
    assert main(["localize", "ko"]) == 0


NO_NOTEBOOKS = {
    "": "is empty",
    "version https://git-lfs.github.com/spec/v1\noid sha256:4d\n": "git lfs pull",
    '{\n<<<<<<< HEAD\n "cells": [],\n=======\n>>>>>>> other\n}': "two versions",
    '{"cells": [': "not valid JSON",
}


@pytest.mark.parametrize("text", NO_NOTEBOOKS)
def test_what_a_file_has_in_place_of_a_notebook_is_told(case: Case, text: str) -> None:
    case.write(("a", "Words."))
    case.book.project.notebook("case").write_text(text)
    found = [line for line in case.check() if "(notebook)" in line]
    assert len(found) == 1
    assert NO_NOTEBOOKS[text] in found[0]


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('"id": "a"', '"id": 5', "an `id`"),
        ('"cell_type": "markdown",\n   "id": "a"', '"cell_type": "song", "id": "a"', "a `cell_type`"),
    ],
)
def test_a_cell_of_another_form_is_told_with_its_line(case: Case, old: str, new: str, named: str) -> None:
    case.write(("a", "Words."))
    path = case.book.project.notebook("case")
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    assert main(["check"]) == 1
    (found,) = [line for line in case.capsys.readouterr().out.splitlines() if "/case.ipynb" in line]
    assert f"cell 2 has {named} of another form" in found
    line = int(found.split(":")[1])
    assert "cell_type" in path.read_text().splitlines()[line - 1]


def test_an_id_that_no_notebook_may_have_is_told_in_one_line(case: Case, caplog: pytest.LogCaptureFixture) -> None:
    case.write(("a", "Words."))
    path = case.book.project.notebook("case")
    path.write_text(path.read_text().replace('"id": "a"', '"id": "a=="'))
    assert main(["localize", "ko"]) == 0
    assert caplog.records == []


EDGES = {
    "indented": "  # a comment\n  if x:\n      print('words')\n",
    "tab": "\n\n\tx = 1  # a comment\n\t",
    "magic": "\n \n%%time\n# a comment\nx = 1\n  \n",
    "shell": " !ls\n # a comment",
    "around": "\n\n# a comment\nx = 1\n   \n\n",
}


def test_comments_of_cells_with_blanks_at_their_edges_are_shown_translated(case: Case) -> None:
    """IPython runs them all."""
    case.write(*(code_cell(name, source) for name, source in EDGES.items()))
    for name in EDGES:
        case.translate(name, text="a comment", to="주석")
    assert case.check() == case.build("en", "ko") == []
    assert case.page("ko").get_text().count("주석") == len(EDGES)
    assert len(case.page("ko").select(".in-english")) == 2  # the title, and what one prints
    made = case.notebook("ko")
    assert {name: made[name].source for name in EDGES} == {
        name: source.replace("a comment", "주석") for name, source in EDGES.items()
    }
