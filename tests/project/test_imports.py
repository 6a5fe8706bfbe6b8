"""Imports run downward only: the contracts of `pyproject.toml`, as import-linter sees them."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from importlinter.application.use_cases import lint_imports
from importlinter.configuration import configure

import book
from tests import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]


def test_every_import_contract_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    configure()
    kept = lint_imports(str(ROOT / "pyproject.toml"), cache_dir=None, no_logo=True)
    assert kept, capsys.readouterr().out


def test_the_drawing_in_contributing_shows_the_floors() -> None:
    drawn = re.search(
        r"above; `make test` holds that,\nand.*?\n\n(.*?)\n\n", (ROOT / "CONTRIBUTING.md").read_text(), re.DOTALL
    )
    assert drawn
    shown = [re.split(r"\s{2,}", line.strip())[0] for line in drawn[1].splitlines()]
    (contract,) = [each for each in CONTRACTS if each["id"] == "layers"]
    assert shown == contract["layers"]


def test_the_map_in_the_package_names_every_stage() -> None:
    packages = {path.parent.name for path in (ROOT / "book").glob("*/__init__.py")}
    assert packages
    assert [name for name in sorted(packages) if f"`{name}" not in str(book.__doc__)] == []


PACKAGES = sorted(path.parent for path in (ROOT / "book").glob("*/**/__init__.py"))
FEW = 4  # modules that need no map


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.relative_to(ROOT).as_posix())
def test_a_package_of_many_modules_has_a_map_of_them(package: Path) -> None:
    """Say in its docstring what each is for: a newcomer reads that first."""
    modules = sorted({path.stem for path in package.glob("*.py")} - {"__init__", "__main__"})
    docstring = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8"))) or ""
    unnamed = [name for name in modules if f"`{name}`" not in docstring]
    assert len(modules) <= FEW or unnamed == []
