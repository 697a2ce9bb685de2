"""From clicked pairs to a homography, with its errors in metres."""

from __future__ import annotations

from dataclasses import dataclass

from heatmap_gui.core.lens import Lens
from heatmap_gui.core.types import F8

CLICK_SIGMA_PX = 1.5
PLAN_SIGMA_PX = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """One camera's calibration as stored: pairs and matrix (undistorted image px -> plan px)."""

    matrix: F8
    camera_points: F8
    plan_points: F8
    lens: Lens | None = None
    error_m: float | None = None
