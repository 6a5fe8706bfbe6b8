"""Finding and replacing the texts of code cells."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book import code

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
    return [each.text for each in code.texts(source)]


def test_comments_and_figure_texts_are_found_in_order() -> None:
    expected = ["the library", "Loss é {x:.2f} of {d['a']}", "none", 'Hi "you"', "one text"]
    assert found(CELL) == expected


def test_directives_printed_texts_and_single_letters_are_not_translatable() -> None:
    assert not {"noqa: E501", "type: ignore", "not for figures", "β"} & set(found(CELL))


def test_a_hash_in_a_string_is_not_a_comment() -> None:
    assert found('x = "# not a comment"') == []


def test_the_modulo_operator_is_not_a_magic() -> None:
    source = "x = (5\n     % 3)  # the rest"
    assert code.mask_magics(source) == source
    assert found(source) == ["the rest"]


def test_texts_in_lists_conditions_and_keywords_are_found() -> None:
    source = 'ax.legend(["first", "second"])\nax.set_ylabel("up" if up else "down")\nax.plot(x, label="line")'
    assert found(source) == ["first", "second", "up", "down", "line"]


def test_a_label_handed_to_a_helper_is_found() -> None:
    assert found('curve(ax, runs, label="no norm")\ntitle("not a figure")') == ["no norm"]


def test_maths_alone_is_not_translatable_but_words_around_it_are() -> None:
    assert found(r'ax.set_title(r"$\gamma$")' + "\n" + r'ax.set_xlabel(r"scale $\gamma$")') == [r"scale $\gamma$"]


def test_a_replaced_text_keeps_the_rest_of_the_cell() -> None:
    made = code.replace(CELL, {"the library": "라이브러리", "none": "없음"})
    assert "import keras  # 라이브러리\n" in made
    assert '["없음", "β"]' in made
    assert code.skeleton(made) == code.skeleton(CELL)


def test_placeholders_may_change_places() -> None:
    made = code.replace(CELL, {"Loss é {x:.2f} of {d['a']}": "{d['a']} का {x:.2f}"})
    assert """ax.set_title(f"{d['a']} का {x:.2f}")""" in made
    assert code.skeleton(made) == code.skeleton(CELL)


@pytest.mark.parametrize("said", ["loss {x:.2f}", "loss {x:.2f} {d['a']} {x:.2f}", "loss"])
def test_a_missing_or_added_placeholder_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="placeholders"):
        code.replace(CELL, {"Loss é {x:.2f} of {d['a']}": said})


def test_new_braces_in_a_translation_are_text_not_code() -> None:
    made = code.replace('ax.set_title(f"batch {n}")', {"batch {n}": "{n} {__import__('os')}"})
    assert code.skeleton(made) == code.skeleton('ax.set_title(f"batch {n}")')
    assert "{{__import__('os')}}" in made


def test_a_comment_with_a_line_break_is_refused() -> None:
    with pytest.raises(ValueError, match="one line"):
        code.replace("x = 1  # one", {"one": "eins\nimport os"})


def test_other_code_has_another_skeleton() -> None:
    for changed in (CELL.replace("none", 'none", "more'), CELL.replace("heights", "widths"), CELL + "import os\n"):
        assert code.skeleton(changed) != code.skeleton(CELL)
    assert code.skeleton(CELL.replace("not for figures", "für Abbildungen")) != code.skeleton(CELL)
    assert code.skeleton(CELL.replace("%matplotlib inline", "%pylab")) != code.skeleton(CELL)


@given(comment=st.text(), title=st.text(), label=st.text())
def test_no_translation_changes_what_runs(comment: str, title: str, label: str) -> None:
    source = 'x = 1  # the first\nax.set_title("The loss")\nax.plot(x, label=f"batch {x}")\n'
    said = {"the first": comment, "The loss": title, "batch {x}": label}
    try:
        made = code.replace(source, said)
    except ValueError:
        return
    assert code.skeleton(made) == code.skeleton(source)
    shown = ast.parse(made).body[1].value.args[0].value  # type: ignore[attr-defined]
    assert shown == title
