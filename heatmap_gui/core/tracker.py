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
from heatmap_gui.core.types import F8, I8, VEHICLES, Bool, Detections


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
        self._vehicle = np.array([label in VEHICLES for label in labels])
        self._same_s: dict[tuple[int, int], float] = {}  # pairs of tracks that may be one: how long it looked so

    def step(self, at: float, views: Sequence[tuple[int, Detections]]) -> I8:
        """Takes what some cameras (by number) saw at one instant. -> ids of the tracks that are over."""
        before, gap_s = self.tracks.id, at - self.at
        self._predict(at)
        for camera, found in sorted(views, key=lambda view: view[0]):
            self._see(Sights.of(camera, self.projections[camera], found, self._vehicle, self._footing, self.tuning))
        self._doubt([camera for camera, _ in views])
        self._merge(gap_s)
        if np.array_equal(before, self.tracks.id[: len(before)]):  # as nearly always
            return before[:0]
        return np.setdiff1d(before, self.tracks.id, assume_unique=True)

    def q(self) -> F8:
        """Acceleration density (n,) of each track in floor units."""
        t = self.tuning
        return np.where(self.vehicles(), t.q_vehicle, t.q_person) * self.tracks.scale**2

    def vehicles(self) -> Bool:
        return self._vehicle[self.class_ids()]

    def class_ids(self) -> I8:
        """The class (n,) that each track was seen as most."""
        return np.asarray(self.tracks.votes.argmax(axis=1))

    def boxes(self, camera: int) -> tuple[Bool, F8, F8]:
        """Which tracks this camera remembers (n,), and their boxes now: mean (n, 2, 4), cov (n, 2, 2)."""
        tracks, t = self.tracks, self.tuning
        age_s = self.at - tracks.box_at[:, camera]
        known = age_s <= t.box_memory_s
        f, noise = kalman.transition(np.where(known, age_s, 0.0), 2, t.box_fade_s, np.full(len(tracks), t.box_q))
        return known, *kalman.predict(tracks.box_mean[:, camera], tracks.box_cov[:, camera], f, noise)

    def _predict(self, at: float) -> None:
        tracks = self.tracks
        if len(tracks):
            f, noise = kalman.transition(np.full(len(tracks), at - self.at), 4, self.tuning.fade_s, self.q())
            tracks.mean, tracks.cov = kalman.predict(tracks.mean, tracks.cov, f, noise)
        self.at = at

    def _see(self, sights: Sights) -> None:
        """One camera's detections: strong ones first, then weak ones for tracks that it saw lately, then new tracks."""
        t = self.tuning
        known, box_mean, box_cov = self.boxes(sights.camera)
        new = sights.score >= self._strong
        free = np.ones(len(self.tracks), np.bool_)
        rows, found, cost = self._pairs(sights, known, box_mean[:, 0], box_cov[:, 0, 0])
        hits = []
        for able, limit in ((new[found], t.max_cost), (~new[found] & known[rows], t.max_cost_weak)):
            may = np.flatnonzero(able & free[rows] & (cost <= limit))
            hits.append(may[assign(rows[may], found[may], cost[may], limit)])
            free[rows[hits[-1]]] = False
        hit = np.concatenate(hits)
        i, j = rows[hit], found[hit]
        new[j] = False
        fresh = np.flatnonzero(new)
        if len(fresh) and len(j):
            fresh = fresh[overlap(sights.boxes[fresh, None], sights.boxes[j]).max(axis=1) < t.twin_iou]
        if len(fresh):
            back = self._back(free & ~known, fresh, sights)
            i, j = np.r_[i, back[0]], np.r_[j, back[1]]
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
        distance = np.linalg.norm(sights.z - tracks.mean[lost, None, :2, 0], axis=2) / sights.scale
        reach = (t.back_m + t.back_m_s * lost_s[lost])[:, None]
        near = distance < 2 * reach
        left, top, right, bottom = sights.boxes.T
        width, height = self.projections[sights.camera].size
        inner = (np.minimum(left, width - right) > bottom - top) & (bottom < height - 1)
        alike = self.vehicles()[lost, None] == self._vehicle[sights.class_id]
        alone = (near.sum(axis=1, keepdims=True) == 1) & (near[:, new].sum(axis=0) == 1)[None]
        good = alone & (distance < reach)[:, new] & (inner & alike)[:, new]
        i, j = np.nonzero(good)
        return lost[i], new[j]

    def _pairs(self, sights: Sights, known: Bool, boxes: F8, box_var: F8) -> tuple[I8, I8, F8]:
        """Which tracks (k,) may be which detections (k,), and what that costs (k,)."""
        t, tracks = self.tuning, self.tracks
        floor = tracks.mean[:, :2, 0], tracks.cov[:, :2, :2], sights.z, sights.r
        pairs = within(t.gate * t.slack, *floor)
        distance, cost = surprise(pairs, *floor, sights.scale)
        may = distance <= t.gate * t.slack
        i, j, distance, cost = pairs[0][may], pairs[1][may], distance[may], cost[may]
        shared = overlap(boxes[i], sights.boxes[j], np.sqrt(box_var)[i])
        seen = known[i]
        cost += t.w_box * np.where(seen, 1 - shared, t.box_unknown)
        cost += t.lost * (self.at - tracks.seen_at)[i]
        may = distance <= t.gate * np.where(seen & (shared > 0.5), t.slack, 1.0)
        may &= self.vehicles()[i] == self._vehicle[sights.class_id][j]
        return i[may], j[may], cost[may]

    def _hit(self, i: I8, j: I8, sights: Sights, known: Bool, box_mean: F8, box_cov: F8) -> None:
        """Tracks i are detections j."""
        t, tracks, camera = self.tuning, self.tracks, sights.camera
        boxes, score = sights.boxes[j], sights.score[j]
        expected = np.where(known[i], box_mean[i, 0, 3] - box_mean[i, 0, 1], 0.0)
        r = sights.noise(j, np.maximum(expected - (boxes[:, 3] - boxes[:, 1]), 0.0), t)
        tracks.mean[i], tracks.cov[i] = kalman.update(tracks.mean[i], tracks.cov[i], sights.z[j, :, None], r)
        tracks.scale[i] += 0.2 * (sights.scale[j] - tracks.scale[i])
        tracks.seen_at[i] = self.at
        tracks.evidence[i] = np.minimum(tracks.evidence[i] + self._evidence(score), t.confirm + 1)
        tracks.confirmed[i] |= (tracks.evidence[i] >= t.confirm) & (self.at - tracks.first_at[i] >= t.confirm_s)
        tracks.votes[i, sights.class_id[j]] += score
        fresh = ~known[i]
        if fresh.any():
            box_mean[i[fresh]], box_cov[i[fresh]] = self._first_box(boxes[fresh])
            box_cov[i[fresh], 0, 0] = 1.0
        noise = np.full((len(i), 1, 1), t.box_sigma**2)
        mean, cov = kalman.update(box_mean[i], box_cov[i], boxes[:, None], noise)
        tracks.box_mean[i, camera], tracks.box_cov[i, camera] = mean, cov
        tracks.box_at[i, camera], tracks.box_score[i, camera] = self.at, score

    def _found(self, new: I8, sights: Sights) -> None:
        """Detections that are somebody new."""
        ids = np.fromiter(itertools.islice(self._ids, len(new)), np.int64)
        rows = Tracks.new(ids, self.at, len(self.projections), len(self.labels))
        score, class_id, scale = sights.score[new], sights.class_id[new], sights.scale[new]
        speed = np.where(self._vehicle[class_id], self.tuning.speed_vehicle, self.tuning.speed_person) * scale
        # As sure as what continues a track, so that it does not matter which camera comes first.
        rows.mean[:, :2, 0], rows.cov[:, :2, :2] = sights.z[new], sights.noise(new, np.zeros(len(new)), self.tuning)
        rows.cov[:, 2, 2] = rows.cov[:, 3, 3] = speed**2
        rows.scale, rows.evidence = scale, self._evidence(score)
        rows.votes[np.arange(len(new)), class_id] = score
        rows.box_mean[:, sights.camera], rows.box_cov[:, sights.camera] = self._first_box(sights.boxes[new])
        rows.box_at[:, sights.camera], rows.box_score[:, sights.camera] = self.at, score
        self.tracks.append(rows)

    def _first_box(self, boxes: F8) -> tuple[F8, F8]:
        mean = np.stack([boxes, np.zeros_like(boxes)], axis=1)
        return mean, np.broadcast_to(np.diag([self.tuning.box_sigma**2, 0.25]), (len(boxes), 2, 2))

    def _evidence(self, score: F8) -> F8:
        """What a detection of this confidence says for its track: at least that, at most this, in log odds."""
        odds = np.log(np.maximum(score, WEAK) / (1 - np.minimum(score, 0.99)))
        return np.asarray(np.clip(odds + self.tuning.hit, -1.0, 3.0))

    def _doubt(self, cameras: Sequence[int]) -> None:
        """Where a camera should see a track and nobody does, that speaks against it; the old and unlikely go.

        What another camera saw meanwhile is there, and hidden from this one by a shelf or by somebody.
        """
        tracks, t = self.tracks, self.tuning
        for camera in cameras:
            projection = self.projections[camera]
            foot = projection.to_image(tracks.mean[:, :2, 0])
            inside = ((foot >= 0) & (foot <= projection.size)).all(axis=1)
            tracks.evidence -= t.miss * (inside & (tracks.seen_at <= self._looked_at[camera]))
            self._looked_at[camera] = self.at
        lost_s = self.at - tracks.seen_at
        tracks.keep(np.where(tracks.confirmed, lost_s <= t.forget_s, (lost_s <= t.try_s) & (tracks.evidence > -1)))

    def _merge(self, gap_s: float) -> None:
        """Two tracks that stay close and that no camera ever sees in one frame are one person: the younger goes."""
        tracks, t = self.tracks, self.tuning
        if len(self.projections) < 2:
            return
        gap_s = min(gap_s, t.merge_s / 2)  # at two instants at the least
        # Cameras need not look at one instant: what counts is the newest frame of each.
        newest = np.where(self._looked_at >= self.at - t.try_s, self._looked_at, np.inf)
        seen = tracks.box_at >= newest
        rows = np.flatnonzero(seen.any(axis=1))
        place, vehicle = tracks.mean[rows, :2, 0] / tracks.scale[rows, None], self.vehicles()[rows]
        near = np.linalg.norm(place[:, None] - place[None], axis=2) < t.merge_m
        near &= vehicle[:, None] == vehicle
        gone = np.zeros(len(tracks), np.bool_)
        for i, j in np.argwhere(np.triu(near, 1)).tolist():
            older, younger = rows[i], rows[j]
            pair = int(tracks.id[older]), int(tracks.id[younger])
            apart = bool((seen[older] & seen[younger]).any())
            self._same_s[pair] = -t.merge_s if apart else self._same_s.get(pair, 0.0) + gap_s
            if self._same_s[pair] >= t.merge_s:
                gone[older if tracks.confirmed[younger] and not tracks.confirmed[older] else younger] = True
        if gone.any():
            tracks.keep(~gone)
        if len(self._same_s) > 4 * len(tracks) + 64:
            alive = set(tracks.id.tolist())
            self._same_s = {pair: s for pair, s in self._same_s.items() if alive.issuperset(pair)}
