"""How a device is written: one grammar for flags, settings and detectors."""

from __future__ import annotations

import re

from heatmap_gui.core.errors import InputError

AUTO = "auto"
DEVICES = "auto, cpu, cuda:N, mps, openvino:CPU|GPU|NPU, onnx:cpu|cuda:N or ultralytics:cpu|cuda:N"
_FORM = re.compile(r"(?P<plain>auto|cpu|mps|cuda(:\d+)?)|(?P<runtime>openvino|onnx|ultralytics)(:(?P<place>\S+))?")


def parse_device(text: str) -> tuple[str | None, str]:
    """A device as written -> the runtime that it names, if any, and the place ("auto" where it says none).

    Raises InputError when it is none of DEVICES.
    """
    match = _FORM.fullmatch(text.strip())
    if match is None:
        raise InputError(f"there is no device {text!r}: it is one of {DEVICES}")
    return match["runtime"], match["plain"] or match["place"] or AUTO
