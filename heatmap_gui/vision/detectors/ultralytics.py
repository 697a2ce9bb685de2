"""ultralytics, the gpu extra: `.pt`, `.engine` and what else it loads; in half precision on CUDA where there is one."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.core.types import Detections, Frame
from heatmap_gui.quiet import silence_ultralytics
from heatmap_gui.vision.detectors.network import in_batches, wanted_ids
from heatmap_gui.vision.detectors.yolo import OVERLAP_MAX, SCORE_MIN

_CUDA_BATCH = 8
_HALF_BITS = 16


def open_ultralytics(
    path: Path, device: str = "auto", labels: Sequence[str] = (), classes: Collection[str] | None = None
) -> UltralyticsDetector:
    """A detector from a model file; its own class names hold. device: auto (CUDA, else CPU), cpu, cuda:N, mps.

    A `.pt` file is a pickle: it can run any code, so only a file that the user named may come here.
    """
    return UltralyticsDetector(path, device, classes)


def export_weights(path: Path, form: str) -> Path:
    """Write a `.pt` model's "onnx" or "openvino" form beside it; its path."""
    return Path(_load(path).export(format=form, verbose=False))


class UltralyticsDetector:
    """A Detector (core/protocols.py) around ultralytics' own prediction."""

    def __init__(self, path: Path, device: str, classes: Collection[str] | None) -> None:
        self._model = _load(path)
        if self._model.task != "detect":
            raise InputError(f"{path.name} is a network for the task {self._model.task!r}: one for 'detect' is needed")
        self._where = _place(device)
        on_cuda = self._where.startswith("cuda")
        self.name = path.stem
        self.device = f"ultralytics:{self._where}"
        self.precision = "fp16" if on_cuda else "fp32"
        self.batch = _CUDA_BATCH if on_cuda and path.suffix == ".pt" else 1
        names: dict[int, str] = self._model.names
        self.labels = tuple(names[number] for number in range(len(names)))
        self._options = {
            "device": self._where,
            "quantize": _HALF_BITS if on_cuda else None,
            "conf": SCORE_MIN,
            "iou": OVERLAP_MAX,
            "classes": wanted_ids(self.labels, classes, path.name),
            "verbose": False,
        }

    def detect(self, frames: Sequence[Frame]) -> list[Detections]:
        """See Detector.detect."""
        return in_batches(frames, self.batch, self._detect_batch)

    def _detect_batch(self, frames: Sequence[Frame]) -> list[Detections]:
        results = self._model.predict([frame.image for frame in frames], **self._options)
        return [self._read(result.boxes.data.cpu().numpy()) for result in results]

    def _read(self, rows: np.ndarray[Any, np.dtype[np.float32]]) -> Detections:
        """rows (n, 6): left, top, right, bottom in px of the frame, score, class."""
        rows = rows[(rows[:, 2] > rows[:, 0]) & (rows[:, 3] > rows[:, 1])].astype(np.float32)
        return Detections(rows[:, :4].copy(), rows[:, 4].copy(), rows[:, 5].astype(np.int16), self.labels)

    def close(self) -> None:
        self._model = None


def _load(path: Path) -> Any:
    os.environ["YOLO_VERBOSE"] = "false"  # it reads this at import, and talks on standard output
    try:
        import ultralytics
    except ModuleNotFoundError:
        raise UnavailableError(f"{path.name}: a {path.suffix} model needs the gpu extra: run make gpu") from None
    silence_ultralytics(ultralytics)
    if not path.is_file():
        raise InputError(f"there is no model file {path}")  # ultralytics would look for it on the network
    try:
        model = ultralytics.YOLO(path, task=None if path.suffix == ".pt" else "detect")
        if not model.names:
            raise ValueError("no class names")
    except Exception as error:  # whatever unpickling and its backends raise
        raise InputError(f"ultralytics cannot load {path} ({type(error).__name__}): fetch or export it again") from None
    return model


def _place(device: str) -> str:
    import torch

    if device == "auto":
        return "cuda:0" if torch.cuda.is_available() else "cpu"
    kind, _, number = device.partition(":")
    there = {"cpu": 1, "cuda": torch.cuda.device_count(), "mps": int(torch.backends.mps.is_available())}.get(kind, 0)
    if int(number or 0) >= there:
        raise UnavailableError(f"torch finds no device {device} here: take auto or cpu")
    return f"cuda:{number or 0}" if kind == "cuda" else kind
