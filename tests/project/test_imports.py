"""Imports run downward only: the contracts of `pyproject.toml`, as import-linter sees them."""

from __future__ import annotations

import pytest
from importlinter.application.use_cases import lint_imports
from importlinter.configuration import configure

from tests import ROOT


def test_every_import_contract_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    configure()
    kept = lint_imports(str(ROOT / "pyproject.toml"), cache_dir=None, no_logo=True)
    assert kept, capsys.readouterr().out
