"""Digits read column by column: a plain LSTM, the cell of the paper on layer norm, and the one of Addons."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import keras  # type: ignore[import-not-found]
import tensorflow as tf  # type: ignore[import-untyped]
from keras import layers

from bench.comparisons import data
from bench.comparisons.plan import Contender, Experiment, Outcome, Plan
from bench.comparisons.training import Schedule, Trainer, adam

SCHEDULE = Schedule(samples=3_008, batch=64, updates=47 * 8, evaluations=8)  # one evaluation an epoch
VALIDATION, TEST, UNITS = 2_000, 4_000, 32
RATES = (0.0025, 0.005, 0.01, 0.02, 0.04)


class NormLSTMCell(layers.LSTMCell):  # type: ignore[misc]  # Keras has no type hints
    """An LSTM cell with layer norm of what comes from the input, from the state, and of the cell state.

    `carried`: the normalized cell state goes on to the next step (Addons); otherwise it only makes the output, as in
    equations 20 to 22 of Ba, Kiros and Hinton (2016).
    """

    def __init__(self, units: int, carried: bool) -> None:
        super().__init__(units)
        self.carried = carried

    def build(self, shape: Any) -> None:
        super().build(shape)
        self.norms = [layers.LayerNormalization() for _ in range(3)]
        for norm, parts in zip(self.norms, (4, 4, 1), strict=True):
            norm.build((None, parts * self.units))

    def call(self, inputs: Any, states: Any, training: Any = None) -> Any:
        on_input, on_state, on_cell = self.norms
        z = on_input(inputs @ self.kernel) + on_state(states[0] @ self.recurrent_kernel) + self.bias
        i, f, g, o = tf.split(z, 4, axis=-1)
        c = tf.sigmoid(f) * states[1] + tf.sigmoid(i) * tf.tanh(g)
        normal = on_cell(c)
        h = tf.sigmoid(o) * tf.tanh(normal)
        return h, [h, normal if self.carried else c]


CELLS: dict[str, Callable[[], Any]] = {
    "plain": lambda: layers.LSTMCell(UNITS),
    "paper": lambda: NormLSTMCell(UNITS, carried=False),
    "Addons": lambda: NormLSTMCell(UNITS, carried=True),
}


@lru_cache(maxsize=1)
def _trainer(contender: Contender) -> Trainer:
    def network() -> Any:
        return keras.Sequential(
            [
                keras.Input((28, 28)),
                layers.Masking(),
                layers.RNN(CELLS[contender.name]()),
                layers.Dense(10),
            ]
        )

    return Trainer(network, adam, data.mnist_columns(VALIDATION, TEST), SCHEDULE)


def train(contender: Contender, rate: float, seed: int) -> Outcome:
    return _trainer(contender).run(rate, seed)


EXPERIMENT = Experiment(
    Plan(
        name="recurrent",
        question="Does an LSTM learn faster or better with layer norm?",
        contenders=tuple(Contender(name, RATES) for name in CELLS),
        sizes={
            "data": "MNIST, inked columns one after another", "validation": VALIDATION, "test": TEST,
            **vars(SCHEDULE), "network": f"LSTM {UNITS}, Dense 10", "optimizer": "Adam",
        },
    ),
    train,
    data.fingerprints,
)  # fmt: skip
