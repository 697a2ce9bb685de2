"""A camera that was moved: what that is on the floor, and its calibration taken along."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from heatmap_gui.core.calibration import Calibration
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.pair_fit import put_pairs, read_pairs
from heatmap_gui.core.projection import Projection, focal_px
from heatmap_gui.core.reference import Movement, Reference, movement, read_reference
from heatmap_gui.core.site import Camera, Floor
from heatmap_gui.core.types import F8, Bool

_DIGITS = 2  # of px


def measured(camera: dict[str, Any], calibration: Calibration, now: Reference) -> Movement | None:
    """How a camera of a site document moved since it was calibrated; None: it has no reference, or shows nothing of it.

    Takes tens of milliseconds.
    """
    then = read_reference(camera)
    if then is None:
        return None
    lens = calibration.lens
    if lens is not None:
        rays = np.array([[lens.fx, 0.0, lens.cx], [0.0, lens.fy, lens.cy], [0.0, 0.0, 1.0]])
        return movement(then, now, rays, lens)
    focal = focal_px(calibration.matrix, now.size)
    if focal is None:
        return movement(then, now, None)
    return movement(then, now, np.array([[focal, 0, now.size[0] / 2], [0, focal, now.size[1] / 2], [0, 0, 1.0]]))


def floor_shift(found: Movement, before: Projection) -> float | None:
    """By how much people are put in the wrong place: the median, in floor units, of what is seen. before: as it was
    calibrated, for pictures of the movement's size. None: it sees no floor.
    """
    now = _seen_px(before)
    return _median(np.hypot(*(before.to_floor(now) - before.to_floor(found.before(now))).T))


def apart(floor: Floor, one: Camera, other: Camera) -> float | None:
    """How far from each other two states of a camera put the same feet: the median, in floor units. None: unknown."""
    size = one.frame_size or other.frame_size
    if size is None or one.calibration is None or other.calibration is None:
        return None
    try:
        first, second = Projection.of(floor, one, size), Projection.of(floor, other, size)
    except InputError:
        return None
    feet = _seen_px(first)
    return _median(np.hypot(*(first.to_floor(feet) - second.to_floor(feet)).T))


def _seen_px(projection: Projection) -> F8:
    """Picture px (n, 2) all over the floor that is seen well."""
    width, height = projection.size
    x, y = np.meshgrid(np.linspace(0.02, 0.98, 25) * width, np.linspace(0.02, 0.98, 25) * height)
    feet = np.stack([x.ravel(), y.ravel()], axis=1)
    with np.errstate(invalid="ignore"):
        near = np.linalg.norm(projection.jacobian(feet), axis=(1, 2)) < projection.far_per_px
    return np.asarray(feet[near])


def _median(lengths: F8) -> float | None:
    known = lengths[np.isfinite(lengths)]
    return float(np.median(known)) if len(known) else None


def realigned(calibration: Calibration, found: Movement) -> Calibration:
    """What is true of the picture now. Pairs that left it are dropped; the matrix still knows of them."""
    image = moved_points(calibration.camera_points, found)
    there = _finite(image)
    matrix = calibration.matrix @ np.linalg.inv(found.matrix)
    return replace(
        calibration, matrix=matrix / np.abs(matrix).max(),
        camera_points=image[there], plan_points=calibration.plan_points[there],
    )  # fmt: skip


def realign(camera: dict[str, Any], calibration: Calibration, found: Movement, seen: Reference) -> None:
    """Takes pairs, matrix and reference of a camera of a site document along with its picture."""
    pairs = read_pairs(camera)
    image = moved_points(pairs.image, found).round(_DIGITS)
    written = dict(camera.get("calibration") or {})
    put_pairs(written, replace(pairs, image=image).only(_finite(image)))
    written["homography_matrix"] = realigned(calibration, found).matrix.tolist()
    written["is_calibrated"] = True
    camera["calibration"] = written
    refer(camera, seen)


def realign_drawn(document: dict[str, Any], camera_id: str, found: Movement) -> None:
    """Takes the zones and lines of a site document along that are drawn on that camera's picture."""
    for key, corners in (("zones", ("polygon",)), ("lines", ("a", "b"))):
        for drawn in document.get(key, []):
            if str(drawn.get("on")) != camera_id:
                continue
            moved = {
                one: found.after(np.array(drawn[one], np.float64).reshape(-1, 2)).round(_DIGITS) for one in corners
            }
            if all(np.isfinite(points).all() for points in moved.values()):
                drawn.update({one: points.tolist() if one == "polygon" else points[0].tolist()
                              for one, points in moved.items()})  # fmt: skip


def refer(camera: dict[str, Any], seen: Reference) -> None:
    """The calibration of a camera of a site document is for this picture."""
    camera["calibration"] = {**camera["calibration"], "reference": seen.spread().document()}


def refers(camera: dict[str, Any]) -> bool:
    """Whether it is known which picture a camera of a site document was calibrated for."""
    return bool((camera.get("calibration") or {}).get("reference"))


def moved_points(points: F8, found: Movement) -> F8:
    """Where picture px (n, 2) of then are now; NaN where they left the picture."""
    now = found.after(points)
    with np.errstate(invalid="ignore"):
        inside = np.asarray(((now >= 0) & (now <= found.size)).all(axis=1))
    return np.asarray(np.where(inside[:, None], now, np.nan))


def _finite(points: F8) -> Bool:
    return np.asarray(np.isfinite(points).all(axis=1))
