"""Running a notebook in a kernel. Tried on nbclient 0.11.0."""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_event_loop
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from book.errors import ExecutionError, ProjectError
from book.execute.runtimes import OWN, kernel_specs
from book.files import NOTEBOOK, Kind, read_text, write_atomic
from book.notebook import ipynb
from book.notebook.data_files import data_files, read_data_file
from book.project import Project

CELL_TIMEOUT = 3600  # seconds
_MESSAGE = 1000  # characters that a message counts as besides what it shows: each takes a millisecond
_RECORD = Kind(0, 1_000_000, ExecutionError)
_FACTS = {"source", "sha256"}  # of a data set


class _Client(NotebookClient):  # type: ignore[misc]
    """A client that ends the run at a cell which shows more than a notebook can hold."""

    def __init__(self, run: NotebookNode, **options: Any) -> None:
        super().__init__(run, timeout=CELL_TIMEOUT, coalesce_streams=True, **options)
        self.shown = Counter[int]()  # characters by cell
        self.too_much: int | None = None  # the cell that has shown too many

    async def async_start_new_kernel(self, **options: Any) -> None:
        """Start the kernel, with Ctrl-C stopping the command, from here on and while cells run.

        nbclient would end the kernel, and then report that it died or that its own waiting was cancelled.
        """
        asyncio.get_running_loop().remove_signal_handler(signal.SIGINT)
        await super().async_start_new_kernel(**options)

    def output(self, outs: list[NotebookNode], msg: dict[str, Any], display_id: str | None, cell_index: int) -> Any:
        made = super().output(outs, msg, display_id, cell_index)
        self.shown[cell_index] += _MESSAGE + (ipynb.size(made) if made else 0)
        if self.shown[cell_index] > NOTEBOOK.limit and self.task_poll_for_reply:
            self.too_much, self.shutdown_kernel = cell_index, "immediate"
            self.task_poll_for_reply.cancel()  # as nbclient does where the kernel has died
        return made


def run_notebook(project: Project, source: NotebookNode, path: Path, runtime: str) -> NotebookNode:
    """A copy of `source` with the outputs of a run; its metadata (`book`) says when, how long (s), in what versions, on
    what data.

    Raises ExecutionError naming the cell that failed; NotebookError where a file that it reads is not there;
    ProjectError where the runtime is not there or does not start.
    """
    run = nbformat.from_dict(json.loads(json.dumps(source)))
    specs = kernel_specs(project)
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as own:
        _put_data_files(source, path, Path(folder))
        record = Path(own, "record.json")
        # What Jupyter keeps while a kernel runs is else below the user's home, and there may be none.
        environment = {**os.environ, "BOOK_RUN_RECORD": str(record), "JUPYTER_RUNTIME_DIR": own}
        connection = str(Path(own, "connection.json"))
        manager = AsyncKernelManager(kernel_name=runtime, kernel_spec_manager=specs, connection_file=connection)
        client = _Client(run, km=manager, resources=_in(folder))
        started = time.monotonic()
        try:
            client.execute(env=environment)
        except KeyboardInterrupt:
            client.shutdown_kernel = "immediate"  # the kernel is not asked what it thinks of it
            _cancel_what_waits()
            if not manager.has_kernel:
                atexit.unregister(client._cleanup_kernel)  # nbclient's, which fails where there is no kernel
            raise
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            raise _failure(client, path, error) from error
        except RuntimeError as error:  # the kernel was gone, or silent, before the first cell
            atexit.unregister(client._cleanup_kernel)  # as above
            reason = " ".join(str(error).split())
            raise ProjectError(
                f"the runtime `{runtime}` does not start: {reason}; {_remedy(project, runtime)}"
            ) from error
        made = _read_record(record, path)
    made |= {"executed": datetime.now(UTC).strftime("%Y-%m-%d"), "seconds": round(time.monotonic() - started)}
    _tidy(run)
    run.metadata["book"] = {**source.metadata.get("book", {}), **made}
    return run


def _remedy(project: Project, runtime: str) -> str:
    if runtime != OWN or project.makes("runtimes"):
        return "run `make runtimes`"
    return f"its Python is `{sys.executable}`: is all of `book` installed there?"


def _put_data_files(notebook: NotebookNode, path: Path, folder: Path) -> None:
    """Put the files that the notebook in `path` reads into the folder that it runs in. Raises NotebookError."""
    for name in data_files(notebook):
        write_atomic(folder / name, read_data_file(path.parent, name))


def _read_record(record: Path, path: Path) -> dict[str, Any]:
    """What the kernel has written of the run of the notebook in `path`. Raises ExecutionError."""
    try:
        text = read_text(record, _RECORD)
        match json.loads(text):
            case {"versions": dict(versions), **rest} if _are_texts(versions) and _is_data(rest.get("data", {})):
                return {"versions": versions, **({"data": rest["data"]} if "data" in rest else {})}
    except (ValueError, RecursionError):
        pass
    except ExecutionError as error:
        raise ExecutionError(f"the record of its run {error.message}", path) from error
    raise ExecutionError("the record of its run is not as the kernel writes it: has a cell written to it?", path)


def _are_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())


def _is_data(value: Any) -> bool:
    return isinstance(value, dict) and all(_are_texts(each) and {*each} == _FACTS for each in value.values())


def _cancel_what_waits() -> None:
    """End what Ctrl-C has left half done, lest it goes on when nbclient ends the kernel."""
    loop = ensure_event_loop()
    waiting = asyncio.all_tasks(loop)
    for task in waiting:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*waiting, return_exceptions=True))


def _in(folder: str) -> dict[str, Any]:
    return {"metadata": {"path": folder}}


def _failure(client: _Client, path: Path, error: Exception) -> ExecutionError:
    """Name the cell that showed too much, or has an error among its outputs; where the kernel died, none has."""
    lines, cells = ipynb.cell_lines(path), client.nb.cells
    if client.too_much is not None:
        message = f"cell `{cells[client.too_much].get('id')}` shows more than {NOTEBOOK.limit:,} characters; show less"
        return ExecutionError(message, path, lines[client.too_much])
    for number, cell in enumerate(cells):
        failed = cell.cell_type == "code" and any(output.output_type == "error" for output in cell.outputs)
        if failed:
            last = "".join(str(error).strip().splitlines()[-1:])
            return ExecutionError(f"cell `{cell.get('id')}` failed: {last}", path, lines[number])
    return ExecutionError(f"did not run to its end: {' '.join(str(error).split())[:200]}", path)


def _tidy(run: NotebookNode) -> None:
    """Keep what a reader needs: one kernelspec, counts in order, no timing, no editor's metadata."""
    run.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    for cell in run.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            if output.output_type in ("execute_result", "display_data"):
                _one_picture(output.data)


def _one_picture(data: dict[str, Any]) -> None:
    """Of several forms of one picture keep the SVG."""
    if "image/svg+xml" in data:
        data.pop("image/png", None)
