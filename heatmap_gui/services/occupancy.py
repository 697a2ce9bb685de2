"""How many people are in each zone now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from heatmap_gui.core import geometry
from heatmap_gui.core.site import PLAN, Site, Zone
from heatmap_gui.core.types import F8
from heatmap_gui.services.board import Person, Shown


def people_in_zones(site: Site, people: Sequence[Person], newest: Mapping[str, Shown]) -> dict[str, int]:
    """By zone id. people: on the plan. Zones on a camera's picture are counted by its boxes."""
    places = site.floor.to_px(np.array([one.place for one in people]).reshape(-1, 2))
    labels = [one.label for one in people]
    found = {}
    for zone in site.zones:
        if zone.on == PLAN:
            found[zone.id] = _count(zone, places, labels)
        elif (shown := newest.get(zone.on)) is not None:
            found[zone.id] = _count(zone, _anchors(zone, shown, site), shown.labels)
    return found


def _count(zone: Zone, points: F8, labels: Sequence[str]) -> int:
    wanted = np.array([not zone.allowed_classes or label in zone.allowed_classes for label in labels], np.bool_)
    return int((geometry.inside(zone.polygon, points) & wanted).sum()) if len(points) else 0


def _anchors(zone: Zone, shown: Shown, site: Site) -> F8:
    """Feet or centres (n, 2) of the boxes, in the px that the zone is drawn in."""
    left, top, right, bottom = shown.boxes.reshape(-1, 4).T
    y = bottom if zone.anchor == "foot" else (top + bottom) / 2
    drawn = site.camera(zone.on).frame_size or shown.size
    return np.stack([(left + right) / 2, y], axis=1) * (drawn[0] / shown.size[0], drawn[1] / shown.size[1])
