"""The operator's document as frozen values: a floor plan, the cameras above it, the zones and lines drawn on it.

Reading and checking the files is `site_file.py`'s work; this module only says what a site is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np

from heatmap_gui.core import geometry
from heatmap_gui.core.calibration import Calibration
from heatmap_gui.core.types import F8, Bool

PLAN = "plan"
ZoneType = Literal["entry", "queue", "shelf", "checkout", "general", "forbidden"]
ZONE_TYPES: tuple[ZoneType, ...] = ("entry", "queue", "shelf", "checkout", "general", "forbidden")


@dataclass(frozen=True, slots=True, eq=False)
class Floor:
    """The plan. Floor units are metres where `metres_per_pixel` is known, else plan pixels.

    origin_m: the metres at plan pixel (0, 0). walkable: polygons (n, 2) in plan px; empty: everywhere.
    """

    plan_path: Path | None
    width_px: float
    height_px: float
    metres_per_pixel: float | None = None
    origin_m: tuple[float, float] = (0.0, 0.0)
    walkable: tuple[F8, ...] = ()

    @property
    def unit(self) -> Literal["m", "px"]:
        return "px" if self.metres_per_pixel is None else "m"

    @property
    def units_per_px(self) -> float:
        return 1.0 if self.metres_per_pixel is None else self.metres_per_pixel

    def from_px(self, points: F8) -> F8:
        """Plan px (..., 2) -> floor units."""
        if self.metres_per_pixel is None:
            return points
        return points * self.metres_per_pixel + self.origin_m

    def holds(self, points: F8) -> Bool:
        """Which of points (n, 2), floor units, somebody may stand on: within the plan, and the walkable area if any."""
        px = self.to_px(points)
        held = ((px >= 0) & (px <= (self.width_px, self.height_px))).all(axis=1)
        if self.walkable:
            held &= np.any([geometry.inside(polygon, px) for polygon in self.walkable], axis=0)
        return np.asarray(held)

    def to_px(self, points: F8) -> F8:
        """Floor units (..., 2) -> plan px."""
        if self.metres_per_pixel is None:
            return points
        return (points - self.origin_m) / self.metres_per_pixel


@dataclass(frozen=True, slots=True, eq=False)
class Camera:
    """One camera of the site. id is the text form ("1" for 1); written_id is as the file has it.

    calibration None: uncalibrated, its floor is its own image. frame_size: the size its geometry is in.
    """

    id: str
    name: str
    url: str
    written_id: int | str
    enabled: bool = True
    calibration: Calibration | None = None
    frame_size: tuple[int, int] | None = None
    fps_target: float | None = None
    detect_url: str | None = None
    offset_s: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Zone:
    """A polygon (n, 2), in px of `on`: the plan, or a camera's image.

    hold_s: how long somebody has to be inside to alert. debounce_s: how long it is quiet then; None: as settings say.
    """

    id: str
    name: str
    type: ZoneType
    polygon: F8
    on: str = PLAN
    allowed_classes: tuple[str, ...] = ()
    alert_classes: tuple[str, ...] = ()
    anchor: Literal["foot", "centre"] = "foot"
    active_hours: tuple[tuple[str, str], ...] = ()
    hold_s: float = 0.0
    debounce_s: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line from a to b (each (2,), px of `on`). in_side: which side of a walk from a to b (y down) is "in"."""

    id: str
    name: str
    a: F8
    b: F8
    on: str = PLAN
    kind: Literal["count", "stop"] = "count"
    in_side: Literal["left", "right"] = "left"
    direction: str | None = None
    speed_limit_kmh: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """A whole site. document: the file's JSON as it was read, unknown keys and all, for saving it again.

    hash: content hash (SHA-256, hex) of the geometry; warnings: what was odd but usable, in words.
    """

    name: str
    floor: Floor
    cameras: tuple[Camera, ...]
    zones: tuple[Zone, ...] = ()
    lines: tuple[Line, ...] = ()
    timezone: str = "UTC"
    path: Path | None = None
    hash: str = ""
    warnings: tuple[str, ...] = ()
    document: dict[str, Any] = field(default_factory=dict)

    def camera(self, camera_id: str) -> Camera:
        return next(c for c in self.cameras if c.id == camera_id)
