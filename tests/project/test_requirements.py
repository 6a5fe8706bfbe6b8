"""The lock files and what they are made from: dated, renewed by a command that says what changed."""

from __future__ import annotations

import datetime
import re
import subprocess
from pathlib import Path

import pytest

from book.project import Project
from requirements import colab_list, pin, sources
from tests import ROOT

TEXT = sources.PATH.read_text(encoding="utf-8")
COLAB = sources.read(TEXT)["colab"]
COMMIT = "0123456789abcdef0123456789abcdef01234567"
FILES = {
    "pip-freeze.txt": "# by a script\nkeras==3.14.0\nmatplotlib==3.10.1\nnumpy==2.2.0\ntensorflow==2.21.0\nsome @ file:///x\n",
    "os-info.txt": "Ubuntu 22.04.5 LTS\nPython 3.14.1\n",
    "README.md": "### 2026.07\n\ntext\n### 2026.10\n### Contributing\n### 2025.10\n",
}


def test_pins_and_colabs_list_are_dated_and_say_where_they_are_from() -> None:
    assert isinstance(sources.read(TEXT)["pinned"]["date"], datetime.date)
    assert isinstance(COLAB["date"], datetime.date)
    assert re.fullmatch(
        r"https://github\.com/googlecolab/backend-info/blob/[0-9a-f]{40}/pip-freeze\.txt", COLAB["source"]
    )


def test_the_lock_file_of_colabs_runtime_has_what_colab_has() -> None:
    pinned = pin.pins((ROOT / "requirements" / "colab.txt").read_text(encoding="utf-8"))
    assert {name: pinned[name] for name in COLAB["packages"]} == COLAB["packages"]


def test_the_notebooks_ask_for_a_version_of_colabs_runtime_that_is_there() -> None:
    assert "" < Project(ROOT).own.colab_runtime <= COLAB["runtime"]


def test_a_lock_file_says_each_version() -> None:
    text = "a==1.0 \\\n    --hash=sha256:1\nb-c==2 ; python_version < '3'\nb-c==3.0.post1 ; python_version > '3'\n"
    assert pin.pins(text) == {"a": "1.0", "b-c": "2, 3.0.post1"}


def test_what_changed_is_a_line_for_each_package() -> None:
    assert pin.changes("a==1\nb==1\nc==1\n", "a==1\nb==2\nd==1\n") == ["b 1 → 2", "c 1 → gone", "d new → 1"]
    assert pin.changes("a==1 \\\n --hash=x\n", "a==1 \\\n --hash=y\n") == []


class Compiler:
    """Stands in for uv: the newest version of the one package there is, and how it was called."""

    def __init__(self, version: str, *, fails: bool = False) -> None:
        self.version, self.fails, self.calls = version, fails, list[tuple[list[str], str]]()

    def __call__(self, command: list[str], **given: object) -> subprocess.CompletedProcess[str]:
        self.calls.append((command, str(given["input"])))
        if self.fails:
            raise subprocess.CalledProcessError(1, command)
        if "--output-file" in command:
            file = Path(command[command.index("--output-file") + 1])
            file.write_text(file.read_text().replace("a==1\n", f"a=={self.version}\n"))
        return subprocess.CompletedProcess(command, 0, f"a=={self.version}\n", "")


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of lock files that pin one package, and when."""
    for name in pin.SETS:
        (tmp_path / f"{name}.txt").write_text("a==1\n", encoding="utf-8")
    (tmp_path / "sources.toml").write_text(sources.changed(TEXT, {("pinned", "date"): "2026-01-01"}), encoding="utf-8")
    monkeypatch.setattr(pin, "FOLDER", tmp_path)
    monkeypatch.setattr(sources, "PATH", tmp_path / "sources.toml")
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, compiler: Compiler, names: list[str], day: str = "2026-02-08") -> int:
    monkeypatch.setattr(subprocess, "run", compiler)
    return pin.main(names, datetime.date.fromisoformat(day))


def test_lock_upgrades_to_what_has_been_out_for_a_week_and_says_what_changed(
    locked: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    compiler = Compiler("2")
    assert run(monkeypatch, compiler, []) == 0
    assert capsys.readouterr().out == "".join(f"{name}: a 1 → 2\n" for name in pin.SETS)
    assert {path.read_text() for path in locked.glob("*.txt")} == {"a==2\n"}
    assert sources.read((locked / "sources.toml").read_text())["pinned"]["date"] == datetime.date(2026, 2, 1)
    for command, _ in compiler.calls:
        assert "--upgrade" in command
        assert command[command.index("--exclude-newer") + 1] == "2026-02-01T00:00:00Z"
    assert [given for _, given in compiler.calls if given] == [
        "\n".join(f"{name}=={version}" for name, version in COLAB["packages"].items())
    ]


def test_lock_takes_nothing_younger_than_a_week_even_where_the_last_was(
    locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiler = Compiler("2")
    assert run(monkeypatch, compiler, [], "2026-01-03") == 0
    assert all("2025-12-27T00:00:00Z" in command for command, _ in compiler.calls)
    assert sources.read((locked / "sources.toml").read_text())["pinned"]["date"] == datetime.date(2025, 12, 27)


def test_one_package_is_upgraded_at_once_where_it_is_pinned_and_the_rest_stays(
    locked: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (locked / "site.txt").write_text("a==1\nb==1\n")
    (locked / "addons.txt").write_text("b==1\n")
    compiler = Compiler("2")
    assert run(monkeypatch, compiler, ["--only=A"], "2026-02-08") == 0
    assert (locked / "site.txt").read_text() == "a==2\nb==1\n"
    assert (locked / "addons.txt").read_text() == "b==1\n"
    assert capsys.readouterr().out == "site: a 1 → 2\ntest: a 1 → 2\ncolab: a 1 → 2\n"
    assert sources.read((locked / "sources.toml").read_text())["pinned"]["date"] == datetime.date(2026, 2, 8)
    for command, _ in compiler.calls:
        assert command[command.index("--upgrade-package") + 1] == "a"
        assert "--upgrade" not in command


def test_the_day_of_the_pins_holds_for_the_sets_that_stay(locked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiler = Compiler("2")
    assert run(monkeypatch, compiler, ["site"], "2026-01-03") == 0
    assert "2025-12-27T00:00:00Z" in compiler.calls[0][0]
    assert (locked / "test.txt").read_text() == "a==1\n"
    assert sources.read((locked / "sources.toml").read_text())["pinned"]["date"] == datetime.date(2026, 1, 1)


def test_where_nothing_is_newer_nothing_changes(
    locked: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (locked / "sources.toml").read_text()
    assert run(monkeypatch, Compiler("1"), []) == 0
    assert (locked / "sources.toml").read_text() == before
    assert capsys.readouterr().out == "nothing has changed up to 2026-02-01\n"


@pytest.mark.parametrize(
    ("names", "fails", "status"), [(["sites"], False, 2), (["--only=b"], False, 2), (["site"], True, 1)]
)
def test_lock_says_in_one_line_what_it_cannot_do(
    locked: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    names: list[str],
    fails: bool,
    status: int,
) -> None:
    assert run(monkeypatch, Compiler("2", fails=fails), names) == status
    assert capsys.readouterr().err.count("\n") == 1
    assert (locked / "site.txt").read_text() == "a==1\n"


def test_colabs_list_is_renewed_with_its_day_and_source() -> None:
    after = colab_list.renewed(TEXT, COMMIT, "2026-12-24", FILES)
    made = sources.read(after)["colab"]
    assert made == {
        "date": datetime.date(2026, 12, 24),
        "source": f"https://github.com/googlecolab/backend-info/blob/{COMMIT}/pip-freeze.txt",
        "python": "3.14",
        "runtime": "2026.10",
        "packages": {"tensorflow-cpu": "2.21.0", "keras": "3.14.0", "numpy": "2.2.0", "matplotlib": "3.10.1"},
    }
    assert [line.partition("#")[2] for line in after.split("\n")] == [
        line.partition("#")[2] for line in TEXT.split("\n")
    ]
    assert "keras 3.13.2 → 3.14.0" in colab_list.changes(TEXT.replace(COLAB["packages"]["keras"], "3.13.2"), after)
    assert colab_list.changes(after, after) == []


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("pip-freeze.txt", "keras==3.14.0\n", "no version of tensorflow"),
        ("pip-freeze.txt", FILES["pip-freeze.txt"].replace("2.2.0", '2"\n[x]'), "no version of numpy"),
        ("os-info.txt", "<html>", "names no Python"),
        ("README.md", "nothing", "no version of the runtime"),
    ],
)
def test_a_list_that_is_none_is_refused(name: str, text: str, said: str) -> None:
    with pytest.raises(colab_list.UnexpectedListError, match=said):
        colab_list.renewed(TEXT, COMMIT, "2026-12-24", FILES | {name: text})


@pytest.mark.parametrize(("commit", "day"), [("main", "2026-12-24"), (COMMIT, "today")])
def test_a_commit_that_is_none_is_refused(commit: str, day: str) -> None:
    with pytest.raises(colab_list.UnexpectedListError, match="no commit with a day"):
        colab_list.renewed(TEXT, commit, day, FILES)


def test_without_a_network_the_list_stays(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fetch(url: str) -> str:
        raise OSError("no network")

    monkeypatch.setattr(colab_list, "_fetch", fetch)
    assert colab_list.main() == 1
    assert capsys.readouterr().err == "Colab's list stays as it is: no network\n"
    assert sources.PATH.read_text(encoding="utf-8") == TEXT
