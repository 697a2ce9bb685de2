"""One tracker a site: one state a person on the floor, in metres, which every camera that sees him updates."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np

from heatmap_gui.core import kalman
from heatmap_gui.core.association import assign, overlap, surprise, within
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.sights import ANYWHERE, Footing, Sights
from heatmap_gui.core.tracks import Tracks
from heatmap_gui.core.tuning import TUNING, WEAK, Tuning
from heatmap_gui.core.types import F8, I8, VEHICLE_HEIGHTS_M, Bool, Detections


class SiteTracker:
    """Tracks on one floor. Owned by one thread; give instants in the order of time.

    projections: of the cameras that share the floor; labels: the detector's classes; strong: confidence that may found
    a track; footing: where somebody may stand; ids: rising numbers for the tracks, shared by the floors of a site.
    """

    def __init__(
        self,
        projections: Sequence[Projection],
        labels: tuple[str, ...],
        *,
        strong: float = 0.5,
        tuning: Tuning = TUNING,
        ids: Iterator[int] | None = None,
        footing: Footing = ANYWHERE,
    ) -> None:
        self.projections = tuple(projections)
        self.labels = labels
        self.tuning = tuning
        self.at = -np.inf
        self._ids = ids or itertools.count(1)
        self._footing = footing
        self.tracks = Tracks.new(np.zeros(0, np.int64), 0.0, len(self.projections), len(labels))
        self._strong = strong
        self._looked_at = np.full(len(self.projections), -np.inf)  # when each camera's last frame was
        self._height_m = np.array([VEHICLE_HEIGHTS_M.get(label, np.nan) for label in labels])
        self._vehicle: Bool = np.asarray(~np.isnan(self._height_m))
        self._same_s: dict[tuple[int, int], float] = {}  # pairs of tracks that may be one: how long it looked so

    def step(self, at: float, views: Sequence[tuple[int, Detections]]) -> I8:
        """Takes what some cameras (by number) saw at one instant. -> ids of the tracks that are over."""
        before, gap_s = self.tracks.id, at - self.at
        if len(before):
            self.tracks.mean, self.tracks.cov = self._predicted(gap_s)
        self.at = at
        for camera, found in sorted(views, key=lambda view: view[0]):
            self._see(Sights.of(camera, self.projections[camera], found, self._height_m, self._footing, self.tuning))
        self._doubt([camera for camera, _ in views])
        self._merge(gap_s)
        if self.tracks.id is before:  # as nearly always: nobody came or went
            return before[:0]
        return np.setdiff1d(before, self.tracks.id, assume_unique=True)

    def q(self) -> F8:
        """Acceleration density (n,) of each track in floor units."""
        t, scale = self.tuning, self.tracks.scale
        return np.where(self.vehicles(), t.q_vehicle, t.q_person) * scale * scale

    def vehicles(self) -> Bool:
        return self._vehicle[self.tracks.class_id]

    def boxes(self, camera: int) -> tuple[Bool, F8, F8]:
        """Which tracks this camera remembers (n,), and their boxes now: mean (2, 4, n), cov (2, 2, n)."""
        tracks, t = self.tracks, self.tuning
        age_s = self.at - tracks.box_at[camera]
        known = age_s <= t.box_memory_s
        age_s = np.where(known, age_s, 0.0)
        return known, *kalman.predict(tracks.box_mean[camera], tracks.box_cov[camera], age_s, t.box_fade_s, t.box_q)

    def _predicted(self, gap_s: float) -> tuple[F8, F8]:
        return kalman.predict(self.tracks.mean, self.tracks.cov, gap_s, self.tuning.fade_s, self.q())

    def _see(self, sights: Sights) -> None:
        """One camera's detections: strong ones first, then weak ones for tracks that it saw lately, then new tracks."""
        t = self.tuning
        known, box_mean, box_cov = self.boxes(sights.camera)
        strong = sights.score >= self._strong
        free, new = np.ones(len(self.tracks), np.bool_), strong.copy()
        rows, found, cost = self._pairs(sights, known, box_mean[0], box_cov[0, 0])
        able = strong[found]
        hits = []
        for may, limit in ((able, t.max_cost), (~able & known[rows] & (cost <= t.max_cost_weak), t.max_cost_weak)):
            left = (may & free[rows]).nonzero()[0]
            hits.append(left[assign(rows[left], found[left], cost[left], limit)])
            free[rows[hits[-1]]] = False
        hit = np.concatenate(hits)
        i, j = rows[hit], found[hit]
        new[j] = False
        fresh = new.nonzero()[0]
        if len(fresh) and len(j):
            fresh = fresh[overlap(sights.boxes[:, fresh, None], sights.boxes[:, None, j]).max(axis=1) < t.twin_iou]
        if len(fresh):
            back = self._back(free & ~known, fresh, sights)
            i, j = np.append(i, back[0]), np.append(j, back[1])
            fresh = np.setdiff1d(fresh, back[1], assume_unique=True)
        if len(i):
            self._hit(i, j, sights, known, box_mean, box_cov)
        if len(fresh):
            self._found(fresh, sights)

    def _back(self, free: Bool, new: I8, sights: Sights) -> tuple[I8, I8]:
        """Tracks and new detections that are one: the only one lost near there, and the only one to be seen near there.

        Who appears at the picture's edge came in.
        """
        t, tracks = self.tuning, self.tracks
        lost_s = self.at - tracks.seen_at
        lost = np.flatnonzero(free & tracks.confirmed & (lost_s > t.box_memory_s) & (lost_s <= t.forget_s))
        if not len(lost):
            return lost, lost
        dx, dy = sights.z[:, None] - tracks.mean[:2, lost, None]
        distance = np.hypot(dx, dy) / sights.scale
        reach = (t.back_m + t.back_m_s * lost_s[lost])[:, None]
        near = distance < 2 * reach
        left, top, right, bottom = sights.boxes
        width, height = self.projections[sights.camera].size
        inner = (np.minimum(left, width - right) > bottom - top) & (bottom < height - 1)
        alike = self.vehicles()[lost, None] == self._vehicle[sights.class_id]
        alone = (near.sum(axis=1, keepdims=True) == 1) & (near[:, new].sum(axis=0) == 1)[None]
        good = alone & (distance < reach)[:, new] & (inner & alike)[:, new]
        i, j = np.nonzero(good)
        return lost[i], new[j]

    def _pairs(self, sights: Sights, known: Bool, boxes: F8, box_var: F8) -> tuple[I8, I8, F8]:
        """Which tracks (k,) may be which detections (k,), and what that costs (k,), at most `max_cost`."""
        t, tracks = self.tuning, self.tracks
        floor = tracks.mean[:2], tracks.cov[:2, :2], sights.z, sights.r
        pairs = within(t.gate * t.slack, *floor)
        distance, cost = surprise(pairs, *floor, sights.scale)
        near = ((distance <= t.gate * t.slack) & (cost <= t.max_cost)).nonzero()[0]
        i, j, distance, cost = pairs[0][near], pairs[1][near], distance[near], cost[near]
        shared = overlap(boxes.take(i, axis=1), sights.boxes.take(j, axis=1), np.sqrt(box_var)[i])
        seen = known[i]
        cost += t.w_box * np.where(seen, 1 - shared, t.box_unknown) + t.lost * (self.at - tracks.seen_at)[i]
        may = (distance <= t.gate) | (seen & (shared > 0.5))
        may &= (cost <= t.max_cost) & (self.vehicles()[i] == self._vehicle[sights.class_id][j])
        return i[may], j[may], cost[may]

    def _hit(self, i: I8, j: I8, sights: Sights, known: Bool, box_mean: F8, box_cov: F8) -> None:
        """Tracks i are detections j."""
        t, tracks, camera = self.tuning, self.tracks, sights.camera
        boxes, score = sights.boxes.take(j, axis=1), sights.score[j]
        box_mean, box_cov, fresh = box_mean.take(i, axis=2), box_cov.take(i, axis=2), ~known[i]
        lost_px = np.maximum(box_mean[0, 3] - box_mean[0, 1] - (boxes[3] - boxes[1]), 0.0)
        lost_px[fresh] = 0.0
        mean, cov = tracks.mean.take(i, axis=1), tracks.cov.take(i, axis=2)
        mean, cov = kalman.update(mean, cov, sights.z.take(j, axis=1), sights.noise(j, lost_px, t))
        tracks.mean[:, i], tracks.cov[..., i] = mean, cov
        tracks.scale[i] += 0.2 * (sights.scale[j] - tracks.scale[i])
        tracks.seen_at[i] = self.at
        evidence = np.minimum(tracks.evidence[i] + self._evidence(score), t.confirm + 1)
        tracks.evidence[i] = evidence
        tracks.confirmed[i] |= (evidence >= t.confirm) & (self.at - tracks.first_at[i] >= t.confirm_s)
        tracks.votes[sights.class_id[j], i] += score
        tracks.class_id = tracks.votes.argmax(axis=0)
        if fresh.any():
            box_mean[..., fresh], box_cov[..., fresh] = self._first_box(boxes[:, fresh])
            box_cov[0, 0, fresh] = 1.0
        box_mean, box_cov = kalman.update(box_mean, box_cov, boxes[None], t.box_sigma**2)
        tracks.box_mean[camera][..., i], tracks.box_cov[camera][..., i] = box_mean, box_cov
        tracks.box_at[camera, i], tracks.box_score[camera, i] = self.at, score

    def _found(self, new: I8, sights: Sights) -> None:
        """Detections that are somebody new."""
        camera, n = sights.camera, len(new)
        ids = np.fromiter(itertools.islice(self._ids, n), np.int64)
        born = Tracks.new(ids, self.at, len(self.projections), len(self.labels))
        score, class_id, scale = sights.score[new], sights.class_id[new], sights.scale[new]
        speed = np.where(self._vehicle[class_id], self.tuning.speed_vehicle, self.tuning.speed_person) * scale
        # As sure as what continues a track, so that it does not matter which camera comes first.
        born.mean[:2], born.cov[:2, :2] = sights.z[:, new], sights.noise(new, 0.0, self.tuning)
        born.cov[2, 2] = born.cov[3, 3] = speed**2
        born.scale, born.evidence, born.class_id = scale, self._evidence(score), class_id
        born.votes[class_id, np.arange(n)] = score
        born.box_mean[camera], born.box_cov[camera] = self._first_box(sights.boxes[:, new])
        born.box_at[camera], born.box_score[camera] = self.at, score
        self.tracks.append(born)

    def _first_box(self, boxes: F8) -> tuple[F8, F8]:
        return np.stack([boxes, np.zeros_like(boxes)]), np.diag([self.tuning.box_sigma**2, 0.25])[..., None]

    def _evidence(self, score: F8) -> F8:
        """What a detection of this confidence says for its track: at least that, at most this, in log odds."""
        odds = np.log(np.maximum(score, WEAK) / (1 - np.minimum(score, 0.99)))
        return np.asarray(np.maximum(-1.0, np.minimum(odds + self.tuning.hit, 3.0)))

    def _doubt(self, cameras: Sequence[int]) -> None:
        """Where a camera should see a track and nobody does, that speaks against it; the old and unlikely go.

        What another camera saw meanwhile is there, and hidden from this one by a shelf or by somebody.
        """
        tracks, t = self.tracks, self.tuning
        for camera in cameras:
            projection = self.projections[camera]
            unseen = (tracks.seen_at <= self._looked_at[camera]).nonzero()[0]
            if len(unseen):
                foot = projection.to_image(tracks.mean[:2, unseen].T)
                inside = ((foot >= 0) & (foot <= projection.size)).all(axis=1)
                tracks.evidence[unseen] -= t.miss * inside
            self._looked_at[camera] = self.at
        lost_s = self.at - tracks.seen_at
        likely = (lost_s <= t.try_s) & (tracks.evidence > -1)
        tracks.keep(likely | (tracks.confirmed & (lost_s <= t.forget_s)))

    def _merge(self, gap_s: float) -> None:
        """Two tracks that stay close and that no camera ever sees in one frame are one person: the younger goes."""
        tracks, t = self.tracks, self.tuning
        if len(self.projections) < 2:
            return
        gap_s = min(gap_s, t.merge_s / 2)  # at two instants at the least
        # Cameras need not look at one instant: what counts is the newest frame of each.
        newest = np.where(self._looked_at >= self.at - t.try_s, self._looked_at, np.inf)
        seen = tracks.box_at >= newest[:, None]
        rows = np.flatnonzero(seen.any(axis=0))
        x, y = tracks.mean[:2, rows] / tracks.scale[rows]
        vehicle = self.vehicles()[rows]
        near = np.hypot(x[:, None] - x, y[:, None] - y) < t.merge_m
        near &= vehicle[:, None] == vehicle
        gone = np.zeros(len(tracks), np.bool_)
        for i, j in np.argwhere(np.triu(near, 1)).tolist():
            older, younger = rows[i], rows[j]
            pair = int(tracks.id[older]), int(tracks.id[younger])
            apart = bool((seen[:, older] & seen[:, younger]).any())
            self._same_s[pair] = -t.merge_s if apart else self._same_s.get(pair, 0.0) + gap_s
            if self._same_s[pair] >= t.merge_s:
                gone[older if tracks.confirmed[younger] and not tracks.confirmed[older] else younger] = True
        if gone.any():
            tracks.keep(~gone)
        if len(self._same_s) > 4 * len(tracks) + 64:
            alive = set(tracks.id.tolist())
            self._same_s = {pair: s for pair, s in self._same_s.items() if alive.issuperset(pair)}
