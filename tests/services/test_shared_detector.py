"""A device's detector, asked from another thread while cameras use it."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
import pytest

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.types import Detections, Frame
from heatmap_gui.loops import Latest, Loops
from heatmap_gui.services.device import DeviceLoop
from heatmap_gui.services.shared_detector import SharedDetector


class ByIndex:
    """Finds one box in each frame, as wide as the frame's number."""

    name, device, precision, batch = "by-index", "cpu", "fp32", 2
    labels: tuple[str, ...] = ("person",)
    closed = False

    def detect(self, frames: Sequence[Frame]) -> list[Detections]:
        assert len(frames) <= self.batch
        boxes = [np.array([[0, 0, frame.index, 1]], np.float32) for frame in frames]
        return [Detections(box, np.ones(1, np.float32), np.zeros(1, np.int16), ("person",)) for box in boxes]

    def close(self) -> None:
        self.closed = True


class Camera:
    """A feed that always has something to show."""

    detector = None

    def __init__(self, arrived: threading.Event) -> None:
        self.slots = {"1": Latest[Frame](arrived)}
        self.seen = 0
        self.show()

    def show(self) -> None:
        self.slots["1"].put(frame(7))

    def in_time(self, frames: list[Frame]) -> list[Frame]:
        return frames

    def add(self, frames: Sequence[Frame], found: Sequence[Detections]) -> None:
        self.seen += len(frames)
        self.show()

    def fail(self, error: Exception) -> None:
        raise error


def frame(index: int) -> Frame:
    return Frame("", index, 0.0, np.zeros((4, 4, 3), np.uint8), (4, 4))


def test_answers_come_in_order_while_a_camera_is_looked_at() -> None:
    device = DeviceLoop(ByIndex())
    camera = Camera(device.arrived)
    device.join("camera", camera)
    with Loops() as loops:
        loops.start("device", device)
        shared = SharedDetector(device, "images")
        assert (shared.name, shared.device, shared.labels, shared.batch) == ("by-index", "cpu", ("person",), 2)
        for start in range(0, 50, 5):
            found = shared.detect([frame(start + n) for n in range(5)])
            assert [one.boxes[0, 2] for one in found] == [start + n for n in range(5)]
        before = camera.seen
        shared.close()
    assert before >= 10  # the camera had its turns
    assert not device.detector.closed  # type: ignore[attr-defined]  # the loop's owner closes it


def test_a_loop_that_does_not_come_is_said() -> None:
    shared = SharedDetector(DeviceLoop(ByIndex()), "images", patience_s=0.05)
    with pytest.raises(UnavailableError, match="did not answer"):
        shared.detect([frame(1)])


def test_what_comes_too_late_is_not_taken_for_the_next_answer() -> None:
    device = DeviceLoop(ByIndex())
    shared = SharedDetector(device, "images", patience_s=0.05)
    with pytest.raises(UnavailableError):
        shared.detect([frame(1), frame(2)])
    with Loops() as loops:
        loops.start("device", device)
        later = SharedDetector(device, "others", patience_s=10)
        assert later.detect([frame(3)])[0].boxes[0, 2] == 3
        shared._patience_s = 10
        assert shared.detect([frame(4)])[0].boxes[0, 2] == 4
