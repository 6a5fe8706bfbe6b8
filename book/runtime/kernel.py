"""The kernel that `book execute` and the tests start: ipykernel, with data sets from `datasets`.

Environment: BOOK_RUN_RECORD names a JSON file that gets the versions at start and a fingerprint of each data set read.
"""

from __future__ import annotations

import json
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PACKAGES = {
    "TensorFlow": "tensorflow-cpu",
    "Keras": "keras",
    "TensorFlow Addons": "tensorflow-addons",
    "NumPy": "numpy",
    "Matplotlib": "matplotlib",
}


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that a run's results depend on; an absent package is left out."""
    found = {"Python": platform.python_version()}
    for name, package in PACKAGES.items():
        try:
            found[name] = version(package)
        except PackageNotFoundError:
            continue
    return found


def record(**entries: Any) -> None:
    """Merge `entries` into the JSON file that BOOK_RUN_RECORD names, if it names one."""
    name = os.environ.get("BOOK_RUN_RECORD")
    if not name:
        return
    path = Path(name)
    known: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    for key, value in entries.items():
        known[key] = {**known.get(key, {}), **value}
    path.write_text(json.dumps(known, indent=1))


def main() -> None:
    """Answer data-set calls from `datasets`, then be an ordinary ipykernel with light figures and their `numbers`."""
    from ipykernel.kernelapp import IPKernelApp
    from traitlets.config import Config

    from book.runtime import datasets

    record(versions=versions())
    datasets.install(lambda name, source, sha256: record(data={name: {"source": source, "sha256": sha256}}))
    extensions = ["book.runtime.numbers", "book.runtime.pictures", "book.runtime.printed"]
    config = Config({"HistoryManager": {"hist_file": ":memory:"}})  # nobody looks it up, and kernels run side by side
    IPKernelApp.launch_instance(extra_extensions=extensions, config=config)


if __name__ == "__main__":
    main()
