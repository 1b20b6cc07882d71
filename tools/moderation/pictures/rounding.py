"""Fewer bits for a network's weights, most where it minds least.

Each layer gets one step, its weights become multiples of it, and what is left takes few bits when packed. How
fine a step is follows from how much the score moves when noise is added to the layer's block (`minded`) and
from how many weights share it. Weights are rounded one input after the other, and what rounding one did to a
layer's output is made good by the rest, as far as inputs go together on what the network sees of pictures
(Frantar et al., "GPTQ: Accurate Post-Training Quantization", 2023). Biases take the mean of what remains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import onnxruntime
from scipy import linalg

from tools.moderation.pictures.network import Floats, Layer, Network, Weights

Score = Callable[[Floats], float]
"""What is looked at of the classes (C,): a probability."""

POSITIONS = 96
"""Places of a picture that are looked at in each layer."""
BLOCKS = 20
"""Of layers in a row that noise is tried on together."""
TRIED = 12
"""Pictures it is tried on: those the network is least sure of, spread over `UNSURE`."""
UNSURE = 60
NOISE = 0.003
"""Variance of the noise over that of the layer's output."""
SPREAD = 30.0
"""How far from the mean what a block is said to mind may be: those pictures are few, and harmless."""
DAMPING = 0.01
HIGHEST = 127


def round_off(network: Network, pictures: list[Floats], score: Score, size: int) -> None:
    """Round a network's weights to about `size` bytes; pictures are its inputs (1, 3, S, S)."""
    inputs = _inputs(network, pictures)
    floats = {name: _flat(layer) for name, layer in network.layers.items()}
    signal = {name: _power(floats[name], inputs[name][0]) / len(floats[name]) for name in floats}
    spread = {name: float(np.trace(inputs[name][0])) for name in floats}
    noise = {name: NOISE * signal[name] / spread[name] for name in floats}
    minds = minded(network, noise, pictures, score)
    need = {name: floats[name].size * signal[name] / (minds[name] * spread[name]) for name in floats}
    for name, step in steps(floats, need, size).items():
        layer, (covariance, mean) = network.layers[name], inputs[name]
        codes = gptq(floats[name], covariance, step)
        bias = layer.bias - (codes * step - floats[name]) @ mean
        scale, none = np.array([step], np.float32), np.zeros(1, np.float32)
        weights = Weights(codes.astype(np.int8).reshape(layer.weights.codes.shape), scale, none)
        network.layers[name] = replace(layer, weights=weights, bias=bias.astype(np.float32))


def _flat(layer: Layer) -> Floats:
    return layer.weights.floats().reshape(len(layer.weights.codes), -1)


def _power(weights: Floats, covariance: Floats) -> float:
    """Variance of a layer's outputs, summed."""
    return float(((weights @ covariance) * weights).sum())


def _session(network: Network, also: list[str]) -> onnxruntime.InferenceSession:
    model = network.model(also).SerializeToString()
    return onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])


def _inputs(network: Network, pictures: list[Floats]) -> dict[str, tuple[Floats, Floats]]:
    """Covariance (I, I) and mean (I,) of what each layer multiplies, I counting kernel places too."""
    values = sorted({layer.value for layer in network.layers.values()} - {"input"})
    session, chance = _session(network, values), np.random.default_rng(1)
    sums: dict[str, tuple[Floats, Floats, int]] = {}
    for picture in pictures:
        seen = dict(zip(values, session.run(values, {"input": picture}), strict=True)) | {"input": picture}
        for name, layer in network.layers.items():
            rows = _rows(seen[layer.value], layer, chance)
            squares, total, count = sums.get(name, (0, 0, 0))
            sums[name] = (squares + rows.T @ rows, total + rows.sum(axis=0), count + len(rows))
    means = {name: np.asarray(total / count, np.float32) for name, (_, total, count) in sums.items()}
    return {
        name: (np.asarray(squares / count - np.outer(means[name], means[name]), np.float32), means[name])
        for name, (squares, _, count) in sums.items()
    }


def _rows(seen: Floats, layer: Layer, chance: np.random.Generator) -> Floats:
    """Some of the patches (n, I) that a layer multiplies with its weights."""
    if layer.weights.codes.ndim == 2:
        return seen
    top, left, bottom, right = layer.pads
    padded = np.pad(seen[0], ((0, 0), (top, bottom), (left, right)))
    patches = np.lib.stride_tricks.sliding_window_view(padded, layer.weights.codes.shape[2:], axis=(1, 2))
    patches = patches[:, :: layer.strides[0], :: layer.strides[1]]
    down, across = patches.shape[1:3]
    places = chance.choice(down * across, min(POSITIONS, down * across), replace=False)
    found: Floats = patches[:, places // across, places % across].swapaxes(0, 1).reshape(len(places), -1)
    return found


def minded(
    network: Network, noise: dict[str, float], pictures: list[Floats], score: Score
) -> dict[str, float]:
    """Per layer, the mean square by which the score's logit moves when its block gets `noise` (variance)."""

    def logits(shown: list[Floats]) -> npt.NDArray[np.float64]:
        session = _session(network, [])
        scores = np.array([score(session.run(["scores"], {"input": one})[0][0]) for one in shown], np.float64)
        clipped = np.clip(scores, 1e-5, 1 - 1e-5)
        return np.log(clipped / (1 - clipped))

    unsure = np.argsort(np.abs(logits(pictures)))[: UNSURE : UNSURE // TRIED]
    shown, chance = [pictures[index] for index in unsure], np.random.default_rng(0)
    usual, layers, minds = logits(shown), dict(network.layers), dict[str, float]()
    for block in np.array_split(np.array(list(layers), object), BLOCKS):
        for name in block:
            weights = layers[name].weights
            shift = chance.normal(0, np.sqrt(noise[name]), weights.codes.shape).astype(np.float32)
            network.layers[name] = replace(
                layers[name], weights=replace(weights, offset=weights.offset + shift)
            )
        moved = float(np.mean((logits(shown) - usual) ** 2)) / len(block)
        minds.update(dict.fromkeys(block, moved))
        network.layers.update(layers)
    middle = float(np.exp(np.mean(np.log(list(minds.values())))))
    return {name: float(np.clip(mind, middle / SPREAD, middle * SPREAD)) for name, mind in minds.items()}


def steps(floats: dict[str, Floats], need: dict[str, float], size: int) -> dict[str, np.float32]:
    """Each layer's step, as the square root of `need`, such that codes have `size` bytes of entropy."""

    def at(loudness: float) -> dict[str, np.float32]:
        return {
            name: np.float32(
                max(np.sqrt(need[name]) * np.exp(loudness), np.abs(floats[name]).max() / HIGHEST)
            )
            for name in floats
        }

    low, high = -20.0, 10.0
    for _ in range(40):
        middle = (low + high) / 2
        bits = sum(entropy(floats[name] / step) * floats[name].size for name, step in at(middle).items())
        low, high = (middle, high) if bits > 8 * size else (low, middle)
    return at(high)


def entropy(values: Floats) -> float:
    """Bits that each of the values needs when rounded to integers, guessed from every seventh."""
    counts = np.unique(np.rint(values.ravel()[::7]), return_counts=True)[1]
    shares = counts / counts.sum()
    return float(-(shares * np.log2(shares)).sum())


def gptq(weights: Floats, covariance: Floats, step: np.float32) -> Floats:
    """Codes (O, I), integers up to `HIGHEST`, for weights (O, I) whose inputs have that covariance (I, I)."""
    damped = covariance + np.eye(len(covariance)) * (DAMPING * np.trace(covariance) / len(covariance) + 1e-12)
    order = np.argsort(-np.diag(damped))
    inverse = linalg.cholesky(linalg.inv(damped[np.ix_(order, order)])).astype(np.float32)
    left, codes = weights[:, order].copy(), np.empty_like(weights)
    for start, stop in _blocks(len(order)):
        errors = np.zeros((len(left), stop - start), np.float32)
        for column in range(start, stop):
            code = np.clip(np.rint(left[:, column] / step), -HIGHEST, HIGHEST)
            codes[:, order[column]] = code
            error = (left[:, column] - code * step) / inverse[column, column]
            left[:, column:stop] -= np.outer(error, inverse[column, column:stop])
            errors[:, column - start] = error
        left[:, stop:] -= errors @ inverse[start:stop, stop:]
    return codes


def _blocks(length: int, size: int = 128) -> Iterator[tuple[int, int]]:
    """Columns are put right block by block, because one large product is faster than many small ones."""
    return ((start, min(start + size, length)) for start in range(0, length, size))
