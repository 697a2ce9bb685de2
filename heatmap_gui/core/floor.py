"""One floor being measured: its cameras' detections become tracks, settled rows, a heat map, visits and crossings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import cv2
import numpy as np

from heatmap_gui.core import geometry
from heatmap_gui.core.grid import Grid
from heatmap_gui.core.heatmap import Heatmap
from heatmap_gui.core.meters.drawn import DrawnMeters
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.settling import Settled, Settler
from heatmap_gui.core.sights import ANYWHERE, Footing
from heatmap_gui.core.site import PLAN, Floor, Site
from heatmap_gui.core.ticks import Ticks
from heatmap_gui.core.tracker import SiteTracker
from heatmap_gui.core.tuning import TUNING
from heatmap_gui.core.types import F8, I2, I8, Bool, Boxes, Bucket, Detections, Live, Points

_OUTAGE_S = TUNING.forget_s / 2
_OUTSIDE_M = 0.75  # feet so far off the floor are somebody outside, a picture or a reflection


class MeasuredFloor:
    """Mutable, owned by one thread. Instants come in the order of time.

    name: "plan", or the id of the uncalibrated camera whose picture is the floor. cameras: projections by id.
    period_s: between frames of the fastest camera. lag_s: how long rows wait for what smooths them. ids: see tracker.
    """

    def __init__(
        self,
        site: Site,
        name: str,
        cameras: Mapping[str, Projection],
        labels: tuple[str, ...],
        *,
        strong: float,
        lag_s: float,
        period_s: float,
        ids: Iterator[int],
    ) -> None:
        self.projections = tuple(cameras.values())
        self.floor = site.floor if name == PLAN else Floor(None, *self.projections[0].size)
        self.name, self.labels, self.cameras = name, labels, tuple(cameras)
        self.grid = Grid.of(self.floor)
        footing = Footing(self.floor.holds, self._counts) if name == PLAN else ANYWHERE
        self.tracker = SiteTracker(self.projections, labels, strong=strong, ids=ids, footing=footing)
        walkable = self._mask([self.floor.from_px(p) for p in self.floor.walkable]) if self.floor.walkable else None
        footprints = {c: self._mask([p.footprint()]) for c, p in cameras.items()} if name == PLAN else None
        self.heatmap = Heatmap(self.grid, walkable, footprints)
        self._reach = _OUTSIDE_M if self.floor.unit == "m" else self.floor.width_px / 40
        self._near = None if walkable is None else _grown(walkable, self._reach / self.grid.cell)
        self._meters = DrawnMeters(site, name, cameras)
        self._period_s, self._lag_s = period_s, lag_s
        self._ticks = Ticks(period_s)
        self._rows = Settler((4,), TUNING.fade_s, lag_s, TUNING.forget_s)
        self._box_ticks = [Ticks(period_s) for _ in cameras]
        self._box_rows = [Settler((2, 4), TUNING.box_fade_s, lag_s, TUNING.box_memory_s) for _ in cameras]
        self._exposed: Counter[str] = Counter()
        self._over: list[int] = []
        self._settled: list[tuple[Points, list[Boxes]]] = []

    def step(self, at: float, views: Sequence[tuple[int, int, Detections]]) -> None:
        """What some cameras saw at one instant: (camera number, frame number, detections) each."""
        if at - self.tracker.at > _OUTAGE_S:
            self._settle(np.inf)  # while the tracks are there: this step may forget them
        self._over += self.tracker.step(at, [(camera, found) for camera, _, found in views]).tolist()
        tracks, before = self.tracker.tracks, self._ticks.at
        silent = at - before < 0.75 * self._period_s  # the fastest camera beats the time
        seen = tracks.seen(before)
        score = tracks.box_score.max(axis=0, initial=0.0)
        self._rows.push(at, tracks.id, tracks.mean, tracks.cov, self.tracker.q(), seen, score, silent=silent)
        for camera, frame, _ in views:
            self._push_boxes(camera, frame)
        if not silent:
            self._expose(at, self._ticks.add(at))

    def live(self, camera: int) -> Live:
        """The confirmed tracks now, with their boxes in one camera; `seen`: by it, at this instant."""
        tracks = self.tracker.tracks
        known, box, _ = self.tracker.boxes(camera)
        rows = np.flatnonzero(tracks.confirmed)
        return Live(
            tracks.id[rows],
            tracks.mean[0, rows],
            tracks.mean[1, rows],
            np.where(known, box[0], np.nan).T[rows],
            tracks.box_at[camera, rows] >= self.tracker.at,
            tracks.class_id[rows].astype(np.int16),
            self.labels,
        )

    def take(self, *, everything: bool = False) -> Bucket | None:
        """The facts settled since the last bucket; None while it is not worth it. everything: all there is."""
        if not (everything or self._rows.due()):
            return None
        self._settle(np.inf if everything else self.tracker.at - self._lag_s)
        return self._bucket([*self._over, *(self.tracker.tracks.id.tolist() if everything else ())])

    def redraw(self, site: Site) -> Bucket:
        """The zones and lines of this site from now on: all facts until now. Who is there stays who they are."""
        self._settle(np.inf)
        self._meters.redraw(site)
        return self._bucket(self._over)

    def _bucket(self, over: list[int]) -> Bucket:
        """What is settled. over: tracks that are."""
        points = Points.join([p for p, _ in self._settled])
        boxes = tuple(Boxes.join(list(parts)) for parts in zip(*(b for _, b in self._settled), strict=True))
        self._settled = []
        self._end(over)
        visits, crossings = self._meters.take()
        exposed, self._exposed = dict(self._exposed), Counter()
        tiles = tuple(self.heatmap.take_tiles())
        return Bucket(self.name, points, boxes, visits, crossings, tiles, exposed)

    def _settle(self, horizon: float) -> None:
        """Rows of instants up to the horizon: nothing that is still to come changes them."""
        tracks, sure = self.tracker.tracks, self.tracker.tracks.confirmed
        ids = tracks.id[sure].tolist()
        until = dict(zip(ids, tracks.seen_at[sure].tolist(), strict=True))
        points = self._points(self._rows.settle(until, horizon))
        boxes = []
        for number, rows in enumerate(self._box_rows):
            until = dict(zip(ids, tracks.box_at[number, sure].tolist(), strict=True))
            boxes.append(self._boxes(number, rows.settle(until, horizon)))
        self.heatmap.add(points)
        self._meters.add(points, boxes)
        self._settled.append((points, boxes))

    def _mask(self, polygons: Sequence[F8]) -> Bool:
        return geometry.rasterise(tuple(polygons), self.grid.shape, self.grid.cell, self.grid.origin)

    def _counts(self, points: F8) -> Bool:
        """Which of points (n, 2) are on this floor, or nearly so."""
        corner = np.array(self.grid.origin)
        far = corner + np.array(self.grid.shape[::-1]) * self.grid.cell
        near = np.asarray((np.maximum(corner - points, points - far) <= self._reach).all(axis=1))
        if self._near is not None:
            near &= self._near[self.grid.cell_of(points[:, 0], points[:, 1])]
        return near

    def _push_boxes(self, camera: int, frame: int) -> None:
        tracks, at = self.tracker.tracks, self.tracker.at
        known, mean, cov = self.tracker.boxes(camera)
        seen = (tracks.box_at[camera] >= at).astype(np.uint64)
        q = np.full(int(known.sum()), TUNING.box_q)
        score = tracks.box_score[camera, known]
        self._box_ticks[camera].add(at, frame)
        self._box_rows[camera].push(at, tracks.id[known], mean[..., known], cov[..., known], q, seen[known], score)

    def _expose(self, at: float, seconds: float) -> None:
        """Every camera that is still delivering saw its part of the floor since the last instant."""
        watched = {
            c: seconds for c, t in zip(self.cameras, self._box_ticks, strict=True) if at - t.at <= t.healthy_gap_s()
        }
        self._exposed.update(watched)
        self.heatmap.expose(at, watched)

    def _end(self, track_ids: list[int]) -> None:
        self.heatmap.end(track_ids)
        self._meters.end(track_ids)
        for rows in (self._rows, *self._box_rows):
            rows.forget(track_ids)
        self._over = []

    def _points(self, rows: Settled) -> Points:
        seconds, _ = self._ticks.of(rows.number)
        x, y, vx, vy = rows.mean
        return Points(
            rows.at, rows.id, x, y, vx, vy, rows.sigma, seconds, self._class_ids(rows.id), rows.seen, rows.seen == 0,
            self.labels,
        )  # fmt: skip

    def _boxes(self, camera: int, rows: Settled) -> Boxes:
        seconds, frames = self._box_ticks[camera].of(rows.number)
        return Boxes(
            self.cameras[camera], rows.at, frames, rows.id, rows.mean[0].T, rows.score, seconds,
            self._class_ids(rows.id), rows.seen == 0, self.labels,
        )  # fmt: skip

    def _class_ids(self, track_ids: I8) -> I2:
        tracks = self.tracker.tracks
        if len(track_ids) == 0:
            return np.zeros(0, np.int16)
        return tracks.class_id[np.searchsorted(tracks.id, track_ids)].astype(np.int16)


def _grown(mask: Bool, cells: float) -> Bool:
    """The mask and all within so many cells of it, flat."""
    distance = cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    return np.asarray(distance <= cells).ravel()
