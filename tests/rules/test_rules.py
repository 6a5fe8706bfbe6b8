"""Every rule as a translator meets it: `book check` on a book with a PO file of fixtures/xfail or fixtures/xpass.

A fixture is called RULE.LANGUAGE.po. One that fails says in its header which line fails and with what message.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from book.cli import main
from book.language.conventions import Conventions
from book.language.language import Language
from book.notebook.texts import COMMENT, PRINTED, PROSE, Text
from book.po import catalog
from book.po.suppressions import RULE as SILENCE
from book.project import Project
from book.rules import RULES, findings, of_source, safe
from book.source import read_source
from tests import ROOT
from tests.small_book import Book, markdown, write_page

FIXTURES = Path(__file__).parent / "fixtures"
REAL = ROOT / "translations"
FAILING = sorted((FIXTURES / "xfail").glob("*.po"))
SAFETY = {rule.name for rule in RULES if rule.safety}
PASSING = sorted((FIXTURES / "xpass").glob("*.po"))


def cell_of(context: str, english: str, hint: str) -> NotebookNode:
    """The notebook cell that has a fixture's text to translate."""
    name = context.partition("/")[2]
    if hint.startswith(PROSE):
        return markdown(name, english)
    call = "print" if hint.startswith(PRINTED) else "ax.set_title"
    code = f"# {english}" if hint.startswith(COMMENT) else f"{call}({'f' * ('{' in english)}{english!r})"
    cell = new_code_cell(code, execution_count=1)
    cell["id"] = name
    return cell


def install(tmp_book: Book, fixture: Path) -> tuple[str, Path]:
    """Put the fixture into the book, with a page `case` that has its English texts; its language and its place."""
    language = fixture.stem.partition(".")[2]
    folder = tmp_book.root / "translations" / language
    folder.mkdir(exist_ok=True)
    for source in (REAL / language / "conventions.toml", FIXTURES / "translations" / language / "glossary.csv"):
        if source.exists():
            shutil.copy(source, folder)
    entries = catalog.load(fixture)
    page = str(entries[0].msgctxt).partition("/")[0]
    if page == "case":
        cells = [cell_of(str(e.msgctxt), e.msgid, e.comment) for e in entries]
        write_page(tmp_book.root, page, [*cells, markdown("title", "# A case")])
        (tmp_book.root / "notebooks" / "cube.png").write_bytes(b"\x89PNG\r\n\x1a\n")  # the picture of some fixtures
        with (tmp_book.root / "_toc.yml").open("a") as toc:
            toc.write(f"- file: notebooks/{page}\n")
    place = tmp_book.project.catalog(Language(language), page)
    shutil.copy(fixture, place)
    assert main(["sync"]) == 0
    assert place.read_text(encoding="utf-8").startswith(fixture.read_text(encoding="utf-8")), "as `sync` writes it"
    return language, place.relative_to(tmp_book.root)


def test_every_rule_has_a_fixture_of_both_kinds_and_a_docstring_with_both_examples() -> None:
    names = {rule.name for rule in RULES} | {SILENCE}
    assert {path.stem.partition(".")[0] for path in FAILING} == names
    assert {path.stem.partition(".")[0] for path in PASSING} == names
    for rule in RULES:
        assert "Bad:" in rule.doc
        assert "Good:" in rule.doc


@pytest.mark.parametrize("fixture", FAILING, ids=lambda path: path.stem)
def test_a_fault_is_named_with_line_and_rule(tmp_book: Book, capsys: pytest.CaptureFixture[str], fixture: Path) -> None:
    language, place = install(tmp_book, fixture)
    expected = re.findall(r"^# expect (\d+): (.*)$", fixture.read_text(encoding="utf-8"), re.MULTILINE)
    capsys.readouterr()
    assert main(["check", language]) == 1
    rule = fixture.stem.partition(".")[0]
    assert all(message.endswith(f"({rule})") for _, message in expected)
    found = [line for line in capsys.readouterr().out.splitlines() if line.endswith(f"({rule})")]
    assert found == [f"{place}:{number}: {message}" for number, message in expected] != []


@pytest.mark.parametrize("fixture", PASSING, ids=lambda path: path.stem)
def test_good_work_passes_every_rule(tmp_book: Book, capsys: pytest.CaptureFixture[str], fixture: Path) -> None:
    language, _ = install(tmp_book, fixture)
    capsys.readouterr()
    assert (main(["check", language]), capsys.readouterr().out) == (0, "")


@pytest.mark.parametrize(
    "fixture", [p for p in FAILING if p.stem.partition(".")[0] in SAFETY], ids=lambda path: path.stem
)
def test_what_breaks_a_safety_rule_is_never_shown(tmp_book: Book, fixture: Path) -> None:
    install(tmp_book, fixture)
    texts = {text.key: text for page in read_source(Project.find()).texts.values() for text in page}
    for entry in catalog.load(fixture):
        assert not safe(texts[str(entry.msgctxt), entry.msgid], entry.msgstr)


PIECES = st.sampled_from(
    ["The loss", "falls", "*by half*", "**fast**", "$L = 0.5$", "`axis=3`", "10,000", "[there](loss.ipynb)", "(mean)",
     "\n\n", "\n- ", "\n## Why?\n\n", "\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n", "![cube](cube.png)", ".", ":", "손실"]
)  # fmt: skip


@given(st.lists(PIECES, min_size=1, max_size=12).map(" ".join).map(str.strip))
def test_every_text_keeps_what_it_consists_of(text: str) -> None:
    """Whatever a rule compares, a text equals itself: no rule sees a fault that is not there."""
    assert list(findings(Text("loss/a", text, PROSE), text, [rule for rule in RULES if not rule.source])) == []


@given(
    st.lists(PIECES, min_size=1, max_size=12).map(" ".join),
    st.sampled_from(["$x$", "`x`", "[x](y.ipynb)", " 7 ", "<i>"]),
)
def test_nothing_is_added_unseen(text: str, added: str) -> None:
    assert list(findings(Text("loss/a", text, PROSE), f"{text}\n\nx {added}"))


@pytest.mark.parametrize("path", sorted((FIXTURES / "ordinary").glob("*.md")), ids=lambda path: path.stem)
def test_a_language_without_data_of_its_own_is_only_asked_what_holds_for_all(path: Path) -> None:
    """An ordinary text in languages and scripts that the book may get one day."""
    english = path.with_stem("en").read_text(encoding="utf-8")
    said, conventions = path.read_text(encoding="utf-8"), Conventions(Language(path.stem))
    rules = [rule for rule in RULES if path.stem != "en" or rule.name != "identical"]
    assert list(findings(Text("loss/a", english, PROSE), said, rules, conventions)) == []


@pytest.mark.parametrize(
    "text",
    ["👩\u200d💻 and ⚠\ufe0f and 1\ufe0f\u20e3", "GPU\u200cها", "10\u200cتای", "`axis`\u200cها", "លឿន\u200bណាស់",
     "Grafik\u00adkarte", "כתבו C++\u200e, לא", "क\u094d\u200dष"],
)  # fmt: skip
def test_characters_that_a_spelling_a_direction_or_an_emoji_needs_pass(text: str) -> None:
    assert not [rule for _, rule in of_source(Text("loss/a", text, PROSE)) if rule == "invisible"]


@pytest.mark.parametrize(
    "text",
    ["a\u200db", "a\u200cb", "a\u200bb", "x\u202ey", "C++\u200e", "\u00adx", "ها\u200c\u200cها", "x\ufe0f",
     "\U000e0067", "\u2066x\u2069", "ها\u200c "],
)  # fmt: skip
def test_characters_that_hide_something_do_not(text: str) -> None:
    assert [rule for _, rule in of_source(Text("loss/a", text, PROSE)) if rule == "invisible"]


@pytest.mark.parametrize(
    ("english", "said", "holds"),
    [
        ("Each of eight schools has two groups.", "8개 학교에 각각 2개 그룹이 있습니다.", True),
        ("two hundred and five runs", "205회 실행", True),
        ("twenty-one runs", "21회 실행", True),
        ("a third of the runs", "실행의 1/3", True),
        ("eight runs", "9회 실행", False),
        ("8 runs", "실행", False),
    ],
)
def test_number_words_may_become_digits(english: str, said: str, holds: bool) -> None:
    broken = [rule for _, rule in findings(Text("loss/a", english, PROSE), said) if rule == "numbers"]
    assert (not broken) is holds


@pytest.mark.parametrize(
    ("english", "said", "holds"),
    [
        ("A<br/>b.", "A<br>b.", True),
        ("<a class=x href='/p'>This</a>.", '<a href="/p" class="x">Dies</a>.', True),
        ('<img src="/a.png" alt class="x" />', '<IMG class="x" alt src="/a.png">', True),
        ('<a href="/p">This</a>.', '<a href="/q">Dies</a>.', False),
        ('<a href="/p">This</a>.', '<a href="/p" onclick="run()">Dies</a>.', False),
        ('<a href="/p">This</a>.', '<a href="/p" href="/q">Dies</a>.', False),
        ("<a href=/p>This</a>.", "<a href=/p/>Dies</a>.", False),  # a browser takes the slash for the address's
    ],
)
def test_a_tag_may_be_written_in_another_way_but_says_the_same(english: str, said: str, holds: bool) -> None:
    assert safe(Text("loss/a", english, PROSE), said) is holds


@pytest.mark.parametrize(
    ("english", "said", "holds"),
    [
        (r"It is $x \text{ if } y$.", r"Es ist $x \text{ falls } y$.", True),
        # In the notebook the second of two links leads to the site.
        ("See [it](a.ipynb).", "Hier: [[x\\](a.ipynb)](a.ipynb).", False),
        (r"It is $\mbox{layer 5}$.", r"Es ist $\text{Schicht 5}$.", False),
        (r"It is $\text{layer 5}$.", r"Es ist $\text{Schicht 5}$.", True),
        (r"It is $\text{layer 5}$.", r"Es ist $\text{Schicht 6}$.", False),
        (r"It is $\text{if}$.", r"Es ist $\text{\href{x}{falls}}$.", False),
        (r"It is $\text{if}$.", r"Es ist $\text{<b>falls</b>}$.", False),
        (r"It is $\text{if}$.", r"Es ist $\text{[falls](x)}$.", False),
        (r"It is $\text{if}$.", r"Es ist $\text{*falls*}$.", False),
        (r"It is $\text{if}$.", r"Es ist $\text{}$.", False),
        (r"It is $\operatorname{mean} x$.", r"Es ist $\operatorname{mittel} x$.", False),
        ("```python\n# Draw it.\nx = 1  # one\n```", "```python\n# Zeichnen.\nx = 1  # eins\n```", True),
        ("```python\n# Draw it.\nx = 1\n```", "```python\n# Zeichnen.\nx = 2\n```", False),
        ("```python\n# Draw it.\nx = 1\n```", "```python\n# Zeichnen.\n# Jetzt.\nx = 1\n```", False),
        ("```python\n# Draw it.\nx = 1\n```", "```python\n# https://example.org\nx = 1\n```", False),
        ("```python\n# Draw it.\nx = 1\n```", "```python\n# <img src=x>\nx = 1\n```", False),
        ("```python\n# Draw it.\nx = 1\n```", "```python\n# type: ignore\nx = 1\n```", False),
        ("```python\nx = '# one'\n```", "```python\nx = '# eins'\n```", False),
        ("```python\n# Draw it.\nx = 1\n```", "```py\n# Zeichnen.\nx = 1\n```", False),
        ("```c\n# define x 1\n```", "```c\n# define x 2\n```", False),
        ("```\n# Draw it.\nx = 1\n```", "```\n# Zeichnen.\nx = 1\n```", True),
        ("```Java\n// Draw it.\nrun();\n```", "```Java\n// Zeichnen.\nrun();\n```", True),
        ("```Java\n// Draw it.\nrun();\n```", "```Java\n// Zeichnen.\nstop();\n```", False),
        ("```js\nx = `\n// one\n`\n```", "```js\nx = `\n// `; run(); `\n`\n```", False),
        ("```js\n// one\n```", "```js\n// eins\u2028run()\n```", False),
        ("```c\n/*\n// one\n*/\n```", "```c\n/*\n// one */ run();\n*/\n```", False),
        ("```c\n// one\nrun();\n```", "```c\n// eins \\\nrun();\n```", False),
        ("A ~~cube~~ it.", "Ein Würfel.", True),
        ("A cube.", "Ein ~~Würfel~~.", True),
        ("```\n# Draw it.\nx = 1\n```", "```\n# Zeichnen.\nx = 2\n```", False),
        ("```\n# define x 1\n```", "```\n# define x 2\n```", False),
        ("```\n# what\nIt is so.\n```", "```\n# was\nIt is so.\n```", False),
    ],
)
def test_words_in_formulas_and_comments_in_python_are_said_in_the_language(
    english: str, said: str, holds: bool
) -> None:
    assert safe(Text("loss/a", english, PROSE), said) is holds


@pytest.mark.parametrize(
    ("rule", "language", "english", "said"),
    [
        (
            "ending",
            "ko",
            "It is small. [A preview](https://example.org/a).",
            "작습니다. [미리보기](https://example.org/a)",
        ),
        ("ending", "ko", "So the question is: how did it change all of it?", "어떻게 바꾸었는가?라는 물음이 생깁니다."),
        ("ending", "zh_Hans", "(This strategy is an old one, from Matlab's days.)", "（这一策略可以追溯到 Matlab。）"),
        ("ending", "zh_Hans", "The next section explains how this works ...", "下一节将解释这是如何工作的……"),
        ("script", "ja", "People have many reasons.", "人々には様々な理由がある。"),
        (
            "english",
            "ko",
            "Choose google/nnlm-en-dim50/2 - the same as google/nnlm-en/2.",
            "google/nnlm-en-dim50/2 - google/nnlm-en/2.",
        ),
        (
            *(
                "english",
                "ko",
                "Read [Exploring the structure of a real-time network](https://example.org/web) for all of it.",
            ),
            "모두 알고 싶으면 [Exploring the structure of a real-time network](https://example.org/web)을 읽으세요.",
        ),
        (
            *("english", "es", "Please see the [Style Transfer with this and that](https://a.org)."),
            "Véase [Style transfer with this and that](https://a.org).",
        ),
        (
            "english",
            "pt_BR",
            'It may say "There is nothing of it on the board".',
            'Diz "There is nothing of it on the board".',
        ),
        (
            "english",
            "zh_Hans",
            'It says "Output missing from the dictionary."',
            "它说“Output missing from the dictionary”。",
        ),
        ("english", "pt_BR", "Topics:\n\n- susy-train: partitions=1", "Tópicos:\n\n- susy-train: partitions=1"),
        ("spaces", "es", "Batch 1 =  Replica 1", "Lote 1 =  Réplica 1"),
        ("spaces", "it", "`__init__` , where you begin.", "`__init__` , dove si comincia."),
        ("brackets", "zh_Hans", "Values between 0 and 1.", "值的范围为[0, 1)。"),
        ("paragraphs", "ru", "It falls. Not fast.\n\nWait.", "Он падает.\n\nНе быстро.\n\nЖдите."),
        ("paragraphs", "ru", "It falls.\n\nNot fast.\n\nWait.", "Он падает. Не быстро.\n\nЖдите."),
        ("paragraphs", "ja", "It falls. Not fast.", "落ちる。\n\n速くはない。"),
        ("paragraphs", "es", "Begin. <a id='x'></a>", "<a id='x'></a>\n\nComience."),
        ("paragraphs", "pt_BR", "One of:\n\n- $a$, and,\n- $b$.", "Um de:\n\n- $a$\n- $b$."),
        ("paragraphs", "zh_Hans", "Plot\n\n$$a$$\n\nfrom 0 to 5.", "从0到5绘制：\n\n$$a$$"),
        (
            "paragraphs",
            "zh_Hans",
            "Vectors of $P$ are those of\n\n$$a$$\n\nNext.",
            "$P$ 的向量也是\n\n$$a$$\n\n的向量。\n\n然后。",
        ),
        (
            "paragraphs",
            "ko",
            "## So\n\nPlot\n\n$$a$$\n\nover $x$ here.",
            "## 그래서\n\n$$a$$\n\n여기 $x$에서 그립니다.",
        ),
        ("paragraphs", "zh_Hans", "It maps $x$,\n\nwhere\n\n$$a$$", "它映射 $x$，其中\n\n$$a$$"),
        ("paragraphs", "zh_Hans", "Type\n\n```sh\nls\n```\n\ninto it.", "输入：\n\n```sh\nls\n```"),
        ("paragraphs", "ja", "- In `a.py`:\n  - Go on.", "- `a.py`:\n  - 進む。"),
        ("paragraphs", "de", "Use `a`.\n\nUse `b`", "Man nehme `a`.\n\nMan nehme `b`"),
        ("paragraphs", "es", "Look.\n\n<b>\nOne.\n</b>", "Mire.\n\n&lt;b&gt;\nUno.\n&lt;/b&gt;"),
        ("spaces", "zh_Hans", "| Operator\t | ufunc || More |", "| 运算符\t | 函数 || 更多 |"),
        ("jupyter", "es", "See [https://a.org](the short notation).", "Véase [https://a.org](notación breve)."),
        ("unclosed", "es", "See [https://a.org](the short notation).", "Véase [https://a.org](notación breve)."),
        ("jupyter", "es", "A [b](https://a.org/c_(d%29) is a way.", "Un [b](https://a.org/c_(d%29) es una manera."),
        ("jupyter", "pt_BR", "They make $50,000 a year.", "Ganham US$ 50 mil por ano."),
        ("link", "zh_Hans", "[broadcasting](broadcasting) is broadcasting.", "[广播](broadcasting)就是广播。"),
        ("numbers", "zh_Hans", "It is radius^2 here.", "这里是半径的平方。"),
        ("jupyter", "zh_Hans", "It is[^a].\n\n[^a]: A note is here.", "是[^a]。\n\n[^a]: 注释 在这里。"),
        ("order", "es", "The [`lme4` package](https://a.org).", "El [paquete](https://a.org) `lme4`."),
        ("order", "ja", "Note: it [disables](https://a.org) `x`.", "注意: [`x` を無効化](https://a.org)します。"),
        ("order", "zh_Hans", "Plot `f`\n\n$$a$$\n\nover $x$.", "在 $x$ 上绘制 `f`\n\n$$a$$"),
        ("order", "zh_Hans", "# So\n\nPlot `f`\n\n$$a$$\n\nover $x$.", "# 于是\n\n$$a$$\n\n在 $x$ 上绘制 `f`"),
        ("jupyter", "es", "It normalizes it w.r.to frames.", "Lo normaliza en relación con los fotogramas."),
        ("link", "es", "See [](a.ipynb).", "Véase [esto](a.ipynb)."),
        *(
            (rule, "ko", "Here is a 3x4 matrix.", "다음은 $3 \\times 4$ 행렬입니다.")
            for rule in ("maths", "order", "jupyter", "numbers")
        ),
        *(
            (rule, "zh_Hans", "At time $0$, `x` is.", "`x`在时间 0。")
            for rule in ("maths", "order", "jupyter", "numbers")
        ),
        *((rule, "zh_Hans", "At $T_1$, $m$ is at $T_1$.", "在 $T_1$，$m$。") for rule in ("maths", "order", "jupyter")),
        *((rule, "zh_Hans", "The $A$ and its mean.", "$A$和$A$的平均。") for rule in ("maths", "order", "jupyter")),
        *((rule, "zh_Hans", "For all $i<n$, it is.", "对 $i<n$，有。") for rule in ("maths", "order", "jupyter")),
        *(
            (
                rule,
                "zh_Hans",
                "```{exercise}\nFrom $2$ to $4$, $a$ is $b$ as $a$ is.\n```",
                "```{exercise}\n从 2 到 4，$a$ 是 $b$。\n```",
            )
            for rule in ("maths", "order", "jupyter")
        ),
        *(
            (rule, language, "For $x_1, \\dots, x_N$ and $(a, b)$.", said)
            for rule in ("maths", "order", "jupyter")
            for language, said in (
                ("zh_Hans", "对 $x_1$、$\\dots$、$x_N$ 和 $(a，b)$。"),
                ("ar", "من أجل $x_1، \\dots، x_N$ و$(a، b)$."),
            )
        ),
        ("maths", "zh_Hans", "So\n\n$$\na \\\\\nb\n$$", "于是\n\n$$\na \\\\ \nb\n$$"),
        *(
            (rule, "zh_Hans", "So $\\phi_γ + Σ$.", "$\\phi_\\gamma + \\Sigma$。")
            for rule in ("maths", "order", "jupyter")
        ),
        ("maths", "ko", "A $3\\times 4$ matrix, 3x4.", "$3 \\times 4$ 행렬, 3x4."),
        ("order", "es", "Three:\n\n1. one\n1. two\n1. three", "Tres:\n\n1. uno\n2. dos\n3. tres"),
        ("unclosed", "pt_BR", "They make $50,000 a year.", "Ganham US$ 50 mil por ano."),
        ("order", "zh_Hans", "So:\n\n``` python\nx = 1\n```", "于是：\n\n```python\nx = 1\n```"),
        ("english", "pt_BR", "- susy-train: partitions=1, parts-of-it=1", "- susy-train: partitions=1, parts-of-it=1"),
        ("english", "zh_Hans", "By:\n\n* RMSE / scale (`a / b`)", "按：\n\n* RMSE / scale (`a / b`)"),
        (
            *("english", "pt_BR", "So the model is rated higher than the mean."),
            "Assim the model is rated higher than the mean (o modelo tem nota maior que a da média).",
        ),
        ("jupyter", "es", "See [here](\nhttps://a.org/b).", "Véase [aquí](https://a.org/b)."),
        ("jupyter", "ko", "See [https://a.org](https://a.org).", "[https://a.org](https://a.org)을 보세요."),
        (
            "jupyter",
            "ja",
            "[a](https://a.org/) in [b](https://a.org/b/c)",
            "[b](https://a.org/b/c)の[a](https://a.org/)",
        ),
        ("jupyter", "es", "See [here]( https://a.org/b).", "Véase [aquí](https://a.org/b)."),
        ("jupyter", "es", r"See [here](https://a.org/b_\(c\)).", "Véase [aquí](https://a.org/b_(c))."),
        ("english", "tr", "Three kinds:\n\n- Iris setosa", "Üç tür:\n\n- Iris setosa"),
        ("ending", "ko", "How about [this video](https://a.org):", "[이 비디오](https://a.org)는 어떻습니까?"),
        (
            *("english", "pt_BR", "See <a href='https://a.org'>Their intro to the whole of it</a>."),
            "Veja <a href='https://a.org'>Intro to the whole of it</a> (uma introdução).",
        ),
        ("ending", "ja", "Does the model agree?", "モデルはこれと合致するでしょうか。"),
        ("ending", "ja", "Very practical, right?", "これは非常に実用的です。"),
        ("ending", "ko", "Look at that, the data agree now ;)", "이제 데이터가 일치합니다."),
        (
            "english",
            "ko",
            'Go to "Runtime > Restart and run all" then.',
            '이제 "Runtime > Restart and run all"로 이동합니다.',
        ),
        (
            *("english", "ko", "So it says:\n\nA. Gelman (2006). Modeling: what it can and what it cannot do."),
            "논문:\n\nA. Gelman (2006). Modeling: what it can and what it cannot do.",
        ),
        (
            *(
                "english",
                "ko",
                "The paper:\n\nR. Li. Substantial infection facilitates the spread of it. (2020), doi: 10.1/x",
            ),
            "논문:\n\nR. Li. Substantial infection facilitates the spread of it. (2020), doi: 10.1/x",
        ),
    ],
)
def test_good_work_of_others_passes(rule: str, language: str, english: str, said: str) -> None:
    found = findings(Text("p/a", english, PROSE), said, conventions=Conventions(Language(language)))
    assert rule not in {name for _, name in found}


@pytest.mark.parametrize(
    ("rule", "language", "english", "said"),
    [
        ("ending", "ko", "Use it to make a checkpoint of all of these objects.", "`Checkpoint`를 만드는 데 사용할 수"),
        ("ending", "zh_Hans", "(This strategy is an old one, from Matlab's days.)", "（这一策略可以追溯到 Matlab）"),
        ("spaces", "es", "Batch 1, Replica 1", "Lote 1,  Réplica 1"),
        ("spaces", "it", "`__init__`, where you begin.", "`__init__` , dove si comincia."),
        ("brackets", "zh_Hans", "The mean and the rest.", "平均值[mean, 和其余)。"),
        ("paragraphs", "ru", "It falls. Not fast.\n\nWait.", "Он падает. Не быстро."),
        ("paragraphs", "ru", "It falls.", "Он падает.\n\nЖдите."),
        ("paragraphs", "zh_Hans", "Plot it.\n\n$$a$$", "绘制。\n\n$$a$$\n\n的向量。"),
        ("paragraphs", "zh_Hans", "Plot:\n\n$$a$$\n\nIt is from 0 to 5.", "绘制：\n\n$$a$$"),
        ("paragraphs", "pt_BR", "One of:\n\n- $a$, where it is so,\n- $b$.", "Um de:\n\n- $a$\n- $b$."),
        ("paragraphs", "es", "Look.\n\n<b>One.</b>\n\nAnd two.", "Mire.\n\n&lt;b&gt;Uno.&lt;/b&gt;"),
        ("link", "es", "[a-b](a-b) is a-b.", "[x](a&#45;b) es a-b."),
        ("link", "es", "[a-b](a-b) and [c](a-b).", "[x](a-b) y [z](a&#45;b)."),
        ("numbers", "zh_Hans", "It is radius^4 here.", "这里是半径的幂。"),
        ("jupyter", "zh_Hans", "It is[^a].\n\n[^a]: A note is here.", "是[^a]。\n\n[^a]: 注释在这里。"),
        ("paragraphs", "zh_Hans", "<small>(One.)</small>", "<small>(One.)</small>\n\n<small>（一。）</small>"),
        ("paragraphs", "ja", "Look.\n\n<b>\nOne.\n</b>\n\nAnd two.", "見よ。\n\n&lt;b&gt;一。\n\n&lt;b&gt;一。"),
        ("html", "es", "Look.\n\n<b>\nOne.\n</b>", "Mire.\n\n&lt;b&gt;\nUno.\n&lt;/b&gt;"),
        ("spaces", "zh_Hans", "| Operator | ufunc || More |", "| 运算符\t | 函数 || 更多 |"),
        ("spaces", "zh_Hans", "| Operator\t | ufunc || More |", "| 运算符\u2003 | 函数 || 更多 |"),
        ("jupyter", "es", "See (the short notation).", "Véase [aquí](notación breve)."),
        ("jupyter", "es", "See [https://a.org](the notation).", "Véase [https://a.org](no/tación breve)."),
        ("unclosed", "ru", "See [here](https://a.org/b-c).", "См. [здесь](https://a.org/b-\nc)."),
        ("order", "es", "# So\n\n$$a$$\n\nand\n\n$$b$$", "# Así\n\n$$b$$\n\ny\n\n$$a$$"),
        ("order", "es", "Plot:\n\n$$a$$\n\n- over `x`", "Trace:\n\n- sobre `x`\n\n$$a$$"),
        ("order", "ko", "$$a$$\n\nIs `x`.", "`x`는\n\n$$a$$\n\n입니다."),
        ("link", "es", "The [`lme4`](https://a.org) package.", "El paquete [ ](https://a.org) `lme4`."),
        ("jupyter", "es", "It normalizes it.", "Lo normaliza a.b.com ya."),
        ("jupyter", "es", "It is on example.org now.", "Ya está."),
        ("maths", "pt_BR", "They make $50,000 a year.", "Ganham US$ 50 mil ou US$ 60 mil."),
        ("maths", "es", "Here is a 3x4 matrix.", "Una matriz $n \\times 4$."),
        ("numbers", "ko", "Here is a 13x4 matrix.", "$3 \\times 4$ 행렬입니다."),
        ("maths", "ko", "We get $z$, and $v$, as $z$ is.", "$z$와 $v$를 얻고, $v$입니다."),
        ("maths", "zh_Hans", "So $(a, b)$ is.", "$(a$ 和 $b)$。"),
        ("maths", "zh_Hans", "So $a, b$ is.", "$a, c$。"),
        ("maths", "zh_Hans", "So\n\n$$a, b$$", "于是\n\n$$a$$"),
        ("maths", "zh_Hans", "For all $j$ in $N$.", "对所有 $j$。"),
        ("order", "ko", "So $a$.\n\n$$a$$", "$a$:\n\n$$a$$\n\n$$a$$"),
        ("jupyter", "zh_Hans", "So $a$ is.", "$a$ $a$ $ 是。"),
        ("jupyter", "zh_Hans", "For all $i<n$, it is.", "对 $i<n$，/x=y 是。"),
        ("maths", "zh_Hans", "So\n\n$$a \\\\ [2pt] b$$", "于是\n\n$$a \\\\[2pt] b$$"),
        ("order", "es", "2. two\n3. three", "1. dos\n2. tres"),
        ("english", "tr", "Three:\n\n- Residual connections", "Üç:\n\n- Residual connections"),
        (
            *("english", "pt_BR", "So the model is rated higher than the mean."),
            "Assim the model is rated higher than the mean (a média).",
        ),
        ("jupyter", "es", "See [here]( https://a.org/b).", "Véase [aquí](https://a.org/b), https://a.org/c."),
        ("link", "ko", "[A](https://a.org) [b](c)", "[A](https://a.org) [b](https://a.org.evil.org)"),
        ("jupyter", "ko", "See https://a.org/b there.", "https://a.org/b에서 보세요."),
        ("jupyter", "pt_BR", "See [https://a.org](the notation).", "Veja [https://a.org](https://b.org notação)."),
        ("jupyter", "ko", "Write to me@a.org now.", "you@a.org로 쓰세요."),
        ("unclosed", "pt_BR", "They make $x$ a year.", "Ganham x$ por ano."),
        ("ending", "ko", "The video is [this one](https://a.org):", "[이 비디오](https://a.org)는 어떻습니까?"),
        (
            *("english", "pt_BR", "See <a href='https://a.org'>this intro</a> to the whole of it."),
            "Veja <a href='https://a.org'>this intro</a> to the whole of it.",
        ),
        ("ending", "ja", "Here is the model. But does it agree?", "これがモデルです。合致します。"),
        (
            "english",
            "ko",
            "Come and read more of it [here](https://a.org).",
            "Come and read more of it [here](https://a.org)!",
        ),
        (
            "english",
            "ko",
            "The paper.\n\nIt came in 2020 and is about the spread of it.",
            "논문.\n\nIt came in 2020 and is about the spread of it.",
        ),
    ],
)
def test_what_is_near_to_it_does_not(rule: str, language: str, english: str, said: str) -> None:
    found = findings(Text("p/a", english, PROSE), said, conventions=Conventions(Language(language)))
    assert rule in {name for _, name in found}


@pytest.mark.parametrize(
    ("english", "said", "told"),
    [
        (
            "The [![x](a.png) package](https://a.org).",
            "El [paquete](https://a.org) ![x](a.png).",
            "`a.png` stands in the words of",
        ),
        (
            "It is here: https://a.org.",
            "Está [aquí](https://a.org).",
            "an address written out in English, as a link in",
        ),
        ("It is\n\n$$a$$", "Es $$a$$.", "a formula on lines of its own in English, as a formula within a line in"),
        ("So $a$ and $b$ here.", "So a$ und $b$ hier.", "formula `a` has lost a `$`; write it between two"),
        (
            "A `x`.\n\n- b",
            "A.\n\n- `x` b",
            "`x` stands in a paragraph in English, in an item of a list in the translation",
        ),
        ("- b\n- `x`\n- c", "- b `x`\n- \n- c", "`x` stands in another item of a list than in English"),
        (
            "- $a$\n- $a$ b",
            "- $a$\n- b",
            "`a` stands in an item of a list in English, and not there in the translation",
        ),
        (
            "- $a$\n- b",
            "- $a$\n- $a$ b",
            "`a` stands in an item of a list in the translation, and not there in English",
        ),
        ("# A\n\nIt is so.", "# A", "at the end a paragraph is missing; translate it"),
        ("# A", "# A\n\nSo ist es.", "at the end is a paragraph that the English has not"),
        (
            "- a\n- b\n\nSo.",
            "So.\n\n- a\n- b",
            "at the beginning stands a list in English, a paragraph in the translation",
        ),
        (
            "- a\n\n---\n\nSo.",
            "- a\n\nSo.\n\n---",
            "behind the first list stands a line across in English, a paragraph in",
        ),
        (
            "See https://a.org/b there.",
            "https://a.org/b에서",
            "`https://a.org/b` runs on into the words `에서`; put a space",
        ),
        (
            "See (https://a.org/b) there.",
            "거기(https://a.org/b)에서",
            "`https://a.org/b` runs on into the words `)에서`",
        ),
        ("- a\n- b", "- a", "lists: 1 item, 1 list with dots; in English 2 items, 1 list with dots; keep"),
        ("- a\n\n1. b", "1. b\n\n- a", "lists: those of the English in another order; keep"),
        ("The $L$ of `x`.", "$L$`x`입니다.", "Jupyter shows `$L$` otherwise: taken for code; put blanks between"),
        (
            "See [here](https://a.org/b).",
            "Véase [aquí](https://a.org/\nb).",
            "`](` makes no link; write [words](address)",
        ),
    ],
)
def test_what_stands_otherwise_is_told_as_what_it_is(english: str, said: str, told: str) -> None:
    assert any(told in message for message, _ in findings(Text("p/a", english, PROSE), said))


def test_an_author_is_told_of_a_link_that_is_turned_round() -> None:
    found = of_source(Text("p/a", "See [https://a.org](the short notation).", PROSE))
    assert [rule for message, rule in found if "makes no link" in message] == ["unclosed"]
    assert "unclosed" not in {rule for _, rule in of_source(Text("p/a", "See [the notation](https://a.org).", PROSE))}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It is \\${glue:text}`price`.", False),  # money that a role says
        ("It is \\$`x` here.", False),
        ("In <<_TheEuroProblem>> it is told.", False),  # a reference as AsciiDoc has it
        ("Here is <_x_> and _more.", True),
        ("It is `x`$ here.", True),
        ("*Goal**", True),
    ],
)
def test_an_author_is_told_of_a_mark_that_opens_nothing(text: str, told: bool) -> None:
    assert ("unclosed" in {rule for _, rule in of_source(Text("p/a", text, PROSE))}) is told


@pytest.mark.parametrize(
    ("english", "said", "holds"),
    [
        ("Stop here. Example:\nimport pdb", "여기서 멈춤. 예:\nimport pdb", True),
        ('On a TPU:\nif "x" in os.environ and tpu:\ny = 1', 'TPU에서:\nif "x" in os.environ and tpu:\ny = 1', True),
        ("Stop here.\nThis is the end of it.", "여기서 멈춤.\nThis is the end of it.", False),
        ("Stop here.\nif it is so:", "여기서 멈춤.\nif it is so:", False),
    ],
)
def test_code_in_a_comment_may_stay(english: str, said: str, holds: bool) -> None:
    found = findings(Text("loss/a", english, COMMENT), said, conventions=Conventions(Language("ko")))
    assert ("english" not in {rule for _, rule in found}) is holds
