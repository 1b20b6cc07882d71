"""nsfwjs's Inception v3 (a Keras model in TensorFlow.js's own format, base64 in JavaScript) as a Network."""

from __future__ import annotations

import base64
import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np

from tools.moderation.pictures.network import Floats, Network, Weights

SIDE, CLASSES = 299, 5
"""Drawing, Hentai, Neutral, Porn, Sexy."""

FOLDER = "dist/models/inception_v3"

Layer = dict[str, Any]


def convert(package: Path) -> Network:
    """The network in an unpacked nsfwjs 4.3.0."""
    model = _bundle(package / FOLDER / "model.min.js")
    parameters = _parameters(package / FOLDER, model["weightsManifest"][0])
    layers: list[Layer] = model["modelTopology"]["model_config"]["config"]["layers"]
    return _Converter(layers, parameters).network


class _Converter:
    """Folds batch normalisation into the convolution before it; leaves out what only training uses."""

    def __init__(self, layers: list[Layer], parameters: dict[str, Weights]) -> None:
        self.network = Network("inception", SIDE, CLASSES)
        self._parameters = parameters
        self._norms = {
            _sources(layer)[0]: layer for layer in layers if layer["class_name"] == "BatchNormalization"
        }
        self._same: dict[str, str] = {}
        for layer in layers:
            values = [self._same.get(source, source) for source in _sources(layer)]
            getattr(self, "_" + layer["class_name"].lower())(layer["name"], layer["config"], values)

    def _inputlayer(self, name: str, _: Layer, __: list[str]) -> None:
        self._same[name] = "input"

    def _conv2d(self, name: str, config: Layer, values: list[str]) -> None:
        norm = self._norms[name]
        mean, variance, beta = (
            self._floats(f"{norm['name']}/{kind}") for kind in ("moving_mean", "moving_variance", "beta")
        )
        factor = 1 / np.sqrt(variance.astype(np.float64) + norm["config"]["epsilon"])
        kernel = self._parameters[f"{name}/kernel"]
        weights = Weights(kernel.codes.transpose(3, 2, 0, 1), kernel.scale, kernel.offset).scaled(
            factor.astype(np.float32)
        )
        bias = (beta - mean * factor).astype(np.float32)
        pads = _pads(config["padding"], config["kernel_size"])
        self.network.convolution(name, values[0], weights, bias, strides=config["strides"], pads=pads)

    def _batchnormalization(self, name: str, _: Layer, values: list[str]) -> None:
        self._same[name] = values[0]

    def _dropout(self, name: str, _: Layer, values: list[str]) -> None:
        self._same[name] = values[0]

    def _activation(self, name: str, _: Layer, values: list[str]) -> None:
        self.network.node("Relu", values, name)

    def _maxpooling2d(self, name: str, config: Layer, values: list[str]) -> None:
        self.network.node(
            "MaxPool", values, name, kernel_shape=config["pool_size"], strides=config["strides"]
        )

    def _averagepooling2d(self, name: str, config: Layer, values: list[str]) -> None:
        shape = config["pool_size"]
        pads = _pads(config["padding"], shape)
        self.network.node(
            "AveragePool", values, name, kernel_shape=shape, strides=config["strides"], pads=pads
        )

    def _concatenate(self, name: str, _: Layer, values: list[str]) -> None:
        self.network.node("Concat", values, name, axis=1)

    def _flatten(self, name: str, _: Layer, values: list[str]) -> None:
        self.network.node("Flatten", values, name)

    def _dense(self, name: str, config: Layer, values: list[str]) -> None:
        kernel = self._parameters[f"{name}/kernel"]
        weights = Weights(kernel.codes.T, kernel.scale, kernel.offset)
        self.network.dense(f"{name}/product", values[0], weights, self._floats(f"{name}/bias"))
        if config["activation"] == "softmax":
            self.network.node("Softmax", [f"{name}/product"], "scores", axis=1)
        else:
            self.network.node("Relu", [f"{name}/product"], name)

    def _floats(self, name: str) -> Floats:
        found = self._parameters[name]
        return found.codes.astype(np.float32) * found.scale + found.offset


def _sources(layer: Layer) -> list[str]:
    return [node[0] for node in layer["inbound_nodes"][0]] if layer["inbound_nodes"] else []


def _pads(padding: str, shape: list[int]) -> list[int]:
    return [0] * 4 if padding == "valid" else [side // 2 for side in (*shape, *shape)]


def _bundle(script: Path) -> Any:
    """What a CommonJS bundle exports. Node reads it: it is JavaScript, not JSON."""
    code = "process.stdout.write(JSON.stringify(require(process.argv[1])))"
    done = subprocess.run(["node", "--eval", code, str(script)], check=True, capture_output=True)
    return json.loads(done.stdout)


def _parameters(folder: Path, manifest: dict[str, Any]) -> dict[str, Weights]:
    data = b"".join(base64.b64decode(_bundle(folder / f"{path}.min.js")) for path in manifest["paths"])
    found, start = {}, 0
    for entry in manifest["weights"]:
        size, coding = int(np.prod(entry["shape"])), entry["quantization"]
        codes = np.frombuffer(data, np.uint8, size, start).reshape(entry["shape"])
        start += size
        found[entry["name"]] = Weights(
            (codes.astype(np.int16) - 128).astype(np.int8),
            np.array([coding["scale"]], np.float32),
            np.array([coding["min"] + 128 * coding["scale"]], np.float32),
        )
    if start != len(data):
        raise ValueError("the manifest and the weights disagree")
    return found
