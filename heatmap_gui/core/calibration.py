"""From image pixels to the floor: lens, homography, their errors in metres."""

from __future__ import annotations

from dataclasses import dataclass

from heatmap_gui.core.types import F8


@dataclass(frozen=True, slots=True, eq=False)
class Lens:
    """Brown-Conrady lens, as OpenCV's (fx, fy, cx, cy in px; k1, k2, p1, p2, k3)."""

    fx: float
    fy: float
    cx: float
    cy: float
    k1: float = 0.0
    k2: float = 0.0
    p1: float = 0.0
    p2: float = 0.0
    k3: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """One camera's calibration as stored: pairs and matrix (undistorted image px -> plan px)."""

    matrix: F8
    camera_points: F8
    plan_points: F8
    lens: Lens | None = None
    error_m: float | None = None
