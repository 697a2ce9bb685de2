"""Lengths and places of what is drawn, in words: metres wherever the plan's scale reaches, else pixels."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PyQt6.QtCore import QCoreApplication, QLocale

from heatmap_gui.core import geometry
from heatmap_gui.core.drawn_views import to_plan
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import PLAN, Site
from heatmap_gui.core.types import F8

_SPACE = "\u202f"  # narrow, no break
_MINUS = "\u2212"
UNKNOWN = "\u2013"
_GRID_M, _NUDGE_M, _LEAST_M = 0.05, 0.01, 0.2


def number(value: float, decimals: int = 2) -> str:
    return QLocale().toString(float(value), "f", decimals).replace("-", _MINUS)


class Ruler:
    """Of one picture: the plan, or a camera's id. Points are px of it."""

    def __init__(self, site: Site, cameras: Mapping[str, Projection], place: str) -> None:
        self._site, self._cameras, self._place = site, cameras, place
        floor = site.floor
        self.metric = floor.unit == "m" and (place == PLAN or place in cameras)
        scale = floor.metres_per_pixel if place == PLAN else None
        self.step_px = _GRID_M / scale if scale else 1.0
        self.nudge_px = _NUDGE_M / scale if scale else 1.0
        self.least_px = _LEAST_M / scale if scale else 8.0
        self.unit = "m" if self.metric else "px"

    def units(self, points: F8) -> F8 | None:
        """Points (n, 2) in metres on the floor, or as they are; None beyond the horizon."""
        if not self.metric:
            return points
        plan_px = to_plan(self._site.floor, self._cameras, self._place, points)
        return None if plan_px is None else self._site.floor.from_px(plan_px)

    def length(self, points: F8) -> str:
        """Of a way (n, 2)."""
        placed = self.units(points)
        return UNKNOWN if placed is None else self._said(float(np.linalg.norm(np.diff(placed, axis=0), axis=1).sum()))

    def position(self, point: F8) -> str:
        """Of (2,)."""
        placed = self.units(point[None])
        if placed is None:
            return UNKNOWN
        words = QCoreApplication.translate("Zones", "x %1, y %2")
        return words.replace("%1", self._said(float(placed[0, 0]))).replace("%2", self._said(float(placed[0, 1])))

    def extent(self, corners: F8, *, closed: bool) -> str:
        """Area and outline of a zone (n, 2), or the length of a line."""
        if not closed:
            return self.length(corners)
        placed = self.units(corners)
        if placed is None:
            return UNKNOWN
        words = QCoreApplication.translate("Zones", "%1, outline %2")
        area = number(abs(geometry.area(placed)), 1 if self.metric else 0) + f"{_SPACE}{self.unit}²"
        return words.replace("%1", area).replace("%2", self.length(np.concatenate([corners, corners[:1]])))

    def _said(self, value: float) -> str:
        return number(value, 2 if self.metric else 0) + _SPACE + self.unit
