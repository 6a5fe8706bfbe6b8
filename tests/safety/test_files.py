"""Files are whole, old or new: after a kill, on a full disk, with two runs at once."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from types import ModuleType

import pytest
from nbformat import NotebookNode

from book import files, transaction
from book.cli import main
from book.errors import WriteError
from book.execute import store
from book.language.language import Language
from book.lock import lock_folder
from book.po import sync
from book.project import Project
from tests.kill import killed
from tests.small_book import Book, failure, markdown, write_page

PAGES = 12


def strays(tmp_book: Book) -> list[Path]:
    return list(tmp_book.root.rglob(f"*{files.UNFINISHED}"))


def po_files(tmp_book: Book) -> dict[str, bytes]:
    return {name: data for name, data in tmp_book.files().items() if name.endswith(".po")}


@pytest.fixture
def grown(tmp_book: Book) -> Book:
    """The small book with more pages, all translated."""
    names = [f"page_{number}" for number in range(PAGES)]
    for name in names:
        cells = [markdown("title", f"# {name}"), *(markdown(f"cell-{n}", f"It is {n} on {name}.") for n in range(9))]
        write_page(tmp_book.root, name, cells)
    toc = tmp_book.root / "_toc.yml"
    toc.write_text(toc.read_text() + "".join(f"- file: notebooks/{name}\n" for name in names))
    assert main(["sync"]) == 0
    for name in names:
        tmp_book.translate("ko", f"{name}/cell-1", f"하나 {name}")
        tmp_book.translate("ar", f"{name}/cell-1", f"واحد {name}")
    return tmp_book


def reword_all(tmp_book: Book) -> None:
    for number in range(PAGES):
        tmp_book.reword(f"page_{number}", "cell-1", "It is", "It was")


def exchange_cells(tmp_book: Book) -> None:
    """Each page gives a cell to the next: every PO file gives and takes."""
    cells = [tmp_book.page(f"page_{number}").cells[2] for number in range(PAGES)]
    for number, cell in enumerate(cells):
        cell.source, cell.id = f"{cell.source} Moved.", f"cell-of-{number}"
        tmp_book.edit(f"page_{number}", lambda page, cell=cell: page.cells.__setitem__(2, cell))  # type: ignore[misc]
    assert main(["sync"]) == 0
    for number in range(PAGES):
        for language in ("ko", "ar"):
            tmp_book.translate(language, f"page_{number}/cell-of-{number}", f"{language} {number}")
    for number, cell in enumerate(cells):
        target = f"page_{(number + 1) % PAGES}"
        tmp_book.edit(target, lambda page, cell=cell: page.cells.__setitem__(2, cell))  # type: ignore[misc]


def test_a_killed_sync_leaves_whole_files_and_the_next_completes_it(grown: Book) -> None:
    """Killed while it writes the new files, while it replaces the old ones, and between the two."""
    reword_all(grown)
    old = po_files(grown)
    sync_once()
    new = po_files(grown)
    left = set()
    for step in count(step=6):
        for name, data in old.items():
            (grown.root / name).write_bytes(data)
        if not killed(sync_once, step):
            break
        now = po_files(grown)
        assert now.keys() == old.keys()
        assert all(now[name] in (old[name], new[name]) for name in now)
        left.add((bool(strays(grown)), now == old, now == new))
        sync_once()
        assert po_files(grown) == new, f"killed at step {step}"
        assert strays(grown) == []
    assert {(True, True, False), (True, False, False)} <= left, "runs were killed before and among the replacements"


def sync_once() -> None:
    assert main(["sync"]) == 0


@pytest.mark.parametrize("change", [reword_all, exchange_cells], ids=["reworded", "moved-between-pages"])
def test_wherever_a_sync_stops_no_translation_is_in_no_file(
    grown: Book, monkeypatch: pytest.MonkeyPatch, change: Callable[[Book], None]
) -> None:
    change(grown)
    old = po_files(grown)
    translated = said(grown)
    assert main(["sync"]) == 0
    new = po_files(grown)
    assert said(grown) == translated
    for stop in count(step=7):
        for name, data in old.items():
            (grown.root / name).write_bytes(data)
        with monkeypatch.context() as patch:
            stop_at_replacement(patch, stop)
            try:
                assert main(["sync"]) == 0
                break
            except Killed:
                pass
        assert said(grown) == translated
        assert main(["sync"]) == 0
        assert po_files(grown) == new, f"stopped at file {stop}"
        now = grown.files()
        assert main(["sync"]) == 0
        assert grown.files() == now
    assert stop >= len(new) - 3


class Killed(BaseException):
    """Stands for the end of the process."""


def stop_at_replacement(patch: pytest.MonkeyPatch, stop: int) -> None:
    replace, left = Path.replace, iter(range(stop))

    def stopping(self: Path, target: Path) -> Path:
        if next(left, None) is None:
            raise Killed
        return replace(self, target)

    patch.setattr(Path, "replace", stopping)


def said(tmp_book: Book) -> set[tuple[str, str]]:
    found = set()
    for language in ("ko", "ar"):
        for path in sorted((tmp_book.root / "translations" / language).glob("*.po")):
            found |= {(language, e.msgstr) for e in tmp_book.po(language, path.stem) if e.msgstr}
    return found


def fail_with(patch: pytest.MonkeyPatch, call: str, after: int) -> None:
    """Let the disk be full at the call after `after` calls."""
    module, name = (Path, "replace") if call == "replace" else (os, call)
    real, left = getattr(module, name), iter(range(after))

    def full(*arguments: object) -> object:
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*arguments)

    patch.setattr(module, name, full)


@pytest.mark.parametrize("after", [0, 1, 9])
@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_disk_that_is_full_while_files_are_made_changes_nothing(
    grown: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], call: str, after: int
) -> None:
    reword_all(grown)
    before = grown.files()
    capsys.readouterr()
    if call == "write":
        monkeypatch.setattr(os, "fdopen", limited(after))
    else:
        fail_with(monkeypatch, call, after)
    assert main(["sync"]) == 2
    error = capsys.readouterr().err
    assert error.endswith(".po:1: cannot be written: No space left on device; nothing changed (write)\n")
    assert error.count("\n") == 1
    assert grown.files() == before
    assert strays(grown) == []


def limited(after: int) -> Callable[..., object]:
    """An `os.fdopen` whose files take nothing after the first few."""
    real, left = os.fdopen, iter(range(after))

    def opened(handle: int, mode: str) -> object:
        file = real(handle, mode)
        if next(left, None) is None:
            file.close()
            return open("/dev/full", mode, buffering=0)  # noqa: PTH123
        return file

    return opened


def test_a_replacement_that_fails_leaves_whole_files(
    grown: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reword_all(grown)
    old = po_files(grown)
    capsys.readouterr()
    with monkeypatch.context() as patch:
        fail_with(patch, "replace", 5)
        assert main(["sync"]) == 2
    assert "; 5 of 24 files were written before it: run this again (write)\n" in capsys.readouterr().err
    assert strays(grown) == []
    now = po_files(grown)
    assert sum(now[name] != old[name] for name in now) == 5
    assert main(["sync"]) == 0
    assert main(["check"]) == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 512 KB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small file system can be mounted only by root")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_really_full_disk_changes_nothing(
    grown: Book, small_disk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small_disk / "book"
    shutil.copytree(grown.root, root, ignore=shutil.ignore_patterns("disk", "_build"))
    monkeypatch.chdir(root)
    small = Book(type(grown.project)(root))
    reword_all(small)
    before = small.files()
    with (root / "ballast").open("wb", buffering=0) as ballast:
        left = os.statvfs(root).f_bavail * os.statvfs(root).f_frsize
        ballast.write(b"x" * (left - 20_000))
    capsys.readouterr()
    assert main(["sync"]) == 2
    assert "No space left on device; nothing changed (write)" in capsys.readouterr().err
    assert small.files() == before
    assert strays(small) == []
    (root / "ballast").unlink()
    assert main(["sync"]) == 0
    assert main(["check"]) == 0


def test_a_folder_that_may_not_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("not a folder")
    with pytest.raises(WriteError, match=r"cannot be written: .*; nothing changed"):
        files.write_atomic(tmp_path / "folder" / "file", "text")


@pytest.mark.parametrize("moment", ["planned", "written"])
@pytest.mark.parametrize("name", ["ko/loss.po", "ar/page_3.po"])
def test_what_an_editor_saves_while_sync_runs_is_not_overwritten(
    grown: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], moment: str, name: str
) -> None:
    exchange_cells(grown)
    grown.reword("loss", "what-falls", "falls", "drops")
    path = grown.root / "translations" / name
    edited = path.read_text(encoding="utf-8").replace('msgstr ""\n\n', 'msgstr "옮김"\n\n', 1).encode()
    translated = said(grown)
    module, call = (sync, "plan") if moment == "planned" else (transaction, "put")
    with monkeypatch.context() as patch:
        after(patch, module, call, lambda: path.write_bytes(edited))
        message = failure(capsys, "sync")
    assert re.match(rf"{path}:1: was saved by another program while this ran; .*: run this again \(write\)\n", message)
    assert path.read_bytes() == edited
    assert said(grown) >= translated
    assert strays(grown) == []
    assert main(["sync"]) == 0
    assert said(grown) == {*translated, (name[:2], "옮김")}
    now = grown.files()
    assert main(["sync"]) == 0
    assert grown.files() == now


def after(patch: pytest.MonkeyPatch, module: ModuleType, name: str, act: Callable[[], object]) -> None:
    """Let something happen once, after the first call of a function."""
    call, left = getattr(module, name), [act]

    def called(*arguments: object) -> object:
        result = call(*arguments)
        while left:
            left.pop()()
        return result

    patch.setattr(module, name, called)


def test_a_po_file_that_appears_while_sync_runs_is_not_overwritten(
    tmp_book: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_book.project.catalog(Language("ko"), "loss")
    whole = path.read_bytes()
    path.unlink()
    with monkeypatch.context() as patch:
        after(patch, sync, "plan", lambda: path.write_bytes(whole + b'\n# mine\n#~ msgid "a"\n#~ msgstr "b"\n'))
        assert "was saved by another program" in failure(capsys, "sync", "ko")
    assert b"# mine\n" in path.read_bytes()
    assert main(["sync"]) == 0
    assert b"# mine\n" in path.read_bytes()


def test_a_notebook_that_is_saved_while_sync_runs_is_synced_by_the_next_run(
    tmp_book: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_book.reword("loss", "what-falls", "falls.", "drops.")
    before = po_files(tmp_book)
    with monkeypatch.context() as patch:
        after(patch, sync, "plan", lambda: tmp_book.reword("index", "title", "Start here", "Begin here"))
        message = failure(capsys, "sync")
    assert "notebooks/index.ipynb:1: was saved by another program while this ran; nothing changed" in message
    assert po_files(tmp_book) == before
    assert main(["sync"]) == 0
    assert main(["check"]) == 0


def test_a_notebook_that_is_saved_while_it_is_executed_is_not_overwritten(
    tmp_book: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(project: Project, source: NotebookNode, path: Path, runtime: str) -> NotebookNode:
        source.cells[-1].outputs = []
        tmp_book.reword("loss", "what-falls", "falls.", "drops.")
        return source

    monkeypatch.setattr(store, "run_notebook", run)
    message = failure(capsys, "execute", "loss")
    assert "notebooks/loss.ipynb:1: was saved by another program while this ran; nothing changed: run this" in message
    assert tmp_book.page("loss").cells[1].source.endswith("drops.")
    assert tmp_book.page("loss").cells[-1].outputs
    assert strays(tmp_book) == []


def test_a_second_sync_waits_and_says_so(tmp_book: Book) -> None:
    tmp_book.reword("loss", "what-falls", "falls.", "drops.")
    with lock_folder(tmp_book.root / "translations", tmp_book.project.build):
        run = subprocess.Popen(
            [sys.executable, "-m", "book", "sync"],
            cwd=tmp_book.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert run.stderr
        line = run.stderr.readline()
        assert line == "another command is at work in this book's `translations`; waiting for it\n"
        tmp_book.reword("loss", "what-falls", "drops.", "sinks.")
    out, err = run.communicate()
    assert (run.returncode, err) == (0, "")
    assert "wrote translations/ko/loss.po\n" in out
    assert tmp_book.entry("ko", "loss/what-falls").msgid.endswith("sinks."), "it reads when its turn has come"


@pytest.mark.parametrize("command", ["sync", "localize"])
def test_a_lock_that_cannot_be_had_is_one_line(
    tmp_book: Book, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    shutil.rmtree(tmp_book.project.build, ignore_errors=True)
    tmp_book.project.build.write_text("a file")
    assert re.fullmatch(r"\S*_build\S*: cannot be used: .*\n", failure(capsys, command))
    tmp_book.project.build.unlink()
    tmp_book.project.build.symlink_to(tmp_book.root / "notebooks", target_is_directory=True)
    assert "_build:1: cannot be used: it is a symbolic link" in failure(capsys, command)
    assert not list((tmp_book.root / "notebooks").glob("*.lock")) + list((tmp_book.root / "notebooks").glob(".*"))


def test_a_run_that_need_not_wait_long_says_nothing(tmp_book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    with lock_folder(tmp_book.root / "translations", tmp_book.project.build):
        pass
    assert main(["sync"]) == 0
    assert capsys.readouterr().err == ""


def test_the_run_that_completes_another_names_its_files(
    tmp_book: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_book.reword("loss", "what-falls", "falls.", "drops.")
    with monkeypatch.context() as patch:
        stop_at_replacement(patch, 1)
        with pytest.raises(Killed):
            main(["sync"])
    capsys.readouterr()
    assert main(["sync"]) == 0
    assert capsys.readouterr().out == "wrote translations/ko/loss.po\n"


@pytest.mark.parametrize("stop", [1, 15, 40])
def test_what_is_edited_after_a_kill_stays(grown: Book, monkeypatch: pytest.MonkeyPatch, stop: int) -> None:
    exchange_cells(grown)
    translated = said(grown)
    with monkeypatch.context() as patch:
        stop_at_replacement(patch, stop)
        with pytest.raises(Killed):
            main(["sync"])
    grown.translate("ko", "page_11/cell-5", "다섯")
    assert main(["sync"]) == 0
    assert said(grown) == {*translated, ("ko", "다섯")}
    assert strays(grown) == []
    now = grown.files()
    assert main(["sync"]) == 0
    assert grown.files() == now


@pytest.mark.parametrize(
    "content",
    [
        "not JSON",
        "[" * 5000,
        "{}",
        '[{"path": "../_toc.yml", "work": null, "before": "", "after": ""}]',
        '[{"path": "ko/loss.po", "work": "../_toc.yml", "before": "DIGEST", "after": "TOC"}]',
        '[{"path": "ko/../../_toc.yml", "work": null, "before": "TOC", "after": ""}]',
        '[{"path": "/etc/hostname", "work": null, "before": "", "after": ""}]',
        '[{"path": "ko/loss.po\\u0000", "work": null, "before": "", "after": ""}]',
        '[{"path": 1, "work": 2, "before": 3, "after": 4}]',
    ],
)
def test_a_journal_that_this_program_did_not_write_does_nothing(tmp_book: Book, content: str) -> None:
    """It may come with a pull request."""
    toc, journal = tmp_book.root / "_toc.yml", tmp_book.root / "translations" / files.JOURNAL
    for name, path in (("TOC", toc), ("DIGEST", tmp_book.project.catalog(Language("ko"), "loss"))):
        content = content.replace(name, files.digest(path))
    before, pages = tmp_book.files(), toc.read_text()
    journal.write_text(content)
    assert main(["sync"]) == 0
    assert not journal.exists()
    assert tmp_book.files() == before
    assert toc.read_text() == pages


def test_two_runs_at_once_do_not_disturb_each_other(grown: Book) -> None:
    reword_all(grown)
    command = [sys.executable, "-m", "book", "sync"]
    both = [subprocess.Popen(command, cwd=grown.root, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [each.wait() for each in both] == [0, 0]
    assert strays(grown) == []
    assert main(["check"]) == 0


def test_the_permissions_of_a_file_stay(grown: Book) -> None:
    path = grown.project.catalog(Language("ko"), "page_1")
    path.chmod(0o640)
    reword_all(grown)
    assert main(["sync"]) == 0
    assert path.stat().st_mode & 0o777 == 0o640
