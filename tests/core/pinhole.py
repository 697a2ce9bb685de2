"""A pinhole camera above a floor, of which everything is known: the truth for calibration and projection."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from heatmap_gui.core.types import F8


@dataclass(frozen=True)
class Pinhole:
    """Square pixels, principal point in the middle; stands at x, y (m on the plan, y down), `height` m above it.

    pan: degrees from the plan's x axis, clockwise as seen from above; tilt: degrees below the horizontal.
    """

    x: float = 10.0
    y: float = -4.0
    height: float = 5.0
    pan: float = 90.0
    tilt: float = 30.0
    focal: float = 600.0
    size: tuple[int, int] = (800, 600)

    def camera_matrix(self) -> F8:
        width, height = self.size
        return np.array([[self.focal, 0, width / 2], [0, self.focal, height / 2], [0, 0, 1]])

    def project(self, points_m: F8, up_m: float | F8 = 0.0) -> F8:
        """Floor metres (n, 2) and a height above them, one or (n,) -> ideal px (n, 2); NaN behind the camera."""
        p, t = np.radians(self.pan), np.radians(self.tilt)
        # World: x right, y down the plan, z into the floor: right-handed, as the camera's x right, y down, z ahead.
        ahead = np.array([np.cos(p) * np.cos(t), np.sin(p) * np.cos(t), np.sin(t)])
        right = np.array([-np.sin(p), np.cos(p), 0.0])
        rotation = np.array([right, np.cross(ahead, right), ahead])
        world = np.column_stack([points_m, np.broadcast_to(-np.asarray(up_m), len(points_m))]) - (
            self.x,
            self.y,
            -self.height,
        )
        seen = world @ rotation.T @ self.camera_matrix().T
        return np.asarray(seen[:, :2] / np.where(seen[:, 2:] > 0, seen[:, 2:], np.nan))

    def homography(self, metres_per_pixel: float = 0.02) -> F8:
        """Ideal px -> plan px, from four exact points."""
        plan = np.array([[8.0, 2.0], [12.0, 2.0], [13.0, 9.0], [7.0, 9.0]])
        rows = []
        for (u, v), (x, y) in zip(self.project(plan), plan / metres_per_pixel, strict=True):
            rows.append([u, v, 1, 0, 0, 0, -x * u, -x * v, -x])
            rows.append([0, 0, 0, u, v, 1, -y * u, -y * v, -y])
        return np.asarray(np.linalg.svd(np.array(rows))[2][-1].reshape(3, 3))
