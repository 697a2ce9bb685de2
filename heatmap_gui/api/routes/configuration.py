"""What is configured, without its secrets: the configuration as a whole, a store's cameras and forbidden ROIs."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from heatmap_gui.api.parts import Admin, Parts, StoreName, Viewer
from heatmap_gui.api.problems import saying
from heatmap_gui.core.site import Zone
from heatmap_gui.logs import mask

router = APIRouter(tags=["configuration"])


class CameraConfig(BaseModel):
    """As in cameras.yaml. rtsp_url: its password is ***."""

    id: str
    name: str
    rtsp_url: str
    enabled: bool
    fps_target: float | None


class CamerasConfig(BaseModel):
    cameras: list[CameraConfig]


class Roi(BaseModel):
    """points: in px of the camera's frames."""

    name: str
    points: list[tuple[float, float]]


class CameraRois(BaseModel):
    """As in rois.yaml. allowed_classes, alert_classes: of all its ROIs."""

    camera_id: str
    forbidden_rois: list[Roi]
    allowed_classes: list[str]
    alert_classes: list[str]


class RoisConfig(BaseModel):
    cameras: list[CameraRois]


class ConfigAnswer(BaseModel):
    """production: as the file says it, secrets as references or ***. refused: why its newest state is not in force."""

    production: dict[str, Any]
    warnings: list[str]
    refused: str | None
    refused_sites: dict[str, str] = Field(description="By store: why its newest site file is not in force.")


@router.get("/config/cameras", responses=saying(404, 409))
def config_cameras(parts: Parts, who: Viewer, store_name: StoreName) -> CamerasConfig:
    """A store's cameras, as cameras.yaml has them."""
    return CamerasConfig(
        cameras=[
            CameraConfig(
                id=camera.id, name=camera.name, rtsp_url=mask(camera.url), enabled=camera.enabled,
                fps_target=camera.fps_target,
            )
            for camera in parts.catalog.site(store_name).cameras
        ]
    )  # fmt: skip


@router.get("/config/rois", responses=saying(404, 409))
def config_rois(parts: Parts, who: Viewer, store_name: StoreName) -> RoisConfig:
    """The forbidden zones on a store's pictures, as rois.yaml has them."""
    zones: dict[str, list[Zone]] = defaultdict(list)
    site = parts.catalog.site(store_name)
    cameras = {camera.id for camera in site.cameras}
    for zone in site.zones:
        if zone.type == "forbidden" and zone.on in cameras:
            zones[zone.on].append(zone)
    return RoisConfig(
        cameras=[
            CameraRois(
                camera_id=camera,
                forbidden_rois=[Roi(name=zone.name, points=zone.polygon.tolist()) for zone in of_camera],
                allowed_classes=sorted({name for zone in of_camera for name in zone.allowed_classes}),
                alert_classes=sorted({name for zone in of_camera for name in zone.alert_classes}),
            )
            for camera, of_camera in zones.items()
        ]
    )


@router.get("/api/v1/config")
def config(parts: Parts, who: Admin) -> ConfigAnswer:
    """The configuration that is in force."""
    catalog = parts.catalog
    return ConfigAnswer(
        production=catalog.shown()["config:production"],
        warnings=list(catalog.production.warnings),
        refused=catalog.refused,
        refused_sites=catalog.refused_sites,
    )
