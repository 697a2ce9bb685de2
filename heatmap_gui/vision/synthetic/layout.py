"""What a synthetic scene is: a room, the blocks that stand in it, the cameras above it, the zones and lines on it.

World: metres, x right and y down as on the plan, z up from the floor.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from heatmap_gui.core.site import ZoneType
from heatmap_gui.core.types import F8

BlockKind = Literal["goods", "produce", "till", "post", "pillar"]
Rect = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Block:
    """A fixture: the box over the floor rectangle x0, y0, x1, y1, from the floor to `height`."""

    kind: BlockKind
    x0: float
    y0: float
    x1: float
    y1: float
    height: float

    @property
    def rect(self) -> Rect:
        return self.x0, self.y0, self.x1, self.y1


@dataclass(frozen=True)
class View:
    """A pinhole camera without lens distortion: where it hangs, the point it looks at, its horizontal angle."""

    id: int
    name: str
    position: tuple[float, float, float]
    target: tuple[float, float, float]
    angle_deg: float
    size: tuple[int, int] = (640, 360)

    @cached_property
    def focal_px(self) -> float:
        return float(self.size[0] / 2 / np.tan(np.radians(self.angle_deg) / 2))

    @cached_property
    def ahead(self) -> F8:
        """(2,) the unit vector on the floor along which the camera looks."""
        flat = np.subtract(self.target, self.position)[:2]
        return np.asarray(flat / np.linalg.norm(flat))

    @cached_property
    def axes(self) -> F8:
        """(3, 3) rows: image right, image down, optical axis, in world coordinates (y down: left-handed)."""
        axis = np.subtract(self.target, self.position)
        axis = axis / np.linalg.norm(axis)
        right = np.array([-self.ahead[1], self.ahead[0], 0.0])
        down = axis * axis[2] - [0.0, 0.0, 1.0]
        return np.stack([right, down / np.linalg.norm(down), axis])

    @cached_property
    def intrinsics(self) -> F8:
        """(3, 3) camera metres -> homogeneous px; pixel centres have whole coordinates."""
        width, height = self.size
        f = self.focal_px
        return np.array([[f, 0.0, (width - 1) / 2], [0.0, f, (height - 1) / 2], [0.0, 0.0, 1.0]])

    def project(self, points: F8) -> tuple[F8, F8]:
        """World metres (..., 3) -> image px (..., 2) and depth along the optical axis (...) in metres."""
        seen = (points - self.position) @ self.axes.T
        depth = seen[..., 2]
        safe = np.where(np.abs(depth) < 1e-6, 1e-6, depth)
        centre = self.intrinsics[:2, 2]
        return seen[..., :2] * (self.focal_px / safe)[..., None] + centre, depth

    @cached_property
    def floor_matrix(self) -> F8:
        """(3, 3) image px -> floor metres, for points on the floor."""
        to_camera = np.column_stack([self.axes[:, 0], self.axes[:, 1], -self.axes @ self.position])
        matrix = np.linalg.inv(self.intrinsics @ to_camera)
        return np.asarray(matrix / matrix[2, 2])


@dataclass(frozen=True, slots=True)
class Area:
    """A zone of the site: its corners in metres."""

    id: str
    name: str
    type: ZoneType
    corners: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """A counting line of the site, from a to b in metres; in_side as in the site file."""

    id: str
    name: str
    a: tuple[float, float]
    b: tuple[float, float]
    in_side: Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Till:
    """A till's queue: `slots` (x, y) in metres from the one who is served to the last in line."""

    slots: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Room:
    """The inside of the walls; `door` is the gap (x from, x to) in the wall at y1."""

    x0: float
    y0: float
    x1: float
    y1: float
    height: float
    door: tuple[float, float] | None = None
