"""People who walk about a square in front of one camera, as its detector would see them. Seeded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from heatmap_gui.core.calibration import Calibration, fit
from heatmap_gui.core.site import Camera, Floor, Site
from heatmap_gui.core.types import F8, PERSON, Detections

FPS = 10.0
SIZE = (1920, 1080)
_FOCAL_PX, _HEIGHT_M, _TILT = 1100.0, 8.0, np.radians(25)
_LOW, _HIGH = np.array([-12.0, 10.0]), np.array([12.0, 34.0])  # the square, m to the right of and ahead of the camera
_M_PER_PX = 0.05
_SPEED_M_S = 0.7


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """frames: detections of each frame; camera: calibrated on the floor of `site`, whose unit is the metre."""

    frames: list[Detections]
    site: Site
    camera: Camera


def crowd(people: int, frames: int, seed: int = 0) -> Crowd:
    """So many people all the time: boxes with noise of 2 % of their height, 3 % missing, confidence about 0.75."""
    rng = np.random.default_rng(seed)
    place = rng.uniform(_LOW, _HIGH, (people, 2))
    speed = rng.normal(0, _SPEED_M_S, (people, 2))
    seen = []
    for _ in range(frames):
        place = place + speed / FPS
        speed = np.where((place < _LOW) | (place > _HIGH), np.abs(speed) * np.sign((_LOW + _HIGH) / 2 - place), speed)
        seen.append(_detected(place, rng))
    camera = Camera("1", "Camera 1", "", 1, calibration=_calibration(), frame_size=SIZE)
    floor = Floor(None, 600, 900, _M_PER_PX, (-15.0, -5.0))
    return Crowd(seen, Site("square", floor, (camera,)), camera)


def _detected(place: F8, rng: np.random.Generator) -> Detections:
    feet, heads = _in_picture(place, 0.0), _in_picture(place, 1.7)
    high = feet[:, 1] - heads[:, 1]
    boxes = np.column_stack([feet[:, 0] - high / 5, heads[:, 1], feet[:, 0] + high / 5, feet[:, 1]])
    boxes += rng.normal(0, 0.02, boxes.shape) * high[:, None]
    scores = rng.normal(0.75, 0.12, len(place)).clip(0.15, 0.95)
    rows = rng.random(len(place)) > 0.03
    count = int(rows.sum())
    return Detections(
        boxes[rows].astype(np.float32), scores[rows].astype(np.float32), np.zeros(count, np.int16), (PERSON,)
    )


def _in_picture(place: F8, up_m: float) -> F8:
    """Floor metres (n, 2), and a height above them, -> px (n, 2) of a camera that looks ahead and down."""
    below = _HEIGHT_M - up_m
    depth = place[:, 1] * np.cos(_TILT) + below * np.sin(_TILT)
    down = below * np.cos(_TILT) - place[:, 1] * np.sin(_TILT)
    offset = np.column_stack([place[:, 0], down]) * _FOCAL_PX / depth[:, None]
    return np.asarray(offset + np.array(SIZE) / 2)


def _calibration() -> Calibration:
    marks = np.array([[-8.0, 12.0], [8.0, 12.0], [8.0, 30.0], [-8.0, 30.0], [0.0, 20.0]])
    plan = (marks - [-15.0, -5.0]) / _M_PER_PX
    return fit(_in_picture(marks, 0.0), plan, metres_per_pixel=_M_PER_PX).calibration
