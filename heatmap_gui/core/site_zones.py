"""The zones and lines of a site file, on the plan or on a camera's picture."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import cast

import numpy as np

from heatmap_gui.core import geometry
from heatmap_gui.core.document import Node
from heatmap_gui.core.site import PLAN, ZONE_TYPES, Line, Zone, ZoneType
from heatmap_gui.core.types import F8

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")
_FLAT = 1e-9
_ZONE_KEYS = (
    "id", "name", "type", "polygon", "on", "allowed_classes", "alert_classes", "anchor", "active_hours", "hold_s",
    "debounce_s",
)  # fmt: skip


def read_zones(root: Node, places: set[str]) -> tuple[Zone, ...]:
    """The zones of a site document. places: what a zone may be drawn on, the plan and the camera ids."""
    zones = tuple(_zone(node, places) for node in root.list("zones"))
    root.refuse_repeated("zones", "id")
    return zones


def read_lines(root: Node, places: set[str]) -> tuple[Line, ...]:
    """The lines of a site document."""
    lines = tuple(_line(node, places) for node in root.list("lines"))
    root.refuse_repeated("lines", "id")
    return lines


def _zone(node: Node, places: set[str]) -> Zone:
    node.warn_unknown(_ZONE_KEYS)
    zone_id = node.identifier("id", PLAN)
    name, kind, anchor = node.get("name"), node.get("type"), node.get("anchor")
    hold, debounce = node.get("hold_s"), node.get("debounce_s")
    return Zone(
        id=zone_id,
        name=name.text() if name else zone_id,
        type=cast("ZoneType", kind.choice(ZONE_TYPES)) if kind else "general",
        polygon=polygon(node.need("polygon", "a list of at least 3 corners [x, y]")),
        on=_place(node, places),
        allowed_classes=tuple(item.text() for item in node.list("allowed_classes")),
        alert_classes=tuple(item.text() for item in node.list("alert_classes")),
        anchor="centre" if anchor and anchor.choice(("foot", "centre")) == "centre" else "foot",
        active_hours=tuple(_hours(item) for item in node.list("active_hours")),
        hold_s=hold.number("seconds, 0 or more", 0.0) if hold else 0.0,
        debounce_s=debounce.number("seconds, 0 or more", 0.0) if debounce else None,
    )


def _line(node: Node, places: set[str]) -> Line:
    node.warn_unknown(("id", "name", "kind", "a", "b", "on", "in_side", "direction", "speed_limit_kmh"))
    line_id = node.identifier("id", PLAN)
    name, kind, in_side = node.get("name"), node.get("kind"), node.get("in_side")
    direction, limit = node.get("direction"), node.get("speed_limit_kmh")
    a, b = (node.need(key, "[x, y]").point() for key in ("a", "b"))
    if a == b:
        node.refuse("two different ends a and b")
    return Line(
        id=line_id,
        name=name.text() if name else line_id,
        a=np.array(a),
        b=np.array(b),
        on=_place(node, places),
        kind="stop" if kind and kind.choice(("count", "stop")) == "stop" else "count",
        in_side="right" if in_side and in_side.choice(("left", "right")) == "right" else "left",
        direction=direction.text() if direction else None,
        speed_limit_kmh=limit.positive("km/h") if limit else None,
    )


def polygon(node: Node) -> F8:
    """Corners (n, 2), without those that repeat the one before (a ring may be written closed)."""
    corners, allowed = _ring(tuple(node.points().ravel().tolist()))
    if allowed:
        node.refuse(allowed)
    return corners.copy()


@lru_cache(maxsize=4096)
def _ring(flat: tuple[float, ...]) -> tuple[F8, str]:
    """The corners of a ring x, y, x, y …, and what is allowed where they are no polygon. Remembered, as a site is read
    again at each step of an edit, and most of it is as it was.
    """
    corners = np.array(flat).reshape(-1, 2)
    if len(corners) > 1:
        corners = corners[np.any(corners != np.roll(corners, 1, axis=0), axis=1)]
    if len(corners) < 3:
        return corners, f"at least 3 different corners [x, y] (there are {len(corners)})"
    if crossing := geometry.self_crossing(corners):
        edges = [
            "-".join(f"({x:g}, {y:g})" for x, y in (corners[i], corners[(i + 1) % len(corners)])) for i in crossing
        ]
        return corners, f"a polygon that does not cross itself (its edges {edges[0]} and {edges[1]} meet)"
    if abs(geometry.area(corners)) < _FLAT * float(np.ptp(corners, axis=0).max()) ** 2:
        return corners, "a polygon with an area (its corners lie on one line)"
    return corners, ""


def _place(node: Node, places: set[str]) -> str:
    on = node.get("on")
    if on is None:
        return PLAN
    if isinstance(on.value, bool) or str(on.value) not in places:
        on.refuse(", ".join(sorted(places)))
    return str(on.value)


def _hours(node: Node) -> tuple[str, str]:
    allowed = '["HH:MM", "HH:MM"], two different times'
    times = [item.text(allowed) for item in node.items(allowed)]
    if len(times) != 2 or not all(_CLOCK.fullmatch(time) for time in times) or times[0] == times[1]:
        node.refuse(allowed)
    return times[0], times[1]
