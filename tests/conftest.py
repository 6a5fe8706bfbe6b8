"""What every test may ask for: the small book. Hypothesis tries the same examples every time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.small_book import Book, make_book

# `make test` tries the same examples every time, so that nobody's change fails by another's luck;
# `pytest --hypothesis-profile=search` looks for new ones.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("search", derandomize=False, deadline=None)
settings.load_profile("steady")


@pytest.fixture
def tmp_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """The small book, synced, with the current folder in it."""
    return make_book(tmp_path, monkeypatch)
