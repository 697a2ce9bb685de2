"""The detector of a device's loop, for a thread that asks now and then: its frames take turns with the cameras'."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.types import Detections, Frame
from heatmap_gui.loops import Latest
from heatmap_gui.services.device import DeviceLoop

_PATIENCE_S = 10.0


class SharedDetector:
    """Meets protocols.Detector for the asking thread, and device.Feed for the loop. name_here: its own in the loop."""

    detector = None  # the device's is asked

    def __init__(self, device: DeviceLoop, name_here: str, *, patience_s: float = _PATIENCE_S) -> None:
        inner = device.detector
        self.name, self.device, self.precision = inner.name, inner.device, inner.precision
        self.labels, self.batch = inner.labels, max(1, inner.batch)
        self.slots = {str(number): Latest[Frame](device.arrived) for number in range(self.batch)}
        self._loop, self._name, self._patience_s = device, name_here, patience_s
        self._changed = threading.Condition()
        self._asked: dict[int, Frame] = {}
        self._found: dict[int, Detections] = {}
        self._error: Exception | None = None
        device.join(name_here, self)

    def detect(self, frames: Sequence[Frame]) -> list[Detections]:
        """Raises UnavailableError when the loop does not come to it."""
        found: list[Detections] = []
        for first in range(0, len(frames), self.batch):
            found += self._detect_batch(frames[first : first + self.batch])
        return found

    def _detect_batch(self, frames: Sequence[Frame]) -> list[Detections]:
        with self._changed:
            self._asked, self._found = {id(frame): frame for frame in frames}, {}
            for slot, frame in zip(self.slots.values(), frames, strict=False):
                slot.put(frame)
            done = self._changed.wait_for(lambda: self._error or len(self._found) == len(self._asked), self._patience_s)
            if self._error is not None:
                raise self._error
            if not done:
                raise UnavailableError(f"the detector {self.name} did not answer within {self._patience_s:g} s")
            return [self._found[id(frame)] for frame in frames]

    def in_time(self, frames: list[Frame]) -> list[Frame]:
        """Pictures have no order of time."""
        return frames

    def add(self, frames: Sequence[Frame], found: Sequence[Detections]) -> None:
        with self._changed:
            self._found |= {id(f): one for f, one in zip(frames, found, strict=True) if self._asked.get(id(f)) is f}
            self._changed.notify()

    def fail(self, error: Exception) -> None:
        with self._changed:
            self._error = error
            self._changed.notify()

    def close(self) -> None:
        """Leaves the loop, which keeps its detector."""
        self._loop.leave(self._name)
