"""MNIST, CIFAR-10 and Reuters in three splits: a pool to draw training samples from, validation and test data.

Validation data are the last samples of Keras's training split, which the pool leaves out; test data are the first
ones of its test split. The loaders are Keras's own and are answered as the notebooks' kernels answer them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np

from book.errors import ProjectError
from book.runtime import datasets

_FINGERPRINTS: dict[str, str] = {}


@dataclass(frozen=True)
class Part:
    """Samples `x` and their class numbers `y`."""

    x: Any
    y: Any

    def __len__(self) -> int:
        return len(self.y)

    def draw(self, samples: int, seed: int) -> Part:
        """Some samples, drawn without replacement."""
        chosen = np.random.default_rng(seed).choice(len(self), samples, replace=False)
        return Part(self.x[chosen], self.y[chosen])


@dataclass(frozen=True)
class Splits:
    """Pool: training samples are drawn from it. Validation: chooses rates. Test: judges."""

    pool: Part
    validation: Part
    test: Part


def install() -> None:
    """Answer Keras's loaders from BOOK_DATASETS. To be called before Keras is imported."""
    datasets.install(_note)


def _note(name: str, source: str, sha256: str) -> None:
    if source == "stand-in":
        raise ProjectError(f"{name} cannot be had: set BOOK_DATASETS to a folder with it; stand-ins prove nothing")
    _FINGERPRINTS[name] = sha256[:16]


def fingerprints() -> dict[str, str]:
    """The first 16 hex digits of the SHA-256 of each data set that was read."""
    return dict(_FINGERPRINTS)


@cache
def mnist(validation: int, test: int, flat: bool = False) -> Splits:
    """Digits in 0 to 1, as N×28×28×1 or as N×784."""
    shape = (784,) if flat else (28, 28, 1)
    return _pictures("mnist", shape, validation, test)


@cache
def cifar10(validation: int, test: int) -> Splits:
    """Pictures in 0 to 1, N×32×32×3."""
    return _pictures("cifar10", (32, 32, 3), validation, test)


def _pictures(name: str, shape: tuple[int, ...], validation: int, test: int) -> Splits:
    (x, y), (x_test, y_test) = _loader(name)()

    def part(images: Any, labels: Any) -> Part:
        return Part(images.reshape(-1, *shape).astype("float32") / 255, labels.ravel().astype("int32"))

    return _split(part(x, y), part(x_test[:test], y_test[:test]), validation)


@cache
def mnist_columns(validation: int, test: int) -> Splits:
    """Digits as sequences, N×28×28: the columns from the first to the last with ink, then zeros."""
    whole = mnist(validation, test)
    return Splits(*(Part(_columns(part.x[..., 0]), part.y) for part in (whole.pool, whole.validation, whole.test)))


def _columns(images: Any) -> Any:
    sequences = np.zeros((len(images), images.shape[2], images.shape[1]), "float32")
    for sequence, image in zip(sequences, images, strict=True):
        inked = np.flatnonzero(image.any(axis=0))
        columns = image[:, inked[0] : inked[-1] + 1].T
        sequence[: len(columns)] = columns
    return sequences


@cache
def reuters(words: int, validation: int, test: int) -> Splits:
    """Newswires as vectors that are 1 where a word occurs, and 46 topics."""
    (x, y), (x_test, y_test) = _loader("reuters")(num_words=words)

    def part(stories: Any, topics: Any) -> Part:
        vectors = np.zeros((len(stories), words), "float32")
        for row, story in zip(vectors, stories, strict=True):
            row[story] = 1
        return Part(vectors, topics.astype("int32"))

    return _split(part(x, y), part(x_test[:test], y_test[:test]), validation)


def _split(train: Part, test: Part, validation: int) -> Splits:
    return Splits(
        Part(train.x[:-validation], train.y[:-validation]), Part(train.x[-validation:], train.y[-validation:]), test
    )


def _loader(name: str) -> Callable[..., Any]:
    loader: Callable[..., Any] = import_module(f"keras.datasets.{name}").load_data
    return loader
