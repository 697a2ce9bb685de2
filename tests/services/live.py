"""A camera and a detector made up for tests: what they deliver, and when they fail, is known."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import numpy as np

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.types import Detections, Frame

SIZE = (64, 48)
LABELS = ("person",)


class Camera:
    """Delivers frames at once, stamped now, until it has delivered `frames`; then it is lost."""

    live = True
    labels: tuple[str, ...] = ()
    truncated = False
    fps: float | None = 25.0

    def __init__(self, frames: int, size: tuple[int, int] = SIZE, pause_s: float = 0.0, codec: str = "") -> None:
        self.camera, self.size, self.codec = "1", size, codec
        self.frames: int | None = None
        self.closed = False
        self._left, self._pause_s, self._index = frames, pause_s, -1

    def grab(self) -> tuple[int, float]:
        time.sleep(self._pause_s)
        if self._index + 1 >= self._left:
            raise UnavailableError("camera 1: gone; check the cable")
        self._index += 1
        return self._index, time.time()

    def retrieve(self) -> Frame:
        width, height = self.size
        return Frame(self.camera, self._index, time.time(), np.zeros((height, width, 3), np.uint8), self.size)

    def close(self) -> None:
        self.closed = True


class Recorder(threading.Event):
    """A stop event on which nobody waits in vain: it notes for how long, and is set after so many waits."""

    def __init__(self, waits: int) -> None:
        super().__init__()
        self.waits_s: list[float] = []
        self._most = waits

    def wait(self, timeout: float | None = None) -> bool:
        self.waits_s.append(timeout or 0.0)
        if len(self.waits_s) >= self._most:
            self.set()
        return self.is_set()


class Standing:
    """Sees one person stand in every frame, and fails after some."""

    name, device, precision, batch = "standing", "cpu", "-", 1
    labels: tuple[str, ...] = LABELS

    def __init__(self, fails_after: int | None = None) -> None:
        self.closed = False
        self._left = fails_after

    def detect(self, frames: Sequence[Frame]) -> list[Detections]:
        if self._left is not None:
            self._left -= len(frames)
            if self._left < 0:
                raise RuntimeError("the network fell over")
        box, score = np.array([[20, 10, 32, 40]], np.float32), np.array([0.9], np.float32)
        return [Detections(box, score, np.zeros(1, np.int16), LABELS) for _ in frames]

    def close(self) -> None:
        self.closed = True
