"""Writes a convolutional network as an ONNX file with 8-bit weights that every runtime reads alike."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

Floats = npt.NDArray[np.float32]

OPSET, IR_VERSION = 13, 8
"""Old enough for OpenCV 4.11."""

PIECE_BYTES = 4_000_000
"""A repository's hosts and reviewers dislike larger files."""


@dataclass(frozen=True)
class Weights:
    """A kernel (O, …) as `codes * scale + offset`, both per output channel or one for all.

    int8, not uint8: OpenCV reads an ONNX constant of type uint8 as if it were signed.
    """

    codes: npt.NDArray[np.int8]
    scale: Floats
    offset: Floats

    @classmethod
    def of(cls, kernel: Floats) -> Weights:
        """The nearest 8-bit codes, the range of each output channel its own."""
        axes = tuple(range(1, kernel.ndim))
        low, high = kernel.min(axes, keepdims=True), kernel.max(axes, keepdims=True)
        scale = np.maximum(high - low, np.float32(1e-12)) / 255
        codes = np.rint((kernel - low) / scale) - 128
        return cls(codes.astype(np.int8), scale.astype(np.float32), (low + 128 * scale).astype(np.float32))

    def floats(self) -> Floats:
        """The kernel."""
        return self.codes.astype(np.float32) * self.scale + self.offset

    def scaled(self, factor: Floats) -> Weights:
        """Each output channel times its factor, exactly: the codes stay."""
        shape = (-1, *[1] * (self.codes.ndim - 1))
        return Weights(self.codes, self.scale * factor.reshape(shape), self.offset * factor.reshape(shape))


@dataclass(frozen=True)
class Layer:
    """A convolution of `value` with weights (O, I, H, W), or its product with weights (O, I).

    Pads are top, left, bottom, right.
    """

    value: str
    weights: Weights
    bias: Floats
    strides: tuple[int, int] = (1, 1)
    pads: tuple[int, int, int, int] = (0, 0, 0, 0)


class Network:
    """An ONNX graph in the making. Values are named by the node that makes them; layout is NCHW."""

    def __init__(self, name: str, side: int, classes: int) -> None:
        """Of pictures `side` by `side`."""
        self.layers: dict[str, Layer] = {}
        self._name, self._side, self._classes = name, side, classes
        self._nodes: list[onnx.NodeProto] = []

    def convolution(
        self,
        name: str,
        value: str,
        weights: Weights,
        bias: Floats,
        *,
        strides: Sequence[int] = (1, 1),
        pads: Sequence[int] = (0, 0, 0, 0),
    ) -> None:
        """Add a convolution, which may be rounded further until the network is saved."""
        down, across = strides
        top, left, bottom, right = pads
        self.layers[name] = Layer(value, weights, bias, (down, across), (top, left, bottom, right))
        # Optional in ONNX, but OpenCV 4 asks for it.
        shape = weights.codes.shape[2:]
        self.node(
            "Conv",
            [value, f"{name}/weights", f"{name}/bias"],
            name,
            kernel_shape=shape,
            strides=[down, across],
            pads=list(pads),
        )

    def dense(self, name: str, value: str, weights: Weights, bias: Floats) -> None:
        """Add a matrix product of `value` (1, I) with weights (O, I)."""
        self.layers[name] = Layer(value, weights, bias)
        self.node("Gemm", [value, f"{name}/weights", f"{name}/bias"], name, transB=1)

    def node(self, kind: str, values: Sequence[str], name: str, **attributes: Any) -> None:
        """Any other node of one output."""
        self._nodes.append(helper.make_node(kind, list(values), [name], **attributes))

    def model(self, also: Sequence[str] = ()) -> onnx.ModelProto:
        """The network as it is now; `also` are values to put out beside the scores."""
        decoding, constants = [], []
        for name, layer in self.layers.items():
            parts = {"codes": layer.weights.codes, "scale": layer.weights.scale, "bias": layer.bias}
            decoding.append(
                helper.make_node("Cast", [f"{name}/codes"], [f"{name}/float"], to=TensorProto.FLOAT)
            )
            shifted = bool(layer.weights.offset.any())
            product = f"{name}/scaled" if shifted else f"{name}/weights"
            decoding.append(helper.make_node("Mul", [f"{name}/float", f"{name}/scale"], [product]))
            if shifted:
                parts["offset"] = layer.weights.offset
                decoding.append(helper.make_node("Add", [product, f"{name}/offset"], [f"{name}/weights"]))
            constants += [
                numpy_helper.from_array(np.ascontiguousarray(part), f"{name}/{kind}")
                for kind, part in parts.items()
            ]
        outputs = [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, self._classes])]
        outputs += [helper.make_tensor_value_info(value, TensorProto.FLOAT, None) for value in also]
        graph = helper.make_graph(
            decoding + self._nodes,
            self._name,
            [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 3, self._side, self._side])],
            outputs,
            constants,
        )
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)

    def save(self, folder: Path) -> int:
        """Write `<folder>/<name>.onnx.gz.N`, pieces of one gzip file. Returns their size in bytes."""
        model = self.model()
        onnx.checker.check_model(model, full_check=True)
        # Codes hardly ever repeat: looking for what does finds chance only, and costs bits.
        gzip = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS, 9, zlib.Z_HUFFMAN_ONLY)
        data = gzip.compress(model.SerializeToString(deterministic=True)) + gzip.flush()
        for old in folder.glob(f"{self._name}.onnx.gz.*"):
            old.unlink()
        for number, start in enumerate(range(0, len(data), PIECE_BYTES), 1):
            piece = folder / f"{self._name}.onnx.gz.{number}"
            piece.write_bytes(data[start : start + PIECE_BYTES])
        return len(data)
