"""Ten ReLU layers that start too small, as they should, and too large: what batch norm is for."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import keras  # type: ignore[import-not-found]
from keras import layers

from bench.comparisons import data
from bench.comparisons.networks import Norm, batch_norm, identity
from bench.comparisons.plan import Contender, Experiment, Outcome, Plan
from bench.comparisons.training import Schedule, Trainer, momentum

DEPTH, UNITS = 10, 128
SCHEDULE = Schedule(samples=8_000, batch=128, updates=240, evaluations=6)
VALIDATION, TEST = 3_000, 5_000
RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
NORMS: dict[str, Norm] = {"none": identity, "batch": batch_norm(SCHEDULE.updates)}
START = {f"He × {times:g}": times for times in (0.5, 1.0, 2.0)}


def network(norm: Norm, times: float) -> Any:
    """Dense, norm, ReLU, ten times; kernels are He's times a factor."""
    net = [keras.Input((784,))]
    for _ in range(DEPTH):
        start = keras.initializers.VarianceScaling(2 * times**2, "fan_in", "truncated_normal")
        net += [layers.Dense(UNITS, kernel_initializer=start), norm(), layers.ReLU()]
    return keras.Sequential([*net, layers.Dense(10)])


@lru_cache(maxsize=1)
def _trainer(contender: Contender) -> Trainer:
    norm, times = NORMS[contender.name], START[contender.condition]
    return Trainer(lambda: network(norm, times), momentum, data.mnist(VALIDATION, TEST, flat=True), SCHEDULE)


def train(contender: Contender, rate: float, seed: int) -> Outcome:
    return _trainer(contender).run(rate, seed)


EXPERIMENT = Experiment(
    Plan(
        name="depth",
        question="Does a network of ten layers train from any start, with and without batch norm?",
        contenders=tuple(Contender(name, RATES, condition) for condition in START for name in NORMS),
        sizes={
            "data": "MNIST", "validation": VALIDATION, "test": TEST, **vars(SCHEDULE),
            "network": f"{DEPTH} × (Dense {UNITS}, norm, ReLU), Dense 10", "optimizer": "SGD, Nesterov momentum 0.9",
        },
    ),
    train,
    data.fingerprints,
)  # fmt: skip
