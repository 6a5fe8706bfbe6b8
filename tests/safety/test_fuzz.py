"""A translation can do nothing but speak: rounds of `tests.safety.fuzz`, and that it would notice each kind of harm.

For a long search, with other texts every time: `python -m tests.safety.fuzz --minutes 60`.
"""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.safety.fuzz import commands, pages
from tests.safety.fuzz.attack import GROUPS, Shot, draw, smallest, write
from tests.safety.fuzz.judge import STATES, Judge, in_state
from tests.safety.fuzz.jupyter import remove_maths
from tests.safety.fuzz.pieces import KINDS, Surroundings, hostile
from tests.safety.fuzz.target import SECRET, attacked
from tests.safety.fuzz.violations import Violation

AROUND = Surroundings("/canary", "../canary", "http://127.0.0.1:1")


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    made = Judge.make(tmp_path_factory.mktemp("fuzz").resolve())
    yield made
    made.listener.close()


def said(judge: Judge, *, build: bool = True) -> str:
    return "\n".join(f"{each.kind} in {each.place}: {each.detail}" for each in judge.verdict(build=build))


@pytest.mark.parametrize("seed", [1, 2])
def test_hostile_texts_in_all_fields_change_nothing_but_words(judge: Judge, seed: int) -> None:
    write(judge.target, draw(judge.target, Random(seed), "everything"))
    assert said(judge) == ""


@pytest.mark.parametrize("group", ["prose", "interface", "code", "entries"])
def test_hostile_texts_change_nothing_but_words_in_notebooks(judge: Judge, group: str) -> None:
    write(judge.target, draw(judge.target, Random(group), group))
    assert said(judge, build=False) == ""


@pytest.mark.parametrize("state", STATES)
def test_what_is_out_of_date_or_missing_is_no_harm(judge: Judge, state: str) -> None:
    """And the book is as it was made for the tests below: the last state is the first again."""
    judge.target.save(in_state(judge.target, state), judge.target.harmless_files())
    assert said(judge) == ""


# --- what it would notice


@pytest.fixture(scope="module")
def harmless(judge: Judge) -> Judge:
    """What is made of harmless texts."""
    write(judge.target, [])
    assert judge.verdict() == []
    return judge


def differences(judge: Judge, name: str, change: Callable[[str], str]) -> list[Violation]:
    """What is told of a made page after a change."""
    html = (judge.build / name).read_text(encoding="utf-8")
    changed = change(html)
    assert changed != html
    return list(
        pages.differences(name, judge.harmless[name], pages.skeleton(changed, Path(name).name), judge.notices, USED)
    )


USED = {"book-said"}  # the ids that the site's styles and scripts speak of, as far as they matter here
PAGES = {
    "a lesson": "html/ko/notebooks/loss.html",
    "an English lesson": "html/en/notebooks/loss.html",
    "the search page": "html/ar/search.html",
    "the status page": "html/ko/status.html",
    "the page on translating": "html/ko/translate.html",
    "the page for wrong addresses": "html/404.html",
    "the entrance": "html/index.html",
    "what the search reads": "search/ko/notebooks/loss.html",
}
HARM = {
    "a script": "<script>alert(1)</script>",
    "a handler": '<p onclick="x">',
    "a link": '<a href="https://elsewhere.org">x</a>',
    "a script link": '<a href="javascript:x">x</a>',
    "a picture": '<img src="https://elsewhere.org/x.png">',
    "a frame": '<iframe srcdoc="x"></iframe>',
    "a style": "<style>*{display:none}</style>",
    "an attribute": '<p style="color: red">x</p>',
    "a class": '<p class="x">x</p>',
    "a notice of its own": '<p class="cell-state draft" onclick="x">x</p>',
    "a comment": "<!-- x -->",
    "a form": "<form action=/><input></form>",
    "a list": "<ul><li>x</li></ul>",
    "a formula": "<math><mi>x</mi></math>",
}


@pytest.mark.parametrize("place", PAGES.values(), ids=PAGES.keys())
@pytest.mark.parametrize("harm", HARM.values(), ids=HARM.keys())
def test_it_would_notice_on(harmless: Judge, place: str, harm: str) -> None:
    assert differences(harmless, place, lambda html: html.replace("</body>", f"{harm}</body>"))


CHANGED = {
    "order of parts": ("html/ko/notebooks/loss.html", "<article", "</div><article"),
    "an address": ("html/ko/notebooks/loss.html", 'href="index.html"', 'href="drawn.html"'),
    "a class": ("html/ko/notebooks/loss.html", 'class="headerlink"', 'class="x"'),
    "an id twice": ("html/ko/notebooks/loss.html", 'id="cell-3"', 'id="cell-2"'),
    "an id of the site's": ("html/ko/notebooks/loss.html", 'id="cell-3"', 'id="book-said"'),
    "a title of the sidebar": ("html/ko/notebooks/loss.html", '<li class="toctree-l1', '<b>x</b><li class="toctree-l1'),
    "what search engines are told": ("html/ko/notebooks/loss.html", '"isAccessibleForFree": true', '"x": true'),
    "a script's code": ("html/404.html", "location.pathname", "alert(1) || location.pathname"),
}


@pytest.mark.parametrize(("place", "old", "new"), CHANGED.values(), ids=CHANGED.keys())
def test_it_would_notice_another(harmless: Judge, place: str, old: str, new: str) -> None:
    assert differences(harmless, place, lambda html: html.replace(old, new, 1))


def cell(notebook: Any, cell_id: str) -> Any:
    return next(each for each in notebook["cells"] if each["id"] == cell_id)


def add(text: str) -> Callable[[Any], object]:
    return lambda notebook: cell(notebook, "title")["source"].append(f"\n{text}")


def edit(cell_id: str, old: str, new: str) -> Callable[[Any], object]:
    def change(notebook: Any) -> None:
        found = cell(notebook, cell_id)
        text = json.dumps(found, ensure_ascii=False)
        assert old in text
        found |= json.loads(text.replace(old, new, 1))

    return change


IN_NOTEBOOKS: dict[str, Callable[[Any], object]] = {
    "a bare address": add("https://elsewhere.org"),
    "a bare address in a word": add("손실https://elsewhere.org"),
    "a mail address": add("x@elsewhere.org"),
    "a link": add("[x](https://elsewhere.org)"),
    "a picture": add("![](https://elsewhere.org/x.png)"),
    "a definition": add("\n[손실]: https://elsewhere.org"),
    "HTML": add("<b>x</b>"),
    "a formula": add("$x$"),
    "a formula that only Jupyter sees": add("\\\\(x\\\\)"),
    "an environment": add("\\begin{equation}x\\end{equation}"),
    "an escaped formula": add("\\$x\\$"),
    "an encoded formula": add("&#36;x&#36;"),
    "a directive": add("\n```{include} x\n```"),
    "a role": add("{doc}`x`"),
    "a list": add("\n- x"),
    "a heading": add("\n# x"),
    "code": edit("plot", "print(", "exec("),
    "a string that is no text": edit("plot", "ax.plot(z", 'ax.plot(\\"x\\"'),
    "a placeholder": edit("plot", "{size}", "{y}"),
    "a magic": edit("magic", "%matplotlib inline", "%matplotlib qt"),
    "a form's directive": edit("commented", "# ", "# @title "),
    "a form's directive behind a comment": edit("commented", '"y = 0  #', '"y = 0  #@param {} #'),
    "a comment for a tool": edit("commented", "# ", "# type: "),
    "a printed text": edit("plot", "Loss by epoch\\n", "x\\n"),
    "a tick": edit("plot", ">2.0<", ">1.0<"),
    "a value": edit("plot", "32", "64"),
    "an element of a figure": edit("plot", "<path ", "<a href='x'/><path "),
    "metadata": lambda notebook: cell(notebook, "plot")["metadata"].update(x=1),
    "an id": lambda notebook: cell(notebook, "plot").update(id="x"),
    "a cell": lambda notebook: notebook["cells"].pop(),
    "a kernel": lambda notebook: notebook["metadata"]["kernelspec"].update(name="x"),
}


@pytest.mark.parametrize("change", IN_NOTEBOOKS.values(), ids=IN_NOTEBOOKS.keys())
def test_it_would_notice_in_a_notebook(harmless: Judge, change: Callable[[Any], object]) -> None:
    path = harmless.build / "notebooks/ko/drawn.ipynb"
    before = path.read_text(encoding="utf-8")
    notebook = json.loads(before)
    change(notebook)
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
    found = {each.file for each in harmless.differences(["ko"], build=False)}
    path.write_text(before, encoding="utf-8")
    assert found == {"notebooks/ko/drawn.ipynb"}


def test_it_would_notice_what_is_read_asked_and_written(harmless: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    def run_and_reach_out(folder: Path, *arguments: str) -> Any:
        urllib.request.urlopen(f"{harmless.target.around.address}/x").read()
        (folder / "translations" / "ko" / "new").write_text("x")
        (harmless.build / "html" / "copy.txt").write_text(SECRET)
        return ran(folder, *arguments)

    ran = commands.run
    monkeypatch.setattr("tests.safety.fuzz.judge.run", run_and_reach_out)
    kinds = {each.kind for each in harmless.verdict(build=False)}
    for path in (harmless.target.folder("ko") / "new", harmless.build / "html" / "copy.txt"):
        path.unlink()
    assert {"asked", "written", "read"} <= kinds


# --- the search itself


def test_every_field_is_attacked(judge: Judge) -> None:
    shots = draw(judge.target, Random(1), "everything")
    assert {each.field for each in shots} == {field for fields in GROUPS.values() for field in fields}
    assert {each.entry.context for each in shots if each.entry} >= {
        each.context for each in judge.target.entries if attacked(each) and each.kind == "alt"
    }


def test_every_kind_of_piece_is_drawn() -> None:
    random = Random(1)
    for kind, piece in KINDS.items():
        assert len({piece(random) for _ in range(200)}) > 10, kind
    texts = ["".join(hostile(random, "prose", n, "words here", AROUND)) for n in range(300)]
    assert not [text for text in texts if "{n}" in text or "{canary}" in text or "{{raw}}" in text]


def test_the_smallest_harmful_text_is_found() -> None:
    shots = [Shot(n, "ko", "prose", "x.po", ("a", "<", "b", ">", "c")) for n in range(9)]

    def is_harmful(some: list[Shot]) -> bool:
        return any(each.number == 4 and "<" in each.text and ">" in each.text for each in some)

    assert [(each.number, each.text) for each in smallest(shots, is_harmful, 99)] == [(4, "<>")]


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("a $x$ and $$y$$", ["$x$", "$$y$$"]),
        ("a \\\\(x\\\\) \\\\[y\\\\]", ["\\\\(x\\\\)", "\\\\[y\\\\]"]),
        ("\\begin{align}x\\end{align}", ["\\begin{align}x\\end{align}"]),
        ("`$a$` $b{$}c$", ["$b{$}c$"]),
        ("```\n$a$\n```\n$b$", ["$b$"]),
        ("$a\n\nb$", []),
        ("\\$5 \\$6", []),
        ("5 $ only", []),
    ],
)
def test_formulas_are_found_as_jupyter_finds_them(text: str, formulas: list[str]) -> None:
    assert remove_maths(text)[1] == formulas
