"""Pictures fit their slots, and boxes come back to where they were."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heatmap_gui.vision.detectors.letterbox import GREY, Letterbox, input_size

SIDES = st.integers(16, 2000)


@pytest.mark.parametrize(
    ("frame", "longest", "expected"),
    [
        ((480, 360), 640, (640, 480)),
        ((1920, 1080), 640, (640, 384)),
        ((360, 640), 640, (384, 640)),
        ((416, 416), 416, (416, 416)),
        ((4000, 10), 640, (640, 32)),
    ],
)
def test_the_input_is_no_larger_than_the_frame_needs(
    frame: tuple[int, int], longest: int, expected: tuple[int, int]
) -> None:
    assert input_size(frame, longest) == expected


@given(width=SIDES, height=SIDES, centred=st.booleans())
def test_boxes_return_to_the_frame(width: int, height: int, centred: bool) -> None:
    box = Letterbox((width, height), (640, 480), 1, centred=centred)
    gain = min(640 / width, 480 / height)
    left, top = ((640 - round(width * gain)) // 2, (480 - round(height * gain)) // 2) if centred else (0, 0)
    frame_box = np.array([[width * 0.25, height * 0.25, width * 0.75, height]], np.float32)
    sides = np.array([round(width * gain) / width, round(height * gain) / height] * 2)
    restored = box.restore((frame_box * sides + [left, top, left, top]).astype(np.float32))
    np.testing.assert_allclose(restored, frame_box, rtol=1e-4, atol=0.02)
    edges = box.restore(np.array([[-50, -50, 5000, 5000]], np.float32))
    np.testing.assert_allclose(edges, [[0, 0, width, height]])


def test_the_picture_is_scaled_into_its_slot_and_the_rest_is_grey() -> None:
    ramp = np.repeat(np.linspace(0, 254, 128).astype(np.uint8)[None, :, None], 96, axis=0).repeat(3, axis=2)
    box = Letterbox((128, 96), (64, 64), 2, centred=True)
    slots = box.slots
    box.put(1, ramp)
    assert box.slots is slots and (slots[0] == GREY).all()
    assert (slots[1, :8] == GREY).all() and (slots[1, 56:] == GREY).all()
    half = ramp.reshape(48, 2, 64, 2, 3).mean(axis=(1, 3))
    assert np.abs(slots[1, 8:56].astype(float) - half).max() <= 1


def test_uncentred_grey_is_at_right_and_bottom() -> None:
    box = Letterbox((64, 32), (64, 64), 1, centred=False)
    box.put(0, np.zeros((32, 64, 3), np.uint8))
    assert (box.slots[0, :32] == 0).all() and (box.slots[0, 32:] == GREY).all()
