"""Printed words: which strings of a page are printed and nothing else, and what a page prints in another language."""

from __future__ import annotations

import builtins
import contextlib
import io
from collections.abc import Sequence

import pytest

from book.notebook.code import translatable
from book.notebook.code.code_text import PRINTED
from book.notebook.code.kept_words import kept_words
from book.notebook.code.page_code import PageCode, code_of_cells
from book.notebook.code.printed import COLUMN, Sources, marked, recorded, replayed, text_of
from book.runtime import printed as signs


def found(*cells: str) -> list[str]:
    page = code_of_cells(cells)
    return [each.text for cell in cells for each in translatable.texts(cell, page) if each.kind == PRINTED]


PRINTS = {
    "an argument": ('print("the mean", 3)', ["the mean"]),
    "an f-string": ('print(f"mean {x:.2f}")', ["mean {x:.2f}"]),
    "strings side by side": ('print("one"\n      " text")', ["one text"]),
    "a condition": ('print("norm:" if normed else "no norm:")', ["norm:", "no norm:"]),
    "a name": ('label = "the mean"\nprint(label, x)', ["the mean"]),
    "a name in an f-string": ('label = "the mean"\nprint(f"{label:12} {x}")', ["the mean"]),
    "a sum": ('label = "mean"\nprint(label + ":")', ["mean"]),
    "pairs in a loop": ('for name, x in [("raw", a), ("normed", b)]:\n    print(name, x)', ["raw", "normed"]),
    "names in a loop": ('for name in ("raw", "normed"):\n    print(name)', ["raw", "normed"]),
    "counted names": ('for n, name in enumerate(["raw", "normed"]):\n    print(n, name)', ["raw", "normed"]),
    "names beside values": ('for name, x in zip(("raw", "normed"), values):\n    print(name, x)', ["raw", "normed"]),
    "keys of a dictionary": ('d = {"raw": a}\nfor name, x in d.items():\n    print(name, x)', ["raw"]),
    "values of a dictionary": ('words = {"none": "no norm"}\nprint(words.get(key, key), words[key])', ["no norm"]),
    "a function that prints": ('def show(name, x):\n    print(f"{name}: {x}")\nshow("the mean", 3)', ["the mean"]),
    "a function that returns": ('def word(x):\n    return "yes" if x else "no"\nprint(word(3))', ["yes", "no"]),
    "a default": ('def show(x, name="the mean"):\n    print(name, x)\nshow(3)', ["the mean"]),
    "a list that is printed": ('heads = ["mean", "deviation"]\nprint(*heads)', ["mean", "deviation"]),
    "heads with a format": ('print(*(f"{head:6}" for head in ("mean", "rate")))', ["mean", "rate"]),
    "a list that grows": ('found = []\nfound.append("mean")\nprint(", ".join(found))', ["mean"]),
    "what is between": ('print(a, b, sep=" and ", end=" end")', ["and", "end"]),
    "blanks around": ('print("  mean:   ", x)', ["mean:"]),
    "a method": ('class A:\n    def show(self):\n        print("the mean")', ["the mean"]),
    "a magic command": ('%matplotlib inline\nprint("the mean")', ["the mean"]),
    "a name that is used otherwise later": ('name = "the mean"\nprint(name)\nname = "key"\nd[name] = 1', ["the mean"]),
}


@pytest.mark.parametrize(("cell", "texts"), PRINTS.values(), ids=PRINTS.keys())
def test_what_is_printed_is_a_text(cell: str, texts: list[str]) -> None:
    assert sorted(found(cell)) == sorted(texts)


def test_a_text_is_followed_from_cell_to_cell() -> None:
    cells = 'norms = {"no norm": a}', "models = {name: make(norm) for name, norm in norms.items()}"
    assert found(*cells, "for name in models:\n    print(name)") == ["no norm"]


NOT = {
    "a string that goes nowhere": 'x = "the mean"',
    "an argument of a library": 'kind = "mean"\nprint(kind)\nlayers.Dense(1, activation=kind)',
    "the name of an attribute": 'for name in ("gamma", "beta"):\n    print(name, getattr(layer, name))',
    "a key that is looked up": 'for name in ("loss", "rate"):\n    print(name, results[name])',
    "a key that is asked for": 'for name in ("loss", "rate"):\n    print(name, results.get(name))',
    "what is compared": 'name = "loss"\nprint(name)\nif name == wanted:\n    pass',
    "what is looked for": 'name = "loss"\nprint(name)\nname in known',
    "what is sorted": 'for name in sorted(["loss", "rate"]):\n    print(name)',
    "what is counted": 'name = "loss"\nprint(name, "-" * len(name))',
    "what is formatted by a method": 'print("loss %s" % x)\nprint("loss {}".format(x))',
    "what a list in print holds": 'names = ["loss"]\nprint(names)',
    "what is written to a file": 'print("loss", file=log)',
    "what Jupyter shows as it is": 'name = "loss"\nprint(name)\nname',
    "what a function uses later": 'name = "loss"\ndef late():\n    return results[name]\nprint(name)',
    "what a library may call": 'def word():\n    return "loss"\nprint(word())\napply(word)',
    "a method of a string": 'name = "loss"\nprint(name.upper())',
    "a print of the page's own": 'def print(x):\n    log(x)\nprint("loss")',
    "a key made by an f-string": 'd = {f"loss {n}": 1}\nfor name in d:\n    print(name)',
    "what is drawn, too": 'name = "loss"\nprint(name)\nax.set_title(name)',
}


@pytest.mark.parametrize("cell", NOT.values(), ids=NOT.keys())
def test_what_would_change_the_program_is_none(cell: str) -> None:
    assert not {"loss", "mean", "gamma", "beta", "rate", "the mean"}.intersection(found(cell)) - {"-"}


def test_a_page_that_goes_too_many_ways_has_none() -> None:
    calls = (f"def f{n}():\n" + f"    f{n + 1}()\n" * 20 for n in reversed(range(7)))
    assert found('def f7():\n    print("loss")', "f7()") == ["loss"]
    assert found('def f7():\n    print("loss")', *calls) == []


KEPT = {
    "words in braces": ("print(f\"{'yes' if x else 'no'}\")", ["yes", "no"]),
    "a name in braces": ('label = "yes" if x else "no"\nprint(f"{label:4}")', []),
    "a sign in braces": ('name = "mean"\nprint(f"{name + \':\':6}")', []),
    "a key in braces": ("print(f\"{row['mean']:6}\")", []),
    "a label that is looked up": (
        'for name in ("no norm", "batch norm"):\n    print(name, runs[name])',
        ["no norm", "batch norm"],
    ),
    "another label": ('heads = {"none": "no norm"}\nfor name, head in heads.items():\n    print(head, runs[name])', []),
    "a label by its name": ('for name in ("no norm", "batch norm"):\n    print(names.get(name, name), runs[name])', []),
    "names of code": ('for name in ("gamma", "moving_mean"):\n    print(name, getattr(layer, name))', []),
    "a label that is compared": ('name = "no norm"\nprint(name, name == other)', ["no norm"]),
    "a text for a sign": ('print("mean %.2f" % x)\nprint("%.2f" % x)', ["mean %.2f"]),
    "a text for a method": ('print("mean {}".format(x))\nprint("{}".format(x))', ["mean {}"]),
}


@pytest.mark.parametrize(("cell", "texts"), KEPT.values(), ids=KEPT.keys())
def test_words_that_nobody_can_translate_are_found(cell: str, texts: list[str]) -> None:
    assert sorted(each.text for each in kept_words([cell])) == sorted(texts)


def replaced(cell: str, said: dict[str, str]) -> str:
    return translatable.replace(cell, said, code_of_cells([cell]))


def test_a_translation_takes_the_place_of_the_text_and_nothing_else_changes() -> None:
    cell = 'for name, x in [("raw", 1), ("normed", 2)]:\n    print(f"{name}: {x:.2f} of all")'
    page = code_of_cells([cell])
    made = replaced(cell, {"raw": "삼", "{name}: {x:.2f} of all": "전체 중 {x:.2f}: {name}"})
    assert made == 'for name, x in [("삼", 1), ("normed", 2)]:\n    print(f"전체 중 {x:.2f}: {name}")'
    assert translatable.skeleton(made, page) == translatable.skeleton(cell, page)
    assert translatable.skeleton(made.replace("2)", "3)"), page) != translatable.skeleton(cell, page)


def test_two_keys_of_a_dictionary_stay_two() -> None:
    cell = 'd = {"mean": 1, "average": 2}\nfor name in d:\n    print(name)'
    with pytest.raises(ValueError, match="same"):
        replaced(cell, {"mean": "평균", "average": "평균"})


def test_what_stands_below_one_another_does_so_in_every_language() -> None:
    cell = 'print("means:     ", x)\nprint("deviations:", y)'
    assert replaced(cell, {"means:": "평균:", "deviations:": "편차들:"}) == 'print("평균:  ", x)\nprint("편차들:", y)'
    assert replaced(cell, {"means:": "Średnie arytmetyczne:"}) == (
        'print("Średnie arytmetyczne:", x)\nprint("deviations:          ", y)'
    )
    assert replaced(cell, {}) == cell


def run(cells: Sequence[str]) -> str:
    """What the cells print."""
    setattr(builtins, signs.NAME, signs.shown_text)
    names: dict[str, object] = {}
    with contextlib.redirect_stdout(io.StringIO()) as output:
        for cell in cells:
            exec(cell, names)
    return output.getvalue()


LESSON = [
    'words = {"none": "no norm", "batch": "batch norm"}\ndef named(name):\n    return words.get(name, name)',
    'for name in ("none", "batch", "other"):\n    print(f"{named(name):12}|{named(name) + chr(58):>14}|")',
    'print(", ".join(named(name) for name in ("batch", "none")), "and more")',
    'rows, total = {"mean": 1.5, "rate": 2}, 2\nfor name, x in rows.items():\n'
    "    print(f\"{name + ':':9}{x:5.1f} of {total} parts\")",
    'print(*(f"{head:7}" for head in ("first", "second")), sep=" and ", end=".\\n")',
    'print("means:     ", [1, 2])\nprint("deviations:", 0.5)\nprint()',
    'label = f"{named(\'none\')}, alone"\nprint(f"{label:>20}", f"{3:4}")',
]
SAID = {
    **{"no norm": "بلا تسوية", "batch norm": "تسوية", "and more": "والمزيد", "mean": "المتوسط", "rate": "المعدل"},
    "{name + ':':9}{x:5.1f} of {total} parts": "من {total} أجزاء {x:5.1f} {name + ':':9}",
    **{"first": "الأول", "second": "الثاني", "and": "ثم", "means:": "المتوسطات:"},
    "deviations:": "الانحرافات المعيارية:",
    "{named('none')}, alone": "وحده {named('none')}",
}


@pytest.fixture(scope="module")
def page() -> PageCode:
    return code_of_cells(LESSON)


def test_every_word_of_the_lesson_is_a_text(page: PageCode) -> None:
    assert {each.text for cell in LESSON for each in translatable.texts(cell, page)} == set(SAID)


def test_a_run_with_signs_prints_what_a_run_without_prints(page: PageCode) -> None:
    output = run([marked(cell, f"cell-{n}", page) for n, cell in enumerate(LESSON)])
    assert recorded(output, "cell-9")[0] == run(LESSON)


@pytest.mark.parametrize("said", [{}, SAID, {"no norm": "정규화 없음", "first": "열두 글자가 넘는 첫째"}])
def test_what_is_replayed_is_what_a_run_prints(page: PageCode, said: dict[str, str]) -> None:
    output = run([marked(cell, f"cell-{n}", page) for n, cell in enumerate(LESSON)])
    made = [translatable.replace(cell, said, page) for cell in LESSON]
    english, here = ({f"cell-{n}": cell for n, cell in enumerate(cells)} for cells in (LESSON, made))
    _, record = recorded(output, "cell-9")
    assert text_of(replayed(record, Sources("cell-9", english, here, page))) == run(made)


BESIDE = {
    "above": ("CIFAR-10   0.1\n", 1),
    "two above": ("Reuters    0.1\nCIFAR-10   0.2\n", 2),
    "as long as the column": ("CIFAR-10-C 0.1\n", 1),
    "longer": ("CIFAR-10-C10 0.1\n", 0),
    "numbers": ("0.1        0.2\n", 0),
    "a sentence": ("What Reuters says\n", 0),
    "an empty line between": ("CIFAR-10   0.1\n\n", 0),
}


@pytest.mark.parametrize(("text", "more"), BESIDE.values(), ids=BESIDE.keys())
def test_words_that_no_string_gives_stand_in_the_column_of_those_that_one_gives(text: str, more: int) -> None:
    table = 'for name in ("no norm", "batch"):\n    print(f"{name:10}", 0.3)'
    page = code_of_cells([table])
    _, record = recorded(text + run([marked(table, "cell", page)]), "cell")
    parts = replayed(record, Sources("cell", {"cell": table}, {"cell": table}, page))
    assert text_of(parts) == text + run([table])
    assert sum(part.kind == COLUMN for part in parts) == 2 + more


BROKEN = ["", "{", "3", "[3]", '[["gone",0]]', "[[99]]", '[[0,["x"]]]', '[{"format":"q","of":["x"]}]', '[{"of":3}]']


@pytest.mark.parametrize("record", BROKEN)
def test_a_record_of_other_code_says_so(record: str) -> None:
    cells = {"cell": 'print("mean")'}
    with pytest.raises(ValueError, match=r"."):
        replayed(record, Sources("cell", cells, cells, code_of_cells(cells.values())))


def test_signs_that_no_run_has_put_are_characters() -> None:
    for output in ("a\U0010ff00b", "\U0010ff03", "\U0010ff00a\U0010ff03", "\U0010ff02"):
        assert recorded(output, "cell") == (output, "")
