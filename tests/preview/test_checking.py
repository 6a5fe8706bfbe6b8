"""`book serve` and the check that runs beside it: what is saved does not wait for a check that has not ended."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

import pytest

from book.language.language import Language
from book.preview import serve
from tests.small_book import Book

PATIENCE = 120  # seconds: for a machine on which much else runs
_BEGUN = "begun"  # a file with the number of each process that has begun to check
_Saved = set[Path] | None


def check_for_ever(root: Path, editions: list[Language]) -> None:
    """Stands for a check of a large book: it would go on long after the next save."""
    with (root / _BEGUN).open("a") as file:
        file.write(f"{os.getpid()}\n")
    threading.Event().wait(PATIENCE)


class Saves(Queue[_Saved]):
    """The queue of what is saved; None stands for Ctrl-C."""

    def get(self, block: bool = True, timeout: float | None = None) -> _Saved:
        if (saved := super().get(block, timeout)) is None:
            raise KeyboardInterrupt
        return saved


def begun(root: Path, count: int) -> list[int]:
    """The processes that have begun to check, once there are so many."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        numbers = (root / _BEGUN).read_text().split() if (root / _BEGUN).is_file() else []
        if len(numbers) >= count:
            return [int(each) for each in numbers]
        time.sleep(0.05)
    raise AssertionError(f"fewer than {count} checks have begun")


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_save_ends_the_check_that_runs_and_begins_another(tmp_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    saves = Saves()

    @contextmanager
    def saved(project: object) -> Iterator[Saves]:
        yield saves

    monkeypatch.setattr(serve, "_say_findings", check_for_ever)
    monkeypatch.setattr(serve, "_saved", saved)
    monkeypatch.setattr(serve, "_rebuild", lambda *_: [Language("ko")])
    thread = threading.Thread(target=serve.serve, args=(tmp_book.project, ["ko"], "127.0.0.1", 0), daemon=True)
    thread.start()
    try:
        first = begun(tmp_book.root, 1)[0]
        assert is_running(first)
        saves.put({tmp_book.project.catalog(Language("ko"), "loss")})
        second = begun(tmp_book.root, 2)[1]
        assert not is_running(first)
        assert is_running(second)
    finally:
        saves.put(None)
        thread.join(PATIENCE)
    assert not thread.is_alive()
    assert not is_running(second)
