"""Work on all cores: the same results in the same order, whatever becomes of a process; little work starts none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest

from book import processes
from book.check import share
from book.cli import main
from book.errors import NotebookError
from book.processes import ENOUGH, at_once, mapped
from tests.small_book import Book

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are not forked here")


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes, however little there is to do."""
    monkeypatch.setattr(processes, "at_once", lambda size: 2)
    monkeypatch.setattr(share, "at_once", lambda size: 2)


def test_many_things_are_shared_out_and_come_back_in_order() -> None:
    program = """
import os, time
from book import processes
os.sched_getaffinity = lambda pid: {0, 1}
def work(number):
    time.sleep(0.01)
    return number, os.getpid(), processes.at_once(1000)
found = list(processes.mapped(work, range(processes.ENOUGH)))
print([number for number, *_ in found] == list(range(processes.ENOUGH)))
print(len({pid for _, pid, _ in found}), os.getpid() in {pid for _, pid, _ in found}, {inside for *_, inside in found})
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n") == ["True", "2 False {1}", ""], "within a process nothing is shared out again"


def test_few_things_start_no_process() -> None:
    assert at_once(ENOUGH - 1) == 1
    assert set(mapped(lambda number: os.getpid(), range(ENOUGH - 1))) == {os.getpid()}


def test_a_process_with_threads_is_not_forked() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert at_once(10 * ENOUGH) == 1
    finally:
        stop.set()
        thread.join()


@pytest.mark.usefixtures("two")
def test_what_is_raised_is_raised_in_its_turn() -> None:
    def work(number: int) -> int:
        if number in (3, 5):
            raise NotebookError(f"number {number} cannot be read", "x.ipynb", number)
        return number

    found = mapped(work, range(32))
    assert [next(found) for _ in range(2)] == [0, 1]
    with pytest.raises(NotebookError, match="number 3 cannot be read") as raised:
        list(found)
    assert str(raised.value) == "x.ipynb:3: number 3 cannot be read (notebook)"


@pytest.mark.usefixtures("two")
def test_what_a_stopped_process_has_not_done_is_done_here() -> None:
    here = os.getpid()

    def work(number: int) -> int:
        if number == 20 and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert list(mapped(work, range(32))) == list(range(32))


def test_processes_do_not_outlive_the_one_that_they_work_for() -> None:
    program = """
import os, time
from book import processes
processes.at_once = lambda size: 2
def work(number):
    os.write(1, f"{os.getpid()}\\n".encode())  # at once, in one piece
    time.sleep(600)
list(processes.mapped(work, range(2)))
"""
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    pids = [int(process.stdout.readline()) for _ in range(2)]
    process.kill()
    process.wait()
    assert process.stdout.read() == "", "comes to its end when the last process that could write has ended"
    assert len(set(pids)) == 2


def spoil(book: Book) -> None:
    """Faults of every kind, in notebooks and in both languages."""
    book.translate("ko", "index/title", "# 시작\n\n책 $x$ 입니다.")
    book.translate("ar", "index/title", "# ابدأ هنا\n\nكتاب.")
    book.reword("loss", "what-falls", "falls.", "drops, see [it](gone.ipynb).")


def unreadable(book: Book) -> None:
    spoil(book)
    (book.root / "translations" / "ko" / "loss.po").write_text('msgid "x\n')
    (book.root / "translations" / "ar" / "glossary.csv").write_text("english\nloss\n")


@pytest.mark.parametrize("change", [spoil, unreadable])
def test_a_check_on_all_cores_finds_the_same(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, change: Callable[[Book], None]
) -> None:
    change(tmp_book)
    capsys.readouterr()
    assert main(["check"]) == 1
    alone = capsys.readouterr().out
    assert alone.count("\n") > 3
    monkeypatch.setattr(processes, "at_once", lambda size: 2)
    monkeypatch.setattr(share, "at_once", lambda size: 2)
    assert main(["check"]) == 1
    assert capsys.readouterr().out == alone


def test_a_sync_on_all_cores_writes_the_same(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(tmp_book)
    before = tmp_book.files()
    capsys.readouterr()
    assert main(["sync"]) == 0
    said, alone = capsys.readouterr().out, tmp_book.files()
    assert alone != before
    for name, content in before.items():
        (tmp_book.root / name).write_bytes(content)
    monkeypatch.setattr(processes, "at_once", lambda size: 2)
    assert main(["sync"]) == 0
    assert capsys.readouterr().out == said
    assert tmp_book.files() == alone
