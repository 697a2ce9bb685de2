"""The plain way to watch several cameras: for each a thread with `cv2.VideoCapture` and a model of its own.

`python -m heatmap_gui.bench.plain_watch MODEL FPS SECONDS URL...` looks at each camera FPS times a second, for so many
seconds once every one has been looked at, and prints how many looks a second each camera got, as a JSON list.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

from heatmap_gui.core.types import F4, U1
from heatmap_gui.loops import Loops
from heatmap_gui.quiet import silence_onnxruntime

_CONFIDENCE = 0.5
_OVERLAP = 0.45
_CONNECT_S = 10.0  # a camera, one after the other as OpenCV does it: one that is not there then counts as it is
_STRIDES = (8, 16, 32)

silence_onnxruntime(onnxruntime)


class PlainModel:
    """A YOLOX network in ONNX Runtime with its default options."""

    def __init__(self, path: Path) -> None:
        self._session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name
        height, width = self._session.get_inputs()[0].shape[2:]
        self._height, self._width = (side if isinstance(side, int) else 416 for side in (height, width))

    def detect(self, image: U1) -> F4:
        """An image (height, width, 3) BGR -> boxes (n, 4) left, top, right, bottom px of everything that is there."""
        gain = min(self._height / image.shape[0], self._width / image.shape[1])
        resized = cv2.resize(image, (int(image.shape[1] * gain), int(image.shape[0] * gain)))
        padded = np.full((self._height, self._width, 3), 114, np.uint8)
        padded[: resized.shape[0], : resized.shape[1]] = resized
        blob = padded.transpose(2, 0, 1)[None].astype(np.float32)
        return self._boxes(self._session.run(None, {self._input: blob})[0][0], gain)

    def _boxes(self, output: F4, gain: float) -> F4:
        grids, strides = [], []
        for stride in _STRIDES:
            x, y = np.meshgrid(np.arange(self._width // stride), np.arange(self._height // stride))
            grids.append(np.stack([x.ravel(), y.ravel()], axis=1))
            strides.append(np.full((x.size, 1), stride))
        centres = (output[:, :2] + np.concatenate(grids)) * np.concatenate(strides)
        sizes = np.exp(output[:, 2:4]) * np.concatenate(strides)
        scores = output[:, 4] * output[:, 5:].max(axis=1)
        corners = np.hstack([centres - sizes / 2, sizes]) / gain
        kept = cv2.dnn.NMSBoxes(corners.tolist(), scores.tolist(), _CONFIDENCE, _OVERLAP)
        boxes = corners[np.asarray(kept, np.int64)]
        return np.hstack([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]]).astype(np.float32)


class PlainWatch:
    """A camera, as a loop for a thread. looks: how often it was looked at."""

    def __init__(self, model: Path, url: str, fps: float) -> None:
        self.looks = 0
        self._model, self._url, self._period_s = model, url, 1 / fps

    def __call__(self, stopping: threading.Event) -> None:
        model = PlainModel(self._model)
        capture = cv2.VideoCapture(self._url)
        due = time.monotonic()
        while not stopping.is_set():
            read, image = capture.read()
            if not read:
                capture.release()
                capture = cv2.VideoCapture(self._url)
            elif time.monotonic() >= due:
                due = max(due + self._period_s, time.monotonic() - self._period_s)
                model.detect(np.asarray(image, np.uint8))
                self.looks += 1
        capture.release()


def watch(model: Path, urls: list[str], fps: float, seconds: float) -> list[float]:
    """Looks a second at each camera."""
    watches = [PlainWatch(model, url, fps) for url in urls]
    with Loops() as loops:
        for number, one in enumerate(watches):
            loops.start(f"camera {number}", one)
        until = time.monotonic() + _CONNECT_S * len(watches)
        while not all(one.looks for one in watches) and time.monotonic() < until:
            loops.stopping.wait(0.1)
        start, before = time.monotonic(), [one.looks for one in watches]
        loops.stopping.wait(seconds)
        loops.check()
        took_s = time.monotonic() - start
        return [(one.looks - looks) / took_s for one, looks in zip(watches, before, strict=True)]


if __name__ == "__main__":
    path, rate, length, *addresses = sys.argv[1:]
    sys.stdout.write(f"{json.dumps(watch(Path(path), addresses, float(rate), float(length)))}\n")
