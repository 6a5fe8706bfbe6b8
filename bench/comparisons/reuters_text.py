"""Newswires by topic: layer norm before the ReLU, after it, or none, with the rate and the epoch chosen."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import keras  # type: ignore[import-not-found]
from keras import layers

from bench.comparisons import data
from bench.comparisons.plan import Contender, Experiment, Outcome, Plan
from bench.comparisons.training import Schedule, Trainer, rmsprop

WORDS, VALIDATION, TEST = 10_000, 1_000, 2_246
SCHEDULE = Schedule(samples=7_168, batch=512, updates=14 * 12, evaluations=12)  # one evaluation an epoch
RATES = (0.001, 0.003, 0.01, 0.03)
ORDERS = ("none", "before", "after")


def hidden(order: str) -> list[Any]:
    if order == "none":
        return [layers.Dense(64), layers.ReLU()]
    if order == "before":
        return [layers.Dense(64), layers.LayerNormalization(), layers.ReLU()]
    return [layers.Dense(64), layers.ReLU(), layers.LayerNormalization()]


@lru_cache(maxsize=1)
def _trainer(contender: Contender) -> Trainer:
    def network() -> Any:
        return keras.Sequential(
            [keras.Input((WORDS,)), *hidden(contender.name), *hidden(contender.name), layers.Dense(46)]
        )

    return Trainer(network, rmsprop, data.reuters(WORDS, VALIDATION, TEST), SCHEDULE)


def train(contender: Contender, rate: float, seed: int) -> Outcome:
    return _trainer(contender).run(rate, seed)


EXPERIMENT = Experiment(
    Plan(
        name="reuters-text",
        question="Does layer norm lower the best loss on held-out newswires, and where should it stand?",
        contenders=tuple(Contender(name, RATES) for name in ORDERS),
        sizes={
            "data": f"Reuters, {WORDS} words", "validation": VALIDATION, "test": TEST, **vars(SCHEDULE),
            "network": "Dense 64, 64 (ReLU, norm before or after it), Dense 46", "optimizer": "RMSprop",
        },
        metric="loss",
        choose_evaluation=True,
    ),
    train,
    data.fingerprints,
)  # fmt: skip
