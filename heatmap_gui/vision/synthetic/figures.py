"""People drawn into a camera's picture: limbs as shaded polygons, hidden by what stands nearer."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from heatmap_gui.core.types import F8, I8, U1
from heatmap_gui.vision.synthetic.bodies import LIMB_COLOURS, LIMBS, TRUNK, Crowd
from heatmap_gui.vision.synthetic.clothes import Bgr, Look
from heatmap_gui.vision.synthetic.layout import View
from heatmap_gui.vision.synthetic.scenery import Backdrop

NEAR_M = 0.5
FINE_PX = 42.0
_ARC = np.linspace(0.0, np.pi, 7)
_BITS = 4
_SHADE, _SHADOW_M = 0.5, 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """People in one picture, the farthest first: rows into the crowd, balls (n, b, 2) px, radii (n, b) px,
    depth (n, b) m along the optical axis, ahead_m (n,) m on the floor, boxes (n, 4) left, top, right, bottom px.
    """

    rows: I8
    balls: F8
    radii: F8
    depth: F8
    ahead_m: F8
    boxes: F8


def figures(crowd: Crowd, view: View) -> Figures:
    """Those of the crowd who are in front of the camera and not wholly beside its picture."""
    balls, depth = view.project(crowd.balls)
    radii = crowd.radii * view.focal_px / np.maximum(depth, NEAR_M)
    worn = np.ones(radii.shape, np.bool_)
    worn[:, LIMBS[-1]] = np.array([look.bag is not None for look in crowd.looks], np.bool_)[:, None]
    low = np.where(worn[..., None], balls - radii[..., None], np.inf).min(axis=1)
    high = np.where(worn[..., None], balls + radii[..., None], -np.inf).max(axis=1)
    boxes = np.concatenate([low, high], axis=1)
    ahead = (crowd.feet - view.position[:2]) @ view.ahead
    width, height = view.size
    seen = (depth.min(axis=1) > NEAR_M) & (high > 0).all(axis=1) & (low[:, 0] < width) & (low[:, 1] < height)
    rows = np.flatnonzero(seen).astype(np.int64)
    rows = rows[np.argsort(-ahead[rows], kind="stable")]
    return Figures(rows, balls[rows], radii[rows], depth[rows], ahead[rows], boxes[rows])


def draw(image: U1, crowd: Crowd, view: View, backdrop: Backdrop) -> None:
    """Draws the crowd into the picture (in place), each hidden where the scene or another stands nearer."""
    seen = figures(crowd, view)
    if not len(seen.rows):
        return
    outer, inner = _capsules(seen, 1.0), _capsules(seen, 0.66)
    order = np.argsort(-_limb_depth(seen), axis=1).tolist()
    size = (seen.boxes[:, 3] - seen.boxes[:, 1]).tolist()
    for row in seen.rows.tolist():
        _shadow(image, crowd.feet[row], view, backdrop)
    for k, row in enumerate(seen.rows.tolist()):
        left, top, right, bottom = seen.boxes[k]
        rows = slice(max(int(top) - 2, 0), max(int(bottom) + 3, 0))
        columns = slice(max(int(left) - 2, 0), max(int(right) + 3, 0))
        hidden = backdrop.ahead_m[rows, columns] < seen.ahead_m[k] - 0.1
        if hidden.all():
            continue
        kept = image[rows, columns].copy() if hidden.any() else None
        trunk = _trunk(seen, k)
        _body(image, crowd.looks[row], outer[k], inner[k] if size[k] > FINE_PX else None, trunk, order[k])
        if kept is not None:
            image[rows, columns][hidden] = kept[hidden]


def _limb_depth(seen: Figures) -> F8:
    """(n, limbs + 1) m: the trunk is the last."""
    limbs = seen.depth[:, LIMBS].mean(axis=2)
    return np.concatenate([limbs, seen.depth[:, TRUNK].mean(axis=1, keepdims=True)], axis=1)


def _capsules(seen: Figures, thickness: float) -> np.ndarray:
    """(n, limbs, 14, 2) int32 fixed-point corners of each limb's outline; a thinner one lies towards the light."""
    ends = seen.balls[:, LIMBS]
    radii = seen.radii[:, LIMBS] * thickness
    way = ends[:, :, 1] - ends[:, :, 0]
    angle = np.arctan2(way[..., 1], way[..., 0])[..., None]
    first, second = angle + np.pi / 2 + _ARC, angle - np.pi / 2 + _ARC
    arcs = np.concatenate([first, second], axis=2)
    radius = np.repeat(radii, len(_ARC), axis=2)
    centre = np.repeat(ends, len(_ARC), axis=2)
    corners = centre + radius[..., None] * np.stack([np.cos(arcs), np.sin(arcs)], axis=3)
    corners -= (radius * (1.0 - thickness) * 0.55)[..., None]
    return np.asarray(np.round(corners * (1 << _BITS)), dtype=np.int32)


def _trunk(seen: Figures, k: int) -> np.ndarray:
    """(m, 1, 2) int32 fixed-point convex outline of shoulders and hem."""
    angles = np.concatenate([_ARC, _ARC[1:-1] + np.pi])
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    points = seen.balls[k, TRUNK][:, None] + seen.radii[k, TRUNK][:, None, None] * circle
    return np.asarray(cv2.convexHull(np.round(points.reshape(-1, 2) * (1 << _BITS)).astype(np.int32)))


def _tone(colour: Bgr, light: float) -> tuple[float, float, float]:
    return min(colour[0] * light, 255.0), min(colour[1] * light, 255.0), min(colour[2] * light, 255.0)


def _body(
    image: U1, look: Look, outer: np.ndarray, inner: np.ndarray | None, trunk: np.ndarray, order: list[int]
) -> None:
    """Fills one person's limbs and trunk in the given order; without `inner` in one tone each."""
    base = 0.78 if inner is not None else 0.85
    for limb in order:
        if limb == len(LIMB_COLOURS):
            _fill(image, trunk, _tone(look.top, base))
            if inner is not None:
                middle = trunk.mean(axis=0)
                for share, light in ((0.8, 0.86), (0.55, 1.0)):
                    shift = (trunk.max(axis=0) - trunk.min(axis=0)) * ((1.0 - share) * 0.28)
                    lit = middle + (trunk - middle) * (share, 0.5 + share / 2) - shift * (1.0, 0.35)
                    _fill(image, lit.astype(np.int32), _tone(look.top, light))
            continue
        colour: Bgr | None = getattr(look, LIMB_COLOURS[limb])
        if colour is not None:
            _fill(image, outer[limb], _tone(colour, base))
            if inner is not None:
                _fill(image, inner[limb], _tone(colour, 1.02))


def _fill(image: U1, corners: np.ndarray, colour: tuple[float, float, float]) -> None:
    cv2.fillConvexPoly(image, corners, colour, cv2.LINE_AA, _BITS)


def _shadow(image: U1, foot: F8, view: View, backdrop: Backdrop) -> None:
    """Darkens the floor softly around a foot point (x, y in metres)."""
    rim = np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]]) * (2.0 * _SHADOW_M) + [*foot, 0.0]
    corners, depth = view.project(rim)
    if depth.min() < NEAR_M:
        return
    (left, top), (right, bottom) = corners.min(axis=0).astype(int), corners.max(axis=0).astype(int) + 1
    rows = slice(max(top, 0), max(min(bottom, view.size[1]), 0))
    columns = slice(max(left, 0), max(min(right, view.size[0]), 0))
    patch = image[rows, columns]
    if not patch.size:
        return
    u, v = np.arange(columns.start, columns.stop), np.arange(rows.start, rows.stop)[:, None]
    m = view.floor_matrix
    w = m[2, 0] * u + m[2, 1] * v + m[2, 2]
    x, y = (m[0, 0] * u + m[0, 1] * v + m[0, 2]) / w - foot[0], (m[1, 0] * u + m[1, 1] * v + m[1, 2]) / w - foot[1]
    shade = 1.0 - _SHADE * np.exp(-(x * x + y * y) / _SHADOW_M**2) * backdrop.floor[rows, columns]
    patch[:] = patch * shade[..., None]
