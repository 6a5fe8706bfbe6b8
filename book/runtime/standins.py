"""Small stand-ins for the real data, of the same shapes and types: they show that the code runs, not how it learns.

Each function writes the file that Keras's loader expects to `path`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

Images = tuple[Any, Any]


def mnist(path: Path) -> None:
    """scikit-learn's 1,797 bundled 8×8 digits, tripled in size, each shown at many places: uint8, N×28×28."""
    from sklearn.datasets import load_digits

    digits, labels = load_digits(return_X_y=True)
    small = np.kron(digits.reshape(-1, 8, 8) * (255 / 16), np.ones((3, 3))).astype("uint8")
    arrays: dict[str, Any] = {}
    for split, size, start in (("train", 60_000, 0), ("test", 10_000, 1_400)):
        rng = np.random.default_rng(size)
        chosen = rng.integers(start, 1_400 if split == "train" else len(labels), size)
        images = np.zeros((size, 28, 28), "uint8")
        images[:, 2:26, 2:26] = small[chosen]
        shifts = rng.integers(-2, 3, size)
        arrays[f"x_{split}"] = np.stack([np.roll(i, s, axis=1) for i, s in zip(images, shifts, strict=True)])
        arrays[f"y_{split}"] = labels[chosen].astype("uint8")
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)


def cifar10() -> tuple[Images, Images]:
    """Drawn pictures, a colour and a stripe pattern for each class: uint8, N×32×32×3, and labels N."""
    return _drawn(50_000), _drawn(10_000)


def _drawn(size: int) -> Images:
    rng = np.random.default_rng(size)
    labels = rng.integers(0, 10, size)
    row, column = np.mgrid[:32, :32]
    stripes = np.stack([np.sin((row * np.cos(k) + column * np.sin(k)) * (0.3 + k / 8)) for k in range(10)])
    colours = np.random.default_rng(0).uniform(40, 215, (10, 1, 1, 3))
    classes = colours + 30 * stripes[..., None]
    noise = rng.integers(-40, 41, (size, 32, 32, 3), dtype="int16")
    return np.clip(classes.astype("int16")[labels] + noise, 0, 255).astype("uint8"), labels


def reuters(path: Path) -> None:
    """11,228 drawn token lists of 46 topics; each topic prefers words of its own. Object array of int lists."""
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 46, 11_228)
    lengths = rng.integers(20, 200, labels.size)
    documents = np.empty(labels.size, dtype=object)
    for i, (label, length) in enumerate(zip(labels, lengths, strict=True)):
        common = rng.zipf(1.3, length) % 9_000
        own = 9_000 + 20 * label + rng.integers(0, 20, length)
        documents[i] = [int(word) for word in np.where(rng.random(length) < 0.1, own, common)]
    with path.open("wb") as file:
        np.savez_compressed(file, x=documents, y=labels)


def reuters_word_index(path: Path) -> None:
    """A made-up word for each token of the drawn documents."""
    path.write_text(json.dumps({f"word{i}": i for i in range(1, 10_001)}))
