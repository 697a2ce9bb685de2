"""A camera's picture laid on the plan, and the plan laid on the camera's picture."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np

from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import Floor
from heatmap_gui.core.types import F8, U1

_STEP = 0.25  # of a grid's distance, between two points of its lines
_MOST_LINES = 200


def picture_on_plan(image: U1, projection: Projection, floor: Floor, longest_px: int = 1000) -> U1:
    """(h, w, 4) BGRA in the plan's shape, its longer side longest_px: what the camera sees of the floor, else clear.

    image: of the projection's shape, in any size. Takes tens of milliseconds.
    """
    scale = longest_px / max(floor.width_px, floor.height_px)
    width, height = (max(1, round(side * scale)) for side in (floor.width_px, floor.height_px))
    x, y = np.meshgrid((np.arange(width) + 0.5) / scale, (np.arange(height) + 0.5) / scale)
    with np.errstate(invalid="ignore", over="ignore"):
        where = projection.to_image(floor.from_px(np.stack([x.ravel(), y.ravel()], axis=1)))
    shown = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2BGRA), np.uint8)
    laid = _taken(shown, where * (image.shape[1] / projection.size[0], image.shape[0] / projection.size[1]), width)
    near = np.zeros((height, width), np.uint8)
    outline = floor.to_px(projection.footprint()) * scale
    if len(outline):
        cv2.fillPoly(near, [np.rint(np.clip(outline, -1e6, 1e6)).astype(np.int32)], 255)
    laid[..., 3] = np.minimum(laid[..., 3], near)
    return laid


def ink_on_picture(ink: U1, projection: Projection, floor: Floor, longest_px: int = 960) -> U1:
    """How much of the plan's ink (rows, columns) is seen where (h, w), in the shape of the camera's picture."""
    scale = min(1.0, longest_px / max(projection.size))
    width, height = (max(1, round(side * scale)) for side in projection.size)
    x, y = np.meshgrid((np.arange(width) + 0.5) / scale, (np.arange(height) + 0.5) / scale)
    with np.errstate(invalid="ignore", over="ignore"):
        where = floor.to_px(projection.to_floor(np.stack([x.ravel(), y.ravel()], axis=1)))
    return _taken(ink, where * (ink.shape[1] / floor.width_px, ink.shape[0] / floor.height_px), width)


def _taken(picture: U1, where: F8, width: int) -> U1:
    """Pixels (rows, width) of a picture at px (n, 2), row by row; 0 outside it."""
    far = np.nan_to_num(where, nan=-1e4).clip(-1e4, 1e5).astype(np.float32).reshape(-1, width, 2) - 0.5
    x, y = np.ascontiguousarray(far[..., 0]), np.ascontiguousarray(far[..., 1])
    return np.asarray(
        cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0), np.uint8
    )


def grid_on_picture(projection: Projection, floor: Floor, step: float) -> list[F8]:
    """Lines (n, 2), picture px, of a grid on the floor every `step` units, where the camera sees them."""
    corners = floor.from_px(np.array([[0.0, 0.0], [floor.width_px, floor.height_px]]))
    (left, top), (right, bottom) = corners
    step = max(step, max(right - left, bottom - top) / _MOST_LINES)
    fine_x = np.linspace(left, right, max(2, math.ceil((right - left) / (step * _STEP))))
    fine_y = np.linspace(top, bottom, max(2, math.ceil((bottom - top) / (step * _STEP))))
    lines = [np.stack([np.full_like(fine_y, x), fine_y], axis=1) for x in np.arange(left, right + 1e-9, step)]
    lines += [np.stack([fine_x, np.full_like(fine_x, y)], axis=1) for y in np.arange(top, bottom + 1e-9, step)]
    return [part for line in lines for part in _seen(projection.to_image(line), projection.size)]


def _seen(line: F8, size: tuple[int, int]) -> list[F8]:
    """The parts of a line (n, 2) that are in a picture, or a little beside it."""
    margin = np.array(size) * 0.5
    with np.errstate(invalid="ignore"):
        inside = ((line > -margin) & (line < size + margin)).all(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inside.astype(np.int8), [0]])))
    return [line[a:b] for a, b in edges.reshape(-1, 2) if b - a >= 2]


def mosaic(laid: Sequence[U1], doubt: Sequence[F8]) -> U1:
    """Pictures on the plan (h, w, 4) as one: at each place the camera that knows it best, so seams show what is off.

    doubt: of each, in the plan's shape and any size, the less the better; NaN: not seen.
    """
    height, width = laid[0].shape[:2]
    result = np.zeros((height, width, 4), np.uint8)
    least = np.full((height, width), np.inf)
    for picture, unsure in zip(laid, doubt, strict=True):
        there = cv2.resize(np.nan_to_num(unsure, nan=1e9), (width, height), interpolation=cv2.INTER_LINEAR)
        better = (picture[..., 3] > 0) & (there < least)
        result[better] = picture[better]
        least[better] = there[better]
    return result
