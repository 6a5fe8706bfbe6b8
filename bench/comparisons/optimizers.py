"""SGD, with momentum, and Adam, with and without one batch norm, in a sigmoid network; one of them with ReLU too."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import keras  # type: ignore[import-not-found]
from keras import layers

from bench.comparisons import data
from bench.comparisons.networks import batch_norm, identity
from bench.comparisons.plan import Contender, Experiment, Outcome, Plan
from bench.comparisons.training import Schedule, Trainer, adam, momentum, sgd

SCHEDULE = Schedule(samples=4_096, batch=128, updates=160, evaluations=4)
VALIDATION, TEST = 2_000, 4_000
NORM = batch_norm(SCHEDULE.updates)
OPTIMIZERS = {"SGD": sgd, "momentum": momentum, "Adam": adam}
RATES = {
    "SGD": (0.03, 0.1, 0.3, 1.0, 3.0),
    "momentum": (0.01, 0.03, 0.1, 0.3, 1.0),
    "Adam": (0.0003, 0.001, 0.003, 0.01, 0.03),
}
NORMS = ("none", "batch")
COMPARED = {"sigmoid": ("SGD", "momentum", "Adam"), "relu": ("momentum",)}


def network(activation: str, normalized: bool) -> Any:
    """The lesson's network: Dense 512, 256, 128, 64, with a norm after the first one's activation."""
    net = [keras.Input((784,))]
    for units in (512, 256, 128, 64):
        net.append(layers.Dense(units, activation))
        if units == 512:
            net.append(NORM() if normalized else identity())
    return keras.Sequential([*net, layers.Dense(10)])


@lru_cache(maxsize=1)
def _trainer(contender: Contender) -> Trainer:
    optimizer, norm = contender.name.split(", ")
    return Trainer(
        lambda: network(contender.condition, norm == "batch"),
        OPTIMIZERS[optimizer],
        data.mnist(VALIDATION, TEST, flat=True),
        SCHEDULE,
    )


def train(contender: Contender, rate: float, seed: int) -> Outcome:
    return _trainer(contender).run(rate, seed)


EXPERIMENT = Experiment(
    Plan(
        name="optimizers",
        question="Which optimizer gains by one batch norm, and does Adam make it needless?",
        contenders=tuple(
            Contender(f"{optimizer}, {norm}", RATES[optimizer], activation)
            for activation, optimizers in COMPARED.items()
            for optimizer in optimizers
            for norm in NORMS
        ),
        sizes={
            "data": "MNIST", "validation": VALIDATION, "test": TEST, **vars(SCHEDULE),
            "network": "Dense 512, norm, 256, 128, 64, 10; activation before the norm",
            "momentum": "0.9, Nesterov",
        },
    ),
    train,
    data.fingerprints,
)  # fmt: skip
