"""What is drawn in one picture, seen in the others: on the plan, on each camera; how much of it, and how exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from heatmap_gui.core import geometry
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import PLAN, Floor, Line, Site, Zone
from heatmap_gui.core.types import F8

_STEPS = 12  # points along an edge: straight on one picture, it may be bent on another
_ACROSS = 24  # points across a zone, where its exactness is asked for
_FOOT_PX = 0.01  # of the picture's height: how well a foot is found in it


@dataclass(frozen=True, slots=True)
class Exactness:
    """Standard deviation of a person's place in a zone, floor units: mean, and at the worst point that is seen."""

    mean: float
    worst: float


def projections(site: Site) -> dict[str, Projection]:
    """Of the calibrated cameras whose size is known, in the px that the site file is in."""
    found = {}
    for camera in site.cameras:
        if camera.calibration is not None and camera.frame_size is not None:
            try:
                found[camera.id] = Projection.of(site.floor, camera, camera.frame_size)
            except (InputError, np.linalg.LinAlgError):
                continue  # the calibration screen says what is wrong with it
    return found


def corners_of(drawn: Zone | Line) -> F8:
    """(n, 2) px of `on`; a line's two ends."""
    return drawn.polygon if isinstance(drawn, Zone) else np.stack([drawn.a, drawn.b])


def to_plan(floor: Floor, cameras: Mapping[str, Projection], on: str, points: F8) -> F8 | None:
    """Points (n, 2), px of `on`, in plan px. None where the plan does not know of them, or beyond the horizon."""
    if on == PLAN:
        return points
    if on not in cameras:
        return None
    placed = floor.to_px(cameras[on].to_floor(points))
    return placed if np.isfinite(placed).all() else None


def to_camera(floor: Floor, camera: Projection, plan_px: F8) -> F8 | None:
    """Points (n, 2), plan px, in a camera's px, also outside of its picture; None when one is behind it."""
    placed = camera.to_image(floor.from_px(plan_px))
    return placed if np.isfinite(placed).all() else None


def between(floor: Floor, cameras: Mapping[str, Projection], source: str, target: str, points: F8) -> F8 | None:
    """Points (n, 2) of one picture in px of another; None where that is not known."""
    if source == target:
        return points
    plan_px = to_plan(floor, cameras, source, points)
    if plan_px is None or target == PLAN:
        return plan_px
    return to_camera(floor, cameras[target], plan_px) if target in cameras else None


def outline(corners: F8, *, closed: bool) -> F8:
    """Points along the edges of corners (n, 2), near enough to each other to be projected as straight pieces."""
    ends = np.roll(corners, -1, axis=0) if closed else corners[1:]
    starts = corners if closed else corners[:-1]
    t = np.linspace(0, 1, _STEPS, endpoint=False)[None, :, None]
    points = (starts[:, None] * (1 - t) + ends[:, None] * t).reshape(-1, 2)
    return points if closed else np.concatenate([points, corners[-1:]])


def outline_in_camera(floor: Floor, camera: Projection, plan_px: F8, *, closed: bool) -> F8 | None:
    """The outline of corners (n, 2), plan px, in a camera's picture; what is behind it is cut off first."""
    points = floor.from_px(outline(plan_px, closed=closed))
    w = camera.inverse[2, :2] @ points.T + camera.inverse[2, 2]
    points = points[w > 1e-9] if closed else points[w > 0.0]
    if len(points) < 2:
        return None
    placed = camera.to_image(points)
    return placed[np.isfinite(placed).all(axis=1)]


def share_seen(floor: Floor, camera: Projection, drawn: F8) -> float:
    """How much of a zone (n, 2), or of a line (2, 2), plan px, lies in a camera's picture, 0 to 1."""
    points = _sample(drawn)
    placed = camera.to_image(floor.from_px(points))
    with np.errstate(invalid="ignore"):
        within = ((placed >= 0) & (placed < camera.size)).all(axis=1)
    return float(within.mean()) if len(points) else 0.0


def exactness(floor: Floor, cameras: Mapping[str, Projection], drawn: F8) -> Exactness | None:
    """How exactly somebody's place in a zone or at a line (n, 2), plan px, is known by the best camera at each point.

    None where no calibrated camera sees any of it.
    """
    points = floor.from_px(_sample(drawn))
    best = np.full(len(points), np.inf)
    for camera in cameras.values():
        feet = camera.to_image(points)
        with np.errstate(invalid="ignore"):
            seen = np.flatnonzero(((feet >= 0) & (feet < camera.size)).all(axis=1))
        sigma_px = np.full(len(seen), _FOOT_PX * camera.size[1])
        covariance = camera.covariance(feet[seen], sigma_px)
        sigma = np.sqrt(np.trace(covariance, axis1=1, axis2=2) / 2)
        best[seen] = np.fmin(best[seen], sigma)
    known = best[np.isfinite(best)]
    return Exactness(float(known.mean()), float(known.max())) if len(known) else None


def _sample(drawn: F8) -> F8:
    """Points spread over a zone, or along a line."""
    if len(drawn) == 2:
        return outline(drawn, closed=False)
    low, high = drawn.min(axis=0), drawn.max(axis=0)
    t = (np.arange(_ACROSS) + 0.5) / _ACROSS
    grid = np.stack(np.meshgrid(*(low + (high - low) * t[:, None]).T), axis=-1).reshape(-1, 2)
    return grid[geometry.inside(drawn, grid)]
