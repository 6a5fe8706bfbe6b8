"""What the TensorFlow Addons tutorials print, and what they would have printed with the training split.

The tutorial on group, instance and layer norm calls `fit(x_test, y_test)`: it trains on the test split. Its figures
are Keras's running means over the one epoch. Here each network is trained as there on the 10,000 test images, and on
10,000 training images; "test" is in both cases data that it was not trained on.
"""

from __future__ import annotations

from typing import Any

import keras  # type: ignore[import-not-found]
from keras import layers

from bench.comparisons import data
from bench.comparisons.plan import Contender, Experiment, Outcome, Plan
from bench.comparisons.training import rounded

BATCH, SAMPLES, TEST = 32, 10_000, 5_000
NORMS = {
    "layer, axis 3": lambda: layers.LayerNormalization(axis=3),
    "group": lambda: layers.GroupNormalization(groups=5),
    "instance": lambda: layers.GroupNormalization(
        groups=-1, gamma_initializer="random_uniform", beta_initializer="random_uniform"
    ),
}
ON_TEST, ON_TRAIN = "trained on the test split", "trained on the training split"


def network(name: str) -> Any:
    """The tutorial's network."""
    return keras.Sequential(
        [
            *(keras.Input((28, 28, 1)), layers.Conv2D(10, 3), NORMS[name](), layers.Flatten()),
            *(layers.Dense(128, "relu"), layers.Dropout(0.2), layers.Dense(10, "softmax")),
        ]
    )


def train(contender: Contender, rate: float, seed: int) -> Outcome:
    splits = data.mnist(TEST, SAMPLES)
    drawn, unseen = splits.pool.draw(SAMPLES, seed), splits.test
    if contender.condition == ON_TEST:
        drawn, unseen = splits.test, splits.validation
    keras.utils.set_random_seed(seed)
    model = network(contender.name)
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    history = model.fit(drawn.x, drawn.y, batch_size=BATCH, epochs=1, verbose=0).history
    loss, accuracy = model.evaluate(unseen.x[:TEST], unseen.y[:TEST], batch_size=500, verbose=0)
    running = {"running_loss": history["loss"][-1], "running_accuracy": history["accuracy"][-1]}
    return Outcome(
        [-(-SAMPLES // BATCH)],
        {"test_loss": [rounded(loss)], "test_accuracy": [rounded(accuracy)]},
        {name: round(value, 4) for name, value in running.items()},
    )


EXPERIMENT = Experiment(
    Plan(
        name="known-results",
        question="Where do the known results of the Addons tutorials come from?",
        contenders=tuple(
            Contender(name, (0.001,), condition) for condition in (ON_TEST, ON_TRAIN) for name in NORMS
        ),
        sizes={
            "data": "MNIST", "samples": SAMPLES, "batch": BATCH, "epochs": 1, "test": TEST,
            "network": "Conv2D 10 (3×3), norm, Dense 128 ReLU, Dropout 0.2, Dense 10", "optimizer": "Adam",
        },
        replication="TensorFlow Addons tutorial `layers_normalizations`",
    ),
    train,
    data.fingerprints,
)  # fmt: skip
