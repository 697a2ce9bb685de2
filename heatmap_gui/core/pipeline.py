"""The one pipeline: what detectors see in frames becomes facts on floors, for files and for live cameras alike."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from heatmap_gui.core.floor import MeasuredFloor
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import PLAN, Site
from heatmap_gui.core.types import Bucket, Detections, Frame, Observation


class Pipeline:
    """All floors of a site: the plan, which the calibrated cameras share, and each uncalibrated camera's picture.

    projections: of the cameras that take part, by id. strong: confidence that counts. lag_s: 2 for files, 0 live.
    period_s: between frames of the fastest camera. ids: rising numbers for the tracks. Mutable, owned by one thread.
    """

    def __init__(
        self,
        site: Site,
        projections: Mapping[str, Projection],
        labels: tuple[str, ...],
        *,
        strong: float = 0.5,
        lag_s: float = 2.0,
        period_s: float = 0.04,
        ids: Iterator[int] | None = None,
    ) -> None:
        self.labels = labels
        ids = ids or itertools.count(1)
        groups = {PLAN: {c: p for c, p in projections.items() if p.calibrated}} | {
            c: {c: p} for c, p in projections.items() if not p.calibrated
        }
        self.floors = {
            name: MeasuredFloor(site, name, cameras, labels, strong=strong, lag_s=lag_s, period_s=period_s, ids=ids)
            for name, cameras in groups.items()
            if cameras
        }
        self._where = {c: (floor, n) for floor in self.floors.values() for n, c in enumerate(floor.cameras)}

    def step(self, seen: Sequence[tuple[Frame, Detections]]) -> list[Observation]:
        """Frames of one instant (one a camera at most), with what was detected in them."""
        at = seen[0][0].at
        for floor in self.floors.values():
            views = [
                (self._where[frame.camera][1], frame.index, found)
                for frame, found in seen
                if self._where[frame.camera][0] is floor
            ]
            if views:
                floor.step(at, views)
        return [self._observed(frame, found) for frame, found in seen]

    def take(self, *, everything: bool = False) -> list[Bucket]:
        """The facts settled since the last call; with `everything` also those that still waited for what may come."""
        buckets = [floor.take(everything=everything) for floor in self.floors.values()]
        return [bucket for bucket in buckets if bucket is not None]

    def redraw(self, site: Site) -> list[Bucket]:
        """The zones and lines of this site from now on, on the floors that there are: the facts until now."""
        return [floor.redraw(site) for floor in self.floors.values()]

    def _observed(self, frame: Frame, found: Detections) -> Observation:
        floor, number = self._where[frame.camera]
        return Observation(frame, found, floor.live(number))
