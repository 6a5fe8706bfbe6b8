"""The one exception tree: whatever a person can cause is a BookError that says what to do."""

from __future__ import annotations

from pathlib import Path

from book.terminal import one_line

# The program's repository on GitHub, by a placeholder as long as it has none. Who makes a fork replaces the name in all
# files; the placeholder is put together, so that it stays.
PROGRAM = "normalization-book/normalization-book"
PLACEHOLDER = "/".join(["normalization-book"] * 2)
ISSUES = f"https://github.com/{PROGRAM}/issues"
TRACEBACK = "BOOK_TRACEBACK"  # an environment variable: show where a fault of the program arose


class BookError(Exception):
    """Something that a person has to put right.

    Shown in one line as `file:line: message (rule)`; the parts that are not known are left out.
    """

    rule = "error"

    def __init__(self, message: str, file: Path | str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.message, self.file, self.line = message, file, line

    def __str__(self) -> str:
        place = "" if self.file is None else f"{one_line(str(self.file))}:{self.line or 1}: "
        return f"{place}{one_line(self.message)} ({self.rule})"


class ProgramError(BookError):
    """A fault of the program itself: an exception that nobody has thought of."""

    rule = "bug"

    def __init__(self, cause: Exception) -> None:
        kind = f"{type(cause).__name__}: {str(cause)[:300]}"
        super().__init__(f"a fault of the program, {kind}; report it at {ISSUES} with what {TRACEBACK}=1 shows")


class ProjectError(BookError):
    """The project's own files (`_toc.yml`, `_config.yml`) or the command line do not fit."""

    rule = "project"


class NotebookError(BookError):
    """A notebook cannot be read, or its ids cannot be relied on."""

    rule = "notebook"


class CatalogError(BookError):
    """A PO file cannot be read."""

    rule = "catalog"


class WriteError(BookError):
    """A file cannot be written: the disk is full, or it may not be changed."""

    rule = "write"


class ExecutionError(BookError):
    """A notebook did not run to its end."""

    rule = "execution"


class SiteError(BookError):
    """Sphinx did not build the site."""

    rule = "site"


class ServeError(BookError):
    """The preview cannot be served."""

    rule = "serve"
