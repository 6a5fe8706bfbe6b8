"""A rule that does not fit a book is switched off in its settings; those of safety are not."""

from __future__ import annotations

import pytest

from book.check.check import check
from book.cli import main
from book.rules import RULES
from book.rules.notebooks import NOTEBOOK_RULES
from tests.small_book import Book, markdown


def switch_off(tmp_book: Book, *names: str) -> None:
    with (tmp_book.root / "_config.yml").open("a", encoding="utf-8") as config:
        config.write(f"book:\n  rules-off: [{', '.join(names)}]\n")


def rules(capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    main(["check"])
    return [line.rpartition(" ")[2].strip("()") for line in capsys.readouterr().out.splitlines()]


def test_a_rule_that_is_off_is_not_asked_and_the_others_are(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_book.translate("ko", "loss/title", "# 손실\n\n손실은 $L = 0.5$ 이고 `axis=3` , [시작](index.ipynb)")
    assert set(rules(capsys)) == {"ending", "spaces"}
    switch_off(tmp_book, "ending")
    assert set(rules(capsys)) == {"spaces"}


def test_what_is_off_is_no_reason_to_remove_what_allowed_it(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_book.reword("loss", "what-falls", "The loss falls.", "The loss falls from epoch to epoch, and then it stays.")
    assert main(["sync"]) == 0
    tmp_book.translate("ko", "loss/what-falls", "## 감소\n\n손실이 줄어듭니다")
    path = tmp_book.root / "translations" / "ko" / "loss.po"
    said = path.read_text(encoding="utf-8")
    above = said.index("#.", said.rindex("\n\n", 0, said.index('msgctxt "loss/what-falls"')))
    path.write_text(f"{said[:above]}# book: allow ending -- as it is\n{said[above:]}", encoding="utf-8")
    assert rules(capsys) == []
    switch_off(tmp_book, "ending")
    assert rules(capsys) == []


OF_CODE = "for ax, name in zip(axes, ['one line', 'two lines']):\n    ax.set_title(name)\nplt.title('Of $x$ only')"


@pytest.mark.parametrize("name", ["drawn-by-name", "figure-formula", "formula", "money", "block-words"])
def test_what_a_cell_may_allow_a_book_may_do_without(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    text = "It costs \\$5 or $6, then $7. $$\\nonsense$$\n\n```{csv-table}\nOne,two\n```"

    def add(page: object) -> None:
        page.cells.append(markdown("more", text))  # type: ignore[attr-defined]
        page.cells[2].source = f"import matplotlib.pyplot as plt\n{OF_CODE}"  # type: ignore[attr-defined]

    def allow(page: object) -> None:
        for cell in page.cells[2:]:  # type: ignore[attr-defined]
            cell.metadata["book"] = {"allow": {name: "it is so on purpose"}}

    def disallow(page: object) -> None:
        for cell in page.cells[2:]:  # type: ignore[attr-defined]
            del cell.metadata["book"]

    tmp_book.edit("loss", add)
    assert main(["sync"]) == 0
    before = rules(capsys)
    assert name in before
    tmp_book.edit("loss", allow)
    assert name not in rules(capsys)
    tmp_book.edit("loss", disallow)
    switch_off(tmp_book, name)
    assert rules(capsys) == [each for each in before if each != name]


@pytest.mark.parametrize("name", ["heading", "html", "dead-link", "no-program"])
def test_rules_about_lessons_can_be_off(tmp_book: Book, capsys: pytest.CaptureFixture[str], name: str) -> None:
    def add(page: object) -> None:
        page.cells.append(markdown("more", "#### Deep\n\n<b>Bold</b>, [gone](gone.ipynb)."))  # type: ignore[attr-defined]
        page.cells[2].source += "\n(("  # type: ignore[attr-defined]

    tmp_book.edit("loss", add)
    assert main(["sync"]) == 0
    before = rules(capsys)
    assert name in before
    switch_off(tmp_book, name)
    assert rules(capsys) == [each for each in before if each != name]


def test_a_rule_about_lessons_that_is_off_holds_for_translations(
    tmp_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    switch_off(tmp_book, "heading", "html")
    tmp_book.translate("ko", "loss/what-falls", "# 감소\n\n<b>손실</b>이 줄어듭니다.")
    assert set(rules(capsys)) == {"heading", "html"}


def test_rules_of_safety_stay_on_and_unknown_names_are_told(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_book.translate("ko", "loss/title", "# 손실\n\n손실은 $M$ 이고 `axis=3`, [시작](index.ipynb).")
    switch_off(tmp_book, "maths", "remote-content", "nonsense")
    capsys.readouterr()
    assert main(["check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == [
        "_config.yml:6: `rules-off` has `maths`, which keeps readers safe and is always asked; remove it (settings)",
        "_config.yml:6: `rules-off` has `nonsense`, which is no rule; `book check --rules` lists them (settings)",
        "_config.yml:6: `rules-off` has `remote-content`, which keeps readers safe and is always asked; "
        "remove it (settings)",
    ]
    assert any(line.endswith("(maths)") for line in lines[3:])


def test_each_rule_of_the_manual_can_be_off_or_is_refused_by_name(tmp_book: Book) -> None:
    names = {*(rule.name for rule in RULES), *(rule.name for rule in NOTEBOOK_RULES)}
    switch_off(tmp_book, *sorted(names))
    told = [each.message.split("`")[3] for each in check(tmp_book.project, []).findings if each.rule == "settings"]
    safety = {rule.name for rule in RULES if rule.safety} | {rule.name for rule in NOTEBOOK_RULES}
    assert sorted(told) == sorted(safety - {"heading", "html"})
