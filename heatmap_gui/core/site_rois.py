"""Cameras in one document, the forbidden ROIs of their pictures in another (`cameras.yaml`, `rois.yaml`), as a Site.

A ROI (region of interest) becomes a forbidden zone on its camera's picture, where the centre of a box is tested.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from heatmap_gui.core.document import Node
from heatmap_gui.core.site import PLAN, Site
from heatmap_gui.core.site_file import measurable, read_site
from heatmap_gui.core.site_zones import polygon

_AS_IN_SITE_FILES = ("name", "rtsp_url", "enabled", "fps_target", "frame_size", "detect_url", "offset_s")
_CLASSES = ("allowed_classes", "alert_classes")
_CLASS = "a class name (in quotes where it is a number, yes, no, on or off)"
_NAME = "a text that is not empty"
_FOREIGN = re.compile(r"[^A-Za-z0-9_-]+")


def read_camera_site(cameras: Node, rois: Node | None, path: Path) -> Site:
    """The site of the two documents, all its cameras uncalibrated. path: of the cameras' file; it is not opened.

    The site's own `document` is the same as a site file of version 2.0. Raises InputError for a wrong value.
    """
    cameras.warn_unknown(("cameras", "store"))
    store, nodes = cameras.get("store"), cameras.list("cameras")
    ids = {node.identifier("id", PLAN) for node in nodes}
    cameras.refuse_repeated("cameras", "id")
    document = {
        "metadata": {"version": "2.0"},
        "store": store.value if store else {},
        "cameras": [_camera(node) for node in nodes],
        "zones": _zones(rois, ids, cameras.name) if rois and ids else [],  # a site without cameras is refused below
    }
    site = measurable(read_site(document, path), path.name)
    return replace(site, warnings=(*cameras.warnings, *(rois.warnings if rois else ()), *site.warnings))


def _camera(node: Node) -> dict[str, Any]:
    """A camera as site files have it, without what is unknown here: it stays in the file, and might mean much there."""
    node.warn_unknown(("id", *_AS_IN_SITE_FILES))
    return {"camera_id": node.value["id"]} | {key: node.value[key] for key in _AS_IN_SITE_FILES if key in node.value}


def _zones(rois: Node, camera_ids: set[str], cameras_name: str) -> list[dict[str, Any]]:
    rois.warn_unknown(("cameras",))
    zones: dict[str, dict[str, Any]] = {}
    for camera in rois.need("cameras", "a list of cameras with their forbidden_rois").items():
        camera.warn_unknown(("camera_id", "forbidden_rois", *_CLASSES))
        camera_id = camera.identifier("camera_id", PLAN)
        if camera_id not in camera_ids:
            camera.need("camera_id", "").refuse(f"an id that {cameras_name} has: {', '.join(sorted(camera_ids))}")
        classes = {key: [item.text(_CLASS) for item in camera.list(key)] for key in _CLASSES}
        for roi in camera.list("forbidden_rois"):
            zone = _zone(roi, camera_id) | classes
            if zone["id"] in zones:
                roi.need("name", _NAME).refuse(f"another name: there is a zone {zone['id']} already")
            zones[zone["id"]] = zone
    rois.refuse_repeated("cameras", "camera_id")
    return list(zones.values())


def _zone(roi: Node, camera_id: str) -> dict[str, Any]:
    roi.warn_unknown(("name", "points"))
    name = roi.need("name", _NAME)
    if not name.text(_NAME).strip():
        name.refuse(_NAME)
    corners = polygon(roi.need("points", "a list of at least 3 corners [x, y]"))
    return {
        "id": _zone_id(camera_id, name.value),
        "name": name.value,
        "type": "forbidden",
        "polygon": corners.tolist(),
        "on": camera_id,
        "anchor": "centre",
    }


def _zone_id(camera_id: str, name: str) -> str:
    """The same for the same names, whatever else there is; what an id cannot hold of a name leaves a mark of it."""
    kept = _FOREIGN.sub("_", name).strip("_")
    mark = "" if kept == name else hashlib.sha256(name.encode()).hexdigest()[:6]
    return "-".join(part for part in (camera_id, kept, mark) if part)
