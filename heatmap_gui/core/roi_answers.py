"""Who stands in which forbidden zone in one picture of a camera: the rules of `rules.py` where there is no before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np

from heatmap_gui.core import geometry
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.rules import is_active, why_harmless, why_inactive
from heatmap_gui.core.site import PLAN, Site, Zone
from heatmap_gui.core.types import F8, Detections


@dataclass(frozen=True, slots=True)
class InZone:
    """detection: its row. spared: why it does not alert there, in words; None: it does."""

    detection: int
    zone: Zone
    spared: str | None


def in_forbidden_zones(
    site: Site, camera_id: str, found: Detections, size: tuple[int, int], at: float
) -> Iterator[InZone]:
    """By zone: those on the camera's picture and, where it is calibrated, those on the plan.

    size: width, height px of the picture. at: Unix time. Raises InputError when its shape is not the camera's.
    """
    camera, clock = site.camera(camera_id), ZoneInfo(site.timezone)
    projection = Projection.of(site.floor, camera, size)
    places = {camera.id, PLAN} if projection.calibrated else {camera.id}
    for zone in site.zones:
        if zone.type != "forbidden" or zone.on not in places:
            continue
        inactive = None if is_active(zone, at, clock) else why_inactive(zone)
        for row in np.flatnonzero(geometry.inside(zone.polygon, _where(zone, found, projection, site))).tolist():
            label = found.labels[int(found.class_ids[row])]
            yield InZone(row, zone, why_harmless(zone, label) or inactive)


def _where(zone: Zone, found: Detections, projection: Projection, site: Site) -> F8:
    """Where each box is (n, 2), in px of zone.on; NaN beyond the horizon."""
    left, top, right, bottom = found.boxes.T.astype(np.float64)
    feet = np.stack([(left + right) / 2, bottom], axis=1)
    if zone.on == PLAN:
        return site.floor.to_px(projection.to_floor(feet))
    place = feet if zone.anchor == "foot" else np.stack([feet[:, 0], (top + bottom) / 2], axis=1)
    return place / projection.scale
