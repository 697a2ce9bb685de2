"""Which pictures a network is compiled for."""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.core.types import F4, U1, Frame
from heatmap_gui.vision.detectors.graph import Description
from heatmap_gui.vision.detectors.network import Network, NetworkDetector
from heatmap_gui.vision.detectors.yolo import Form


class Blind:
    """A runtime that sees nothing and notes what it is compiled for."""

    device, precision, batch, streams = "none", "-", 1, 1

    def __init__(self, *, resizable: bool) -> None:
        self.description = Description((640, 640), resizable, None, ((1, 84, 8400),), {})
        self.sizes: list[tuple[int, int]] = []
        self.given: list[int] = []

    def compile(self, size: tuple[int, int], batch: int, form: Form) -> Network:
        self.sizes.append(size)

        def run(slots: U1) -> F4:
            self.given.append(len(slots))
            return np.zeros((len(slots), 84, slots.shape[1] * slots.shape[2] * 21 // 1024), np.float32)

        return run


@pytest.mark.parametrize(
    ("frame", "resizable", "compiled"),
    [
        ((1920, 1080), True, (640, 384)),
        ((640, 360), True, (640, 384)),
        ((480, 360), True, (576, 448)),  # 1.2 times as large: more shows nothing more
        ((480, 360), False, (640, 640)),
    ],
)
def test_a_small_picture_is_not_blown_up(frame: tuple[int, int], resizable: bool, compiled: tuple[int, int]) -> None:
    runtime = Blind(resizable=resizable)
    detector = NetworkDetector("blind", runtime)
    picture = np.zeros((frame[1], frame[0], 3), np.uint8)
    assert [len(found) for found in detector.detect([Frame("1", 0, 0.0, picture, frame)])] == [0]
    assert runtime.sizes == [compiled]


def test_networks_side_by_side_are_given_whole_batches_and_no_more_than_needed() -> None:
    runtime = Blind(resizable=False)
    runtime.batch, runtime.streams = 2, 3
    detector = NetworkDetector("blind", runtime)
    frame = Frame("1", 0, 0.0, np.zeros((360, 480, 3), np.uint8), (480, 360))
    assert detector.batch == 6
    assert [len(detector.detect([frame] * count)) for count in (1, 3, 6, 7)] == [1, 3, 6, 7]
    assert runtime.given == [2, 4, 6, 6, 2]
