"""What the cases of other people's content share."""

from __future__ import annotations

import pytest

from tests.cases.books import Case
from tests.small_book import Book


@pytest.fixture
def case(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> Case:
    return Case(tmp_book, capsys)
