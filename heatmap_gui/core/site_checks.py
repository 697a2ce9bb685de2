"""What a site's geometry tells by itself: how good its calibrations are, and whether zones and lines can be met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from heatmap_gui.core import geometry
from heatmap_gui.core.calibration import Fit, fit
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import PLAN, Camera, Floor, Line, Site, Zone
from heatmap_gui.core.types import F8, Bool

_COARSE_M = 0.3  # more than half a person's width: neighbours are mixed up
_STRAY = 3.0  # times the error that the pairs themselves show
_SAMPLES = 48


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. message: how it is and, unless that is ok, what to do."""

    level: Literal["ok", "warn", "error"]
    subject: str
    message: str


def check_calibration(camera: Camera, floor: Floor, projection: Projection) -> Finding:
    """How far the floor positions of a camera can be trusted."""
    subject, calibration = f"camera {camera.id} calibration", camera.calibration
    if calibration is None:
        return Finding("warn", subject, "none: its people are not placed on the plan; calibrate it")
    if len(calibration.camera_points) < 4:
        error = calibration.error_m
        said = "its error is unknown" if error is None else f"error {error:.2f} m, as the file says"
        return Finding("ok", subject, f"a matrix without pairs: {said}")
    try:
        found = fit(
            calibration.camera_points,
            calibration.plan_points,
            metres_per_pixel=floor.metres_per_pixel,
            lens=calibration.lens,
            size=camera.frame_size,
        )
    except InputError as error:
        return Finding("warn", subject, f"its matrix holds, but its pairs give none: {error.message}")
    off = projection.to_floor(calibration.camera_points * projection.scale) - floor.from_px(calibration.plan_points)
    return _judge(subject, found, float(np.sqrt(np.mean(np.sum(off**2, axis=1)))), floor)


def _judge(subject: str, found: Fit, stray: float, floor: Floor) -> Finding:
    unit = found.unit
    if not stray <= _STRAY * max(found.error or 0.0, floor.units_per_px):
        return Finding("warn", subject, f"its matrix misses its own pairs by {stray:.2f} {unit}: calibrate it again")
    if found.error is None:
        return Finding("warn", subject, "error unknown: 4 pairs fit whatever they are; add 2 or more")
    error = f"{found.error:.2f}" if found.error >= 0.01 else "< 0.01"
    said = f"{len(found.residuals)} pairs, error {error} {unit}"
    if found.suspects:
        return Finding("warn", subject, f"{said}; pair {found.suspects[0] + 1} contradicts the others: check it")
    if unit == "m" and found.error > _COARSE_M:
        return Finding("warn", subject, f"{said}: too coarse to tell neighbours apart; click more pairs, far apart")
    return Finding("ok", subject, said)


def check_zone(zone: Zone, site: Site, projections: Mapping[str, Projection]) -> Finding:
    """Whether anybody in the zone can be seen. projections: of the cameras whose frame size is known."""
    subject = f"zone {zone.id}"
    low, high = zone.polygon.min(axis=0), zone.polygon.max(axis=0)
    step = float((high - low).max()) / _SAMPLES
    shape = (int((high - low)[1] / step) + 1, int((high - low)[0] / step) + 1)
    rows, columns = np.nonzero(geometry.rasterise((zone.polygon,), shape, step, (low[0], low[1])))
    points = low + (np.column_stack([columns, rows]) + 0.5) * step
    inside, place = _in_picture(zone.on, points, site, projections)
    if not inside.any():
        return Finding("error", subject, f"lies outside {place}: draw it again")
    if inside.mean() < 0.99:
        return Finding("warn", subject, f"{1 - inside.mean():.0%} of it lies outside {place}: draw it again")
    seen = _seen(zone.on, points, site.floor, projections)
    if not seen.any():
        return Finding("error", subject, "no camera sees it, it would stay empty: move it, or add a camera")
    if seen.mean() < 0.5:
        return Finding("warn", subject, f"cameras see only {seen.mean():.0%} of it: its counts will be low")
    return Finding("ok", subject, f"{seen.mean():.0%} seen")


def check_line(line: Line, site: Site, projections: Mapping[str, Projection]) -> Finding:
    """Whether anybody who crosses the line can be seen."""
    subject = f"line {line.id}"
    points = line.a + np.linspace(0, 1, _SAMPLES)[:, None] * (line.b - line.a)
    inside, place = _in_picture(line.on, points, site, projections)
    if not inside.any():
        return Finding("error", subject, f"lies outside {place}: draw it again")
    if line.on == PLAN and site.floor.walkable:
        walkable = np.any([geometry.inside(polygon, points) for polygon in site.floor.walkable], axis=0)
        if not walkable.any():
            return Finding("error", subject, "nothing can cross it: it lies outside the walkable area; move it")
    if not _seen(line.on, points, site.floor, projections).any():
        return Finding("error", subject, "no camera sees it, nothing would cross it: move it, or add a camera")
    return Finding("ok", subject, f"seen, counts {'in' if line.kind == 'count' else 'stops'} to the {line.in_side}")


def _in_picture(on: str, points: F8, site: Site, projections: Mapping[str, Projection]) -> tuple[Bool, str]:
    """Which points lie in the picture they were drawn on, and what that is called."""
    if on == PLAN:
        size, name = (site.floor.width_px, site.floor.height_px), "the plan"
    else:
        width, height = projections[on].size if on in projections else (np.inf, np.inf)
        scale = projections[on].scale if on in projections else (1.0, 1.0)
        size, name = (width / scale[0], height / scale[1]), f"the picture of camera {on}"
    return np.asarray(((points >= -0.5) & (points <= np.array(size) + 0.5)).all(axis=1)), name


def _seen(on: str, points: F8, floor: Floor, projections: Mapping[str, Projection]) -> Bool:
    """Which points of the plan some camera sees; those drawn on a camera's picture are seen."""
    if on != PLAN:
        return np.ones(len(points), np.bool_)
    seen = np.zeros(len(points), np.bool_)
    for projection in projections.values():
        if projection.calibrated:
            seen |= geometry.inside(projection.footprint(), floor.from_px(points))
    return seen
