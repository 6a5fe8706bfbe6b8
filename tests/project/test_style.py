"""The code's own rules, as tests."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests import ROOT


@pytest.mark.parametrize(
    "command",
    [["ruff", "check"], ["ruff", "format", "--check"], ["mypy", "--strict"]],
    ids=["ruff-check", "ruff-format", "mypy-strict"],
)
def test_the_code_passes(command: list[str]) -> None:
    tool = Path(sys.executable).with_name(command[0])
    done = subprocess.run([tool, *command[1:], "."] if command[0] == "ruff" else [tool, *command[1:]],
                          cwd=ROOT, capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_locked_requirements_have_hashes_and_no_address() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        packages = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert packages, path
        assert "--hash=sha256:" in text
        assert all("==" in line for line in packages)
        assert not {"http:", "https:", "--index-url", "--find-links"} & set(text.replace("://", ": ").split())


@pytest.mark.parametrize(
    ("folder", "others"),
    [("book", {"bench", "tests"}), ("bench", {"tests"})],
)
def test_imports_run_one_way(folder: str, others: set[str]) -> None:
    files = list((ROOT / folder).rglob("*.py"))
    assert files
    found = {(path.name, name.split(".")[0]) for path in files for name in imported(path)}
    assert [(path, package) for path, package in sorted(found) if package in others] == []


def imported(path: Path) -> list[str]:
    """The modules that a file imports, anywhere in it."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    whole = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return whole + [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
