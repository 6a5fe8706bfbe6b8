"""Running the English notebooks and storing what they show. Tried on nbclient 0.11.0."""

from __future__ import annotations

import ast
import asyncio
import atexit
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from tqdm import tqdm

from book.errors import ExecutionError, ProjectError
from book.files import NOTEBOOK, Kind, digest, read_text, write_atomic
from book.lock import locked
from book.notebook import ipynb, printed
from book.notebook.data_files import data_files, read_data_file
from book.notebook.ipython import as_python
from book.notebook.texts import page_code
from book.project import Project
from book.toc import MARKDOWN

STORED_FROM = "addons"
RUNTIMES = ("addons", "colab")
OWN = "own"  # the runtime of the Python that runs this program: for pages that need no more
_LACKING = "import importlib.util, sys; print(*[each for each in sys.argv[1:] if not importlib.util.find_spec(each)])"
_INSTALLS = re.compile(r"^\s*[%!]\s*(?:pip|conda|mamba|uv)\b", re.MULTILINE)
CELL_TIMEOUT = 3600  # seconds
_MESSAGE = 1000  # characters that a message counts as besides what it shows: each takes a millisecond
_RECORD = Kind(0, 1_000_000, ExecutionError)
_FACTS = {"source", "sha256"}  # of a data set


def execute(project: Project, pages: list[str]) -> list[Path]:
    """Run each of `pages` in a runtime that has what it imports, store outputs and provenance in it; the paths written.

    Pages in Markdown keep no outputs, and are passed over.
    Raises ExecutionError at the first cell that fails; the notebook it stands in is left as it was.
    """
    written = []
    pages = [page for page in pages if project.notebook(page).suffix != MARKDOWN]
    for page in (bar := tqdm(pages, unit="page", disable=None)):
        bar.set_description(page)
        path = project.notebook(page)
        read = digest(path)
        notebook = ipynb.read(path)
        run = run_notebook(project, _marked(notebook), path, runtime_for(project, notebook, path))
        _record_printed(run, notebook)
        if write_atomic(path, _storable(run, path), read):
            written.append(path)
    return written


def _marked(notebook: NotebookNode) -> NotebookNode:
    """A copy of the notebook whose strings say where they are printed."""
    page, made = page_code(notebook), nbformat.from_dict(json.loads(json.dumps(notebook)))
    for cell in made.cells:
        if cell.cell_type == "code":
            cell.source = printed.marked(cell.source, str(cell.get("id", "")), page)
    return made


def _record_printed(run: NotebookNode, notebook: NotebookNode) -> None:
    """Give the cells of a marked run their own code, the outputs that it gives, and a record of what it has printed."""
    for cell, source in zip(run.cells, notebook.cells, strict=True):
        cell.source, records = source.source, []
        cell.metadata.pop(printed.RECORD, None)
        for output in cell.get("outputs", []):
            record = ""
            if output.output_type == "stream":
                output.text, record = printed.recorded(output.text, str(cell.get("id", "")))
            records.append(record)
        if any(records):
            cell.metadata[printed.RECORD] = records


def runtime_for(project: Project, notebook: NotebookNode, path: Path) -> str:
    """The first installed runtime that has the packages that the notebook in `path` imports.

    So a page without TensorFlow needs no runtime with it. Raises ProjectError where none has them.
    """
    wanted = _imports(notebook)
    installed = [each for each in RUNTIMES if _python(project, each).exists()]
    lacking = {each: _lacking(_python(project, each), wanted) for each in (*installed, OWN)}
    if fit := [each for each in lacking if not lacking[each]]:
        return fit[0]
    names = ", ".join(f"`{name}`" for name in lacking[(*installed, OWN)[0]])
    if not installed:
        raise ProjectError(f"imports {names}, which only the runtimes have; run `make runtimes` first", path)
    raise ProjectError(f"imports {names}, which the runtime `{installed[0]}` has not; install it there", path)


def _imports(notebook: NotebookNode) -> list[str]:
    """The packages that the cells import whatever happens; none where a cell installs packages, which nobody knows."""
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    if any(map(_INSTALLS.search, sources)):
        return []
    trees = (ast.parse(python) for source in sources if (python := as_python(source)) is not None)
    found = set[str]()
    for statement in (each for tree in trees for each in tree.body):
        if isinstance(statement, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
            found.add(statement.module.partition(".")[0])
    return sorted(found - {Path(name).stem for name in data_files(notebook)})


def _lacking(python: Path, packages: list[str]) -> list[str]:
    """Those of `packages` that a Python cannot import; none where it does not start, which running the page tells."""
    command = [str(python), "-c", _LACKING, *packages]
    done = subprocess.run(command, capture_output=True, text=True, check=False) if packages else None
    return done.stdout.split() if done and not done.returncode else []


def _storable(run: NotebookNode, path: Path) -> str:
    """The notebook as it is stored. Raises ExecutionError where it would be too large to be read again."""
    for number, cell in enumerate(run.cells):
        if fault := ipynb.excess(cell):
            raise ExecutionError(f"cell `{cell.get('id')}` {fault}", path, ipynb.cell_lines(path)[number])
    made = ipynb.dumps(run)
    if len(made.encode()) > NOTEBOOK.limit:
        raise ExecutionError(f"would have more than {NOTEBOOK.limit:,} bytes with its outputs; show less", path)
    return made


class _Client(NotebookClient):  # type: ignore[misc]
    """A client that ends the run at a cell which shows more than a notebook can hold."""

    def __init__(self, run: NotebookNode, **options: Any) -> None:
        super().__init__(run, timeout=CELL_TIMEOUT, coalesce_streams=True, **options)
        self.shown = Counter[int]()  # characters by cell
        self.too_much: int | None = None  # the cell that has shown too many
        self.on_notebook_start = _stop_at_ctrl_c

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
    manager = AsyncKernelManager(kernel_name=runtime, kernel_spec_manager=_specs(project))
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as own:
        _put_data_files(source, path, Path(folder))
        record = Path(own, "record.json")
        environment = {**os.environ, "BOOK_RUN_RECORD": str(record)}
        client = _Client(run, km=manager, resources=_in(folder))
        started = time.monotonic()
        try:
            client.execute(env=environment)
        except KeyboardInterrupt:
            client.shutdown_kernel = "immediate"  # the kernel is not asked what it thinks of it
            raise
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            raise _failure(client, path, error) from error
        except RuntimeError as error:  # the kernel was gone, or silent, before the first cell
            atexit.unregister(client._cleanup_kernel)  # nbclient's, which fails where there is no kernel
            reason = " ".join(str(error).split())
            raise ProjectError(f"the runtime `{runtime}` does not start: {reason}; run `make runtimes`") from error
        made = _read_record(record, path)
    made |= {"executed": datetime.now(UTC).strftime("%Y-%m-%d"), "seconds": round(time.monotonic() - started)}
    _tidy(run)
    run.metadata["book"] = {**source.metadata.get("book", {}), **made}
    return run


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


def _stop_at_ctrl_c(notebook: NotebookNode) -> None:
    """Let Ctrl-C stop the command; nbclient would end the kernel, and then report that it died."""
    asyncio.get_running_loop().remove_signal_handler(signal.SIGINT)


def _in(folder: str) -> dict[str, Any]:
    return {"metadata": {"path": folder}}


def kernel_folder(project: Project) -> Path:
    """Write the kernelspecs `addons` and `colab` of this checkout; the folder to name in JUPYTER_PATH."""
    with locked(project.build):
        return _write_kernels(project, project.build / "jupyter")


def _write_kernels(project: Project, folder: Path) -> Path:
    for runtime in (*RUNTIMES, OWN):
        python = _python(project, runtime)
        spec = {
            "argv": [str(python), "-m", "book.runtime.kernel", "--log-level=ERROR", "-f", "{connection_file}"],
            "display_name": runtime,
            "language": "python",
            "env": {
                "PYTHONPATH": str(project.root),
                "BOOK_CACHE": str(project.build / "datasets"),
                "IPYTHONDIR": str(project.build / "ipython"),
                "TF_CPP_MIN_LOG_LEVEL": "3",
                "TF_ENABLE_ONEDNN_OPTS": "0",
                "CUDA_VISIBLE_DEVICES": "-1",
            },
        }
        write_atomic(folder / "kernels" / runtime / "kernel.json", json.dumps(spec, indent=1) + "\n")
    return folder


def _python(project: Project, runtime: str) -> Path:
    return Path(sys.executable) if runtime == OWN else project.root / f".venv-{runtime}" / "bin" / "python"


def _specs(project: Project) -> KernelSpecManager:
    return KernelSpecManager(kernel_dirs=[str(kernel_folder(project) / "kernels")])


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
