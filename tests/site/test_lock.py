"""Two commands at once in one book: the second waits, and says so; one that is killed leaves nothing locked."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from book.cli import main
from book.execute.runtimes import kernel_folder
from book.lock import locked
from tests.small_book import Book

COMMANDS: dict[str, Callable[[Book], object]] = {
    "localize": lambda tmp_book: main(["localize", "ko"]),
    "kernels": lambda tmp_book: kernel_folder(tmp_book.project),
}
HOLD = "from pathlib import Path; from book.lock import locked; import sys, time\n"
HOLD += "with locked(Path(sys.argv[1])):\n    print('in', flush=True)\n    time.sleep(600)"

WRITTEN = [{"notebooks", "pictures"}, {"jupyter"}]  # by these commands
WAITING = "another command is at work in this book's `_build`; waiting for it"


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_what_writes_into_the_build_folder_waits_for_another(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], command: Callable[[Book], object]
) -> None:
    second = threading.Thread(target=command, args=[tmp_book], daemon=True)
    capsys.readouterr()
    said = ""
    with locked(tmp_book.project.build):
        second.start()
        while WAITING not in said and second.is_alive():
            time.sleep(0.01)
            said += capsys.readouterr().err
        assert said.splitlines() == [WAITING]
        assert not list(tmp_book.project.build.glob("[!.]*"))
    second.join()
    assert {path.name for path in tmp_book.project.build.glob("[!.]*")} in WRITTEN


def test_two_builds_at_once_both_succeed(tmp_book: Book) -> None:
    command = [sys.executable, "-m", "book", "build", "ko"]
    both = [subprocess.Popen(command, cwd=tmp_book.root, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [each.communicate()[1] for each in both]
    assert [each.returncode for each in both] == [0, 0]
    assert sorted(said) == ["", f"{WAITING}\n"]


def test_a_killed_process_leaves_nothing_locked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout
    assert holder.stdout.readline() == "in\n"
    holder.kill()
    holder.communicate()
    with locked(tmp_path):
        assert capsys.readouterr().err == ""
