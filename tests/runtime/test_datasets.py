"""Where the kernels' data come from."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest

from book.runtime import datasets, standins

TINY_LOADER = """
import numpy as np
def cifar10():
    x = np.arange(10 * 3072, dtype="uint8").reshape(10, 32, 32, 3)
    return (x, np.arange(10)), (x[:5], np.arange(5))
"""


def no_network() -> str:
    raise OSError("no network")


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("BOOK_DATASETS", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()


def test_the_folder_comes_first(tmp_path: Path) -> None:
    (tmp_path / "data" / "mnist.npz").write_bytes(b"data")
    assert datasets.provide("mnist", "mnist.npz", no_network) == (tmp_path / "data" / "mnist.npz", "folder")


def test_keras_comes_second() -> None:
    assert datasets.provide("mnist", "mnist.npz", lambda: "/from/keras") == (Path("/from/keras"), "keras")


def test_a_stand_in_comes_last_and_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def make(path: Path) -> None:
        made.append(path)
        path.write_bytes(b"drawn")

    monkeypatch.setattr(standins, "mnist", make)
    for _ in range(2):
        path, source = datasets.provide("mnist", "mnist.npz", no_network)
        assert (path.read_bytes(), source) == (b"drawn", "stand-in")
    assert len(made) == 1


@pytest.mark.parametrize("name", ["cifar-10-batches-py", "cifar-10-batches-py-target"], ids=["keras-2", "keras-3"])
def test_cifar_of_the_folder_is_unpacked_as_keras_reads_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "data" / "load.py").write_text(TINY_LOADER)
    path, source = datasets.provide("cifar10", name, no_network)
    batches = path if name == "cifar-10-batches-py" else path / "cifar-10-batches-py"
    assert source == "folder"
    assert len(list(batches.iterdir())) == 6
    second = pickle.loads((batches / "data_batch_2").read_bytes())
    image = np.arange(10 * 3072, dtype="uint8").reshape(10, 32, 32, 3)[2]
    assert (second[b"data"].reshape(-1, 3, 32, 32)[0].transpose(1, 2, 0) == image).all()
    assert second[b"labels"] == [2, 3]


def test_drawn_data_have_the_shapes_and_types_of_the_real_ones(tmp_path: Path) -> None:
    (x_train, y_train), (x_test, y_test) = standins.cifar10()
    assert (x_train.shape, x_test.shape, x_train.dtype) == ((50_000, 32, 32, 3), (10_000, 32, 32, 3), np.uint8)
    assert set(y_train) == set(y_test) == set(range(10))
    standins.reuters(tmp_path / "reuters.npz")
    with np.load(tmp_path / "reuters.npz", allow_pickle=True) as data:
        assert len(data["x"]) == len(data["y"]) == 11_228
        assert data["y"].max() == 45
        assert all(isinstance(word, int) for word in data["x"][0])


def test_a_fingerprint_tells_contents_apart(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one")
    (tmp_path / "b").write_bytes(b"two")
    assert datasets.fingerprint(tmp_path / "a") != datasets.fingerprint(tmp_path / "b")
    assert datasets.fingerprint(tmp_path) == datasets.fingerprint(tmp_path)
