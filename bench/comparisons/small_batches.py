"""Batch, group and layer norm in batches of 2 to 64: does batch norm fall behind in small ones?"""

from __future__ import annotations

from functools import lru_cache

from keras import layers  # type: ignore[import-not-found]

from bench.comparisons import data
from bench.comparisons.networks import Norm, batch_norm, convolutions, identity, whole_layer_norm
from bench.comparisons.plan import Contender, Experiment, Outcome, Plan
from bench.comparisons.training import Schedule, Trainer, adam

SCHEDULES = {f"batches of {batch}": Schedule(20_000, batch, updates=500, evaluations=5) for batch in (2, 4, 16, 64)}
VALIDATION, TEST = 3_000, 5_000
RATES = (0.0003, 0.001, 0.003, 0.01, 0.03)
NORMS: dict[str, Norm] = {
    "none": identity,
    "batch": batch_norm(500),
    "group": lambda: layers.GroupNormalization(groups=5),
    "layer": whole_layer_norm,
}


@lru_cache(maxsize=1)
def _trainer(contender: Contender) -> Trainer:
    return Trainer(
        lambda: convolutions((28, 28, 1), (10, 20, 20), NORMS[contender.name]),
        adam,
        data.mnist(VALIDATION, TEST),
        SCHEDULES[contender.condition],
    )


def train(contender: Contender, rate: float, seed: int) -> Outcome:
    return _trainer(contender).run(rate, seed)


EXPERIMENT = Experiment(
    Plan(
        name="small-batches",
        question="With the same number of updates, which norm gets furthest at each size of batch?",
        contenders=tuple(Contender(name, RATES, condition) for condition in SCHEDULES for name in NORMS),
        sizes={
            "data": "MNIST", "validation": VALIDATION, "test": TEST, "samples": 20_000, "updates": 500,
            "network": "Conv2D 10, 20, 20 (3×3, strides 2, norm, ReLU), Dense 10", "optimizer": "Adam",
        },
    ),
    train,
    data.fingerprints,
)  # fmt: skip
