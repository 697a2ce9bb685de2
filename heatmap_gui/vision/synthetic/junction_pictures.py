"""The demo junction as a camera on a mast sees it: the ground once, then vehicles as boxes, the farthest first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import cv2
import numpy as np

from heatmap_gui.core.types import F8, U1
from heatmap_gui.vision.synthetic.junction import (
    ARMS,
    BOX_M,
    CENTRE,
    LANE_M,
    METRES_PER_PIXEL,
    PLAN_SIZE_M,
    STOP_M,
    across,
    light,
)
from heatmap_gui.vision.synthetic.layout import View
from heatmap_gui.vision.synthetic.vehicles import Kind, Vehicle

Bgr = tuple[float, float, float]
Box = tuple[float, float, float, float, float, Bgr | None]
"""Back, front, half width, from and to what height (m, from the middle), colour (None: the vehicle's own)."""

_GRASS, _ROAD, _PAINT, _SKY = (92, 128, 104), (88, 86, 84), (226, 228, 230), (232, 214, 190)
_GLASS, _DARK = (66, 58, 50), (40, 38, 36)
_COLOURS: tuple[Bgr, ...] = (
    (214, 214, 212), (56, 52, 50), (62, 60, 178), (150, 96, 52), (120, 118, 116), (84, 150, 200), (70, 110, 60),
)  # fmt: skip
_LAMPS = {"GREEN": (90, 210, 80), "YELLOW": (60, 200, 245), "RED": (60, 60, 235)}
_GROUND_M, _GROUND_PX_M, _FINE = 240.0, 10.0, 2
_NEAR_M = 1.5
_BITS = 4
# each face: its corners of the eight (bottom back left, right, front right, left; the same above), its light
_FACES = (
    ((0, 1, 5, 4), 0.72), ((1, 2, 6, 5), 0.86), ((2, 3, 7, 6), 0.94), ((3, 0, 4, 7), 0.8), ((4, 5, 6, 7), 1.05),
)  # fmt: skip


@lru_cache(maxsize=2)
def ground(metres_per_pixel: float, size_m: float) -> U1:
    """The junction from above, its centre in the middle: (n, n, 3) BGR."""
    scale, half = 1 / metres_per_pixel, size_m / 2
    image = np.full((round(size_m * scale), round(size_m * scale), 3), _GRASS, np.uint8)

    def strip(arm: str, near_m: float, far_m: float, low_m: float, high_m: float, colour: Bgr) -> None:
        """So far from the centre, and to the right of who comes."""
        (start, _), (_, end) = across(arm, near_m, low_m, high_m), across(arm, far_m, low_m, high_m)
        corners = (np.array([start, end]) - CENTRE + half) * scale
        (x0, y0), (x1, y1) = corners.round().astype(int).tolist()
        cv2.rectangle(image, (x0, y0), (x1, y1), colour, -1)

    for arm in ARMS:
        strip(arm, -BOX_M, BOX_M, -BOX_M, BOX_M, _ROAD)
        strip(arm, 0.0, half, -LANE_M - 0.3, LANE_M + 0.3, _ROAD)
    for arm in ARMS:
        strip(arm, STOP_M, STOP_M + 0.5, 0.1, LANE_M, _PAINT)
        for distance_m in np.arange(STOP_M + 1.0, half, 6.0).tolist():
            strip(arm, distance_m, distance_m + 3.0, -0.08, 0.08, _PAINT)
    return image


def plan() -> U1:
    """The floor plan of the site file."""
    return ground(METRES_PER_PIXEL, PLAN_SIZE_M[0])


@lru_cache(maxsize=4)
def _empty(view: View) -> U1:
    width, height = view.size
    fine = np.array([[1 / _FINE, 0, 0.5 / _FINE - 0.5], [0, 1 / _FINE, 0.5 / _FINE - 0.5], [0, 0, 1]])
    half = _GROUND_M / 2
    to_ground = np.array([
        [_GROUND_PX_M, 0, (half - CENTRE[0]) * _GROUND_PX_M],
        [0, _GROUND_PX_M, (half - CENTRE[1]) * _GROUND_PX_M],
        [0, 0, 1],
    ])  # fmt: skip
    matrix = to_ground @ view.floor_matrix @ fine
    size = width * _FINE, height * _FINE
    image = cv2.warpPerspective(
        ground(1 / _GROUND_PX_M, _GROUND_M), matrix, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT, borderValue=_GRASS,
    )  # fmt: skip
    u, v = np.meshgrid(np.arange(size[0]), np.arange(size[1]))
    beyond = matrix[2, 0] * u + matrix[2, 1] * v + matrix[2, 2]
    foot = matrix[2] @ (size[0] / 2, size[1] - 1, 1)  # the lowest row shows the ground
    image[np.sign(beyond) != np.sign(foot)] = _SKY
    return np.asarray(cv2.resize(image, view.size, interpolation=cv2.INTER_AREA))


def show(view: View, everybody: Sequence[Vehicle], at_s: float) -> U1:
    """(height, width, 3) BGR, without noise."""
    image = _empty(view).copy()
    about = [vehicle for vehicle in everybody if vehicle.start_s <= at_s <= vehicle.end_s]
    placed = []
    for vehicle in about:
        place, ahead = vehicle.route.place(np.array([np.interp(at_s, vehicle.times_s, vehicle.s)]))
        placed.append((float(np.linalg.norm(place[0] - view.position[:2])), vehicle, place[0], ahead[0]))
    placed.sort(key=lambda one: -one[0])
    for _, vehicle, place, ahead in placed:
        _shadow(image, view, vehicle.kind, place, ahead)
    for _, vehicle, place, ahead in placed:
        colour = _COLOURS[vehicle.colour % len(_COLOURS)]
        for box in _boxes(vehicle.kind):
            _draw(image, view, box, colour, place, ahead)
    for arm in ARMS:
        _signal(image, view, arm, at_s)
    return image


def _boxes(kind: Kind) -> tuple[Box, ...]:
    """What a vehicle is made of, the lowest first."""
    half, wide, high = kind.length_m / 2, kind.width_m / 2, kind.height_m
    if kind.name == "car":
        return (
            (-half, half, wide, 0.25, 0.55 * high, None),
            (-0.75 * half, 0.35 * half, 0.86 * wide, 0.55 * high, 0.92 * high, _GLASS),
            (-0.65 * half, 0.2 * half, 0.8 * wide, 0.92 * high, high, None),
        )
    if kind.name == "bus":
        band = 0.5 * high, 0.8 * high
        return (
            (-half, half, wide, 0.3, band[0], None),
            (-half, half, 0.99 * wide, *band, _GLASS),
            (-half, half, wide, band[1], high, None),
        )
    if kind.name == "truck":
        cab = half - 2.0
        return (-half, cab - 0.2, wide, 0.5, high, (206, 206, 204)), (cab, half, wide, 0.4, 0.8 * high, None)
    if kind.name == "bike":
        return (-half, half, 0.12, 0.1, 0.8, _DARK), (-0.35, 0.35, wide / 2, 0.7, high, None)
    return (-half, half, wide, 0.2, 0.45 * high, None), (-0.9 * half, 0.8 * half, wide, 0.8 * high, high, _DARK)


def corners_of(box: Box, place: F8, ahead: F8) -> F8:
    """(8, 3) metres."""
    back, front, wide, low, high, _ = box
    flat = np.array([(back, -wide), (back, wide), (front, wide), (front, -wide)])
    floor = place + flat[:, :1] * ahead + flat[:, 1:] * np.array([-ahead[1], ahead[0]])
    return np.concatenate([np.column_stack([floor, np.full(4, z)]) for z in (low, high)])


def _draw(image: U1, view: View, box: Box, colour: Bgr, place: F8, ahead: F8) -> None:
    corners = corners_of(box, place, ahead)
    points, depth = view.project(corners)
    if depth.min() < _NEAR_M:
        return
    middle, eye = corners.mean(axis=0), np.array(view.position)
    for face, share in _FACES:
        of = corners[list(face)].mean(axis=0)
        if (of - middle) @ (eye - of) > 0:
            lit = tuple(min(value * share, 255.0) for value in box[5] or colour)
            _fill(image, points[list(face)], lit)


def _shadow(image: U1, view: View, kind: Kind, place: F8, ahead: F8) -> None:
    half, wide = kind.length_m / 2 + 0.15, kind.width_m / 2 + 0.15
    points, depth = view.project(corners_of((-half, half, wide, 0.0, 0.0, None), place, ahead)[:4])
    if depth.min() >= _NEAR_M:
        _fill(image, points, (58, 57, 56))


def _signal(image: U1, view: View, arm: str, at_s: float) -> None:
    """A lamp on a pole, on the right of the stop line."""
    (x, y), _ = across(arm, STOP_M - 1.0, LANE_M + 0.8, LANE_M + 1.0)
    points, depth = view.project(np.array([(x, y, 0.0), (x, y, 3.4)]))
    if depth.min() < _NEAR_M:
        return
    (foot_x, foot_y), (lamp_x, lamp_y) = points.round().astype(int).tolist()
    cv2.line(image, (foot_x, foot_y), (lamp_x, lamp_y), _DARK, 1, cv2.LINE_AA)
    radius = max(round(0.35 * view.focal_px / float(depth[1])), 2)
    cv2.circle(image, (lamp_x, lamp_y), radius, _LAMPS[light(arm, at_s)], -1, cv2.LINE_AA)


def _fill(image: U1, corners: F8, colour: tuple[float, ...]) -> None:
    cv2.fillConvexPoly(image, np.round(corners * (1 << _BITS)).astype(np.int32), colour, cv2.LINE_AA, _BITS)
