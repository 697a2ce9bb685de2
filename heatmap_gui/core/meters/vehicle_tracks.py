"""Vehicles: their tracks out of all that was stored, each with one class, joined across restarts; where they were when.

Track ids are a run's own, and a restart begins a new run: who was there when one run ended, and is near the place where
it should be when the next begins, is the same vehicle.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from scipy.optimize import linear_sum_assignment

from heatmap_gui.core.tuning import TUNING
from heatmap_gui.core.types import F8, I8, Points

CLASSES = ("car", "bus", "truck", "bike", "rickshaw", "vehicle")
"""As they are counted; `vehicle`: of no class that the model knows."""
CLASS_OF = {name: name for name in CLASSES} | {"bicycle": "bike", "motorcycle": "bike"}
_EDGE_S = 2.0  # of the end of a run or of its beginning, where a new track takes a moment to be one
_NEAR_M, _NEAR_M_S = 2.0, 1.5  # how far from where it should be, and farther with each second that nobody looked
_OTHER_CLASS_M = 2.0  # another class is as unlikely as so far away


@dataclass(frozen=True, slots=True, eq=False)
class VehicleTracks:
    """Rows by vehicle and time, track_id being 0 … k - 1; first (k + 1,): where each one's rows begin; class_id (k,).

    class_id is into CLASSES: a vehicle is what it was for longest.
    """

    points: Points
    first: I8
    class_id: I8

    def __len__(self) -> int:
        return len(self.class_id)

    @property
    def begins(self) -> F8:
        """(k,) Unix time of each one's first row."""
        return self.points.at[self.first[:-1]]

    @property
    def ends(self) -> F8:
        return self.points.at[self.first[1:] - 1]

    def split(self, rows: int) -> Iterable[Points]:
        """Whole tracks, about so many rows at once."""
        cuts = np.unique(np.searchsorted(self.first, np.arange(0, len(self.points) + rows, rows)).clip(0, len(self)))
        for start, end in pairwise(cuts.tolist()):
            yield self.points.take(slice(int(self.first[start]), int(self.first[end])))


def vehicle_tracks(runs: Iterable[tuple[int, Points]]) -> VehicleTracks:
    """Of rows with the number of their run, in any order. People, and what is no vehicle, are left out."""
    parts = [(run, _vehicles(points)) for run, points in runs]
    points = Points.join([replace(Points.empty(), labels=CLASSES), *(rows for _, rows in parts)])
    run = np.concatenate([np.zeros(0, np.int64), *(np.full(len(rows), number) for number, rows in parts)])
    order = np.lexsort((points.at, points.track_id, run))
    points, run = points.take(order), run[order]
    gap = np.diff(points.at, prepend=-np.inf) > TUNING.forget_s
    begins = gap | (np.diff(points.track_id, prepend=-1) != 0) | (np.diff(run, prepend=-1) != 0)
    number = np.cumsum(begins) - 1
    number = _joined(points, number, run)
    order = np.lexsort((points.at, number))
    points = replace(points.take(order), track_id=number[order])
    first = np.searchsorted(points.track_id, np.arange(int(points.track_id.max(initial=-1)) + 2))
    return VehicleTracks(points, first.astype(np.int64), _classes(points, len(first) - 1))


def places(tracks: VehicleTracks, vehicle: I8, at: F8) -> tuple[F8, F8]:
    """Where vehicles (n,) were at these times, straight between two rows: (n, 2) floor units, and sigma (n,).

    Before its first row and after its last a vehicle is where it was then.
    """
    at = np.clip(at, tracks.begins[vehicle], tracks.ends[vehicle])
    points, start = tracks.points, float(tracks.points.at.min(initial=0.0))
    span = float(np.ptp(points.at)) + 1.0 if len(points) else 1.0
    known = points.track_id * span + (points.at - start)
    asked = vehicle * span + (at - start)
    x, y, sigma = (np.interp(asked, known, values) for values in (points.x, points.y, points.sigma))
    return np.stack([x, y], axis=1), sigma


def _vehicles(points: Points) -> Points:
    numbers = np.array([CLASSES.index(CLASS_OF[label]) if label in CLASS_OF else -1 for label in points.labels])
    class_id = numbers[points.class_id].astype(np.int16)
    kept = class_id >= 0
    return replace(points.take(kept), class_id=class_id[kept], labels=CLASSES)


def _classes(points: Points, count: int) -> I8:
    seconds = np.bincount(points.track_id * len(CLASSES) + points.class_id, points.seconds, count * len(CLASSES))
    return np.asarray(seconds.reshape(count, len(CLASSES)).argmax(axis=1), np.int64)


def _joined(points: Points, number: I8, run: I8) -> I8:
    """The vehicle of each row, those of two runs that follow each other being one where they fit."""
    if len(points) == 0:
        return number
    first = np.flatnonzero(np.diff(number, prepend=-1))
    last = np.append(first[1:], len(points)) - 1
    same = np.arange(len(first))
    runs = np.unique(run)
    begin = np.array([points.at[run == one].min() for one in runs.tolist()])
    end = np.array([points.at[run == one].max() for one in runs.tolist()])
    order = np.argsort(begin, kind="stable").tolist()
    for before, after in pairwise(order):
        if not 0 < begin[after] - end[before] <= TUNING.forget_s:
            continue
        old = np.flatnonzero((run[last] == runs[before]) & (points.at[last] >= end[before] - _EDGE_S))
        new = np.flatnonzero((run[first] == runs[after]) & (points.at[first] <= begin[after] + _EDGE_S))
        away_m, gap_s = _apart(points, last[old], first[new])
        away_m += np.where(points.class_id[first[new]] == points.class_id[last[old], None], 0.0, _OTHER_CLASS_M)
        cost = np.where(away_m <= _NEAR_M + _NEAR_M_S * gap_s, away_m, 1e6)
        for row, column in zip(*linear_sum_assignment(cost), strict=True):
            if cost[row, column] < 1e6:
                same[new[column]] = same[old[row]]
    _, dense = np.unique(same, return_inverse=True)
    return np.asarray(dense[number], np.int64)


def _apart(points: Points, old: I8, new: I8) -> tuple[F8, F8]:
    """How far each of `new` (columns) is from where each of `old` (rows) would be by then at the mean of their
    velocities, and how much later it is.
    """
    gap_s = points.at[new] - points.at[old, None]
    x = points.x[old, None] + (points.vx[old, None] + points.vx[new]) / 2 * gap_s
    y = points.y[old, None] + (points.vy[old, None] + points.vy[new]) / 2 * gap_s
    return np.hypot(points.x[new] - x, points.y[new] - y), gap_s
