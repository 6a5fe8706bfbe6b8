"""Where `keras.datasets.*.load_data()` finds its files when there is no network.

Keras's loaders fetch their files with `get_file`. `install` puts `provide` in its place, which looks in the folder
BOOK_DATASETS, then asks Keras (its cache, or a download), then makes a stand-in of the same shapes and types. So the
notebooks call the real loaders, and everything after the file is Keras's own code.
Tried on Keras 2.15.0 and 3.13.2, whose loaders are in `keras.src.datasets`.

Environment: BOOK_DATASETS, a folder with mnist.npz, reuters.npz, reuters_word_index.json and a `load.py` whose
`cifar10()` gives ((images, labels), (images, labels)); BOOK_CACHE, where CIFAR-10 and stand-ins are unpacked.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import io
import os
import pickle
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any

CIFAR = "cifar-10-batches-py"
NAMES = {"mnist": "MNIST", "reuters": "Reuters", "cifar10": "CIFAR-10"}
MODULES = {f"keras.src.datasets.{name}": name for name in NAMES}

Report = Callable[[str, str, str], None]


class _DatasetFinder(PathFinder):
    """Finds Keras's data-set modules as Python does, and replaces their `get_file` once they are loaded."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def find_spec(  # type: ignore[override]  # an instance, where PathFinder is used as a class
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in MODULES:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is None or spec.loader is None:
            return spec
        load = spec.loader.exec_module

        def load_and_patch(module: ModuleType) -> None:
            load(module)
            fetch = module.get_file
            module.get_file = lambda fname, *args, **kwargs: self.answer(  # type: ignore[attr-defined]
                MODULES[fullname], fname, lambda: fetch(fname, *args, **kwargs)
            )

        spec.loader.exec_module = load_and_patch  # type: ignore[method-assign]
        return spec

    def answer(self, dataset: str, fname: str, fetch: Callable[[], str]) -> str:
        path, source = provide(dataset, fname, fetch)
        self.report(NAMES[dataset], source, fingerprint(path))
        return str(path)


def install(report: Report) -> None:
    """Answer the loaders from now on; `report(data set, source, sha256)` hears of each file that is read."""
    sys.meta_path.insert(0, _DatasetFinder(report))


def provide(dataset: str, fname: str, fetch: Callable[[], str]) -> tuple[Path, str]:
    """The file or folder that a loader asks for as `fname`, and where it came from: folder, keras or stand-in."""
    folder = os.environ.get("BOOK_DATASETS")
    if folder and (found := _in_folder(Path(folder).resolve(), dataset, fname)):
        return found, "folder"
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # a progress bar would stand in the cell's output
            return Path(fetch()), "keras"
    except Exception:  # Keras raises a bare Exception when it cannot download
        return _made(dataset, fname), "stand-in"


def fingerprint(path: Path) -> str:
    """SHA-256 (hex) of a file, or of all files below a folder in order of name."""
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _cache() -> Path:
    return Path(os.environ.get("BOOK_CACHE") or Path(tempfile.gettempdir(), "book-datasets"))


def _in_folder(folder: Path, dataset: str, fname: str) -> Path | None:
    if (folder / fname).exists():
        return folder / fname
    if dataset != "cifar10" or not (folder / "load.py").exists():
        return None
    spec = importlib.util.spec_from_file_location("book_datasets_load", folder / "load.py")
    assert spec
    assert spec.loader
    load = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(load)
    return _cifar_folder(_cache() / "folder", fname, load.cifar10)


def _made(dataset: str, fname: str) -> Path:
    from book.runtime import standins  # which needs NumPy; a kernel for pages without Keras may lack it

    if dataset == "cifar10":
        return _cifar_folder(_cache() / "stand-in", fname, standins.cifar10)
    return _once(_cache() / "stand-in" / fname, getattr(standins, Path(fname).stem))


def _cifar_folder(base: Path, fname: str, arrays: Callable[[], Any]) -> Path:
    """CIFAR-10 as the pickles that Keras reads. Keras 2 asks for the folder of batches, Keras 3 for its parent."""
    batches = _once(base / CIFAR, lambda folder: _write_batches(folder, arrays()))
    return batches if fname == CIFAR else batches.parent


def _write_batches(folder: Path, arrays: Any) -> None:
    (x_train, y_train), (x_test, y_test) = arrays
    folder.mkdir()
    fifth = len(x_train) // 5
    parts = [(f"data_batch_{i + 1}", x_train[i * fifth :][:fifth], y_train[i * fifth :][:fifth]) for i in range(5)]
    for name, x, y in [*parts, ("test_batch", x_test, y_test)]:
        batch = {b"data": x.transpose(0, 3, 1, 2).reshape(len(x), -1), b"labels": [int(label) for label in y.ravel()]}
        (folder / name).write_bytes(pickle.dumps(batch))


def _once(path: Path, make: Callable[[Path], None]) -> Path:
    """`path`, made by `make` if it is not there; kernels that start together cannot see it half-made."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(dir=path.parent))
        make(work / path.name)
        with contextlib.suppress(OSError):  # another kernel was faster
            (work / path.name).rename(path)
        shutil.rmtree(work)
    return path
