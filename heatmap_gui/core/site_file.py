"""What site files say, versions 1.0 and 2.0, as a Site: a wrong value is refused with its path and what is allowed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from heatmap_gui.core.calibration import Calibration
from heatmap_gui.core.document import Node
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.site import PLAN, Camera, Floor, Line, Site, Zone
from heatmap_gui.core.site_cameras import read_cameras
from heatmap_gui.core.site_zones import polygon, read_lines, read_zones

VERSIONS = ("1.0", "2.0")


def read_site(content: dict[str, Any], path: Path, matrices: dict[str, Any] | None = None) -> Site:
    """The site of a parsed document. path: where it stands, for relative paths and messages; it is not opened.

    matrices: the parsed homography_matrices_<store>.json; it fills gaps only.
    """
    root = Node(content, "", path.name)
    root.warn_unknown(("metadata", "store", "cameras", "summary", "zones", "lines"))
    if (metadata := root.get("metadata")) and (version := metadata.get("version")):
        replace(version, value=str(version.value)).choice(VERSIONS)
    store = root.need("store", "an object with the plan's name and size")
    spare = Node(matrices or {}, "", f"homography_matrices_{site_name(root, path)}.json")
    cameras = read_cameras(root, path.parent, spare)
    floor = _floor(store, path.parent, any(camera.calibration for camera in cameras))
    places = {PLAN, *(camera.id for camera in cameras)}
    zones, lines = read_zones(root, places), read_lines(root, places)
    return Site(
        name=site_name(root, path),
        floor=floor,
        cameras=cameras,
        zones=zones,
        lines=lines,
        timezone=_timezone(store),
        path=path,
        hash=site_hash(floor, cameras, zones, lines),
        warnings=tuple(root.warnings),
        document=content,
    )


def measurable(site: Site, name: str) -> Site:
    """The site, when it has a camera. name: of its file. Raises InputError when it has none yet."""
    if not site.cameras:
        raise InputError(f"{name}: cameras is missing or empty: add at least one camera")
    return site


def site_name(root: Node, path: Path) -> str:
    """What the document calls the store; else what its file does."""
    store, metadata = root.get("store"), root.get("metadata")
    name = (store and store.get("name")) or (metadata and metadata.get("store_name"))
    return name.text() if name else path.stem.removeprefix("calibration_")


def ground_hash(site: Site) -> str:
    """Of what decides where people are, of the cameras in use; what is drawn there does not."""
    return site_hash(site.floor, [camera for camera in site.cameras if camera.enabled], (), ())


def site_hash(floor: Floor, cameras: Iterable[Camera], zones: Iterable[Zone], lines: Iterable[Line]) -> str:
    """SHA-256 (hex) of what decides a measurement's geometry; names, addresses and the order of things do not."""
    geometry_only = {
        "floor": [
            floor.width_px, floor.height_px, floor.metres_per_pixel, floor.origin_m,
            [corners.tolist() for corners in floor.walkable],
        ],
        "cameras": {c.id: [c.frame_size, _calibration_values(c.calibration)] for c in cameras},
        "zones": {
            z.id: [z.type, z.on, z.polygon.tolist(), z.allowed_classes, z.alert_classes, z.anchor, z.active_hours]
            for z in zones
        },
        "lines": {
            n.id: [n.kind, n.on, n.a.tolist(), n.b.tolist(), n.in_side, n.direction, n.speed_limit_kmh] for n in lines
        },
    }  # fmt: skip
    text = json.dumps(geometry_only, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _calibration_values(calibration: Calibration | None) -> list[Any] | None:
    if calibration is None:
        return None
    c, lens = calibration, calibration.lens
    shape = lens and [lens.fx, lens.fy, lens.cx, lens.cy, lens.k1, lens.k2, lens.p1, lens.p2, lens.k3]
    return [c.matrix.tolist(), c.camera_points.tolist(), c.plan_points.tolist(), shape]


def _timezone(store: Node) -> str:
    node = store.get("timezone")
    if node is None:
        return "UTC"
    try:
        return ZoneInfo(node.text()).key
    except (KeyError, ValueError, OSError):
        node.refuse("an IANA time zone such as Europe/London")


def _floor(store: Node, folder: Path, needed: bool) -> Floor:
    store.warn_unknown(
        ("name", "plan_path", "plan_width", "plan_height", "metres_per_pixel", "plan_origin_m", "timezone", "walkable")
    )
    plan, scale, origin = store.get("plan_path"), store.get("metres_per_pixel"), store.get("plan_origin_m")
    width, height = store.get("plan_width"), store.get("plan_height")
    if needed:
        width, height = (store.need(key, "a number above 0 (px)") for key in ("plan_width", "plan_height"))
    return Floor(
        plan_path=folder / plan.text("a path") if plan and plan.text("a path") else None,
        width_px=width.positive("px") if width else 0.0,
        height_px=height.positive("px") if height else 0.0,
        metres_per_pixel=scale.positive("metres") if scale else None,
        origin_m=origin.point() if origin else (0.0, 0.0),
        walkable=tuple(polygon(node) for node in store.list("walkable")),
    )
