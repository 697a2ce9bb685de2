"""A store's way from nothing to being measured: which steps its document says are done, and what each writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.site import Site

Step = Literal["store", "plan", "scale", "cameras", "calibrate", "zones", "live"]
STEPS: tuple[Step, ...] = ("store", "plan", "scale", "cameras", "calibrate", "zones", "live")
EMPTY_FLOOR_M_PER_PX = 0.02
_LONGEST_NAME = 60
_UNFIT = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]|^[.\s]|[.\s]$|_\d{8}_\d{6}$')  # for a file name on any platform


def done(site: Site | None, *, measured: bool) -> Mapping[Step, bool]:
    """Which steps are done. measured: whether the store is measured now."""
    if site is None:
        return MappingProxyType(dict.fromkeys(STEPS, False))
    enabled = [camera for camera in site.cameras if camera.enabled]
    return MappingProxyType(
        {
            "store": True,
            "plan": site.floor.width_px > 0,
            "scale": site.floor.metres_per_pixel is not None,
            "cameras": bool(site.cameras),
            "calibrate": bool(enabled) and all(camera.calibration is not None for camera in enabled),
            "zones": bool(site.zones or site.lines),
            "live": measured,
        }
    )


def check_store_name(name: str) -> str:
    """The name without spaces around it. Raises InputError when no file can have it."""
    name = name.strip()
    if not name or len(name) > _LONGEST_NAME or _UNFIT.search(name):
        raise InputError(
            f"store name '{name[:_LONGEST_NAME]}': write 1 to {_LONGEST_NAME} letters and digits, no / \\ : * ? < > |"
        )
    return name


def new_document(name: str, timezone: str) -> dict[str, Any]:
    """The document of a store that has nothing yet. timezone: IANA."""
    return {
        "metadata": {"version": "2.0", "store_name": name},
        "store": {"name": name, "timezone": timezone},
        "cameras": [],
        "zones": [],
        "lines": [],
    }


def put_plan(document: dict[str, Any], path: str, size_px: tuple[int, int]) -> None:
    """Another picture is the plan. Its scale is not known; what was drawn stays where it is in px."""
    store = document["store"]
    store.pop("metres_per_pixel", None)
    store |= {"plan_path": path, "plan_width": size_px[0], "plan_height": size_px[1]}


def put_empty_floor(document: dict[str, Any], width_m: float, depth_m: float) -> None:
    """A floor of a known size, without a picture."""
    store = document["store"]
    store.pop("plan_path", None)
    scale = EMPTY_FLOOR_M_PER_PX
    store |= {
        "plan_width": round(width_m / scale), "plan_height": round(depth_m / scale), "metres_per_pixel": scale
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewCamera:
    """A camera as it is added. url, detect_url: as they are written; frame_size: px, where it was seen."""

    id: str
    name: str
    url: str
    detect_url: str = ""
    frame_size: tuple[int, int] | None = None


def add_cameras(document: dict[str, Any], cameras: Iterable[NewCamera]) -> None:
    """One that is there already under an id has its address changed, and keeps all else."""
    listed = document.setdefault("cameras", [])
    for camera in cameras:
        written = next((known for known in listed if str(known.get("camera_id")) == camera.id), None)
        if written is None:
            written = {"camera_id": int(camera.id) if camera.id.isdecimal() else camera.id, "enabled": True}
            listed.append(written)
        written |= {"name": camera.name, "rtsp_url": camera.url}
        written.pop("detect_url", None)
        if camera.detect_url:
            written["detect_url"] = camera.detect_url
        if camera.frame_size is not None and not written.get("calibration"):
            written["frame_size"] = list(camera.frame_size)


def remove_camera(document: dict[str, Any], camera_id: str) -> None:
    """The camera, and what was drawn in its picture."""
    document["cameras"] = [c for c in document["cameras"] if str(c.get("camera_id")) != camera_id]
    for drawn in ("zones", "lines"):
        if drawn in document:
            document[drawn] = [one for one in document[drawn] if str(one.get("on", "plan")) != camera_id]
