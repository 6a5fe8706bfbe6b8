"""Every norm, tuned, on pictures and on text, and in networks of 2, 6 and 12 layers."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from keras import layers  # type: ignore[import-not-found]

from bench.comparisons import data
from bench.comparisons.data import Splits
from bench.comparisons.networks import (
    Norm,
    WeightNorm,
    as_is,
    batch_norm,
    convolutions,
    dense,
    identity,
    whole_layer_norm,
)
from bench.comparisons.plan import Contender, Experiment, Outcome, Plan
from bench.comparisons.training import Schedule, Trainer, adam

Wrap = Callable[[Any], Any]
VALIDATION, TEST, WORDS = 2_000, 4_000, 10_000
RATES = (0.0003, 0.001, 0.003, 0.01, 0.03)
SCHEDULES = {
    "CIFAR-10": Schedule(8_000, batch=32, updates=600, evaluations=6),
    "Reuters": Schedule(6_000, batch=128, updates=240, evaluations=6),
    "MNIST, 12 layers": Schedule(8_000, batch=128, updates=240, evaluations=6),
    "MNIST, 2 layers": Schedule(8_000, batch=128, updates=240, evaluations=6),
    "MNIST, 6 layers": Schedule(8_000, batch=128, updates=240, evaluations=6),
}
PICTURE_NORMS: dict[str, Norm] = {
    "none": identity,
    "batch": batch_norm(600),
    "layer": whole_layer_norm,
    "group": lambda: layers.GroupNormalization(groups=4),
    "instance": lambda: layers.GroupNormalization(groups=-1),
    "weight": identity,
}
VECTOR_NORMS: dict[str, Norm] = {
    "none": identity,
    "batch": batch_norm(240),
    "layer": lambda: layers.LayerNormalization(),
    "weight": identity,
}


def norms(condition: str) -> dict[str, Norm]:
    return PICTURE_NORMS if condition == "CIFAR-10" else VECTOR_NORMS


def network(condition: str, norm: Norm, wrap: Wrap) -> Any:
    if condition == "CIFAR-10":
        return convolutions((32, 32, 3), (16, 32, 32), norm, wrap)
    if condition == "Reuters":
        return dense(WORDS, (64, 64), 46, norm, wrap)
    return dense(784, (64,) * int(condition.split()[1]), 10, norm, wrap)


def splits(condition: str) -> Splits:
    if condition == "CIFAR-10":
        return data.cifar10(VALIDATION, TEST)
    if condition == "Reuters":
        return data.reuters(WORDS, 1_000, 2_246)
    return data.mnist(VALIDATION, TEST, flat=True)


@lru_cache(maxsize=1)
def _trainer(contender: Contender) -> Trainer:
    condition = contender.condition
    norm, wrap = norms(condition)[contender.name], WeightNorm if contender.name == "weight" else as_is
    return Trainer(lambda: network(condition, norm, wrap), adam, splits(condition), SCHEDULES[condition])


def train(contender: Contender, rate: float, seed: int) -> Outcome:
    return _trainer(contender).run(rate, seed)


EXPERIMENT = Experiment(
    Plan(
        name="choosing",
        question="Which norm gets furthest on each task, once rate and number of updates are chosen for each?",
        contenders=tuple(Contender(name, RATES, condition) for condition in SCHEDULES for name in norms(condition)),
        sizes={
            "schedules": {condition: vars(schedule) for condition, schedule in SCHEDULES.items()},
            "validation": {"CIFAR-10": VALIDATION, "Reuters": 1_000, "MNIST": VALIDATION},
            "test": {"CIFAR-10": TEST, "Reuters": 2_246, "MNIST": TEST},
            "networks": {
                "CIFAR-10": "Conv2D 16, 32, 32 (3×3, strides 2, norm, ReLU), Dense 10",
                "Reuters": f"{WORDS} words, Dense 64, 64 (norm, ReLU), Dense 46",
                "MNIST": "Dense 64 (norm, ReLU) as often as there are layers, Dense 10",
            },
            "optimizer": "Adam",
        },
        choose_evaluation=True,
        judged_seeds=tuple(range(10)),
    ),
    train,
    data.fingerprints,
)  # fmt: skip
