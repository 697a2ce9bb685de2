"""The picture that goes with an alert, and what is left of people in it."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from heatmap_gui.core.types import U1, Detections, Frame, Live, Observation
from heatmap_gui.services.snapshots import snapshot

SIZE = (640, 480)


def stripes() -> U1:
    """Fine detail everywhere: what is blurred is flat."""
    image = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    image[:, ::4] = image[:, 1::4] = 255
    return image


def observation(image: U1 | None) -> Observation:
    """A detected person, a followed one, one whose box is not known, and a car."""
    nowhere = [np.nan] * 4
    found = Detections(
        np.array([[100, 100, 160, 220], [400, 300, 560, 400]], np.float32), np.array([0.15, 0.9], np.float32),
        np.array([0, 1], np.int16), ("person", "car"),
    )  # fmt: skip
    live = Live(
        np.array([7, 8]), np.zeros(2), np.zeros(2), np.array([[250.0, 100, 310, 220], nowhere]), np.ones(2, np.bool_),
        np.zeros(2, np.int16), ("person",),
    )  # fmt: skip
    return Observation(Frame("1", 0, 0.0, image, SIZE), found, live)


def decoded(jpeg: bytes | None) -> U1:
    assert jpeg is not None
    return np.asarray(cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR), np.uint8)


def detail(image: U1, left: int, top: int, right: int, bottom: int) -> float:
    return float(image[top:bottom, left:right].std())


def test_people_are_blurred_found_or_followed_and_nothing_else_is() -> None:
    picture = decoded(snapshot(observation(stripes()), blurred=True))
    assert detail(picture, 95, 90, 165, 230) < 20, "also around the box"
    assert detail(picture, 245, 90, 315, 230) < 20
    assert detail(picture, 410, 310, 550, 390) > 100, "a car"
    assert detail(picture, 0, 300, 300, 480) > 100


def test_whole_when_it_is_to_be_and_the_frame_stays_as_it_was() -> None:
    image = stripes()
    picture = decoded(snapshot(observation(image), blurred=False))
    assert detail(picture, 100, 100, 160, 220) > 100
    snapshot(observation(image), blurred=True)
    assert np.array_equal(image, stripes())


def test_boxes_at_and_beyond_the_edge() -> None:
    boxes = np.array([[-50, -50, 30, 60], [630, 470, 700, 500], [900, 900, 950, 990], [5, 5, 5, 5]], np.float32)
    many = Detections(boxes, np.ones(4, np.float32), np.zeros(4, np.int16), ("person",))
    picture = decoded(snapshot(replace(observation(stripes()), detections=many), blurred=True))
    assert detail(picture, 0, 0, 30, 60) < 20


def test_large_ones_are_scaled_and_a_replay_has_none() -> None:
    large = np.zeros((1080, 1920, 3), np.uint8)
    assert decoded(snapshot(observation(large), blurred=False)).shape == (540, 960, 3)
    assert snapshot(observation(None), blurred=False) is None
