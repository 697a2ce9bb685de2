"""What is drawn on the floor as one camera's picture shows it."""

from __future__ import annotations

from contextlib import suppress

import numpy as np

from heatmap_gui.core.drawn_views import outline_in_camera
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import PLAN, Camera, Line, Site, Zone
from heatmap_gui.core.types import F8


class CameraView:
    """All in px of the camera's frames of this size (width, height).

    zones, lines: with their polygon (k, 2), with their ends (2, 2); those that it cannot see are left out.
    """

    def __init__(self, site: Site, camera: Camera, size: tuple[int, int]) -> None:
        self.size, self._floor, self._camera = size, site.floor, camera
        self._projection: Projection | None = None
        with suppress(InputError):  # frames of another shape: the engine suspends such a camera, and says so
            self._projection = Projection.of(site.floor, camera, size)
        drawn_zones = ((zone, self._outline(zone.on, zone.polygon)) for zone in site.zones)
        self.zones: list[tuple[Zone, F8]] = [(zone, points) for zone, points in drawn_zones if self._seen(points)]
        drawn_lines = ((line, self._outline(line.on, np.stack([line.a, line.b]))) for line in site.lines)
        self.lines: list[tuple[Line, F8]] = [
            (line, points[[0, -1]]) for line, points in drawn_lines if self._seen(points)
        ]

    @property
    def drawn(self) -> bool:
        """Whether it sees anything that is drawn on the floor."""
        return bool(self.zones or self.lines)

    def places(self, points: F8) -> F8:
        """Floor units (n, 2) -> px (n, 2); NaN behind the camera, and for a camera without calibration its own px."""
        if self._projection is None or not len(points):
            return np.full((len(points), 2), np.nan)
        return self._projection.to_image(points)

    def _outline(self, on: str, points: F8) -> F8:
        projection = self._projection
        if projection is not None and on == self._camera.id:
            return points * projection.scale
        if projection is None or on != PLAN or not projection.calibrated:
            return np.zeros((0, 2))
        seen = outline_in_camera(self._floor, projection, points, closed=len(points) > 2)
        return np.zeros((0, 2)) if seen is None else seen

    def _seen(self, points: F8) -> bool:
        return len(points) > 1 and bool((points.max(axis=0) > 0).all() and (points.min(axis=0) < self.size).all())
