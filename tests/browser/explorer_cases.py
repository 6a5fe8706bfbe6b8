"""Random settings of the norm explorer, and what Keras makes of them: run in a runtime, cases in, results out.

A case is a batch of a norm's; for batch norm there are more batches before it, with which its moving averages are
trained. Everything is JSON.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import Any

import numpy as np

KINDS = ("batch", "inference", "layer", "pixel", "instance", "group", "weight")
Case = dict[str, Any]


def cases(count: int, seed: int) -> list[Case]:
    """`count` cases, all kinds in turn."""
    rng = np.random.default_rng(seed)
    return [_case(rng, KINDS[number % len(KINDS)]) for number in range(count)]


def _case(rng: np.random.Generator, kind: str) -> Case:
    samples, height, width = (int(each) for each in rng.integers(1, 4, 3))
    groups, of_each = (int(each) for each in rng.integers(1, 4, 2))
    shape = (samples, height, width, groups * of_each)
    trained = shape[1:] if kind == "layer" else shape[:1] if kind == "weight" else shape[3:]
    return {
        "kind": kind,
        "groups": groups,
        "epsilon": float(rng.choice([0.0001, 0.001, 0.1, 1])),
        "momentum": float(rng.choice([0, 0.5, 0.9, 0.99])),
        "batches": [rng.normal(rng.normal(), 2, shape).tolist() for _ in range(1 + 3 * (kind == "inference"))],
        "gamma": rng.normal(1, 1, trained).tolist(),
        "beta": rng.normal(0, 1, trained).tolist(),
    }


def weight_norm(v: np.ndarray[Any, Any], g: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """w = g v / ‖v‖ for filters along the first axis."""
    length = np.sqrt((v**2).sum(axis=(1, 2, 3), keepdims=True))
    return np.asarray(g.reshape(-1, 1, 1, 1) * v / length)


def outcome(case: Case) -> Any:
    """What Keras makes of the case's last batch; of weights, what the formula does."""
    layers = import_module("keras").layers  # not there in the environment of the tests
    kind, epsilon = case["kind"], case["epsilon"]
    *earlier, x = (np.array(batch, "float32") for batch in case["batches"])
    gamma, beta = np.array(case["gamma"], "float32"), np.array(case["beta"], "float32")
    if kind == "weight":
        return weight_norm(x.astype("float64"), gamma.astype("float64")).tolist()
    layer = {
        "batch": lambda: layers.BatchNormalization(epsilon=epsilon, momentum=case["momentum"]),
        "inference": lambda: layers.BatchNormalization(epsilon=epsilon, momentum=case["momentum"]),
        "layer": lambda: layers.LayerNormalization(axis=[1, 2, 3], epsilon=epsilon),
        "pixel": lambda: layers.LayerNormalization(epsilon=epsilon),
        "instance": lambda: layers.GroupNormalization(groups=-1, epsilon=epsilon),
        "group": lambda: layers.GroupNormalization(groups=case["groups"], epsilon=epsilon),
    }[kind]()
    layer.build(x.shape)
    layer.set_weights([gamma, beta, *layer.get_weights()[2:]])
    for batch in earlier:
        layer(batch, training=True)
    training = {"batch": {"training": True}, "inference": {"training": False}}.get(kind, {})
    return np.asarray(layer(x, **training)).tolist()


if __name__ == "__main__":
    json.dump([outcome(case) for case in json.load(sys.stdin)], sys.stdout)
