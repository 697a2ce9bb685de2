"""Cameras and zones that the API adds to a store's site file: the same document as the console's, a version kept."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import numpy as np

from heatmap_gui.core.errors import ConflictError, InputError, NotFoundError
from heatmap_gui.core.image_bytes import read_header
from heatmap_gui.core.site import Camera, Site, Zone
from heatmap_gui.core.types import F8
from heatmap_gui.logs import mask
from heatmap_gui.services.camera_addresses import free_id
from heatmap_gui.services.catalog import Catalog
from heatmap_gui.services.drafts import Draft
from heatmap_gui.services.secrets import Seal, hide
from heatmap_gui.store.files import write_atomically
from heatmap_gui.store.site_files import find_site

_SCHEMES = ("rtsp", "rtsps", "http", "https")
ONE_EDIT = threading.Lock()  # of this process: each reads the file, and writes it anew
_SAME_SHAPE = 0.01
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CameraAnswer:
    """rtsp_url: without its password. frame_size: what zones on its picture are drawn in, px; null: not known yet."""

    id: str
    name: str
    rtsp_url: str
    enabled: bool
    calibrated: bool
    frame_size: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class ZoneAnswer:
    """camera_id: whose picture it is drawn on; null: on the plan. polygon: in px of that."""

    id: str
    name: str
    ztype: str
    camera_id: str | None
    polygon: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class ScreenshotAnswer:
    """scale: what polygons that are drawn on it are multiplied with, x and y. format: as its content says."""

    camera_id: str
    width: int
    height: int
    frame_size: tuple[int, int]
    scale: tuple[float, float]
    format: str


class SiteEdits:
    """Of the stores of a catalog. Any thread may use it."""

    def __init__(self, catalog: Catalog, seal: Seal) -> None:
        self._catalog, self._seal = catalog, seal

    def cameras(self, store_name: str) -> list[CameraAnswer]:
        return [self._camera(camera) for camera in self._site(store_name).cameras]

    def zones(self, store_name: str, camera_id: str | None = None) -> list[ZoneAnswer]:
        return [_zone(zone) for zone in self._site(store_name).zones if camera_id in (None, zone.on)]

    def add_camera(self, store_name: str, name: str, url: str, enabled: bool) -> CameraAnswer:
        """Its address is sealed. Raises InputError for one that is no network stream."""
        try:
            parts = urlsplit(url)
            fine = parts.scheme.lower() in _SCHEMES and parts.hostname and (parts.port is None or parts.port > 0)
        except ValueError:
            fine = False
        if not fine:
            raise InputError("rtsp_url: not a stream's address: allowed: rtsp://USER:PASSWORD@HOST:554/PATH, or http")
        hide(url)

        def change(document: dict[str, Any]) -> str:
            cameras = document.setdefault("cameras", [])
            camera_id = free_id(str(camera.get("camera_id")) for camera in cameras)
            added = {"camera_id": int(camera_id), "name": name, "rtsp_url": self._seal.keep_address(url)}
            cameras.append(added | {"enabled": enabled})
            return camera_id

        site, camera_id = self._edit(store_name, change)
        return self._camera(site.camera(camera_id))

    def add_zone(self, store_name: str, camera_id: str, name: str, ztype: str, polygon: F8) -> ZoneAnswer:
        """polygon (n, 2): in px of the camera's last screenshot; of its frames where none was sent. It tests the
        centres of boxes.
        """

        def change(document: dict[str, Any]) -> str:
            camera = _found(document, camera_id)
            zones = document.setdefault("zones", [])
            zone_id = free_id(str(zone.get("id")) for zone in zones)
            corners = (polygon * _scale(camera)).round(3).tolist()
            added = {"id": int(zone_id), "name": name, "type": ztype, "polygon": corners, "on": camera_id}
            zones.append(added | {"anchor": "centre"})
            return zone_id

        site, zone_id = self._edit(store_name, change)
        return _zone(next(zone for zone in site.zones if zone.id == zone_id))

    def screenshot(
        self, store_name: str, camera_id: str, content: bytes, width: int | None, height: int | None
    ) -> ScreenshotAnswer:
        """From now on polygons of this camera are in px of a picture of this size; the picture itself is not kept.

        width, height: that the sender says it has. Raises InputError where it is no picture, or of another size or
        shape.
        """
        header = read_header(content)
        size = header.width, header.height
        if (width or size[0], height or size[1]) != size:
            said = f"the picture has {size[0]} x {size[1]} px"
            raise InputError(f"img_width, img_height: {said}: give these, or send the picture as it is")

        def change(document: dict[str, Any]) -> dict[str, Any]:
            camera = _found(document, camera_id)
            frame = camera.setdefault("frame_size", list(size))
            if abs(size[0] * frame[1] / (size[1] * frame[0]) - 1) > _SAME_SHAPE:
                raise ConflictError(
                    f"the picture has another shape than the camera's frames ({frame[0]} x {frame[1]} px): take one of"
                    " the whole frame"
                )
            camera["screenshot_size"] = list(size)
            return camera

        _, camera = self._edit(store_name, change)
        frame = int(camera["frame_size"][0]), int(camera["frame_size"][1])
        scale = _scale(camera)
        return ScreenshotAnswer(camera_id, *size, frame, (float(scale[0]), float(scale[1])), header.format)

    def _site(self, store_name: str) -> Site:
        self._catalog.poll()
        return self._catalog.site(store_name)

    def _camera(self, camera: Camera) -> CameraAnswer:
        url = mask(self._seal.open(camera.url))
        return CameraAnswer(
            camera.id, camera.name, url, camera.enabled, camera.calibration is not None, camera.frame_size
        )

    def _edit(self, store_name: str, change: Callable[[dict[str, Any]], T]) -> tuple[Site, T]:
        """-> the site as it is then, and what `change` returned. Raises InputError, with nothing changed."""
        returned: list[T] = []
        with ONE_EDIT:
            draft = Draft(self._path(store_name))
            draft.edit(lambda document: returned.append(change(document)), "edit by the API")
            draft.pending(datetime.now(UTC), version=True)()
        self._catalog.poll()
        return draft.site, returned[0]

    def _path(self, store_name: str) -> Path:
        """Of a store's site file; the store of this API gets one when it has none."""
        settings = self._catalog.settings
        try:
            return find_site(settings.calibration_dir, store_name)
        except InputError:
            if store_name != settings.store_id:
                raise ConflictError(
                    f"{store_name}: its cameras are in {settings.cameras_file}: edit them there"
                ) from None
        path = settings.calibration_dir / f"calibration_{store_name}.json"
        document = {"metadata": {"version": "2.0"}, "store": {"name": store_name}, "cameras": []}
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(document).encode())
        return path


def _found(document: dict[str, Any], camera_id: str) -> dict[str, Any]:
    for camera in document.get("cameras", ()):
        if str(camera.get("camera_id")) == camera_id:
            found: dict[str, Any] = camera
            return found
    raise NotFoundError(f"camera_id {camera_id!r}: there is no such camera: GET /api/cameras lists those there are")


def _scale(camera: dict[str, Any]) -> F8:
    frame, drawn = camera.get("frame_size"), camera.get("screenshot_size")
    if not frame or not drawn:
        return np.ones(2)
    return np.asarray(np.array(frame, np.float64) / np.array(drawn, np.float64))


def _zone(zone: Zone) -> ZoneAnswer:
    corners = tuple((float(x), float(y)) for x, y in zone.polygon)
    return ZoneAnswer(zone.id, zone.name, zone.type, None if zone.on == "plan" else zone.on, corners)
