"""Training a Keras network for one run of an experiment: so many updates, evaluated now and then.

A network is traced once and started afresh for every run, which must not show: networks may hold no random layer
(such as Dropout), whose state would go on from run to run. `python -m bench.compare check` repeats runs alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import keras  # type: ignore[import-not-found]
import numpy as np
import tensorflow as tf  # type: ignore[import-untyped]

from bench.comparisons.data import Part, Splits
from bench.comparisons.plan import Curve, Outcome

EVALUATED_AT_ONCE = 1000  # samples

tf.get_logger().setLevel("ERROR")  # it takes networks that follow one another for one that is traced too often

# One thread: runs are then equal to the last bit on one machine.
tf.config.threading.set_intra_op_parallelism_threads(int(os.environ.get("TF_NUM_INTRAOP_THREADS", "1")))
tf.config.threading.set_inter_op_parallelism_threads(int(os.environ.get("TF_NUM_INTEROP_THREADS", "1")))


@dataclass(frozen=True)
class Schedule:
    """How long a run is: `updates` of `batch` samples out of `samples` drawn ones, evaluated at equal distances."""

    samples: int
    batch: int
    updates: int
    evaluations: int

    def __post_init__(self) -> None:
        assert self.updates % self.evaluations == 0, "each evaluation needs the same number of updates"

    def batches(self, seed: int) -> Any:
        """Indices by evaluation, update and place in the batch: shuffled epochs, one after another."""
        rng, wanted = np.random.default_rng(seed), self.updates * self.batch
        epochs = [rng.permutation(self.samples) for _ in range(-(-wanted // self.samples))]
        return np.concatenate(epochs)[:wanted].reshape(self.evaluations, -1, self.batch)


def sgd(rate: float) -> Any:
    return keras.optimizers.SGD(rate)


def momentum(rate: float) -> Any:
    return keras.optimizers.SGD(rate, momentum=0.9, nesterov=True)


def adam(rate: float) -> Any:
    return keras.optimizers.Adam(rate)


def rmsprop(rate: float) -> Any:
    return keras.optimizers.RMSprop(rate)


class Trainer:
    """A network that gives logits, its optimizer and its data; `run` trains it from the start."""

    def __init__(
        self,
        build: Callable[[], Any],
        optimizer: Callable[[float], Any],
        splits: Splits,
        schedule: Schedule,
        prepare: Callable[[Any, Any], None] | None = None,
    ) -> None:
        """`prepare(model, x)` changes the starting weights by the first 500 training samples."""
        self.build, self.schedule, self.splits, self.prepare = build, schedule, splits, prepare
        self.model, self.optimizer = build(), optimizer(0.1)
        self.optimizer.build(self.model.trainable_variables)
        self.unused = [variable.numpy() for variable in self.optimizer.variables]
        self.update = tf.function(self._update)
        self.score = tf.function(self._score)

    def start(self, rate: float, seed: int, drawn: Part) -> None:
        """Fresh weights, a fresh optimizer, this rate."""
        keras.utils.set_random_seed(seed)
        self.model.set_weights(self.build().get_weights())
        for variable, value in zip(self.optimizer.variables, self.unused, strict=True):
            variable.assign(value)
        self.optimizer.learning_rate = rate
        if self.prepare:
            self.prepare(self.model, drawn.x[:500])

    def run(self, rate: float, seed: int) -> Outcome:
        """Train with this rate; the seed draws the samples, their order and the starting weights."""
        drawn = self.splits.pool.draw(self.schedule.samples, seed)
        self.start(rate, seed, drawn)
        x, y = tf.constant(drawn.x), tf.constant(drawn.y)
        points: list[dict[str, float | None]] = []
        for batches in self.schedule.batches(seed):
            if points and points[-1]["train_loss"] is None:  # it has diverged, and stays so
                points.append(points[-1])
                continue
            loss = float(self.update(x, y, tf.constant(batches)))
            points.append({"train_loss": rounded(loss), **self._evaluated()})
        each = self.schedule.updates // self.schedule.evaluations
        curves: dict[str, Curve] = {name: [point[name] for point in points] for name in points[0]}
        return Outcome([each * (i + 1) for i in range(len(points))], curves)

    def _evaluated(self) -> dict[str, float | None]:
        scores: dict[str, float | None] = {}
        for name, part in (("val", self.splits.validation), ("test", self.splits.test)):
            loss, accuracy = self.score(tf.constant(part.x), tf.constant(part.y))
            scores |= {f"{name}_loss": rounded(float(loss)), f"{name}_accuracy": rounded(float(accuracy))}
        return scores

    def _update(self, x: Any, y: Any, batches: Any) -> Any:
        """Train on the batches; their mean loss."""
        total = tf.constant(0.0)
        for batch in batches:
            with tf.GradientTape() as tape:
                logits = self.model(tf.gather(x, batch), training=True)
                loss = _loss(tf.gather(y, batch), logits)
            variables = self.model.trainable_variables
            self.optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))  # noqa: B905  # autograph
            total += loss
        return total / tf.cast(tf.shape(batches)[0], tf.float32)

    def _score(self, x: Any, y: Any) -> Any:
        """Loss and accuracy in inference mode."""
        logits = tf.concat(
            [self.model(x[i : i + EVALUATED_AT_ONCE], training=False) for i in range(0, len(y), EVALUATED_AT_ONCE)], 0
        )
        right = tf.cast(tf.argmax(logits, 1, tf.int32) == y, tf.float32)
        return _loss(y, logits), tf.reduce_mean(right)


def _loss(y: Any, logits: Any) -> Any:
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, logits))


def rounded(value: float) -> float | None:
    """To four digits; None where it is not finite."""
    return float(f"{value:.4g}") if np.isfinite(value) else None
