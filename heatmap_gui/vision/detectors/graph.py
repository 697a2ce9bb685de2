"""Rewrites ONNX graphs so that CPUs run them well: floats for dynamic int8, and the input size that a frame needs.

Dynamically quantised graphs (ONNX Runtime's `quantize_dynamic`) measure every activation again at every layer; that
costs four times what their 8-bit weights save on a CPU with wide float units. The weights are kept, as floats.

Exported YOLO graphs carry their input size in constants: the grid of cell centres, its strides, and reshapes. Where
these are exactly what the size implies they can be computed again for another, so that a 4:3 picture need not be padded
to a square.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from google.protobuf.message import DecodeError
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, helper, numpy_helper, shape_inference

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.types import F4

STRIDES = (8, 16, 32)
Shape = tuple[int | None, ...]
_FLOAT_FORM = {"ConvInteger": "Conv", "MatMulInteger": "MatMul"}
_USUAL_SIDE = 640


@dataclass(frozen=True, slots=True)
class Description:
    """What a model file says of itself.

    size: width, height of its input in px. resizable: whether another size may be asked of it. batch: how many pictures
    it takes at once, None where that is free. outputs: their shapes for one picture of `size`. metadata: what the
    exporter wrote beside the graph (ultralytics: names, task, imgsz …).
    """

    size: tuple[int, int]
    resizable: bool
    batch: int | None
    outputs: tuple[Shape, ...]
    metadata: Mapping[str, str]


def grid(width: int, height: int) -> tuple[F4, F4]:
    """Cell centres (2, n) as x, y in cells and the stride (n,) in px of each cell of a YOLO head, row by row."""
    centres, strides = [], []
    for stride in STRIDES:
        x, y = np.meshgrid(np.arange(width // stride) + 0.5, np.arange(height // stride) + 0.5)
        centres.append(np.stack([x.ravel(), y.ravel()]))
        strides.append(np.full(x.size, stride))
    return np.concatenate(centres, axis=1).astype(np.float32), np.concatenate(strides).astype(np.float32)


def read(path: Path) -> ModelProto:
    """The graph in a file. Raises InputError when it is not an ONNX model."""
    try:
        model = onnx.load(path)
    except (DecodeError, onnx.checker.ValidationError, OSError) as error:
        raise InputError(f"{path} cannot be read as an ONNX model ({error}): fetch or export it again") from None
    if not model.graph.input or not model.graph.output:
        raise InputError(f"{path} is not an ONNX model: fetch or export it again")
    return model


def describe(model: ModelProto, where: str) -> Description:
    """What a graph says of itself. Raises InputError when it does not take colour pictures."""
    shape = _input_shape(model)
    if len(shape) != 4 or shape[1] not in (3, None):
        found = str(shape).replace("None", "?")
        raise InputError(f"{where}: its input {found} is not (1, 3, height, width), a colour picture")
    metadata = {entry.key: entry.value for entry in model.metadata_props}
    batch, _, height, width = shape
    size = (width, height) if width and height else exported_size(metadata)
    usual = resized(model, *size, 1)
    if usual is None or resized(model, size[0] + 32, size[1], 1) is None:
        return Description(size, False, batch, _output_shapes(model), metadata)
    shapes = zip(_output_shapes(usual), _output_shapes(model), strict=True)
    outputs = tuple(inferred if all(inferred) else declared for inferred, declared in shapes)
    return Description(size, True, None, outputs, metadata)


def exported_size(metadata: Mapping[str, str]) -> tuple[int, int]:
    """Width, height that an exporter noted, for inputs of free size."""
    try:
        height, width = ast.literal_eval(metadata["imgsz"])
        return int(width), int(height)
    except (KeyError, ValueError, SyntaxError, TypeError):
        return _USUAL_SIDE, _USUAL_SIDE


def _shape(value: onnx.ValueInfoProto) -> Shape:
    return tuple(d.dim_value or None for d in value.type.tensor_type.shape.dim)


def _input(model: ModelProto) -> onnx.ValueInfoProto:
    weights = {tensor.name for tensor in model.graph.initializer}
    picture: onnx.ValueInfoProto = next(value for value in model.graph.input if value.name not in weights)
    return picture


def _input_shape(model: ModelProto) -> Shape:
    return _shape(_input(model))


def _output_shapes(model: ModelProto) -> tuple[Shape, ...]:
    return tuple(_shape(value) for value in model.graph.output)


def is_quantised(model: ModelProto) -> bool:
    """Whether the graph computes in integers."""
    return any(node.op_type in (*_FLOAT_FORM, "QLinearConv", "DequantizeLinear") for node in model.graph.node)


def precision(model: ModelProto) -> str:
    """What it computes in where the runtime changes nothing: int8, fp16 or fp32."""
    if is_quantised(model):
        return "int8"
    return "fp16" if _input(model).type.tensor_type.elem_type == onnx.TensorProto.FLOAT16 else "fp32"


def with_float_weights(model: ModelProto) -> ModelProto:
    """The same network without dynamic quantisation: activations float, weights as stored. Other graphs: unchanged."""
    graph = model.graph
    weights = {tensor.name: tensor for tensor in graph.initializer}
    quantisers = {node.output[0]: node for node in graph.node if node.op_type == "DynamicQuantizeLinear"}
    readers = [node for node in graph.node if node.input and node.input[0] in quantisers]
    if not readers or any(n.op_type not in _FLOAT_FORM or n.input[1] not in weights for n in readers):
        return model
    unit_scale = numpy_helper.from_array(np.ones((), np.float32), "unit_scale")
    floats = [_float_node(node, quantisers[node.input[0]].input[0], weights) for node in readers]
    replaced = {node.output[0]: node for node, _ in floats}
    nodes = [replaced.get(node.output[0], node) for node in graph.node if node.op_type != "DynamicQuantizeLinear"]
    scales = {node.output[1] for node in quantisers.values()}
    for node in nodes:
        for place, name in enumerate(node.input):
            if name in scales:
                node.input[place] = unit_scale.name
    del graph.node[:]
    graph.node.extend(nodes)
    graph.initializer.extend([unit_scale, *{tensor.name: tensor for _, tensor in floats}.values()])
    _drop_unused(model)
    return model


def _float_node(
    node: NodeProto, source: str, weights: dict[str, onnx.TensorProto]
) -> tuple[NodeProto, onnx.TensorProto]:
    """An integer layer's float form, and its weights less their zero point."""
    values = numpy_helper.to_array(weights[node.input[1]]).astype(np.float32)
    if len(node.input) > 3 and node.input[3]:
        zero = numpy_helper.to_array(weights[node.input[3]]).astype(np.float32)
        per_filter = node.op_type == "ConvInteger" and zero.ndim == 1
        values -= zero.reshape(-1, *(1,) * (values.ndim - 1)) if per_filter else zero
    tensor = numpy_helper.from_array(values, f"{node.input[1]}_float")
    form = helper.make_node(_FLOAT_FORM[node.op_type], [source, tensor.name], list(node.output), node.name)
    form.attribute.extend(node.attribute)
    return form, tensor


def _drop_unused(model: ModelProto) -> None:
    graph = model.graph
    used = {name for node in graph.node for name in node.input}
    kept = [tensor for tensor in graph.initializer if tensor.name in used]
    del graph.initializer[:]
    graph.initializer.extend(kept)


def resized(model: ModelProto, width: int, height: int, batch: int) -> ModelProto | None:
    """A copy for `batch` pictures of this size, or None where the graph's size cannot be moved.

    It can when its input is free, or when every constant that depends on the size is what `grid` gives for it; ONNX
    shape inference must then find the graph consistent. Sizes are multiples of 32 px.
    """
    copy = ModelProto()
    copy.CopyFrom(model)
    old_batch, _, old_height, old_width = _input_shape(model)
    if old_height and old_width and (old_width, old_height, old_batch) != (width, height, batch):
        if width % 32 or height % 32 or old_width % 32 or old_height % 32:
            return None
        sizes = _Sizes((old_batch or 1, old_width, old_height), (batch, width, height))
        if not all(_resize_constant(tensor, role, sizes) for tensor, role in _constants(copy)):
            return None
    for dim, value in zip(_input(copy).type.tensor_type.shape.dim, (batch, 3, height, width), strict=True):
        dim.dim_value = value
    for output in copy.graph.output:
        output.type.tensor_type.ClearField("shape")
    del copy.graph.value_info[:]
    try:
        return shape_inference.infer_shapes(copy, strict_mode=True, data_prop=True)
    except shape_inference.InferenceError:
        return None


class _Sizes:
    """What depends on the input size, before and after."""

    def __init__(self, old: tuple[int, int, int], new: tuple[int, int, int]) -> None:
        (self.old_batch, *old_size), (self.new_batch, *new_size) = old, new
        self.old_grid, self.new_grid = grid(*old_size), grid(*new_size)
        self.cells = {self.old_grid[1].size: self.new_grid[1].size}
        self.maps: dict[tuple[int, int], tuple[int, int]] = {}
        for stride in STRIDES:
            (old_w, old_h), (new_w, new_h) = (tuple(s // stride for s in size) for size in (old_size, new_size))
            self.maps[old_h, old_w] = new_h, new_w
            self.cells[old_h * old_w] = new_h * new_w

    def reshape_target(self, target: list[int]) -> list[int]:
        """A constant reshape's target for the new size: batch first, map or cells last."""
        if len(target) < 3:
            return target
        head, tail = target[:-1], target[-1:]
        if len(target) == 4 and (target[2], target[3]) in self.maps:
            head, tail = target[:2], list(self.maps[target[2], target[3]])
        elif tail[0] in self.cells:
            tail = [self.cells[tail[0]]]
        if head[0] == self.old_batch:
            head = [self.new_batch, *head[1:]]
        return head + tail


def _constants(model: ModelProto) -> list[tuple[onnx.TensorProto, str]]:
    """Every constant tensor and its role: "reshape" for a target shape of what is computed, else "data"."""
    graph = model.graph
    weights = {tensor.name for tensor in graph.initializer}
    targets = {node.input[1] for node in graph.node if node.op_type == "Reshape" and node.input[0] not in weights}
    named = [(tensor.name, tensor) for tensor in graph.initializer]
    named += [
        (node.output[0], attribute.t)
        for node in graph.node
        if node.op_type == "Constant"
        for attribute in node.attribute
        if attribute.name == "value"
    ]
    return [(tensor, "reshape" if name in targets else "data") for name, tensor in named]


def _resize_constant(tensor: onnx.TensorProto, role: str, sizes: _Sizes) -> bool:
    """Move one constant to the new size in place; False when it depends on the size in a way not understood."""
    (old_centres, old_strides), (new_centres, new_strides) = sizes.old_grid, sizes.new_grid
    if role == "reshape":
        target = numpy_helper.to_array(tensor)
        _replace(tensor, np.array(sizes.reshape_target(target.tolist()), target.dtype))
        return True
    if old_strides.size not in tensor.dims:
        return True
    values = numpy_helper.to_array(tensor)
    for old, new in ((old_centres, new_centres), (old_strides, new_strides)):
        if values.size == old.size and np.array_equal(values.reshape(old.shape), old):
            lead = values.shape[: values.ndim - old.ndim]
            _replace(tensor, new.reshape(*lead, *new.shape).astype(values.dtype))
            return True
    return False


def _replace(tensor: onnx.TensorProto, values: NDArray[np.generic]) -> None:
    tensor.CopyFrom(numpy_helper.from_array(values, tensor.name))
