"""`book serve`: the site as it is built, rebuilt and shown anew whenever something that it is made from is saved."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import Queue

from watchfiles import watch

from book.check.check import check
from book.check.report import as_text
from book.errors import TRACEBACK, BookError, ProgramError, ProjectError
from book.language.language import Language
from book.localize.reading import Reading
from book.preview.server import Preview, served
from book.project import SETTINGS_FILES, Project
from book.site.build import build
from book.site.fingerprint import PROGRAM, RUN_ONCE, listing, read_inputs
from book.site.pages.search_index import TARGET
from book.site.sphinx import pool
from book.terminal import say, use_utf8
from book.toc import BUILD

NOT_SHOWN = ("status.json", TARGET)  # for no page that has been read; of the search index each part is made anew
_STEP = 20  # milliseconds without another save, after which what was saved is built
_TURN = 0.0005  # seconds that a build may keep Python to itself, while a browser waits for an answer
RESTART = "the program itself has changed: stop `book serve` and start it again (serve)"


def serve(project: Project, names: list[str], host: str, port: int) -> None:
    """Build the languages called `names` (all if empty) and serve them until Ctrl-C.

    What cannot be built is said in the terminal and in the browser, which keeps showing the last good page. What the
    build and `book check` find is said in the terminal: a translation that is refused shows as English, and its author
    should know why.
    Raises ProjectError for an unknown language, ServeError where the address cannot be had.
    """
    project.choose_editions(names)
    sys.setswitchinterval(_TURN)
    preview, reading, checking = Preview(), Reading(), _Checking()
    with served(project.html, preview, host, port) as address, _saved(project) as changes:
        try:
            before = read_inputs(project.root)
            checking.start(project.root, _rebuild(project, names, preview, reading))
            if read_inputs(project.root) != before:  # saved while nobody may have been watching yet
                changes.put(set())
            say(f"{address} shows the site and follows what you save; Ctrl-C ends it")
            while True:
                saved = changes.get()
                checking.stop()
                if _is_program(saved):
                    _complain(project, preview, RESTART)
                else:
                    while not changes.empty():  # what was saved meanwhile is built together
                        changes.get()
                    checking.start(project.root, _rebuild(project, names, preview, reading))
        except KeyboardInterrupt:
            print("\nstopped", flush=True)
        finally:
            checking.stop()


def _rebuild(project: Project, names: list[str], preview: Preview, reading: Reading) -> list[Language]:
    """Build the site as it is now; the languages whose translations can be checked."""
    start = time.perf_counter()
    now = Project(project.root)  # reads the pages and settings of now
    try:
        editions = now.choose_editions(names)

        def show() -> None:
            preview.show(listing(project.html, but=NOT_SHOWN))

        built = build(now, editions, reading, show)
        show()
        say(f"built in {time.perf_counter() - start:.1f} s")
        for finding in (*built.warnings, *built.findings):
            say(str(finding))
        if not built.stopped:
            return editions
        _complain(project, preview, "\n".join(map(str, built.stopped)))
    except (BookError, OSError) as error:  # OSError: a file went away while it was read
        _complain(project, preview, str(error))
    except Exception as error:  # the preview goes on: what was saved next may mend it
        if os.environ.get(TRACEBACK):
            raise
        _complain(project, preview, str(ProgramError(error)))
    return []


class _Checking:
    """`book check` in a process of its own: what is saved next does not wait for it, and ends it."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None

    def start(self, root: Path, editions: list[Language]) -> None:
        """Say in the terminal what is found in these editions, if any."""
        if editions:
            self._process = pool.warm_up().Process(target=_say_findings, args=(root, editions))
            self._process.start()

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.join()
            self._process = None


def _say_findings(root: Path, editions: list[Language]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to answer
    use_utf8()
    project = Project(root)
    with suppress(BookError, OSError):  # what cannot be read has been saved since, and the next build says it
        for line in as_text(check(project, [each for each in editions if each != project.source])):
            say(line)


def _complain(project: Project, preview: Preview, problem: str) -> None:
    preview.show(preview.version, problem.replace(f"{project.root}/", ""))
    say(problem, sys.stderr)


@contextmanager
def _saved(project: Project) -> Iterator[Queue[set[Path]]]:
    """A queue of the files saved, in groups."""
    changes: Queue[set[Path]] = Queue()
    stop = threading.Event()
    settings = {project.root / name for name in SETTINGS_FILES}
    with suppress(ProjectError):  # the build says it
        settings |= {path for page in project.pages if (path := project.notebook(page)).parent == project.root}

    def follow(*folders: Path, recursive: bool) -> None:
        for group in watch(
            *folders, recursive=recursive, stop_event=stop, raise_interrupt=False, rust_timeout=500, step=_STEP
        ):
            saved = {Path(name) for _, name in group}
            if relevant := saved if recursive else saved & settings:
                changes.put(relevant)

    folders = [*_folders(project), PROGRAM]
    threads = [
        threading.Thread(target=follow, args=folders, kwargs={"recursive": True}, daemon=True),
        threading.Thread(target=follow, args=[project.root], kwargs={"recursive": False}, daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        yield changes
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=1)


def _folders(project: Project) -> list[Path]:
    """The folders in the book's own that have something of it: that of the pages, or else all but what is made."""
    pages = ""
    with suppress(ProjectError):
        pages = project.pages_folder.partition("/")[0]
    found = [project.root / pages, project.root / "translations"] if pages else project.root.iterdir()
    return [each for each in found if each.is_dir() and each.name[0] != "." and each.name != BUILD]


def _is_program(saved: set[Path]) -> bool:
    return any(path.is_relative_to(PROGRAM) and path.suffix in RUN_ONCE for path in saved)
