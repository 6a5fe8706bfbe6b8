"""Weight norm with Keras's start and with the start from data, beside no norm and batch norm: pictures of CIFAR-10."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import keras  # type: ignore[import-not-found]
import numpy as np
import tensorflow as tf  # type: ignore[import-untyped]
from keras import layers

from bench.comparisons import data
from bench.comparisons.networks import Norm, WeightNorm, as_is, batch_norm, identity, start_from_data
from bench.comparisons.plan import Contender, Experiment, Outcome, Plan
from bench.comparisons.training import Schedule, Trainer, adam

SCHEDULE = Schedule(samples=6_000, batch=32, updates=750, evaluations=5)
VALIDATION, TEST = 2_000, 4_000
RATES = (0.0003, 0.001, 0.003, 0.01)
NAMES = ("none", "weight", "weight, start from data", "batch")
MEASURED, TIMED, ROUNDS = 100, 5, 30  # samples; updates in a round; rounds


def network(norm: Norm, wrap: Callable[[Any], Any]) -> Any:
    """The lesson's network, with a place for a norm before each ReLU."""
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            *(wrap(layers.Conv2D(6, 5)), norm(), layers.ReLU(), layers.MaxPooling2D(2)),
            *(wrap(layers.Conv2D(16, 5)), norm(), layers.ReLU(), layers.MaxPooling2D(2)),
            *(layers.Flatten(), wrap(layers.Dense(120)), norm(), layers.ReLU()),
            *(wrap(layers.Dense(84)), norm(), layers.ReLU(), wrap(layers.Dense(10))),
        ]
    )


@lru_cache(maxsize=2)
def _trainer(name: str) -> Trainer:
    norm = batch_norm(SCHEDULE.updates) if name == "batch" else identity
    wrap = WeightNorm if name.startswith("weight") else as_is
    prepare = start_from_data if name.endswith("data") else None
    return Trainer(lambda: network(norm, wrap), adam, data.cifar10(VALIDATION, TEST), SCHEDULE, prepare)


def train(contender: Contender, rate: float, seed: int) -> Outcome:
    """One run; the judged ones are measured too: how many directions the gradient has, and the time of an update."""
    trainer = _trainer(contender.name)
    outcome = trainer.run(rate, seed)
    if seed not in EXPERIMENT.plan.judged_seeds:
        return outcome
    drawn = trainer.splits.pool.draw(SCHEDULE.samples, seed)
    measures = {"gradient_rank_after": gradient_rank(trainer.model, drawn)}
    if contender.name != "none":
        measures["time_ratio"] = time_ratio(trainer, _trainer("none"), drawn)
    trainer.start(rate, seed, drawn)
    if contender.name != "batch":  # its moving values say nothing before training
        measures["gradient_rank_before"] = gradient_rank(trainer.model, drawn)
    return replace(outcome, measures=measures)


def gradient_rank(model: Any, part: data.Part) -> float:
    """The effective rank of the gradients' covariance: (Σλ)² / Σλ², from 1 to the number of samples.

    The better a problem is conditioned, the more equal are the eigenvalues λ. Taken in inference mode.
    """

    @tf.function  # type: ignore[untyped-decorator]
    def gradient(x: Any, y: Any) -> Any:
        with tf.GradientTape() as tape:
            loss = tf.nn.sparse_softmax_cross_entropy_with_logits(y, model(x, training=False))
        return tf.concat([tf.reshape(g, [-1]) for g in tape.gradient(loss, model.trainable_variables)], 0)

    rows = [gradient(tf.constant(part.x[i : i + 1]), tf.constant(part.y[i : i + 1])).numpy() for i in range(MEASURED)]
    products = np.array(rows, "float64") @ np.array(rows, "float64").T
    return round(float(np.trace(products) ** 2 / (products**2).sum()), 2)


def time_ratio(trainer: Trainer, plain: Trainer, part: data.Part) -> float:
    """The time of an update of one network over that of the other: fastest rounds of both, taken by turns."""
    batches = tf.constant(SCHEDULE.batches(0)[0][:TIMED])
    x, y = tf.constant(part.x), tf.constant(part.y)
    fastest = [np.inf, np.inf]
    for _ in range(ROUNDS):
        for place, each in enumerate((trainer, plain)):
            start = time.perf_counter()
            each.update(x, y, batches)
            fastest[place] = min(fastest[place], time.perf_counter() - start)
    return round(float(fastest[0] / fastest[1]), 3)


EXPERIMENT = Experiment(
    Plan(
        name="weight-norm",
        question="Does weight norm train further than no norm, does its start from data matter, what does it cost?",
        contenders=tuple(Contender(name, RATES) for name in NAMES),
        sizes={
            "data": "CIFAR-10", "validation": VALIDATION, "test": TEST, **vars(SCHEDULE),
            "network": "Conv2D 6, 16 (5×5, norm, ReLU, MaxPooling2D 2), Dense 120, 84 (norm, ReLU), Dense 10",
            "optimizer": "Adam", "gradient_rank": f"{MEASURED} training samples",
        },
    ),
    train,
    data.fingerprints,
)  # fmt: skip
