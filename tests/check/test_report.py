"""How findings are shown, and how a translator silences one."""

from __future__ import annotations

import ast
import inspect
import json
import subprocess
import textwrap
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import TypeGuard

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

import book
from book.check.manual import further
from book.check.report import Report, as_colour, as_github, as_json, in_colour
from book.cli import main
from book.errors import BookError
from book.findings import Finding, Suppressed
from book.language.language import Language
from book.po import catalog
from book.po.suppressions import suppressions
from book.rules import RULES
from book.rules.notebooks import NOTEBOOK_RULES
from book.rules.registry import Documented
from tests.small_book import Book

ODD = Finding("a,b: c.po", 3, "50 % of\nlines", "spaces")


def checked(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main(["check", *options])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def wrong(tmp_book: Book, comment: str = "") -> None:
    """A translation whose numbers differ, under a translator's comment."""
    tmp_book.reword("loss", "what-falls", "falls.", "falls by 5.")
    assert main(["sync"]) == 0
    path = tmp_book.project.catalog(Language("ko"), "loss")
    made = catalog.load(path)
    entry = next(e for e in made if e.msgctxt == "loss/what-falls" and not e.obsolete)
    entry.msgstr, entry.tcomment = "## 감소\n\n손실이 다섯만큼 줄어듭니다.", comment
    path.write_text(catalog.dumps(made), encoding="utf-8")


def test_text_is_the_default_and_the_count_goes_to_stderr(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    wrong(tmp_book)
    status, out, err = checked(capsys)
    line = catalog.translation_line(tmp_book.root / "translations/ko/loss.po", tmp_book.entry("ko", "loss/what-falls"))
    assert status == 1
    assert (
        out == f"translations/ko/loss.po:{line}: `loss/what-falls`: number `5` is missing; keep its value (numbers)\n"
    )
    assert err == "1 finding, 0 silenced\n"


def test_a_reason_silences_a_rule_at_one_entry_and_is_counted(
    tmp_book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong(tmp_book, "book: allow numbers -- five is a word here")
    assert checked(capsys) == (0, "", "0 findings, 1 silenced\n")
    found = json.loads(checked(capsys, "--format", "json")[1])
    assert found["findings"] == []
    assert [(each["rule"], each["reason"]) for each in found["silenced"]] == [("numbers", "five is a word here")]


def test_a_silence_outlives_sync_and_gettexts_tools(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    wrong(
        tmp_book, "book: allow numbers -- " + "five is a word here, and stays one however long this comment gets " * 3
    )
    path = tmp_book.project.catalog(Language("ko"), "loss")
    subprocess.run(["msgcat", "--width=60", "-o", path, path], check=True)
    assert main(["sync"]) == 0
    assert checked(capsys)[0] == 0


@given(
    st.lists(st.sampled_from([rule.name for rule in RULES]), min_size=1, max_size=9, unique=True),
    st.lists(st.text("abc-.", min_size=1, max_size=9), min_size=1, max_size=30).map(" ".join),
)
def test_a_silence_reads_the_same_however_its_comment_is_wrapped(names: list[str], reason: str) -> None:
    comment = f"book: allow {', '.join(names)} -- {reason}"
    expected = suppressions(comment)
    assert expected[0].rules == tuple(names)
    assert suppressions("\n".join(textwrap.wrap(comment, 40)))[0].rules == tuple(names)
    assert suppressions(polib.POEntry(tcomment=comment).tcomment) == expected


def test_github_gets_annotations_with_its_signs_escaped() -> None:
    assert list(as_github(Report([ODD]))) == [
        "::error file=a%2Cb%3A c.po,line=3,title=spaces::50 %25 of%0Alines (spaces)"
    ]


def test_json_is_one_object_of_two_lists() -> None:
    shown = json.loads("".join(as_json(Report([ODD], [Suppressed(ODD, "so")]))))
    said = {"file": "a,b: c.po", "line": 3, "message": "50 % of\nlines", "rule": "spaces"}
    assert shown == {"findings": [said], "silenced": [{**said, "reason": "so"}]}


class Terminal:
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("name", "value", "coloured"), [("NO_COLOR", "", True), ("NO_COLOR", "1", False), ("TERM", "dumb", False)]
)
def test_colour_is_for_terminals_that_want_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, coloured: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(name, value)
    assert in_colour(Terminal()) is coloured  # type: ignore[arg-type]
    assert "\033[1ma,b: c.po:3:" in next(iter(as_colour(Report([ODD]))))


def test_the_rules_are_listed_with_what_they_want(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = checked(capsys, "--rules")
    assert status == 0
    rules: list[Documented] = [*RULES, *NOTEBOOK_RULES]
    assert all(rule.title in out and rule.doc.split("\n")[0] in out for rule in rules)
    assert out.count("Bad:") == out.count("Good:") == len(rules)


def reported(module: ModuleType) -> Iterator[str]:
    """The names of rules that a module gives to what it finds, where it names them."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        match node:
            case ast.Call(func=ast.Name("Found" | "Finding") | ast.Attribute(attr="finding"), args=[_, _, *_, last]):
                with suppress(NameError, AttributeError):  # it is known at run time alone, such as the name of an error
                    value = eval(ast.unparse(last), vars(module))
                    yield from [value] if isinstance(value, str) else []
    yield from (each for each in vars(module).get("_FAULTS", {}) if isinstance(each, str))


def test_every_rule_that_can_be_reported_is_listed() -> None:
    modules = [
        import_module(each.name) for each in walk_packages(book.__path__, "book.") if "__main__" not in each.name
    ]
    names = {name for module in modules for name in reported(module) if name}
    errors = {each.rule for module in modules for each in vars(module).values() if is_error(each)}
    assert {"id-changed", "id-missing", "id-format", "sphinx", "left", "dead-link", "settings"} <= names
    assert {"catalog", "bug", "markup"} <= errors
    rules: list[Documented] = [*RULES, *NOTEBOOK_RULES, *further()]
    listed = {each.title.partition(" ")[0] for each in rules}
    assert (names | errors) - listed == set()


def is_error(value: object) -> TypeGuard[type[BookError]]:
    return isinstance(value, type) and issubclass(value, BookError)
