"""The runtimes: which are installed, which of them a page needs, and the kernels that they start."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager
from nbformat import NotebookNode

from book.errors import ProjectError
from book.files import write_atomic
from book.lock import locked
from book.notebook.code.ipython import as_python
from book.notebook.data_files import data_files
from book.project import Project

STORED_FROM = "addons"
RUNTIMES = ("addons", "colab")
OWN = "own"  # the runtime of the Python that runs this program: for pages that need no more
_LACKING = "import importlib.util, sys; print(*[each for each in sys.argv[1:] if not importlib.util.find_spec(each)])"
_INSTALLS = re.compile(r"^\s*[%!]\s*(?:pip|conda|mamba|uv)\b", re.MULTILINE)


def runtime_for(project: Project, notebook: NotebookNode, path: Path) -> str:
    """The first installed runtime that has the packages that the notebook in `path` imports.

    So a page without TensorFlow needs no runtime with it. Raises ProjectError where none has them.
    """
    wanted = _imports(notebook)
    installed = [each for each in RUNTIMES if _python(project, each).exists()]
    lacking = {each: _lacking(_python(project, each), wanted) for each in (*installed, OWN)}
    if fit := [each for each in lacking if not lacking[each]]:
        return fit[0]
    first = lacking[(*installed, OWN)[0]]
    names = ", ".join(f"`{name}`" for name in first)
    if not installed and project.makes("runtimes"):
        raise ProjectError(f"imports {names}, which only the runtimes have; run `make runtimes` first", path)
    if not installed:
        what = f"install it beside `book`, such as by `{sys.executable} -m pip install {' '.join(first)}`"
        raise ProjectError(f"imports {names}, which the Python of `book` has not; {what}", path)
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


def kernel_specs(project: Project) -> KernelSpecManager:
    return KernelSpecManager(kernel_dirs=[str(kernel_folder(project) / "kernels")])
