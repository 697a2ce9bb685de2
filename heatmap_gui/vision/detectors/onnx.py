"""ONNX Runtime: `.onnx` models on CPU, or CUDA where the installed build has it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.core.types import F4, U1
from heatmap_gui.quiet import silence_onnxruntime
from heatmap_gui.vision.detectors import graph
from heatmap_gui.vision.detectors.network import Network, NetworkDetector
from heatmap_gui.vision.detectors.yolo import Form

silence_onnxruntime(onnxruntime)

_ACCELERATOR_BATCH = 8
_ERRORS_ONLY = 3


def open_onnx(
    path: Path, device: str = "auto", labels: Sequence[str] = (), classes: Collection[str] | None = None
) -> NetworkDetector:
    """A detector from an `.onnx` file. device: cpu or cuda:N; auto is cpu."""
    return NetworkDetector(path.stem, OnnxRuntime(path, device), labels, classes)


class OnnxRuntime:
    """A Runtime (network.py). On a CPU pictures go one by one: one keeps all cores busy."""

    def __init__(self, path: Path, device: str) -> None:
        where = "cpu" if device == "auto" else device.lower()
        kind, _, number = where.partition(":")
        self._provider = {
            "cpu": ("CPUExecutionProvider", {}),
            "cuda": ("CUDAExecutionProvider", {"device_id": number or "0"}),
        }.get(kind, ("", {}))
        if self._provider[0] not in onnxruntime.get_available_providers():
            raise UnavailableError(
                f"ONNX Runtime cannot use {device} here: take onnx:cpu (cuda needs onnxruntime-gpu in its place)"
            )
        self._path = path
        self._onnx = graph.with_float_weights(graph.read(path))
        self.device = f"onnx:{where}"
        self.batch = 1 if kind == "cpu" else _ACCELERATOR_BATCH
        self.streams = 1
        self.precision = graph.precision(self._onnx)
        self.description = graph.describe(self._onnx, path.name)

    def compile(self, size: tuple[int, int], batch: int, form: Form) -> Network:
        """The network behind OpenCV's conversion to planes of floats."""
        options = onnxruntime.SessionOptions()
        options.log_severity_level = _ERRORS_ONLY
        # threads that wait by spinning take the cores from readers and trackers, between two pictures as well
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        model = graph.resized(self._onnx, *size, batch) or self._onnx
        try:
            session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=[self._provider])
        except Exception as error:  # its exceptions share no base
            reason = str(error).splitlines()[0]
            raise InputError(f"ONNX Runtime cannot run {self._path} ({reason}): export it again") from None
        source, target = session.get_inputs()[0], session.get_outputs()[0].name
        dtype = np.float16 if source.type == "tensor(float16)" else np.float32
        scale = 1 / 255 if form.rgb01 else 1.0

        def run(slots: U1) -> F4:
            planes = cv2.dnn.blobFromImages(list(slots), scalefactor=scale, swapRB=form.rgb01)
            output = session.run([target], {source.name: planes.astype(dtype, copy=False)})[0]
            return np.asarray(output, np.float32)

        return run
