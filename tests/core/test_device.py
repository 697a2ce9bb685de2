"""Devices are read as people write them."""

from __future__ import annotations

import pytest

from heatmap_gui.core.device import parse_device
from heatmap_gui.core.errors import InputError


@pytest.mark.parametrize(
    ("device", "expected"),
    [
        ("auto", (None, "auto")),
        ("cpu", (None, "cpu")),
        ("cuda:1", (None, "cuda:1")),
        ("openvino", ("openvino", "auto")),
        ("openvino:GPU.1", ("openvino", "GPU.1")),
        (" onnx:cuda:0 ", ("onnx", "cuda:0")),
        ("onnx:cpu", ("onnx", "cpu")),
    ],
)
def test_devices_are_read(device: str, expected: tuple[str | None, str]) -> None:
    assert parse_device(device) == expected


@pytest.mark.parametrize("device", ["", "gpu", "cuda:", "cuda:x", "openvino:", "tensorrt:0", "cpu cpu"])
def test_what_is_no_device_is_refused_with_what_there_is(device: str) -> None:
    with pytest.raises(InputError, match="it is one of auto, cpu, cuda:N"):
        parse_device(device)
