"""Visits: who was in which zone, from when to when, for how long.

A visit begins once a track is deeper than the margin inside, or inside for a second on end, and is over once the track
is farther than the margin outside: flicker at the border neither splits it nor makes one. Its times are nevertheless
those at which the way crossed the border itself. Dwell is the presence inside; what was not seen has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from heatmap_gui.core.meters.memory import Memory, instants
from heatmap_gui.core.types import F8, I8, Points, Visit

MARGIN_M = 0.15
SETTLE_S = 1.0
_ROWS = 4096  # at once: distances to all edges of all zones are rows x edges


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """A zone where it is measured: polygon (n, 2) in floor units (or px of the image). classes: empty: all."""

    id: str
    polygon: F8
    classes: tuple[str, ...] = ()

    def same(self, other: Region) -> bool:
        return (self.id, self.classes) == (other.id, other.classes) and np.array_equal(self.polygon, other.polygon)


class VisitMeter:
    """Owned by one thread. Rows of one track come in time order."""

    def __init__(self, zones: Sequence[Region]) -> None:
        self._zones: tuple[Region, ...] = ()
        self._memory = Memory(
            0, [("inside", "?"), ("settled", "?"), ("enter_at", "f8"), ("leave_at", "f8"), ("dwell_s", "f8")]
        )
        self._visits: list[Visit] = []
        self.redraw(zones)

    def redraw(self, zones: Sequence[Region]) -> None:
        """These from now on. Visits go on in those that are as they were; in all others they are over."""
        kept = [next((n for n, old in enumerate(self._zones) if old.same(zone)), None) for zone in zones]
        gone = set(range(len(self._zones))).difference(kept)
        for track_id, slot in self._memory.known():
            self._leave(track_id, slot, gone)
        self._memory.rearrange(kept)
        self._zones = tuple(zones)
        self._start = np.concatenate([np.zeros((0, 2)), *(z.polygon for z in self._zones)])
        self._end = np.concatenate([np.zeros((0, 2)), *(np.roll(z.polygon, -1, axis=0) for z in self._zones)])
        self._first_edge = np.cumsum([0, *(len(z.polygon) for z in self._zones)])

    def add(self, points: Points, margin: F8 | float = MARGIN_M) -> None:
        """margin: how far (n,) from the border a row must be to settle its side, in the unit of x and y."""
        if not self._zones or len(points) == 0:
            return
        depth = self._depth(points)
        margins = np.broadcast_to(margin, len(points))
        slots = self._memory.slots(points.track_id)
        labels = self._memory.label_numbers(points.labels)[points.class_id]
        for rows in instants(points.track_id):
            now = np.zeros(len(rows), self._memory.tracks.dtype)
            now["seen"], now["label"] = True, labels[rows]
            now["at"], now["x"], now["y"] = points.at[rows], points.x[rows], points.y[rows]
            now["seconds"] = points.seconds[rows]
            self._step(slots[rows], now, depth[rows], margins[rows, None], points.track_id[rows])

    def end(self, track_ids: Sequence[int]) -> None:
        """These tracks are over: their visits end at the last row."""
        for track_id, slot in self._memory.drop(track_ids):
            self._leave(track_id, slot, range(len(self._zones)))

    def take(self) -> list[Visit]:
        """The visits that ended since the last call."""
        visits, self._visits = self._visits, []
        return visits

    def _leave(self, track_id: int, slot: int, zones: Iterable[int]) -> None:
        """Visits to these zones end at the track's last row."""
        last = self._memory.tracks[slot]
        for zone in zones:
            record = self._memory.records[slot, zone]
            if record["settled"]:
                if record["inside"]:
                    record["leave_at"] = last["at"]
                    record["dwell_s"] += last["seconds"] / 2
                self._visits.append(self._visit(zone, track_id, last, record))

    def _step(self, slots: I8, now: NDArray[Any], depth: F8, margin: F8, track_ids: I8) -> None:
        """One row each of some tracks: a row stands for its time before and after it, half each."""
        before, record = self._memory.tracks[slots], self._memory.records[slots]
        known = before["seen"]
        inside = depth > 0
        elapsed = now["at"] - before["at"]
        present = np.where(known, np.minimum(elapsed, before["seconds"] + now["seconds"]), now["seconds"] / 2)
        share = (inside & (record["inside"] | ~known[:, None])).astype(np.float64)
        record["enter_at"] = np.where(~known[:, None], now["at"][:, None], record["enter_at"])
        for i, zone in np.argwhere((inside != record["inside"]) & known[:, None]):
            entering, one = inside[i, zone], record[i : i + 1]
            part = self._border(zone, before[i], now[i])
            crossed_at = before["at"][i] + part * elapsed[i]
            share[i, zone] = 1 - part if entering else part
            if not entering:
                one["leave_at"][0, zone] = crossed_at
            elif not one["settled"][0, zone]:
                one["enter_at"][0, zone], one["dwell_s"][0, zone] = crossed_at, 0.0
        record["dwell_s"] += share * present[:, None]
        record["inside"] = inside
        long = now["at"][:, None] - record["enter_at"] >= SETTLE_S
        record["settled"] |= inside & ((depth >= margin) | long)
        over = record["settled"] & ~inside & (depth <= -margin)
        for i, zone in np.argwhere(over):
            self._visits.append(self._visit(zone, int(track_ids[i]), now[i], record[i, zone]))
        record["settled"] &= ~over
        self._memory.tracks[slots], self._memory.records[slots] = now, record

    def _visit(self, zone: int, track_id: int, row: Any, record: Any) -> Visit:
        label = self._memory.labels[row["label"]]
        enter_at, leave_at, dwell_s = float(record["enter_at"]), float(record["leave_at"]), float(record["dwell_s"])
        return Visit(self._zones[zone].id, track_id, label, enter_at, leave_at, dwell_s)

    def _depth(self, points: Points) -> F8:
        """Signed distance (n, zones) from the border, positive inside; -inf for classes that a zone leaves out."""
        depth = np.empty((len(points), len(self._zones)))
        for start in range(0, len(points), _ROWS):
            rows = slice(start, start + _ROWS)
            depth[rows] = self._signed_distance(points.x[rows, None], points.y[rows, None])
        counted = np.array([[not z.classes or label in z.classes for z in self._zones] for label in points.labels])
        return np.where(counted[points.class_id], depth, -np.inf)

    def _signed_distance(self, x: F8, y: F8) -> F8:
        (ax, ay), (bx, by) = self._start.T, self._end.T
        ex, ey, px, py = bx - ax, by - ay, x - ax, y - ay
        along = ((px * ex + py * ey) / np.maximum(ex * ex + ey * ey, 1e-300)).clip(0, 1)
        square = (px - along * ex) ** 2 + (py - along * ey) ** 2
        spans = (ay <= y) != (by <= y)
        crossings = spans & (px >= py * (ex / np.where(ey == 0, 1.0, ey)))
        zones = self._first_edge[:-1]
        inside = np.add.reduceat(crossings.astype(np.int64), zones, axis=1) % 2 == 1
        distance = np.sqrt(np.minimum.reduceat(square, zones, axis=1))
        return np.where(inside, distance, -distance)

    def _border(self, zone: int, start: Any, end: Any) -> float:
        """Where on the way from start to end (0..1) it crosses the border of the zone, the last time."""
        edges = slice(self._first_edge[zone], self._first_edge[zone + 1])
        edge = self._end[edges] - self._start[edges]
        move = np.array([end["x"] - start["x"], end["y"] - start["y"]])
        corner = self._start[edges] - (start["x"], start["y"])
        turn = _cross(move, edge)
        met = turn != 0
        turn = np.where(met, turn, 1.0)
        part, on_edge = _cross(corner, edge) / turn, _cross(corner, move) / turn
        met &= (part >= 0) & (part <= 1) & (on_edge >= 0) & (on_edge <= 1)
        return float(part[met].max()) if met.any() else 0.5  # no edge met: rounding at a corner


def _cross(p: F8, q: F8) -> F8:
    return np.asarray(p[..., 0] * q[..., 1] - p[..., 1] * q[..., 0])
