"""What tracks do between two instants, for the heat map: which cells they come into, where they stop."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from heatmap_gui.core.grid import Cells, Grid
from heatmap_gui.core.types import F8, I8, Bool, Points

STOP_SPEED_M_S = 0.3
STOP_CELLS_S = 1.2  # the same on a floor without a scale: 0.3 m/s in cells of 0.25 m
STOP_S = 2.0
_MOST_PIECES = 512


class Passages:
    """Follows every live track across the grid. Owned by one thread; rows of one track come in time order.

    nearest: (cells,) for each cell the one that counts in its place.
    """

    def __init__(self, grid: Grid, nearest: Cells) -> None:
        self._grid = grid
        self._nearest = nearest
        self._stop_speed = STOP_SPEED_M_S if grid.unit == "m" else STOP_CELLS_S * grid.cell
        self._last = Points.empty()
        self._last_slow_s: F8 = np.zeros(0)
        self._seen: I8 = np.zeros(0, np.int64)

    def add(self, points: Points) -> tuple[Points, Points]:
        """What these rows bring: a row for each cell that a track enters for the first time, and one for each stop.

        The way between two rows is followed in steps of a quarter of a cell, so that the frame rate does not matter.
        A stop is a track slower than 0.3 m/s for 2 s on end, and is where it is when those are over.
        """
        old = np.isin(self._last.track_id, points.track_id)
        rows = Points.join([points.take(slice(0)), self._last.take(old), points])
        order = np.argsort(rows.track_id, kind="stable")
        rows, known = rows.take(order), order < old.sum()
        first = np.r_[True, rows.track_id[1:] != rows.track_id[:-1]]
        slow_s = self._slow_s(rows, first, np.r_[self._last_slow_s[old], np.zeros(len(points))][order], known)
        stops = ~known & (slow_s >= STOP_S) & (np.r_[0.0, slow_s[:-1]] * ~first < STOP_S)
        entries = self._entries(rows, first, known)
        last = np.r_[first[1:], True]
        self._last = Points.join([rows.take(last), self._last.take(~old)])
        self._last_slow_s = np.r_[slow_s[last], self._last_slow_s[~old]]
        return entries, rows.take(stops)

    def end(self, track_ids: Sequence[int]) -> None:
        """These tracks are over, and forgotten."""
        over = np.asarray(track_ids, np.int64)
        keep = ~np.isin(self._last.track_id, over)
        self._last, self._last_slow_s = self._last.take(keep), self._last_slow_s[keep]
        self._seen = self._seen[~np.isin(self._seen // self._grid.size, over)]

    def _slow_s(self, rows: Points, first: Bool, before_s: F8, known: Bool) -> F8:
        """Presence since the track was last fast, at each row; before_s is that of the known rows."""
        slow = np.hypot(rows.vx, rows.vy) < self._stop_speed
        gain = np.where(known, before_s, np.where(slow, rows.seconds, 0.0))
        total = np.cumsum(gain)
        zero = np.where(slow | known, np.where(first, total - gain, 0.0), total)
        return np.asarray(total - np.maximum.accumulate(zero))

    def _entries(self, rows: Points, first: Bool, known: Bool) -> Points:
        x0, y0 = np.where(first, rows.x, np.roll(rows.x, 1)), np.where(first, rows.y, np.roll(rows.y, 1))
        pieces = np.ceil(4 * np.hypot(rows.x - x0, rows.y - y0) / self._grid.cell)
        pieces = np.where(known, 0, pieces.clip(1, _MOST_PIECES)).astype(np.int64)
        row = np.repeat(np.arange(len(rows)), pieces)
        number = np.arange(len(row)) - np.repeat(np.cumsum(pieces) - pieces, pieces) + 1
        part = number / pieces[row]
        x, y = x0[row] + (rows.x - x0)[row] * part, y0[row] + (rows.y - y0)[row] * part
        key = rows.track_id[row] * self._grid.size + self._nearest[self._grid.cell_of(x, y)]
        key, at = np.unique(key, return_index=True)
        new = ~np.isin(key, self._seen, assume_unique=True)
        self._seen = np.concatenate([self._seen, key[new]])
        at = at[new]
        entered = rows.take(row[at])
        return Points(
            entered.at, entered.track_id, x[at], y[at], entered.vx, entered.vy, entered.sigma, entered.seconds,
            entered.class_id, entered.cameras, entered.interpolated, entered.labels,
        )  # fmt: skip
