"""OpenVINO: `.onnx` and its own `.xml` models on CPU, GPU or NPU."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import openvino as ov
from openvino.preprocess import ColorFormat, PrePostProcessor

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.core.types import F4, U1
from heatmap_gui.vision.detectors import graph
from heatmap_gui.vision.detectors.network import Network, NetworkDetector
from heatmap_gui.vision.detectors.yolo import Form

_ACCELERATOR_BATCH = 8
_MOST_STREAMS = 4  # more would keep a single picture waiting on machines with many cores
_PRECISIONS = {"bf16": "bf16", "f16": "fp16", "f32": "fp32"}


def open_openvino(
    path: Path, device: str = "auto", labels: Sequence[str] = (), classes: Collection[str] | None = None
) -> NetworkDetector:
    """A detector from a model file. device: as OpenVINO names it (CPU, GPU, GPU.1, NPU), in any case; auto is CPU."""
    return NetworkDetector(path.stem, OpenVinoRuntime(path, device), labels, classes)


class OpenVinoRuntime:
    """A Runtime (network.py). On a CPU a few pictures are looked at side by side, each on its share of the cores.

    Small networks gain by it: cores that share a picture wait for each other after each layer, and burn time meanwhile.
    """

    def __init__(self, path: Path, device: str) -> None:
        self._path, self._core = path, ov.Core()
        self._where = "CPU" if device == "auto" else device.upper()
        available = self._core.available_devices
        if self._where not in (*available, *(name.partition(".")[0] for name in available)):
            raise UnavailableError(f"OpenVINO finds no device {self._where} here, only {', '.join(available)}")
        self.device = f"openvino:{self._where}"
        on_cpu = self._where == "CPU"
        self.batch = 1 if on_cpu else _ACCELERATOR_BATCH
        self.streams = min(self._core.get_property("CPU", "RANGE_FOR_STREAMS")[1], _MOST_STREAMS) if on_cpu else 1
        self._onnx = graph.with_float_weights(graph.read(path)) if path.suffix == ".onnx" else None
        quantised = self._onnx is not None and graph.is_quantised(self._onnx)
        hint = self._core.get_property(self._where, "INFERENCE_PRECISION_HINT").to_string()
        self.precision = "int8" if quantised else _PRECISIONS.get(hint, "automatic")
        self.description = graph.describe(self._onnx, path.name) if self._onnx is not None else self._describe()

    def _describe(self) -> graph.Description:
        """Of an `.xml` model: the class names that ultralytics' exporter leaves in its runtime information."""
        model = self._read(self._path)
        batch, _, height, width = (d.get_length() if d.is_static else None for d in model.input(0).partial_shape)
        info = ["model_info", "labels"]
        labels = model.get_rt_info(info).astype(str).split() if model.has_rt_info(info) else []
        names = {number: label.replace("_", " ") for number, label in enumerate(labels)}
        metadata = {"names": repr(names)} if names else {}
        size = (width, height) if width and height else graph.exported_size(metadata)
        model.reshape([batch or 1, 3, size[1], size[0]])
        shapes = tuple(tuple(output.shape) for output in model.outputs)
        return graph.Description(size, not (width and height), batch, shapes, metadata)

    def _read(self, source: Path | bytes) -> ov.Model:
        try:
            return self._core.read_model(source)
        except RuntimeError as error:
            reason = str(error).splitlines()[-1]
            raise InputError(f"OpenVINO cannot read {self._path} ({reason}): fetch or export it again") from None

    def compile(self, size: tuple[int, int], batch: int, form: Form) -> Network:
        """The network; conversion to float and channel order happen inside it."""
        resized = graph.resized(self._onnx, *size, batch) if self._onnx is not None else None
        if self._onnx is not None:
            model = self._read((resized or self._onnx).SerializeToString())
        else:
            model = self._read(self._path)
            model.reshape([batch, 3, size[1], size[0]])
        pixels = PrePostProcessor(model)
        pixels.input().tensor().set_element_type(ov.Type.u8).set_layout(ov.Layout("NHWC"))
        pixels.input().tensor().set_color_format(ColorFormat.BGR)
        pixels.input().model().set_layout(ov.Layout("NCHW"))
        steps = pixels.input().preprocess().convert_element_type(ov.Type.f32)
        if form.rgb01:
            steps.convert_color(ColorFormat.RGB).scale(255.0)
        pixels.output().tensor().set_element_type(ov.Type.f32)
        compiled = self._core.compile_model(pixels.build(), self._where, self._options())
        requests = [compiled.create_infer_request() for _ in range(self.streams)]

        def run(slots: U1) -> F4:
            running = list(zip(requests, range(0, len(slots), batch), strict=False))
            for request, first in running:
                request.start_async({0: slots[first : first + batch]}, share_inputs=True)
            for request, _ in running:
                request.wait()
            return np.concatenate([np.asarray(r.get_output_tensor(0).data, np.float32) for r, _ in running])

        return run

    def _options(self) -> dict[str, Any]:
        if self._where != "CPU":
            return {"PERFORMANCE_HINT": "LATENCY"}
        # threads that are tied to a core wait for it while a reader or another process has it
        return {"PERFORMANCE_HINT": "THROUGHPUT", "NUM_STREAMS": self.streams, "ENABLE_CPU_PINNING": False}
