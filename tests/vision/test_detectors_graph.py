"""Rewritten graphs compute what the originals do: floats for dynamic int8, other input sizes, other batches."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import helper
from onnx.reference import ReferenceEvaluator

from heatmap_gui.core.types import F4
from heatmap_gui.vision.detectors import graph
from tests.vision.networks import constant, save

RNG = np.random.default_rng(7)


def answer(model: onnx.ModelProto, images: F4) -> F4:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {"images": images})[0], np.float32)


def quantised(path: Path, *, per_filter: bool) -> Path:
    """A dynamically quantised convolution and matrix product, as ONNX Runtime's quantiser writes them."""
    filters = RNG.integers(0, 255, (8, 3, 3, 3), np.uint8)
    zero = RNG.integers(100, 150, 8 if per_filter else (), np.uint8)
    scale = RNG.random((1, 8, 1, 1) if per_filter else (), np.float32) * 0.01
    nodes = [
        helper.make_node("DynamicQuantizeLinear", ["images"], ["xq", "xs", "xz"]),
        helper.make_node("ConvInteger", ["xq", "wq", "xz", "wz"], ["sum"], strides=[2, 2]),
        helper.make_node("Cast", ["sum"], ["sum_f"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Mul", ["xs", "ws"], ["scale"]),
        helper.make_node("Mul", ["sum_f", "scale"], ["features"]),
        helper.make_node("DynamicQuantizeLinear", ["features"], ["yq", "ys", "yz"]),
        helper.make_node("MatMulInteger", ["yq", "mq", "yz", "mz"], ["product"]),
        helper.make_node("Cast", ["product"], ["product_f"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Mul", ["product_f", "ys"], ["output0"]),
    ]
    constants = [
        constant("wq", filters),
        constant("wz", zero),
        constant("ws", scale),
        constant("mq", RNG.integers(0, 255, (31, 5), np.uint8)),
        constant("mz", np.array(120, np.uint8)),
    ]
    return save(path, nodes, constants, (1, 8, 31, 5))


def head(path: Path, *, grid_moved: float = 0.0) -> Path:
    """A detector's skeleton at 96 x 64: a convolution a stride, reshapes and the grid as constants."""
    width, height = 96, 64
    centres, strides = graph.grid(width, height)
    nodes, constants = [], []
    for stride in graph.STRIDES:
        weight = RNG.normal(size=(7, 3, stride, stride)).astype(np.float32) / stride**2
        constants += [constant(f"w{stride}", weight), constant(f"t{stride}", np.array([1, 7, -1]))]
        nodes.append(helper.make_node("Conv", ["images", f"w{stride}"], [f"c{stride}"], strides=[stride, stride]))
        nodes.append(helper.make_node("Reshape", [f"c{stride}", f"t{stride}"], [f"r{stride}"]))
    nodes += [
        helper.make_node("Concat", [f"r{stride}" for stride in graph.STRIDES], ["all"], axis=2),
        helper.make_node("Reshape", ["all", "cells"], ["rows"]),
        helper.make_node("Split", ["rows", "parts"], ["xy", "wh", "classes"], axis=1),
        helper.make_node("Add", ["xy", "centres"], ["xy_cells"]),
        helper.make_node("Concat", ["xy_cells", "wh"], ["boxes"], axis=1),
        helper.make_node("Mul", ["boxes", "strides"], ["boxes_px"]),
        helper.make_node("Concat", ["boxes_px", "classes"], ["output0"], axis=1),
    ]
    constants += [
        constant("cells", np.array([1, 7, strides.size])),
        constant("parts", np.array([2, 2, 3])),
        constant("centres", (centres[None] + grid_moved).astype(np.float32)),
        constant("strides", strides[None]),
    ]
    return save(path, nodes, constants, (1, 7, strides.size), size=(width, height))


@pytest.mark.parametrize("per_filter", [False, True])
def test_floats_give_what_the_quantised_graph_gives(per_filter: bool, tmp_path: Path) -> None:
    model = graph.read(quantised(tmp_path / "q.onnx", per_filter=per_filter))
    images = RNG.random((1, 3, 64, 64), np.float32)
    (expected,) = np.asarray(ReferenceEvaluator(model).run(None, {"images": images}))
    assert graph.precision(model) == "int8"
    floats = graph.with_float_weights(model)
    assert graph.precision(floats) == "fp32"
    assert {node.op_type for node in floats.graph.node} == {"Conv", "MatMul", "Mul", "Cast"}
    used = {name for node in floats.graph.node for name in node.input}
    assert {tensor.name for tensor in floats.graph.initializer} <= used
    error = np.abs(answer(floats, images) - expected).max() / np.abs(expected).max()
    assert 0 < error < 0.02  # the activations' own rounding


def test_a_graph_of_floats_is_left_alone(tmp_path: Path) -> None:
    model = graph.read(head(tmp_path / "h.onnx"))
    before = model.SerializeToString()
    assert graph.with_float_weights(model).SerializeToString() == before


def test_another_size_gives_the_same_boxes_where_the_picture_is_the_same(tmp_path: Path) -> None:
    model = graph.read(head(tmp_path / "h.onnx"))
    large = graph.resized(model, 160, 128, 1)
    assert large is not None
    picture = RNG.random((1, 3, 128, 160), np.float32)
    boxes, more = answer(model, picture[:, :, :64, :96].copy()), answer(large, picture)
    (centres, strides), (new_centres, new_strides) = graph.grid(96, 64), graph.grid(160, 128)
    cells = {(x, y, s): n for n, (x, y, s) in enumerate(zip(*new_centres, new_strides, strict=True))}
    same = [cells[cell] for cell in zip(*centres, strides, strict=True)]
    np.testing.assert_allclose(more[:, :, same], boxes, atol=1e-4)


def test_a_batch_gives_what_each_picture_gives(tmp_path: Path) -> None:
    model = graph.read(head(tmp_path / "h.onnx"))
    three = graph.resized(model, 96, 64, 3)
    assert three is not None
    pictures = RNG.random((3, 3, 64, 96), np.float32)
    alone = np.concatenate([answer(model, pictures[n : n + 1]) for n in range(3)])
    np.testing.assert_allclose(answer(three, pictures), alone, atol=1e-5)


def test_what_is_not_understood_keeps_its_size(tmp_path: Path) -> None:
    moved = graph.read(head(tmp_path / "m.onnx", grid_moved=0.25))
    assert graph.resized(moved, 160, 128, 1) is None
    described = graph.describe(moved, "m")
    assert (described.size, described.resizable, described.batch) == ((96, 64), False, 1)
    plain = graph.read(head(tmp_path / "h.onnx"))
    assert graph.resized(plain, 100, 64, 1) is None


def test_a_graph_says_what_it_takes_and_gives(tmp_path: Path) -> None:
    described = graph.describe(graph.read(head(tmp_path / "h.onnx")), "h")
    assert (described.size, described.resizable, described.batch) == ((96, 64), True, None)
    assert described.outputs == ((1, 7, 126),)


def test_real_graphs_can_be_resized(test_data: Path) -> None:
    for name in ("yolov8n_int8", "yolox_nano"):
        model = graph.with_float_weights(graph.read(test_data / f"models/{name}.onnx"))
        assert graph.describe(model, name).resizable
