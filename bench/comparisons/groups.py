"""Group norm with 1, 2, 5 and 10 groups and with a group for each channel: does the number matter?"""

from __future__ import annotations

from functools import lru_cache

from keras import layers  # type: ignore[import-not-found]

from bench.comparisons import data
from bench.comparisons.networks import convolutions
from bench.comparisons.plan import Contender, Experiment, Outcome, Plan
from bench.comparisons.training import Schedule, Trainer, adam

SCHEDULE = Schedule(samples=20_000, batch=16, updates=300, evaluations=3)
VALIDATION, TEST = 3_000, 5_000
RATES = (0.001, 0.003, 0.01, 0.03)
GROUPS = {"1 group": 1, "2 groups": 2, "5 groups": 5, "10 groups": 10, "all": -1}


@lru_cache(maxsize=1)
def _trainer(contender: Contender) -> Trainer:
    return Trainer(
        lambda: convolutions(
            (28, 28, 1), (10, 20, 20), lambda: layers.GroupNormalization(groups=GROUPS[contender.name])
        ),
        adam,
        data.mnist(VALIDATION, TEST),
        SCHEDULE,
    )


def train(contender: Contender, rate: float, seed: int) -> Outcome:
    return _trainer(contender).run(rate, seed)


EXPERIMENT = Experiment(
    Plan(
        name="groups",
        question="Which number of groups gets furthest?",
        contenders=tuple(Contender(name, RATES) for name in GROUPS),
        sizes={
            "data": "MNIST", "validation": VALIDATION, "test": TEST, **vars(SCHEDULE),
            "network": "Conv2D 10, 20, 20 (3×3, strides 2, group norm, ReLU), Dense 10", "optimizer": "Adam",
        },
    ),
    train,
    data.fingerprints,
)  # fmt: skip
