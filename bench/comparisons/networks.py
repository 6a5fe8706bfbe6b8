"""Normalization layers, wrappers and cells for the experiments, as the lessons build them, and shared networks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import keras  # type: ignore[import-not-found]
import tensorflow as tf  # type: ignore[import-untyped]
from keras import layers

Norm = Callable[[], Any]


def batch_norm(updates: int) -> Norm:
    """Batch norm whose moving values have forgotten their start after so many updates (a part of e^-10 is left)."""
    return lambda: layers.BatchNormalization(momentum=min(0.99, 1 - 10 / updates))


def identity() -> Any:
    return layers.Identity()


def whole_layer_norm() -> Any:
    """Layer norm as the paper means it: over all activations of one sample."""
    return layers.LayerNormalization(axis=[1, 2, 3])


class WeightNorm(layers.Wrapper):  # type: ignore[misc]  # Keras has no type hints
    """A Dense or Conv2D layer with w = g · v / ‖v‖. With g = ‖v‖ it starts as the layer it wraps."""

    def build(self, input_shape: Any) -> None:
        super().build(input_shape)
        v = self.layer.kernel
        self.g = self.add_weight(name="g", shape=v.shape[-1:], initializer="ones")
        self.g.assign(lengths(v))

    def linear(self, inputs: Any, weights: Any) -> Any:
        if hasattr(self.layer, "convolution_op"):
            return self.layer.convolution_op(inputs, weights)
        return inputs @ weights

    def call(self, inputs: Any) -> Any:
        outputs = self.linear(inputs, self.g * direction(self.layer.kernel))
        return self.layer.activation(outputs + self.layer.bias)


def lengths(v: Any) -> Any:
    return tf.norm(tf.reshape(v, (-1, v.shape[-1])), axis=0)


def direction(v: Any) -> Any:
    return v / lengths(v)


def start_from_data(model: Any, x: Any) -> None:
    """Give every unit of the wrapped layers mean 0 and deviation 1 on `x`, layer by layer (Salimans and Kingma)."""
    for layer in model.layers:
        if isinstance(layer, WeightNorm):
            outputs = layer.linear(x, direction(layer.layer.kernel))
            average, variance = tf.nn.moments(outputs, axes=list(range(len(outputs.shape) - 1)))
            deviation = tf.sqrt(variance + 1e-10)
            layer.g.assign(1 / deviation)
            layer.layer.bias.assign(-average / deviation)
        x = layer(x)


def as_is(layer: Any) -> Any:
    return layer


def convolutions(shape: tuple[int, ...], filters: Sequence[int], norm: Norm, wrap: Callable[[Any], Any] = as_is) -> Any:
    """Conv2D 3×3 with strides of 2, norm, ReLU, for each number of filters; then Dense 10."""
    net = [keras.Input(shape)]
    for number in filters:
        net += [wrap(layers.Conv2D(number, 3, strides=2)), norm(), layers.ReLU()]
    return keras.Sequential([*net, layers.Flatten(), layers.Dense(10)])


def dense(inputs: int, units: Sequence[int], outputs: int, norm: Norm, wrap: Callable[[Any], Any] = as_is) -> Any:
    """Dense with He's start, norm, ReLU, for each number of units; then Dense."""
    net = [keras.Input((inputs,))]
    for number in units:
        net += [wrap(layers.Dense(number, kernel_initializer="he_normal")), norm(), layers.ReLU()]
    return keras.Sequential([*net, layers.Dense(outputs)])
