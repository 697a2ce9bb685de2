"""What is drawn on a floor and on its cameras' pictures, each measured where it can be measured best.

A zone or line on the plan, or on a calibrated camera, is tested with the fused floor position; one that asks for the
box's centre, is on an uncalibrated camera or reaches beyond the horizon is tested with that camera's boxes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from heatmap_gui.core.meters.crossings import CrossingMeter, LineRegion
from heatmap_gui.core.meters.visits import MARGIN_M, Region, VisitMeter
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import PLAN, Line, Site, Zone
from heatmap_gui.core.types import F8, Boxes, Crossing, Points, Visit

Anchor = Literal["foot", "centre"]
_BOX_MARGIN = 0.06  # of a box's height: what the margin of 0.15 m is to a person


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something is tested: with floor positions, or with the foot or centre of one camera's boxes."""

    camera: str | None = None
    anchor: Anchor = "foot"


class DrawnMeters:
    """The visits and crossings of one floor. Owned by one thread; rows of one track come in time order.

    cameras: the floor's, by id. Things drawn on other cameras are left to other floors.
    """

    def __init__(self, site: Site, name: str, cameras: Mapping[str, Projection]) -> None:
        self._name, self._cameras = name, cameras
        self._visits: dict[_Place, VisitMeter] = {}
        self._crossings: dict[_Place, CrossingMeter] = {}
        # Without a scale nothing says how long 0.15 m is; on a plan of a shop 30 m wide it is this.
        self._margin = MARGIN_M if site.floor.unit == "m" else site.floor.width_px / 200
        self.redraw(site)

    def redraw(self, site: Site) -> None:
        """What is drawn on the same floor from now on; what is as it was is measured on without a break."""
        name, cameras = self._name, self._cameras
        zones: dict[_Place, list[Region]] = defaultdict(list)
        lines: dict[_Place, list[LineRegion]] = defaultdict(list)
        for zone in site.zones:
            if zone.on == name or zone.on in cameras:
                place, polygon = _place(site, zone, zone.polygon, zone.anchor, cameras)
                zones[place].append(Region(zone.id, polygon))
        for line in site.lines:
            if line.on == name or line.on in cameras:
                place, ends = _place(site, line, np.stack([line.a, line.b]), "foot", cameras)
                lines[place].append(LineRegion(line.id, ends[0], ends[1], line.in_side))
        for place in self._visits.keys() | zones.keys():
            self._visits.setdefault(place, VisitMeter(())).redraw(zones[place])
        for place in self._crossings.keys() | lines.keys():
            self._crossings.setdefault(place, CrossingMeter(())).redraw(lines[place])

    def add(self, points: Points, boxes: Sequence[Boxes]) -> None:
        for place in self._visits.keys() | self._crossings.keys():
            if place.camera is None:
                parts = [(points, np.full(len(points), self._margin))]
            else:
                parts = [_anchored(b, place.anchor) for b in boxes if b.camera == place.camera]
            for rows, margin in parts:
                if place in self._visits:
                    self._visits[place].add(rows, margin)
                if place in self._crossings:
                    self._crossings[place].add(rows, margin)

    def end(self, track_ids: Collection[int]) -> None:
        """These tracks are over."""
        ids = tuple(track_ids)
        for visits in self._visits.values():
            visits.end(ids)
        for crossings in self._crossings.values():
            crossings.end(ids)

    def take(self) -> tuple[tuple[Visit, ...], tuple[Crossing, ...]]:
        """What was settled since the last call, in the order of time."""
        visits = [visit for meter in self._visits.values() for visit in meter.take()]
        crossings = [crossing for meter in self._crossings.values() for crossing in meter.take()]
        return tuple(sorted(visits, key=lambda v: v.leave_at)), tuple(sorted(crossings, key=lambda c: c.at))


def _place(
    site: Site, drawn: Zone | Line, points: F8, anchor: Anchor, cameras: Mapping[str, Projection]
) -> tuple[_Place, F8]:
    """Where it is tested, and its points there."""
    if drawn.on == PLAN:
        return _Place(), site.floor.from_px(points)
    projection = cameras[drawn.on]
    points = points * projection.scale
    on_floor = projection.to_floor(points)
    if anchor == "centre" or not projection.calibrated or not np.isfinite(on_floor).all():
        return _Place(drawn.on, anchor), points
    return _Place(), on_floor


def _anchored(boxes: Boxes, anchor: Anchor) -> tuple[Points, F8]:
    """A camera's boxes as positions in its picture, and the margin (n,) that suits each."""
    left, top, right, bottom = boxes.box.T
    height = bottom - top
    zero = np.zeros(len(boxes))
    y = bottom if anchor == "foot" else (top + bottom) / 2
    cameras = np.zeros(len(boxes), np.uint64)
    points = Points(
        boxes.at, boxes.track_id, (left + right) / 2, y, zero, zero, zero, boxes.seconds, boxes.class_id, cameras,
        boxes.interpolated, boxes.labels,
    )  # fmt: skip
    return points, _BOX_MARGIN * height
