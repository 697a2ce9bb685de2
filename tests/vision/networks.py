"""Small ONNX networks with known answers, made by the tests themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from heatmap_gui.core.types import F4, Frame

OPSET = [helper.make_opsetid("", 17)]
SIDE = 64  # 8 x 8 + 4 x 4 + 2 x 2 = 84 cells


def constant(name: str, values: NDArray[np.generic]) -> TensorProto:
    return numpy_helper.from_array(values, name)


def save(
    path: Path,
    nodes: Sequence[onnx.NodeProto],
    constants: Sequence[TensorProto],
    output: Sequence[int],
    *,
    size: tuple[int, int] = (SIDE, SIDE),
    metadata: dict[str, str] | None = None,
) -> Path:
    """A graph from `images` (1, 3, height, width) to `output0`."""
    graph = helper.make_graph(
        nodes,
        "network",
        [helper.make_tensor_value_info("images", TensorProto.FLOAT, [1, 3, size[1], size[0]])],
        [helper.make_tensor_value_info("output0", TensorProto.FLOAT, list(output))],
        constants,
    )
    model = helper.make_model(graph, opset_imports=OPSET, ir_version=9)
    helper.set_model_props(model, metadata or {})
    onnx.checker.check_model(model)
    onnx.save(model, path)
    return path


def fixed_answer(
    path: Path, answer: F4, first_plane: F4 | None = None, *, metadata: dict[str, str] | None = None
) -> Path:
    """A network that answers `answer` + `first_plane` x the mean of its input's first plane."""
    weight = np.zeros_like(answer) if first_plane is None else first_plane
    nodes = [
        helper.make_node("Slice", ["images", "zero", "one", "axis"], ["plane"]),
        helper.make_node("ReduceMean", ["plane"], ["mean"], keepdims=0),
        helper.make_node("Mul", ["mean", "weight"], ["weighted"]),
        helper.make_node("Add", ["weighted", "answer"], ["output0"]),
    ]
    constants = [
        constant("zero", np.array([0], np.int64)),
        constant("one", np.array([1], np.int64)),
        constant("axis", np.array([1], np.int64)),
        constant("weight", weight),
        constant("answer", answer),
    ]
    return save(path, nodes, constants, answer.shape, metadata=metadata)


def frame(width: int, height: int, colour: tuple[int, int, int] = (0, 0, 0)) -> Frame:
    """A frame of one colour (blue, green, red)."""
    return Frame("1", 0, 0.0, np.full((height, width, 3), colour, np.uint8), (width, height))
